"""A policy that uses every operation of a trace, and people whose traces show them all."""

from datetime import date
from decimal import Decimal

from perfrules.diagnostics import Findings
from perfrules.language.read import policy_in
from perfrules.language.text.document import parse_document
from perfrules.model.history import Past
from perfrules.model.policy import Policy
from perfrules.model.scorecard import (
    Cycle,
    Datum,
    EventRecord,
    Measure,
    Origin,
    Presence,
    Scorecard,
)

TEXT = """\
policy: whole
version: "1"
title: {zh: 全套, en: Everything}
effective: {from: 2024-07-01, to: 2024-12-31}
sections:
  results: {weight: 60%}
  behaviours: {weight: 30%}
  extras: {weight: 10%}
indicators:
  sales:
    {section: results, weight: 20%, target: required, score: {bands: [
      {at_least: 120%, score: 110}, {at_least: 80%, score: [80, 107]},
      {at_least: 60%, score: 60}, {at_least: 40%, score: 30}, {otherwise: 0}]}}
  conversion:
    {section: results, weight: 10%, unit: "%", baseline: 8%, target: required, score: {bands: [
      {at_least: 100%, score: 100}, {at_least: 75%, score: 75}, {otherwise: 0}]}}
  spend:
    {section: results, weight: 10%, direction: lower_is_better, target: 5000, zero_actual: 120%,
     score: {window: {low: 95%, high: 105%, score: 100, per: 1%, points: -2, at_least: 65}}}
  complaints:
    {section: results, weight: 10%, direction: lower_is_better, target: 3, zero_actual: 120%,
     score: {bands: [{at_least: 100%, score: 95}, {otherwise: 40}]}}
  reach:
    {section: results, weight: 10%, target: required, attainment: "(actual - 1) / target",
     score: {formula: "min(120, 100 * attainment + sales.score / 7)"}}
  visits:
    {section: results, weight: 10%, score: {per_unit: {start: 100, mark: 80, side: below, per: 7,
      points: -5, whole_units: down, at_least: 0}}}
  posts:
    {section: results, weight: 10%, score: {per_unit: {start: 60, mark: 10, side: above, per: 3,
      points: 7, whole_units: no, at_most: 75}}}
  survey:
    {section: results, weight: 20%, missing: exclude, score: {direct: {min: 0, max: 100}}}
  launch: {section: behaviours, weight: 20%, score: {yes_no: {done: 100, otherwise: 10}}}
  handover:
    {section: behaviours, weight: 5%, missing: zero, score: {yes_no: {done: 90, otherwise: 5}}}
  report: {section: behaviours, weight: 5%, missing: zero, score: {levels: {优秀: 100, 差: 0}}}
  craft: {section: behaviours, weight: 20%, score: {levels: {优秀: 100, 良好: 80, 差: 0}}}
  hygiene: {section: behaviours, weight: 10%, score: {direct: {min: 0, max: 100}}}
  teamwork:
    {section: behaviours, weight: 40%, score: {ratings: {
      groups: {manager: 50%, peer: 30%, client: 20%}, scale: {min: 0, max: 100},
      trim: {drop: 1, from_raters: 5}, empty_group: exclude}}}
  mentoring: {section: extras, weight: 100%, missing: exclude, score: {direct: {min: 0, max: 5}}}
events: {audit: {title: 稽核}}
adjustments:
  initiative: {points: {each: 5, at_most: 8}}
  idea: {points: {given: [5, 10]}}
  late: {points: {each: -2, at_least: -3}}
  quiet: {points: {each: -1}}
total: {at_least: 0, at_most: 85}
vetoes:
  fraud: {when: fraud > 0, then: {total: 0, grade: D, pay: 0%}}
  leak: {when: "leak > 0 and total / 3 > 1", then: {total: 82.5, grade: B, pay: 50%}}
grades:
  - {grade: S, at_least: 95}
  - {grade: A, at_least: 80}
  - {grade: B, at_least: 70}
  - {grade: C, at_least: 60}
  - {otherwise: D}
tables:
  matrix:
    {rows: {by: team.grade, is: [S, A], otherwise: true},
     columns: {by: sales.attainment * 2, at_least: [200%, 161.3%], otherwise: true},
     cells: {S: [200%, 150%, 10%], A: [120%, 97.5%, 5%], otherwise: [50%, 40%, 0%]}}
incentives:
  bonus:
    {base: person.bonus_base, times: [proration, "person.factor * 1.5"], at_most: 9000,
     only_if: 'grade in ("S", "A", "B") and person.department != "总部"',
     tiers: {by: sales.attainment, whole: [
       {at_least: 100%, pay: 120%}, {at_least: 80%, pay: 101.3%}, {at_least: 60%, pay: 80%},
       {otherwise: 0%}]}}
  commission:
    {tiers: {by: sales.actual, marginal: [
      {from: 0, rate: 1%}, {from: 500000, rate: 2%}, {from: 900000, rate: 3.1%},
      {from: 1500000, rate: 4%}]}, times: ["0.9"]}
  prize: {base: 1000 + cycle.days, by_grade: {S: 150%, A: 120%, B: 100%, C: 70%, D: 0%}}
  star: {base: "500", only_if: total >= 95}
  floor: {base: audit * 10, at_least: 20, moves: sum}
  line:
    {base: person.bonus_base, times: [table.matrix], tiers: {by: sales.attainment, whole: [
      {at_least: 100%, pay: [50%, 80%], up_to: 120%}, {at_least: 80%, pay: [41%, 50%]},
      {otherwise: 0%}]}}
  quota:
    {tiers: {by: sales.actual, of: sales.target, marginal: [
      {from: 0%, rate: 1%}, {from: 75%, rate: 2.5%}, {from: 150%, rate: 4%}]}}
  pieces: {tiers: {by: visits.actual, marginal: [{from: 0, each: 3}, {from: 50, each: 5.5}]}}
distribution:
  {within: department, min_group: 5, quotas: {S: {at_most: 20%}, C: 30%, D: {at_least: 10%}},
   order: [total desc, sales.attainment * 2 desc]}
awards:
  best: {within: team, order: [total desc], top: 20%, count: ceiling, at_least_one: true}
  solid: {only_if: 'total >= 60 and team.grade in ("S", "A")'}
  perfect: {only_if: total >= 85.01}
pools:
  fund: {amount: department.fund / 2, within: department, share_by: total * person.factor}
  late: {amount: department.fund, share_by: total, only_if: team.total > 100}
follow_ups:
  plan: {when: total < 90, due_days: 30}
  talk: {when: 'streak("D") >= 2 or previous.total > 99'}
target_changes: {per_quarter: 1, needs: [reason, approved_by], weighting: days}
"""

