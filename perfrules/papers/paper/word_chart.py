"""A curve in a Word file: a chart of the office's own, with its figures in a workbook inside."""

from typing import TYPE_CHECKING, Any, Final

from perfrules.codes.code import Language
from perfrules.layout.terminal import visible
from perfrules.papers.charts.curve import pieces_in_words
from perfrules.papers.charts.native_curve import embedded_chart
from perfrules.papers.charts.pieces import Curve

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["add_chart"]

_OF_CHART: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_OF_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SCHEMAS: Final = "http://schemas.openxmlformats.org"
_ACROSS, _DOWN = 150, 66
"""How large it is, in millimetres."""


def add_chart(document: "Document", curve: Curve, language: Language, number: int) -> None:
    """Puts the chart below what is there; `number` is that of no other picture of the file."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    found = embedded_chart(curve, language)
    package: Any = document.part.package
    inside = PackURI(f"/word/embeddings/chart{number}.xlsx")
    workbook = Part(inside, _OF_WORKBOOK, found.workbook, package)
    place = PackURI(f"/word/charts/chart{number}.xml")
    chart = Part(place, _OF_CHART, found.xml, package)
    chart.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    relation = document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    run = document.add_paragraph().add_run()
    run._r.append(_drawing(relation, curve, language, number))


def _drawing(relation: str, curve: Curve, language: Language, number: int) -> Any:
    from docx.oxml import parse_xml
    from docx.shared import Mm

    element = parse_xml(
        f'<w:drawing xmlns:w="{_SCHEMAS}/wordprocessingml/2006/main"'
        f' xmlns:wp="{_SCHEMAS}/drawingml/2006/wordprocessingDrawing"'
        f' xmlns:a="{_SCHEMAS}/drawingml/2006/main" xmlns:c="{_SCHEMAS}/drawingml/2006/chart"'
        f' xmlns:r="{_SCHEMAS}/officeDocument/2006/relationships">'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(Mm(_ACROSS))}" cy="{int(Mm(_DOWN))}"/>'
        f'<wp:docPr id="{number}" name="chart {number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_SCHEMAS}/drawingml/2006/chart">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    said = f"{curve.title.into(language)}: {pieces_in_words(curve, language)}"
    element[0][1].set("descr", visible(said))
    return element
