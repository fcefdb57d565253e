"""The list for the calibration meeting: worked-examples G11, and what is beside it."""

import csv
import io
import json
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from perfrules.codes.code import Text
from perfrules.cycle.outliers import outliers
from perfrules.exact import plain
from perfrules.model.review import (
    Before,
    Disagreement,
    Distance,
    Extreme,
    Jump,
    Limits,
    Reason,
    Review,
    Reviewed,
)
from perfrules.screens.outliers_text import (
    COLUMNS,
    outliers_json,
    outliers_rows,
    outliers_text,
)

LIMITS = Limits(Decimal("1.5"), Decimal(95), Decimal(60), Decimal(15), Decimal(20))
WIDE_OPEN = Limits(Decimal("1.5"), Decimal(1000), Decimal(0), Decimal(1000), Decimal(1000))


def team(name: str, *totals: str) -> list[Reviewed]:
    return [
        Reviewed(f"{name}{number}", f"示例员工{number:02}", name, Decimal(total))
        for number, total in enumerate(totals, 1)
    ]


def listed(people: Iterable[Reviewed], limits: Limits = LIMITS) -> dict[str, list[str]]:
    """Who is listed, with the kinds of the reasons."""
    found = outliers(people, limits)
    return {
        one.person.person: [type(reason).__name__ for reason in one.reasons]
        for one in found.entries
    }


def only(people: Iterable[Reviewed], limits: Limits = LIMITS) -> Reason:
    (entry,) = outliers(people, limits).entries
    (reason,) = entry.reasons
    return reason


# G11: |score - mean of the team| > 1.5 sd, or above 95, or below 60


def test_a_total_far_from_the_mean_of_its_team_is_listed() -> None:
    reason = only(team("A", "80", "80", "80", "80", "80", "95", "80"))
    assert isinstance(reason, Distance)
    # mean 80, sd sqrt(40): 70 and 90 are 10 away, more than 9.49
    assert listed(team("A", "80", "70", "90", "80", "80"), WIDE_OPEN) == {
        "A2": ["Distance"], "A3": ["Distance"],
    }  # fmt: skip


def test_exactly_so_many_deviations_are_not_more() -> None:
    # 1, 1, 1, 1, 6: mean 2, sd 2, and 6 is exactly two deviations away.
    people = team("A", "1", "1", "1", "1", "6")
    two = WIDE_OPEN._replace(deviations=Decimal(2))
    assert listed(people, two) == {}
    assert listed(people, two._replace(deviations=Decimal("1.9999999999"))) == {"A5": ["Distance"]}


def test_a_root_that_does_not_end_decides_exactly() -> None:
    # 0, 0, 1: mean 1/3, variance 2/9. One is sqrt(2) = 1.41421356237309504880… deviations away.
    people = team("A", "0", "0", "1")
    just_below, just_above = Decimal("1.4142135623730950488"), Decimal("1.4142135623730950489")
    assert listed(people, WIDE_OPEN._replace(deviations=just_below)) == {"A3": ["Distance"]}
    assert listed(people, WIDE_OPEN._replace(deviations=just_above)) == {}


def test_the_limits_of_a_total_are_still_ordinary() -> None:
    people = team("A", "95", "60", "95.01", "59.99")
    found = outliers(people, LIMITS._replace(deviations=Decimal(10)))
    assert [(one.person.person, one.reasons) for one in found.entries] == [
        ("A3", (Extreme(Decimal("95.01"), Decimal(95), above=True),)),
        ("A4", (Extreme(Decimal("59.99"), Decimal(60), above=False),)),
    ]


def test_one_person_may_have_several_reasons() -> None:
    people = team("A", "80", "80", "80", "80", "40")
    assert listed(people) == {"A5": ["Distance", "Extreme"]}


def test_groups_are_compared_within_themselves() -> None:
    people = [*team("A", "90", "91", "92"), *team("B", "61", "62", "63")]
    assert listed(people) == {}
    assert [group.mean for group in outliers(people, LIMITS).groups] == [91, 62]


def test_small_groups_and_people_without_one_have_no_distance() -> None:
    people = [*team("A", "90", "10"), *team("", "70", "70", "70", "70", "94")]
    found = outliers(people, WIDE_OPEN)
    assert found.entries == ()
    assert [(group.name, group.size) for group in found.small] == [("", 5), ("A", 2)]
    assert listed(people) == {"A2": ["Extreme"]}


def test_a_group_of_equals_has_no_outlier() -> None:
    found = outliers(team("A", "80", "80", "80"), WIDE_OPEN._replace(deviations=Decimal(0)))
    assert found.entries == ()
    assert found.groups[0].deviation == 0


def test_what_is_printed_is_rounded_half_up() -> None:
    (group,) = outliers(team("A", "76.66", "76.67", "76.665"), LIMITS).groups
    assert (group.mean, group.deviation) == (Decimal("76.67"), Decimal(0))
    # mean and sd are exactly 0.005
    (group,) = outliers(team("A", "0", "0", "0.01", "0.01"), WIDE_OPEN).groups
    assert (group.mean, group.deviation) == (Decimal("0.01"), Decimal("0.01"))
    (group,) = outliers(team("A", "0", "0", "0.0099", "0.0099"), WIDE_OPEN).groups
    assert (group.mean, group.deviation) == (0, 0)


numbers = st.decimals("0", "120", places=2)


