"""The people table: ids, roles, dates, and rows of people whom nobody knows."""

from decimal import Decimal
from pathlib import Path

import pytest
from cycle_folder import ACTUALS, HEADER, PEOPLE, intake_of, read, shown, subject, value, write

from perfrules.model.scorecard import Datum

PEOPLE_ROWS: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "other values": (
        "E1,甲,sales\nE2,乙,sales\nE1,丙,sales\n",
        [("E1", "duplicate-person", "people.csv:4 (A4)")],
    ),
    "the same values": (
        "E1,甲,sales\nE2,乙,sales\nE1,甲,sales\n", [("E1", "repeated-person", "people.csv:4 (A4)")],
    ),
    "full-width": ("Ｅ１,甲,sales\nE2,乙,sales\n", [("E1", "tidied-id", "people.csv:2 (A2)")]),
    "invisible": ("E1\u200b,甲,sales\nE2,乙,sales\n", [("E1", "tidied-id", "people.csv:2 (A2)")]),
    "spaces": ("E1 ,甲,sales\nE2,乙,sales\n", [("E1", "tidied-id", "people.csv:2 (A2)")]),
    "ambiguous": (
        "E1,甲,sales\nE2,乙,sales\nＥ１,丙,sales\n",
        [("E1", "duplicate-person", "people.csv:4 (A4)"), ("E1", "tidied-id", "people.csv:4 (A4)")],
    ),
    "no role": ("E1,甲,\nE2,乙,sales\n", [("E1", "missing-role", "people.csv:2 (C2)")]),
    "unknown role": ("E1,甲,saels\nE2,乙,sales\n", [("E1", "unknown-policy", "people.csv:2 (C2)")]),
    "same name": ("E1,甲,sales\nE2,甲,sales\n", [("", "same-name", "people.csv")]),
    "no id": (
        "E1,甲,sales\nE2,乙,sales\n,丙,sales\n", [("", "missing-person-id", "people.csv:4 (A4)")],
    ),
    "id is an error": (
        "E1,甲,sales\nE2,乙,sales\n#N/A,丙,sales\n",
        [("", "spreadsheet-error", "people.csv:4 (A4)")],
    ),
    "totals": ("E1,甲,sales\nE2,乙,sales\n合计,2,\n", [("", "totals-row", "people.csv:4")]),
    "short": ("E1,甲\nE2,乙,sales\n", [
        ("E1", "short-row", "people.csv:2"), ("E1", "missing-role", "people.csv:2 (C2)"),
    ]),
    "not in the other tables": (
        "E1,甲,sales\nE2,乙,sales\nE3,丙,sales\n", [("E3", "no-figures", "people.csv:4")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), PEOPLE_ROWS.values(), ids=PEOPLE_ROWS.keys())
def test_people(tmp_path: Path, rows: str, expected: list[tuple[str, str, str]]) -> None:
    intake = read(tmp_path, people="person_id,name,role\n" + rows)
    assert shown(intake) == expected
    assert value(subject(intake, "E2").scorecard.measures["amount"].actual) == 80


def test_both_rows_of_a_person_are_named(tmp_path: Path) -> None:
    intake = read(tmp_path, people="person_id,name,role\nE1,甲,sales\nE1,乙,sales\nE2,丙,sales\n")
    (problem,) = subject(intake).problems
    assert (problem.severity, str(problem.place)) == ("error", "people.csv:3 (A3)")
    assert [str(one.place) for one in problem.related] == ["people.csv:2 (A2)"]


DATES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "before and after": ("2020-01-01,2030-12-31", []),
    "on the first and the last day": ("2024-09-30,", []),
    "left on the first day": (",2024-07-01", []),
    "no date of leaving": ("2024年7月1日,-", []),
    "left before": ("2020-01-01,2024-06-30", [("not-in-cycle", "E2")]),
    "joins later": ("2024-10-01,", [("not-in-cycle", "D2")]),
    "left before joining": ("2024-08-01,2024-07-01", [("left-before-joined", "E2")]),
    "30 February": ("2024-02-30,", [("no-such-day", "D2")]),
    "month first": ("07/01/2024,", [("ambiguous-date", "D2")]),
    "eight digits": ("20240701,", [("bad-date", "D2")]),
    "a day number": ("45474,", [("bad-date", "D2")]),
    "words": ("去年,", [("bad-date", "D2")]),
}


@pytest.mark.parametrize(("dates", "expected"), DATES.values(), ids=DATES.keys())
def test_dates(tmp_path: Path, dates: str, expected: list[tuple[str, str]]) -> None:
    people = f"person_id,name,role,joined,left\nE1,甲,sales,{dates}\nE2,乙,sales,,\n"
    intake = read(tmp_path, people=people)
    assert shown(intake) == [("E1", code, f"people.csv:2 ({cell})") for code, cell in expected]


