"""Earlier cycles: the history table, earlier result folders, and both together."""

import datetime
import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfrules.diagnostics import Cell, Diagnostic, Findings
from perfrules.intake.files.csv_table import read_csv
from perfrules.intake.files.raw_table import USUAL
from perfrules.intake.history.cycle_order import CycleOrder, span_named
from perfrules.intake.history.from_history import read_history
from perfrules.intake.history.merged_history import merged
from perfrules.intake.history.past_results import ends_of, files_of, past_results
from perfrules.intake.people.roster import Draft, Roster
from perfrules.intake.people.rules import Rules
from perfrules.intake.tables.layouts import LAYOUTS
from perfrules.intake.tables.table import Table
from perfrules.language.read import read_policies
from perfrules.model.datum import Datum, Value
from perfrules.model.history import Past
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle

LAYOUT = next(one for one in LAYOUTS if one.name == "history")
POLICY = """\
policy: sales
indicators:
  amount: {title: {zh: 销售额, en: Sales}, weight: 40%, score: {direct: {min: 0, max: 100}}}
  rate: {weight: 30%, unit: "%", score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}
  quality: {weight: 30%, score: {levels: {优秀: 100, 一般: 60}}}
"""
RESULTS = "person_id,cycle,total,grade\n"
FIGURES = "person_id,cycle,indicator,actual,target,attainment,score\n"


def quarter(name: str = "2024Q4") -> Cycle:
    return Cycle(name, datetime.date(2024, 10, 1), datetime.date(2024, 12, 31))


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    folder = tmp_path_factory.mktemp("policies")
    (folder / "sales.yaml").write_text(POLICY, "utf-8")
    policies, findings = read_policies(folder)
    found = policies.in_force("sales", on=quarter().end)
    assert isinstance(found, Policy), [one.message() for one in findings]
    return found


@pytest.fixture
def roster(policy: Policy) -> Roster:
    """E1 and E2, both judged by the policy."""
    found = Roster(("-", "无"), Findings())
    for row, person in enumerate(("E1", "E2"), 2):
        draft = Draft(person, row, Cell("people.csv", "", row))
        draft.rules = Rules(policy)
        found.drafts[person] = found.spellings[person] = draft
    return found


def table(folder: Path, text: str) -> Table:
    (folder / "history.csv").write_text(text, "utf-8")
    raw = read_csv(folder / "history.csv", "history.csv", USUAL, Findings())
    assert raw is not None
    assert raw.header is not None
    return Table(LAYOUT, raw, {name: at for at, name in enumerate(raw.header.texts)})


def codes(roster: Roster, person: str = "E1") -> list[tuple[str, str]]:
    found = roster.drafts[person].problems
    assert all("{" not in one.message("zh") + one.message("en") for one in found)
    return [(one.code, str(one.place)) for one in found]


def value(datum: Datum | None) -> Value | None:
    return None if datum is None else datum.value


def names(pasts: tuple[Past, ...]) -> list[str]:
    return [past.cycle for past in pasts]


# In which order cycles were


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024年度", "2024-01-01", "2024-12-31"),
        ("2024H2", "2024-07-01", "2024-12-31"),
        ("2024年上半年", "2024-01-01", "2024-06-30"),
        ("2024Q1", "2024-01-01", "2024-03-31"),
        ("2024-q3", "2024-07-01", "2024-09-30"),
        ("2024年第三季度", "2024-07-01", "2024-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("202410", "2024-10-01", "2024-10-31"),
        ("２０２４年１０月", "2024-10-01", "2024-10-31"),
        ("2024年1月", "2024-01-01", "2024-01-31"),
    ],
)
def test_a_name_says_when_a_cycle_was(name: str, first: str, last: str) -> None:
    span = span_named(name)
    assert span is not None
    assert (span.start.isoformat(), span.end.isoformat()) == (first, last)


@pytest.mark.parametrize("name", ["2024-1", "2024Q5", "2024-13", "第7期", "FY24Q1", "1.5", ""])
def test_a_name_that_could_mean_two_things_says_nothing(name: str) -> None:
    assert span_named(name) is None


