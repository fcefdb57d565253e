"""`perfrules sheet`: the workbook is filled in, goes back in, and says what the CSV files said."""

import csv
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from perfrules.cli.main import main
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.exact import read_percent
from perfrules.intake.cells.numerals import read_cell_number
from perfrules.model.cycle_result import CycleResult

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "perfrules" / "starter"


def sheet(*words: object, language: str = "zh") -> Any:
    """The result of `perfrules sheet` with these words."""
    arguments = ["--lang", language, "sheet", *map(str, words)]
    return CliRunner(env={"NO_COLOR": "1"}).invoke(main, arguments)


def start(folder: Path) -> Path:
    """The cycle that `perfrules init` makes."""
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    return folder / "2024Q3"


def example(folder: Path) -> Path:
    """A copy of the example with forty people, and of its policies."""
    shutil.copytree(ROOT / "policies", folder / "policies")
    shutil.copytree(ROOT / "examples" / "2024Q3", folder / "examples" / "2024Q3")
    return folder / "examples" / "2024Q3"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def with_workbook(cycle: Path, book: Path) -> CycleResult:
    """The result of the same cycle by the workbook in the place of the CSV files."""
    setting = cycle / "cycle.yaml"
    setting.write_text(setting.read_text("utf-8") + f"\ndata: {book.name}\n", "utf-8")
    without_tables(cycle)
    return evaluate_cycle(cycle)


def without_tables(cycle: Path) -> None:
    """Takes the CSV files away that the workbook stands for."""
    for path in cycle.glob("*.csv"):
        if path.name != "calendar.csv":
            path.unlink()


def outcome(result: CycleResult) -> dict[str, object]:
    """What each person gets, or why nothing."""
    return {
        one.person: (
            one.policy, one.total, one.grade, dict(one.pay),
            [(line.name, line.actual, line.target, line.score) for line in one.indicators],
            sorted(reason.code for reason in one.reasons),
        )
        for one in result.judged
    }  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_cycle_goes_out_and_comes_back_the_same(tmp_path: Path, language: str) -> None:
    cycle = start(tmp_path)
    before = evaluate_cycle(cycle)
    done = sheet(cycle, "--out", cycle / "q3.xlsx", language=language)
    assert (done.exit_code, done.stdout) == (0, f"{cycle / 'q3.xlsx'}\n"), done.output
    after = with_workbook(cycle, cycle / "q3.xlsx")
    assert [one.message() for one in (*after.findings, *after.unattached)] == []
    assert [one for line in after.judged for one in line.problems] == []
    assert outcome(after) == outcome(before)
    assert len(after.complete) == 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_example_goes_out_and_comes_back_the_same(tmp_path: Path, language: str) -> None:
    cycle = example(tmp_path)
    before = evaluate_cycle(cycle)
    assert sheet(cycle, "--out", cycle / "q3.xlsx", language=language).exit_code == 0
    after = with_workbook(cycle, cycle / "q3.xlsx")
    assert outcome(after) == outcome(before)
    codes = {one.code for line in after.judged for one in line.problems}
    assert "wrong-source" in codes, "what the sheet of a role has no place for is kept"


def typed(cell: Any, text: str) -> None:
    """Puts into a cell what a person would type."""
    ratio = read_percent(text)
    number = read_cell_number(text, None)
    if isinstance(ratio, Decimal):
        cell.value, cell.number_format = ratio, "0.00%"
    else:
        # A plain 62 under a percentage's format would be 62 % to Excel: it is pasted as a text.
        pasted = "%" in cell.number_format or not isinstance(number, Decimal)
        cell.value = text if pasted else number


def places(book: Any) -> Iterator[tuple[str, str, str, Any, str]]:
    """The cells of the role sheets: the id, the indicator, the part, the cell."""
    for page in book:
        if page["A4"].value != "单位":
            continue
        title = ""
        for column in range(3, page.max_column + 1):
            title = page.cell(2, column).value or title
            part = page.cell(3, column).value
            for row in range(6, page.max_row + 1):
                if part and page.cell(row, 1).value:
                    yield page.cell(row, 1).value, title, part, page.cell(row, column), page.title


