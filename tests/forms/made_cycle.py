"""A made-up cycle to send forms out for: forty people, three raters each, and who fills in what."""

import csv
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from openpyxl import load_workbook

from perfrules.cli.main import main

POLICY = """\
policy: sales
title: {zh: 销售代表, en: Sales representative}
indicators:
  amount: {title: {zh: 销售额, en: Sales}, weight: 40%, unit: CNY,
    score: {bands: [{at_least: 100%, score: 100}, {at_least: 80%, score: 80}, {otherwise: 0}]}}
  rate: {title: {zh: 回款率, en: Collection rate}, weight: 20%, unit: "%", target: 95%,
    score: {bands: [{at_least: 100%, score: 100}, {otherwise: 60}]}}
  quality: {title: {zh: 服务质量, en: Quality}, weight: 20%, score: {levels: {优秀: 100, 一般: 60}}}
  teamwork: {title: {zh: 团队协作, en: Teamwork}, weight: 20%,
    score: {ratings: {groups: {self: 10%, manager: 50%, peer: 40%}, scale: {min: 0, max: 100},
      empty_group: exclude}}}
grades: [{grade: A, at_least: 80}, {otherwise: B}]
"""
CYCLE = """\
id: 2025Q1
title: {zh: 2025年第一季度绩效考核, en: "Appraisal, first quarter of 2025"}
from: 2025-01-01
to: 2025-03-31
policies: policies
"""
PEOPLE = tuple(f"E{number:03}" for number in range(1, 41))

Values = Mapping[tuple[str, str], object]
"""What is typed into a form: by the text of its row's label and the heading of the column."""


def raters_of(number: int) -> list[tuple[str, str]]:
    """The three raters of a person, each with the group: a manager and two others."""
    return [
        (f"M{number:03}", "manager"), (f"R{number:03}", "peer"), (f"S{number:03}", "peer")
    ]  # fmt: skip


def rating(number: int, rater: int) -> int:
    return 60 + (number * 7 + rater * 11) % 41


def write_cycle(folder: Path, people: int = 40) -> Path:
    """The folder of a cycle with people, targets and raters, and no figures."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "policies").mkdir()
    (folder / "policies" / "sales.yaml").write_text(POLICY, "utf-8")
    (folder / "cycle.yaml").write_text(CYCLE, "utf-8")
    numbers = range(1, people + 1)
    write_csv(
        folder / "people.csv",
        [["工号", "姓名", "岗位", "部门"]]
        + [[f"E{n:03}", f"示例员工{n:02}", "sales", "销售部"] for n in numbers],
    )
    write_csv(
        folder / "raters.csv",
        [["工号", "评分组", "评分人", "评分人姓名"]]
        + [
            [f"E{n:03}", group, rater, f"示例评分人{rater}"]
            for n in numbers
            for rater, group in raters_of(n)
        ],
    )
    return folder


def write_csv(path: Path, rows: list[list[str]]) -> None:
    """A table as Excel in China writes it when asked for UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def typed_directly(folder: Path, people: int = 40) -> Path:
    """The same cycle with all figures typed into its tables."""
    write_cycle(folder, people)
    actuals = [["person_id", "indicator", "actual", "target"]]
    ratings = [["person_id", "indicator", "group", "rater_id", "score"]]
    for number in range(1, people + 1):
        person = f"E{number:03}"
        amount, rate, quality = figures(number)
        actuals.append([person, "amount", str(amount), "100000"])
        actuals.append([person, "rate", f"{rate}%", ""])
        actuals.append([person, "quality", quality, ""])
        ratings.append([person, "teamwork", "self", person, str(rating(number, 9))])
        for at, (rater, group) in enumerate(raters_of(number)):
            ratings.append([person, "teamwork", group, rater, str(rating(number, at))])
    write_csv(folder / "actuals.csv", actuals)
    write_csv(folder / "ratings.csv", ratings)
    return folder


def figures(number: int) -> tuple[int, int, str]:
    """The sales, the rate in percent, and the quality of a person."""
    return 70_000 + number * 1_000, 90 + number % 10, "优秀" if number % 3 else "一般"


def of_person(number: int) -> dict[tuple[str, str], object]:
    """What a person and the manager type: in several ways, as people do."""
    amount, rate, quality = figures(number)
    return {
        ("销售额", "目标值"): 100000,
        ("销售额", "实际值"): amount if number % 2 else f"{amount:,}",
        ("销售额", "自评说明"): f"=超额完成（{number}）",
        ("回款率", "实际值"): rate / 100 if number % 2 else f"{rate}％",
        ("服务质量", "实际值"): quality,
        ("团队协作", "自评分"): rating(number, 9),
        ("本人自评", "内容"): "本季度完成较好，\n下季度继续努力",
    }  # fmt: skip


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def send(cycle: Path, per: str, out: Path, language: str = "zh", ends: int = 0) -> dict[str, Path]:
    """Writes the forms, and returns the files by id."""
    done = run("sheet", cycle, "--per", per, "--out", out, "--lang", language)
    assert done.exit_code == ends, done.output
    return {path.stem.partition("-")[0]: path for path in sorted(out.glob("*.xlsx"))}


def fill_in(path: Path, values: Values, into: Path | None = None) -> Path:
    """Types values into a form; a cell is found by a label of its row and the heading above."""

    def typed(book: Any) -> None:
        sheet = book.worksheets[0]
        for (label, heading), value in values.items():
            place = cell_of(sheet, label, heading)
            assert not sheet[place].protection.locked, f"{label} {heading} is locked"
            sheet[place] = value
            if isinstance(value, str) and value.startswith("="):
                sheet[place].data_type = "s"

    return change(path, typed, into)


def change(path: Path, how: Callable[[Any], None], into: Path | None = None) -> Path:
    """Opens a workbook, changes it, and saves it."""
    book = load_workbook(path)
    how(book)
    target = into or path
    book.save(target)
    return target


def cell_of(sheet: Any, label: str, heading: str) -> str:
    """The address of the cell in the row of a label under a heading."""
    row = next(
        row[0].row for row in sheet.iter_rows() if any(str(cell.value) == label for cell in row)
    )
    column = next(
        cell.column_letter
        for above in reversed([*sheet.iter_rows(max_row=row - 1)])
        for cell in above
        if cell.value == heading
    )
    return f"{column}{row}"


def copy_forms(forms: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """Copies forms to where they are collected from."""
    folder.mkdir(parents=True, exist_ok=True)
    return {one: Path(shutil.copy(path, folder / path.name)) for one, path in forms.items()}
