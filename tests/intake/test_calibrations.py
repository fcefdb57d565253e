"""Calibrations and appeals: dated entries, and those that lack a reason or an approver."""

import datetime
from pathlib import Path

import pytest
from cycle_folder import HEADER, read, shown, subject, value, write_policy

from perfrules.intake.from_tables import Intake

ROWS = "person_id,date,what,before,after,kind,reason,approved_by,evidence\n"
GRADED = (
    "grades: [{grade: A, at_least: 90, title: 优秀}, {grade: B, at_least: 80}, {otherwise: C}]\n"
)
ACTUALS = HEADER + "E1,amount,120,100\nE2,quality,一般,\n"


def calibrated(folder: Path, rows: str, **tables: str) -> Intake:
    tables = {"actuals": ACTUALS, **tables}
    return read(folder, calibrations=ROWS + rows, **tables)


def revisions(intake: Intake, person: str = "E1") -> list[tuple[str, str, object, object]]:
    found = subject(intake, person).scorecard.revisions
    return [(one.kind, one.what, value(one.before), value(one.after)) for one in found]


def test_entries_are_sorted_by_date_and_know_who_approved_them(tmp_path: Path) -> None:
    rows = (
        "E1,2024-10-20,总分,88,90,申诉,漏计回款,HR01,AP-3\n"
        "E1,2024/10/8,amount.score,80,85,,客观原因,委员会,\n"
        "E1,2024-10-08,等级,B,A,calibration,r,a,\n"
    )
    intake = calibrated(tmp_path, rows)
    assert shown(intake) == []
    assert revisions(intake) == [
        ("calibration", "amount.score", 80, 85), ("calibration", "grade", "B", "A"),
        ("appeal", "total", 88, 90),
    ]  # fmt: skip
    after = subject(intake).scorecard.revisions[-1].after
    assert (after.origin.place, after.origin.as_of, after.origin.evidence) == (
        "calibrations.csv:2", datetime.date(2024, 10, 20).isoformat(), "AP-3",
    )  # fmt: skip
    assert (after.origin.reason, after.origin.approved_by) == ("漏计回款", "HR01")
    assert revisions(intake, "E2") == []


WHATS: dict[str, tuple[str, str, object]] = {
    "total": ("total,88,90", "total", 90),
    "总分": ("总分,88,90", "total", 90),
    "Grade": ("Grade,B,A", "grade", "A"),
    "a score": ("amount.score,80,85", "amount.score", 85),
    "a score by its title": ("销售额 得分,80,85", "amount.score", 85),
    "a score with 的": ("销售额的得分,80,85", "amount.score", 85),
    "a percentage": ("rate.actual,90%,95%", "rate.actual", 0.95),
    "a level": ("quality.实际值,一般,优秀(A)", "quality.actual", "优秀（A）"),
    "a yes": ("launch.actual,否,是", "launch.actual", True),
}


@pytest.mark.parametrize(("cells", "what", "after"), WHATS.values(), ids=WHATS.keys())
def test_what_can_be_calibrated(tmp_path: Path, cells: str, what: str, after: object) -> None:
    intake = calibrated(tmp_path, f"E1,2024-10-08,{cells},,r,a,\n")
    assert shown(intake) == []
    ((_, name, _, new),) = revisions(intake)
    assert (name, str(new)) == (what, str(after))


def test_a_grade_goes_by_its_title_too(tmp_path: Path) -> None:
    write_policy(
        tmp_path, "graded",
        "indicators:\n  amount: {weight: 100%, score: {direct: {min: 0, max: 100}}}\n" + GRADED,
    )  # fmt: skip
    people = "person_id,role\nE1,graded\n"
    row = "E1,2024-10-08,等级,B,优秀,,r,a,\n"
    intake = calibrated(tmp_path, row, people=people, actuals=HEADER + "E1,amount,1,\n")
    assert revisions(intake) == [("calibration", "grade", "B", "A")]