def test_the_newest_cycle_comes_first_however_it_is_named(tmp_path: Path, roster: Roster) -> None:
    cycles = ["2023", "2024Q2", "2024-10", "2024Q1", "2023Q4", "2024年上半年"]
    text = RESULTS + "".join(f"E1,{name},80,B\n" for name in cycles)
    found = read_history(table(tmp_path, text), roster, quarter())
    # What ends on one day: the shorter one began later.
    assert names(found["E1"]) == ["2024-10", "2024Q2", "2024年上半年", "2024Q1", "2023Q4", "2023"]
    assert codes(roster) == []


def test_names_that_are_written_alike_are_compared_by_their_numbers(
    tmp_path: Path, roster: Roster
) -> None:
    text = RESULTS + "E1,第9期,80,B\nE1,第11期,81,B\nE1,第10期,82,B\nE1,第12期,83,B\n"
    found = read_history(table(tmp_path, text), roster, quarter("第12期"))
    assert names(found["E1"]) == ["第11期", "第10期", "第9期"]
    assert codes(roster) == [("later-history", "history.csv:5 (B5)")]


def test_a_name_that_says_no_time_is_an_error(tmp_path: Path, roster: Roster) -> None:
    text = RESULTS + "E1,大促,80,B\nE1,,80,B\nE2,2024Q1,80,B\n"
    found = read_history(table(tmp_path, text), roster, quarter())
    assert list(found) == ["E2"]
    assert codes(roster) == [
        ("undated-cycle", "history.csv:2 (B2)"),
        ("undated-cycle", "history.csv:3 (B3)"),
    ]


def test_a_result_folder_says_when_such_a_cycle_was(tmp_path: Path, roster: Roster) -> None:
    ends = {"大促": datetime.date(2024, 6, 20)}
    text = RESULTS + "E1,2024Q1,70,C\nE1,大促,80,B\nE1,2024Q3,90,A\n"
    found = read_history(table(tmp_path, text), roster, quarter(), ends)
    assert names(found["E1"]) == ["2024Q3", "大促", "2024Q1"]


@pytest.mark.parametrize("name", ["2024Q4", "2025Q1", "2024年四季度", "2025-01", "2025"])
def test_the_present_cycle_and_later_ones_are_no_history(
    name: str, tmp_path: Path, roster: Roster
) -> None:
    found = read_history(table(tmp_path, f"{RESULTS}E1,{name},80,B\n"), roster, quarter())
    assert found == {}
    assert codes(roster) == [("later-history", "history.csv:2 (B2)")]


