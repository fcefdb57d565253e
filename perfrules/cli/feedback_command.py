"""`perfrules feedback RESULTS [PERSON]`: what each person is told of the result, to be signed."""

from pathlib import Path
from typing import Final, cast

import click

from perfrules.cli.progress import Progress
from perfrules.cli.spoken_help import Failed
from perfrules.cli.talk import ended_by, language_option
from perfrules.cli.written_papers import WrittenPapers, bytes_of_papers
from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.papers.paper.laid_out import SUFFIXES, Layout
from perfrules.papers.paper.parts import Paper
from perfrules.records.papers.asked import Asked
from perfrules.records.papers.of_results import PapersOfResults
from perfrules.records.papers.paper_files import TOGETHER, beside, file_names, refused_folder
from perfrules.records.papers.paper_manifest import MadeOf
from perfrules.records.read import read_results
from perfrules.records.signing import signer

__all__ = ["command"]

_KIND: Final = "feedback"
_STATEMENTS: Final = (Text("反馈表", "statement"), "statements")

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
    target = out or beside(results, "-feedback")
    speech = cast(Language, language)
    papers = PapersOfResults(folder, speech)
    layout = cast(Layout, form)
    signs = None if key is None else signer(key)
    if isinstance(signs, Diagnostic):
        raise ended_by((signs,), language)
    if person is not None and out is None and layout in ("markdown", "html"):
        data = bytes_of_papers([_one(papers, person, language)], layout, language)
        click.echo(data, nl=False)
        return
    if refused := refused_folder(target, results):
        raise ended_by((refused,), language)
    files = WrittenPapers(target, layout, speech, force=force, what=_STATEMENTS)
    try:
        if person is not None:
            found = papers.folder.find(person)
            if isinstance(found, Diagnostic):
                raise ended_by((found,), language)
            subject = str(found["subject"])
            name = file_names({subject: "", **papers.called()})[subject]
            files.write(name, Asked(_KIND, subject=subject), [_one(papers, subject, language)])
        else:
            _everybody(files, papers, together=together)
    finally:
        files.keep(MadeOf(results=folder.manifest.digest), signs)
    files.tell()


def _one(papers: PapersOfResults, person: str, language: str) -> Paper:
    found = papers.of(person)
    if isinstance(found, Diagnostic):
        raise ended_by((found,), language)
    return found


def _everybody(files: WrittenPapers, papers: PapersOfResults, *, together: bool) -> None:
    bar = Progress(files.language, Text("正在生成", "writing"))
    weight = _WORD if files.layout == "docx" else 1
    total = papers.folder.manifest.records * weight
    names = file_names(papers.called())
    bound: list[Paper] = []
    for done, (subject, found) in enumerate(papers.all(), 1):
        bar(min(done * weight, total), total)
        if isinstance(found, Diagnostic):
            raise ended_by((found,), files.language)
        if found is not None and together:
            bound.append(found)
        elif found is not None:
            name = names.get(subject) or file_names({subject: ""})[subject]
            files.write(name, Asked(_KIND, subject=subject), [found])
    if bound:
        files.bind(TOGETHER, Asked(_KIND), bound)
    bar.close()
