"""What rows mean by the policy of their person, and whose mistake costs whom."""

import datetime
import time
from decimal import Decimal
from pathlib import Path

import pytest
from cycle_folder import (
    ACTUALS,
    EVENTS,
    HEADER,
    RATINGS,
    intake_of,
    read,
    read_sourced,
    shown,
    subject,
    value,
    write,
)

from perfrules.model.scorecard import Presence


def test_a_scorecard_with_all_that_the_tables_say(tmp_path: Path) -> None:
    intake = read(
        tmp_path,
        people="工号,姓名,岗位,团队,部门,入职日期,离职日期,奖金基数,职级,电话\n"
        'E1,示例员工01,销售代表,直销组,销售部,2024/7/15,,"10,000",P5,00123\n',
        actuals="工号,指标,实际值,目标值,基线值,数据来源,数据日期,佐证\n"
        'E1,销售额,"1,200",１０００,-,财务,2024/9/30,HK-001\nE1,rate,85%,,,,,\n'
        "E1,quality,优秀(A),,,,,\nE1,launch,是,,,,,\n",
        ratings="工号,指标,评分组,评分人,评分\nE1,teamwork,peer,E2,90\nE1,teamwork,peer,E3,80\n",
        events="工号,事件,次数,分值\nE1,主动创新,2,\nE1,idea,,8\nE1,idea,1,9\n",
    )
    assert shown(intake) == []
    (one,) = intake.subjects
    card = one.scorecard
    assert (one.name, one.role, one.team, one.department) == (
        "示例员工01", "销售代表", "直销组", "销售部",
    )  # fmt: skip
    assert one.policy is not None
    assert one.policy.id == "sales"
    assert str(one.place) == "people.csv:2"
    assert {name: value(measure.actual) for name, measure in card.measures.items()} == {
        "amount": Decimal(1200), "rate": Decimal("0.85"), "quality": "优秀（A）", "launch": True,
        "teamwork": None,
    }  # fmt: skip
    amount = card.measures["amount"]
    assert (value(amount.target), amount.baseline) == (Decimal(1000), None)
    assert amount.actual is not None
    assert tuple(amount.actual.origin)[:4] == ("actuals.csv:2", "财务", "2024-09-30", "HK-001")
    assert [value(one) for one in card.measures["teamwork"].ratings["peer"]] == [90, 80]
    assert value(card.events["initiative"].count) == 2
    assert [value(one) for one in card.events["idea"].points] == [8, 9]
    assert card.events["idea"].count is None
    assert {name: datum.value for name, datum in card.person.items()} == {
        "name": "示例员工01", "role": "销售代表", "team": "直销组", "department": "销售部",
        "bonus_base": Decimal(10000), "职级": "P5", "电话": "00123",
    }  # fmt: skip
    assert isinstance(card.proration, Presence)
    assert (card.proration.joined, card.proration.left) == (datetime.date(2024, 7, 15), None)
    assert card.cycle is not None
    assert card.cycle.days == 92


ROWS: dict[str, tuple[str, str, str]] = {
    "a unit": ("E1,amount,1.2万,100", "unit-suffix", "C4"),
    "brackets": ("E1,amount,(500),100", "bracketed-negative", "C4"),
    "another minus": ("E1,amount,−5,100", "odd-minus", "C4"),
    "not a number": ("E1,amount,NaN,100", "not-a-number", "C4"),
    "Arabic digits": ("E1,amount,٣,100", "foreign-digits", "C4"),
    "an exponent": ("E1,amount,1e5,100", "exponent-number", "C4"),
    "an Excel error": ("E1,amount,#DIV/0!,100", "spreadsheet-error", "C4"),
    "a bad target": ("E1,amount,1,1_000", "digit-grouping", "D4"),
    "a bare percentage": ("E1,rate,85,", "ambiguous-percent", "C4"),
    "a bare target of a percentage": ("E1,rate,85%,95", "ambiguous-percent", "D4"),
    "a percentage of money": ("E1,amount,85%,100", "unexpected-percent", "C4"),
    "no yes and no no": ("E1,launch,也许,", "not-a-yes-or-no", "C4"),
    "an error for a level": ("E1,quality,#N/A,", "spreadsheet-error", "C4"),
    "a figure for ratings": ("E1,teamwork,90,", "figure-for-ratings", "C4"),
    "an unknown indicator": ("E1,amuont,1,1", "unknown-indicator", "B4"),
    "no indicator": ("E1,,1,1", "missing-indicator", "B4"),
    "a figure twice": ("E1,launch,是,\nE1,launch,否,", "duplicate-figure", ""),
}


