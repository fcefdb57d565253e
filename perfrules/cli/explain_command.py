"""`perfrules explain RESULTS PERSON`: one person's result in sentences."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import click

from perfrules.cli.spoken_help import Failed
from perfrules.cli.talk import ended_by, language_option
from perfrules.codes.code import Language
from perfrules.diagnostics import Diagnostic
from perfrules.layout.html_page import NEEDS_JINJA, MissingExtraError
from perfrules.records.read import ResultFolder, read_results
from perfrules.screens.explain import Format, explain

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
    """Explain the result of PERSON (an id or a name) in the result folder RESULTS, step by step.

    Every number stands beside those it was made of, the policy line that decided, and the
    place in the data that it came from.
    """
    folder, findings = read_results(results)
    if folder is None:
        raise ended_by(findings, language)
    record = folder.find(person)
    if isinstance(record, Diagnostic):
        raise ended_by((record,), language)
    policy = _policy_of(folder, record)
    if isinstance(policy, Diagnostic):
        raise ended_by((policy,), language)
    person = record["subject"]
    if form != "json":  # which is the record as it was sealed
        # A segment (`E1005#1`) is the person's, who has the name.
        record = {**record, "name": folder.name_of(person.partition("#")[0])}
    parts = tuple(_segments_policies(folder, person, record))
    try:
        text = explain(record, policy, cast(Language, language), cast(Format, form), parts)
    except MissingExtraError:
        raise Failed(NEEDS_JINJA) from None
    click.echo(text, nl=not text.endswith("\n"))


def _policy_of(folder: ResultFolder, record: dict[str, Any]) -> dict[str, Any] | Diagnostic:
    """The resolved policy that judged a record."""
    found = folder.policy(f"{record['policy']['id']}@{record['policy']['version']}")
    return found if isinstance(found, Diagnostic) else found[0]


def _segments_policies(
    folder: ResultFolder, person: str, record: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """The policies of the roles that somebody held one after the other, whose payouts bear titles
    that the last one may not have."""
    origins = (step.get("origin", {}).get("record", "") for step in record["steps"])
    for name in dict.fromkeys(one for one in origins if one.startswith(f"{person}#")):
        segment = folder.record(name)
        policy = segment if isinstance(segment, Diagnostic) else _policy_of(folder, segment)
        if not isinstance(policy, Diagnostic):
            yield policy