def test_the_quarters_of_a_year_are_before_the_year(tmp_path: Path, roster: Roster) -> None:
    year = Cycle("2024", datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    text = RESULTS + "".join(f"E1,2024Q{number},80,B\n" for number in (1, 2, 3, 4))
    found = read_history(table(tmp_path, text), roster, year)
    assert names(found["E1"]) == ["2024Q4", "2024Q3", "2024Q2", "2024Q1"]


def test_a_financial_year_shifts_all_names_alike() -> None:
    # 2025Q1 runs from July to September 2024.
    current = Cycle("2025Q1", datetime.date(2024, 7, 1), datetime.date(2024, 9, 30))
    order = CycleOrder(current, {})
    assert order.end("2024Q4") == datetime.date(2024, 6, 30)
    assert order.when("2024Q4") == "before"
    assert order.when("2025Q2") == "not before"


# The table


def test_a_row_has_results_or_figures_or_both(tmp_path: Path, roster: Roster) -> None:
    text = (
        "person_id,cycle,total,grade,indicator,actual,target,attainment,score\n"
        "E1,2024Q3,88.5,B,amount,120,100,,100\n"
        "E1,2024Q3,,,rate,95%,90%,105.55%,100\n"
        "E1,2024Q3,,,quality,优秀,,,\n"
        "E2,2024Q3,-,,,,,,\n"
    )
    found = read_history(table(tmp_path, text), roster, quarter())
    assert list(found) == ["E1"]  # E2 was not there
    (past,) = found["E1"]
    assert (value(past.total), value(past.grade)) == (Decimal("88.5"), "B")
    assert [value(one) for one in past.measures["amount"]] == [120, 100, None, 100]
    rate = [value(one) for one in past.measures["rate"]]
    assert rate == [Decimal("0.95"), Decimal("0.9"), Decimal("1.0555"), 100]
    assert value(past.measures["quality"].actual) == "优秀"
    assert past.measures["rate"].score is not None
    assert past.measures["rate"].score.origin.place == "history.csv:3"
    assert codes(roster) == codes(roster, "E2") == []


def test_an_indicator_may_be_named_by_its_title_or_be_gone(tmp_path: Path, roster: Roster) -> None:
    text = FIGURES + "E1,2024Q3,销售额,1,,,\nE1,2024Q3,leads,30,,,80\nE1,2024Q3,amuont,2,,,\n"
    (past,) = read_history(table(tmp_path, text), roster, quarter())["E1"]
    assert list(past.measures) == ["amount", "leads", "amuont"]
    # Only what looks like a slip of the pen is worth a word.
    assert codes(roster) == [("unknown-indicator", "history.csv:4 (C4)")]
    assert roster.drafts["E1"].problems[0].severity == "warning"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("E1,2024Q3,amount,1.2万,,,", "unit-suffix"),
        ("E1,2024Q3,rate,95,,,", "ambiguous-percent"),
        ("E1,2024Q3,amount,,,105,", "ambiguous-percent"),
        ("E1,2024Q3,leads,#DIV/0!,,,", "spreadsheet-error"),
        ("E1,2024Q3,,5,,,", "missing-indicator"),
        ("E1,2024Q3,amount,5", "short-row"),
    ],
)
def test_a_bad_cell_is_an_error_of_its_person(
    row: str, code: str, tmp_path: Path, roster: Roster
) -> None:
    read_history(table(tmp_path, f"{FIGURES}{row}\nE2,2024Q3,amount,1,,,\n"), roster, quarter())
    assert [one for one, _ in codes(roster)] == [code]
    assert roster.drafts["E1"].problems[0].severity == "error"
    assert codes(roster, "E2") == []


def test_the_same_figure_twice_has_to_agree(tmp_path: Path, roster: Roster) -> None:
    text = RESULTS + "E1,2024Q3,80,B\nE1,2024年第三季度,80.0,B\nE2,2024Q3,80,B\nE2,2024Q3,81,B\n"
    found = read_history(table(tmp_path, text), roster, quarter())
    assert names(found["E1"]) == ["2024Q3"]
    assert codes(roster) == []
    assert codes(roster, "E2") == [("history-disagrees", "history.csv:5")]
    message = roster.drafts["E2"].problems[0].message("en")
    assert message == "the total of `E2` in `2024Q3` is `81` here and `80` in history.csv:4"


def test_people_who_are_gone_are_one_note(tmp_path: Path, roster: Roster) -> None:
    text = (
        RESULTS + "E7,2024Q2,80,B\nE7,2024Q3,80,B\nE8,2024Q3,80,B\n合计,,240,\n E1 ,2024Q3,80,B\n"
    )
    found = read_history(table(tmp_path, text), roster, quarter())
    assert list(found) == ["E1"]
    (note,) = roster.unattached
    assert (note.code, note.severity) == ("history-of-others", "note")
    assert "(ids: 2; rows: 3)" in note.message("en")
    assert "`E7`" in note.message("zh")
    assert not roster.drafts["E1"].seen  # a history is no figure of this cycle


def test_a_month_that_a_spreadsheet_took_for_a_date_is_a_month(
    tmp_path: Path, roster: Roster
) -> None:
    text = RESULTS + "E1,2024/9/1,80,B\nE1,2024-08-01,80,B\n"
    found = read_history(table(tmp_path, text), roster, quarter())
    assert names(found["E1"]) == ["2024-09", "2024-08"]


