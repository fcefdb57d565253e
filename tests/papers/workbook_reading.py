"""appraisals.xlsx as its readers have it: sheets, the tables of the overview, what charts draw."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils import range_boundaries

__all__ = ["Drawn", "charts_of", "column_of", "parts_of", "rows_of", "sheets_of", "table_of"]


def rows_of(path: Path) -> list[dict[str, str]]:
    """A table of the result folder."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def sheets_of(folder: Path) -> Any:
    """The workbook of a result folder."""
    return openpyxl.load_workbook(folder / "appraisals.xlsx")


def column_of(sheet: Any, title: str) -> list[Any]:
    """The cells below a title in the first row."""
    heads = [cell.value for cell in sheet[1]]
    return [row[heads.index(title)].value for row in sheet.iter_rows(min_row=2)]


def table_of(sheet: Any, name: str) -> list[list[Any]]:
    """A small table of the overview below its heading: the heads, then the rows."""
    start = next(row[0].row for row in sheet.iter_rows() if row[0].value == name)
    found = []
    for row in sheet.iter_rows(min_row=start + 1, values_only=True):
        cells = list(row)
        while cells and cells[-1] is None:
            cells.pop()
        if found and len(cells) < 2:
            break
        found.append(cells)
    return found


class Drawn(NamedTuple):
    """A chart: its title, and each range that it draws with what the cells there have, and what the
    chart itself keeps of them."""

    title: str
    ranges: dict[str, list[Any]]
    kept: dict[str, list[str]]


def parts_of(folder: Path) -> dict[str, str]:
    """The XML files of the workbook."""
    with zipfile.ZipFile(folder / "appraisals.xlsx") as book:
        return {name: book.read(name).decode() for name in book.namelist()}


_REFERENCE = re.compile(
    r"<c:f>([^<]*)</c:f>(?:<c:(?:num|str)Cache>(.*?)</c:(?:num|str)Cache>)?", re.DOTALL
)


def charts_of(folder: Path) -> Iterator[Drawn]:
    """Its charts in their order."""
    book, parts = sheets_of(folder), parts_of(folder)
    names = sorted((one for one in parts if "charts/chart" in one), key=lambda one: (len(one), one))
    for name in names:
        title = re.search(r"<c:title>.*?</c:title>", parts[name], re.DOTALL)
        assert title, name
        ranges, kept = {}, {}
        for formula, cache in _REFERENCE.findall(parts[name]):
            sheet, _, area = formula.replace("$", "").rpartition("!")
            left, top, right, bottom = range_boundaries(area)
            rows = book[sheet.strip("'")].iter_rows(top, bottom, left, right, values_only=True)
            ranges[formula] = [cell for row in rows for cell in row]
            if cache:
                kept[formula] = re.findall(r"<c:v>([^<]*)</c:v>", cache)
        yield Drawn("".join(re.findall(r"<a:t>([^<]*)", title[0])), ranges, kept)
