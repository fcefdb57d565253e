"""The total of direct scores, worked out again with fractions and nothing of perfrules."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from by_fractions import rounded
from hypothesis import given
from hypothesis import strategies as st
from strategies import numbers, policy_from, shares

from perfrules.evaluation.evaluate import evaluate
from perfrules.exact import MODES
from perfrules.model.scorecard import Datum, EventRecord, Measure, Scorecard

Tree = dict[str, Any]


def ratio(percentage: str) -> Fraction:
    return Fraction(percentage.removesuffix("%")) / 100


class Case:
    """A drawn policy of direct scores and what was recorded, and its total by hand."""

    def __init__(self, tree: Tree, actuals: dict[str, Decimal | None], praised: int) -> None:
        self.tree, self.actuals, self.praised = tree, actuals, praised

    def round(self, value: Fraction | Decimal, step: str) -> Fraction:
        rule = self.tree["rounding"][step]
        return rounded(value, rule["places"], rule["mode"])

    def share(self, parts: list[tuple[Fraction, Fraction]], whole: int) -> Fraction | None:
        """Sum of value x weight; over the weights that are left where some are missing."""
        weights = sum((weight for _, weight in parts), Fraction(0))
        if not any(weight for _, weight in parts):
            return None
        total = sum((value * weight for value, weight in parts), Fraction(0))
        return total if len(parts) == whole else self.round(total / weights, "division")

    def scores(self, section: str | None) -> tuple[list[tuple[Fraction, Fraction]], int]:
        members = {
            name: one
            for name, one in self.tree["indicators"].items()
            if one.get("section") == section
        }
        parts = []
        for name, one in members.items():
            actual = self.actuals[name]
            if actual is None and one["missing"] == "exclude":
                continue
            value = self.round(actual or Decimal(0), "score")
            parts.append((value, ratio(one["weight"])))
        return parts, len(members)

    def total(self) -> Fraction | None:
        """The total by the book; None where nothing with a weight is left."""
        sections = self.tree.get("sections")
        if sections is None:
            found = self.share(*self.scores(None))
        else:
            parts = []
            for name, section in sections.items():
                value = self.share(*self.scores(name))
                if value is not None:
                    parts.append((value, ratio(section["weight"])))
            found = self.share(parts, len(sections))
        if found is None:
            return None
        points = self.tree["adjustments"]["praise"]["points"]
        found += min(self.praised * Fraction(points["each"]), Fraction(points["at_most"]))
        limits = self.tree["total"]
        found = min(max(found, Fraction(limits["at_least"])), Fraction(limits["at_most"]))
        return self.round(found, "total")


@st.composite
def cases(draw: st.DrawFn) -> Case:
    count = draw(st.integers(1, 6))
    names = [f"i{number}" for number in range(count)]
    tree: Tree = {"policy": "p", "indicators": {}}
    groups: dict[str | None, list[str]] = {None: names}
    if count > 1 and draw(st.booleans()):
        cut = draw(st.integers(1, count - 1))
        groups = {"left": names[:cut], "right": names[cut:]}
        weights = draw(shares(2))
        tree["sections"] = {
            name: {"weight": weight}
            for name, weight in zip(("left", "right"), weights, strict=True)
        }
    for section, members in groups.items():
        for name, weight in zip(members, draw(shares(len(members))), strict=True):
            one: Tree = {"weight": weight, "score": {"direct": {"min": -100, "max": 1000}}}
            one["missing"] = draw(st.sampled_from(("zero", "exclude")))
            tree["indicators"][name] = one | ({} if section is None else {"section": section})
    tree["adjustments"] = {"praise": {"points": {"each": draw(numbers(0, 9, 4)), "at_most": 10}}}
    tree["total"] = {"at_least": draw(numbers(-50, 20)), "at_most": draw(numbers(60, 200))}
    tree["rounding"] = {
        step: {"places": draw(st.integers(0, 5)), "mode": draw(st.sampled_from(sorted(MODES)))}
        for step in ("score", "total", "division")
    }
    actuals = {name: draw(st.none() | numbers(-100, 1000, 4)) for name in names}
    return Case(tree, actuals, draw(st.integers(0, 4)))


@given(cases())
def test_the_total_is_what_fractions_make_of_it(case: Case) -> None:
    measures = {
        name: Measure(None if actual is None else Datum(actual))
        for name, actual in case.actuals.items()
    }
    events = {"praise": EventRecord(Datum(Decimal(case.praised)))}
    appraisal = evaluate(
        policy_from(case.tree), Scorecard("示例员工 01", measures=measures, events=events)
    )
    expected = case.total()
    if expected is None:
        assert [one.code for one in appraisal.problems] == ["nothing-to-count"]
    else:
        assert appraisal.total is not None, appraisal.problems
        assert Fraction(appraisal.total) == expected
