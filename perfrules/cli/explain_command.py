"""`perfrules explain RESULTS PERSON`: one person's result in sentences."""

from pathlib import Path
from typing import cast

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.talk import language_option, print_findings
from perfrules.codes.code import Language
from perfrules.diagnostics import Diagnostic
from perfrules.records.read import read_results
from perfrules.reports.explain import Format, explain
from perfrules.reports.html import MissingExtraError

__all__ = ["command"]


@click.command("explain")
@click.argument("results", type=click.Path(path_type=Path))
@click.argument("person")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown", "html"]), default="text",
    envvar="PERFRULES_EXPLAIN_FORMAT", help="how it is laid out",
)  # fmt: skip
@language_option
@click.pass_obj
def command(language: str, results: Path, person: str, form: str) -> None:
    """Explain the result of PERSON (an id) in the result folder RESULTS, step by step.

    Every number stands beside those it was made of, the policy line that decided, and the
    place in the data that it came from.
    """
    folder, findings = read_results(results)
    if folder is None:
        print_findings(findings, language)
        raise click.exceptions.Exit(Exit.USAGE)
    record = folder.record(person)
    if isinstance(record, Diagnostic):
        print_findings((record,), language)
        raise click.exceptions.Exit(Exit.USAGE)
    label = f"{record['policy']['id']}@{record['policy']['version']}"
    policy = folder.policy(label)
    if isinstance(policy, Diagnostic):
        print_findings((policy,), language)
        raise click.exceptions.Exit(Exit.USAGE)
    if form != "json":  # which keeps the record as it was sealed
        record = {**record, "name": folder.name_of(person)}
    try:
        text = explain(record, policy[0], cast(Language, language), cast(Format, form))
    except MissingExtraError as missing:
        raise click.ClickException(str(missing)) from None
    click.echo(text, nl=not text.endswith("\n"))
