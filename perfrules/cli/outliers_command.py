"""`perfrules outliers RESULTS`: who should be looked at in the calibration meeting."""

from decimal import Decimal
from pathlib import Path
from typing import cast

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.param_type import ParamType
from perfrules.cli.talk import language_option, print_findings
from perfrules.codes.code import Language
from perfrules.cycle.outliers import outliers
from perfrules.diagnostics import Findings
from perfrules.exact import read_number
from perfrules.model.review import Limits, Review
from perfrules.records.read import ResultFolder, read_results
from perfrules.records.reviewed import Within, reviewed
from perfrules.records.tables import guarded, table_text
from perfrules.screens.outliers_text import TEXTS, outliers_json, outliers_rows, outliers_text

__all__ = ["command"]


class _NumberType(ParamType[Decimal]):
    """A number as policies write them, not below 0."""

    name = "number"

    def convert(
        self, value: str | Decimal, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        number = value if isinstance(value, Decimal) else read_number(value)
        if not isinstance(number, Decimal) or number < 0:
            raise click.BadParameter(f"{value!r}: 15, 1.5", ctx, param)
        return number


_NUMBER = _NumberType()


@click.command("outliers")
@click.argument("results", type=click.Path(path_type=Path))
@click.option(
    "--within", type=click.Choice(["department", "team", "role"]), default="team",
    show_default=True, help="whose mean a total is compared with",
)  # fmt: skip
@click.option(
    "--deviations", type=_NUMBER, default="1.5", show_default=True,
    help="list totals further from the mean than so many standard deviations",
)  # fmt: skip
@click.option("--high", type=_NUMBER, default="95", show_default=True, help="list totals above")
@click.option("--low", type=_NUMBER, default="60", show_default=True, help="list totals below")
@click.option(
    "--jump", type=_NUMBER, default="15", show_default=True,
    help="list totals that differ by more from the cycle before",
)  # fmt: skip
@click.option(
    "--spread", type=_NUMBER, default="20", show_default=True,
    help="list indicators whose ratings are further apart",
)  # fmt: skip
@click.option(
    "--previous", type=click.Path(path_type=Path), help="the result folder of the cycle before"
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text",
    envvar="PERFRULES_OUTLIERS_FORMAT", help="how it is laid out",
)  # fmt: skip
@language_option
@click.pass_obj
def command(
    language: str,
    results: Path,
    within: str,
    deviations: Decimal,
    high: Decimal,
    low: Decimal,
    jump: Decimal,
    spread: Decimal,
    previous: Path | None,
    form: str,
) -> None:
    """List whom the calibration meeting should look at in the result folder RESULTS, and why.

    Totals far from their group's mean, very high or low ones, jumps since the cycle before,
    raters who disagree. Nothing is changed. Ends with 0 whether or not somebody is listed.
    """
    folder = _opened(results, language)
    before = None if previous is None else _opened(previous, language)
    people, findings = reviewed(folder, cast(Within, within), before)
    _stop_for(findings, language)
    review = outliers(people, Limits(deviations, high, low, jump, spread))
    cycle = folder.manifest.cycle.get("id", "")
    speech = cast(Language, language)
    if form == "json":
        earlier = None if before is None else before.manifest.cycle.get("id", "")
        click.echo(outliers_json(review, cycle, within, earlier, speech), nl=False)
    elif form == "csv":
        click.echo(_csv(review, within, speech), nl=False)
    else:
        click.echo(outliers_text(review, cycle, within, speech), nl=False)


def _opened(path: Path, language: str) -> ResultFolder:
    folder, findings = read_results(path)
    _stop_for(findings, language)
    assert folder is not None
    return folder


def _stop_for(findings: Findings, language: str) -> None:
    print_findings(findings, language)
    if findings.errors:
        raise click.exceptions.Exit(Exit.USAGE)


def _csv(review: Review, within: str, language: Language) -> bytes:
    """The table as the tables of a result folder are written, so that Excel opens it."""
    header, *rows = outliers_rows(review, within, language)
    guards = [guarded if column in TEXTS else str for column in header]
    cells = ([guard(cell) for guard, cell in zip(guards, row, strict=True)] for row in rows)
    return b"".join(table_text([header, *cells]))