def test_dates_that_could_be_meant(tmp_path: Path) -> None:
    people = "person_id,role,joined\nE1,sales,45474\nE2,sales,20240701\n"
    problems = [one.problems[0] for one in read(tmp_path, people=people).subjects]
    assert [one.facts["suggestion"] for one in problems] == ["2024-07-01", "2024-07-01"]


@pytest.mark.parametrize(
    ("text", "share", "code"),
    [
        ("50%", Decimal("0.5"), ""), ("0.5", Decimal("0.5"), ""), ("1", Decimal(1), ""),
        ("", None, ""), ("-", None, ""), ("50", None, "ambiguous-percent"),
        ("150%", None, "out-of-range"), ("-10%", None, "out-of-range"),
        ("半", None, "not-a-number"),
    ],
)  # fmt: skip
def test_proration(tmp_path: Path, text: str, share: Decimal | None, code: str) -> None:
    intake = read(tmp_path, people=f"person_id,role,proration\nE1,sales,{text}\nE2,sales,\n")
    known = subject(intake).scorecard.proration
    assert (known.value if isinstance(known, Datum) else None) == share
    assert [found for _, found, _ in shown(intake)] == ([code] if code else [])


def test_facts_that_are_errors_are_warnings(tmp_path: Path) -> None:
    intake = read(tmp_path, people="person_id,role,bonus_base\nE1,sales,#REF!\nE2,sales,110%\n")
    assert shown(intake) == [("E1", "spreadsheet-error", "people.csv:2 (C2)")]
    assert subject(intake).problems[0].severity == "warning"
    assert "bonus_base" not in subject(intake).scorecard.person
    assert value(subject(intake, "E2").scorecard.person["bonus_base"]) == Decimal("1.1")


def test_a_policy_for_another_kind_of_cycle(tmp_path: Path) -> None:
    write(tmp_path, people=PEOPLE, actuals=ACTUALS)
    policy = tmp_path / "policies" / "sales.yaml"
    policy.write_text(policy.read_text("utf-8") + "cycle: month\n", "utf-8")
    codes = {code for _, code, _ in shown(intake_of(tmp_path))}
    assert codes == {"other-cycle-kind"}


# Who is not in the roster


def test_people_that_nobody_knows(tmp_path: Path) -> None:
    people = "person_id,role\n00123,sales\nE-001,sales\nE002,sales\n"
    rows = "123,amount,1,1\n123,rate,1%,\ne001,amount,1,1\nX9,amount,1,1\nE00２,amount,1,1\n"
    intake = read(tmp_path, people=people, actuals=HEADER + rows)
    strangers = {
        str(one.facts["person"]): (str(one.place), one.facts["rows"], one.facts["suggestion"])
        for one in intake.unattached
    }
    assert {one.code for one in intake.unattached} == {"unknown-person"}
    assert strangers == {
        "123": ("actuals.csv:2 (A2)", 2, "00123"), "e001": ("actuals.csv:4 (A4)", 1, "E-001"),
        "X9": ("actuals.csv:5 (A5)", 1, None),
    }  # fmt: skip
    known = subject(intake, "E002")
    assert [one.code for one in known.problems] == ["tidied-id"]
    assert value(known.scorecard.measures["amount"].actual) == 1


def test_an_id_in_another_spelling_is_said_once(tmp_path: Path) -> None:
    rows = "E1 ,amount,1,1\nE1 ,rate,1%,\nE1 ,launch,是,\n"
    intake = read(tmp_path, actuals=HEADER + rows + "E2,amount,1,1\n")
    assert shown(intake) == [("E1", "tidied-id", "actuals.csv:2 (A2)")]
    assert len(subject(intake).scorecard.measures) == 3


def test_many_strangers_take_no_time(tmp_path: Path) -> None:
    people = "person_id,role\n" + "".join(f"E{n:05d},sales\n" for n in range(20_000))
    rows = "".join(f"X{n:05d},amuont,1,1\n" for n in range(20_000))
    intake = read(tmp_path, people=people, actuals=HEADER + rows)
    assert len([one for one in intake.unattached if one.code == "unknown-person"]) == 20_000


def test_unknown_indicators_of_many_take_no_time(tmp_path: Path) -> None:
    people = "person_id,role\n" + "".join(f"E{n:05d},sales\n" for n in range(5_000))
    rows = "".join(f"E{n:05d},amuont,1,1\n" for n in range(5_000))
    intake = read(tmp_path, people=people, actuals=HEADER + rows)
    assert all(one.problems[0].facts["suggestion"] == "amount" for one in intake.subjects)
