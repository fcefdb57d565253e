"""What a table becomes: the results, how they came about, and the lanes that they took."""

from dataclasses import dataclass
from typing import Any, NamedTuple

__all__ = ["Lane", "TableResult"]


class Lane(NamedTuple):
    """The widest value that is worked out for a line of the policy: its path and its place in the
    file, how many decimal places it has, from what to what it can be with these data (as integers
    of so many places), and in how many bits."""

    path: str
    place: str
    places: int
    low: int
    high: int
    bits: int


@dataclass(frozen=True, slots=True)
class TableResult:
    """The results, a row for each of the table's in its order.

    It speaks Arrow, so that `polars.DataFrame(result)` and `pyarrow.table(result)` take it; `frame`
    is the Polars table itself. `by_reference` is how many rows the reference did, since something
    was missing or out of the ordinary; `lanes` is what the integers were proven to fit in.
    """

    frame: Any
    by_reference: int
    lanes: tuple[Lane, ...]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The results as an Arrow stream."""
        return self.frame.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self.frame)
