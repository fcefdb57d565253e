"""`perfrules report RESULTS`: one page of a cycle, with pictures, for those who decide."""

import os
from pathlib import Path
from typing import cast

import click

from perfrules.cli.spoken_help import Failed
from perfrules.cli.talk import ended_by, language_option, print_findings, say
from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.layout.html_page import NEEDS_JINJA, MissingExtraError
from perfrules.papers.report.page import report_page
from perfrules.papers.report.to_html import html
from perfrules.records.papers.paper_files import beside, refused_folder, replace_file
from perfrules.records.read import ResultFolder, bytes_of, read_results
from perfrules.records.report.from_results import report_facts

__all__ = ["command"]

_STDOUT = "-"


@click.command("report")
@click.argument("results", type=click.Path(path_type=Path))
@click.option(
    "--against", type=click.Path(path_type=Path), multiple=True, metavar="OLD",
    help="the result folder of an earlier cycle, for the trend; may be given again",
)  # fmt: skip
@click.option(
    "--inputs", type=click.Path(path_type=Path), envvar="PERFRULES_REPORT_INPUTS", metavar="CYCLE",
    help="the folder of the cycle, whose history is part of the trend",
)  # fmt: skip
@click.option(
    "--budget", type=click.Path(path_type=Path), metavar="FILE",
    help="a CSV file with plan, department, budget, against which pay is held",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, allow_dash=True), envvar="PERFRULES_REPORT_OUT",
    help="the file, - for stdout  [default: RESULTS-report.html]",
)  # fmt: skip
@click.option("--force", is_flag=True, help="replace a file that is there")
@language_option
@click.pass_obj
def command(
    language: str, results: Path, against: tuple[Path, ...], inputs: Path | None,
    budget: Path | None, out: Path | None, force: bool,
) -> None:  # fmt: skip
    """Write the report of the result folder RESULTS for those who decide, one HTML page.

    Head count, who is missing and why, totals, grades against the quotas, groups side by side,
    managers' strictness, pay, pay curves, trend, outliers, follow-ups: pictures with their data.
    No script, no network; it prints on A4. Names stand where few are meant.
    """
    speech = cast(Language, language)
    target = out or beside(results, "-report.html")
    to_stdout = str(target) == _STDOUT
    folder = _opened(results, language)
    if not to_stdout and (refused := refused_folder(target.parent, results)):
        raise ended_by((refused,), language)
    earlier = [_opened(old, language) for old in against]
    facts, findings = report_facts(folder, earlier, speech, inputs, budget)
    if facts is None:
        raise ended_by(findings, language)
    print_findings(findings, language)
    try:
        data = html(report_page(facts, speech)).encode()
    except MissingExtraError:
        raise Failed(NEEDS_JINJA) from None
    if to_stdout:
        click.echo(data, nl=False)
        return
    _write(target, data, force=force, language=language)


def _opened(path: Path, language: str) -> ResultFolder:
    folder, findings = read_results(path)
    if folder is None:
        raise ended_by(findings, language)
    return folder


def _write(path: Path, data: bytes, *, force: bool, language: str) -> None:
    """Writes the file, whole or not at all; one that is there and says something else is left."""
    if os.path.lexists(path) and not force and bytes_of(path) != data:
        raise ended_by((Diagnostic("report-exists", str(path), {"path": str(path)}),), language)
    replace_file(path, data)
    say(Text(f"报告已写入 {path}", f"the report is written to {path}"), language)
