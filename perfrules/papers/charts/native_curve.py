"""The curve of a rule as a chart of the office's own (XlsxWriter), for workbooks and Word files.

Its pieces are lines of two points each over a sheet of figures, so that whoever opens the file can
look the figures up; filled and hollow dots say which end a step belongs to, as in the picture for
pages.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

import xlsxwriter

from perfrules.codes.code import Language
from perfrules.papers.charts.axis import ticks
from perfrules.papers.charts.curve import dots_of, jumps_of, values_of, view_of
from perfrules.papers.charts.pieces import Curve, Piece, Point

__all__ = ["EmbeddedChart", "curve_chart", "embedded_chart"]

_LINE: Final = "#1B3F73"
_SOFT: Final = "#8A93A3"
_SIZE: Final = {"width": 640, "height": 280}
_FONT: Final = {"name": "Arial", "size": 9}


class EmbeddedChart(NamedTuple):
    """A chart for a Word file: its XML, and the workbook of its figures."""

    xml: bytes
    workbook: bytes


class _Stroke(NamedTuple):
    """Points of one series, how it is drawn, and what is written beside each of them."""

    points: tuple[Point, ...]
    look: dict[str, Any]
    labels: tuple[str, ...] = ()


def curve_chart(
    book: Any, sheet: Any, row: int, curve: Curve, language: Language
) -> tuple[Any, int]:
    """A chart of the workbook, and the row behind its figures, which are written to `sheet` from
    `row` on; the caller puts it somewhere."""
    low, *_, high = across = ticks(*view_of(curve))
    strokes = _as_long(list(_strokes(curve, (low, high))))
    heights = ticks(*_ends([point.y for one in strokes for point in one.points]))
    chart = book.add_chart({"type": "scatter", "subtype": "straight"})
    sheet.write_string(row, 0, curve.title.into(language))
    sheet.write_string(row, 1, curve.across.into(language))
    sheet.write_string(row, 2, curve.up.into(language))
    row += 1
    for one in strokes:
        first = row
        for point in one.points:
            sheet.write_number(row, 1, point.x)
            sheet.write_number(row, 2, point.y)
            row += 1
        span = (first, row - 1)
        chart.add_series(
            {
                "categories": [sheet.get_name(), span[0], 1, span[1], 1],
                "values": [sheet.get_name(), span[0], 2, span[1], 2],
                **one.look,
                **_beside(one.labels),
            }
        )
    chart.set_legend({"none": True})
    chart.set_title({"none": True})
    chart.set_x_axis(_axis(curve.across.into(language), across, is_ratio=curve.across_is_ratio))
    chart.set_y_axis(
        {
            **_axis(curve.up.into(language), heights, is_ratio=curve.up_is_ratio),
            "major_gridlines": {"visible": True, "line": {"color": "#DDE2EA", "width": 0.5}},
        }
    )
    chart.set_size(_SIZE)
    return chart, row + 1


def _ends(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """From nought, or below it, to what leaves room for a word above the highest."""
    low, high = min([Decimal(0), *values]), max([Decimal(0), *values])
    return low, high + (high - low) / 10


def _axis(name: str, marks: Sequence[Decimal], *, is_ratio: bool) -> dict[str, Any]:
    step = marks[1] - marks[0]
    places = max(0, -int(step.scaleb(2 if is_ratio else 0).normalize().as_tuple().exponent))
    form = ("0" if is_ratio else "#,##0") + ("." + "0" * places if places else "")
    return {
        "name": name,
        "name_font": {**_FONT, "bold": False, "color": "#5B6577"},
        "num_font": _FONT,
        "num_format": form + ("%" if is_ratio else ""),
        "major_tick_mark": "outside",
        "minor_tick_mark": "none",
        "min": marks[0],
        "max": marks[-1],
        "major_unit": step,
        "crossing": "min",
    }


def _beside(labels: Sequence[str]) -> dict[str, Any]:
    if not labels:
        return {}
    custom = [{"value": text} if text else {"delete": True} for text in labels]
    label = {"value": True, "position": "above", "font": _FONT, "custom": custom}
    return {"data_labels": label}


def _strokes(curve: Curve, view: tuple[Decimal, Decimal]) -> Iterator[_Stroke]:
    """All series, in the order in which they are drawn."""
    no_marker = {"marker": {"type": "none"}}
    for at, low, high in jumps_of(curve):
        look = {"line": {"color": _SOFT, "width": 0.75, "dash_type": "round_dot"}, **no_marker}
        yield _Stroke((Point(at, low), Point(at, high)), look)
    middles = []
    for piece, shown in zip(curve.pieces, values_of(curve), strict=True):
        ends = _shown(piece, view)
        if ends is None:
            continue
        points = tuple(Point(x, piece.height(x)) for x in ends)
        yield _Stroke(points, {"line": {"color": _LINE, "width": 2.25}, **no_marker})
        if piece.is_flat:
            middles.append((Point((ends[0] + ends[1]) / 2, piece.first.y), shown))
    for filled in (False, True):
        dots = dots_of(curve, filled=filled)
        if dots:
            fill = {"color": _LINE if filled else "#FFFFFF"}
            marker = {"type": "circle", "size": 7, "fill": fill, "border": {"color": _LINE}}
            points = tuple(Point(at, y) for at, y in dots)
            yield _Stroke(points, {"line": {"none": True}, "marker": marker})
    if middles:
        points, labels = zip(*middles, strict=True)
        yield _Stroke(points, {"line": {"none": True}, **no_marker}, labels)


def _as_long(strokes: Sequence[_Stroke]) -> list[_Stroke]:
    """All with as many points as the longest, the last one again: LibreOffice draws no others where
    a Word file has them."""
    most = max(len(one.points) for one in strokes)
    return [
        one._replace(
            points=one.points + one.points[-1:] * (most - len(one.points)),
            labels=one.labels and one.labels + ("",) * (most - len(one.labels)),
        )
        for one in strokes
    ]


def _shown(piece: Piece, view: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal] | None:
    low = view[0] if piece.start is None else max(piece.start.at, view[0])
    high = view[1] if piece.end is None else min(piece.end.at, view[1])
    return (low, high) if low < high else None


_CHART: Final = re.compile(r"xl/charts/chart\d+\.xml")
_CLOSING: Final = b"</c:chartSpace>"


def embedded_chart(curve: Curve, language: Language) -> EmbeddedChart:
    """The chart with its figures in a workbook of its own, as Word keeps charts; its XML names the
    workbook as the relationship `rId1`."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("1")
    chart, row = curve_chart(book, sheet, 0, curve, language)
    sheet.insert_chart(row, 0, chart)
    book.close()
    with zipfile.ZipFile(buffer) as packed:
        name = next(one for one in packed.namelist() if _CHART.fullmatch(one))
        xml = packed.read(name)
    external = b'<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'
    printing = xml.find(b"<c:printSettings>")
    if printing >= 0:  # which is for sheets alone
        xml = xml[:printing] + _CLOSING
    return EmbeddedChart(xml.replace(_CLOSING, external + _CLOSING), buffer.getvalue())
