"""`perfrules evaluate CYCLE`: judges a cycle, prints the summary, writes the result folder."""

from pathlib import Path
from typing import cast

import click

from perfrules.cli.at_least_one import at_least_one
from perfrules.cli.exit_codes import Exit
from perfrules.cli.progress import Progress
from perfrules.cli.talk import ended_by, language_option, print_findings, say
from perfrules.codes.code import Language, Text
from perfrules.cycle.evaluate_cycle import EachInTurn, evaluate_cycle
from perfrules.cycle.many_cores import all_cores
from perfrules.diagnostics import Diagnostic
from perfrules.intake.files.raw_table import LARGE, USUAL
from perfrules.model.cycle_result import CycleResult
from perfrules.papers.workbook.scores import left_out
from perfrules.records.deltas import DELTAS, Delta
from perfrules.records.read import ResultFolder
from perfrules.records.signing import signer
from perfrules.records.tables import read_table, unguarded
from perfrules.records.write import WORKBOOK_ROWS, write_while
from perfrules.screens.delta_text import delta_text
from perfrules.screens.summary import cycle_summary

__all__ = ["command"]

_MOST = 20
"""How many warnings are printed."""


@click.command("evaluate")
@click.argument("cycle", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), help="the result folder  [default: results/<CYCLE>]"
)
@click.option("--all", "everybody", is_flag=True, envvar="PERFRULES_EVALUATE_ALL",
    help="a row for everybody, however many",
)  # fmt: skip
@click.option("--large", is_flag=True, help="accept tables above 50 MiB or 1 000 000 rows")
@click.option("--revises", type=click.Path(path_type=Path),
    help="the result folder of an earlier run, which stays; deltas.csv tells what differs",
)  # fmt: skip
@click.option("--sign", "key", type=click.Path(path_type=Path), envvar="PERFRULES_EVALUATE_SIGN",
    help="sign the manifest with this private key (perfrules keygen)",
)  # fmt: skip
@click.option("--jobs", type=int, metavar="N", callback=at_least_one,
    envvar="PERFRULES_EVALUATE_JOBS",
    help="how many processes judge; the results are the same  [default: all cores]",
)  # fmt: skip
@click.option("--workbook-rows", type=int, metavar="N", default=WORKBOOK_ROWS,
    show_default=True, callback=at_least_one, envvar="PERFRULES_EVALUATE_WORKBOOK_ROWS",
    help="how many rows the sheets of scores in the workbook may have",
)  # fmt: skip
@click.option("--quiet", is_flag=True, help="write the result folder and print no table")
@language_option
@click.pass_obj
def command(
    language: str, cycle: Path, out: Path | None, everybody: bool, large: bool,
    revises: Path | None, key: Path | None, jobs: int | None, workbook_rows: int, quiet: bool,
) -> None:  # fmt: skip
    """Evaluate the cycle in the folder CYCLE (cycle.yaml and its tables).

    Ends with 0 where everybody has a result, 5 where somebody's data are at fault (they are
    listed, the others have their results), 3 where a policy cannot be used, 2 where a file
    cannot.
    """
    folder = cycle.parent if cycle.name == "cycle.yaml" else cycle
    target = out or Path("results") / folder.resolve().name
    speech = cast(Language, language)
    signs = None if key is None else signer(key)
    if isinstance(signs, Diagnostic):
        raise ended_by((signs,), language)
    bar = Progress(speech, Text("正在计算", "evaluating"))

    def evaluate(each: EachInTurn) -> CycleResult:
        limits = LARGE if large else USUAL
        many = jobs or all_cores()
        return evaluate_cycle(folder, progress=bar, each=each, limits=limits, jobs=many)

    result, written, findings = write_while(target, evaluate, revises, signs, speech, workbook_rows)
    bar.close()
    if result is None:
        raise ended_by(findings, language)
    print_findings((*result.findings, *findings), language)
    _print_warnings(result, speech)
    if result.refused is not None:
        say(
            Text(
                "没有计算任何人，请先改正以上错误", "nobody was evaluated; mend what is above first"
            ),
            language,
        )
        raise click.exceptions.Exit(Exit.POLICY if result.refused == "policies" else Exit.USAGE)
    if not quiet:
        click.echo(cycle_summary(result, speech, None if everybody else 60))
    if written is None:
        raise click.exceptions.Exit(Exit.USAGE)
    if revises is not None and not quiet:
        click.echo(_deltas(written, result, speech))
    if written.manifest.workbook_rows is not None:
        without = left_out(result, workbook_rows)
        say(_shortened(without, workbook_rows), language)
    if signs is None:
        say(Text(f"结果已写入 {target}", f"results written to {target}"), language)
    else:
        text = Text(f"结果已写入 {target}，并已签名", f"results written to {target}, and signed")
        say(text, language)
    if result.rejected or any(one.severity == "error" for one in result.unattached):
        raise click.exceptions.Exit(Exit.REJECTED)


def _shortened(without: int, rows: int) -> Text:
    return Text(
        f"工作簿的“指标得分”只列 {rows} 行，{without} 人未列入（--workbook-rows 可增加）",
        f"the sheets of scores in the workbook have {rows} rows; {without} people or units are not "
        "in them (--workbook-rows gives more)",
    )


def _deltas(written: ResultFolder, result: CycleResult, language: Language) -> str:
    """What differs from the run that was revised, as deltas.csv has it."""
    rows = read_table((written.folder / DELTAS).read_bytes())
    lines = [list(Delta._fields), *([unguarded(cell) for cell in row.values()] for row in rows)]
    return delta_text(lines, language, result.pay_titles)


def _print_warnings(result: CycleResult, language: Language) -> None:
    """Warnings about people and rows; the first of them where there are many."""
    own = [
        one
        for line in result.judged
        for one in line.problems
        if one.severity != "error" and (line.complete or one.code != "no-figures")
    ]
    found = [one for one in (*result.unattached, *own) if one not in result.findings]
    print_findings(found[:_MOST], language)
    if more := len(found) - _MOST if len(found) > _MOST else 0:
        say(Text(f"……还有 {more} 条提醒，见各人的说明", f"… and {more} more"), language)
