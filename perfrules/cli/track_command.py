"""`perfrules track CYCLE`: how a cycle stands: progress, warnings, milestones, missing figures."""

import datetime
from pathlib import Path
from typing import cast

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.param_type import ParamType
from perfrules.cli.spoken_help import Failed
from perfrules.cli.talk import language_option, print_findings
from perfrules.codes.code import Language, Text
from perfrules.cycle.track_cycle import track_cycle
from perfrules.language.text.dates import read_date
from perfrules.model.tracking import Tracking
from perfrules.screens.progress_data import progress_csv, progress_json
from perfrules.screens.progress_text import progress_text

__all__ = ["command"]


class _DayType(ParamType[datetime.date]):
    """A day as 2024-08-31."""

    name = "date"

    def convert(
        self,
        value: str | datetime.date,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> datetime.date:
        day = value if isinstance(value, datetime.date) else read_date(value)
        if isinstance(day, datetime.date):
            return day
        raise click.BadParameter(f"{value!r}: 2024-08-31", ctx, param)


@click.command("track")
@click.argument("cycle", type=click.Path(path_type=Path))
@click.option(
    "--on", type=_DayType(), default=lambda: datetime.date.today().isoformat(),
    help="the day to look at: later rows are left out  [default: today]",
)  # fmt: skip
@click.option("--person", default=None, help="only what concerns this id")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text",
    envvar="PERFRULES_TRACK_FORMAT", help="text for people, json for tools, csv of the courses",
)  # fmt: skip
@language_option
@click.pass_obj
def command(language: str, cycle: Path, on: datetime.date, person: str | None, form: str) -> None:
    """Show how the cycle in the folder CYCLE stands, by the rows of its table of progress.

    Each week or month is compared with its own target; then come the warnings of the policies,
    the milestones of targets.yaml, the figures that are still missing, and the deadlines. Ends
    with 1 where there is a warning, a milestone missed, a figure late or a row at fault, 0 where
    there is none, 3 where a policy cannot be used, 2 where a file cannot.
    """
    folder = cycle.parent if cycle.name == "cycle.yaml" else cycle
    tracked = track_cycle(folder, on, person=person)
    print_findings(tracked.findings, language)
    if tracked.tracking is None:
        raise click.exceptions.Exit(Exit.POLICY if tracked.refused == "policies" else Exit.USAGE)
    if person is not None and person not in tracked.subjects:
        raise Failed(Text(f"本周期没有工号 {person}", f"{person}: not in this cycle"))
    click.echo(_laid_out(tracked.tracking, cast(Language, language), form), nl=False)
    if tracked.tracking.needs_attention or tracked.findings.errors:
        raise click.exceptions.Exit(Exit.FINDINGS)


def _laid_out(tracking: Tracking, language: Language, form: str) -> str:
    if form == "json":
        return progress_json(tracking)
    if form == "csv":
        return progress_csv(tracking)
    return progress_text(tracking, language)
