"""How time counts: columns of people that change within the cycle, and days on which somebody was
there."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from perfrules.codes.code import Text
from perfrules.model.declared import Block, Choice, Rows, key
from perfrules.model.kinds import ABSENCE
from perfrules.model.written import Placed, Word

__all__ = ["Basis", "FactRule", "ProrationRule"]

# fmt: off

Basis = Literal["calendar", "thirty_days", "working_days"]
"""By which days a share of the cycle is counted."""


@dataclass(frozen=True, slots=True)
class FactRule(Placed):
    """How the values of a column that changed within the cycle count: `by_days` or `last`."""

    name: str
    way: Word


@dataclass(frozen=True, slots=True)
class ProrationRule(Placed):
    """By which days the proration is worked out, and the kinds of absence that are taken off."""

    block: ClassVar = Block("proration", "在岗比例 · Proration",
        "在岗比例按哪种天数计算、哪些缺勤要扣除。",
        "By which days the proration counts, and which absences are taken off.",
        Text("在岗比例的算法，例如 `{basis: working_days, less: [unpaid_leave]}`",
            "how the proration counts, such as `{basis: working_days, less: [unpaid_leave]}`"),
        at_least_one=True)
    basis: Annotated[Basis, key(Choice((
            "按日历天数 · calendar days", "每月按 30 天 · 30 days a month", "按工作日 · working days")),
        "天数口径 · Basis",
        "按日历天数、每月 30 天，还是按工作日历的工作日计算；不写则按日历天数。",
        "Calendar days, 30 days a month, or the working days of the calendar; calendar days if absent.",
        example="working_days", absent="calendar", more=Text("见[各种口径](time.md#按天折算)", "see [the bases](time.md#proration-by-days)"))]
    less: Annotated[tuple[str, ...], key(Rows(ABSENCE, Text("缺勤类别的列表，例如 `[unpaid_leave]`",
            "a list of kinds such as `[unpaid_leave]`")),
        "扣除的缺勤 · Less",
        "缺勤表中要从在岗天数里扣除的类别；其余类别不扣。",
        "The kinds of the table of absences whose days are taken off; no others are.",
        example="[unpaid_leave]", absent=())]
