"""`perfrules feedback RESULTS [PERSON]`: what each person is told of the result, to be signed."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, cast

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.progress import Progress
from perfrules.cli.spoken_help import Failed
from perfrules.cli.talk import ended_by, language_option, print_findings, say
from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.layout.html_page import NEEDS_JINJA, MissingExtraError
from perfrules.papers.paper.laid_out import SUFFIXES, Layout, laid_out
from perfrules.papers.paper.parts import Paper
from perfrules.records.read import ResultFolder, read_results
from perfrules.records.signing import signer
from perfrules.records.statement_files import (
    TOGETHER,
    file_names,
    refused_folder,
    write_statement,
)
from perfrules.records.statement_manifest import StatementFile, keep_statements, statement_file
from perfrules.records.statements import Statements
from perfrules.records.verify_statements import BESIDE

__all__ = ["command"]

_MOST: Final = 20
"""How many files that were left are named."""

_EITHER: Final = Text(
    "--together 生成所有人的反馈表，不能同时指定 PERSON",
    "--together is for everybody, without PERSON",
)

_WORD: Final = 20
"""A Word file takes as long as so many traces; the bar is then drawn for fewer people."""


@click.command("feedback")
@click.argument("results", type=click.Path(path_type=Path))
@click.argument("person", required=False)
@click.option(
    "--format", "form", type=click.Choice(list(SUFFIXES)), default="markdown",
    envvar="PERFRULES_FEEDBACK_FORMAT", help="how it is laid out; docx is for Word and WPS",
)  # fmt: skip
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="the folder of files  [default: RESULTS-feedback]",
)
@click.option(
    "--together", is_flag=True, help="one file with all statements, to print; not with PERSON"
)
@click.option("--force", is_flag=True, help="replace files that were filled in, or are not ours")
@click.option("--sign", "key", type=click.Path(path_type=Path), envvar="PERFRULES_FEEDBACK_SIGN",
    help="sign the manifest of the files with this private key (perfrules keygen)",
)  # fmt: skip
@language_option
@click.pass_obj
def command(
    language: str,
    results: Path,
    person: str | None,
    form: str,
    out: Path | None,
    together: bool,
    force: bool,
    key: Path | None,
) -> None:
    """Write the feedback statement of PERSON (an id), or one file for everybody with a result.

    A veto comes first, then highlights, then gaps, each with its figures, then what is missing
    to the next grade, and room for measures and signatures. Nobody else is in it: no name, no rank.

    One person's Markdown or HTML goes to stdout, unless --out names a folder.
    """
    if person is not None and together:
        raise Failed(_EITHER)
    folder, findings = read_results(results)
    if folder is None:
        raise ended_by(findings, language)
    target = out or _beside(results)
    statements = Statements(folder, cast(Language, language))
    layout = cast(Layout, form)
    signs = None if key is None else signer(key)
    if isinstance(signs, Diagnostic):
        raise ended_by((signs,), language)
    if person is not None and out is None and layout != "docx":
        click.echo(_data([_one(statements, person, language)], layout, language), nl=False)
        return
    if refused := refused_folder(target, results):
        raise ended_by((refused,), language)
    files = _Files(target, layout, force, language, file_names(statements.names))
    try:
        if person is not None:
            files.write(person, _one(statements, person, language))
        else:
            _everybody(files, statements, folder, together)
    finally:
        if files.made:
            keep_statements(target, folder.manifest, files.made, signs)
    files.tell()


def _beside(results: Path) -> Path:
    """The folder of the statements where none is named: never the sealed one."""
    path = Path(os.path.abspath(results))
    return path.with_name(path.name + BESIDE)


def _one(statements: Statements, person: str, language: str) -> Paper:
    found = statements.of(person)
    if isinstance(found, Diagnostic):
        raise ended_by((found,), language)
    return found


def _everybody(
    files: "_Files", statements: Statements, folder: ResultFolder, together: bool
) -> None:
    speech = cast(Language, files.language)
    bar = Progress(speech, Text("正在生成", "writing"))
    weight = _WORD if files.layout == "docx" else 1
    total = folder.manifest.records * weight
    bound: list[Paper] = []
    for done, (subject, found) in enumerate(statements.all(), 1):
        bar(min(done * weight, total), total)
        if isinstance(found, Diagnostic):
            raise ended_by((found,), files.language)
        if found is not None and together:
            bound.append(found)
        elif found is not None:
            files.write(subject, found)
    if bound:
        files.bind(bound)
    bar.close()


class _Files:
    """The files of a run: those that were written, those that were left as they are."""

    def __init__(
        self, folder: Path, layout: Layout, force: bool, language: str, names: dict[str, str]
    ) -> None:
        self.folder, self.layout, self.force = folder, layout, force
        self.where = folder
        self.language, self.names = language, names
        self.written, self.left = 0, list[Diagnostic]()
        self.made: list[StatementFile] = []
        """What the manifest lists: a statement that was left, as it would have been written."""

    def write(self, subject: str, found: Paper) -> None:
        self._write(self.names.get(subject) or file_names({subject: ""})[subject], subject, [found])

    def bind(self, found: Sequence[Paper]) -> None:
        """All statements in one file."""
        self.where = self.folder / (TOGETHER + SUFFIXES[self.layout])
        self._write(TOGETHER, "", found)

    def _write(self, name: str, subject: str, found: Sequence[Paper]) -> None:
        path = self.folder / (name + SUFFIXES[self.layout])
        data = _data(found, self.layout, self.language)
        left = write_statement(path, data, force=self.force)
        speech = cast(Language, self.language)
        self.made.append(statement_file(path.name, data, subject, speech, self.layout))
        if left is not None:
            self.left.append(left)
        else:
            self.written += len(found)

    def tell(self) -> None:
        """How many were written, and which not."""
        print_findings(self.left[:_MOST], self.language)
        if more := len(self.left) - _MOST if len(self.left) > _MOST else 0:
            say(Text(f"……还有 {more} 份没有覆盖", f"… and {more} more were left"), self.language)
        count, where = self.written, self.where
        files = "statement" if count == 1 else "statements"
        say(
            Text(f"已写入 {count} 份反馈表：{where}", f"{count} {files} written to {where}"),
            self.language,
        )
        if self.left:
            raise click.exceptions.Exit(Exit.USAGE)


def _data(found: Sequence[Paper], layout: Layout, language: str) -> bytes:
    try:
        return laid_out(found, layout)
    except MissingExtraError:
        raise Failed(NEEDS_JINJA) from None
    except ImportError:
        raise ended_by((Diagnostic("no-docx"),), language) from None
