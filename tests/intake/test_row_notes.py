"""What a row says of its figure beside the number: source, date, evidence."""

from pathlib import Path

import pytest
from cycle_folder import read, shown, subject, write_policy

PEOPLE = "person_id,name,role\nE1,示例员工01,care\n"
CARE = """\
indicators:
  calls: {weight: 60%, unit: 次, source: 工单系统, target: none,
    score: {direct: {min: 0, max: 100}}}
  manner: {weight: 40%, evidence: required,
    score: {ratings: {groups: {manager: 50%, peer: 50%}, scale: {min: 0, max: 100}}}}
events: {praise: {}}
target_changes: {needs: [reason]}
"""
HEAD = "person_id,indicator,actual,source,as_of,evidence\n"
SOUND = "E1,calls,80,工单系统,2024-09-30,工单 1024\n"
RATED = "person_id,indicator,group,score,evidence\nE1,manner,manager,90,8 月访谈 3 份\n"
PEER = "E1,manner,peer,80,9 月物料晚交 3 天\n"
DEADLINE = (
    "deadlines: {data: {title: {zh: 交数, en: Figures in}, working_days: 2, before: 2024-10-10}}\n"
)


def found(folder: Path, more: str = "", **files: str) -> list[tuple[str, str, str]]:
    write_policy_of_care(folder)
    given = {"people": PEOPLE, "actuals": HEAD + SOUND, "ratings": RATED + PEER, **files}
    return shown(read(folder, more, **given))


def write_policy_of_care(folder: Path) -> None:
    write_policy(folder, "care", CARE)


def test_nothing_is_said_where_all_is_named(tmp_path: Path) -> None:
    assert (
        found(tmp_path, DEADLINE, events="person_id,event,count,evidence\nE1,praise,1,来信 2 封\n")
        == []
    )


ROWS = {
    "no source": ("E1,calls,80,,2024-09-30,\n", "no-source", "actuals.csv:2 (D2)"),
    "a dash for a source": ("E1,calls,80,-,2024-09-30,\n", "no-source", "actuals.csv:2 (D2)"),
    "before the cycle": (
        "E1,calls,80,工单系统,2024-06-30,\n",
        "dated-outside",
        "actuals.csv:2 (E2)",
    ),
    "after the cycle": (
        "E1,calls,80,工单系统,2024-10-01,\n",
        "dated-outside",
        "actuals.csv:2 (E2)",
    ),
    "another year": ("E1,calls,80,工单系统,2023-09-30,\n", "dated-outside", "actuals.csv:2 (E2)"),
    # Two working days before 2024-10-10, a Thursday.
    "after the deadline": (
        "E1,calls,80,工单系统,2024-10-09,\n",
        "dated-late",
        "actuals.csv:2 (E2)",
    ),
    "vague": ("E1,calls,80,工单系统,2024-09-30,看情况\n", "vague-evidence", "actuals.csv:2 (F2)"),
    "vague in English": (
        "E1,calls,80,工单系统,,tickets etc.\n",
        "vague-evidence",
        "actuals.csv:2 (F2)",
    ),
}


@pytest.mark.parametrize(("row", "code", "place"), ROWS.values(), ids=ROWS.keys())
def test_what_a_row_of_figures_fails_to_say(
    tmp_path: Path, row: str, code: str, place: str
) -> None:
    assert found(tmp_path, DEADLINE, actuals=HEAD + row) == [("E1", code, place)]
    intake = read(tmp_path, DEADLINE, people=PEOPLE, actuals=HEAD + row, ratings=RATED + PEER)
    assert [one.severity for one in subject(intake).problems] == ["warning"]


def test_a_figure_as_of_the_first_and_the_last_day_is_one_of_the_cycle(tmp_path: Path) -> None:
    for day in ("2024-07-01", "2024-09-30"):
        assert found(tmp_path, actuals=f"{HEAD}E1,calls,80,工单系统,{day},\n") == []


