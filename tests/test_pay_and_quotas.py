"""Pay that follows the total while quotas move the grade is advised against, nothing else is."""

from pathlib import Path

import pytest

from perfrules.workbench.check import check_paths

HEAD = """\
policy: p
indicators: {a: {weight: 100%, score: {direct: {min: 0, max: 100}}}}
grades: [{grade: A, at_least: 80}, {otherwise: B}]
"""
QUOTAS = "distribution: {quotas: {A: {at_most: 30%}}, order: [total desc]}\n"


def advised(folder: Path, text: str) -> list[tuple[str, str]]:
    """What is advised of pay, and what of."""
    path = folder / "p.yaml"
    path.write_text(text, "utf-8")
    found = check_paths([path]).findings
    assert not found.errors
    return [
        (str(one.facts["name"]), str(one.place).rpartition("p.yaml:")[2])
        for one in found
        if one.code == "pay-ignores-quota"
    ]


@pytest.mark.parametrize(
    ("pay", "name", "place"),
    [
        ('incentives: {bonus: {base: "100", times: [total / 100]}}', "bonus", "5:43"),
        ("incentives: {bonus: {base: total * 10}}", "bonus", "5:28"),
        ('incentives: {bonus: {base: "100", only_if: total >= 80}}', "bonus", "5:44"),
        (
            'incentives: {bonus: {base: "1", tiers: {by: total, whole: '
            "[{at_least: 80, pay: 100%}, {otherwise: 0%}]}}}",
            "bonus",
            "5:45",
        ),
        ("pools: {fund: {amount: cycle.fund, share_by: total}}", "fund", "5:46"),
        ('pools: {fund: {amount: cycle.fund, share_by: "1", only_if: total > 60}}', "fund", "5:60"),
    ],
)
def test_pay_by_the_total_is_told_where_it_reads_it(
    tmp_path: Path, pay: str, name: str, place: str
) -> None:
    assert advised(tmp_path, HEAD + QUOTAS + pay) == [(name, place)]
    assert advised(tmp_path, HEAD + pay) == []  # the total alone decides


@pytest.mark.parametrize(
    "pay",
    [
        'incentives: {bonus: {base: "100", by_grade: {A: 120%, B: 0%}, times: [total / 100]}}',
        """incentives: {bonus: {base: total, only_if: 'grade == "A"'}}""",
        "incentives: {bonus: {base: a.score * 10}}",
        """pools: {fund: {amount: cycle.fund, share_by: 'total if grade == "A" else 0'}}""",
        "awards: {champion: {order: [total desc], places: [1000, 500]}}",
        "follow_ups: {talk: {when: total < 60}}",
    ],
)
def test_pay_that_knows_the_grade_or_does_not_follow_the_total_is_not(
    tmp_path: Path, pay: str
) -> None:
    assert advised(tmp_path, HEAD + QUOTAS + pay) == []
