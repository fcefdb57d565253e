"""Weights in other words: of the data as if the policy wrote them, parts as if they were shares, a
weight passed on as if the policy gave it to the receiver."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

from by_fractions import rounded
from hypothesis import given
from hypothesis import strategies as st
from strategies import numbers, percent, policy_from, shares

from perfrules.checker.walk import check
from perfrules.evaluation.evaluate import evaluate
from perfrules.exact import MODES
from perfrules.language.to_resolved import resolved_json
from perfrules.model.appraisal import Appraisal
from perfrules.model.scorecard import Datum, EventRecord, Measure, Scorecard
from perfrules.records.trace_json import trace_record

Tree = dict[str, Any]
DIRECT: Tree = {"direct": {"min": -100, "max": 1000}}


class Case:
    """Indicators in sections or in none, each with a weight and perhaps an actual."""

    def __init__(
        self, weights: dict[str, dict[str, str]], of_sections: dict[str, str],
        actuals: dict[str, Decimal | None], mode: str, missing: str, praised: int,
    ) -> None:  # fmt: skip
        self.weights, self.of_sections, self.actuals = weights, of_sections, actuals
        self.mode, self.missing, self.praised = mode, missing, praised

    def tree(self) -> Tree:
        """As shares that the policy writes."""
        tree: Tree = {"policy": "p", "rounding": {"total": {"mode": self.mode}}}
        if self.of_sections:
            tree["sections"] = {name: {"weight": one} for name, one in self.of_sections.items()}
        tree["indicators"] = {}
        for section, own in self.weights.items():
            for name, weight in own.items():
                one = {"weight": weight, "missing": self.missing, "score": DIRECT}
                tree["indicators"][name] = one | ({"section": section} if section else {})
        if self.praised:
            tree["adjustments"] = {"praise": {"points": {"each": 3}}}
        return tree

    def judged(self, tree: Tree, weights: dict[str, Decimal] | None = None) -> Appraisal:
        given_ = weights or {}
        measures = {
            name: Measure(
                None if actual is None else Datum(actual),
                weight=Datum(given_[name]) if name in given_ else None,
            )
            for name, actual in self.actuals.items()
        }
        events = {"praise": EventRecord(Datum(Decimal(self.praised)))} if self.praised else {}
        policy = policy_from(tree)
        appraisal = evaluate(policy, Scorecard("示例员工 01", measures=measures, events=events))
        resolved = json.loads(resolved_json(policy.resolved))
        assert check(trace_record(appraisal), resolved) == []
        return appraisal


@st.composite
def cases(draw: st.DrawFn) -> Case:
    names = [f"i{number}" for number in range(draw(st.integers(1, 5)))]
    groups = {"": names}
    of_sections: dict[str, str] = {}
    if len(names) > 1 and draw(st.booleans()):
        cut = draw(st.integers(1, len(names) - 1))
        groups = {"left": names[:cut], "right": names[cut:]}
        of_sections = dict(zip(groups, draw(shares(2)), strict=True))
    weights = {
        section: dict(zip(own, draw(shares(len(own))), strict=True))
        for section, own in groups.items()
    }
    actuals = {name: draw(st.none() | numbers(-100, 1000, 4)) for name in names}
    return Case(
        weights, of_sections, actuals, draw(st.sampled_from(sorted(MODES))),
        draw(st.sampled_from(("zero", "exclude"))), draw(st.integers(0, 2)),
    )  # fmt: skip


def ratio(share: str) -> Decimal:
    return Decimal(share.removesuffix("%")) / 100


def outcome(appraisal: Appraisal) -> tuple[object, ...]:
    names = list(appraisal.policy.indicator)
    codes = [one.code for one in appraisal.problems]
    return (appraisal.total, [appraisal.score(name) for name in names], codes)


@given(cases(), st.data())
def test_weights_of_the_data_are_as_those_of_the_policy(case: Case, data: st.DataObject) -> None:
    tree = case.tree()
    written = outcome(case.judged(tree))
    weights = {name: ratio(one) for own in case.weights.values() for name, one in own.items()}
    chosen = data.draw(st.sets(st.sampled_from(sorted(weights)), min_size=1))
    for own in case.weights.values():
        # The policy's own leave something to those of the data.
        if any(weights[name] for name in chosen & {*own}):
            for name in chosen & {*own}:
                tree["indicators"][name]["weight"] = "given"
    given_ = {name: weights[name] for name in chosen}
    found = case.judged(tree, given_)
    # What the data give no weight needs no figure: it is left out and takes nothing away.
    weightless = {name for name in chosen if not weights[name] and case.actuals[name] is None}
    assert found.total == written[0]
    if not weightless:
        assert outcome(found) == written


@given(cases(), st.integers(1, 40))
def test_parts_are_shares_that_were_scaled(case: Case, scale: int) -> None:
    tree = case.tree()
    shares_ = case.judged(tree)
    tree["weights"] = "parts"
    for one in (*tree.get("sections", {}).values(), *tree["indicators"].values()):
        one["weight"] = ratio(one["weight"]) * scale
    for section in tree.get("sections", {}).values():
        section["weights"] = "parts"
    if any(not any(map(ratio, own.values())) for own in case.weights.values()):
        return
    parts = case.judged(tree)
    assert [one.code for one in parts.problems] == [one.code for one in shares_.problems]
    if case.missing == "zero" or all(one is not None for one in case.actuals.values()):
        # No quotient is cut before the last one, which then comes out even.
        assert outcome(parts)[:2] == outcome(shares_)[:2]


@given(st.lists(st.tuples(numbers(0, 100), numbers(1, 999)), min_size=1, max_size=6), st.data())
def test_a_total_by_parts_is_rounded_once(
    rows: list[tuple[Decimal, Decimal]], data: st.DataObject
) -> None:
    places, mode = data.draw(st.integers(0, 6)), data.draw(st.sampled_from(sorted(MODES)))
    tree: Tree = {
        "policy": "p", "weights": "parts", "rounding": {"total": {"places": places, "mode": mode}},
    }  # fmt: skip
    tree["indicators"] = {
        f"i{number}": {"weight": part, "score": DIRECT} for number, (_, part) in enumerate(rows)
    }
    measures = {f"i{n}": Measure(Datum(actual)) for n, (actual, _) in enumerate(rows)}
    total = evaluate(policy_from(tree), Scorecard("示例员工 01", measures=measures)).total
    above = sum((Fraction(score) * Fraction(part) for score, part in rows), Fraction(0))
    below = sum((Fraction(part) for _, part in rows), Fraction(0))
    assert total is not None
    assert Fraction(total) == rounded(above / below, places, mode)


@given(st.data())
def test_a_weight_that_is_passed_on_is_the_receivers(data: st.DataObject) -> None:
    names = [f"i{number}" for number in range(data.draw(st.integers(2, 5)))]
    halves = [ratio(one) for one in data.draw(shares(len(names)))]
    weights = {name: one for name, one in zip(names, halves, strict=True) if one}
    if len(weights) < 2:
        return
    giver, receiver = data.draw(st.permutations(sorted(weights)))[:2]
    tree: Tree = {"policy": "p", "indicators": {}}
    for name, weight in weights.items():
        tree["indicators"][name] = {"weight": percent(weight * 100), "score": DIRECT}
    measures = {name: Measure(Datum(data.draw(numbers(-100, 1000)))) for name in weights}
    del measures[giver]
    card = Scorecard("示例员工 01", measures=measures)
    tree["indicators"][giver]["missing"] = {"weight_to": [receiver]}
    passed = evaluate(policy_from(tree), card)
    tree["indicators"][receiver]["weight"] = percent((weights[giver] + weights[receiver]) * 100)
    tree["indicators"][giver] = {"weight": "0%", "missing": "zero", "score": DIRECT}
    assert passed.total == evaluate(policy_from(tree), card).total
    assert passed.weight(receiver) == weights[giver] + weights[receiver]


@given(st.integers(1, 9), st.integers(0, 99))
def test_rests_are_finite_equal_but_the_last_and_a_hundred(count: int, taken: int) -> None:
    tree: Tree = {"policy": "p", "indicators": {"fixed": {"weight": f"{taken}%", "score": DIRECT}}}
    for number in range(count):
        tree["indicators"][f"i{number}"] = {"weight": "rest", "score": DIRECT}
    weights = [
        Fraction(str(one["weight"])) for one in policy_from(tree).resolved["indicators"].values()
    ]
    rests = weights[1:]
    assert sum(weights) == 1
    assert len({*rests[:-1]}) <= 1
    exact = Fraction(100 - taken, 100) / count
    assert all(exact - Fraction(1, 10000) < one <= exact for one in rests[:-1])
    assert exact <= rests[-1] < exact + Fraction(count, 10000)
