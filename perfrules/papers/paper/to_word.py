"""Papers as a Word file (python-docx), which Word and WPS open as they should.

No clock and no name of a machine stands in it: the same paper gives the same bytes.
"""

import io
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from perfrules.layout.terminal import visible, width
from perfrules.papers.paper.mark import mark, text_of
from perfrules.papers.paper.parts import Paper, Part, Point, Signing, Table
from perfrules.papers.paper.word_chart import add_chart
from perfrules.papers.paper.word_style import (
    FONT_TABLE,
    GREY,
    WASH,
    coloured,
    dressed,
    headed,
    laid,
    width_mm,
    with_fallbacks,
)

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["word"]

_NARROWEST, _WIDEST = 7, 26
"""A column counts as at least and at most so many letters wide."""

_LEFT_OUT: Final = ("/thumbnail", "/stylesWithEffects")
"""Parts of the empty document that nobody needs: its picture, its styles for Word 2007."""

_FIELDS: Final = (38, 62, 20, 50)
_PAIRS: Final = (28, 57, 28, 57)
"""How columns of fixed width share it."""

_ROOMY: Final = 10
"""The height of a row that is filled in by hand, in millimetres."""


def word(found: Sequence[Paper]) -> bytes:
    """The whole file, a section with its own count of pages for each paper.

    Raises `ImportError` where python-docx is not installed.
    """
    import docx

    document = docx.Document()
    dressed(document)
    for place, one in enumerate(found):
        chinese = one.language == "zh"
        if len(found) == 1:
            pages: Sequence[str] = ("第 ", " 页，共 ", " 页") if chinese else ("Page ", " of ", "")
        else:  # not every program counts the pages of a section
            pages = ("第 ", " 页") if chinese else ("Page ", "")
        named = one.subject and len(found) > 1
        head = f"{one.subject} · {one.running_head}" if named else one.running_head
        section = document.sections[0] if not place else document.add_section()
        laid(section, wide=one.wide)
        headed(section, head, one.secrecy, pages)
        _paper(document, one)
    return _saved(document, found[0])


def _paper(document: "Document", found: Paper) -> None:
    document.add_paragraph(visible(found.title), style="Title")
    room = width_mm(wide=found.wide)
    if found.head:
        _pairs(document, found.head, room)
    for part in found.parts:
        if part.title:
            _heading(document, part.title)
        _part(document, part, found, room)
    for name, value in found.seal:
        coloured(document.add_paragraph().add_run(f"{name}{found.colon}{value}"), GREY, 7.5)


def _heading(document: "Document", title: str) -> None:
    document.add_paragraph(visible(title), style="Heading 1")


def _part(document: "Document", part: Part, found: Paper, room: int) -> None:
    """A section; `room` is the width that there is, in millimetres."""
    if part.remark:
        document.add_paragraph(visible(part.remark))
    if part.pairs:
        _pairs(document, part.pairs, room)
    if part.picture:
        add_chart(document, part.picture, found.language, len(document.inline_shapes) + 1)
    for point in part.points:
        _point(document, point, found.joint)
    if part.table:
        grid = _grid(document, _widths(part.table, room))
        _head_row(grid, part.table)
        for row in part.table.rows:
            _row(grid, row, part.table)
        for row in part.table.foot:
            _row(grid, row, part.table, bold=True)
    if part.signing:
        _signing(document, part.signing, room)


def _point(document: "Document", point: Point, joint: str) -> None:
    paragraph = document.add_paragraph(style="List Bullet")
    paragraph.add_run(visible(point.title)).bold = True
    if point.figures:
        paragraph.add_run(joint + visible(point.figures))
    for note in point.notes:
        run = paragraph.add_run()
        run.add_break()
        run.add_text(visible(note))
        coloured(run, GREY, 9)


# Tables


def _grid(document: "Document", widths: Sequence[float]) -> Any:
    """An empty table with columns of these widths, in millimetres."""
    from docx.shared import Mm

    grid = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    grid.autofit = False
    for column, millimetres in zip(grid.columns, widths, strict=True):
        column.width = Mm(millimetres)
    return grid