# Result folders


def step(path: str, written: str | bool, **more: str) -> dict[str, Any]:
    return {"id": f"sales@1#{path}", "value": written, **more}


def record(person: str, total: str | None = "80", cycle: str = "2024Q3") -> dict[str, Any]:
    return {
        "format": "perfrules-trace/1",
        "subject": person,
        "cycle": {"id": cycle},
        "status": "rejected" if total is None else "complete",
        "total": total,
        "grade": total and "B",
        "steps": [
            step("indicators.amount.actual", "120"),
            step("indicators.amount.target", "100"),
            step("indicators.amount.attainment", "1.2"),
            step("indicators.amount.score.formula", "120"),
            step("indicators.amount.score", "100"),
            step("indicators.quality.actual", "优秀", type="text"),
            step("indicators.launch.actual", written=True),
            step("total", "80"),
        ],
    }


def folder_of(
    folder: Path, *records: dict[str, Any], cycle: str = "2024Q3", end: str = "2024-09-30"
) -> Path:
    """A result folder as far as a history is concerned."""
    folder.mkdir()
    traces = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records).encode()
    (folder / "traces.jsonl").write_bytes(traces)
    digest = hashlib.sha256(traces).hexdigest()
    node = {
        "format": "perfrules-results/1",
        "cycle": {"id": cycle, "from": "2024-07-01", "to": end},
        "outputs": [{"path": "traces.jsonl", "sha256": digest, "size": len(traces)}],
    }
    text = json.dumps(node, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sealed = {**node, "digest": hashlib.sha256(text.encode()).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(sealed), "utf-8")
    return folder


def read(
    tmp_path: Path, *folders: Path, **more: Any
) -> tuple[dict[str, tuple[Past, ...]], list[Diagnostic]]:
    findings = Findings()
    base = tmp_path / "2024Q4"
    found = past_results(folders, findings, base=base, current=quarter(), **more)
    assert all("{" not in one.message("zh") + one.message("en") for one in findings)
    return found, list(findings)


def test_a_result_folder_is_a_history(tmp_path: Path) -> None:
    moved = {**record("E3#1"), "subject_kind": "segment"}
    folder = folder_of(tmp_path / "q3", record("E1"), record("E2", None), record("E3"), moved)
    found, findings = read(tmp_path, folder)
    assert not findings
    assert list(found) == ["E1", "E3"]  # neither who has no result nor a part of somebody's
    (past,) = found["E1"]
    assert (past.cycle, past.end) == ("2024Q3", datetime.date(2024, 9, 30))
    assert (value(past.total), value(past.grade)) == (80, "B")
    amount = [value(one) for one in past.measures["amount"]]
    assert amount == [120, 100, Decimal("1.2"), 100]
    assert value(past.measures["quality"].actual) == "优秀"
    assert value(past.measures["launch"].actual) is True
    assert past.total is not None
    assert past.total.origin.place == "../q3/traces.jsonl:1"
    third = found["E3"][0].total
    assert third is not None
    assert third.origin.place == "../q3/traces.jsonl:3"
    assert list(read(tmp_path, folder, wanted={"E3"})[0]) == ["E3"]
    assert ends_of(found) == {"2024Q3": datetime.date(2024, 9, 30)}
    assert all(path.is_file() for path in files_of((folder,)))


def test_folders_are_put_in_order_by_their_dates(tmp_path: Path) -> None:
    june = folder_of(tmp_path / "a", record("E1", cycle="618"), cycle="618", end="2024-06-20")
    third = folder_of(tmp_path / "b", record("E1"))
    found, _ = read(tmp_path, june, third)
    assert names(found["E1"]) == ["2024Q3", "618"]


def test_a_cycle_is_there_once_and_over(tmp_path: Path) -> None:
    one = folder_of(tmp_path / "one", record("E1"))
    again = folder_of(tmp_path / "again", record("E1", "90"))
    late = folder_of(tmp_path / "late", record("E1", cycle="x"), cycle="x", end="2025-03-31")
    found, findings = read(tmp_path, one, again, late)
    assert [(problem.code, problem.place) for problem in findings] == [
        ("history-twice", "../again"),
        ("later-history", "../late"),
    ]
    (past,) = found["E1"]
    assert value(past.total) == 80


def damage(folder: Path, name: str, old: bytes, new: bytes) -> None:
    data = (folder / name).read_bytes()
    assert old in data
    (folder / name).write_bytes(data.replace(old, new, 1))


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("traces.jsonl", b'"80"', b'"99"', "does not fit its digest"),
        ("traces.jsonl", b"{", b"[", "no JSON"),
        ("traces.jsonl", b'"120"', b'"1e5"', "line 1"),
        ("traces.jsonl", b'"steps"', b'"stops"', "line 1"),
        ("traces.jsonl", b"trace/1", b"trace/9", "line 1"),
        ("manifest.json", b"2024-09-30", b"2024-09-29", "manifest.json was changed"),
        ("manifest.json", b"results/1", b"results/9", "format"),
        ("manifest.json", b"{", b"", "no JSON"),
    ],
)
def test_a_damaged_folder_is_no_history(
    name: str, old: bytes, new: bytes, reason: str, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path / "q3", record("E1"), record("E2"))
    damage(folder, name, old, new)
    found, (problem,) = read(tmp_path, folder)
    assert found == {}
    assert (problem.code, problem.severity) == ("damaged-history", "error")
    assert reason in problem.message("en")


