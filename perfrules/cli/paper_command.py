"""`perfrules paper KIND CYCLE|RESULTS`: what a department hands out, signs and looks at."""

import datetime
import os
from pathlib import Path
from typing import Final, NamedTuple, cast

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.progress import Progress
from perfrules.cli.spoken_help import Failed
from perfrules.cli.talk import ended_by, language_option, print_findings
from perfrules.cli.written_papers import WrittenPapers, bytes_of_papers
from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.papers.paper.laid_out import SUFFIXES, Layout
from perfrules.papers.paper.parts import Paper
from perfrules.records.manifest import MANIFEST
from perfrules.records.papers.asked import KINDS, Asked, Source
from perfrules.records.papers.of_cycle import PapersOfCycle
from perfrules.records.papers.of_results import PapersOfResults
from perfrules.records.papers.paper_files import beside, file_names, refused_folder
from perfrules.records.papers.paper_manifest import MadeOf
from perfrules.records.read import read_results
from perfrules.records.signing import Signer, signer

__all__ = ["command"]

_PAPERS: Final = (Text("文件", "paper"), "papers")
_ENDING: Final = "-papers"


class _Of(NamedTuple):
    """What papers are made of, and where their folder is if none is named; into a `sealed` folder
    nothing may be written."""

    source: Source
    made_of: MadeOf
    folder: Path
    sealed: Path | None = None


@click.command("paper")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("path", metavar="CYCLE|RESULTS", type=click.Path(path_type=Path))
@click.option("--for", "whom", default="all", envvar="PERFRULES_PAPER_FOR",
    help="a person, a team or a department, by id or name; or all",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(list(SUFFIXES)), default="docx",
    envvar="PERFRULES_PAPER_FORMAT",
    help="how it is laid out; docx is for Word and WPS, xlsx for Excel and WPS",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path),
    help="the folder of files; - prints Markdown or HTML  [default: RESULTS-papers]",
)  # fmt: skip
@click.option("--together", is_flag=True, help="one file with everybody's papers, to print")
@click.option("--on", metavar="DATE", help="of tracking: the day to look at  [default: today]")
@click.option("--layout", "variant", type=click.Choice(["payroll", "blank"]),
    envvar="PERFRULES_PAPER_LAYOUT",
    help="payroll: the payout as id, name, amount; blank: an empty form of change",
)  # fmt: skip
@click.option("--force", is_flag=True, help="replace files that were filled in, or are not ours")
@click.option("--sign", "key", type=click.Path(path_type=Path), envvar="PERFRULES_PAPER_SIGN",
    help="sign the manifest of the files with this private key (perfrules keygen)",
)  # fmt: skip
@language_option
@click.pass_obj
def command(
    language: str, kind: str, path: Path, whom: str, form: str, out: Path | None, together: bool,
    on: str | None, variant: str | None, force: bool, key: Path | None,
) -> None:  # fmt: skip
    """Write the papers of KIND, to be handed out and signed.

    strategy, breakdown, confirmation, actions, change, tracking and handbook are made of the folder
    of a CYCLE; appraisal, payout and feedback of RESULTS. Each is one file for all, or one for each
    person; `perfrules verify` on their folder finds a figure that was edited.
    """
    speech, layout = cast(Language, language), cast(Layout, form)
    found = KINDS[kind]
    asked = Asked(kind, whom="" if whom == "all" else whom, on=_day(kind, on), variant="")
    if variant is not None:
        if variant not in found.variants:
            raise Failed(
                Text(f"{kind} 没有 --layout {variant}", f"{kind} has no --layout {variant}")
            )
        asked = asked._replace(variant=variant)
    if together and not found.each:
        raise Failed(Text(f"{kind} 本来就是一份", f"{kind} is one paper as it is"))
    prints = out == Path("-")
    if prints and layout not in ("markdown", "html"):
        raise Failed(Text("--out - 只用于 markdown 和 html", "--out - is for markdown and html"))
    signs = None if key is None else signer(key)
    if isinstance(signs, Diagnostic):
        raise ended_by((signs,), language)
    of = _results(path, kind, speech) if found.of == "results" else _cycle(path, kind, speech)
    made = _made(of.source, asked, speech)
    if prints:
        click.echo(bytes_of_papers([paper for _, paper in made], layout, language), nl=False)
        return
    target = out or of.folder
    if of.sealed is not None and (refused := refused_folder(target, of.sealed)):
        raise ended_by((refused,), language)
    files = WrittenPapers(target, layout, speech, force=force, what=_PAPERS)
    _write(files, of, made, asked, together=together or not found.each, signs=signs)


