"""targets.yaml -> the target cascade, with everything that parts take from above written out."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, cast

from perfrules.codes.code import Text
from perfrules.diagnostics import Findings
from perfrules.exact import EXACT, OutOfRange, rounded, within_limit
from perfrules.intake.cells.numerals import Refusal, read_cell_number
from perfrules.intake.plans.target_rows import (
    action_from,
    date_in,
    day_in,
    months_in,
    months_over,
    refuse_reversed,
    risk_from,
    span_of,
    words_in,
)
from perfrules.language.addresses import Addresses
from perfrules.language.schema import check_schema
from perfrules.language.source import Source
from perfrules.language.text.document import Scalar, read_document
from perfrules.model.rounding import Rounding
from perfrules.model.scorecard import Cycle
from perfrules.model.targets import TOGETHER, Breakdown, Dimension, Goal, Milestone, Targets

__all__ = ["TARGETS_FILE", "read_targets"]

TARGETS_FILE: Final = "targets.yaml"
"""What the file is called in a cycle's folder."""

_MONTHS: Final = {"month": 1, "quarter": 3}


def read_targets(path: Path, cycle: Cycle | None = None) -> tuple[Targets | None, Findings]:
    """The cascade in a targets.yaml, and what is to be said about its text and shape.

    `cycle` is the one whose folder it stands in: its dates are the period where the file names
    none. The cascade is None where there is no sense in looking further; whether it adds up,
    `check_targets` says.
    """
    document, findings = read_document(path, str(path))
    if document is None:
        return None, findings
    check_schema(document.root, "targets", findings)
    if findings.errors:
        return None, findings
    addresses = Addresses(document.root, lambda name: Path(name).name)
    source = Source(document.root, "", addresses, findings)
    return _Reader(source, cycle).read(), findings


@dataclass(frozen=True, slots=True)
class _Above:
    """What a part takes from above."""

    indicator: str = ""
    unit: str = ""
    due: datetime.date | None = None
    direction: str = "higher_is_better"
    roll_up: str = "sum"
    over_assign: Decimal = Decimal(0)
    owner: str = ""


