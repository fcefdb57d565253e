"""Rules between subjects, for groups that Hypothesis makes up: seats add up to the group, pools to
the last cent, and nobody's result depends on anybody whom no rule names."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import policy_from

from perfrules.checker import check, check_group
from perfrules.cycle.judging import Judging
from perfrules.diagnostics import Cell
from perfrules.evaluation.seats import OPEN, seats_of
from perfrules.intake.from_tables import Subject
from perfrules.model.appraisal import Appraisal
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Datum, Measure, Scorecard
from perfrules.records.groups import group_record
from perfrules.records.trace_json import trace_record

GRADES = ["S", "A", "B", "D"]

points = st.decimals(0, 100, places=1)
teams = st.sampled_from(["red", "green", "blue"])
people = st.lists(st.tuples(points, teams, st.integers(0, 5)), min_size=1, max_size=12)


def policy(distribution: dict[str, object] | None = None, **blocks: object) -> Policy:
    tree: dict[str, object] = {
        "policy": "drawn",
        "indicators": {"work": {"weight": "100%", "score": {"direct": {"min": 0, "max": 100}}}},
        "grades": [
            {"grade": "S", "at_least": 90},
            {"grade": "A", "at_least": 75},
            {"grade": "B", "at_least": 50},
            {"otherwise": "D"},
        ],
        **blocks,
    }
    if distribution is not None:
        tree["distribution"] = {"order": ["total desc"], **distribution}
    return policy_from(tree)


def judged(rules: Policy, drawn: list[tuple[Decimal, str, int]]) -> tuple[Judging, list[Subject]]:
    subjects = []
    for row, (score, team, coefficient) in enumerate(drawn):
        facts = {
            "team": Datum(team),
            "department": Datum("all"),
            "coefficient": Datum(Decimal(coefficient)),
        }
        card = Scorecard(f"p{row:02d}", {"work": Measure(Datum(score))}, person=facts)
        subjects.append(Subject(card, "", "drawn", team, "", rules, (), Cell("people.csv")))
    judging = Judging(subjects, "salt")
    judging.prepare()
    return judging, subjects


def appraisals(judging: Judging, subjects: list[Subject]) -> list[Appraisal]:
    found = [judging.appraisal(one) for one in subjects]
    return [one for one in found if one is not None]


@st.composite
def quotas(draw: st.DrawFn) -> dict[str, object]:
    """Shares that are all exact and make a whole, or bounds that leave something open."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=3, max_size=3)))
    shares = [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 100 - cuts[2]]
    if draw(st.booleans()):
        return {grade: f"{share}%" for grade, share in zip(GRADES, shares, strict=True)}
    found: dict[str, object] = {}
    if draw(st.booleans()):
        found["S"] = {"at_most": f"{shares[0]}%"}
    if draw(st.booleans()):
        found["A"] = {draw(st.sampled_from(["at_most", "at_least"])): f"{shares[1]}%"}
    found["D"] = {"at_least": f"{shares[3]}%"}
    return found