@pytest.mark.parametrize(("rows", "code", "cell"), ROWS.values(), ids=ROWS.keys())
def test_a_bad_row_costs_its_person_only(tmp_path: Path, rows: str, code: str, cell: str) -> None:
    figures = ACTUALS.replace("E1,amount", "E2,rate").replace("120,100", "99%,95%")
    intake = read(tmp_path, actuals=figures + rows + "\n")
    place = f"actuals.csv:4 ({cell})" if cell else "actuals.csv:5"
    assert shown(intake) == [("E1", code, place)]
    assert {one.severity for one in subject(intake).problems} == {"error"}
    assert value(subject(intake, "E2").scorecard.measures["amount"].actual) == 80


def test_what_was_probably_meant(tmp_path: Path) -> None:
    figures = "E1,amuont,1,1\nE1,销售颜,1,1\nE1,rate,85,\nE1,amount,3亿,1\n"
    problems = subject(
        read(tmp_path, actuals=HEADER + figures, events=EVENTS + "E1,frad,1,\n")
    ).problems
    assert [one.facts["suggestion"] for one in problems] == [
        "amount", None, "85%", "300000000", "fraud",
    ]  # fmt: skip
    assert "did you mean `amount`?" in problems[0].message("en")


@pytest.mark.parametrize("marker", ["", " ", "-", "—", "–", "/", "无", "N/A", "n/a", "NA", "－"])
@pytest.mark.parametrize("indicator", ["amount", "rate", "quality", "launch", "teamwork"])
def test_missing_stays_missing(tmp_path: Path, marker: str, indicator: str) -> None:
    intake = read(tmp_path, actuals=f"{HEADER}E1,{indicator},{marker},{marker}\nE2,amount,1,1\n")
    assert shown(intake) == []
    measure = subject(intake).scorecard.measures[indicator]
    assert (measure.actual, measure.target) == (None, None)


def test_own_markers_replace_the_usual_ones(tmp_path: Path) -> None:
    rows = HEADER + "E1,amount,未报,1\nE2,amount,-,1\n"
    intake = read(tmp_path, more="missing_markers: [未报]\n", actuals=rows)
    assert shown(intake) == [("E2", "not-a-number", "actuals.csv:3 (C3)")]
    assert subject(intake).scorecard.measures["amount"].actual is None


def test_zero_and_negative_figures_are_data(tmp_path: Path) -> None:
    intake = read(tmp_path, actuals=HEADER + "E1,amount,-5,0\nE2,amount,0,-1\n")
    assert shown(intake) == []
    measures = [one.scorecard.measures["amount"] for one in intake.subjects]
    assert [(value(one.actual), value(one.target)) for one in measures] == [(-5, 0), (0, -1)]


def test_a_percentage_of_100000(tmp_path: Path) -> None:
    intake = read(tmp_path, actuals=HEADER + "E1,rate,100000%,\nE2,rate,0.5,\n")
    assert shown(intake) == []
    assert value(subject(intake).scorecard.measures["rate"].actual) == 1000


def test_the_same_figure_twice_is_a_warning(tmp_path: Path) -> None:
    intake = read(tmp_path, actuals=ACTUALS + "E1,销售额,120.0,100\n")
    assert shown(intake) == [("E1", "repeated-figure", "actuals.csv:4")]
    (problem,) = subject(intake).problems
    assert (problem.severity, str(problem.related[0].place)) == ("warning", "actuals.csv:2")


def test_a_figure_from_another_source(tmp_path: Path) -> None:
    head = "person_id,indicator,actual,target,source\n"
    rows = "E1,amount,1,1,CRM\nE2,amount,1,1,Finance\n"
    intake = read_sourced(tmp_path, actuals=head + rows)
    assert shown(intake) == [("E1", "wrong-source", "actuals.csv:2 (E2)")]
    assert subject(intake).problems[0].severity == "warning"


def test_a_date_of_a_figure_that_is_none(tmp_path: Path) -> None:
    head = "person_id,indicator,actual,target,as_of\n"
    intake = read(tmp_path, actuals=head + "E1,amount,1,1,月底\nE2,amount,1,1,2024.9.30\n")
    assert shown(intake) == [("E1", "bad-date", "actuals.csv:2 (E2)")]
    assert subject(intake).problems[0].severity == "warning"
    actual = subject(intake, "E2").scorecard.measures["amount"].actual
    assert actual is not None
    assert actual.origin.as_of == "2024-09-30"


