"""Who takes part, prizes, amounts that are only reduced, and figures of groups, for groups that
Hypothesis makes up."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st
from test_groups import appraisals, judged, people, points, policy, quotas

from perfrules.model.appraisal import Appraisal

Person = tuple[Decimal, str, int]


def results(found: list[Appraisal]) -> list[object]:
    return [(one.total, one.grade, one.awards, one.pay) for one in found]


@given(people, quotas(), st.sampled_from(["keep_together", "keep_together_lower"]), st.booleans())
def test_who_takes_no_part_changes_nobody_and_is_not_changed(
    drawn: list[Person], shares: dict[str, object], ties: str, small: bool
) -> None:
    """The others' results are those of a group in which the left out are not; their own are those
    of a policy without a distribution."""
    rule: dict[str, object] = {"quotas": shares, "ties": ties, "within": "team"}
    if small:
        rule["min_group"] = 3
    pay = {"bonus": {"base": "100", "by_grade": {"S": "150%", "A": "120%", "B": "100%", "D": "0%"}}}
    rules = policy({**rule, "only_if": "person.coefficient >= 2"}, incentives=pay)
    found = appraisals(*judged(rules, drawn))
    left = [row for row, one in enumerate(drawn) if one[2] < 2]
    plain = appraisals(*judged(policy(incentives=pay), drawn))
    for row in left:
        assert results([found[row]]) == results([plain[row]])
    there = [row for row in range(len(drawn)) if row not in left]
    assume(there)
    ranked = policy(rule, incentives=pay)
    alone = appraisals(*judged(ranked, [drawn[row] for row in there]))
    assert results([found[row] for row in there]) == results(alone)


@given(people, st.integers(0, 11), points)
def test_the_figures_of_who_takes_no_part_matter_to_nobody(
    drawn: list[Person], row: int, other: Decimal
) -> None:
    assume(row < len(drawn))
    assume(drawn[row][2] < 2)
    changed = [(other, *one[1:]) if place == row else one for place, one in enumerate(drawn)]
    only = "person.coefficient >= 2"
    rules = policy(
        {"quotas": {"S": "20%", "A": "30%", "B": "30%", "D": "20%"}, "only_if": only},
        awards={"champion": {"order": ["total desc"], "places": [100, 50], "only_if": only}},
        group_figures={"mean": {"of": "work.score", "by": "mean", "only_if": only}},
        follow_ups={"talk": {"when": "person.coefficient >= 2 and total < group.mean"}},
    )
    before, after = (appraisals(*judged(rules, one)) for one in (drawn, changed))
    others = [place for place in range(len(drawn)) if place != row]
    assert results([before[one] for one in others]) == results([after[one] for one in others])
    assert [before[one].follow_ups for one in others] == [after[one].follow_ups for one in others]


prizes = st.lists(st.integers(0, 100_000), min_size=1, max_size=5).map(
    lambda cents: [Decimal(one) / 100 for one in sorted(cents, reverse=True)]
)


@given(people, prizes)
def test_split_prizes_are_paid_out_to_the_cent(drawn: list[Person], amounts: list[Decimal]) -> None:
    """As many as there are people for; who is level differs by a cent at most."""
    tree = {"champion": {"order": ["total desc"], "places": amounts, "ties": "share"}}
    rules = policy(awards=tree)
    found = appraisals(*judged(rules, drawn))
    paid = [one.pay["champion"] for one in found]
    assert sum(paid) == sum(amounts[: len(drawn)])
    ordered = sorted(zip(drawn, paid, strict=True), key=lambda one: -one[0][0])
    for (one, first), (other, second) in pairwise(ordered):
        if one[0] == other[0]:
            assert abs(first - second) <= Decimal("0.01")
        else:
            assert first >= second


@given(people, prizes)
def test_places_are_those_of_sport(drawn: list[Person], amounts: list[Decimal]) -> None:
    rules = policy(awards={"champion": {"order": ["total desc"], "places": amounts}})
    for (score, _, _), one in zip(drawn, appraisals(*judged(rules, drawn)), strict=True):
        above = sum(other > score for other, _, _ in drawn)
        due = amounts[above] if above < len(amounts) else Decimal(0)
        assert one.pay["champion"] == due
        assert one.awards == (("champion",) if above < len(amounts) else ())


@given(people, st.integers(0, 2_000_000))
def test_amounts_are_only_reduced(drawn: list[Person], cents: int) -> None:
    amount = Decimal(cents) / 100
    share = "total * person.coefficient * 7.77"
    tree = {"rise": {"amount": str(amount), "share_by": share, "scale": "down_only"}}
    found = appraisals(*judged(policy(pools=tree), drawn))
    asked = [
        (Decimal(points) * coefficient * Decimal("7.77")).quantize(
            Decimal("0.01"), rounding="ROUND_HALF_UP"
        )
        for points, _, coefficient in drawn
    ]
    paid = [one.pay["rise"] for one in found]
    assert all(got <= wanted for got, wanted in zip(paid, asked, strict=True))
    assert sum(paid) == min(amount, sum(asked))
    if sum(asked) <= amount:
        assert paid == asked


@given(people, st.sampled_from(["mean", "median", "sum", "count", "min", "max", "deviation"]))
def test_a_figure_is_one_for_all_of_its_group(drawn: list[Person], way: str) -> None:
    rules = policy(group_figures={"all": {"of": "work.score", "by": way, "within": "team"}})
    found = appraisals(*judged(rules, drawn))
    sizes = Counter(team for _, team, _ in drawn)
    for (_, team, _), one in zip(drawn, found, strict=True):
        scores = sorted(Fraction(score) for score, other, _ in drawn if other == team)
        got = one.group_figure("all")
        assert got is not None
        value, count = Fraction(got), len(scores)
        assert one.steps["group.all.size"].value == sizes[team]
        assert value == {
            "mean": round(sum(scores) / count, 10), "sum": sum(scores), "count": count,
            "min": scores[0], "max": scores[-1],
            "median": (scores[(count - 1) // 2] + scores[count // 2]) / 2,
            "deviation": value,
        }[way] or abs(value - sum(scores) / count) < Fraction(1, 10**9)  # fmt: skip


@given(people)
def test_equal_departments_are_not_corrected(drawn: list[Person]) -> None:
    """A factor that is the same figure twice leaves every total as it is."""
    assume(all(score for score, _, _ in drawn))
    tree = {"one": {"of": "work.score", "by": "mean"}, "two": {"of": "work.score", "by": "mean"}}
    rules = policy(group_figures=tree, total={"times": ["group.one / group.two"]})
    found = appraisals(*judged(rules, drawn))
    assert [one.total for one in found] == [score for score, _, _ in drawn]
