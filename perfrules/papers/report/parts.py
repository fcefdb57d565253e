"""What the page is made of: chapters, each with things that are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.exact import EXACT, divided, plain
from perfrules.papers.charts.svg import cut_to
from perfrules.papers.overview.figures import Mean
from perfrules.papers.paper.parts import Table
from perfrules.words.amounts import grouped

__all__ = ["DASH", "FEW", "NAMED", "Chapter", "Shown", "Teller"]

FEW: Final = 200
"""Of a run with more people, lists are cut: aggregates say what there is."""

NAMED: Final = 20
"""So many of a list are named where there are many people."""

DASH: Final = "—"
_SHORT: Final = 260


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing: a title that says what is seen, a picture (safe SVG, or nothing), the same as a
    table, and remarks below."""

    title: str
    picture: str = ""
    table: Table | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the page; `key` is its anchor."""

    key: str
    title: str
    shown: tuple[Shown, ...]


class Teller:
    """Says things in one language; amounts of money have at least so many places."""

    def __init__(self, language: Language, currency: Text, places: int = 0) -> None:
        self.language: Language = language
        self.places = places
        self.currency = currency.into(language)

    def say(self, zh: str, en: str) -> str:
        """The one of two sentences that is in this language."""
        return zh if self.language == "zh" else en

    def text(self, text: Text) -> str:
        """A text in this language."""
        return text.into(self.language)

    def several(self, names: Iterable[str]) -> str:
        """Names in a row, those that are very long cut."""
        return self.say("、", ", ").join(cut_to(one, _SHORT) for one in names)

    def some(self, names: Iterable[str]) -> str:
        """The first three names, and how many there are besides."""
        found = list(names)
        if len(found) <= 3:
            return self.several(found)
        shown = self.several(found[:3])
        return self.say(f"{shown}等 {len(found)} 个", f"{shown} and {len(found) - 3} more")

    def people(self, count: int) -> str:
        """So many people."""
        return self.say(f"{count:,} 人", f"{count:,} {'person' if count == 1 else 'people'}")

    def money(self, value: Decimal) -> str:
        """An amount of money, with the places of all amounts: `316,257.52`, `2,000.00`."""
        written = plain(value)
        places = len(written.partition(".")[2])
        return grouped(format(value, f".{max(places, self.places)}f"))

    def amount(self, value: Decimal) -> str:
        """An amount of money with its currency, where that is known."""
        return f"{self.money(value)} {self.currency}".rstrip()

    def mean(self, mean: Mean | None) -> str:
        """A mean; `≈` before one that is rounded."""
        if mean is None:
            return DASH
        return ("" if mean.is_exact else "≈") + plain(mean.value)

    def share(self, part: Decimal | int, whole: Decimal | int) -> str:
        """A share as a percentage of one place, `≈` before one that is rounded; a dash of
        nothing."""
        if not whole:
            return DASH
        hundredfold = EXACT.multiply(Decimal(part), Decimal(100))
        value = divided(hundredfold, Decimal(whole), 1, "half_up")
        is_exact = EXACT.multiply(value, Decimal(whole)) == hundredfold
        return ("" if is_exact else "≈") + plain(value) + "%"

    def figure(self, value: Decimal | None) -> str:
        """A figure of points; a dash for none."""
        return DASH if value is None else plain(value)
