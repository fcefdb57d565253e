"""The one printer of diagnostics: text for people, lines for GitHub, JSON for tools.

A finding is printed as `path:line:column: error: message [code]`, whose place editors know how
to follow, with an excerpt of the line, a mark under the place, other places that matter, and
advice. Text for people has the severity in their language; what tools read keeps its names.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from perfrules.codes.code import Language, Severity, Text
from perfrules.diagnostics import Cell, Diagnostic, Place, Span
from perfrules.layout.terminal import visible, width

__all__ = ["SEVERITIES", "diagnostics_text"]

EXCERPT: Final = 120
"""Columns of an excerpt; a longer line is cut around the mark."""

MAX_BYTES: Final = 2 * 1024 * 1024
"""A larger file is not read for an excerpt."""

_TAB: Final = "    "
_HELP: Final = Text("处理办法：", "help: ")
SEVERITIES: Final[dict[Severity, Text]] = {
    "error": Text("错误：", "error: "),
    "warning": Text("警告：", "warning: "),
    "note": Text("提示：", "note: "),
}
"""What stands between the place of a finding and what it says."""

_HEADLINES: Final = {"error": "error", "warning": "warning", "note": "notice"}


def diagnostics_text(findings: Iterable[Diagnostic], language: Language, form: str) -> str:
    """All findings in a form (`text`, `github` or `json`), each line ended; empty for none."""
    if form == "json":
        found = [_json(one, language) for one in findings]
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    if form == "github":
        return "".join(_github(one, language) + "\n" for one in findings)
    if form != "text":
        raise ValueError(f"unknown format: {form}")
    excerpts = _Excerpts()
    return "".join(line + "\n" for one in findings for line in _lines(one, language, excerpts))


def _lines(one: Diagnostic, language: Language, excerpts: "_Excerpts") -> Iterator[str]:
    place = f"{visible(str(one.place))}: " if one.place else ""
    severity = SEVERITIES[one.severity].into(language)
    yield f"{place}{severity}{visible(one.message(language))} [{one.code}]"
    yield from excerpts.at(one.place)
    for related in one.related:
        note = SEVERITIES["note"].into(language) + visible(related.note.into(language))
        yield f"  {visible(str(related.place))}: {note}"
        yield from excerpts.at(related.place)
    if advice := one.help(language):
        yield f"  {_HELP.into(language)}{visible(advice)}"


class _Excerpts:
    """Lines of the files that findings point into, each file read once, when it is needed."""

    def __init__(self) -> None:
        self.files: dict[str, list[str]] = {}

    def at(self, place: Place | str | None) -> Iterator[str]:
        """The line of a place and the mark below it; nothing where there is no such line."""
        if not isinstance(place, Span):
            return
        lines = self.lines(place.file)
        if not 1 <= place.line <= len(lines) or not lines[place.line - 1].strip():
            return
        number = str(place.line)
        shown, marks = _marked(lines[place.line - 1], place)
        yield f"  {number} | {shown}"
        yield f"  {' ' * len(number)} | {marks}"

    def lines(self, file: str) -> list[str]:
        if file not in self.files:
            self.files[file] = _read(file)
        return self.files[file]


def _read(file: str) -> list[str]:
    path = Path(file)
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return []
        data = path.read_bytes()
    except (OSError, ValueError):
        return []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    # The breaks that YAML knows; `splitlines` would know more of them and count otherwise.
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _marked(line: str, place: Span) -> tuple[str, str]:
    """The line and the marks below it, both cut to `EXCERPT` columns around the place."""
    start = min(place.column - 1, len(line))
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    end = max(min(end, len(line)), start + 1)
    pieces = [_TAB if letter == "\t" else visible(letter) for letter in line]
    columns = [width(piece) for piece in pieces]
    first, last = _window(columns, start)
    before, after = ("…" if first else ""), ("…" if last < len(line) else "")
    indent = len(before) + sum(columns[first:start])
    marked = sum(columns[start : min(end, last)]) or 1
    shown = before + "".join(pieces[first:last]).rstrip() + after
    return shown, " " * indent + "^" * marked


def _window(columns: list[int], start: int) -> tuple[int, int]:
    """From where to where a line is shown, so that it fits and the place is in it."""
    if sum(columns) <= EXCERPT:
        return 0, len(columns)
    room = EXCERPT - 2
    first, used = start, 0
    while first > 0 and used + columns[first - 1] <= room // 2:
        first -= 1
        used += columns[first]
    last = first
    used = 0
    while last < len(columns) and used + columns[last] <= room:
        used += columns[last]
        last += 1
    while first > 0 and used + columns[first - 1] <= room:
        first -= 1
        used += columns[first]
    return first, last


def _github(one: Diagnostic, language: Language) -> str:
    """A workflow command of GitHub Actions, which marks the line in a pull request."""
    place = one.place
    where = {}
    if isinstance(place, Span):
        where = {
            "file": place.file, "line": place.line, "endLine": place.end_line,
            "col": place.column, "endColumn": place.end_column,
        }  # fmt: skip
    elif isinstance(place, Cell):
        where = {"file": place.file} | ({"line": place.row} if place.row else {})
    elif place:
        where = {"file": place}
    properties = {**where, "title": one.code}
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    said = one.message(language)
    if isinstance(place, Cell) and place.sheet:
        said = f"{place}: {said}"
    if advice := one.help(language):
        said += f"\n{advice}"
    return f"::{_HEADLINES[one.severity]} {written}::{_data(said)}"


def _data(text: str) -> str:
    lines = "\n".join(visible(line) for line in text.split("\n"))
    return lines.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _json(one: Diagnostic, language: Language) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.severity,
        "place": _place(one.place),
        "message": one.message(language),
        "help": one.help(language),
        "related": [
            {"place": _place(related.place), "note": related.note.into(language)}
            for related in one.related
        ],
    }


def _place(place: Place | str | None) -> dict[str, Any]:
    """A place as an object: `at` is its printed form, the rest depends on what it is."""
    if place is None:
        return {}
    return {"at": str(place), **(place._asdict() if isinstance(place, Span | Cell) else {})}
