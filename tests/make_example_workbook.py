"""Makes examples/2024Q3-excel/2024Q3.xlsx from the CSV files of examples/2024Q3.

The workbook is the same quarter as HR would send it: Chinese sheets and headers, ids as
text, percentages and dates as real Excel cells, indicators, events and cycles under their
Chinese names. The same CSV files give the same bytes, so that a change shows in the history.
The target cascade has no place in a workbook: targets.yaml is copied as it is.

    python tests/make_example_workbook.py
"""

import csv
import datetime
import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCE: Final = ROOT / "examples" / "2024Q3"
WORKBOOK: Final = ROOT / "examples" / "2024Q3-excel" / "2024Q3.xlsx"

# Sheet, CSV file, and the Chinese header of each of its columns.
SHEETS: Final[tuple[tuple[str, str, dict[str, str]], ...]] = (
    (
        "人员",
        "people.csv",
        {
            "person_id": "工号",
            "name": "姓名",
            "role": "岗位",
            "team": "团队",
            "department": "部门",
            "joined": "入职日期",
            "left": "离职日期",
            "bonus_base": "奖金基数",
            "department_factor": "department_factor",
            "project": "项目",
        },
    ),
    (
        "组织",
        "units.csv",
        {"unit_id": "组织编号", "role": "岗位", "name": "名称", "parent": "上级组织"},
    ),
    (
        "任职",
        "segments.csv",
        {"person_id": "工号", "role": "岗位", "from": "起始日期", "to": "截止日期"},
    ),
    (
        "实际值",
        "actuals.csv",
        {
            "person_id": "工号",
            "indicator": "指标",
            "actual": "实际值",
            "target": "目标值",
            "baseline": "基线值",
            "source": "数据来源",
            "as_of": "数据日期",
            "evidence": "佐证",
        },
    ),
    (
        "评分",
        "ratings.csv",
        {
            "person_id": "工号",
            "indicator": "指标",
            "group": "评分组",
            "rater_id": "评分人",
            "score": "评分",
            "evidence": "佐证",
        },
    ),
    (
        "事件",
        "events.csv",
        {
            "person_id": "工号",
            "event": "事件",
            "count": "次数",
            "points": "分值",
            "evidence": "佐证",
        },
    ),
    (
        "目标变更",
        "target_changes.csv",
        {
            "person_id": "工号",
            "indicator": "指标",
            "date": "日期",
            "old": "原目标值",
            "new": "新目标值",
            "reason": "原因",
            "approved_by": "批准人",
            "evidence": "佐证",
        },
    ),
    (
        "校准",
        "calibrations.csv",
        {
            "person_id": "工号",
            "date": "日期",
            "what": "调整对象",
            "before": "调整前",
            "after": "调整后",
            "kind": "类别",
            "reason": "原因",
            "approved_by": "批准人",
            "evidence": "佐证",
        },
    ),
    (
        "历史",
        "history.csv",
        {"person_id": "工号", "cycle": "周期", "total": "总分", "grade": "等级"},
    ),
    (
        "OKR",
        "okrs.csv",
        {
            "person_id": "工号",
            "objective": "目标",
            "key_result": "关键结果",
            "score": "评分",
            "evidence": "佐证",
        },
    ),
    (
        "进度",
        "progress.csv",
        {
            "person_id": "工号",
            "indicator": "指标",
            "date": "日期",
            "actual": "实际值",
            "target": "目标值",
            "note": "备注",
        },
    ),
)
ID_COLUMNS: Final = ("person_id", "unit_id", "rater_id")
NUMBER_COLUMNS: Final = (
    "actual",
    "target",
    "baseline",
    "score",
    "count",
    "points",
    "bonus_base",
    "department_factor",
    "old",
    "new",
    "before",
    "after",
    "total",
)
DATE_COLUMNS: Final = ("joined", "left", "as_of", "from", "to", "date")

# What the CSV files say in English, and the workbook in Chinese.
WORDS: Final = {
    "kind": {"calibration": "校准", "appeal": "申诉"},
    "what": {"total": "总分", "grade": "等级"},
}
QUARTERS: Final = {f"2024Q{n}": f"2024年第{word}季度" for n, word in enumerate("一二三四", 1)}

# These two roles' figures come out of systems that know the ids only.
ROLES_WITH_IDS: Final = ("seo", "analyst")

NUMBER: Final = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+|-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
PERCENT: Final = re.compile(r"(-?[0-9]+(?:\.([0-9]+))?)%", re.ASCII)
EPOCH: Final = (2024, 10, 8, 9, 0, 0)

Rows = list[dict[str, str]]


