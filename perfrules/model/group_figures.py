"""Figures of a group: what the members of a group came to together, which each of them may read."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal

from perfrules.codes.code import Text
from perfrules.formula import Formula
from perfrules.model.declared import NAME, Block, Choice, key
from perfrules.model.indicator import MEMBER_FIGURE
from perfrules.model.kinds import EXPRESSION, ID, TEXT
from perfrules.model.written import Placed

__all__ = ["ROUNDED", "GroupFigure"]

# fmt: off

_Way = Literal["mean", "median", "sum", "count", "min", "max", "deviation"]

ROUNDED: Final = ("mean", "median", "deviation")
"""The ways that divide, so that `rounding.division` decides the last digit."""


@dataclass(frozen=True, slots=True)
class GroupFigure(Placed):
    """One figure of a group from the figures `of` of those of its members who meet `only_if`.

    Read as `group.<name>`. A member without the figure is not counted, and may read it all the same.
    """

    name: str
    block: ClassVar = Block("group_figure", "组内统计 · Group figure",
        "一组人的一个统计数，例如部门平均分，公式中写 group.标识。",
        "One figure of a group, such as the mean score of a department; read as group.<id>.",
        Text("组内统计，例如 `{of: teamwork.score, by: mean, within: department}`",
            "a figure such as `{of: teamwork.score, by: mean, within: department}`"))
    title: Annotated[Text, key(TEXT,
        "名称 · Title",
        "统计数的显示名称；不写则用标识。",
        "The name that is shown; the id if absent.", example="部门平均分", absent=NAME)]
    of: Annotated[str, key(MEMBER_FIGURE,
        "统计什么 · Of",
        "统计每个人的哪个数据，例如 teamwork.score 或 total。",
        "Which figure of everybody, such as teamwork.score or total.", example="teamwork.score")]
    by: Annotated[_Way, key(Choice((
            "平均数 · the mean", "中位数 · the median", "合计 · the sum", "个数 · how many there are", "最小值 · the least",
            "最大值 · the greatest", "总体标准差 · the population standard deviation")),
        "如何统计 · By",
        "如何由各人的数据得出一个数。",
        "How one figure comes from those of everybody.", example="mean")]
    within: Annotated[str | None, key(ID,
        "统计范围 · Within",
        "在哪个范围内统计，写人员表的栏名，例如 department、team、role；不写则为全体。",
        "Whose figures: those with the same value in a column of people.csv such as department, team or role; everybody if absent.",
        example="department", unless=Text("全体", "everybody"))]
    only_if: Annotated[Formula | None, key(EXPRESSION,
        "计入条件 · Only if",
        "谁的数据计入，例如 proration >= 50%；不计入的人仍可读取这个数。",
        "Whose figures count, such as proration >= 50%; the others may read the result all the same.",
        example="proration >= 50%", unless=Text("所有人的", "everybody's"))]
