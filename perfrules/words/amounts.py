"""Amounts of targets and money as people read them: `1,200,000 CNY`, `12%`."""

from decimal import Decimal

from perfrules.codes.code import Language
from perfrules.exact import in_percent, percent, plain
from perfrules.words.bilingual import unit as spoken

__all__ = ["amount", "grouped"]


def grouped(text: str) -> str:
    """A number that is written out, with its thousands set apart; a percentage as it is."""
    if text.endswith("%"):
        return text
    whole, point, places = text.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.removeprefix('-')):,}{point}{places}"


def amount(value: Decimal, unit: str, language: Language, *, with_unit: bool = True) -> str:
    """A number in a unit; `12%` needs none."""
    text = percent(value) if in_percent(unit) else grouped(plain(value))
    word = "" if text.endswith("%") or not with_unit else spoken(unit, language)
    return f"{text} {word}".rstrip()
