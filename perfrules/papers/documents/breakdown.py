"""季度目标拆解表: each goal as a tree of parts, who answers for what, sums checked, milestones."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.exact import EXACT, percent
from perfrules.intake.plans.check_targets import DIMENSION_NAMES, dimensions_named
from perfrules.model.cascade import BreakdownReached, CascadeReached, GoalReached
from perfrules.model.targets import Goal, Milestone
from perfrules.papers.documents.of_cycle import DASH, CycleOf
from perfrules.papers.paper.parts import Paper, Part, Table

__all__ = ["Share", "breakdown"]


class Share(NamedTuple):
    """What a policy says of somebody's indicator: its weight as it is written (`70% × 40%`), and
    whether it measures an outcome or a process."""

    weight: str
    stage: str


Shares = Mapping[tuple[str, str], Share]

_STAGES: Final = {"outcome": Text("结果", "outcome"), "process": Text("过程", "process")}
_LEVEL: Final = "　"


def breakdown(
    found: CascadeReached, shares: Shares, cycle: CycleOf, only: frozenset[str] | None = None
) -> Paper:
    """One paper for all. `shares` go by the name of a part and its indicator; with `only`, of each
    goal those branches that hold a part of these names, and nothing of goals that have none."""
    parts: list[Part] = []
    for goal in found.goals:
        tree = _Tree(cycle, shares, only, found.percent.decimals)
        rows = tuple(tree.rows(goal, None, 0))
        if not rows:
            continue
        parts.append(_goal(goal, rows, tree, cycle, found))
        if milestones := tuple(_milestones(goal, only, cycle)):
            parts.append(_steps(goal.goal, milestones, cycle))
    if not parts:
        text = cycle.say("目标分解中没有相应的目标。", "The targets have nothing of these.")
        parts.append(Part("goal", "", remark=text))
    parts.append(
        cycle.signing(
            ("负责人签字", "Signature of the owner"),
            ("部门负责人签字", "Signature of the head"),
        )
    )
    return Paper(
        kind="breakdown",
        language=cycle.language,
        title=cycle.say("季度目标拆解表", "Breakdown of targets"),
        cycle=cycle.name,
        secrecy=cycle.secrecy,
        head=cycle.head(),
        parts=tuple(parts),
        seal=cycle.seal,
        wide=True,
    )


def _goal(
    found: GoalReached,
    rows: tuple[tuple[str, ...], ...],
    tree: "_Tree",
    cycle: CycleOf,
    whole: CascadeReached,
) -> Part:
    head = (
        cycle.say("目标 / 承担方", "goal, and who takes part"),
        cycle.say("类别", "kind"),
        cycle.say("类型", "type"),
        cycle.say("负责人", "owner"),
        cycle.say("执行", "executors"),
        cycle.say("协助", "supporters"),
        cycle.say("完成日期", "due"),
        cycle.say("权重", "weight"),
        cycle.say("目标值", "target"),
        cycle.say("占上级", "of the whole"),
    )
    checks = tree.checks
    serves = next((one for one in whole.goals if one.goal.name == found.goal.serves), None)
    if serves is not None:
        name = cycle.text(serves.goal.title) or serves.goal.name
        told = cycle.say(f"支撑目标：{name}", f"serves: {name}")
        checks = cycle.say("。", ". ").join(filter(None, (told, checks)))
    shares = (38, 15, 13, 18, 17, 18, 17, 18, 25, 16)
    table = Table(head, rows, figures=3, shares=shares)
    title = cycle.text(found.goal.title) or found.goal.name
    if found.goal.priority is not None:
        title = f"{found.goal.priority}. {title}"
    return Part("goal", title, table=table, remark=checks)


class _Tree:
    """The rows of one goal, and what its sums came to."""

    def __init__(
        self, cycle: CycleOf, shares: Shares, only: frozenset[str] | None, places: int
    ) -> None:
        self.cycle, self.shares, self.only, self.places = cycle, shares, only, places
        self.sums, self.wrong = 0, list[str]()

    def rows(self, found: GoalReached, above: Goal | None, depth: int) -> Iterator[tuple[str, ...]]:
        """The goal and the branches that are asked for; nothing where none is."""
        if self.only is not None and not _holds(found, self.only):
            return
        yield self._row(found, above, depth)
        # Below one that is asked for everything is shown.
        inside = self.only is not None and found.goal.name in self.only
        kept, self.only = self.only, None if inside else self.only
        for one in found.breakdowns:
            if self.only is None:
                self._check(found.goal, one)
            if len(found.breakdowns) > 1:
                named = dimensions_named(one.dimensions)
                title = self.cycle.say(f"［按{named.zh}］", f"[by {named.en}]")
                total = "" if one.target is None else self._amount(one.target, found.goal)
                yield (_LEVEL * (depth + 1) + title, *[""] * 7, total, "")
            for part in one.parts:
                yield from self.rows(part, found.goal, depth + 1 + (len(found.breakdowns) > 1))
        self.only = kept

    def _row(self, found: GoalReached, above: Goal | None, depth: int) -> tuple[str, ...]:
        goal, say = found.goal, self.cycle.say
        name = self.cycle.text(goal.title) or self.cycle.named(goal.name, found.label)
        share = self.shares.get((goal.name, goal.indicator))
        stage = self.cycle.text(_STAGES.get(share.stage)) if share else ""
        kind = DIMENSION_NAMES[goal.dimension].into(self.cycle.language) if goal.dimension else ""
        return (
            _LEVEL * depth + name,
            kind or say("目标", "goal"),
            stage or DASH,
            goal.owner or DASH,
            self.cycle.listed(goal.executors) or DASH,
            self.cycle.listed(goal.supporters) or DASH,
            goal.due.isoformat() if goal.due else DASH,
            share.weight if share else DASH,
            self._amount(goal.target, goal),
            DASH if found.share is None else percent(found.share, self.places),
        )

    def _amount(self, value: Decimal | None, goal: Goal) -> str:
        return self.cycle.amount(value, goal.unit)

    def _check(self, goal: Goal, one: BreakdownReached) -> None:
        """Whether the parts make the whole; in figures where they do not."""
        if one.target is None or goal.target is None:
            return
        self.sums += 1
        over = EXACT.subtract(one.target, goal.target)
        if over:
            name = self.cycle.text(goal.title) or goal.name
            total, whole = self._amount(one.target, goal), self._amount(goal.target, goal)
            size = self._amount(over.copy_abs(), goal)
            more = self.cycle.say("多" if over > 0 else "少", "over" if over > 0 else "short")
            self.wrong.append(
                self.cycle.say(
                    f"{name}：各部分合计 {total}，目标 {whole}，{more} {size}",
                    f"{name}: the parts make {total} of {whole}, {more} by {size}",
                )
            )

    @property
    def checks(self) -> str:
        """What became of the sums."""
        if not self.sums:
            return ""
        right = self.sums - len(self.wrong)
        said = self.cycle.say(
            f"合计核对：{self.sums} 处中 {right} 处与上级目标一致",
            f"sums checked: {right} of {self.sums} make their whole",
        )
        return self.cycle.say("；", "; ").join((said, *self.wrong))


def _holds(found: GoalReached, only: frozenset[str]) -> bool:
    """Whether a goal, or one of its parts, is asked for."""
    if found.goal.name in only or found.label in only:
        return True
    return any(_holds(part, only) for one in found.breakdowns for part in one.parts)


def _milestones(
    found: GoalReached, only: frozenset[str] | None, cycle: CycleOf
) -> Iterator[tuple[str, ...]]:
    if only is not None and not _holds(found, only):
        return
    goal = found.goal
    for one in goal.milestones:
        whose = cycle.text(goal.title) or cycle.named(goal.name, found.label)
        yield cycle.text(one.title), whose, one.by.isoformat(), _needed(one, goal, cycle)
    for breakdown_ in found.breakdowns:
        for part in breakdown_.parts:
            yield from _milestones(part, only, cycle)


def _needed(one: Milestone, goal: Goal, cycle: CycleOf) -> str:
    if one.needed is None:
        return cycle.say("完成", "done")
    sign = "≥" if goal.direction == "higher_is_better" else "≤"
    share = ""
    if one.share is not None:
        share = cycle.say(f"（{percent(one.share)}）", f" ({percent(one.share)})")
    return f"{sign} {cycle.amount(one.needed, goal.unit)}{share}"


def _steps(goal: Goal, rows: tuple[tuple[str, ...], ...], cycle: CycleOf) -> Part:
    head = (
        cycle.say("里程碑", "milestone"), cycle.say("所属", "of"), cycle.say("截止日期", "by"),
        cycle.say("应达到", "needed"),
    )  # fmt: skip
    title = cycle.text(goal.title) or goal.name
    text = cycle.say(f"{title}：里程碑", f"{title}: milestones")
    return Part("milestones", text, table=Table(head, rows, shares=(40, 30, 16, 30)))