def _widths(table: Table, room: int) -> list[float]:
    """The sheet's width, shared out by what the columns hold; figures have what they need."""
    if table.shares:
        return _shared(table.shares, room)
    columns = zip(table.head, *table.rows, *table.foot, strict=True)
    needs = [
        min(max(_NARROWEST, *(width(visible(cell)) for cell in column)), _WIDEST)
        for column in columns
    ]
    return _shared(needs, room)


def _shared(shares: Sequence[int], room: int) -> list[float]:
    return [room * share / sum(shares) for share in shares]


def _head_row(grid: Any, table: Table) -> None:
    """The head, which each page repeats."""
    from docx.oxml import OxmlElement

    cells = _cells(grid)
    for index, (cell, text) in enumerate(zip(cells, table.head, strict=True)):
        _write(cell, text, right=table.is_figure(index), bold=True)
        _wash(cell)
    grid.rows[-1]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _row(grid: Any, row: Sequence[str], table: Table, *, bold: bool = False) -> None:
    cells = _cells(grid, _ROOMY if table.roomy else 0)
    for index, (cell, text) in enumerate(zip(cells, row, strict=True)):
        _write(cell, text, right=table.is_figure(index), bold=bold)


def _cells(grid: Any, height: int = 0) -> list[Any]:
    """The cells of a new row, which no page break tears apart; `height` in millimetres."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    row = grid.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    if height:
        row.height = Mm(height)
    return list(row.cells)


def _write(cell: Any, text: str, *, right: bool = False, bold: bool = False) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    # A figure and its unit stay on one line.
    run = paragraph.add_run(visible(text).replace(" ", "\u00a0") if right else visible(text))
    run.font.size, run.bold = Pt(9.5), bold
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.space_before = Pt(1)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _wash(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", WASH)):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _pairs(document: "Document", pairs: Sequence[tuple[str, str]], room: int) -> None:
    """Names and values, two pairs a row."""
    grid = _grid(document, _shared(_PAIRS, room))
    for start in range(0, len(pairs), 2):
        cells = _cells(grid)
        for place, (name, value) in enumerate(pairs[start : start + 2]):
            _named(cells[2 * place], name)
            _write(cells[2 * place + 1], value)
        if len(pairs) - start == 1:
            cells[1].merge(cells[3])


def _named(cell: Any, name: str) -> None:
    _write(cell, name, bold=True)
    _wash(cell)


def _signing(document: "Document", part: Signing, room: int) -> None:
    """What is filled in by hand, and who signs."""
    grid = _grid(document, _shared(_FIELDS, room))
    for place, name in enumerate(part.blanks):
        cells = _cells(grid, 15 if place else 9)
        _named(cells[0], name)
        cells[1].merge(cells[3])
    for name in part.signatures:
        cells = _cells(grid, 12)
        _named(cells[0], name)
        _named(cells[2], part.date_word)
    if part.remark:
        coloured(document.add_paragraph().add_run(visible(part.remark)), GREY, 9)


# The file


def _saved(document: "Document", found: Paper) -> bytes:
    package = document.part.package
    for rels in (package.rels, document.part.rels):
        for name in [key for key, rel in rels.items() if rel.reltype.endswith(_LEFT_OUT)]:
            del rels[name]
    for part in package.iter_parts():
        if part.partname == FONT_TABLE:
            part._blob = with_fallbacks(part.blob)
    properties = document.core_properties
    properties.title = visible(f"{found.title} {found.cycle}".strip())
    properties.author = properties.comments = ""
    properties.language = {"zh": "zh-CN", "en": "en"}[found.language]
    for stamp in ("created", "modified"):
        _drop(properties._element, f"{{http://purl.org/dc/terms/}}{stamp}")
    properties.identifier = mark(text_of(_packed(document)) or b"")
    return _packed(document)


def _packed(document: "Document") -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return _repacked(buffer.getvalue())


def _drop(element: Any, tag: str) -> None:
    for found in element.findall(tag):
        element.remove(found)


def _repacked(data: bytes) -> bytes:
    """The same package without the time at which it was packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(buffer, "w") as fresh:
        for member in packed.infolist():
            entry = zipfile.ZipInfo(member.filename)
            entry.compress_type = zipfile.ZIP_DEFLATED
            fresh.writestr(entry, packed.read(member))
    return buffer.getvalue()
