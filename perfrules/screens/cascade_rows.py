"""The target cascade in words: rows of a tree, facts, milestones, actions, how was rounded."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.codes.code import Language, Text
from perfrules.exact import percent
from perfrules.intake.cells.units import shown_amount
from perfrules.intake.plans.check_targets import dimensions_named
from perfrules.model.cascade import BreakdownReached, CascadeReached, GoalReached
from perfrules.model.rounding import Rounding
from perfrules.model.scorecard import DueChange
from perfrules.model.targets import Action, Goal, Milestone, Risk
from perfrules.words.amounts import grouped

__all__ = ["LEFT", "PLANS", "TITLE", "CascadeWords", "Row"]

_NAMED: Final = 5
"""So many parts without a figure are named."""

_DASH: Final = "—"


class Row(NamedTuple):
    """A line of the tree: for each level below the goal whether it is the last of its siblings,
    and the cells, the name first."""

    lasts: tuple[bool, ...]
    cells: tuple[str, ...]


class CascadeWords:
    """Says in one language what became of the goals of a cycle."""

    def __init__(self, found: CascadeReached, language: Language) -> None:
        self.found, self.language = found, language
        self.comma = "、" if language == "zh" else ", "
        self.served = {one.goal.name: self.title(one.goal) for one in found.goals}

    def title(self, goal: Goal, label: str = "") -> str:
        """The goal's title; without one its name, and who that is."""
        if goal.title is not None:
            return goal.title.into(self.language)
        return f"{goal.name} {label}" if label else goal.name

    def facts(self, goal: Goal) -> Iterator[tuple[str, str]]:
        """What there is to know of a goal beside its numbers, as name and value."""
        facts = (
            (_INDICATOR, goal.indicator),
            (_UNIT, goal.unit),
            (_DUE, goal.due.isoformat() if goal.due else ""),
            (_ROLL_UP, _ROLL_UPS[goal.roll_up].into(self.language)),
            (_SERVES, self.served.get(goal.serves, goal.serves)),
            (_OWNER, goal.owner),
            (_EXECUTORS, self.comma.join(goal.executors)),
            (_SUPPORTERS, self.comma.join(goal.supporters)),
        )
        return ((name.into(self.language), value) for name, value in facts if value)

    def table(self, found: GoalReached) -> tuple[tuple[str, ...], list[Row]]:
        """The head and the rows of a goal's tree, itself first; columns without a word are left
        out."""
        rows = list(self._rows(found, None, ()))
        kept = [column for column in range(len(HEADS)) if any(row.cells[column] for row in rows)]
        head = tuple(HEADS[column].into(self.language) for column in kept)
        return head, [Row(row.lasts, tuple(row.cells[one] for one in kept)) for row in rows]

    def plans(self, found: GoalReached) -> Iterator[str]:
        """The milestones and actions of a goal and of the parts that are shown, by part."""
        for goal, label in _shown(found):
            part = "" if goal is found.goal else f"{self.title(goal, label)}: "
            if goal.due_change is not None:
                yield part + self._new_due(goal.due_change)
            yield from (part + self._milestone(one, goal) for one in goal.milestones)
            yield from (part + self._action(one) for one in goal.actions)
            yield from (part + self._risk(one) for one in goal.risks)

    def footnotes(self) -> Iterator[str]:
        """What the columns are, and how was rounded."""
        whole, quotient = self._rounding(self.found.percent), self._rounding(self.found.division)
        yield _PERCENT.into(self.language).format(rounding=whole)
        if any(goal.roll_up != "sum" for one in self.found.goals for goal, _ in _shown(one)):
            yield _MEANS.into(self.language).format(rounding=quotient)

    def _rows(
        self, found: GoalReached, above: Goal | None, lasts: tuple[bool, ...]
    ) -> Iterator[Row]:
        goal = found.goal
        # Numbers are in the unit of the goal's head; another one is named.
        unit = goal.unit if above is not None and above.unit != goal.unit else ""
        target = _DASH if goal.target is None else _amount(goal.target, goal.unit, unit)
        cells = (
            self.title(goal, found.label),
            target,
            self._figure(found.actual, goal.unit, unit),
            self._ratio(found.attainment) or _DASH,
            self._ratio(found.share),
            self._note(found, unit),
        )
        yield Row(lasts, cells)
        # One breakdown by one dimension needs no head, unless other goals stand beside its parts.
        several = (
            len(found.breakdowns) > 1
            or bool(found.served_by)
            or any(len(one.dimensions) > 1 for one in found.breakdowns)
        )
        heads = len(found.breakdowns) + bool(found.served_by)
        for number, breakdown in enumerate(found.breakdowns, 1):
            own = (*lasts, number == heads) if several else lasts
            if several:
                yield self._breakdown(goal, breakdown, own)
            for part_number, part in enumerate(breakdown.parts, 1):
                yield from self._rows(part, goal, (*own, part_number == len(breakdown.parts)))
        if found.served_by:
            own = (*lasts, True)
            yield Row(own, (self._said(_SERVED_BY), "", "", "", "", self._said(_NO_ADDING)))
            for number, one in enumerate(found.served_by, 1):
                yield from self._rows(one, goal, (*own, number == len(found.served_by)))

    def _breakdown(self, goal: Goal, found: BreakdownReached, lasts: tuple[bool, ...]) -> Row:
        """The head of one breakdown among several, with what its parts make together."""
        name = dimensions_named(found.dimensions)
        title = Text(f"［按{name.zh}］", f"[by {name.en}]").into(self.language)
        target = "" if found.target is None else _amount(found.target, goal.unit, "")
        actual = self._figure(found.actual, goal.unit, "")
        counts = found.counts and found.actual is not None
        return Row(lasts, (title, target, actual, "", "", self._said(_COUNTS) if counts else ""))

    def _figure(self, value: Decimal | None, unit: str, shown: str) -> str:
        return self._said(_NO_DATA) if value is None else _amount(value, unit, shown)

    def _ratio(self, value: Decimal | None) -> str:
        return "" if value is None else percent(value, self.found.percent.decimals)

    def _note(self, found: GoalReached, unit: str) -> str:
        """Whether the target was changed, and what is to be known of the figure."""
        changed = ""
        if found.before is not None:
            amount = _amount(found.before, found.goal.unit, unit)
            changed = self._said(_CHANGED).format(amount=amount)
        notes = (changed, self._note_on_figure(found, unit))
        between = "；" if self.language == "zh" else "; "
        return between.join(filter(None, notes))

    def _note_on_figure(self, found: GoalReached, unit: str) -> str:
        """Who has no figure, where that is not the part itself; whether 100 % is a bit less."""
        if found.met is False and found.attainment is not None and found.attainment >= 1:
            return self._said(_JUST_SHORT)
        if found.without in ((), (found.goal.name,)):
            return ""
        names = self.comma.join(found.without[:_NAMED])
        if len(found.without) > _NAMED:
            names += self._said(_AND_MORE).format(count=len(found.without))
        if found.so_far is None:
            return self._said(_WITHOUT).format(names=names)
        so_far = _amount(found.so_far, found.goal.unit, unit)
        return self._said(_SO_FAR).format(so_far=so_far, names=names)

    def _milestone(self, one: Milestone, goal: Goal) -> str:
        text = f"{one.by.isoformat()}  {one.title.into(self.language)}"
        if one.needed is None:
            return text
        sign = "≥" if goal.direction == "higher_is_better" else "≤"
        share = f" ({percent(one.share)})" if one.share is not None else ""
        return f"{text}  {sign} {_amount(one.needed, goal.unit, goal.unit)}{share}"

    def _action(self, one: Action) -> str:
        start = one.start.isoformat() if one.start else ""
        text = f"{start} – {one.end.isoformat()}  {one.title.into(self.language)}".lstrip()
        method = one.method.into(self.language) if one.method else ""
        pairs = ((_METHOD, method), (_OWNER, one.owner), (_RESOURCES, one.resources))
        said = (f"{name.into(self.language)} {value}" for name, value in pairs if value)
        return "  ".join((text, *said))

    def _new_due(self, one: DueChange) -> str:
        said = self._said(_NEW_DUE).format(new=one.new.isoformat(), old=one.old.isoformat())
        pairs = ((_REASON, one.origin.reason), (_APPROVED, one.origin.approved_by))
        return "  ".join((said, *(f"{self._said(name)} {value}" for name, value in pairs if value)))

    def _risk(self, one: Risk) -> str:
        title, counter = (text.into(self.language) for text in (one.title, one.counter_measure))
        owner = f"  {self._said(_OWNER)} {one.owner}" if one.owner else ""
        return self._said(_RISK).format(title=title, counter=counter) + owner

    def _rounding(self, rounding: Rounding) -> str:
        mode = _MODES[rounding.mode]
        zh = f"小数点后 {rounding.decimals} 位，{mode.zh}"
        en = f"{rounding.decimals} digits behind the point, {mode.en}"
        return Text(zh, en).into(self.language)

    def _said(self, text: Text) -> str:
        return text.into(self.language)