MISSING = Measure()


def whole_policy() -> Policy:
    document, found = parse_document(TEXT.encode(), "whole.yaml")
    findings = Findings(found)
    assert document is not None
    read = policy_in(document.root, lambda name: name, findings)
    assert read is not None
    assert not findings.errors, [(str(one.place), one.message()) for one in findings.errors]
    return read.policy


def datum(value: Decimal | str | bool | int, place: str = "") -> Datum:
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    return Datum(value, Origin(place or "data.csv:2 (C2)", "CRM", "2024-10-08", "附件 3"))


def measures() -> dict[str, Measure]:
    rated = {"manager": [85], "peer": [95, 90, 88, 86, 60], "client": []}
    return {
        "sales": Measure(datum(997651), datum(1100000)),
        "conversion": Measure(datum(Decimal("0.11")), datum(Decimal("0.12"))),
        "spend": Measure(datum(5999)),
        "complaints": Measure(datum(0)),
        "reach": Measure(datum(71), datum(90)),
        "visits": Measure(datum(62)),
        "posts": Measure(datum(18)),
        "launch": Measure(datum(True)),
        "craft": Measure(datum("良好")),
        "hygiene": Measure(datum(Decimal("88.125")), datum(90)),
        "teamwork": Measure(
            ratings={
                name: tuple(datum(one, f"ratings.csv:{name}") for one in ratings)
                for name, ratings in rated.items()
            }
        ),
    }


def units() -> dict[str, dict[str, Datum]]:
    return {
        "team": {"total": datum(96), "grade": datum("A")},
        "department": {"fund": datum(100000)},
    }


def history() -> tuple[Past, ...]:
    return (
        Past("2024Q2", total=datum(55), grade=datum("D")),
        Past("2024Q1", total=datum(58), grade=datum("D")),
    )


def joiner() -> Scorecard:
    """Came in the middle of the quarter; every operation but a proration that is whole."""
    return Scorecard(
        subject="E001",
        measures=measures(),
        events={
            "initiative": EventRecord(datum(2)),
            "idea": EventRecord(None, (datum(6), datum(7))),
            "late": EventRecord(datum(2)),
            "leak": EventRecord(datum(1)),
            "audit": EventRecord(datum(1)),
        },
        person={
            "bonus_base": datum(10000),
            "factor": datum(Decimal("1.1")),
            "department": datum("市场部"),
        },
        cycle=Cycle("2024Q3", date(2024, 7, 1), date(2024, 9, 30)),
        proration=Presence(date(2024, 8, 16), None),
        units=units(),
        history=history(),
    )


def stayer() -> Scorecard:
    """There from the first day to the last; nothing is left out but a group of raters."""
    card = joiner()
    given = {**card.measures, "survey": Measure(datum(99)), "spend": Measure(datum(9000))}
    return Scorecard(
        subject="E002",
        measures={**given, "mentoring": Measure(datum(5))},
        events={"late": EventRecord(datum(1))},
        person=card.person,
        cycle=card.cycle,
        proration=Presence(date(2019, 3, 1), None),
        units=card.units,
        history=card.history,
    )


def rejected() -> Scorecard:
    """Two things are missing, and one makes no sense."""
    card = joiner()
    gaps = {"sales": Measure(datum(5)), "visits": MISSING, "craft": Measure(datum("很好"))}
    return Scorecard("E003", {**card.measures, **gaps}, card.events, card.person, card.cycle)
