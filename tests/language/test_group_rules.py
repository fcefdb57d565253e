"""The blocks on groups, members and what follows: from text to model, and back as resolved text."""

import json
from decimal import Decimal

import pytest

from perfrules.diagnostics import Diagnostic, Findings, Span
from perfrules.formula import Formula, parse, streak_of
from perfrules.language.formulas_of_policy import formulas_of
from perfrules.language.read import policy_in
from perfrules.language.text.document import parse_document
from perfrules.language.to_resolved import resolved_json, resolved_yaml
from perfrules.model.bands import Bands
from perfrules.model.policy import Policy

DIRECT = "score: {direct: {min: 0, max: 100}}"
GRADES = "grades: [{grade: S, at_least: 90}, {grade: A, at_least: 80}, {otherwise: B}]\n"
PLAIN = f"policy: p\nindicators: {{a: {{weight: 100%, target: none, {DIRECT}}}}}\n{GRADES}"
TARGETED = PLAIN.replace("target: none", "target: 80")
BANDS = "bands: [{at_least: 50%, score: 100}, {otherwise: 0}]"


def read(text: str) -> tuple[Policy, list[Diagnostic]]:
    document, found = parse_document(text.encode(), "p.yaml")
    findings = Findings(found)
    assert document is not None
    policy = policy_in(document.root, lambda name: name, findings)
    assert policy is not None, [one.message() for one in findings]
    return policy.policy, list(findings.errors)


def sound(text: str) -> Policy:
    policy, errors = read(text)
    assert not errors, [one.message() for one in errors]
    return policy


def resolved(policy: Policy) -> dict[str, object]:
    found: dict[str, object] = json.loads(resolved_json(policy.resolved))
    return found


def test_quotas_stand_in_the_order_of_the_grades() -> None:
    policy = sound(
        PLAIN + "distribution: {quotas: {B: {at_least: 10%}, A: 30%, S: {at_most: 20 %}}, "
        "order: [total desc, a.actual asc], within: 部门, min_group: 5}\n"
    )
    rule = policy.distribution
    assert rule is not None
    assert [(one.grade, one.bound, one.share.value) for one in rule.quotas] == [
        ("S", "at_most", Decimal("0.2")),
        ("A", "exactly", Decimal("0.3")),
        ("B", "at_least", Decimal("0.1")),
    ]
    assert [(one.by.text, one.descending) for one in rule.order] == [
        ("total", True),
        ("a.actual", False),
    ]
    assert rule.min_group is not None
    assert (rule.within, rule.ties) == ("部门", "keep_together")
    assert rule.min_group.value == 5
    assert rule.quotas[0].share.place == "p.yaml:4:57"
    assert resolved(policy)["distribution"] == {
        "within": "部门",
        "min_group": "5",
        "quotas": {"S": {"at_most": "0.2"}, "A": "0.3", "B": {"at_least": "0.1"}},
        "order": ["total desc", "a.actual asc"],
        "ties": "keep_together",
    }
    assert "quotas: {S: {at_most: 20%}, A: 30%, B: {at_least: 10%}}" in resolved_yaml(
        policy.resolved
    )


def test_an_award_says_how_it_ranks_where_it_ranks() -> None:
    policy = sound(
        PLAIN + "awards: {star: {order: [total desc], top: 20%}, solid: {only_if: total >= 60}}\n"
    )
    title = {"zh": "star", "en": "star"}
    assert resolved(policy)["awards"] == {
        "star": {
            "title": title,
            "order": ["total desc"],
            "top": "0.2",
            "count": "floor",
            "at_least_one": "false",
            "ties": "keep_together",
        },
        "solid": {"title": {"zh": "solid", "en": "solid"}, "only_if": "total >= 60"},
    }
    assert "at_least_one: false" in resolved_yaml(policy.resolved)