def _shown(found: GoalReached) -> Iterator[tuple[Goal, str]]:
    yield found.goal, found.label
    for breakdown in found.breakdowns:
        for part in breakdown.parts:
            yield from _shown(part)


def _amount(value: Decimal, unit: str, shown: str) -> str:
    """A number in a unit, which is added where it is to be shown; `12%` needs none."""
    text = grouped(shown_amount(value, unit))
    return text if text.endswith("%") else f"{text} {shown}".rstrip()


TITLE: Final = Text("目标分解", "Targets")
PLANS: Final = Text("里程碑与行动", "Milestones and actions")
HEADS: Final = (
    Text("目标", "goal"), Text("目标值", "target"), Text("实际值", "actual"),
    Text("达成率", "attainment"), Text("占上级", "of the whole"), Text("说明", "remarks"),
)  # fmt: skip

LEFT: Final = frozenset(text for head in (HEADS[0], HEADS[-1]) for text in head)
"""Heads of the columns that hold words; the others hold numbers, which stand at the right."""

_INDICATOR: Final = Text("指标", "indicator")
_UNIT: Final = Text("单位", "unit")
_DUE: Final = Text("完成日期", "due")
_ROLL_UP: Final = Text("汇总", "rolls up by")
_OWNER: Final = Text("负责人", "owner")
_EXECUTORS: Final = Text("执行", "executors")
_SUPPORTERS: Final = Text("协助", "supporters")
_RESOURCES: Final = Text("资源", "resources")
_METHOD: Final = Text("方法", "method")
_SERVES: Final = Text("支撑目标", "serves")
_SERVED_BY: Final = Text("［由以下目标支撑］", "[served by]")
_NO_ADDING: Final = Text("另外的指标，不相加", "other measures, no sum")
_NEW_DUE: Final = Text("完成日期改为 {new}（原 {old}）", "due on {new} (before: {old})")
_REASON: Final = Text("原因", "reason")
_APPROVED: Final = Text("批准人", "approved by")
_RISK: Final = Text("风险：{title}；对策：{counter}", "risk: {title}; counter-measure: {counter}")
_ROLL_UPS: Final = {
    "sum": Text("合计", "sum"),
    "mean": Text("平均", "mean"),
    "weighted_mean": Text("按目标值加权平均", "mean weighted by targets"),
}
_NO_DATA: Final = Text("无数据", "no data")
_WITHOUT: Final = Text("缺数据：{names}", "no data of {names}")
_SO_FAR: Final = Text("目前 {so_far}，缺数据：{names}", "so far {so_far}; no data of {names}")
_CHANGED: Final = Text("目标已变更，原为 {amount}", "target changed, {amount} before")
_JUST_SHORT: Final = Text("未达成，取位前不足 100%", "not met: below 100% before rounding")
_AND_MORE: Final = Text(" 等 {count} 项", " … ({count})")
_COUNTS: Final = Text("上级的实际值按此汇总", "the figure above comes from here")
_PERCENT: Final = Text(
    "达成率 = 实际值 ÷ 目标值（越低越好的目标反之），占上级 = 目标值 ÷ 上级目标值；"
    "百分数{rounding}",
    "attainment = actual / target (the other way round where lower is better), of the whole = "
    "target / target above; percentages: {rounding}",
)
_MEANS: Final = Text("平均值{rounding}", "means: {rounding}")
_MODES: Final = {
    "half_up": Text("四舍五入", "half up"),
    "half_even": Text("四舍六入五成双", "half to even"),
    "floor": Text("向下取", "down"),
    "ceiling": Text("向上取", "up"),
    "down": Text("舍去尾数", "cut off"),
    "up": Text("进一", "away from nought"),
}
