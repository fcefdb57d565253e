"""Somebody who changed roles within the cycle: segments, and which row belongs to which."""

import datetime
from pathlib import Path

import pytest
from cycle_folder import (
    EVENTS,
    RATINGS,
    intake_of,
    read,
    shown,
    subject,
    value,
    write,
    write_policy,
)

from perfrules.intake.from_tables import Intake
from perfrules.model.scorecard import Presence

CHANNEL = """\
title: {zh: 渠道专员, en: Channel specialist}
indicators:
  amount: {weight: 50%, missing: exclude, score: {direct: {min: 0, max: 1000}}}
  stores: {title: {zh: 门店数, en: Stores}, weight: 50%, missing: exclude,
    score: {direct: {min: 0, max: 1000}}}
events: [late]
adjustments:
  initiative: {points: {each: 3}}
"""
PEOPLE = (
    "person_id,name,role,team,bonus_base,joined\n"
    "E1,示例员工01,channel,一组,6000,2024-07-08\nE2,乙,sales,,,\n"
)
SEGMENTS = "person_id,role,from,to,segment,team\n"
TWO = SEGMENTS + "E1,channel,2024-08-01,,,二组\nE1,sales,2024-07-08,2024-07-31,,\n"
HEADER = "person_id,indicator,segment,actual,target\n"
FIGURES = HEADER + "E1,rate,,99%,\nE1,stores,,7,\nE2,amount,,80,100\n"


def moved(folder: Path, segments: str = TWO, actuals: str = FIGURES, **tables: str) -> Intake:
    write_policy(folder, "channel", CHANNEL)
    return read(folder, people=tables.pop("people", PEOPLE), segments=segments,
                actuals=actuals, **tables)  # fmt: skip


def test_segments_are_subjects_and_the_person_has_no_measures(tmp_path: Path) -> None:
    intake = moved(tmp_path)
    assert shown(intake) == []
    assert [one.scorecard.subject for one in intake.subjects] == ["E1", "E1#1", "E1#2", "E2"]
    person, first, second = (subject(intake, name) for name in ("E1", "E1#1", "E1#2"))
    assert (person.kind, person.segments, person.of) == ("person", ("E1#1", "E1#2"), "")
    assert person.policy is not None
    assert (person.policy.id, dict(person.scorecard.measures)) == ("channel", {})
    assert person.scorecard.in_cycle_part is False
    for part, policy, role, team in (
        (first, "sales", "sales", "一组"), (second, "channel", "channel", "二组"),
    ):  # fmt: skip
        assert part.policy is not None
        assert (part.kind, part.of, part.policy.id) == ("segment", "E1", policy)
        assert (part.name, part.role, part.team) == ("示例员工01", role, team)
        assert part.scorecard.in_cycle_part is True
        assert value(part.scorecard.person["bonus_base"]) == 6000
        assert isinstance(part.scorecard.proration, Presence)
        assert part.scorecard.proration.joined == datetime.date(2024, 7, 8)
    assert first.days == (datetime.date(2024, 7, 8), datetime.date(2024, 7, 31))
    assert second.days == (datetime.date(2024, 8, 1), datetime.date(2024, 9, 30))
    assert list(first.scorecard.measures) == ["rate"]
    assert list(second.scorecard.measures) == ["stores"]
    assert str(first.place) == "segments.csv:3"


def test_days_are_cut_to_the_cycle_and_gaps_count_nowhere(tmp_path: Path) -> None:
    rows = SEGMENTS + "E1,sales,2023-05-01,2024-07-15,,\nE1,channel,2024-09-01,2025-03-31,,\n"
    intake = moved(tmp_path, rows, people=PEOPLE.replace("2024-07-08", ""))
    assert shown(intake) == []
    assert [subject(intake, name).days for name in ("E1#1", "E1#2")] == [
        (datetime.date(2024, 7, 1), datetime.date(2024, 7, 15)),
        (datetime.date(2024, 9, 1), datetime.date(2024, 9, 30)),
    ]


def test_the_policy_in_force_on_the_last_day_of_the_segment_judges(tmp_path: Path) -> None:
    write_policy(
        tmp_path,
        "channel",
        CHANNEL + 'version: "1"\neffective: {from: 2024-01-01, to: 2024-08-31}\n',
    )
    later = 'version: "2"\neffective: {from: 2024-09-01}\n'
    text = "policy: channel\n" + CHANNEL + later
    (tmp_path / "policies" / "later.yaml").write_text(text, "utf-8")
    rows = SEGMENTS + "E1,channel,2024-07-08,2024-08-31,,\nE1,channel,2024-09-01,,,\n"
    write(tmp_path, people=PEOPLE, segments=rows, actuals=HEADER + "E2,amount,,1,1\n")
    intake = intake_of(tmp_path)
    labels = [one.policy.label for one in intake.subjects if one.policy]
    assert labels == ["channel@2", "channel@1", "channel@2", "sales@1"]


