"""`perfrules help WORD`: the page of a diagnostic's code, of a key, of a topic, or a command."""

from typing import Final, cast

import click

from perfrules.cli.talk import ended_by, language_option
from perfrules.codes.catalogue import CODES
from perfrules.codes.code import Language
from perfrules.codes.vocabulary import meant_by
from perfrules.diagnostics import Diagnostic, closest
from perfrules.screens.help_pages import code_page, key_page, keys, topic_page, topics

__all__ = ["command"]

_LISTED: Final = 20


@click.command("help")
@click.argument("word", required=False)
@language_option
@click.pass_context
def command(ctx: click.Context, word: str | None) -> None:
    """Print the page of WORD: the code of a finding, a key of the language, or a topic.

    A Chinese word prints the key that it means, the name of a command its help. Without WORD,
    the list of commands. Ends with 2 where there is no such page.
    """
    language, group = cast(Language, ctx.obj), ctx.find_root()
    assert isinstance(group.command, click.Group)
    if word is None:
        click.echo(group.get_help())
        return
    name = word.strip("[]`").rstrip(":：")
    found = _pages(name, language)
    if found:
        click.echo("\n".join(found), nl=False)
        return
    called = group.command.get_command(group, name)
    if called is not None:
        click.echo(called.get_help(called.context_class(called, group, name)))
        return
    known = (*keys(), *CODES, *topics(), *group.command.list_commands(group))
    facts = {
        "word": word,
        "topics": ", ".join(topics()[:_LISTED]),
        "suggestion": closest(name, known),
    }
    raise ended_by([Diagnostic("no-such-page", None, facts)], language)


def _pages(name: str, language: Language) -> list[str]:
    """What there is on a word: a code has one page, a key and a topic may share their name."""
    if name in CODES:
        return [code_page(name, language)]
    known = keys()
    found = [key_page(key, language) for key in known if key == name]
    found = found or [key_page(key, language) for key in meant_by(name, known)]
    return found or [topic_page(topic, language) for topic in topics() if topic == name]
