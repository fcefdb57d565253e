"""Looks a workbook over before openpyxl reads it: is it one, is it safe, what is odd in it.

An .xlsx file is a zip of XML. Sizes are checked before and while it is unpacked, a document
type declaration is refused, and each sheet is walked once for what openpyxl does not tell:
formulas without a result, hidden rows, merged cells, and how far its values really reach.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from xml.parsers import expat

from perfrules.codes.code import Text
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.files.raw_table import MEBIBYTE, Limits

__all__ = ["Look", "SheetLook", "column_number", "look_over"]

_CHUNK: Final = 256 * 1024
_MEMBERS: Final = 5_000
_OLD_CONTAINER: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAY_DIGITS: Final = 8
_TRUE: Final = ("1", "true")


@dataclass(slots=True)
class SheetLook:
    """What there is to know of a sheet; `uncomputed` holds (row, column) of formulas, `dates` the
    numbers like 20240301, which as the day of a date format would be an error."""

    last_row: int = 0
    last_column: int = 0
    dates: dict[tuple[int, int], str] = field(default_factory=dict)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden: bool = False


@dataclass(slots=True)
class Look:
    """The sheets of a workbook by title, in their order."""

    sheets: dict[str, SheetLook] = field(default_factory=dict)


class _UnreadableError(Exception):
    """Nothing more is to be read of this file."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, facts)


def look_over(data: bytes, limits: Limits) -> Look | Refusal:
    """What is in the workbook, or why it is not read."""
    if data.startswith(_OLD_CONTAINER):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        return Refusal("locked-workbook" if locked else "old-workbook", {})
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_sizes(archive, len(data), limits)
            return _look(archive, limits)
    except _UnreadableError as stop:
        return stop.refusal
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, NotImplementedError):
        return Refusal("not-a-workbook", {})
    except (KeyError, ValueError, RuntimeError, OSError):
        return Refusal("not-a-workbook", {})