SPLIT: dict[str, tuple[str, dict[str, list[str]]]] = {
    "by the only policy that has it": (
        "E1,门店数,,5,\nE1,回款率,,1,\n", {"1": ["rate"], "2": ["stores"]},
    ),
    "by number": ("E1,amount,1,5,9\nE1,amount,2,6,\n", {"1": ["amount"], "2": ["amount"]}),
    "by role": ("E1,amount,sales,5,9\nE1,amount,渠道专员,6,\n", {"1": ["amount"], "2": ["amount"]}),
    "by the id of the segment": ("E1#2,amount,,6,\n", {"1": [], "2": ["amount"]}),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), SPLIT.values(), ids=SPLIT.keys())
def test_rows_find_their_segment(tmp_path: Path, rows: str, expected: dict[str, list[str]]) -> None:
    intake = moved(tmp_path, actuals=HEADER + "E2,amount,,1,1\n" + rows)
    assert [one for one in shown(intake) if one[1] != "no-figures"] == []
    for number, names in expected.items():
        assert list(subject(intake, f"E1#{number}").scorecard.measures) == names


def test_a_role_that_is_none_of_the_segments_is_a_warning(tmp_path: Path) -> None:
    rows = SEGMENTS + "E1,sales,2024-07-08,,,\n"
    intake = moved(tmp_path, rows, HEADER + "E1,rate,,1,\nE2,rate,,1,\n")
    assert shown(intake) == [("E1", "role-without-segment", "people.csv:2")]
    assert subject(intake).segments == ("E1#1",)


def test_a_segment_can_have_a_name_that_rows_use(tmp_path: Path) -> None:
    rows = SEGMENTS + "E1,sales,2024-07-08,2024-07-31,前期,\nE1,sales,2024-08-01,,2,\n"
    figures = HEADER + "E1,amount,前期,5,9\nE1,amount,2,6,9\nE2,amount,,1,1\n"
    intake = moved(tmp_path, rows, figures, people=PEOPLE.replace("channel", "sales"))
    assert shown(intake) == []
    actuals = [
        subject(intake, name).scorecard.measures["amount"].actual for name in ("E1#1", "E1#2")
    ]
    assert [value(one) for one in actuals] == [5, 6]


UNCLEAR: dict[str, tuple[str, str, str]] = {
    "an indicator of both": ("E1,amount,,5,9\n", "which-segment", "E1"),
    "a number that there is not": ("E1,amount,3,5,9\n", "which-segment", "E1"),
    "a role of neither": ("E1,amount,editor,5,9\n", "which-segment", "E1"),
    "an indicator of neither": ("E1,stroes,,5,\n", "unknown-indicator", "E1"),
    "no indicator": ("E1,,,5,\n", "missing-indicator", "E1"),
    "an indicator that the segment has not": ("E1,stores,1,5,\n", "unknown-indicator", "E1#1"),
    "a segment of somebody who did not move": ("E2,rate,2,5%,\n", "which-segment", "E2"),
}


@pytest.mark.parametrize(("row", "code", "whose"), UNCLEAR.values(), ids=UNCLEAR.keys())
def test_rows_that_find_none_are_errors_of_the_person(
    tmp_path: Path, row: str, code: str, whose: str
) -> None:
    intake = moved(tmp_path, actuals=FIGURES + row)
    found = [one for one in shown(intake) if one[1] != "segment-at-fault"]
    assert [(person, name) for person, name, _ in found] == [(whose, code)]
    if code == "unknown-indicator" and whose == "E1":
        (problem,) = subject(intake).problems
        assert problem.facts["suggestion"] == "stores"
        assert problem.facts["policy"] == "sales@1, channel@1"


def test_somebody_who_did_not_move_may_name_the_one_role(tmp_path: Path) -> None:
    rows = HEADER + "E2,amount,1,80,100\nE2,rate,销售代表,99%,\n"
    intake = moved(tmp_path, actuals=FIGURES.partition("E2")[0] + rows.partition("\n")[2])
    assert shown(intake) == []
    assert list(subject(intake, "E2").scorecard.measures) == ["amount", "rate"]


def test_an_error_of_a_segment_is_one_of_the_person(tmp_path: Path) -> None:
    intake = moved(tmp_path, actuals=FIGURES + "E1,amount,2,许多,\n")
    assert shown(intake) == [
        ("E1", "segment-at-fault", "segments.csv:2"),
        ("E1#2", "not-a-number", "actuals.csv:5 (D5)"),
    ]  # fmt: skip
    assert subject(intake).problems[0].facts["segment"] == "E1#2"


def test_events_go_to_every_segment_that_knows_them(tmp_path: Path) -> None:
    rows = "E1,initiative,2,\nE1,late,1,\nE1,客户投诉,1,\n"
    intake = moved(tmp_path, events=EVENTS + rows)
    assert shown(intake) == []
    first, second = (subject(intake, name).scorecard.events for name in ("E1#1", "E1#2"))
    assert (sorted(first), sorted(second)) == (["complaint", "initiative"], ["initiative", "late"])
    head = EVENTS.replace("event,", "event,segment,")
    intake = moved(tmp_path, events=head + "E1,initiative,2,1,\nE1,fraud,,1,\nE1,nothing,,1,\n")
    assert [one[:2] for one in shown(intake)] == [("E1", "unknown-event")]
    assert "initiative" not in subject(intake, "E1#1").scorecard.events
    assert "initiative" in subject(intake, "E1#2").scorecard.events