RATED: dict[str, tuple[str, list[tuple[str, str]], list[int]]] = {
    "two raters": ("E1,teamwork,peer,R1,90\nE1,teamwork,peer,R2,90\n", [], [90, 90]),
    "raters without a name": ("E1,teamwork,peer,,90\nE1,teamwork,peer,,90\n", [], [90, 90]),
    "again": (
        "E1,teamwork,peer,R1,90\nE1,teamwork,peer,R1,90\n",
        [("repeated-rating", "ratings.csv:3")], [90],
    ),
    "again, otherwise": (
        "E1,teamwork,peer,R1,90\nE1,teamwork,peer,R1,80\n",
        [("duplicate-rating", "ratings.csv:3")], [90],
    ),
    "not given": ("E1,teamwork,peer,R1,-\nE1,teamwork,peer,R2,80\n", [], [80]),
    "no number": ("E1,teamwork,peer,R1,优\n", [("not-a-number", "ratings.csv:2 (E2)")], []),
    "no group": ("E1,teamwork,,R1,80\n", [("missing-group", "ratings.csv:2 (C2)")], []),
    "not rated": ("E1,amount,peer,R1,80\n", [("not-rated", "ratings.csv:2 (B2)")], []),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected", "scores"), RATED.values(), ids=RATED.keys())
def test_ratings(
    tmp_path: Path, rows: str, expected: list[tuple[str, str]], scores: list[int]
) -> None:
    intake = read(tmp_path, ratings=RATINGS + rows)
    assert shown(intake) == [("E1", *one) for one in expected]
    measure = subject(intake).scorecard.measures.get("teamwork")
    given = measure.ratings.get("peer", ()) if measure else ()
    assert [value(one) for one in given] == scores


def test_who_rated_is_not_carried_along(tmp_path: Path) -> None:
    intake = read(tmp_path, ratings=RATINGS + "E1,teamwork,peer,R007,90\n")
    assert "R007" not in repr(subject(intake).scorecard)


HAPPENED: dict[str, tuple[str, list[tuple[str, str]], object]] = {
    "a count": ("E1,initiative,2,\n", [], 2),
    "a count in two rows": ("E1,initiative,2,\nE1,initiative,1,\n", [], 3),
    "a row twice": (
        "E1,initiative,1,\nE1,initiative,1,\n", [("repeated-event", "events.csv:3")], 2,
    ),
    "under their titles": ("E1,客户投诉,1,\nE1,Initiative,2,\n", [], 2),
    "a veto": ("E1,fraud,1,\n", [], None),
    "unknown": ("E1,initiatve,1,\n", [("unknown-event", "events.csv:2 (B2)")], None),
    "nothing": ("E1,initiative,,\n", [("empty-event", "events.csv:2 (C2)")], None),
    "words": ("E1,initiative,两次,\n", [("not-a-number", "events.csv:2 (C2)")], None),
    "points of several": ("E1,idea,2,8\n", [("points-for-several", "events.csv:2 (C2)")], None),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected", "count"), HAPPENED.values(), ids=HAPPENED.keys())
def test_events(tmp_path: Path, rows: str, expected: list[tuple[str, str]], count: object) -> None:
    intake = read(tmp_path, events=EVENTS + rows)
    assert shown(intake) == [("E1", *one) for one in expected]
    record = subject(intake).scorecard.events.get("initiative")
    assert (record and value(record.count)) == count


def test_a_count_names_all_of_its_rows(tmp_path: Path) -> None:
    intake = read(tmp_path, events=EVENTS + "E1,initiative,2,\nE1,initiative,1,\n")
    count = subject(intake).scorecard.events["initiative"].count
    assert count is not None
    assert count.origin.place == "events.csv:2, events.csv:3"


def test_subjects_are_sorted_and_files_are_named(tmp_path: Path) -> None:
    people = "person_id,role\n" + "".join(f"E{n},sales\n" for n in (3, 1, 2))
    intake = read(tmp_path, people=people)
    assert [one.scorecard.subject for one in intake.subjects] == ["E1", "E2", "E3"]
    assert [path.name for path in intake.files] == ["actuals.csv", "people.csv"]


def seconds_to_read(count: int, folder: Path) -> float:
    write(
        folder,
        people="person_id,role\n" + "".join(f"E{n},sales\n" for n in range(count)),
        actuals=HEADER + "".join(f"E{n},amount,{n},100\nE{n},rate,85%,\n" for n in range(count)),
    )
    start = time.process_time()
    assert len(intake_of(folder).subjects) == count
    return time.process_time() - start


def test_the_time_of_reading_grows_with_the_people_and_not_with_their_square(
    tmp_path: Path,
) -> None:
    few = min(seconds_to_read(2_500, tmp_path) for _ in range(2))
    assert seconds_to_read(10_000, tmp_path) < 10 * few  # four times as many
