"""How a table writes numbers and dates, where cycle.yaml says so, and what is doubtful where not.

`1.234` is one and a quarter in London and twelve hundred in Munich. A table is read by the
notation that cycle.yaml declares for it; without one, whatever a table that uses a decimal comma
could mean in two ways is refused at its cell. Texts are left as they are.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from perfrules.intake.cells.numerals import Refusal, tidy

__all__ = [
    "AS_USUAL",
    "DATES",
    "TEXTS",
    "Notation",
    "Stored",
    "comma_columns",
    "converted",
    "from_comma",
]

TEXTS: Final = frozenset((
    "person_id", "unit_id", "name", "role", "team", "department", "parent", "segment", "project",
    "indicator", "group", "rater_id", "event", "evidence", "source", "reason", "approved_by",
    "kind", "what", "cycle", "grade", "objective", "key_result", "note",
    "incentive", "column", "comment", "rater", "measure", "gap", "support", "owner", "state",
))  # fmt: skip
"""Columns that never hold a number of the language, whatever stands in them."""

DATES: Final = frozenset(("joined", "left", "as_of", "date", "from", "to", "old_due", "new_due"))
"""Columns that hold dates."""

_NUMBER_LIKE: Final = re.compile(r"-?[0-9][0-9.,' \u00a0\u202f]*%?", re.ASCII)
_COMMA_PROOF: Final = re.compile(
    r"-?(?:[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|0,[0-9]+"
    r"|[0-9]{4,},[0-9]+)%?",
    re.ASCII,
)
_DOUBTFUL: Final = re.compile(r"(-?)([1-9][0-9]{0,2})([.,])([0-9]{3})(%?)", re.ASCII)
_DAY: Final = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})", re.ASCII)


class Stored(str):
    """A number that its file stores as a number, not as a text: no notation changes it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Notation:
    """What cycle.yaml says of the numbers and dates of a table; None where it says nothing.

    `decimal` and `thousands` are single signs; `dates` is `day_first` or `month_first`.
    """

    decimal: str | None = None
    thousands: str = ""
    dates: str | None = None

    def number(self, text: str) -> str | Refusal:
        """The text with a decimal point and no separators; a refusal where it is not so written."""
        point, group = re.escape(self.decimal or "."), re.escape(self.thousands)
        grouped = f"[0-9]{{1,3}}(?:{group}[0-9]{{3}})+|" if self.thousands else ""
        if re.fullmatch(f"-?(?:{grouped}[0-9]+)(?:{point}[0-9]+)? ?%?", text, re.ASCII) is None:
            facts = {"text": text, "decimal": self.decimal, "thousands": self.thousands or "-"}
            return Refusal("other-notation", facts)
        if self.thousands:
            text = text.replace(self.thousands, "")
        return text.replace(self.decimal or ".", ".")

    def date(self, text: str) -> str:
        """The date with the year first, where it is written the declared way."""
        found = _DAY.fullmatch(text)
        if found is None:
            return text
        first, _, second, year = found.groups()
        day, month = (first, second) if self.dates == "day_first" else (second, first)
        return f"{year}-{int(month):02}-{int(day):02}"


AS_USUAL: Final = Notation()
"""The notation of a table of which cycle.yaml says nothing."""


def converted(notation: Notation, text: str, column: str) -> str | Refusal:
    """A cell as the grammar of tables writes it; a text that is neither stays as it is."""
    word = tidy(text)
    if column in TEXTS or isinstance(text, Stored):
        return text
    if column in DATES:
        return notation.date(word) if notation.dates else text
    if notation.decimal is None or _NUMBER_LIKE.fullmatch(word) is None:
        return text
    return notation.number(word)


_WITH_COMMA: Final = Notation(",", ".")


def from_comma(text: str) -> str | Refusal:
    """A cell of a column with decimal commas: `1.234,56` is 1234.56, `1.234` two numbers."""
    word = tidy(text)
    if "," in word and _COMMA_PROOF.fullmatch(word) is not None:
        return _WITH_COMMA.number(word)
    found = _DOUBTFUL.fullmatch(word)
    if found is None:
        return text
    sign, whole, _, rest, percent = found.groups()
    facts = {
        "text": text.strip(),
        "small": f"{sign}{whole}.{rest}{percent}",
        "large": f"{sign}{whole}{rest}{percent}",
    }
    return Refusal("ambiguous-separator", facts)


def comma_columns(rows: Iterable[list[str]]) -> Iterator[int]:
    """The columns in which a cell proves a decimal comma: `1234,56`, `1.234,5`, `0,5`."""
    for texts in rows:
        for index, text in enumerate(texts):
            if "," in text and _COMMA_PROOF.fullmatch(tidy(text)) is not None:
                yield index
