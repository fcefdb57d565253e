"""How a value is written: as a percentage or not, with which unit, to how many places."""

from typing import Final, NamedTuple

__all__ = ["PLAIN", "RATIO", "Measure"]


class Measure(NamedTuple):
    """The least digits behind the point are those of the percentage, where it is one."""

    is_ratio: bool = False
    unit: str = ""
    places: int = 0


PLAIN: Final = Measure()
RATIO: Final = Measure(is_ratio=True)