def _check_sizes(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    members = archive.infolist()
    if len(members) > _MEMBERS:
        raise _UnreadableError(
            "workbook-bomb", reason=Text("内含文件过多", "there are too many files in it")
        )
    if any(member.flag_bits & 1 for member in members):
        raise _UnreadableError("locked-workbook")
    for member in members:
        # Small files may well be nothing but repetition.
        if member.file_size > MEBIBYTE and member.file_size > limits.ratio * member.compress_size:
            raise _too_packed(limits)
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked_bytes or unpacked > max(limits.ratio * packed, MEBIBYTE):
        raise _too_packed(limits)


def _too_packed(limits: Limits) -> _UnreadableError:
    size = limits.unpacked_bytes // MEBIBYTE
    reason = Text(
        f"解压后超过 {size} MiB，或压缩比超过 {limits.ratio}",
        f"unpacked it is beyond {size} MiB or {limits.ratio} times its size",
    )
    return _UnreadableError("workbook-bomb", reason=reason)


def _look(archive: zipfile.ZipFile, limits: Limits) -> Look:
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        raise _UnreadableError("not-a-workbook")
    left = limits.unpacked_bytes
    book, links = _BookReader(), _LinkReader()
    left -= _walk(archive, "xl/workbook.xml", book, left, limits)
    left -= _walk(archive, "xl/_rels/workbook.xml.rels", links, left, limits)
    targets = {
        links.targets[link]: title for title, link in book.sheets.items() if link in links.targets
    }
    looks = {}
    for name in sorted(names - {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"}):
        if not name.lower().endswith((".xml", ".rels")):
            continue
        if name in targets:
            sheet = _SheetReader(limits, book.stale)
            left -= _walk(archive, name, sheet, left, limits)
            looks[targets[name]] = sheet.look
            sheet.look.hidden = targets[name] in book.hidden
        else:
            left -= _walk(archive, name, _TextReader(limits), left, limits)
    return Look({title: looks[title] for title in book.sheets if title in looks})


class _Reader:
    """Receives the elements of one XML file."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; `name` is without its namespace prefix."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some text, perhaps not all there is."""


def _walk(archive: zipfile.ZipFile, name: str, reader: _Reader, left: int, limits: Limits) -> int:
    """Walks an XML file and returns its size; stops at a document type, or beyond `left` bytes."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise _UnreadableError("workbook-bomb", reason=Text("含有 DTD 声明", "it has a DTD"))

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: reader.start(_local(tag), attributes)
    parser.EndElementHandler = lambda tag: reader.end(_local(tag))
    parser.CharacterDataHandler = reader.text
    size = 0
    for chunk in _chunks(archive, name):
        size += len(chunk)
        if size > left:
            raise _too_packed(limits)
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return size


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as member:
        while chunk := member.read(_CHUNK):
            yield chunk


def _local(tag: str) -> str:
    return tag.rpartition(":")[2] if ":" in tag else tag


class _BookReader(_Reader):
    """Titles of sheets with the links to their files; whether results are declared stale."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.stale = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            link = next((value for key, value in attributes.items() if _local(key) == "id"), "")
            self.sheets[attributes.get("name", "")] = link
            if attributes.get("state", "visible") != "visible":
                self.hidden.add(attributes.get("name", ""))
        elif name == "calcPr":
            # Programs that write formulas without working them out ask for it with this.
            self.stale = attributes.get("fullCalcOnLoad", "").lower() in _TRUE


class _LinkReader(_Reader):
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            self.targets[attributes.get("Id", "")] = path


class _TextReader(_Reader):
    """Shared strings and everything else: only the length of a text matters."""

    def __init__(self, limits: Limits) -> None:
        self.most, self.length = limits.cell_letters, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.length = 0

    def text(self, text: str) -> None:
        self.length += len(text)

    def end(self, name: str) -> None:
        if name == "si" and self.length > self.most:
            raise _UnreadableError("cell-too-long", limit=self.most)


class _SheetReader(_Reader):
    """One sheet, cell by cell."""

    def __init__(self, limits: Limits, stale: bool) -> None:
        self.limits, self.stale = limits, stale
        self.look = SheetLook()
        self.row = self.column = 0
        self.kind = ""
        self.formula = self.result = self.inside = False
        self.length = 0
        self.value = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.kind = attributes.get("t", "n")
            place = attributes.get("r")
            self.column = column_number(place) if place else self.column + 1
            self.formula = self.result = self.inside = False
            self.length = 0
            self.value = ""
        elif name in ("v", "is"):
            self.inside = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0
            if attributes.get("hidden", "").lower() in _TRUE:
                self.look.hidden_rows.append(self.row)
        elif name == "mergeCell":
            self.look.merged.append(attributes.get("ref", ""))

    def text(self, text: str) -> None:
        if self.inside:
            self.result = True
            self.length += len(text)
            if self.kind == "n" and self.length <= _DAY_DIGITS:
                self.value += text

    def end(self, name: str) -> None:
        if name in ("v", "is"):
            self.inside = False
        elif name == "c" and (self.result or self.formula):
            self._cell()

    def _cell(self) -> None:
        look, limits = self.look, self.limits
        # The header is one row more.
        if self.row > limits.workbook_rows + 1:
            raise _UnreadableError("too-many-rows", limit=limits.workbook_rows)
        if self.column > limits.columns:
            raise _UnreadableError("too-many-columns", limit=limits.columns)
        if self.length > limits.cell_letters:
            raise _UnreadableError("cell-too-long", limit=limits.cell_letters)
        look.last_row = max(look.last_row, self.row)
        look.last_column = max(look.last_column, self.column)
        if len(self.value) == _DAY_DIGITS and self.value[:2] in ("19", "20"):
            look.dates[self.row, self.column] = self.value
        # A formula whose result is the empty text has a type of its own.
        if self.formula and (self.stale or not (self.result or self.kind == "str")):
            look.uncomputed.add((self.row, self.column))


def column_number(place: str) -> int:
    """The number of a cell's column: `C12` is in the third."""
    number = 0
    for letter in place:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number
