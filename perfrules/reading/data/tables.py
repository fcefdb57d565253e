"""The four tables of a cycle: where they are, what their columns are called, row by row.

One file a format reads what stands there (`csv_table`, `xlsx_table`, `json_table`); here the
headers are understood, in Chinese or English, and the rows brought to one width.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from perfrules.codes.code import Severity, Text
from perfrules.diagnostics import Cell, Findings, closest
from perfrules.reading.data.csv_table import read_csv
from perfrules.reading.data.json_table import read_json
from perfrules.reading.data.numerals import Refusal, tidy
from perfrules.reading.data.raw_table import Limits, RawTable, Row
from perfrules.reading.data.xlsx_table import read_workbook

__all__ = ["WHOLE_ROW", "Table", "is_total", "read_tables"]

WHOLE_ROW: Final = -1
"""Stands for the whole row among the columns of its faults."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table is called and which columns it has; `open` if any others may follow."""

    name: str
    alias: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    open: bool = False


LAYOUTS: Final = (
    Layout(
        "people", "人员", ("person_id", "role"),
        ("name", "team", "department", "joined", "left", "proration"), open=True,
    ),
    Layout(
        "actuals", "实际值", ("person_id", "indicator", "actual"),
        ("target", "baseline", "source", "as_of", "evidence"),
    ),
    Layout(
        "ratings", "评分", ("person_id", "indicator", "group", "score"), ("rater_id", "evidence"),
    ),
    Layout("events", "事件", ("person_id", "event"), ("count", "points", "evidence")),
)  # fmt: skip

LATER: Final = ("target_changes", "calibrations", "progress", "history")
"""Tables of a cycle's folder that are not read yet."""

ALIASES: Final[Mapping[str, str]] = {
    "工号": "person_id", "姓名": "name", "岗位": "role", "团队": "team", "部门": "department",
    "入职日期": "joined", "离职日期": "left", "折算系数": "proration", "奖金基数": "bonus_base",
    "部门系数": "department_factor",
    "指标": "indicator", "实际值": "actual", "目标值": "target", "基线值": "baseline",
    "数据来源": "source", "数据日期": "as_of", "佐证": "evidence", "评分组": "group",
    "评分人": "rater_id", "评分": "score", "事件": "event", "次数": "count", "分值": "points",
}  # fmt: skip
"""Chinese headers and the columns that they name."""

_TOTALS: Final = frozenset(
    ("合计", "总计", "小计", "共计", "汇总", "total", "totals", "sum", "subtotal")
)


class Table:
    """A table whose header is understood. `columns` maps each name to its place in a row."""

    def __init__(self, layout: Layout, raw: RawTable, columns: Mapping[str, int]) -> None:
        self.name, self.columns = layout.name, columns
        self.file, self.epoch = raw.file, raw.epoch
        self._raw = raw
        header = raw.header
        self._width = max(columns.values(), default=-1) + 1 if header else 0
        # `actuals.csv:` and nothing, or `q3.xlsx[实际值!` and `]`: a row's number goes between.
        self._before, self._after = str(raw.place(7)).rsplit("7", 1)

    def __iter__(self) -> Iterator[Row]:
        """The rows that hold anything, as wide as the header and a blank. To be walked once."""
        width = self._width
        for found in self._raw.rows:
            if not any(found.texts) and not found.faults:
                continue
            row = found if len(found.texts) == width else _fitted(found, width)
            row.texts.append("")
            yield row

    def of(self, *names: str) -> tuple[int, ...]:
        """Where columns stand in a row; one that the table does not have, at the closing blank."""
        return tuple(self.columns.get(name, self._width) for name in names)

    def name_of(self, index: int) -> str:
        """The name of the column at `index`; empty where it has none."""
        return next((name for name, found in self.columns.items() if found == index), "")

    def place(self, row: int, column: str = "") -> Cell:
        """The place of a row, or of its cell in a column."""
        index = self.columns.get(column)
        return self._raw.place(row, 0 if index is None else index + 1)

    def origin(self, row: int) -> str:
        """The place of a row as traces print it."""
        return f"{self._before}{row}{self._after}"


def _fitted(row: Row, width: int) -> Row:
    """A row cut or filled up to `width`, with a fault unless only blanks were cut off."""
    found = len(row.texts)
    texts = row.texts[:width] + [""] * (width - found)
    if found > width and not any(text.strip() for text in row.texts[width:]):
        return Row(row.number, texts, row.faults)
    code = "short-row" if found < width else "long-row"
    fault = Refusal(code, {"found": found, "expected": width})
    return Row(row.number, texts, {**row.faults, WHOLE_ROW: fault})