class _Reader:
    """Reads the keys of a document that has passed the schema."""

    def __init__(self, root: Source, cycle: Cycle | None) -> None:
        self.root, self.findings = root, root.findings
        self.start = cycle.start if cycle else None
        self.end = cycle.end if cycle else None

    def read(self) -> Targets:
        period = self.root.below("period")
        if "from" in period and "to" in period:
            self.start, self.end = date_in(period, "from"), date_in(period, "to")
            refuse_reversed(period, self.start, self.end)
        above = _Above(over_assign=self.root.number("over_assign") or Decimal(0))
        goals = [
            self.goal(name, source, None, above) for name, source in self.root.below("goals").each()
        ]
        # Those with a priority first; the order of the file among equals.
        goals.sort(key=lambda goal: (goal.priority is None, goal.priority or 0))
        rounding = self.root.below("rounding")
        return Targets(
            goals=tuple(goals),
            start=self.start,
            end=self.end,
            percent=_rounding(rounding, "percent", 2),
            division=_rounding(rounding, "division", 8),
            place=self.root.node.span,
            currency=self.root.word("currency", ""),
        )

    def goal(self, name: str, source: Source, dimension: Dimension | None, above: _Above) -> Goal:
        own = _Above(
            indicator=source.word("indicator", above.indicator or name),
            unit=source.word("unit", above.unit),
            due=date_in(source, "due") or above.due,
            direction=source.word("direction", above.direction),
            roll_up=source.word("roll_up", above.roll_up),
            over_assign=_given(source.number("over_assign"), above.over_assign),
            owner=source.word("owner", above.owner),
        )
        written, periods = self.amount(source, "target", own.unit), self.periods(source, own)
        target = self.whole(name, source, written, periods)
        priority = source.number("priority")
        return Goal(
            name=name,
            dimension=dimension,
            title=source.title(name) if "title" in source else None,
            priority=None if priority is None else int(priority),
            indicator=own.indicator,
            written=written,
            periods=periods,
            target=target,
            unit=own.unit,
            due=own.due,
            direction=cast(Any, own.direction),
            roll_up=cast(Any, own.roll_up),
            over_assign=own.over_assign,
            owner=own.owner,
            executors=words_in(source, "executors"),
            supporters=words_in(source, "supporters"),
            milestones=tuple(
                self.milestone(row, target, written if "every" in source else None, source, own)
                for row in source.rows("milestones")
            ),
            actions=tuple(action_from(row, own.owner) for row in source.rows("actions")),
            risks=tuple(risk_from(row, own.owner) for row in source.rows("risks")),
            serves=source.word("serves", ""),
            breakdowns=tuple(self.breakdowns(source, own)),
            place=source.addresses.key(source.path),
            target_place=span_of(source, "target"),
            title_place=span_of(source, "title"),
            due_place=span_of(source, "due"),
            serves_place=span_of(source, "serves"),
        )

    def breakdowns(self, source: Source, above: _Above) -> Iterator[Breakdown]:
        parts = source.below("parts")
        for name, entry in parts.node.entries.items():
            own = parts.below(name)
            groups = own.each() if name == TOGETHER else ((name, own),)
            found = [
                (cast(Dimension, dimension), part, below)
                for dimension, group in groups
                for part, below in group.each()
            ]
            yield Breakdown(
                tuple(dict.fromkeys(dimension for dimension, _, _ in found)),
                tuple(self.goal(part, below, dimension, above) for dimension, part, below in found),
                entry.key_span,
            )

    def amount(self, source: Source, key: str, unit: str) -> Decimal | None:
        """A number in the goal's unit; `12%` is 0.12 where that is `%`, as in the tables."""
        found = source.get(key)
        if not isinstance(found, Scalar):
            return None
        # Without a unit, which is reported, the percent sign speaks for itself.
        number = read_cell_number(found.text, unit or ("%" if found.text.endswith("%") else None))
        if isinstance(number, Refusal):
            self.findings.extend([number.at(found.span)])
            return None
        return number

    def whole(
        self, name: str, source: Source, written: Decimal | None, periods: int
    ) -> Decimal | None:
        """The target of the whole period."""
        if written is None:
            return None
        try:
            return within_limit(EXACT.multiply(written, Decimal(periods)))
        except OutOfRange:
            self.findings.report("number-out-of-range", span_of(source, "target"), name=name)
            return None

    def periods(self, source: Source, own: _Above) -> int:
        """How many months or quarters the target is stated for; 1 where it is the whole."""
        every = source.optional_word("every")
        if every is None:
            return 1
        if own.roll_up != "sum":
            return self.no_periods(source, "every", every, _NO_SUM)
        if self.start is None or self.end is None:
            return self.no_periods(source, "every", every, _NO_PERIOD)
        if self.end < self.start:
            return 1  # which is said there
        months = months_in(self.start, self.end)
        if months is None or months % _MONTHS[every]:
            dates = f"{self.start.isoformat()} – {self.end.isoformat()}"
            reason = Text(
                f"{dates} 不是整数个{_WORDS[every].zh}", f"{dates} is no whole number of them"
            )
            return self.no_periods(source, "every", every, reason)
        return months // _MONTHS[every]

    def no_periods(self, source: Source, key: str, every: str, reason: Text) -> int:
        words = _WORDS.get(every, Text(every, every))
        self.findings.report("bad-every", span_of(source, key), every=words, reason=reason)
        return 1

    def milestone(
        self, row: Source, target: Decimal | None, each: Decimal | None, goal: Source, own: _Above
    ) -> Milestone:
        """`each` is the target of one month or quarter where the goal states such a one."""
        by, share = day_in(row, "by"), row.number("share")
        needed = self.amount(row, "value", own.unit)
        if share is not None and row.word("of", "whole") == "period":
            needed = self.in_period(row, by, share, each, goal)
        elif share is not None and target is not None:
            needed = EXACT.multiply(target, share)
        count = row.word("count", "exact")
        if needed is not None and share is not None and count != "exact":
            needed = rounded(needed, 0, count)
        return Milestone(row.title(""), by, share, needed, span_of(row, "title"))

    def in_period(
        self, row: Source, by: datetime.date, share: Decimal, each: Decimal | None, goal: Source
    ) -> Decimal | None:
        """The periods before that of `by` in full, and the share of its own."""
        every = goal.optional_word("every")
        if each is None or every is None:
            self.no_periods(row, "of", "period", _NO_EVERY)
            return None
        if self.start is None or self.end is None:
            return None  # which is said at `every`
        if not self.start <= by <= self.end:
            self.no_periods(row, "by", every, _OUTSIDE)
            return None
        before = months_over(self.start, by) // _MONTHS[every]
        return EXACT.multiply(each, EXACT.add(Decimal(before), share))


_WORDS: Final = {
    "month": Text("月", "month"),
    "quarter": Text("季度", "quarter"),
    "period": Text("期", "period"),
}
_NO_SUM: Final = Text("平均值不能按期数相乘", "means are not multiplied by their number")
_NO_PERIOD: Final = Text(
    "同一文件夹中没有可用的 cycle.yaml，也没有写 period",
    "there is no usable cycle.yaml beside it, and no `period`",
)
_NO_EVERY: Final = Text("目标没有写 every", "the goal has no `every`")
_OUTSIDE: Final = Text("该日期不在期间之内", "the day is outside the period")


def _given(number: Decimal | None, default: Decimal) -> Decimal:
    return default if number is None else number


def _rounding(source: Source, key: str, places: int) -> Rounding:
    own = source.below(key)
    number, path = own.number("places"), source.at(key)
    return Rounding(
        places if number is None else int(number),
        None,
        own.word("mode", "half_up"),  # type: ignore[arg-type]
        path=path,
        place=source.place(key) if key in source else "",
    )