def test_what_is_no_result_folder_is_said(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    gone = folder_of(tmp_path / "gone", record("E1"))
    (gone / "traces.jsonl").unlink()
    found, findings = read(tmp_path, empty, gone)
    assert found == {}
    assert [one.code for one in findings] == ["damaged-history"] * 2


# Both


def test_table_and_folder_are_one_history(tmp_path: Path, roster: Roster) -> None:
    found, _ = read(tmp_path, folder_of(tmp_path / "q3", record("E1"), record("E9")))
    text = (
        "person_id,cycle,total,grade,indicator,score\n"
        "E1,2024Q3,80,B,amount,100\nE1,2024Q3,,,visits,70\nE1,2024Q2,75,C,,\nE2,2024Q3,60,C,,\n"
    )
    listed = read_history(table(tmp_path, text), roster, quarter(), ends_of(found))
    whole = merged(listed, found, roster, quarter())
    assert {person: names(pasts) for person, pasts in whole.items()} == {
        "E1": ["2024Q3", "2024Q2"],
        "E2": ["2024Q3"],
    }
    third = whole["E1"][0]
    assert third.total is not None
    assert third.total.origin.place == "../q3/traces.jsonl:1"
    assert value(third.measures["visits"].score) == 70
    assert value(third.measures["amount"].actual) == 120
    assert third.end == whole["E2"][0].end == datetime.date(2024, 9, 30)
    assert codes(roster) == []


def test_table_and_folder_have_to_agree(tmp_path: Path, roster: Roster) -> None:
    found, _ = read(tmp_path, folder_of(tmp_path / "q3", record("E1"), record("E2")))
    text = (
        "person_id,cycle,total,grade,indicator,attainment\n"
        "E1,2024年三季度,85,B,,\nE1,2024Q3,,,amount,110%\nE2,2024Q3,80,C,,\n"
    )
    listed = read_history(table(tmp_path, text), roster, quarter(), ends_of(found))
    merged(listed, found, roster, quarter())
    assert codes(roster) == [
        ("history-disagrees", "history.csv:3"),
        ("history-disagrees", "history.csv:2"),
    ]
    attainment, total = roster.drafts["E1"].problems
    assert "attainment of amount" in attainment.message("en")
    assert "`110%` here and `120%` in ../q3/traces.jsonl:1" in attainment.message("en")
    assert "`85` here and `80`" in total.message("en")
    assert codes(roster, "E2") == [("history-disagrees", "history.csv:4")]
