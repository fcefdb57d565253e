"""A value and where it comes from."""

from decimal import Decimal
from typing import NamedTuple

__all__ = ["GIVEN", "Datum", "Origin", "Value"]

Value = Decimal | str | bool
"""A number, a word (a level, a department) or a yes or no."""


class Origin(NamedTuple):
    """Where a value was found: the place in a file, and what the row says of its source.

    A dated entry (a changed target, a calibration) names its `reason` and who approved it. A
    value from another record of the same run names that: the record of a subject, with the path
    of the step (`record`, `step`), or of a group, with a pseudonym (`group`, `member`).
    """

    place: str = ""
    source: str = ""
    as_of: str = ""
    evidence: str = ""
    reason: str = ""
    approved_by: str = ""
    record: str = ""
    step: str = ""
    group: str = ""
    member: str = ""


GIVEN = Origin()
"""The origin of a value that a program handed in."""


class Datum(NamedTuple):
    """One value and where it comes from. A value that is missing has no datum."""

    value: Value
    origin: Origin = GIVEN
