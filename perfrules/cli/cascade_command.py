"""`perfrules cascade CYCLE`: the target cascade with what every part of it reached."""

from pathlib import Path
from typing import cast

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.talk import ended_by, language_option, print_findings, say
from perfrules.codes.code import Language, Text
from perfrules.cycle.cascade import cascade
from perfrules.cycle.evaluate_cycle import open_cycle
from perfrules.cycle.one_dimension import along
from perfrules.diagnostics import Diagnostic, Span
from perfrules.intake.plans.check_targets import DIMENSION_NAMES, check_targets
from perfrules.intake.plans.targets import TARGETS_FILE, read_targets
from perfrules.model.cascade import CascadeReached
from perfrules.model.targets import DIMENSIONS, Dimension
from perfrules.screens.cascade_json import cascade_json
from perfrules.screens.cascade_markdown import cascade_markdown
from perfrules.screens.cascade_text import cascade_text

__all__ = ["command"]


@click.command("cascade")
@click.argument("cycle", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text",
    envvar="PERFRULES_CASCADE_FORMAT", help="how it is laid out",
)  # fmt: skip
@click.option(
    "--by", "dimension", type=click.Choice(DIMENSIONS), envvar="PERFRULES_CASCADE_BY",
    help="only the breakdowns that lead to this dimension, and nothing below it",
)  # fmt: skip
@language_option
@click.pass_obj
def command(language: str, cycle: Path, form: str, dimension: Dimension | None) -> None:
    """Draw the targets (targets.yaml) of the cycle in the folder CYCLE with what was reached.

    Actuals come from the cycle's tables and roll up as targets.yaml says; a part without a figure
    says so, and whatever is above it too. Ends with 0 where all is well, 1 where there are
    warnings, 3 where targets or policies have mistakes, 2 where a file cannot be used.
    """
    folder = cycle.parent if cycle.name in ("cycle.yaml", TARGETS_FILE) else cycle
    opened = open_cycle(folder)
    if opened.refused is not None or opened.cycle is None:
        print_findings(opened.findings, language)
        broken = opened.refused == "policies" or any(map(_is_in_targets, opened.findings.errors))
        raise click.exceptions.Exit(Exit.POLICY if broken else Exit.USAGE)
    targets, findings = read_targets(folder / TARGETS_FILE, opened.cycle)
    if targets is None:  # which is no mistake of a cycle
        raise ended_by(findings, language)
    findings.extend(check_targets(targets))
    found, unfit = cascade(targets, opened.subjects, opened.cycle.id)
    findings.extend(unfit)
    print_findings(findings, language)
    if dimension is not None:
        found = _along(found, dimension, language)
    click.echo(_laid_out(found, cast(Language, language), form), nl=False)
    if findings.errors:
        raise click.exceptions.Exit(Exit.POLICY)
    if findings.of("warning"):
        raise click.exceptions.Exit(Exit.FINDINGS)


def _is_in_targets(finding: Diagnostic) -> bool:
    return isinstance(finding.place, Span) and Path(finding.place.file).name == TARGETS_FILE


def _along(found: CascadeReached, dimension: Dimension, language: str) -> CascadeReached:
    """The goals that are broken down that way; the others are named."""
    shown = along(found, dimension)
    kept = {one.goal.name for one in shown.goals}
    others = [one.goal.name for one in found.goals if one.goal.name not in kept]
    if others:
        name, goals = DIMENSION_NAMES[dimension], ", ".join(others)
        text = Text(f"没有按{name.zh}分解的目标：{goals}", f"not broken down by {name.en}: {goals}")
        say(text, language)
    if not kept:
        raise click.exceptions.Exit(Exit.USAGE)
    return shown


def _laid_out(found: CascadeReached, language: Language, form: str) -> str:
    if form == "json":
        return cascade_json(found)
    draw = cascade_markdown if form == "markdown" else cascade_text
    return draw(found, language)
