"""What a table on disk becomes; it can be named without Polars."""

from dataclasses import dataclass
from pathlib import Path

from perfrules.columnar.plan import Lane

__all__ = ["Streamed"]


@dataclass(frozen=True, slots=True)
class Streamed:
    """The files that were written, in the order of the rows; how many rows there are, how many the
    reference judged, and how many have an error; how many files an earlier run had left whole
    (`resumed`), and whether what it had left was of something else (`anew`); the lanes that the
    integers were proven to fit in."""

    parts: tuple[Path, ...]
    rows: int
    by_reference: int
    faults: int
    resumed: int
    anew: bool
    lanes: tuple[Lane, ...]
