"""A CSV file that gets cells and rows: all else in it stays as it was, byte for byte.

Encoding, mark, separator and line ends are those of the file. Rows count from 1 as a spreadsheet
would number them.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

__all__ = ["CsvStyle", "CsvText"]

_UTF_16: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MARK: Final = b"\xef\xbb\xbf"


class CsvStyle(NamedTuple):
    """How a file is written: its mark and encoding, the sign between cells, the end of a line."""

    mark: bytes = b""
    encoding: str = "utf-8"
    separator: str = ","
    newline: str = "\n"

    @classmethod
    def of(cls, data: bytes, separator: str) -> "CsvStyle":
        """The style of a file that has been read before."""
        mark, encoding = b"", "utf-8"
        if data.startswith(_MARK):
            mark = _MARK
        for sign, name in _UTF_16:
            if data.startswith(sign):
                mark, encoding = sign, name
        if not mark:
            try:
                data.decode("utf-8")
            except UnicodeDecodeError:
                encoding = "gb18030"
        text = data[len(mark) :].decode(encoding)
        return cls(mark, encoding, separator, "\r\n" if "\r\n" in text else "\n")

    def line(self, texts: Sequence[str]) -> str:
        """A row as this file writes it."""
        file = io.StringIO()
        csv.writer(file, delimiter=self.separator, lineterminator=self.newline).writerow(texts)
        return file.getvalue()


class CsvText:
    """The rows of a file, each with the text that it is written as."""

    def __init__(self, data: bytes, separator: str) -> None:
        self.style = CsvStyle.of(data, separator)
        text = data[len(self.style.mark) :].decode(self.style.encoding)
        lines = io.StringIO(text, newline="").readlines()
        reader = csv.reader(lines, delimiter=separator, strict=True)
        self.rows: list[list[str]] = []
        self._lines: list[str] = []
        passed = 0
        for row in reader:
            self.rows.append(row)
            self._lines.append("".join(lines[passed : reader.line_num]))
            passed = reader.line_num
        self._changed: set[int] = set()

    def set(self, row: int, column: int, text: str) -> None:
        """Puts a text into a cell; `column` counts from 0."""
        cells = self.rows[row - 1]
        cells += [""] * (column + 1 - len(cells))
        cells[column] = text
        self._changed.add(row - 1)

    def add_columns(self, head: int, width: int, names: Iterable[str]) -> None:
        """Adds columns at the end of the head's row and of all that follow, which are `width`
        cells wide."""
        added = [*names]
        for number in range(head - 1, len(self.rows)):
            row = self.rows[number]
            if not any(row):
                continue
            more = added if number == head - 1 else [""] * len(added)
            row[width:] = [*[""] * (width - len(row)), *more]
            self._changed.add(number)

    def append(self, texts: Sequence[str]) -> None:
        """Adds a row at the end."""
        self.rows.append([*texts])
        self._lines.append("")
        self._changed.add(len(self.rows) - 1)

    def data(self) -> bytes:
        """The file as it is to be written."""
        style = self.style
        written = [
            style.line(row) if number in self._changed else line
            for number, (row, line) in enumerate(zip(self.rows, self._lines, strict=True))
        ]
        for number, line in enumerate(written[:-1]):
            if line and not line.endswith(("\n", "\r")):
                written[number] = line + style.newline
        return style.mark + "".join(written).encode(style.encoding)