def test_ratings_go_to_the_segment_that_is_rated(tmp_path: Path) -> None:
    intake = moved(tmp_path, ratings=RATINGS + "E1,teamwork,peer,R1,90\n")
    assert shown(intake) == []
    assert "teamwork" in subject(intake, "E1#1").scorecard.measures


WRONG: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "a shared day": (
        "E1,sales,2024-07-08,2024-08-01,,\nE1,channel,2024-08-01,,,\n",
        [("segments-overlap", "segments.csv:3 (C3)")],
    ),
    "an open end before another": (
        "E1,sales,2024-07-08,,,\nE1,channel,2024-08-01,,,\n",
        [("segments-overlap", "segments.csv:3 (C3)")],
    ),
    "to before from": (
        "E1,sales,2024-07-31,2024-07-10,,\nE1,channel,2024-08-01,,,\n",
        [("dates-reversed", "segments.csv:2 (D2)")],
    ),
    "before the cycle": (
        "E1,sales,2024-01-01,2024-06-30,,\nE1,channel,2024-08-01,,,\n",
        [("segment-outside", "segments.csv:2 (D2)")],
    ),
    "after the cycle": ("E1,sales,2024-10-01,,,\n", [("segment-outside", "segments.csv:2 (C2)")]),
    "before joining": (
        "E1,sales,2024-07-01,2024-07-31,,\n", [("segment-outside", "segments.csv:2 (C2)")],
    ),
    "no date": ("E1,sales,七月,2024-07-31,,\n", [("bad-date", "segments.csv:2 (C2)")]),
    "no role": ("E1,,2024-07-08,,,\n", [("missing-role", "segments.csv:2 (B2)")]),
    "an unknown role": ("E1,saels,2024-07-08,,,\n", [("unknown-policy", "segments.csv:2 (B2)")]),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), WRONG.values(), ids=WRONG.keys())
def test_segments_that_are_at_fault_leave_one_finding(
    tmp_path: Path, rows: str, expected: list[tuple[str, str]]
) -> None:
    intake = moved(tmp_path, SEGMENTS + rows, FIGURES + "E1,amount,2,许多,\n")
    assert shown(intake) == [("E1", *one) for one in expected]
    assert [one.scorecard.subject for one in intake.subjects] == ["E1", "E2"]
    assert subject(intake).policy is None


def test_segments_are_of_people_in_the_roster(tmp_path: Path) -> None:
    write_policy(
        tmp_path, "team",
        "subject: team\nindicators:\n  amount: {weight: 100%, missing: exclude,\n"
        "    score: {direct: {min: 0, max: 1}}}\n",
    )  # fmt: skip
    rows = "T1,sales,,,,\nE9,sales,,,,\n"
    intake = moved(
        tmp_path, TWO + rows, FIGURES + "T1,amount,,1,\n", units="unit_id,role\nT1,team\n"
    )
    assert shown(intake) == [
        ("", "unknown-person", "segments.csv:4 (A4)"),
        ("", "unknown-person", "segments.csv:5 (A5)"),
    ]  # fmt: skip


def test_an_id_that_looks_like_a_segment(tmp_path: Path) -> None:
    intake = moved(tmp_path, people=PEOPLE + "E1#2,丁,sales,,,\n")
    assert ("E1", "id-taken", "segments.csv:2 (A2)") in shown(intake)
    assert subject(intake, "E1#2").kind == "person"


def test_units_of_segments_and_of_whom_they_are_of(tmp_path: Path) -> None:
    write_policy(
        tmp_path, "team",
        "subject: team\nindicators:\n  amount: {weight: 100%, missing: exclude,\n"
        "    score: {direct: {min: 0, max: 1}}}\n",
    )  # fmt: skip
    units = "unit_id,role,name\nT1,team,一组\nT2,team,二组\n"
    figures = FIGURES + "T1,amount,,1,\nT2,amount,,1,\n"
    intake = moved(tmp_path, actuals=figures, units=units)
    assert shown(intake) == []
    assert [subject(intake, one).unit_ids.get("team") for one in ("E1", "E1#1", "E1#2")] == [
        "T1", "T1", "T2",
    ]  # fmt: skip


def test_a_name_that_the_segment_has_from_the_person_is_said_once(tmp_path: Path) -> None:
    write_policy(
        tmp_path, "team",
        "subject: team\nindicators:\n  amount: {weight: 100%, missing: exclude,\n"
        "    score: {direct: {min: 0, max: 1}}}\n",
    )  # fmt: skip
    units = "unit_id,role,name\nT1,team,直销一组\n"
    intake = moved(
        tmp_path, TWO.replace("二组", ""), FIGURES + "T1,amount,,1,\n",
        people=PEOPLE.replace("一组", "直销一祖"), units=units,
    )  # fmt: skip
    assert shown(intake) == [("E1", "unknown-unit", "people.csv:2 (D2)")]
