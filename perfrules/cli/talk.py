"""How commands talk: the language, colours, findings on stderr, counts in words."""

import os
import sys
from collections.abc import Iterable
from typing import cast

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.param_type import ParamType
from perfrules.codes.code import LANGUAGES, Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.screens.diagnostic_text import SEVERITIES, diagnostics_text

__all__ = [
    "LANGUAGE",
    "default_language",
    "ended_by",
    "language_option",
    "print_findings",
    "say",
    "spoken_here",
]

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


class _LanguageType(ParamType[Language]):
    """`zh` or `en`; a locale such as zh_CN.UTF-8 names its language too."""

    name = "zh|en"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Language:
        for language in LANGUAGES:
            if value.lower().startswith(language):
                return language
        raise click.BadParameter(f"{value!r}: zh, en", ctx, param)


LANGUAGE = _LanguageType()


def default_language() -> Language:
    """The language of the machine: Chinese where the locale is Chinese, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def spoken_here() -> Language:
    """The language that the environment asks for, PERFRULES_LANG before the machine's own."""
    asked = os.environ.get("PERFRULES_LANG", "").lower()
    return next((one for one in LANGUAGES if asked.startswith(one)), default_language())


def language_option(function: click.decorators.FC) -> click.decorators.FC:
    """`--lang` after the command's name, as well as before it."""

    def set_language(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.obj = value

    option = click.option(
        "--lang",
        type=LANGUAGE,
        expose_value=False,
        callback=set_language,
        is_eager=True,
        help="language of what is printed  [env: PERFRULES_LANG]",
    )
    return option(function)


def say(text: Text, language: str) -> None:
    """Talk goes to stderr, so that stdout stays data."""
    click.echo(text.into(cast(Language, language)), err=True)


def print_findings(
    findings: Iterable[Diagnostic], language: str, form: str = "text", *, to_stdout: bool = False
) -> None:
    """All findings by the one printer, coloured by severity at a terminal."""
    text = diagnostics_text(tuple(findings), cast(Language, language), form)
    if not text:
        return
    stream = sys.stdout if to_stdout else sys.stderr
    if form == "text" and stream.isatty() and "NO_COLOR" not in os.environ:
        text = "\n".join(_coloured(line) for line in text.split("\n"))
    click.echo(text, err=not to_stdout, nl=not text.endswith("\n"))


def ended_by(findings: Iterable[Diagnostic], language: str) -> click.exceptions.Exit:
    """Prints what keeps a command from going on; to be raised, and ends it with 2."""
    print_findings(findings, language)
    return click.exceptions.Exit(Exit.USAGE)


def _coloured(line: str) -> str:
    for severity, words in SEVERITIES.items():
        for word in words:
            head, mark, rest = line.partition(f" {word}")
            if mark and " " not in head.rstrip(":"):
                return head + click.style(mark, fg=_COLOURS[severity], bold=True) + rest
    return line