@given(quotas(), st.integers(1, 500))
def test_seats_add_up_to_the_group(drawn: dict[str, object], size: int) -> None:
    rules = policy({"quotas": drawn})
    assert rules.distribution is not None
    seats = seats_of(rules.distribution, GRADES, size)
    shares = {one.grade: Fraction(one.share.value) for one in rules.distribution.quotas}
    whole = sum(shares.values())
    if OPEN in seats or whole == 1:
        assert sum(seats.values()) == size
    for name, count in seats.items():
        # Hamilton's method keeps to the quota: each is its exact share rounded up or down.
        exact = size * (shares[name] if name != OPEN else 1 - whole)
        assert int(exact) <= count <= -int(-exact // 1)


@given(people, quotas(), st.sampled_from(["keep_together", "keep_together_lower"]))
def test_a_distribution_gives_no_more_than_it_has(
    drawn: list[tuple[Decimal, str, int]], shares: dict[str, object], ties: str
) -> None:
    rules = policy({"quotas": shares, "ties": ties})
    judging, subjects = judged(rules, drawn)
    found = appraisals(judging, subjects)
    assert rules.distribution is not None
    seats = seats_of(rules.distribution, GRADES, len(found))
    given_to = Counter(str(one.grade) for one in found)
    own = [str(one.steps["grade.by_total"].value) for one in found]
    distinct = len({score for score, _, _ in drawn}) == len(drawn)
    if rules.distribution.forced:
        if distinct:
            assert given_to == Counter({name: count for name, count in seats.items() if count})
        return
    for before, one in zip(own, found, strict=True):
        assert GRADES.index(str(one.grade)) >= GRADES.index(before)  # nobody is raised
    for quota in rules.distribution.quotas:
        if quota.bound == "at_most" and (distinct or ties == "keep_together_lower"):
            lifted = sum(1 for one in found if one.grade == quota.grade)
            pushed = any(q.bound == "at_least" for q in rules.distribution.quotas)
            assert lifted <= seats[quota.grade] or pushed
        if quota.grade == "D" and (distinct or ties == "keep_together_lower"):
            assert given_to["D"] >= seats["D"]


@given(people, st.integers(0, 10_000_000))
def test_a_pool_is_paid_out_to_the_cent(drawn: list[tuple[Decimal, str, int]], cents: int) -> None:
    assume(any(coefficient for _, _, coefficient in drawn))
    amount = str(Decimal(cents) / 100)
    rules = policy(pools={"fund": {"amount": amount, "share_by": "person.coefficient"}})
    judging, subjects = judged(rules, drawn)
    found = appraisals(judging, subjects)
    assert sum(one.pay["fund"] for one in found) == Decimal(amount)
    shares = sum(coefficient for _, _, coefficient in drawn)
    for one, (_, _, coefficient) in zip(found, drawn, strict=True):
        exact = Fraction(cents, 100) * coefficient / shares
        assert abs(Fraction(one.pay["fund"]) - exact) < Fraction(1, 100)


BLOCKS = {
    "distribution": {"within": "team", "min_group": 2, "quotas": {"S": {"at_most": "20%"}}},
    "awards": {"star": {"within": "team", "order": ["total desc"], "top": "30%"}},
    "pools": {"fund": {"within": "team", "amount": "100", "share_by": "total + 1"}},
}


@given(people)
def test_the_checker_accepts_every_trace_and_every_group(
    drawn: list[tuple[Decimal, str, int]],
) -> None:
    rules = policy(BLOCKS["distribution"], awards=BLOCKS["awards"], pools=BLOCKS["pools"])
    judging, subjects = judged(rules, drawn)
    records = {group.name: group_record(group, None) for group in judging.groups}
    resolved = trace_resolved(rules)
    for record in records.values():
        assert not check_group(record, {rules.label: resolved})
    for one in appraisals(judging, subjects):
        assert one.complete
        assert not check(trace_record(one), resolved, dict(rules.places), records)


def trace_resolved(rules: Policy) -> dict[str, object]:
    import json

    from perfrules.language.to_resolved import resolved_json

    found: dict[str, object] = json.loads(resolved_json(rules.resolved))
    return found


@given(people, st.integers(0, 11), points)
def test_another_persons_figures_matter_only_through_a_rule_that_names_the_group(
    drawn: list[tuple[Decimal, str, int]], row: int, other: Decimal
) -> None:
    assume(row < len(drawn))
    team = drawn[row][1]
    changed = [(other, *one[1:]) if place == row else one for place, one in enumerate(drawn)]
    within = policy(
        {"within": "team", "quotas": {"S": {"at_most": "20%"}}},
        awards=BLOCKS["awards"],
        pools=BLOCKS["pools"],
    )
    for rules, apart in ((policy(), True), (within, False)):
        before = appraisals(*judged(rules, drawn))
        after = appraisals(*judged(rules, changed))
        for place, (one, two) in enumerate(zip(before, after, strict=True)):
            if place != row and (apart or drawn[place][1] != team):
                assert (one.total, one.grade, one.awards, one.pay) == (
                    two.total, two.grade, two.awards, two.pay
                )  # fmt: skip
