"""The words of the workbook to fill in, in both languages."""

from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.codes.figure_titles import figure_title
from perfrules.intake.tables.layouts import LAYOUTS, title_of

__all__ = [
    "BANNER", "CHOICES_OF_KIND", "CHOICES_OF_YES_NO", "IF_EMPTY", "INSTRUCTIONS",
    "PERCENT_DUE", "SOURCE", "UNIT", "WITHIN", "asked_head", "heading", "part_title",
    "table_name",
]  # fmt: skip

_WEIGHT: Final = Text("权重", "weight")
UNIT: Final = Text("单位", "unit")
SOURCE: Final = Text("数据来源", "source")
CHOICES_OF_KIND: Final = (Text("校准", "calibration"), Text("申诉", "appeal"))
CHOICES_OF_YES_NO: Final = (Text("是", "yes"), Text("否", "no"))

BANNER: Final = Text(
    "白色单元格填写，灰色单元格已锁定；没有数据的留空，不要填 0",
    "fill in the white cells, the grey ones are locked; leave empty what there is no figure of",
)
IF_EMPTY: Final = Text("不填按方案：{value}", "if empty: {value}")
WITHIN: Final = Text("权重 {low} 至 {high}", "a weight from {low} to {high}")
PERCENT_DUE: Final = Text(
    "这一列是百分比：百分之七十点一写成 70.1%，不要写 70.1（会变成 7010%）。"
    "达到 200% 的，请在前面加英文单引号，写成 '250%",
    "This column holds percentages: write 70.1% and not 70.1, which would be 7010%. "
    "From 200% on, begin with an apostrophe: '250%",
)


def part_title(part: str) -> Text:
    """What a part of a figure is called; of one that an indicator declares, as people know it."""
    return _WEIGHT if part == "weight" else figure_title(part)


def heading(column: str, language: Language) -> str:
    """A column's heading: its alias in Chinese where it has one, else its name."""
    return title_of(column) if language == "zh" else column


def table_name(table: str, language: Language) -> str:
    """A table's sheet. Spreadsheets keep the name `History` for themselves."""
    alias = next(layout.alias for layout in LAYOUTS if layout.name == table)
    return alias if language == "zh" or table == "history" else table


def asked_head(language: Language) -> tuple[str, ...]:
    """The head of the table of what is asked."""
    return tuple(word.into(language) for word in _ASKED)


_ASKED: Final = (
    Text("工作表", "sheet"),
    Text("指标", "indicator"),
    Text("单位", "unit"),
    Text("填写内容", "what to fill in"),
    Text("数据来源", "source"),
)

INSTRUCTIONS: Final = (
    Text("填写步骤", "How to fill in this workbook"),
    Text(
        "1. 先核对“人员”表：每人一行，工号不能重复；岗位从下拉列表中选择。",
        "1. See that everybody is in the sheet of people: one row each, no id twice; "
        "the role is chosen from the list.",
    ),
    Text(
        "2. 在各岗位的工作表中填写实际值、目标值，每人一行。新增人员写在下面的空行，"
        "工号与“人员”表一致。",
        "2. Fill in actuals and targets in the sheet of each role, one row a person. "
        "Further people go into the empty rows, under their ids of the sheet of people.",
    ),
    Text(
        "3. 没有数据的单元格留空或写“—”，不要填 0：0 是一个数值。",
        "3. Leave a cell empty, or write —, where there is no figure. Do not write 0: "
        "that is a figure.",
    ),
    Text(
        "4. 金额、数量只填数字，不带单位，按表头的单位填写（单位是元就不要写成万元）；"
        "百分比写成 85%。",
        "4. Amounts and counts are numbers only, in the unit of the head; "
        "percentages are written 85%.",
    ),
    Text(
        "5. “评分”表一行一位评分人的一个分数；同一评分组有多人评分时，在下面的空行补写。",
        "5. In the sheet of ratings a row is the score by one rater; further raters of a group go "
        "into the empty rows.",
    ),
    Text(
        "6. “事件”表登记加分、扣分和一票否决的事项：发生一次写 1；自带分值的事项写分值，每次一行。",
        "6. Extra points, points off and vetoes go into the sheet of events: 1 for what happened "
        "once; what names its own points has a row each time.",
    ),
    Text(
        "7. 不要改工作表的名称和表头。工作表的保护没有密码，确需修改时可以撤销。",
        "7. Keep the names of the sheets and the heads. The protection has no password; "
        "it can be taken off where it must be.",
    ),
    Text(
        "8. 填好后放进周期文件夹，在 cycle.yaml 中写 data: 文件名，然后运行 perfrules evaluate。",
        "8. Put the file into the cycle's folder, name it in cycle.yaml under data:, "
        "and run perfrules evaluate.",
    ),
)
