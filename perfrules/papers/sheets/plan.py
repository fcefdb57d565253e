"""What a sheet to fill in is made of: columns with their heads and rules, and rows of texts."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

__all__ = ["Form", "SheetColumn", "SheetPlan", "WorkbookPlan"]

Form = Literal["text", "number", "money", "percent", "date"]
"""What is due in a column. Whatever else stands in a row is written as the text that it is."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column with its head; `part`, `unit` and `source` are rows of the head of a role's sheet.

    `choices` are the words that may be chosen, from the range `choose_from` of another sheet where
    that has them; `sure` says that nothing else may be entered. `low` and `high` bound a number.
    `refusal` is said where a number is refused while it is typed; `signed` says that a share which
    stands there without its sign is one of two things, and stays without. `given` cells are locked
    in the rows that are filled in beforehand.
    """

    heading: str
    form: Form = "text"
    part: str = ""
    unit: str = ""
    source: str = ""
    choices: tuple[str, ...] = ()
    choose_from: str = ""
    sure: bool = True
    low: Decimal | None = None
    high: Decimal | None = None
    hint: str = ""
    refusal: str = ""
    given: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet: a line above the head (or none), the columns, the rows, and rows left to fill in.

    `frozen` columns stay in sight. `has_parts` says whether the head has its rows of parts, units
    and sources.
    """

    name: str
    banner: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    blank_rows: int
    frozen: int = 2
    has_parts: bool = False


@dataclass(frozen=True, slots=True)
class WorkbookPlan:
    """The sheets, and before them one of notes: lines of text (Chinese and English beside each
    other) and a table of what is asked."""

    title: str
    notes_name: str
    lines: tuple[tuple[str, str], ...]
    asked: tuple[tuple[str, ...], ...]
    sheets: tuple[SheetPlan, ...] = field(default=())
