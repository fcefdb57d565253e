"""Blocks -> native Excel charts. Every figure drawn stands in a cell, and is kept in the chart too
for programs that show it without computing."""

from decimal import Decimal
from typing import Any, Final

from perfrules.exact import plain
from perfrules.papers.charts.paint import BAR, INK, paint
from perfrules.papers.workbook.columns import Cell, Figure
from perfrules.papers.workbook.first_sheet.blocks import Block, Chart

__all__ = ["drawn"]

_LINE: Final = {"color": INK, "width": 0.75}
_GRID: Final = {"visible": True, "line": {"color": "#DDE1E8", "width": 0.5}}
_FONT: Final = {"size": 8, "color": INK}
_REST, _GREY = 5, "#5F6774"
"""What is left of all series is the sixth, and grey."""

_SCALE: Final = ("min", "max", "major_unit")
_KINDS: Final = {"columns": "column", "bars": "bar", "stacked": "bar", "boxes": "bar"}


class _Range:
    """The cells of a table's columns: `top` is the row of its first line on the sheet."""

    def __init__(self, sheet: str, block: Block, top: int) -> None:
        self.sheet, self.block, self.top = sheet, block, top

    def cells(self, column: int) -> list[Any]:
        return [self.sheet, self.top, column, self.top + len(self.block.rows) - 1, column]

    def kept(self, column: int) -> list[str | None]:
        return [_kept(row[column]) for row in self.block.rows]

    def series(self, column: int) -> dict[str, Any]:
        return {
            "name": [self.sheet, self.top - 1, column],
            "name_data": [self.block.head[column]],
            "categories": self.cells(0),
            "categories_data": self.kept(0),
            "values": self.cells(column),
            "values_data": self.kept(column),
        }

    def formula(self, column: int) -> str:
        letter, last = "ABCDEFGHIJKL"[column], self.top + len(self.block.rows)
        return f"='{self.sheet}'!${letter}${self.top + 1}:${letter}${last}"


def _kept(cell: Cell) -> str | None:
    if isinstance(cell, Figure):
        return plain(cell.value)
    return plain(cell) if isinstance(cell, Decimal) else cell


def drawn(book: Any, block: Block, sheet: str, top: int, size: tuple[int, int]) -> Any:
    """The chart of a block whose first line stands in row `top`; `size` is in pixels."""
    found = block.chart
    assert found is not None
    subtype = {"subtype": "stacked"} if found.kind in ("stacked", "boxes") else {}
    chart = book.add_chart({"type": _KINDS[found.kind], **subtype})
    cells = _Range(sheet, block, top)
    if found.kind == "boxes":
        _boxes(chart, cells, found)
    else:
        _series(chart, cells, found)
        if found.marks is not None:
            chart.combine(_marks(book, cells, found.marks))
    _look(chart, found, many=len(found.series) + (found.marks is not None))
    chart.set_size({"width": size[0], "height": size[1]})
    return chart


def _series(chart: Any, cells: _Range, found: Chart) -> None:
    stacked = found.kind == "stacked"
    one = len(found.series) == 1
    # Before and after: pale, then dark.
    colours = range(len(found.series)) if one or stacked else (1, 0)
    for column, number in zip(found.series, colours, strict=False):
        extra: dict[str, Any] = {"gap": 12 if found.kind == "columns" and one else 60}
        if stacked:
            extra["overlap"] = 100
        else:
            extra["data_labels"] = {"value": True, "font": _FONT, "num_format": found.style}
        colour = {"fill": {"color": BAR}, "border": _LINE} if one else _filled(number)
        chart.add_series({**cells.series(column), **colour, **extra})


def _filled(number: int) -> dict[str, Any]:
    """The fill of a series; two whose greys would be alike are told apart by stripes."""
    if number == _REST:
        return {"fill": {"color": _GREY}, "border": _LINE}
    own = paint(number)
    if not own.stripe:
        return {"fill": {"color": own.fill}, "border": _LINE}
    stripes = {"fg_color": own.stripe, "bg_color": own.fill}
    return {"pattern": {"pattern": "wide_upward_diagonal", **stripes}, "border": _LINE}


def _marks(book: Any, cells: _Range, column: int) -> Any:
    """What should be, as a short thick line over the columns."""
    line = book.add_chart({"type": "line"})
    marker = {
        "type": "long_dash", "size": 14, "fill": {"color": INK}, "border": {"color": INK},
    }  # fmt: skip
    line.add_series({**cells.series(column), "line": {"none": True}, "marker": marker})
    return line


def _boxes(chart: Any, cells: _Range, found: Chart) -> None:
    """The middle half of each group as a box in two halves, and lines to the lowest and highest."""
    start, first, second, below, above = found.series
    bars = {"type": "custom", "end_style": 1, "line": _LINE}
    nought = ["0"] * len(cells.block.rows)
    base = {
        "fill": {"none": True},
        "border": {"none": True},
        "gap": 40,
        "overlap": 100,
        "y_error_bars": {
            **bars,
            "direction": "minus",
            "plus_values": nought,
            "minus_values": cells.formula(below),
            "minus_data": cells.kept(below),
        },
    }
    chart.add_series({**cells.series(start), **base})
    for place, column in enumerate((first, second)):
        series = {**cells.series(column), **_filled(place)}
        if column == second:
            series["y_error_bars"] = {
                **bars,
                "direction": "plus",
                "plus_values": cells.formula(above),
                "plus_data": cells.kept(above),
                "minus_values": nought,
            }
        chart.add_series(series)


def _look(chart: Any, found: Chart, many: int) -> None:
    lying = found.kind != "columns"
    title_font = {"size": 10, "bold": True, "color": INK}
    chart.set_title({"name": found.title, "name_font": title_font, "overlay": False})
    names = {
        "num_font": _FONT,
        "line": {"color": INK},
        "major_tick_mark": "none",
        "interval_unit": 1,
    }
    figures: dict[str, Any] = {
        "name": found.figures,
        "name_font": {**_FONT, "bold": False},
        "num_font": _FONT,
        "num_format": found.style,
        "major_gridlines": _GRID,
        "line": {"none": True},
        **({} if found.scale is None else dict(zip(_SCALE, found.scale, strict=True))),
    }
    if lying:
        # The first name stands at the top, the figures at the foot.
        across = {"reverse": True, "crossing": "max", "major_gridlines": {"visible": False}}
        chart.set_x_axis(figures)
        chart.set_y_axis({**names, **across})
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(figures)
    if many > 1 and found.kind != "boxes":
        chart.set_legend({"position": "bottom", "font": _FONT})
    else:
        chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"color": "#C3CAD5"}})
    chart.show_blanks_as("gap")
