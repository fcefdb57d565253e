"""Tables of two inputs, as they stand on a sheet: a row, a column, and what stands where they meet."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal

from perfrules.codes.code import Text
from perfrules.exact import percent, plain
from perfrules.formula import Formula
from perfrules.model.declared import NAME, Block, Choice, Kind, Names, Rows, Worked, choose_one, key
from perfrules.model.kinds import EXPRESSION, FIGURE, TEXT, TRUTH, WORDS
from perfrules.model.written import Constant, Placed

__all__ = ["OTHERWISE", "Axis", "CellRow", "TwoWayTable"]

# fmt: off

OTHERWISE: Final = "otherwise"
"""What the row or column of all other values is called."""

_CELLS: Final = Kind(
    "cells", "一行的各格 · Cells of a row",
    "这一行在各列的值，按列的顺序：全是百分比，或全是数字。",
    "What the row has in each column, in their order: percentages, or numbers.",
    Text("这一行各列的值，例如 `[150%, 110%, 0%]`", "what the row has in each column, such as `[150%, 110%, 0%]`"),
    {"type": "array", "items": FIGURE, "minItems": 1},
    Text("百分比或数字的列表", "list of percentages or numbers"),
)

_ROW: Final = Kind(
    "row_name", "行名 · Row",
    "行的名称：等级等文字，界限（如 120%），或 otherwise。",
    "What a row is called: its word, its limit such as 120%, or “otherwise”.",
    Text("行的名称，例如 `A`、`120%` 或 `otherwise`", "a row, such as `A`, `120%` or `otherwise`"),
    {"type": "string", "minLength": 1},
    Text("行名", "a row"),
)


_ONE_OF: Final = Text(
    "`is`（文字，例如等级）、`at_least`（由高到低的起点）、`at_most`（由低到高的上限）三者之一",
    "one of `is` (words such as grades), `at_least` (thresholds from high to low) and `at_most` (upper limits from low to high)")


@dataclass(frozen=True, slots=True)
class Axis(Placed):
    """The rows or the columns: the words that `by` can be, or limits, the best first: lower ones
    from high to low, or upper ones from low to high where less is better.

    With `otherwise` one more takes whatever is none of the words, or within no limit. `is_share`
    says whether limits are written as percentages.
    """

    block: ClassVar = Block("axis", "表的行或列 · Axis",
        "按什么分行（或分列），以及有哪些行（列）。",
        "What the rows (or columns) look at, and which there are.",
        Text("行或列的设置，例如 `{by: grade, is: [A, B, C]}`", "rows or columns such as `{by: grade, is: [A, B, C]}`"),
        rule=choose_one(_ONE_OF, {"not": {"anyOf": [{"required": ["is", "at_least"]}, {"required": ["is", "at_most"]}, {"required": ["at_least", "at_most"]}]}}),
        whole={"if": {"propertyNames": {"enum": ["by", "otherwise"]}}, "then": choose_one(_ONE_OF, {"required": ["is"]})})
    by: Annotated[Formula, key(EXPRESSION,
        "依据 · By",
        "按什么分，例如 grade 或 sales.attainment。", "What is looked up, such as grade or sales.attainment.",
        example="team.grade")]
    words: Annotated[tuple[str, ...], key(Rows(WORDS, Text("文字列表，例如 `[S, A, B]`", "a list of words such as `[S, A, B]`")),
        "文字 · Is",
        "依次列出可以是哪些文字，例如各等级。", "The words that it can be, such as the grades.",
        example="[S, A, B]", unless=Text("三者必写其一", "one of the three is required"), name="is", absent=())]
    at_least: Annotated[tuple[Decimal, ...], key(Rows(FIGURE, Text("由高到低的起点列表，例如 `[120%, 100%, 80%]`",
            "a list of thresholds from high to low, such as `[120%, 100%, 80%]`")),
        "起点 · At least",
        "由高到低的起点，达到（含）即在该行（列）。", "Thresholds from high to low; the first one that is reached counts, inclusive.",
        example="[120%, 100%, 80%]", unless=Text("三者必写其一", "one of the three is required"), absent=())]
    at_most: Annotated[tuple[Decimal, ...], key(Rows(FIGURE, Text("由低到高的上限列表，例如 `[5, 6, 8]`",
            "a list of upper limits from low to high, such as `[5, 6, 8]`")),
        "上限 · At most",
        "由低到高的上限，不超过（含）即在该行（列）；用于越低越好的数。", "Upper limits from low to high; the first one that is kept counts, inclusive; for what is better the lower it is.",
        example="[5, 6, 8]", unless=Text("三者必写其一", "one of the three is required"), absent=())]
    otherwise: Annotated[bool, key(TRUTH,
        "其余 · Otherwise",
        "true 表示另加一行（列），放其余的值；不写时，表中没有的值是该人员的错误。",
        "Whether one more takes all other values; without it a value that is not in the table is an error.",
        example="true", absent=False, more=Text("这一行（列）叫作 `otherwise`，排在最后", "it is called `otherwise`, and is the last"))]
    is_share: bool = False

    @property
    def limits(self) -> tuple[Decimal, ...]:
        """Its thresholds or its upper limits; none where it has words."""
        return self.at_least or self.at_most

    @property
    def labels(self) -> tuple[str, ...]:
        """What its rows or columns are called."""
        shown = percent if self.is_share else plain
        found = (*self.words, *(shown(one) for one in self.limits))
        return (*found, OTHERWISE) if self.otherwise else found


@dataclass(frozen=True, slots=True)
class CellRow:
    """The cells of a row, in the order of the columns."""

    name: str
    cells: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class TwoWayTable(Placed):
    """A value for each row and column."""

    name: str
    block: ClassVar = Block("two_way_table", "双向表 · Two-way table",
        "由行和列两个依据查出的系数（或分数、金额）。",
        "A factor (or points, or money) looked up by a row and a column.",
        Text("双向表，例如 `{rows: {by: team.grade, is: [A, B]}, columns: {by: grade, is: [A, B]}, cells: {A: [150%, 100%], B: [100%, 50%]}}`",
            "a table such as `{rows: {by: team.grade, is: [A, B]}, columns: {by: grade, is: [A, B]}, cells: {A: [150%, 100%], B: [100%, 50%]}}`"))
    title: Annotated[Text, key(TEXT,
        "名称 · Title",
        "表的显示名称；不写则用标识。",
        "The name that is shown; the id if absent.", example="奖金系数", absent=NAME)]
    rows: Annotated[Axis, key(Axis,
        "行 · Rows",
        "按什么分行，有哪些行。", "What the rows look at, and which there are.",
        example="{by: team.grade, is: [A, B, C]}")]
    columns: Annotated[Axis, key(Axis,
        "列 · Columns",
        "按什么分列，有哪些列。", "What the columns look at, and which there are.",
        example="{by: grade, is: [S, A, B]}")]
    gives: Annotated[Literal["share", "number"], key(Choice((
            "比率 · a share", "数字 · a number")),
        "格中是什么 · Gives",
        "各格是百分比还是普通数字；不写时，有一格带百分号就都是百分比。",
        "Whether the cells are percentages or plain numbers; percentages if absent and one of them has the sign.",
        example="share", absent=Worked(Text("有一格带百分号时为 `share`，否则为 `number`", "`share` where a cell has a percent sign, else `number`")))]
    cells: Annotated[tuple[CellRow, ...], key(Names(_ROW, _CELLS, Text("各行各列的值，例如 `{A: [150%, 100%], B: [100%, 50%]}`",
            "the cells of each row, such as `{A: [150%, 100%], B: [100%, 50%]}`"), at_least_one=True),
        "各格 · Cells",
        "每一行一项：行名，以及按列的顺序列出的值。", "An entry for each row: its name, and its values in the order of the columns.",
        example="{A: [150%, 100%], B: [100%, 50%]}", more=Text("每行每列都要有值", "every row and every column has its cell"))]

    @property
    def formulas(self) -> tuple[Formula, Formula]:
        """What it looks at."""
        return (self.rows.by, self.columns.by)

    def cell(self, row: int, column: int) -> Constant:
        """What stands where a row and a column meet."""
        name = self.rows.labels[row]
        return next(one.cells[column] for one in self.cells if one.name == name)
