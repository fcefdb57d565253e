"""What a paper is made of; every layout shows these and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from perfrules.codes.code import Language
from perfrules.papers.charts.pieces import Curve

__all__ = ["Paper", "Part", "Point", "Signing", "Table"]


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is told: what it is about, its figures, and a line each of what to add."""

    title: str
    figures: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head, and rows of sums below a line. The last `figures` columns, but for the
    `after` behind them, hold figures, written as they are read (`12.5%`, `1,200 CNY`, `—`); a
    workbook has them as numbers.

    A `roomy` table is filled in by hand. `shares` say how the width is shared out, one number a
    column; without them what the columns hold decides. In a row, an empty text in the first
    column stands for the one above.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: int = 0
    roomy: bool = False
    foot: tuple[tuple[str, ...], ...] = ()
    shares: tuple[int, ...] = ()
    after: int = 0

    def is_figure(self, column: int) -> bool:
        """Whether a column, counted from 0, holds figures."""
        last = len(self.head) - self.after
        return last - self.figures <= column < last


@dataclass(frozen=True, slots=True)
class Signing:
    """Fields that are filled in by hand, who signs, each beside a `date_word`, and what the
    signatures mean."""

    blanks: tuple[str, ...]
    signatures: tuple[str, ...]
    date_word: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a paper; whatever it has stands in this order.

    `remark` is a sentence about all of it, `pairs` are names and values that stand out, `picture`
    is the curve of a rule, which every layout but Markdown draws.
    """

    kind: str
    title: str
    points: tuple[Point, ...] = ()
    table: Table | None = None
    remark: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    picture: Curve | None = None
    signing: Signing | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, which begins a page of its own.

    `kind` names the paper (`feedback`), `head` and `seal` are pairs of a name and a value;
    `subject` is whom it is about as readers know them, empty where it is about all; `secrecy` may
    be empty. A `wide` paper lies on its long side.
    """

    kind: str
    language: Language
    title: str
    cycle: str
    secrecy: str
    head: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    seal: tuple[tuple[str, str], ...]
    subject: str = ""
    wide: bool = False

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

    @property
    def tables(self) -> Iterator[Table]:
        """All tables, in their order."""
        return (part.table for part in self.parts if part.table is not None)