def test_a_deadline_within_the_cycle_is_one(tmp_path: Path) -> None:
    early = "deadlines: {data: {working_days: 1, after: 2024-09-20}}\n"  # Monday the 23rd
    row = "E1,calls,80,工单系统,{},\n"
    assert found(tmp_path, early, actuals=HEAD + row.format("2024-09-23")) == []
    late = found(tmp_path, early, actuals=HEAD + row.format("2024-09-24"))
    assert late == [("E1", "dated-late", "actuals.csv:2 (E2)")]


def test_a_target_alone_needs_no_source(tmp_path: Path) -> None:
    head = "person_id,indicator,actual,target,source\n"
    assert found(tmp_path, actuals=f"{head}E1,calls,,90,\n") == []


def test_a_table_without_a_column_of_sources_is_told_so_once(tmp_path: Path) -> None:
    head = "person_id,indicator,actual\n"
    rows = head + "E1,calls,80\n"
    assert found(tmp_path, actuals=rows) == [("", "no-source-column", "actuals.csv")]
    two = PEOPLE + "E2,示例员工02,care\n"
    rated = RATED + PEER + (RATED + PEER).replace("E1,", "E2,").partition("\n")[2]
    rows += "E2,calls,90\n"
    assert found(tmp_path, people=two, actuals=rows, ratings=rated) == [
        ("", "no-source-column", "actuals.csv")
    ]
    # In a sheet of a role the heading has the source.
    assert found(tmp_path, actuals="person_id,calls\nE1,80\n") == []


def test_required_evidence_is_an_error_of_the_one_it_is_about(tmp_path: Path) -> None:
    for text in ("", "-", "无"):
        rows = f"{RATED}E1,manner,peer,80,{text}\n"
        assert found(tmp_path, ratings=rows) == [("E1", "missing-evidence", "ratings.csv:3 (E3)")]
    bare = "person_id,indicator,group,score\nE1,manner,manager,90\n"
    assert found(tmp_path, ratings=bare) == [("E1", "missing-evidence", "ratings.csv:2")]


@pytest.mark.parametrize(
    "word", ["差不多", "还行", "看情况而定", "as needed", "and so on", "好像迟到过"]
)
def test_vague_words_wherever_somebody_writes_them(tmp_path: Path, word: str) -> None:
    events = f"person_id,event,count,evidence\nE1,praise,1,{word}\n"
    changes = f"person_id,indicator,date,old,new,reason\nE1,calls,2024-08-01,90,80,{word}\n"
    okrs = f"person_id,objective,key_result,score,evidence\nE1,o,k,0.5,{word}\n"
    rated = f"{RATED}E1,manner,peer,80,{word}\n"
    calibrations = (
        f"person_id,what,before,after,date,reason,approved_by\nE1,total,84,86,2024-10-08,{word},B\n"
    )
    places = {
        place
        for _, code, place in found(
            tmp_path, ratings=rated, events=events, target_changes=changes, okrs=okrs,
            calibrations=calibrations,
        )
        if code == "vague-evidence"
    }  # fmt: skip
    assert places == {
        "ratings.csv:3 (E3)", "events.csv:2 (D2)", "target_changes.csv:2 (F2)", "okrs.csv:2 (E2)",
        "calibrations.csv:2 (F2)",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "按需求评审记录 12 份",
        "签约 3 家",
        "客户等 5 人来信",
        "可能性分析报告",
        "required by contract 7",
    ],
)
def test_plain_facts_are_not_vague(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, ratings=f"{RATED}E1,manner,peer,80,{text}\n") == []


def test_the_calendar_counts_for_the_deadline(tmp_path: Path) -> None:
    (tmp_path / "calendar.csv").write_text(
        "date,kind\n2024-10-08,holiday\n2024-10-09,holiday\n", "utf-8"
    )
    # Both days before the 10th are off: the second working day before it is the 4th, a Friday.
    intake_files = DEADLINE + "calendar: calendar.csv\n"
    (finding,) = found(tmp_path, intake_files, actuals=f"{HEAD}E1,calls,80,工单系统,2024-10-05,\n")
    assert finding[1] == "dated-late"
