"""Tables in JSON: `{"people": [{"person_id": "E1", …}, …], "actuals": […]}`.

Numbers keep the digits that the file writes; a key given twice, NaN and nested values are
refused. A row's number is its place in the list, from 1.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NoReturn

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Findings
from perfrules.intake.cells.notation import Stored
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.files.csv_table import decode
from perfrules.intake.files.raw_table import NO_FAULTS, Limits, RawTable, Row, read_bytes

__all__ = ["read_json"]

_EXPECTED: Final = Text(
    '应为 {"people": [{...}, ...], "actuals": [...]} 这样的结构',
    'it should look like {"people": [{...}, ...], "actuals": [...]}',
)


class _RepeatedKeyError(Exception):
    """A key stands twice in one object."""


_HALF_LETTER: Final = re.compile(r"\\u[dD][89a-fA-F]")


class _NotFiniteError(Exception):
    """NaN or an infinity."""


def read_json(path: Path, name: str, limits: Limits, findings: Findings) -> list[RawTable] | None:
    """The tables in a JSON file; None where the file as a whole cannot be read."""
    data = read_bytes(path, name, limits.text_bytes, findings)
    text = None if data is None else decode(data, name, findings)
    if text is None:
        return None
    try:
        tables = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=Stored,
            parse_float=Stored,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        line, column = error.lineno, error.colno
        reason = Text(f"第 {line} 行第 {column} 列", f"line {line}, column {column}")
        findings.report("broken-json", Cell(name), reason=reason)
        return None
    except RecursionError:
        reason = Text("嵌套过深", "the brackets are nested too deep")
        findings.report("broken-json", Cell(name), reason=reason)
        return None
    except _RepeatedKeyError as repeated:
        findings.report("repeated-json-key", Cell(name), key=str(repeated))
        return None
    except _NotFiniteError as constant:
        reason = Text(f"`{constant}` 不是数字", f"`{constant}` is no number")
        findings.report("broken-json", Cell(name), reason=reason)
        return None
    if _HALF_LETTER.search(text) and not _writable(tables):
        reason = Text("含有不完整的字符（单独的代理项）", "it has half a letter (a lone surrogate)")
        findings.report("broken-json", Cell(name), reason=reason)
        return None
    if not isinstance(tables, dict):
        findings.report("broken-json", Cell(name), reason=_EXPECTED)
        return None
    return _tables(tables, name, limits, findings)


def _writable(tables: object) -> bool:
    """Whether all texts can be written again: JSON's escapes can write half of a letter."""
    try:
        json.dumps(tables, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _RepeatedKeyError(next(key for key in keys if keys.count(key) > 1))
    return found


def _refuse_constant(text: str) -> NoReturn:
    raise _NotFiniteError(text)


def _tables(
    tables: Mapping[str, object], name: str, limits: Limits, findings: Findings
) -> list[RawTable] | None:
    found = []
    for sheet, rows in tables.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            findings.report("broken-json", Cell(name, sheet), reason=_EXPECTED)
            return None
        if len(rows) > limits.text_rows:
            findings.report("too-many-rows", Cell(name, sheet), limit=limits.text_rows)
            return None
        columns = list(dict.fromkeys(key for row in rows for key in row))
        if len(columns) > limits.columns:
            findings.report("too-many-columns", Cell(name, sheet), limit=limits.columns)
            return None
        header = Row(0, columns) if columns else None
        found.append(RawTable(name, sheet, header, _rows(rows, columns), lettered=False))
    return found


def _rows(rows: list[dict[str, object]], columns: list[str]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        texts = [_text(row.get(column)) for column in columns]
        nested = {
            index: Refusal("nested-value", {})
            for index, column in enumerate(columns)
            if isinstance(row.get(column), list | dict)
        }
        yield Row(number, texts, nested or NO_FAULTS)


def _text(value: object) -> str:
    """A value as a cell would write it; numbers come as texts already."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else ""