def _day(kind: str, on: str | None) -> datetime.date | None:
    """The day to look at, which only the course of targets has."""
    if kind != "tracking":
        if on is not None:
            raise Failed(Text(f"{kind} 不用 --on", f"{kind} takes no --on"))
        return None
    try:
        return datetime.date.fromisoformat(on) if on else datetime.date.today()
    except ValueError:
        raise Failed(
            Text(f"`{on}` 不是日期，应写成 2024-08-31", f"`{on}` is no date such as 2024-08-31")
        ) from None


def _results(path: Path, kind: str, language: Language) -> _Of:
    if not (path / MANIFEST).is_file() and (path / "cycle.yaml").is_file():
        facts = {"paper": KINDS[kind].title, "path": str(path)}
        raise ended_by((Diagnostic("paper-of-results", str(path), facts),), language)
    folder, findings = read_results(path)
    if folder is None:
        raise ended_by(findings, language)
    source = PapersOfResults(folder, language)
    made_of = MadeOf(results=folder.manifest.digest)
    return _Of(source, made_of, beside(path, _ENDING), path)


def _cycle(path: Path, kind: str, language: Language) -> _Of:
    folder = path.parent if path.name == "cycle.yaml" else path
    if not (folder / "cycle.yaml").is_file():
        facts = {"paper": KINDS[kind].title, "path": str(path)}
        raise ended_by((Diagnostic("paper-of-cycle", str(path), facts),), language)
    source = PapersOfCycle(folder, language)
    if source.opened.refused is not None or source.opened.cycle is None:
        print_findings(source.findings, language)
        broken = source.opened.refused == "policies"
        raise click.exceptions.Exit(Exit.POLICY if broken else Exit.USAGE)
    name = Path(os.path.abspath(folder)).name + _ENDING
    return _Of(source, MadeOf(inputs=source.digest), Path("results") / name)


def _made(source: Source, asked: Asked, language: Language) -> list[tuple[str, Paper]]:
    """The papers; the run ends where there is none, or one cannot be made."""
    bar = Progress(language, Text("正在生成", "writing"))
    total = len(source.called(asked.kind))
    made = []
    for done, (subject, found) in enumerate(source.made(asked), 1):
        bar(min(done, total), total)
        if isinstance(found, Diagnostic):
            bar.close()
            raise ended_by((found,), language)
        made.append((subject, found))
    bar.close()
    if not made:
        facts = {"paper": KINDS[asked.kind].title, "reason": _NOTHING.get(asked.kind, _NO_RESULT)}
        raise ended_by((Diagnostic("no-paper", None, facts),), language)
    return made


_NOTHING: Final = {
    "change": Text(
        "没有人申请过调整目标；空白表用 --layout blank",
        "nobody has asked to change a target; --layout blank gives empty forms",
    ),
}
_NO_RESULT: Final = Text("没有符合条件的人", "nobody of those who were asked for has one")


def _write(
    files: WrittenPapers, of: _Of, made: list[tuple[str, Paper]], asked: Asked, *,
    together: bool, signs: Signer | None,
) -> None:  # fmt: skip
    kind = KINDS[asked.kind]
    title = kind.title.into(files.language)
    end = f"-{asked.variant}" if asked.variant else ""
    names = of.source.called(asked.kind)
    try:
        if together:
            whom = f"-{asked.whom}" if asked.whom else ""
            name = next(iter(file_names({f"{asked.kind}{end}{whom}": title}).values()))
            files.bind(name, asked, [paper for _, paper in made])
        else:
            named = file_names({**names, **{one: names.get(one, "") for one, _ in made}})
            for subject, paper in made:
                one = asked._replace(whom="", subject=subject)
                files.write(f"{asked.kind}{end}-{named[subject]}", one, [paper])
    finally:
        files.keep(_with_way(of.made_of, of, files.folder), signs)
    files.tell()


def _with_way(made_of: MadeOf, of: _Of, folder: Path) -> MadeOf:
    """With the way from the papers to the folder of their cycle."""
    if not isinstance(of.source, PapersOfCycle):
        return made_of
    way = Path(os.path.relpath(of.source.folder, folder)).as_posix()
    return made_of._replace(cycle=way)
