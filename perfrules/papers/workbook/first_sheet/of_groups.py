"""Departments, teams and roles side by side."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.exact import EXACT, plain
from perfrules.papers.charts.axis import ticks
from perfrules.papers.overview.groups import GroupFigures, Side, side_by_side
from perfrules.papers.overview.rows import Everybody
from perfrules.papers.workbook.columns import Cell, Figure, places, style_of
from perfrules.papers.workbook.first_sheet.blocks import MOST, Block, Chart, both_ends, short

__all__ = ["group_blocks"]

_SIDES: Final[dict[Side, tuple[Text, Text]]] = {
    "department": (Text("部门", "Department"), Text("个部门", "departments")),
    "team": (Text("团队", "Team"), Text("个团队", "teams")),
    "role": (Text("岗位", "Role"), Text("个岗位", "roles")),
}
_FIGURES: Final = (
    Text("人数", "People"),
    Text("最低", "Lowest"),
    Text("下四分位", "Lower quartile"),
    Text("中位数", "Median"),
    Text("上四分位", "Upper quartile"),
    Text("最高", "Highest"),
    Text("平均", "Mean"),
)
_ASIDE: Final = (
    Text("下四分位至中位数", "Quartile to median"),
    Text("中位数至上四分位", "Median to quartile"),
    Text("最低至下四分位", "Lowest to quartile"),
    Text("上四分位至最高", "Quartile to highest"),
)
_NONE: Final = Text("（未填）", "(none)")


def group_blocks(everybody: Everybody, language: Language) -> Iterator[Block]:
    """A block for each way to group people in which there is a group with a name."""
    for side, (title, many) in _SIDES.items():
        found = side_by_side(everybody.people, side)
        if any(any(one.name) for one in found):
            yield _block(found, title, many, language)


def _block(found: tuple[GroupFigures, ...], title: Text, many: Text, language: Language) -> Block:
    shown = both_ends(found)
    best = short(shown[0].name.into(language)) or _NONE.into(language)
    caption = Text(
        f"{len(found)} {many.zh}的总分：中位数最高的是{best}",
        f"Totals by {title.en.lower()}: {best} has the highest median",
    )
    if len(found) == 1:
        caption = Text(f"{best}的总分", f"Totals of {best}")
    note = Text(
        f"共 {len(found)} {many.zh}，列出中位数最高和最低的各 {MOST // 2} 个。",
        f"Of {len(found)} {many.en} the {MOST // 2} with the highest and the {MOST // 2} with the "
        "lowest medians are shown.",
    )
    style = _style([figure for one in shown for figure in (*_five(one), *_apart(one))])
    return Block(
        Text(f"各{title.zh}的总分", f"Totals by {title.en.lower()}").into(language),
        tuple(one.into(language) for one in (title, *_FIGURES, *_ASIDE)),
        tuple(_row(one, style, language) for one in shown),
        _chart(shown, caption, language),
        note.into(language) if len(found) > MOST else "",
        aside=8,
    )  # fmt: skip


def _chart(shown: Sequence[GroupFigures], caption: Text, language: Language) -> Chart:
    """Boxes; medians alone where a box would begin below nought, from where bars are stacked."""
    if any(one.spread.lower < 0 for one in shown):
        return Chart("bars", caption.into(language), _FIGURES[3].into(language), (4,))
    edges = ticks(min(one.spread.low for one in shown), max(one.spread.high for one in shown))
    step = EXACT.subtract(edges[1], edges[0])
    return Chart(
        "boxes", caption.into(language), _AXIS.into(language), (3, 8, 9, 10, 11),
        scale=(plain(edges[0]), plain(edges[-1]), plain(step)),
    )  # fmt: skip


_AXIS: Final = Text(
    "总分（深色：下四分位至中位数；浅色：中位数至上四分位；细线：最低至最高）",
    "Total (dark: lower quartile to median; pale: median to upper quartile; "
    "line: lowest to highest)",
)


def _style(values: Sequence[Decimal]) -> str:
    """Two places, and as many more as a figure has."""
    behind = places(values)
    return style_of(behind, "0") if behind <= 2 else f"0.00{'#' * (behind - 2)}"


def _five(one: GroupFigures) -> tuple[Decimal, ...]:
    spread = one.spread
    return spread.low, spread.lower, spread.middle, spread.upper, spread.high


def _apart(one: GroupFigures) -> tuple[Decimal, ...]:
    low, lower, middle, upper, high = _five(one)
    pairs = ((middle, lower), (upper, middle), (lower, low), (high, upper))
    return tuple(EXACT.subtract(more, less) for more, less in pairs)


def _row(one: GroupFigures, style: str, language: Language) -> tuple[Cell, ...]:
    name = short(one.name.into(language)) or _NONE.into(language)
    figures = (*_five(one), one.mean.value, *_apart(one))
    return (name, Decimal(one.spread.size), *(Figure(value, style) for value in figures))
