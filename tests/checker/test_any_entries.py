"""Whatever the evaluator makes of calibrations, appeals, changed targets, members' figures and
objectives, in groups or alone, the checker accepts; random policies and people show it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import GRADES, datum, numbers, policies, scorecards, unit_policies

from perfrules.checker import check, check_group
from perfrules.cycle.judging import Judging
from perfrules.diagnostics import Cell
from perfrules.evaluation.evaluate import evaluate
from perfrules.intake.from_tables import Subject
from perfrules.language.to_resolved import resolved_json
from perfrules.model.appraisal import Appraisal
from perfrules.model.datum import Datum, Origin, Value
from perfrules.model.policy import Policy
from perfrules.model.scorecard import (
    Cycle,
    Measure,
    Member,
    Objective,
    Revision,
    Scorecard,
    TargetChange,
)
from perfrules.records.groups import group_record
from perfrules.records.trace_json import canonical, trace_record

MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

EVERYTHING = ("reason", "approved_by", "evidence")


def approved(value: Value, day: date | None = None) -> Datum:
    origin = Origin("calibrations.csv:2", as_of=str(day or ""), evidence="附件 1")
    return Datum(value, origin._replace(reason="口径调整", approved_by="示例总监01"))


@st.composite
def revised(draw: st.DrawFn, policy: Policy, card: Scorecard) -> Scorecard:
    """A scorecard with entries on what it came to without them; now and then one is outdated."""
    plain = evaluate(policy, card)
    words: list[tuple[str, str]] = [("total", "total"), ("grade", "grade")]
    for one in policy.indicators:
        words += [
            (f"{one.name}.{what}", f"indicators.{one.name}.{what}") for what in ("actual", "score")
        ]
    found = []
    for what, path in words:
        step = plain.steps.get(path)
        if step is None or draw(st.integers(0, 3)):
            continue
        before = step.value
        for _ in range(draw(st.integers(1, 2))):
            new: Value = (
                draw(st.sampled_from((*GRADES, "?"))) if what == "grade" else draw(numbers(0, 120))
            )
            known = before if draw(st.integers(0, 9)) else Decimal(7)
            found.append(Revision("appeal", what, datum(known, "x"), approved(new)))
            before = new
    return replace(card, revisions=tuple(found))


@st.composite
def with_entries(draw: st.DrawFn, policy: Policy) -> Scorecard:
    """Changed targets, members' figures, objectives, and then revisions of what comes out."""
    card = replace(draw(scorecards(policy)), group={})  # which only a policy test gives
    start = date(2024, 7, 1)
    day = st.sampled_from((0, 0, 5, 31, 62)).map(lambda days: start + timedelta(days))
    if draw(st.booleans()):
        card = replace(card, cycle=Cycle("2024Q3", start, date(2024, 9, 30)))
    measures = dict(card.measures)
    for one in policy.indicators:
        measure = measures.get(one.name, Measure())
        days = sorted(draw(st.sets(day, max_size=2))) if card.cycle else []
        limit = policy.target_changes and policy.target_changes.per_quarter
        old = measure.target or datum(100, "x")
        changes = tuple(
            TargetChange(each, old, approved(draw(numbers(0, 150)), each))
            for each in (days if limit is None else days[: int(limit)])
            if card.cycle is not None and card.cycle.start <= each <= card.cycle.end
        )
        members = st.lists(numbers(0, 200), max_size=3)
        measures[one.name] = replace(
            measure,
            changes=changes,
            members=tuple(member(draw, one.actual_from_members, value) for value in draw(members)),
            member_targets=tuple(
                member(draw, one.target_from_members, value) for value in draw(members)
            ),
        )
    results = st.lists(st.decimals(0, 1, places=2), min_size=1, max_size=3)
    objectives = tuple(
        Objective(Datum("示例目标"), tuple(datum(one, "okrs.csv") for one in draw(results)))
        for _ in range(draw(st.integers(0, 2)))
    )
    return draw(revised(policy, replace(card, measures=measures, objectives=objectives)))


def member(draw: st.DrawFn, rule: object, value: Decimal) -> Member:
    origin = Origin(member="M1", step="indicators.sales.actual")
    weighted = getattr(rule, "weight", None) is not None
    weight = Datum(draw(numbers(0, 5)), origin) if weighted else None
    return Member(Datum(value, origin), weight)


def assert_accepted(appraisal: Appraisal, groups: dict[str, object]) -> None:
    record = json.loads(canonical(trace_record(appraisal)))
    policy = appraisal.policy
    resolved = json.loads(resolved_json(policy.resolved))
    assert check(record, resolved, dict(policy.places), groups) == []  # type: ignore[arg-type]
    assert check(record, resolved) == []


@MANY
@given(st.data())
def test_accepts_entries_of_somebody_judged_alone(data: st.DataObject) -> None:
    policy = data.draw(policies() | unit_policies())
    card = data.draw(with_entries(policy))
    assert_accepted(evaluate(policy, card), {})


@MANY
@given(st.data())
def test_accepts_entries_of_members_of_groups(data: st.DataObject) -> None:
    policy = data.draw(policies() | unit_policies())
    cards = [
        replace(data.draw(with_entries(policy)), subject=f"E{row}", cycle=None) for row in range(3)
    ]
    subjects = [
        Subject(card, "", policy.id, "", "", policy, (), Cell("people.csv")) for card in cards
    ]
    judging = Judging(subjects, "salt")
    judging.prepare()
    groups = {one.name: json.loads(canonical(group_record(one, None))) for one in judging.groups}
    resolved = json.loads(resolved_json(policy.resolved))
    for record in groups.values():
        assert check_group(record, {policy.label: resolved}) == []
    for subject in subjects:
        appraisal = judging.appraisal(subject)
        assert appraisal is not None
        assert_accepted(appraisal, groups)
