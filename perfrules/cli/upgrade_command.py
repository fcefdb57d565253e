"""`perfrules upgrade [PATHS]`: policies of earlier versions, written as they are read now."""

from pathlib import Path

import click

from perfrules.cli.differences import show_difference
from perfrules.cli.exit_codes import Exit
from perfrules.cli.talk import language_option, print_findings, say
from perfrules.codes.code import Text
from perfrules.diagnostics import Findings
from perfrules.workbench.mending import save
from perfrules.workbench.upgrading import Upgraded, upgraded

__all__ = ["command"]

_TEN = Text(
    "达成率现在保留十位小数（以前四位），由公式或斜线得出的分数可能略高；"
    "要保持原样，请写 rounding: {attainment: {places: 4}}。涉及：",
    "an attainment keeps ten places now (four before), so that a score by a formula or a slope can "
    "be a little higher; to keep the old one write rounding: {attainment: {places: 4}}. "
    "It concerns:",
)


@click.command("upgrade")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--diff", is_flag=True, help="show what would be written, and write nothing")
@language_option
@click.pass_obj
def command(language: str, paths: tuple[Path, ...], diff: bool) -> None:
    """Rewrite old policies at PATHS (default: policies, or here) where they would now mean
    something else.

    Shares without their sign, and lower limits where less is better. Only those characters
    change; each place is printed. Ends with 1 where something is left for people to decide.
    """
    given = paths or (Path("policies") if Path("policies").is_dir() else Path("."),)
    missing = Findings()
    for path in given:
        if not path.exists():
            missing.report("file-not-found", str(path), path=str(path))
    if len(missing):
        print_findings(list(missing), language, "text", to_stdout=False)
        raise click.exceptions.Exit(Exit.USAGE)
    found = upgraded(list(given))
    if diff:
        for file in found.files:
            show_difference(file)
    else:
        _write(found, language)
    for one in found.left:
        click.echo(f"{one.place}: {one.why.into(language)}", err=True)  # type: ignore[arg-type]
    if found.left:
        again = Text(
            "请先改好以上各处，再运行一次 perfrules upgrade：后面可能还有要改写的内容",
            "put these right and run `perfrules upgrade` again: more may come to light behind them",
        )
        say(again, language)
        raise click.exceptions.Exit(Exit.FINDINGS)


def _write(found: Upgraded, language: str) -> None:
    """Writes the files, and says what was written."""
    for file in found.files:
        save(file)
        for place, mend in sorted(file.written):
            click.echo(f"{place}: {mend.wrong} → {mend.right}", err=True)
    if found.ten_places:
        say(_TEN, language)
        for file_name in found.ten_places:
            click.echo(f"  {file_name}", err=True)
    count, files = sum(len(file.written) for file in found.files), len(found.files)
    left = len(found.left)
    say(
        Text(
            f"改写了 {count} 处，涉及 {files} 个文件；留待人工判断的 {left} 处",
            f"rewritten: {count}; files: {files}; left to people: {left}",
        ),
        language,
    )
