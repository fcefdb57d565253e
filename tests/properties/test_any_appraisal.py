"""What holds of every appraisal, whatever the policy and the data are."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from strategies import judgements, policies, scorecards

from perfrules.evaluation.evaluate import evaluate
from perfrules.formula import Formula
from perfrules.model.appraisal import Appraisal, Step
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Datum, EventRecord, Measure, Presence, Scorecard, Value
from perfrules.model.written import Constant

Judgement = tuple[Policy, Scorecard]

values: st.SearchStrategy[Value] = st.one_of(
    st.sampled_from(
        [
            *map(Decimal, ("0", "-1", "1", "100", "0.0000000001", "-0", "999999999999999")),
            *map(Decimal, ("1E+15", "-1E+15", "1E+30", "-1E+2500", "1E-2500")),
            *map(Decimal, ("NaN", "sNaN", "Infinity", "-Infinity")),
            *("", "优秀", "2024-07-01", "1", "是", "=1+1", "\u202e"),
            *(True, False),
        ]
    ),
    st.decimals(-1000, 1000, places=3),
    st.text(max_size=5),
)
data = st.none() | st.builds(Datum, values)
days = st.dates(date(2024, 6, 1), date(2024, 10, 31))


@st.composite
def nonsense(draw: st.DrawFn, policy: Policy) -> Scorecard:
    """Missing values, wrong types, huge and impossible numbers, unknown names."""
    groups = ("manager", "同事", "client", "nobody")
    names = [*(one.name for one in policy.indicators), "unheard_of"]
    measures = {
        name: Measure(
            draw(data),
            draw(data),
            draw(data),
            {
                group: tuple(map(Datum, draw(st.lists(values, max_size=6))))
                for group in draw(st.sets(st.sampled_from(groups)))
            },
            weight=draw(data),
        )
        for name in names
        if draw(st.integers(0, 4))
    }
    events = {
        name: EventRecord(draw(data), tuple(map(Datum, draw(st.lists(values, max_size=3)))))
        for name in ("迟到", "praise", "fraud", "leak", "idea", "unheard_of")
        if draw(st.booleans())
    }
    facts = st.dictionaries(
        st.sampled_from(("bonus_base", "factor", "department", "team")), st.builds(Datum, values)
    )
    first, last = sorted((draw(days), draw(days)))
    cycle = draw(
        st.none() | st.builds(Cycle, st.just("c"), st.just(first), st.just(last), facts=facts)
    )
    presence = st.builds(Presence, st.none() | days, st.none() | days)
    proration: Datum | Presence = draw(presence | st.builds(Datum, values))
    return Scorecard("示例员工 01", measures, events, draw(facts), cycle, proration)


@st.composite
def nearly_right(draw: st.DrawFn, policy: Policy) -> Scorecard:
    """All that the policy asks for, and nonsense in one corner, so that later stages meet it."""
    good, wrong = draw(scorecards(policy)), draw(nonsense(policy))
    corner = draw(st.sampled_from(("events", "person", "cycle", "proration", "measures")))
    if corner == "measures":
        name = draw(st.sampled_from([one.name for one in policy.indicators]))
        spoilt = wrong.measures.get(name, Measure())
        return dataclasses.replace(good, measures={**good.measures, name: spoilt})
    return dataclasses.replace(good, **{corner: getattr(wrong, corner)})


@given(st.data())
def test_nonsense_never_raises(draw: st.DataObject) -> None:
    policy = draw.draw(policies())
    for kind in (nonsense, nearly_right, nearly_right, nearly_right):
        appraisal = evaluate(policy, draw.draw(kind(policy)))
        if appraisal.complete:
            assert appraisal.total is not None
            assert appraisal.total.is_finite()
        else:
            assert appraisal.total is None
            assert appraisal.grade is None
            assert not appraisal.pay
        for problem in appraisal.problems:
            assert problem.message("zh")
            assert problem.message("en")
            problem.help("zh")
        assert_no_floats(appraisal)
        assert_operands_are_earlier(appraisal)


@given(judgements())
def test_any_appraisal(judgement: Judgement) -> None:
    """No binary floating point anywhere, steps on earlier ones, results of their steps, and the
    same again. One search for the four: most of the time goes into making the policies."""
    appraisal = evaluate(*judgement)
    assert_no_floats(appraisal)
    assert_operands_are_earlier(appraisal)
    assert_results_are_those_of_their_steps(appraisal)
    assert_the_same_again(appraisal, evaluate(*judgement))


def assert_no_floats(appraisal: Appraisal) -> None:
    """In nothing that an appraisal holds; and what was computed is finite and within limits."""
    seen: set[int] = set()
    walk(appraisal, seen)
    for step in appraisal.steps.values():
        if isinstance(step.value, Decimal) and step.operation != "given":
            assert step.value.is_finite()
            assert len(step.value.as_tuple().digits) < 200


def walk(node: Any, seen: set[int]) -> None:
    assert not isinstance(node, float | complex), node
    if id(node) in seen or isinstance(node, str | Decimal | bool | int | date | None):
        return
    seen.add(id(node))
    if dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            walk(getattr(node, field.name), seen)
    elif isinstance(node, Mapping):
        for key, value in node.items():
            walk(key, seen)
            walk(value, seen)
    elif isinstance(node, tuple | list | frozenset | set):
        for one in node:
            walk(one, seen)


def assert_operands_are_earlier(appraisal: Appraisal) -> None:
    order = {path: number for number, path in enumerate(appraisal.steps)}
    for path, step in appraisal.steps.items():
        assert step.path == path
        for operand in step.operands:
            if isinstance(operand, Step):
                assert appraisal.steps[operand.path] == operand
                assert order[operand.path] < order[path]


def assert_results_are_those_of_their_steps(appraisal: Appraisal) -> None:
    if not appraisal.complete:
        return
    assert appraisal.total == appraisal.steps["total"].value
    plans = {plan.name for plan in appraisal.policy.incentives}
    perhaps = {"cut", "top_up"} | {pool.name for pool in appraisal.policy.pools}
    perhaps |= {award.name for award in appraisal.policy.awards if award.places}
    assert plans <= set(appraisal.pay) <= plans | perhaps
    assert_pay_adds_up_within_its_limits(appraisal)
    for name in appraisal.excluded:
        assert appraisal.score(name) is None
    counted = {one.name for one in appraisal.policy.indicators} - set(appraisal.excluded)
    assert all(appraisal.score(name) is not None for name in counted)


def assert_pay_adds_up_within_its_limits(appraisal: Appraisal) -> None:
    """The sum of all pay is that of its lines; all incentives together are within their limits."""
    pay, limits = appraisal.pay, appraisal.policy.payouts
    total = sum(map(Fraction, pay.values()), Fraction(0))
    assert appraisal.pay_total == (total if pay else None)
    if limits is None:
        assert not {"cut", "top_up"} & {*pay}
        return
    names = [*(plan.name for plan in appraisal.policy.incentives), "cut", "top_up"]
    together = sum((Fraction(pay.get(name, 0)) for name in names), Fraction(0))
    low = limit_of(appraisal, limits.at_least)
    for veto in appraisal.policy.vetoes:
        share = veto.then.pay
        if veto.name in appraisal.vetoed and share is not None and low is not None:
            low *= Fraction(share.value)
    high = limit_of(appraisal, limits.at_most)
    assert low is None or together >= low
    assert high is None or together <= high
    assert pay.get("cut", -1) < 0 < pay.get("top_up", 1)


def limit_of(appraisal: Appraisal, limit: Constant | Formula | None) -> Fraction | None:
    """What a limit of all incentives is for this subject."""
    if limit is None or isinstance(limit, Constant):
        return limit and Fraction(limit.value)
    name = limit.names[0] if limit.is_name else limit.path
    counted = name.replace('streak("', "streak.").removesuffix('")')
    paths = (counted, f"indicators.{name}", f"events.{name}", limit.path)
    step = next(appraisal.steps[path] for path in paths if path in appraisal.steps)
    assert isinstance(step.value, Decimal)
    return Fraction(step.value)


@given(st.data(), st.integers())
def test_the_order_of_the_data_changes_nothing(draw: st.DataObject, seed: int) -> None:
    policy = draw.draw(policies())
    scorecard = draw.draw(scorecards(policy))
    one, other = evaluate(policy, scorecard), evaluate(policy, shuffled(scorecard, Random(seed)))
    assert numbers_of(other) == numbers_of(one)


def assert_the_same_again(one: Appraisal, other: Appraisal) -> None:
    assert list(one.steps.items()) == list(other.steps.items())
    assert one == other


def shuffled(scorecard: Scorecard, random: Random) -> Scorecard:
    """The same data with their rows in another order."""

    def mixed(mapping: Mapping[str, Any]) -> dict[str, Any]:
        items = list(mapping.items())
        random.shuffle(items)
        return dict(items)

    def lot(data: tuple[Datum, ...]) -> tuple[Datum, ...]:
        return tuple(random.sample(data, len(data)))

    measures = {
        name: dataclasses.replace(
            one, ratings=mixed({group: lot(given) for group, given in one.ratings.items()})
        )
        for name, one in scorecard.measures.items()
    }
    events = {
        name: dataclasses.replace(one, points=lot(one.points))
        for name, one in scorecard.events.items()
    }
    return dataclasses.replace(
        scorecard, measures=mixed(measures), events=mixed(events), person=mixed(scorecard.person)
    )


def numbers_of(appraisal: Appraisal) -> object:
    names = [one.name for one in appraisal.policy.indicators]
    return (
        appraisal.total,
        appraisal.grade,
        appraisal.pay,
        appraisal.pay_total,
        appraisal.excluded,
        appraisal.vetoed,
        [(appraisal.score(name), appraisal.attainment(name)) for name in names],
        [appraisal.section(one.name) for one in appraisal.policy.sections],
        [one.code for one in appraisal.problems],
    )