def test_the_defaults_of_changed_targets_are_written() -> None:
    rule = {"needs": ["reason", "approved_by"], "weighting": "none"}
    policy = sound(PLAIN + "target_changes: {per_quarter: 1}\n")
    assert resolved(policy)["target_changes"] == {"per_quarter": "1", **rule}
    policy = sound(PLAIN + "target_changes: {weighting: none}\n")
    assert resolved(policy)["target_changes"] == rule
    assert "target_changes" not in resolved(sound(PLAIN))


@pytest.mark.parametrize(
    ("keys", "compared"),
    [
        ("", "actual"),
        ("target: none, ", "actual"),
        ("target: required, ", "attainment"),
        ("target: 80, ", "attainment"),
        ("attainment: actual / 2, ", "attainment"),
    ],
)
def test_a_percentile_compares_attainments_where_there_are_any(keys: str, compared: str) -> None:
    score = f"score: {{on: percentile, within: team, {BANDS}}}"
    policy = sound(f"policy: p\nindicators: {{a: {{weight: 100%, {keys}{score}}}}}\n")
    indicator = policy.indicators[0]
    assert isinstance(indicator.score, Bands)
    assert (indicator.score.of, indicator.score.within) == (compared, "team")
    assert indicator.attains is (compared == "attainment")


def test_a_percentile_of_attainments_asks_for_a_target() -> None:
    score = f"score: {{on: percentile, of: attainment, {BANDS}}}"
    policy = sound(f"policy: p\nindicators: {{a: {{weight: 100%, {score}}}}}\n")
    assert policy.indicators[0].target == "required"


def unit(roll_up: str, keys: str = "") -> str:
    return (
        "policy: p\nsubject: team\nindicators:\n"
        f"  a: {{weight: 100%, {keys}roll_up: {roll_up}, {DIRECT}}}\n"
    )


def test_the_short_form_of_a_roll_up_is_for_the_actual() -> None:
    policy = sound(unit("{of: sales.actual, by: sum}"))
    indicator = policy.indicators[0]
    rule = indicator.actual_from_members
    assert rule is not None
    assert (rule.of, rule.by, rule.weight) == ("sales.actual", "sum", None)
    assert (rule.path, rule.place) == ("indicators.a.roll_up.actual", "p.yaml:4:21")
    assert indicator.target_from_members is None
    assert indicator.target == "none"
    assert "roll_up: {actual: {of: " in resolved_yaml(policy.resolved)


def test_a_rolled_up_target_is_required() -> None:
    policy = sound(unit("{target: {of: total, by: weighted_mean, weight: person.人数}}"))
    indicator = policy.indicators[0]
    assert indicator.actual_from_members is None
    assert indicator.target_from_members is not None
    assert indicator.target_from_members.path == "indicators.a.roll_up.target"
    assert indicator.target == "required"


def test_an_earlier_cycle_and_moves_have_their_words() -> None:
    policy = sound(
        f"policy: p\nindicators: {{a: {{weight: 100%, from_history: 2024Q1, {DIRECT}}}}}\n"
        'incentives: {i: {base: "1", moves: sum}, j: {base: "1"}}\n'
    )
    past = policy.indicators[0].from_history
    assert past is not None
    assert (past.value, past.path) == ("2024Q1", "indicators.a.from_history")
    assert [plan.moves for plan in policy.incentives] == ["sum", "by_days"]


@pytest.mark.parametrize(
    "block",
    [
        "distribution: {quotas: {S: {at_most: 20%}}, order: [a.attainment desc]}",
        "awards: {x: {top: 20%, order: [a.attainment desc]}}",
        "awards: {x: {only_if: a.attainment > 1}}",
        "pools: {x: {amount: cycle.x, share_by: a.attainment}}",
        "pools: {x: {amount: cycle.x, share_by: total, only_if: a.attainment > 1}}",
        "follow_ups: {x: {when: a.attainment < 1}}",
    ],
)
def test_whatever_reads_an_attainment_makes_it_be_worked_out(block: str) -> None:
    policy = sound(f"{TARGETED}{block}\n")
    assert policy.indicators[0].attains
    assert "a.attainment" in {name for one in formulas_of(policy) for name in one.names}


