"""What charts and drawings of a workbook show, whatever program saved them."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Final, NamedTuple
from xml.parsers import expat

from perfrules.codes.code import Text

__all__ = ["IS_LOOKED_INTO", "charts_beyond"]

IS_LOOKED_INTO: Final = re.compile(r"xl/(?:charts/(?:chart|style|colors)|drawings/drawing)\d+\.xml")
"""What is told by what is in it. Programs number these parts as they like, and add styles of
charts, and drawings without anything."""

_CHART: Final = re.compile(r"xl/charts/chart\d+\.xml")
_DRAWING: Final = re.compile(r"xl/drawings/drawing\d+\.xml")
_OBJECTS: Final = ("sp", "pic", "cxnSp")
"""Shapes with text, pictures, lines: elements of a drawing that are no charts."""


class _Shown(NamedTuple):
    """A chart: all that is written in it, and the cells that it is drawn from."""

    texts: str
    cells: tuple[str, ...]


def charts_beyond(found: bytes, expected: bytes) -> Iterator[Text]:
    """The charts that are not as expected, and what else is drawn over the cells. Both are sound
    workbooks, without a document type."""
    ours, theirs = ([_Part(data) for data in _parts(book, _CHART)] for book in (found, expected))
    known = Counter(one.shown for one in theirs)
    for one in ours:
        if known.get(one.shown):
            known[one.shown] -= 1
        else:
            title = one.shown.texts[:60]
            yield Text(f"图表“{title}”", f"the chart “{title}”")
    for data in _parts(found, _DRAWING):
        if objects := _Part(data).objects:
            yield Text(
                f"图表之外的 {objects} 个图形", f"{objects} drawn objects that are no charts"
            )


def _parts(book: bytes, names: re.Pattern[str]) -> Iterator[bytes]:
    with zipfile.ZipFile(BytesIO(book)) as archive:
        for name in sorted(archive.namelist()):
            if names.fullmatch(name):
                yield archive.read(name)


class _Part:
    """A part, read once: its texts (`a:t`), formulas (`c:f`) and drawn objects."""

    def __init__(self, data: bytes) -> None:
        self.kept: dict[str, list[str]] = {"t": [], "f": []}
        self.open = ""
        self.objects = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)

    @property
    def shown(self) -> _Shown:
        # Quotes around the name of a sheet stand where a program thinks that it needs them.
        cells = sorted({formula.replace("'", "") for formula in self.kept["f"]})
        return _Shown("".join(self.kept["t"]), tuple(cells))

    def _start(self, tag: str, _: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self.objects += name in _OBJECTS
        self.open = name if name in self.kept else ""
        if self.open:
            self.kept[name].append("")

    def _end(self, _: str) -> None:
        self.open = ""

    def _text(self, text: str) -> None:
        if self.open:
            self.kept[self.open][-1] += text