def main() -> None:
    """Reads the CSV files, writes the workbook."""
    WORKBOOK.write_bytes(workbook_bytes())
    (WORKBOOK.parent / "targets.yaml").write_bytes((SOURCE / "targets.yaml").read_bytes())


def workbook_bytes() -> bytes:
    """The workbook, the same bytes for the same CSV files and policies."""
    tables = {file: _read(SOURCE / file) for _, file, _ in SHEETS}
    titles = _Titles(tables)
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, file, headers in SHEETS:
        sheet = book.create_sheet(name)
        _fill(sheet, headers, [titles.named(row) for row in tables[file]])
    raw = io.BytesIO()
    book.save(raw)
    return _without_clock(raw.getvalue())


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


class _Titles:
    """The Chinese titles of roles, indicators and events, by the policies."""

    def __init__(self, tables: dict[str, Rows]) -> None:
        self.roles = {row["person_id"]: [row["role"]] for row in tables["people.csv"]}
        self.roles |= {row["unit_id"]: [row["role"]] for row in tables["units.csv"]}
        for row in tables["segments.csv"]:
            held = [
                one["role"]
                for one in tables["segments.csv"]
                if one["person_id"] == row["person_id"]
            ]
            self.roles[row["person_id"]] = held
            self.roles |= {f"{row['person_id']}#{n}": [role] for n, role in enumerate(held, 1)}
        shared = _policy("shared/base")
        names = sorted(
            {role for held in self.roles.values() for role in held if _path(role).exists()}
        )
        self.policies = {name: _policy(name) for name in names}
        self.events: dict[str, str] = {}
        for policy in (shared, *self.policies.values()):
            for block in ("adjustments", "vetoes"):
                for event, rule in policy.get(block, {}).items():
                    if "title" in rule:
                        self.events[event] = rule["title"]["zh"]

    def named(self, row: dict[str, str]) -> dict[str, str]:
        """`row` with what it names under the Chinese words."""
        named = {column: WORDS.get(column, {}).get(text, text) for column, text in row.items()}
        if "role" in row:
            policy = self.policies.get(row["role"])
            named["role"] = policy["title"]["zh"] if policy else "品牌公关"
        if "indicator" in row:
            named["indicator"] = self.indicator(row["person_id"], row["indicator"])
        if "event" in row:
            named["event"] = self.events.get(row["event"], row["event"])
        if "cycle" in row:
            named["cycle"] = QUARTERS[row["cycle"]]
        return named

    def indicator(self, subject: str, name: str) -> str:
        """The title of an indicator, by the policy of the role that has it."""
        for role in self.roles[subject]:
            indicators = self.policies[role]["indicators"] if role in self.policies else {}
            if name in indicators and role not in ROLES_WITH_IDS:
                return str(indicators[name]["title"]["zh"])
        return name


def _path(name: str) -> Path:
    return ROOT / "policies" / f"{name}.yaml"


def _policy(name: str) -> dict[str, Any]:
    """The document of a policy. Only its titles are read here, so a plain loader will do."""
    loaded = yaml.load(_path(name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(loaded, dict)
    return loaded


def _fill(sheet: Worksheet, headers: dict[str, str], rows: Rows) -> None:
    sheet.append(list(headers.values()))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, row in enumerate(rows, 2):
        for place, column in enumerate(headers, 1):
            cell = sheet.cell(number, place)
            assert isinstance(cell, Cell)
            _write(cell, column, row[column])
    sheet.freeze_panes = "A2"
    for place in range(1, len(headers) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 18


def _write(cell: Cell, column: str, text: str) -> None:
    """The cell as a person would have typed it: numbers, percentages and dates, else text."""
    if not text:
        return
    if column in ID_COLUMNS:
        cell.value, cell.number_format = text, "@"
    elif column in DATE_COLUMNS:
        cell.value, cell.number_format = datetime.date.fromisoformat(text), "yyyy-mm-dd"
    elif column in NUMBER_COLUMNS and (percent := PERCENT.fullmatch(text)):
        cell.value = Decimal(percent[1]).scaleb(-2)
        cell.number_format = "0." + "0" * len(percent[2]) + "%" if percent[2] else "0%"
    elif column in NUMBER_COLUMNS and NUMBER.fullmatch(text):
        cell.value = Decimal(text.replace(",", ""))
        cell.number_format = "#,##0" if "," in text else "General"
    else:
        cell.value = text


def _without_clock(raw: bytes) -> bytes:
    """The same archive with one fixed time in the place of the time of writing."""
    stamp = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*EPOCH).encode()
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"(?<=>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ(?=<)", stamp, content)
            info = zipfile.ZipInfo(entry.filename, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            new.writestr(info, content)
    return fixed.getvalue()


if __name__ == "__main__":
    main()
