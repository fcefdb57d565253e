"""What papers there are, and what is asked for when some are made."""

import datetime
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, Protocol

from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.papers.paper.parts import Paper

__all__ = ["KINDS", "Asked", "Kind", "Made", "Source", "Variant"]

Variant = Literal["", "payroll", "blank"]
"""Another form of a paper: the payout as a list for the payroll, the request to change a target as
an empty form."""


class Kind(NamedTuple):
    """A kind of paper: its trade's name, what it is made of, whether everybody has their own, and
    whether it `lasts`: what is in it does not change when results come in."""

    title: Text
    of: Literal["cycle", "results"]
    each: bool
    variants: tuple[Variant, ...] = ("",)
    lasts: bool = False


KINDS: Final[dict[str, Kind]] = {
    "strategy": Kind(Text("营销部门战略目标承接表", "Goals taken over"), "cycle", False),
    "breakdown": Kind(Text("季度目标拆解表", "Breakdown of targets"), "cycle", False),
    "confirmation": Kind(
        Text("个人绩效目标确认书", "Confirmation of targets"), "cycle", True, lasts=True
    ),
    "actions": Kind(Text("营销目标行动计划表", "Plan of actions"), "cycle", False),
    "change": Kind(Text("目标调整申请表", "Change of targets"), "cycle", True, ("", "blank")),
    "tracking": Kind(Text("目标过程跟踪表", "Course of the targets"), "cycle", False),
    "appraisal": Kind(Text("目标评估与绩效表", "Appraisal sheet"), "results", True),
    "payout": Kind(
        Text("激励措施兑现表", "Payout of incentives"), "results", False, ("", "payroll")
    ),
    "feedback": Kind(Text("业绩反馈与改进计划表", "Performance feedback"), "results", True),
    "handbook": Kind(Text("考核方案说明书", "Handbook of the policy"), "cycle", True, lasts=True),
}
"""By the names that the command line knows, in the order of the year."""


class Asked(NamedTuple):
    """Which papers are to be made.

    `whom` is a person, a team or a department as somebody wrote it, `subject` the id of exactly one
    (of a handbook, that of its policy); both are empty where all are asked for. `on` is the day to
    look at, for the course of targets.
    """

    kind: str
    whom: str = ""
    subject: str = ""
    on: datetime.date | None = None
    variant: Variant = ""


Made = tuple[str, Paper | Diagnostic]
"""A paper and the id of whom it is about, empty where it is about all; or why there is none."""


class Source(Protocol):
    """What papers are made of, in one language."""

    language: Language

    def made(self, asked: Asked) -> Iterator[Made]:
        """The papers that are asked for, in the order of the ids; a finding ends them."""

    def called(self, kind: str = "") -> dict[str, str]:
        """The names by the ids of all who may have a paper of that kind."""
