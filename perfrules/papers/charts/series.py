"""What pictures are made of: figures under a name."""

from decimal import Decimal
from typing import NamedTuple

__all__ = ["Line", "Series"]


class Series(NamedTuple):
    """A figure for each label of a picture, None where there is none; `shown` says how each is
    written beside it, and is worked out where it is empty."""

    name: str
    values: tuple[Decimal | None, ...]
    shown: tuple[str, ...] = ()


class Line(NamedTuple):
    """A line across a picture at a figure, such as a mean, a limit, a budget."""

    at: Decimal
    name: str