PLACES = {
    "order": ("awards: {x: {top: 20%, order: [total desc, <totl> desc]}}", "unknown-name"),
    "quoted order": ('awards: {x: {top: 20%, order: ["<totl> desc"]}}', "unknown-name"),
    "streak": ('follow_ups: {x: {when: streak("<D>") > 1}}', "unknown-grade"),
    "quoted streak": ("follow_ups: {x: {when: 'streak(\"<D>\") > 1'}}", "unknown-grade"),
    "quota": ("distribution: {quotas: {<D>: {at_most: 9%}}, order: [total desc]}", "unknown-grade"),
    "ranking": ("awards: {x: {<count>: floor, only_if: total > 1}}", "award-without-rule"),
}
"""A block with the mistake in angle brackets, and the code of it."""


@pytest.mark.parametrize("case", PLACES)
def test_a_mistake_is_shown_where_it_stands(case: str) -> None:
    block, code = PLACES[case]
    start = block.index("<") + 1
    end = block.index(">", start)
    _, errors = read(f"{PLAIN}{block[: start - 1]}{block[start:end]}{block[end + 1 :]}\n")
    (one,) = errors
    assert one.code == code
    assert isinstance(one.place, Span)
    assert (one.place.line, one.place.column, one.place.end_column) == (4, start, end)


@pytest.mark.parametrize(
    ("expression", "meant"),
    [
        ("tema.total > 1", "team.total"),
        ("previus.total > 1", "previous.total"),
        ("departmnt.fund > 1", "department.fund"),
        ("projct.x > 1", "project.x"),
    ],
)
def test_a_unit_that_is_misspelt_is_recognised(expression: str, meant: str) -> None:
    _, errors = read(f"{PLAIN}follow_ups: {{x: {{when: {expression}}}}}\n")
    (one,) = errors
    assert one.code == "unknown-name"
    assert one.message().endswith(f"did you mean `{meant}`?")


@pytest.mark.parametrize(
    "expression",
    [
        "team.total > 80 and department.grade == 'A' and project.anything > 1",
        "previous.total > 80 and previous.grade in ('A', 'B')",
        "cycle.announced == '2024-10-10'",
        'streak("B") >= 2 and grade == "B"',
        "team.whatever == 'x'",
    ],
)
def test_a_follow_up_reads_units_and_earlier_cycles(expression: str) -> None:
    quoted = expression.replace("'", "''")
    policy = sound(f"{PLAIN}follow_ups: {{x: {{when: '{quoted}'}}}}\n")
    assert policy.follow_ups[0].when.text == expression


def test_an_indicator_reads_its_own_last_cycle() -> None:
    text = PLAIN.replace(DIRECT, 'score: {formula: "100 * actual / previous.actual"}')
    assert sound(text).indicators[0].reads_actual


def test_a_streak_is_one_name() -> None:
    formula = parse("streak('D') + streak(\"优秀\") >= 2")
    assert isinstance(formula, Formula)
    assert formula.names == ('streak("D")', 'streak("优秀")')
    assert [streak_of(name) for name in formula.names] == ["D", "优秀"]
    assert streak_of("streaks") is None
    alone = parse('streak("D")')
    assert isinstance(alone, Formula)
    assert alone.is_name


def test_a_circle_over_two_policies_is_not_seen_here_but_one_in_a_policy_is() -> None:
    _, errors = read(
        unit("{of: total, by: mean}") + "vetoes: {v: {when: team.x > 1, then: {pay: 0%}}}\n"
    )
    assert [one.code for one in errors] == ["unit-reads-itself"]
    sound(
        unit("{of: total, by: mean}") + "vetoes: {v: {when: department.x > 1, then: {pay: 0%}}}\n"
    )