def is_total(texts: Iterable[str]) -> bool:
    """Whether a row adds up those above it: its first word says so."""
    first = next((text for text in texts if text.strip()), "")
    return len(first) < 16 and tidy(first).casefold().rstrip(":") in _TOTALS


def read_tables(
    folder: Path, data: Path | None, limits: Limits, findings: Findings
) -> tuple[dict[str, Table], list[Path]]:
    """The tables of a cycle by name, and the files they are in.

    A finding of severity error means that something as a whole could not be read.
    """
    if data is None:
        found, files = _csv_tables(folder, limits, findings)
    else:
        name, files = data.relative_to(folder).as_posix(), [data]
        read = read_json if data.suffix.lower() == ".json" else read_workbook
        found = _by_layout(read(data, name, limits, findings) or (), findings)
    tables = {}
    for layout in LAYOUTS:
        raw = found.get(layout.name)
        if raw is not None and (table := _understood(layout, raw, findings)) is not None:
            tables[layout.name] = table
    if "people" not in found and not findings.errors:
        place = Cell(data.relative_to(folder).as_posix() if data else "people.csv")
        findings.report("missing-table", place, table="people", alias="人员")
    return tables, files


def _csv_tables(
    folder: Path, limits: Limits, findings: Findings
) -> tuple[dict[str, RawTable], list[Path]]:
    paths: dict[str, Path] = {}
    for path in sorted(folder.glob("*.csv")):
        layout = _layout(path.stem)
        if layout is None:
            _unused("unused-file", Cell(path.name), path.stem, findings)
        elif layout.name in paths:
            first = paths[layout.name].name
            findings.report("table-twice", Cell(path.name), table=layout.name, first=first)
        else:
            paths[layout.name] = path
    read = {
        name: raw
        for name, path in paths.items()
        if (raw := read_csv(path, path.name, limits, findings)) is not None
    }
    return read, sorted(paths.values())


def _by_layout(raws: Sequence[RawTable], findings: Findings) -> dict[str, RawTable]:
    found: dict[str, RawTable] = {}
    for raw in raws:
        layout = _layout(raw.sheet)
        if layout is None:
            _unused("unused-sheet", raw.place(), raw.sheet, findings)
        elif layout.name in found:
            first = found[layout.name].sheet
            findings.report("table-twice", raw.place(), table=layout.name, first=first)
        else:
            found[layout.name] = raw
    return found


def _layout(name: str) -> Layout | None:
    word = tidy(name).casefold()
    return next((one for one in LAYOUTS if word in (one.name, one.alias)), None)


def _unused(code: str, place: Cell, name: str, findings: Findings) -> None:
    """A table that nobody reads: a note, or a warning where it looks like a slip of the pen."""
    known = [word for layout in LAYOUTS for word in (layout.name, layout.alias)]
    suggestion = None if name in LATER else closest(tidy(name).casefold(), known)
    severity: Severity = "warning" if suggestion else "note"
    findings.report(code, place, severity=severity, name=name, suggestion=suggestion)


def _understood(layout: Layout, raw: RawTable, findings: Findings) -> Table | None:
    """The table with its columns by name; None where the header cannot be used."""
    header = raw.header
    if header is None:
        severity: Severity = "error" if layout.name == "people" else "note"
        findings.report("empty-table", raw.place(), severity=severity, table=layout.name)
        return Table(layout, raw, {})
    columns: dict[str, int] = {}
    known = (*layout.required, *layout.optional)
    broken = False
    for index, text in enumerate(header.texts):
        word = tidy(text)
        name = ALIASES.get(word, word)
        place = raw.place(header.number, index + 1)
        if not name:
            if any(tidy(later) for later in header.texts[index + 1 :]):
                findings.report("unnamed-column", place)
        elif name in columns:
            first = raw.place(header.number, columns[name] + 1).address or str(columns[name] + 1)
            findings.report("duplicate-column", place, column=text, first=first)
            broken = True
        else:
            columns[name] = index
            if name not in known and not layout.open:
                near = closest(word, (*known, *_aliases(known)))
                findings.report(
                    "unknown-column", place, table=layout.name, column=word, suggestion=near
                )
    strange = [word for word in columns if word not in known]
    for name in layout.required:
        if name not in columns:
            near = closest(name, strange)
            place = raw.place(header.number, columns[near] + 1 if near else 0)
            there = Text(f"（现有列 `{near}`）", f" (there is a column `{near}`)") if near else ""
            alias = _aliases([name])[0]
            findings.report(
                "missing-column", place, table=layout.name, column=name, alias=alias, there=there
            )
            broken = True
    return None if broken else Table(layout, raw, columns)


def _aliases(names: Iterable[str]) -> list[str]:
    wanted = set(names)
    return [alias for alias, name in ALIASES.items() if name in wanted]