@given(st.lists(numbers, min_size=3, max_size=12), st.decimals("0", "3", places=2))
def test_squares_of_fractions_decide(totals: list[Decimal], deviations: Decimal) -> None:
    people = team("A", *map(str, totals))
    found = listed(people, WIDE_OPEN._replace(deviations=deviations))
    mean = Fraction(sum(map(Fraction, totals), Fraction(0)), len(totals))
    variance = sum(((Fraction(one) - mean) ** 2 for one in totals), Fraction(0)) / len(totals)
    far = {
        one.person
        for one in people
        if (Fraction(one.total) - mean) ** 2 > Fraction(deviations) ** 2 * variance
    }
    assert set(found) == far
    (group,) = outliers(people, WIDE_OPEN).groups
    assert group.deviation is not None
    low = Fraction(group.deviation) - Fraction(1, 200)
    assert max(low, Fraction(0)) ** 2 <= variance < (low + Fraction(1, 100)) ** 2


# Jumps


def test_a_jump_against_the_cycle_before_is_listed() -> None:
    def moved(before: str) -> Reviewed:
        return Reviewed("E1", "", "A", Decimal(80), Before(Decimal(before), "2024Q2", ""))

    assert listed([moved("65")]) == listed([moved("95")]) == {}
    up, down = only([moved("64.99")]), only([moved("95.01")])
    assert isinstance(up, Jump)
    assert isinstance(down, Jump)
    assert (up.change, down.change) == (Decimal("15.01"), Decimal("-15.01"))
    assert outliers([moved("65"), *team("B", "80")], LIMITS).with_before == 1


# Raters


def rated(**groups: list[int]) -> list[Reviewed]:
    ratings = {name: tuple(map(Decimal, values)) for name, values in groups.items()}
    return [Reviewed("E1", "", "A", Decimal(80), None, {"teamwork": ratings})]


def test_raters_of_one_group_who_disagree_are_listed() -> None:
    assert listed(rated(peer=[70, 90])) == {}
    reason = only(rated(peer=[70, 91, 80]))
    assert reason == Disagreement("teamwork", "peer", "peer", Decimal(70), Decimal(91), Decimal(20))


def test_groups_of_raters_whose_means_are_apart_are_listed() -> None:
    assert listed(rated(manager=[90], peer=[60, 80])) == {}  # 90 and 70: 20 is not more than 20
    reason = only(rated(manager=[91], peer=[60, 80], client=[85]))
    assert isinstance(reason, Disagreement)
    assert (reason.low_group, reason.high_group) == ("peer", "manager")
    assert (reason.lowest, reason.highest, reason.within) == (70, 91, False)
    # 90 against 69 1/3: decided exactly, printed rounded
    third = only(rated(self=[90], peer=[69, 69, 70]))
    assert isinstance(third, Disagreement)
    assert third.lowest == Decimal("69.33")


def test_one_rater_disagrees_with_nobody() -> None:
    assert listed(rated(manager=[10])) == {}


# The layout


def review() -> Review:
    people = [
        *team("直销组", "80", "80", "80", "80", "40"),
        *team("", "70"),
        Reviewed(
            "X1", "=2+3", "\x1b[31m组", Decimal(90), Before(Decimal("60.5"), "2024Q2", "a:1"),
            {"teamwork": {"peer": (Decimal(95), Decimal(60))}},
            {"teamwork": Text("团队协作", "Teamwork")},
        ),
    ]  # fmt: skip
    return outliers(people, LIMITS)


def test_the_text_says_every_figure_in_both_languages() -> None:
    chinese = outliers_text(review(), "2024Q3", "team", "zh")
    assert "已出结果 7 人，列出 2 人" in chinese
    assert "总分 40 与组内平均 72 相差超过 1.5 倍标准差（标准差 16）" in chinese
    assert "上一周期 2024Q2为 60.5，上升 29.5，超过 15" in chinese.replace(
        " 2024Q2 为", " 2024Q2为"
    )
    assert "团队协作：peer 组内的评分从 60 到 95，相差 35，超过 20" in chinese
    assert "没有团队 (1)" in chinese
    english = outliers_text(review(), "2024Q3", "team", "en")
    assert "more than 1.5 standard deviations of 16 from the mean of 72" in english
    assert "Teamwork: the ratings of the group peer run from 60 to 95" in english
    assert "no team (1)" in english
    assert "1 of 7 people" in english
    assert "\x1b" not in chinese + english


def test_an_empty_list_says_so() -> None:
    text = outliers_text(outliers(team("A", "80", "81", "82"), LIMITS), "2024Q3", "role", "en")
    assert "0 of 3 people" in text
    assert "no jumps were looked for" in text


def test_a_row_a_reason() -> None:
    written = io.StringIO()
    csv.writer(written).writerows(outliers_rows(review(), "team", "en"))
    rows = list(csv.DictReader(io.StringIO(written.getvalue())))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["person_id"], row["reason"]) for row in rows] == [
        ("X1", "jump"), ("X1", "raters"), ("直销组5", "distance"), ("直销组5", "low"),
    ]  # fmt: skip
    jump, raters, distance, _ = rows
    assert (jump["before"], jump["change"], jump["limit"]) == ("60.5", "29.5", "15")
    assert (raters["raters"], raters["lowest"], raters["highest"]) == ("peer", "60", "95")
    assert (distance["group_size"], distance["mean"], distance["mean"]) == ("5", "72", "72")


def test_json_has_the_figures_as_texts() -> None:
    node = json.loads(outliers_json(review(), "2024Q3", "team", "2024Q2"))
    assert (node["format"], node["previous"]) == ("perfrules-outliers/1", "2024Q2")
    assert node["limits"]["deviations"] == plain(LIMITS.deviations)
    first, second = node["entries"]
    assert [one["reason"] for one in first["reasons"]] == ["jump", "raters"]
    assert second["reasons"][0]["standard_deviation"] == "16"
    assert {group["name"]: group["mean"] for group in node["groups"]}["直销组"] == "72"
