"""The cells that forms ask for: which cell of which table each of them becomes."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

__all__ = ["Asked", "Kind", "RowKey", "Slot", "SlotForm"]

Kind = Literal["person", "rater"]
"""Whose form it is: that of somebody who is judged, or of somebody who rates others."""

SlotForm = Literal["number", "percent", "words", "level", "yes_no", "date"]
"""What is due in a cell."""


class RowKey(NamedTuple):
    """A row of a table of the cycle, by ids; what does not tell rows of the table apart is empty.

    `segment` is the number of the segment of somebody who moved within the cycle. A comment
    without an `indicator` is about the whole; of an improvement the `indicator` is the measure and
    the `group` the gap.
    """

    table: str
    person: str
    segment: str = ""
    indicator: str = ""
    group: str = ""
    rater: str = ""


class Slot(NamedTuple):
    """A cell: a row, and the English name of its column."""

    row: RowKey
    column: str

    def text(self) -> str:
        """The slot in one line, as a form carries it."""
        return json.dumps([*self.row, self.column], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> "Slot | None":
        """The slot that `text` is; None where it is none."""
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if not isinstance(found, list) or len(found) != len(RowKey._fields) + 1:
            return None
        if not all(isinstance(one, str) for one in found):
            return None
        return cls(RowKey(*found[:-1]), found[-1])


@dataclass(frozen=True, slots=True)
class Asked:
    """What is due in a cell, and what the cycle has there already.

    `low` and `high` bound a number, `choices` are the words that can stand there. `unit` is that of
    the policy. Without a `needed` cell there is no result, or no rating. `known` is the value that
    the tables or the policy have, as people write it; empty where they have none.
    """

    slot: Slot
    form: SlotForm = "words"
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[str, ...] = ()
    needed: bool = False
    known: str = ""
