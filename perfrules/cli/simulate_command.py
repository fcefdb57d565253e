"""`perfrules simulate CYCLE`: what the cycle would come to under other rules."""

from pathlib import Path
from typing import cast

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.progress import Progress
from perfrules.cli.talk import ended_by, language_option, print_findings, say
from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.intake.files.raw_table import LARGE, USUAL
from perfrules.model.simulation import Simulation
from perfrules.records.papers.whom import meant
from perfrules.records.whole_file import replace_whole
from perfrules.screens.simulation_json import simulation_json
from perfrules.screens.simulation_markdown import simulation_markdown
from perfrules.screens.simulation_text import simulation_text
from perfrules.workbench.what_if.simulate import narrowed, simulated

__all__ = ["command"]


@click.command("simulate")
@click.argument("cycle", type=click.Path(path_type=Path))
@click.option(
    "--set", "changes", multiple=True, metavar="POLICY.PATH=VALUE",
    help="change one value of a policy; may be given again",
)  # fmt: skip
@click.option(
    "--policy", "policies", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
    help="another version of a policy, in the place of the one with its id; may be given again",
)  # fmt: skip
@click.option(
    "--for", "whom", envvar="PERFRULES_SIMULATE_FOR",
    help="only a person, a team or a department, by id or name",
)  # fmt: skip
@click.option(
    "--people", type=click.IntRange(min=0), default=20, show_default=True,
    help="list so many people; json lists all unless this is given",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text",
    envvar="PERFRULES_SIMULATE_FORMAT", help="how it is laid out",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE",
    help="write it to this file, which is replaced, instead of printing it",
)  # fmt: skip
@click.option("--large", is_flag=True, help="accept tables above 50 MiB or 1 000 000 rows")
@language_option
@click.pass_context
def command(
    context: click.Context, cycle: Path, changes: tuple[str, ...], policies: tuple[Path, ...],
    whom: str | None, people: int, form: str, out: Path | None, large: bool,
) -> None:  # fmt: skip
    """Tell what the cycle in the folder CYCLE would come to under other rules.

    Who changes grade, whose pay moves, and the total pay before and after, by change of the rules:
    files first, then values, each on top of those before it. Everybody is judged again, with
    quotas, awards and pools. No result is written.

    Ends with 0 where everybody has a result, 5 where somebody has none, 3 where a policy cannot be
    used as it is or as changed, 2 where a file cannot.
    """
    language: str = context.obj
    folder = cycle.parent if cycle.name == "cycle.yaml" else cycle
    speech = cast(Language, language)
    bar = Progress(speech, Text("正在测算", "simulating"))
    asked = {f"--set {number}": text for number, text in enumerate(changes, 1)}
    limits = LARGE if large else USUAL
    found, findings, refused = simulated(folder, asked, policies, progress=bar, limits=limits)
    bar.close()
    print_findings(findings, language)
    if found is None:
        is_policy = refused in ("policies", "changes")
        raise click.exceptions.Exit(Exit.POLICY if is_policy else Exit.USAGE)
    print_findings(found.warnings, language)
    shown = found if whom is None else _only(found, whom, language)
    given = context.get_parameter_source("people") is not click.core.ParameterSource.DEFAULT
    if form == "json":
        text = simulation_json(shown, people if given else None)
    else:
        draw = simulation_markdown if form == "markdown" else simulation_text
        text = draw(shown, speech, people)
    if out is None:
        click.echo(text, nl=False)
    else:
        replace_whole(out, text.encode())
        say(Text(f"已写入 {out}", f"written to {out}"), language)
    if found.after.rejected:
        raise click.exceptions.Exit(Exit.REJECTED)


def _only(found: Simulation, whom: str, language: str) -> Simulation:
    """The answer for whom somebody names."""
    subjects = meant(whom, found.places, "--for")
    if isinstance(subjects, Diagnostic):
        raise ended_by((subjects,), language)
    return narrowed(found, subjects)
