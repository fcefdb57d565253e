"""`perfrules schema [NAME]`: prints a JSON Schema, or the names of all."""

import click

from perfrules.cli.talk import language_option
from perfrules.language.schema import SCHEMAS, schema_text

__all__ = ["command"]


@click.command("schema")
@click.argument("name", required=False, type=click.Choice(list(SCHEMAS)))
@language_option
def command(name: str | None) -> None:
    """Print the JSON Schema NAME for editors and other tools; without NAME, list them."""
    click.echo(schema_text(name) if name else "\n".join(SCHEMAS), nl=name is None)