def test_targets_go_out_and_actuals_come_back(tmp_path: Path) -> None:
    cycle = example(tmp_path)
    (cycle / "segments.csv").unlink()  # a sheet without the column for them, and without E1017
    for name in ("people", "actuals", "ratings"):
        lines = (cycle / f"{name}.csv").read_text("utf-8").splitlines(keepends=True)
        kept_lines = "".join(line for line in lines if not line.startswith("E1017"))
        (cycle / f"{name}.csv").write_text(kept_lines, "utf-8")
    full = {name: rows_of(cycle / f"{name}.csv") for name in ("actuals", "ratings", "events")}
    before = evaluate_cycle(cycle)
    for name in ("ratings", "events"):
        (cycle / f"{name}.csv").unlink()
    kept = ["person_id", "indicator", "target", "baseline"]
    with (cycle / "actuals.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*kept, "actual"])
        writer.writeheader()
        writer.writerows({key: row[key] for key in kept} for row in full["actuals"])
    assert sheet(cycle, "--out", cycle / "q3.xlsx").exit_code == 0

    book = load_workbook(cycle / "q3.xlsx")
    policies = {one.label: one for one in before.policies}
    titles = {
        (one.person, indicator.name): indicator.title.zh
        for one in before.judged
        if one.policy
        for indicator in policies[one.policy].indicators
    }
    actuals = {(row["person_id"], row["indicator"]): row for row in full["actuals"]}
    by_title = {(key[0], titles.get(key, key[1])): row for key, row in actuals.items()}
    filled = 0
    for person, title, part, cell, _ in places(book):
        row = by_title.get((person, title))
        if row is not None and part == "实际值":
            assert cell.value is None
            typed(cell, row["actual"])
            filled += 1
        elif row is not None and part == "目标值" and row["target"]:
            assert cell.value is not None, "a target that is known stands there"
    assert filled > 200
    fill_ratings(book["评分"], full["ratings"], titles)
    fill_events(book["事件"], full["events"])
    left = book["实际值"]  # of those whose role has no policy
    for person, _, indicator, actual, *_ in left.iter_rows(min_row=2):
        if person.value:
            typed(actual, actuals[person.value, indicator.value]["actual"])
    book.save(cycle / "q3.xlsx")

    after = with_workbook(cycle, cycle / "q3.xlsx")
    assert outcome(after) == outcome(before)
    assert {one.code for line in after.complete for one in line.problems} <= {
        one.code for line in before.complete for one in line.problems
    }


def fill_ratings(
    page: Any, ratings: list[dict[str, str]], titles: dict[tuple[str, str], str]
) -> None:
    """Scores into the rows that there are; of further raters into the empty ones."""
    empty: dict[tuple[str, str, str], int] = {}
    last = 1
    for row in range(2, page.max_row + 1):
        cells = [page.cell(row, column).value for column in (1, 3, 4)]
        if cells[0]:
            assert (*cells,) not in empty, "one row a group"
            empty[cells[0], cells[1], cells[2]] = last = row
    for one in ratings:
        key = (one["person_id"], titles[one["person_id"], one["indicator"]], one["group"])
        row = empty.pop(key, 0)
        if not row:
            row = last = last + 1
            for column, text in zip((1, 3, 4), key, strict=True):
                page.cell(row, column).value = text
        page.cell(row, 5).value = one["rater_id"]
        typed(page.cell(row, 6), one["score"])
    assert not empty, "every group of everybody is rated in the example"


def fill_events(page: Any, events: list[dict[str, str]]) -> None:
    for row, one in enumerate(events, 2):
        assert page.cell(row, 1).value is None
        page.cell(row, 1).value = one["person_id"]
        page.cell(row, 3).value = one["event"]
        for column, text in ((4, one["count"]), (5, one["points"])):
            if text:
                typed(page.cell(row, column), text)


def test_findings_name_the_cells_of_the_sheet(tmp_path: Path) -> None:
    cycle = start(tmp_path)
    assert sheet(cycle, "--out", cycle / "q3.xlsx").exit_code == 0
    book = load_workbook(cycle / "q3.xlsx")
    (cell,) = [
        (page, cell.coordinate)
        for person, _, part, cell, page in places(book)
        if person == "E002" and part == "目标值" and cell.value == 200000
    ]
    book[cell[0]][cell[1]].value = "20万"
    book.save(cycle / "q3.xlsx")
    result = with_workbook(cycle, cycle / "q3.xlsx")
    (rejected,) = result.rejected
    (reason,) = rejected.reasons
    assert (reason.code, str(reason.place)) == ("unit-suffix", f"q3.xlsx[{cell[0]}!{cell[1]}]")


def test_a_wide_table_goes_out_again(tmp_path: Path) -> None:
    cycle = start(tmp_path)
    before = evaluate_cycle(cycle)
    assert sheet(cycle, "--out", cycle / "first.xlsx").exit_code == 0
    setting = cycle / "cycle.yaml"
    setting.write_text(setting.read_text("utf-8") + "\ndata: first.xlsx\n", "utf-8")
    assert sheet(cycle, "--out", cycle / "second.xlsx", language="en").exit_code == 0
    text = setting.read_text("utf-8").replace("first.xlsx", "second.xlsx")
    setting.write_text(text, "utf-8")
    assert outcome(evaluate_cycle(cycle)) == outcome(before)


def test_nothing_that_is_there_is_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = start(tmp_path).parent / "policies" / "sales.yaml"
    monkeypatch.chdir(tmp_path)
    done = sheet(policy)
    assert (done.exit_code, done.stdout) == (0, "sales-fill-in.xlsx\n")
    (tmp_path / "sales-fill-in.xlsx").write_bytes(b"mine")
    done = sheet(policy)
    assert done.exit_code
    assert "--force" in done.stderr
    assert (tmp_path / "sales-fill-in.xlsx").read_bytes() == b"mine"
    assert sheet(policy, "--force").exit_code == 0
    assert (tmp_path / "sales-fill-in.xlsx").read_bytes()[:2] == b"PK"
    assert sorted(path.suffix for path in tmp_path.glob(".*")) == [], "no half file is left"


def test_what_cannot_be_used(tmp_path: Path) -> None:
    cycle = start(tmp_path)
    policy = tmp_path / "policies" / "sales.yaml"
    assert sheet(tmp_path / "nothing.yaml").exit_code == 2
    (cycle / "actuals.csv").write_text("工号,指标名,实际值\n", "utf-8")
    done = sheet(cycle, "--out", tmp_path / "a.xlsx")
    assert done.exit_code == 2
    assert "[missing-column]" in done.stderr
    policy.write_text(policy.read_text("utf-8").replace("weight", "wieght", 1), "utf-8")
    assert sheet(policy, "--out", tmp_path / "a.xlsx").exit_code == 3
    assert not (tmp_path / "a.xlsx").exists()


def test_a_cycle_without_people_yet_gets_empty_rows(tmp_path: Path) -> None:
    cycle = start(tmp_path)
    for path in cycle.glob("*.csv"):
        path.unlink()
    assert sheet(cycle, "--out", tmp_path / "a.xlsx").exit_code == 0
    book = load_workbook(tmp_path / "a.xlsx")
    assert book["人员"]["A2"].value is None
    assert "销售代表" in book.sheetnames


MORE = {
    "policies/seo.yaml": "policy: seo\ntitle: {zh: SEO/SEM专员, en: SEO/SEM specialist}\n"
    "indicators:\n  clicks: {title: {zh: 点击量, en: Clicks}, weight: 50%, unit: '%', "
    "score: {formula: '100 * actual'}}\n"
    "  care: {weight: 50%, score: {ratings: {groups: {peer: 100%}, scale: {min: 0, max: 100}}}}\n",
    "policies/team.yaml": "policy: team\nsubject: team\nindicators:\n"
    "  profit: {weight: 100%, target: required, score: {formula: '100 * attainment'}}\n",
}


def test_moves_units_and_further_tables_go_out_and_come_back(tmp_path: Path) -> None:
    cycle = start(tmp_path)
    for name, text in MORE.items():
        (tmp_path / name).write_text(text, "utf-8")
    people = (cycle / "people.csv").read_text("utf-8-sig")
    tables = {
        "people": people + "E004,=1+1,SEO/SEM专员,二组,销售部,,,0100\n",
        "units": "unit_id,role,name,fund\nT1,team,一组,1000\n",
        "segments": "person_id,role,from,to\nE003,sales,,2024-08-15\nE003,seo,2024-08-16,\n",
        "ratings": "person_id,indicator,group,rater_id,score,segment\n"
        "E003,care,peer,E001,90,2\nE004,care,peer,E001,80,\n",
        "history": "person_id,cycle,total,grade\nE001,2024Q2,91.5,A\n",
    }
    tables["actuals"] = (cycle / "actuals.csv").read_text("utf-8-sig") + (
        "E003,clicks,85.5%,,,\nE004,clicks,120%,,,\nT1,profit,95,100,,\n"
    )
    for name, text in tables.items():
        (cycle / f"{name}.csv").write_text(text, "utf-8")
    before = evaluate_cycle(cycle)
    assert not before.rejected, [one.reasons for one in before.rejected]
    assert {one.person for one in before.complete} >= {"E003", "T1", "E004"}
    for language in ("zh", "en"):
        book = cycle / f"{language}.xlsx"
        assert sheet(cycle, "--out", book, language=language).exit_code == 0
        again = tmp_path / language
        shutil.copytree(cycle, again)
        (again / "cycle.yaml").write_text(
            (again / "cycle.yaml").read_text("utf-8") + f"\ndata: {book.name}\n", "utf-8"
        )
        without_tables(again)
        after = evaluate_cycle(again)
        assert [one.message() for one in (*after.findings, *after.unattached)] == []
        assert outcome(after) == outcome(before)
        assert load_workbook(book)["历史"]["B2"].value == "2024Q2"


FURTHER = {
    "zh": ["任职", "目标变更", "校准", "历史", "OKR", "进度"],
    "en": ["segments", "target_changes", "calibrations", "历史", "okrs", "progress"],
}
CHANGING = """\
policy: sales
title: {zh: 销售代表, en: Sales representative}
indicators:
  amount: {title: {zh: 销售额, en: Sales}, weight: 100%, unit: CNY, target: required,
    score: {formula: "100 * attainment"}}
"""


def new_cycle(folder: Path, more: str) -> Path:
    """A cycle of which nothing is there but its dates and one policy."""
    (folder / "policies").mkdir()
    (folder / "policies/sales.yaml").write_text(CHANGING + more, "utf-8")
    (folder / "cycle.yaml").write_text(
        "id: 2024Q3\nfrom: 2024-07-01\nto: 2024-09-30\npolicies: policies\n", "utf-8"
    )
    return folder


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_cycle_has_a_sheet_for_all_that_its_policies_can_use(
    tmp_path: Path, language: str
) -> None:
    rules = "target_changes: {per_quarter: 1}\nfollow_ups: {talk: {when: total < previous.total}}\n"
    cycle = new_cycle(tmp_path, rules)
    assert sheet(cycle, "--out", cycle / "q3.xlsx", language=language).exit_code == 0
    book = load_workbook(cycle / "q3.xlsx")
    assert book.sheetnames[-6:] == FURTHER[language]
    for name in FURTHER[language]:
        (head, *rows) = book[name].iter_rows(values_only=True)
        assert len([cell for cell in head if cell]) >= 6
        assert not any(cell for row in rows for cell in row)
    # People and figures are filled in, the other sheets left as they are.
    people, role = book.worksheets[1], book.worksheets[2]
    people["A2"], people["C2"] = "E1", role.title
    first = next(row for row in range(2, 12) if not role.cell(row, 1).protection.locked)
    role.cell(first, 1).value = "E1"
    for column in range(2, role.max_column + 1):
        head = [str(role.cell(row, column).value) for row in range(1, first)]
        if {"实际值", "actual"} & set(head):
            role.cell(first, column).value = 120
        elif {"目标值", "target"} & set(head):
            role.cell(first, column).value = 100
    book.save(cycle / "q3.xlsx")
    result = with_workbook(cycle, cycle / "q3.xlsx")
    own = [one for line in result.judged for one in line.problems if one.code != "no-history"]
    assert [one.message() for one in (*result.findings, *result.unattached, *own)] == []
    (line,) = result.judged
    assert [one.actual for one in line.indicators] == [120]


def test_a_column_of_days_takes_days(tmp_path: Path) -> None:
    cycle = new_cycle(tmp_path, "target_changes: {per_quarter: 1}\n")
    assert sheet(cycle, "--out", cycle / "q3.xlsx").exit_code == 0
    page = load_workbook(cycle / "q3.xlsx")["目标变更"]
    rules = {str(one.sqref)[0]: one.type for one in page.data_validations.dataValidation}
    found = {cell.value: rules.get(cell.column_letter) for cell in page[1]}
    assert (found["原完成日期"], found["新完成日期"], found["日期"]) == ("date", "date", "date")
    assert (found["原目标值"], found["原因"]) == ("decimal", None)


def test_what_no_policy_can_use_has_no_sheet(tmp_path: Path) -> None:
    cycle = new_cycle(tmp_path, "")
    assert sheet(cycle, "--out", cycle / "q3.xlsx").exit_code == 0
    assert load_workbook(cycle / "q3.xlsx").sheetnames[-4:] == ["任职", "校准", "OKR", "进度"]


def test_what_is_filled_into_a_further_sheet_is_read(tmp_path: Path) -> None:
    cycle = new_cycle(tmp_path, "target_changes: {per_quarter: 1}\n")
    (cycle / "people.csv").write_text("person_id,name,role\nE1,示例员工01,sales\n", "utf-8")
    (cycle / "actuals.csv").write_text(
        "person_id,indicator,actual,target\nE1,amount,90,100\n", "utf-8"
    )
    assert sheet(cycle, "--out", cycle / "q3.xlsx").exit_code == 0
    book = load_workbook(cycle / "q3.xlsx")
    rows = {
        "目标变更": ["E1", None, "销售额", "2024-08-01", 100, 90, None, None, "停产", "L01", None],
        "校准": ["E1", None, "2024-10-08", "总分", "100", "95", "校准", "复核", "委员会", None],
        "OKR": ["E1", None, "新市场", "签约三家", 0.7, None],
    }
    for name, cells in rows.items():
        for column, cell in enumerate(cells, 1):
            book[name].cell(2, column).value = cell
    book.save(cycle / "q3.xlsx")
    result = with_workbook(cycle, cycle / "q3.xlsx")
    assert [one.message() for one in result.findings] == []
    (line,) = result.judged
    assert (line.problems, line.total) == ((), 95)
    appraisal = result.appraisals["E1"]
    assert appraisal.okr == Decimal("0.7")
    assert appraisal.attainment("amount") == 1
