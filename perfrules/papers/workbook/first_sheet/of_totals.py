"""How the totals of people are spread."""

from decimal import Decimal
from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.exact import plain
from perfrules.papers.overview.figures import bins_of, median_of
from perfrules.papers.overview.rows import Everybody
from perfrules.papers.workbook.columns import Cell
from perfrules.papers.workbook.first_sheet.blocks import Block, Chart, people_in

__all__ = ["totals_block"]

_HEAD: Final = (Text("总分", "Total"), Text("人数", "People"))
_NAME: Final = Text("总分分布", "Distribution of totals")
_NOTE: Final = Text(
    "每段含下限、不含上限，最后一段两端都含。",
    "A range has its lower end and not its upper one; the last has both.",
)


def totals_block(everybody: Everybody, language: Language) -> Block | None:
    """How many people lie in each range; None where nobody has a total."""
    totals = [line.total for line in everybody.people if line.total is not None]
    middle = median_of(totals)
    if middle is None:
        return None
    many, shown = people_in(len(totals)), plain(middle)
    title = Text(
        f"{many.zh}的总分分布：中位数 {shown}", f"Totals of {many.en}: the median is {shown}"
    )
    ranges: tuple[tuple[Cell, ...], ...] = tuple(
        (f"{plain(one.low)}–{plain(one.high)}", Decimal(one.many)) for one in bins_of(totals)
    )
    if min(totals) == max(totals):
        # Level figures have no range.
        title = Text(f"{many.zh}的总分：{shown}", f"Totals of {many.en}: {shown}")
        ranges = ((shown, Decimal(len(totals))),)
    return Block(
        _NAME.into(language),
        tuple(one.into(language) for one in _HEAD),
        ranges,
        Chart("columns", title.into(language), _HEAD[1].into(language), (1,), style="0"),
        _NOTE.into(language),
    )
