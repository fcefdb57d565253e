"""What a statement is made of; every layout shows these and nothing else."""

from dataclasses import dataclass
from typing import Literal

from perfrules.codes.code import Language

__all__ = ["Kind", "Part", "Point", "Statement", "Table"]

Kind = Literal[
    "vetoes", "highlights", "gaps", "others", "scores", "changes", "next", "trend", "okr",
    "measures", "follow_ups",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is told: what it is about, its figures, and a line each of what to add."""

    title: str
    figures: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head, and rows of sums below a line. The last `figures` columns hold figures; a
    `roomy` table is filled in by hand."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: int = 0
    roomy: bool = False
    foot: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the statement; `remark` is a sentence about all of it."""

    kind: Kind
    title: str
    points: tuple[Point, ...] = ()
    table: Table | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """The whole statement. `head` and `result` are pairs of a name and a value, `blanks` are
    fields that are filled in by hand, `signatures` is who signs, each beside a `date_word`."""

    language: Language
    title: str
    cycle: str
    secrecy: str
    head: tuple[tuple[str, str], ...]
    result_title: str
    result: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    talk_title: str
    blanks: tuple[str, ...]
    signatures: tuple[str, ...]
    date_word: str
    remark: str
    seal: tuple[tuple[str, str], ...]

    @property
    def subject(self) -> str:
        """Whose statement it is, as its head says."""
        return self.head[0][1]

    @property
    def running_head(self) -> str:
        """What stands above each page."""
        return " · ".join(filter(None, (self.cycle, self.title, self.secrecy)))

    @property
    def joint(self) -> str:
        """What stands between a point's title and its figures."""
        return " " if self.language == "zh" else ": "

    @property
    def colon(self) -> str:
        return "：" if self.language == "zh" else ": "
