"""CSV and tab-separated text: which encoding, which separator, then row by row."""

import csv
import io
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Findings
from perfrules.intake.cells.notation import comma_columns
from perfrules.intake.files.raw_table import Limits, RawTable, Row, read_bytes

__all__ = ["decode", "read_csv", "separator_of"]

_SEPARATORS: Final = (",", "\t", ";")

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig", ""),
    (b"\xff\xfe", "utf-16", "read-as-utf-16"),
    (b"\xfe\xff", "utf-16", "read-as-utf-16"),
)


def read_csv(path: Path, name: str, limits: Limits, findings: Findings) -> RawTable | None:
    """The table in a text file; None where the file as a whole cannot be read."""
    data = read_bytes(path, name, limits.text_bytes, findings)
    text = None if data is None else decode(data, name, findings)
    if text is None:
        return None
    separator = separator_of(text)
    rows = _rows(text, separator, name, limits, findings)
    # Blank lines before the header are passed over.
    header = next((row for row in rows if any(cell.strip() for cell in row.texts)), None)
    if header is not None and len(header.texts) > limits.columns:
        findings.report("too-many-columns", Cell(name), limit=limits.columns)
        return None
    commas = _commas(text, separator, limits)
    seen = bool(commas)
    if separator == ";":
        commas = frozenset(range(len(header.texts) if header else 0))
    return RawTable(name, "", header, rows, commas=commas, comma_seen=seen)


def separator_of(text: str) -> str:
    """The sign between cells: whichever of the usual ones the first line has most of."""
    head = text[:4096].lstrip("\r\n").partition("\n")[0]
    return max(_SEPARATORS, key=head.count)


def _commas(text: str, separator: str, limits: Limits) -> frozenset[int]:
    """The columns in which a cell proves that the comma is the decimal sign.

    A spreadsheet writes `;` between cells where it is, so that all columns of such a file are
    doubtful without a proof; an unquoted cell between commas cannot prove anything.
    """
    if separator == "," and '"' not in text:
        return frozenset()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return frozenset(comma_columns(itertools.islice(reader, limits.text_rows)))
    except csv.Error:  # met again, and reported, where the rows are read
        return frozenset()


def _rows(
    text: str, separator: str, name: str, limits: Limits, findings: Findings
) -> Iterator[Row]:
    """Rows as a spreadsheet would number them. Fields are limited by the csv module itself."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, texts in enumerate(itertools.islice(reader, limits.text_rows + 1), 1):
            yield Row(number, texts)
        if next(reader, None) is not None:
            findings.report("too-many-rows", Cell(name), limit=limits.text_rows)
    except csv.Error as error:
        reason = _reason(str(error))
        findings.report("broken-csv", Cell(name, "", number + 1), reason=reason)


def _reason(message: str) -> Text:
    if "field larger" in message:
        return Text("单元格过长，可能少了右引号", "a field is too long, a quote may be missing")
    if "end of data" in message:
        return Text("引号没有闭合", "a quote is not closed")
    return Text("引号用法有误", "the quotes are not right")


def decode(data: bytes, name: str, findings: Findings) -> str | None:
    """The text of a file: UTF-8, UTF-16 with a mark, else GB18030; None where it is none of them.

    What is not UTF-8 is said in a note, since the guess can be wrong.
    """
    for mark, encoding, note in _MARKS:
        if data.startswith(mark):
            text = _decoded(data, encoding, name, findings)
            if text is not None and note:
                findings.report(note, Cell(name))
            return text
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            _bad_bytes(data, error.start, "UTF-8", name, findings)
            return None
        text = _decoded(data, "gb18030", name, findings)
        if text is None:
            return None
        findings.report("read-as-gb18030", Cell(name))
    if "\0" in text:
        _bad_bytes(data, data.index(b"\0"), "UTF-8", name, findings)
        return None
    return text


def _mostly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 with something broken in it, rather than another encoding.

    Chinese in GB18030 hardly ever makes a sequence of three bytes that is good UTF-8.
    """
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(1 for letter in text if "\u0800" <= letter != "\ufffd") > broken


def _decoded(data: bytes, encoding: str, name: str, findings: Findings) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        shown = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "gb18030": "GB18030"}[encoding]
        start = error.start + (3 if encoding == "utf-8-sig" else 0)
        _bad_bytes(data, start, shown, name, findings)
        return None


def _bad_bytes(data: bytes, offset: int, encoding: str, name: str, findings: Findings) -> None:
    row = data.count(b"\n", 0, offset) + 1
    shown = data[offset : offset + 1].hex().upper()
    place = Cell(name, "", row)
    findings.report("bad-encoding", place, encoding=encoding, offset=offset, byte=shown)