REFUSED: dict[str, tuple[str, str]] = {
    "no reason": ("2024-10-08,total,88,90,,,a,\n", "it names no reason"),
    "no approver": ("2024-10-08,total,88,90,appeal,r,-,\n", "it names no approver"),
    "no date": (",total,88,90,,r,a,\n", "it names no date"),
    "nothing before": ("2024-10-08,total,,90,,r,a,\n", "it names no value before"),
    "nothing after": ("2024-10-08,grade,B,,,r,a,\n", "it names no value after"),
    "another kind": (
        "2024-10-08,total,88,90,复核,r,a,\n", "its kind is `calibration` or `appeal`, not `复核`",
    ),
    "a target": (
        "2024-10-08,amount.target,88,90,,r,a,\n",
        "targets are changed by the table `target_changes`",
    ),
    "an actual of ratings": (
        "2024-10-08,teamwork.actual,88,90,,r,a,\n",
        "the indicator is scored by ratings and has no actual; its score can be calibrated",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused(tmp_path: Path, cells: str, why: str) -> None:
    intake = calibrated(tmp_path, f"E1,{cells}")
    assert shown(intake) == [("E1", "calibration-refused", "calibrations.csv:2")]
    (entry,) = intake.refused
    assert (entry.table, entry.person) == ("calibrations", "E1")
    assert entry.diagnostic.message().endswith(f"is not applied: {why}")
    assert entry.diagnostic.severity == "warning"
    assert revisions(intake) == []


BAD: dict[str, tuple[str, tuple[str, str, str]]] = {
    "what": ("E1,2024-10-08,bonus,1,2,,r,a,\n", ("E1", "unknown-what", "calibrations.csv:2 (C2)")),
    "nothing": ("E1,2024-10-08,,1,2,,r,a,\n", ("E1", "unknown-what", "calibrations.csv:2 (C2)")),
    "an indicator": (
        "E1,2024-10-08,amuont.score,1,2,,r,a,\n",
        ("E1", "unknown-indicator", "calibrations.csv:2 (C2)"),
    ),
    "a number": (
        "E1,2024-10-08,total,88分,90,,r,a,\n", ("E1", "unit-suffix", "calibrations.csv:2 (D2)"),
    ),
    "a date": ("E1,10月8日,total,88,90,,r,a,\n", ("E1", "bad-date", "calibrations.csv:2 (B2)")),
}  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_read_is_an_error(
    tmp_path: Path, row: str, expected: tuple[str, str, str]
) -> None:
    intake = calibrated(tmp_path, row)
    assert shown(intake) == [expected]
    assert subject(intake).problems[0].severity == "error"


def test_of_somebody_who_moved_the_whole_or_a_segment(tmp_path: Path) -> None:
    write_policy(
        tmp_path, "channel",
        "indicators:\n"
        "  stores: {weight: 50%, missing: exclude, score: {direct: {min: 0, max: 9}}}\n"
        "  amount: {weight: 50%, missing: exclude, score: {direct: {min: 0, max: 9}}}\n",
    )  # fmt: skip
    segments = "person_id,role,from,to\nE1,sales,,2024-07-31\nE1,channel,2024-08-01,\n"
    actuals = HEADER + "E1,stores,1,\nE1,rate,99%,\nE2,amount,1,1\n"
    rows = (
        "E1,2024-10-08,total,88,90,,r,a,\nE1,2024-10-08,stores.score,1,2,,r,a,\n"
        "E1#1,2024-10-08,total,70,71,,r,a,\n"
    )
    intake = calibrated(tmp_path, rows, segments=segments, actuals=actuals)
    assert shown(intake) == []
    found = {name: [one[1] for one in revisions(intake, name)] for name in ("E1", "E1#1", "E1#2")}
    assert found == {"E1": ["total"], "E1#1": ["total"], "E1#2": ["stores.score"]}
    unclear = calibrated(
        tmp_path, "E1,2024-10-08,amount.score,1,2,,r,a,\n", segments=segments, actuals=actuals
    )
    assert shown(unclear) == [("E1", "which-segment", "calibrations.csv:2 (A2)")]
