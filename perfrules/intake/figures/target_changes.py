"""Changes of targets: the rows as they were asked for, and which of them the policy lets pass."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Diagnostic
from perfrules.exact import plain
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.cells.units import shown_amount
from perfrules.intake.figures.dated_rows import CannotReadError, DatedRows, lacking
from perfrules.intake.figures.figure_cells import warn_bare
from perfrules.intake.figures.from_figures import figure_of
from perfrules.intake.people.roster import ChangeEntry, RefusedEntry, Roster
from perfrules.intake.people.segment_rows import homes
from perfrules.intake.tables.table import Table
from perfrules.model.following import TargetRule
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Datum, DueChange, Scorecard, TargetChange, Value
from perfrules.model.written import Constant

__all__ = ["Vetted", "passed_changes", "read_target_changes", "vetted_changes"]

_TABLE: Final = "target_changes"

_NEEDED: Final = ("indicator", "date", "old", "new")

_NEEDS: Final = {
    "reason": Text("原因", "reason"),
    "approved_by": Text("批准人", "approver"),
    "evidence": Text("佐证", "evidence"),
}


def read_target_changes(table: Table, roster: Roster) -> None:
    """Gives each draft the changes that were asked for. A cell that cannot be read is an error."""
    rows = DatedRows(table, roster)
    for draft, row in rows.of(_NEEDED):
        try:
            day = rows.day(draft, row)
            for home in homes(table, row, draft, roster, "indicator", on=day):
                figure = figure_of(table, row, home, home.rules) if home.rules else None
                if figure is None:
                    continue
                origin = rows.origin(draft, row, day)
                old, new = (
                    None if number is None else Datum(number, origin)
                    for column in ("old", "new")
                    for number in (rows.number(home, row, column, figure.unit),)
                )
                for column, datum in (("old", old), ("new", new)):
                    if datum is not None:
                        text, cell = rows.word(row, column), table.place(row.number, column)
                        warn_bare(home, figure, text, datum.value, cell)
                dues = (rows.day(home, row, column) for column in ("old_due", "new_due"))
                place, name = table.place(row.number), figure.indicator.name
                home.changes += (ChangeEntry(name, day, old, new, origin, place, *dues),)
        except CannotReadError:
            continue


class Vetted(NamedTuple):
    """The changes of one indicator's target and of its due date that hold, by date, and the
    entries that were refused."""

    changes: tuple[TargetChange, ...]
    dues: tuple[DueChange, ...]
    refused: tuple[RefusedEntry, ...]


def vetted_changes(
    person: str,
    entries: Iterable[ChangeEntry],
    policy: Policy,
    indicator: Indicator,
    target: Datum | None,
    days: tuple[datetime.date, datetime.date],
    due: datetime.date | None = None,
    *,
    old_given: bool = True,
) -> Vetted:
    """Which of the entries for an indicator the policy lets pass.

    The earlier date goes first. An entry passes where the policy has a rule for changes, it names
    all that the rule `needs`, its date is within `days` (the cycle, or a segment of it), the
    calendar quarter has room for it, and `old` is the target in force: that of the data
    (`target`), else the policy's, as changed by the entries before. With `old_given` false an
    entry need not name `old`. The same goes for `old_due`, where `due` is what targets.yaml says.
    An entry that changes both holds or falls as a whole.
    """
    rule, current = policy.target_changes, _target(indicator, target)
    held: list[TargetChange] = []
    dues: list[DueChange] = []
    passed: list[datetime.date] = []
    refused: list[RefusedEntry] = []
    for one in sorted(entries, key=lambda one: one.order):
        entry = one
        if one.new is not None and one.old is None and not old_given and current is not None:
            entry = one._replace(old=Datum(current, one.origin))
        why = (
            _no_rule(rule, policy)
            or _incomplete(entry, rule)
            or _wrong_day(entry, rule, days)
            or _too_often(entry, rule, passed)
            or _out_of_date(entry, indicator, current)
            or _other_due(entry, due)
        )
        if why is not None:
            refused.append(_refused(person, entry, why))
            continue
        assert entry.day is not None  # else it were incomplete
        passed.append(entry.day)
        if entry.old and entry.new:
            held.append(TargetChange(entry.day, entry.old, entry.new))
            current = entry.new.value
        if entry.old_due and entry.new_due:
            origin = entry.origin
            dues.append(DueChange(indicator.name, entry.day, entry.old_due, entry.new_due, origin))
            due = entry.new_due
    return Vetted(tuple(held), tuple(dues), tuple(refused))


def passed_changes(
    policy: Policy, scorecard: Scorecard
) -> tuple[Scorecard, tuple[Diagnostic, ...]]:
    """A scorecard that no table was read for, with those of its changes that the policy lets pass,
    and a warning for each of the others. Without a cycle any day will do."""
    changed = {name: one for name, one in scorecard.measures.items() if one.changes}
    if not changed:
        return scorecard, ()
    measures, refused = dict(scorecard.measures), list[Diagnostic]()
    cycle = scorecard.cycle
    days = (cycle.start, cycle.end) if cycle else (datetime.date.min, datetime.date.max)
    for name, measure in changed.items():
        entries = [
            ChangeEntry(name, one.day, one.old, one.new, one.new.origin, Cell("", "", row))
            for row, one in enumerate(measure.changes, 1)
        ]
        vetted = vetted_changes(
            scorecard.subject, entries, policy, policy.indicator[name], measure.target, days,
            old_given=False,
        )  # fmt: skip
        measures[name] = replace(measure, changes=vetted.changes)
        refused += [replace(one.diagnostic, place=None) for one in vetted.refused]
    return replace(scorecard, measures=measures) if refused else scorecard, tuple(refused)


def _target(indicator: Indicator, given: Datum | None) -> Value | None:
    """The target in force before all changes; None where there is none that could be replaced."""
    if indicator.target == "none" or indicator.target_from_members is not None:
        return None
    if given is not None:
        return given.value
    return indicator.target.value if isinstance(indicator.target, Constant) else None


def _no_rule(rule: TargetRule | None, policy: Policy) -> Text | None:
    if rule is not None:
        return None
    return Text(
        f"方案 `{policy.label}` 没有 target_changes，不允许变更",
        f"the policy `{policy.label}` has no `target_changes`",
    )


def _incomplete(entry: ChangeEntry, rule: TargetRule | None) -> Text | None:
    """What the entry does not say: a value or a date, each with the one before."""
    columns: list[tuple[object, Text]] = [(entry.day, Text("日期", "date"))]
    if entry.changes_due:
        columns += [
            (entry.old_due, Text("原完成日期", "old due date")),
            (entry.new_due, Text("新完成日期", "new due date")),
        ]
    if entry.changes_value or not entry.changes_due:
        columns += [
            (entry.old, Text("原目标值", "old target")),
            (entry.new, Text("新目标值", "new target")),
        ]
    missing = [words for value, words in columns if value is None]
    needs = rule.needs if rule is not None else ()
    missing += [_NEEDS[need] for need in needs if not getattr(entry.origin, need)]
    return lacking(missing) if missing else None


def _wrong_day(
    entry: ChangeEntry, rule: TargetRule | None, days: tuple[datetime.date, datetime.date]
) -> Text | None:
    if entry.day is None:
        return None
    start, end = days
    day = entry.day.isoformat()
    if not start <= entry.day <= end:
        span = f"{start.isoformat()} – {end.isoformat()}"
        return Text(f"日期 {day} 不在 {span} 之内", f"{day} is not within {span}")
    by_months = rule is not None and rule.weighting == "months" and entry.changes_value
    if by_months and entry.day.day != 1:
        return Text(
            f"目标按月加权，变更应从某月 1 日起，这里是 {day}",
            f"targets count by months, so a change begins on the first of one and not on {day}",
        )
    return None


def _too_often(
    entry: ChangeEntry, rule: TargetRule | None, passed: list[datetime.date]
) -> Text | None:
    """Whether the calendar quarter has as many changes as it may."""
    if rule is None or rule.per_quarter is None or entry.day is None:
        return None
    quarter = _quarter(entry.day)
    count = sum(_quarter(one) == quarter for one in passed)
    if count < rule.per_quarter:
        return None
    year, number = quarter
    limit = plain(rule.per_quarter)
    return Text(
        f"{year} 年第 {number} 季度已变更 {count} 次，每季度最多 {limit} 次",
        f"{year}Q{number} has {count} already, and {limit} a quarter is the most",
    )


def _quarter(day: datetime.date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def _out_of_date(entry: ChangeEntry, indicator: Indicator, current: object) -> Text | None:
    """Whether it replaces another target than the one in force."""
    if not entry.changes_value:
        return None
    if current is None:
        return Text("没有可以变更的目标值", "there is no target that it could replace")
    if entry.old is None or entry.old.value == current:
        return None
    old, now = (shown_amount(one, indicator.unit) for one in (entry.old.value, current))
    return Text(
        f"原目标值填的是 {old}，而生效中的目标值是 {now}",
        f"it replaces {old}, and the target in force is {now}",
    )


def _other_due(entry: ChangeEntry, due: datetime.date | None) -> Text | None:
    """Whether it replaces another due date than the one in force."""
    if not entry.changes_due or entry.old_due == due:
        return None
    if due is None:
        return Text(
            "目标分解（targets.yaml）没有写这项目标的完成日期",
            "targets.yaml has no due date of this target that it could replace",
        )
    old, now = str(entry.old_due), due.isoformat()
    return Text(
        f"原完成日期填的是 {old}，而生效中的完成日期是 {now}",
        f"it replaces the due date {old}, and the one in force is {now}",
    )


def _refused(person: str, entry: ChangeEntry, why: Text) -> RefusedEntry:
    facts = {"person": person, "indicator": entry.indicator, "why": why}
    found: Diagnostic = Refusal("target-change-refused", facts).at(entry.place)
    return RefusedEntry(_TABLE, person, entry.indicator, entry.place, found, entry)
