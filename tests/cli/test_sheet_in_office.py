"""The workbook to fill in, in the hands of LibreOffice: its rules and its saved files."""

import csv
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner
from openpyxl import load_workbook

from perfrules.cli.main import main
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.model.cycle_result import CycleResult

ROOT = Path(__file__).parents[2]
OFFICE = shutil.which("soffice") or ""

needs_office = pytest.mark.skipif(not OFFICE, reason="LibreOffice is not on this machine")


def convert(book: Path, into: str, folder: Path) -> Path:
    """The workbook as LibreOffice saves it."""
    profile = (folder / "profile").as_uri()
    done = subprocess.run(
        [OFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", into,
         "--outdir", str(folder / "saved"), str(book)],
        capture_output=True, text=True, timeout=180,
    )  # fmt: skip
    saved = folder / "saved" / f"{book.stem}.{into}"
    assert saved.is_file(), done.stderr
    return saved


def example(tmp_path: Path) -> tuple[Path, Path]:
    """A copy of the example, and the workbook that goes out."""
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    cycle = Path(shutil.copytree(ROOT / "examples" / "2024Q3", tmp_path / "examples" / "2024Q3"))
    done = CliRunner().invoke(main, ["sheet", str(cycle), "--out", str(cycle / "q3.xlsx")])
    assert done.exit_code == 0, done.output
    return cycle, cycle / "q3.xlsx"


def percent_rules(book: Path) -> list[tuple[str, str, str]]:
    """The rules of columns of percentages: the sheet, their first cell, the formula."""
    return [
        (page.title, str(rule.sqref).partition(":")[0], rule.formula1)
        for page in load_workbook(book)
        for rule in page.data_validations.dataValidation
        if rule.type == "custom"
    ]


def test_a_column_of_percentages_refuses_what_could_be_off_by_100(tmp_path: Path) -> None:
    _, book = example(tmp_path)
    rules = percent_rules(book)
    assert len(rules) > 20
    opened = load_workbook(book)
    for title, cell, formula in rules:
        first = opened[title][cell]
        assert first.number_format.endswith("%") or isinstance(first.value, str)
        assert cell in formula, "the rule looks at the cell in which one types"
    refusing = [
        rule
        for page in opened
        for rule in page.data_validations.dataValidation
        if rule.type == "custom"
    ]
    assert {(rule.errorStyle or "stop", "70.1%" in rule.error) for rule in refusing} == {
        ("stop", True)
    }


TYPED: dict[object, bool] = {
    Decimal("0.701"): True, Decimal("1.999"): True, Decimal("-1.5"): True, 0: True, "—": True,
    "无": True, "250%": True, "250％": True, "-300%": True,
    Decimal("70.1"): False, 2: False, -85: False, "70.1": False, "85": False, "1,200": False,
}  # fmt: skip


@needs_office
def test_the_rule_says_so_where_it_is_worked_out(tmp_path: Path) -> None:
    _, out = example(tmp_path)
    _, cell, formula = percent_rules(out)[0]
    path = tmp_path / "rule.xlsx"
    book = xlsxwriter.Workbook(path, {"strings_to_numbers": False})
    page = book.add_worksheet()
    for row, value in enumerate(TYPED, 1):
        if isinstance(value, str):
            page.write_string(f"A{row}", value)
        else:
            page.write_number(f"A{row}", value)
        page.write_formula(f"B{row}", "=" + formula.lstrip("=").replace(cell, f"A{row}"), None, "")
    book.close()
    with convert(path, "csv", tmp_path).open(encoding="latin-1", newline="") as file:
        allowed = [row[1] == "TRUE" for row in csv.reader(file)]
    assert dict(zip(TYPED, allowed, strict=True)) == TYPED


def outcome(result: CycleResult) -> dict[str, object]:
    return {one.person: (one.total, one.grade, dict(one.pay)) for one in result.judged}


@needs_office
def test_a_workbook_saved_by_libreoffice_says_the_same(tmp_path: Path) -> None:
    cycle, book = example(tmp_path)
    before = outcome(evaluate_cycle(cycle))
    book.write_bytes(convert(book, "xlsx", tmp_path).read_bytes())
    setting = cycle / "cycle.yaml"
    setting.write_text(setting.read_text("utf-8") + "\ndata: q3.xlsx\n", "utf-8")
    assert outcome(evaluate_cycle(cycle)) == before
