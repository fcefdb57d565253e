"""What follows from a result, and how targets may change before there is one."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from perfrules.codes.code import Text
from perfrules.formula import Formula
from perfrules.model.scoring import Constant

__all__ = ["FollowUp", "TargetRule", "Weighting"]

Weighting = Literal["none", "days", "months"]
"""Whether a changed target counts alone, or each target for the days or months it was in force."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A plan or a talk that a result sets going where `when` is true, due `due_days` after the
    day on which results are told; None where there is no date."""

    name: str
    title: Text
    when: Formula
    due_days: Constant | None
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class TargetRule:
    """How often an indicator's target may change in a calendar quarter (None: as often as is
    asked), what a change must name, and how the targets count together."""

    per_quarter: Decimal | None
    needs: tuple[str, ...]
    weighting: Weighting
    path: str = field(compare=False, default="target_changes")
    place: str = field(compare=False, default="")
