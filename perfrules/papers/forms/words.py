"""The words of forms, in both languages."""

from typing import Final

from perfrules.codes.code import Text
from perfrules.words.titles import RATERS

__all__ = [
    "FILL_IN_PERSON", "FILL_IN_RATER", "HEADINGS", "OVERALL", "OVERALL_ROWS", "PERSON_TITLE",
    "RATER_TITLE", "REFUSALS", "SAID_ALREADY", "group_title",
]  # fmt: skip

PERSON_TITLE: Final = Text("个人绩效考核表", "Appraisal form")
RATER_TITLE: Final = Text("360° 评分表", "Rating form")

FILL_IN_PERSON: Final = (
    Text(
        "填写说明：深黄色必填，浅黄色选填，灰色已锁定。“自评”由本人填写，“上级”由直接上级填写。",
        "How to fill in: dark yellow cells are needed, light yellow ones are optional, grey ones "
        "are locked. “Self” is for the person, “manager” for the manager.",
    ),
    Text(
        "数字不带单位，按“单位”一栏填写；百分比写成 85%。没有数据的留空，不要填 0。"
        "不要增删行列、改动表头和工号；填好后另存为 .xlsx 交回，文件名可以改。",
        "Numbers stand alone, in the unit of the row; percentages are written 85%. Leave empty "
        "what there is no figure of: 0 is a figure. Keep rows, columns, heads and ids as they are; "
        "hand the file back as .xlsx, under any name.",
    ),
)
FILL_IN_RATER: Final = (
    Text(
        "填写说明：深黄色必填，浅黄色选填，灰色已锁定。一行是对一个人一项指标的评分，分数须在所列范围之内。",
        "How to fill in: dark yellow cells are needed, light yellow ones are optional, grey ones "
        "are locked. A row is the rating of one indicator of one person, within the range given.",
    ),
    Text(
        "评分只填数字，不带“分”；不了解、无法评分的留空，不要填 0。"
        "不要增删行列、改动表头和工号；填好后另存为 .xlsx 交回，文件名可以改。",
        "Ratings are numbers alone; leave empty what you cannot judge: 0 is a rating. Keep rows, "
        "columns, heads and ids as they are; hand the file back as .xlsx, under any name.",
    ),
)

HEADINGS: Final = {
    "person_id": Text("工号", "Id"), "name": Text("姓名", "Name"), "role": Text("岗位", "Role"),
    "department": Text("部门", "Department"), "team": Text("团队", "Team"),
    "manager": Text("直接上级", "Manager"), "cycle": Text("考核周期", "Cycle"),
    "policy": Text("考核方案", "Policy"), "rater": Text("评分人", "Rater"),
    "count": Text("待评项数", "Ratings due"),
    "section": Text("板块", "Section"), "indicator": Text("指标", "Indicator"),
    "weight": Text("权重", "Weight"), "unit": Text("单位", "Unit"),
    "target": Text("目标值", "Target"), "evidence": Text("数据佐证", "Evidence"),
    "self_score": Text("自评分", "Self: rating"), "self_words": Text("自评说明", "Self: in words"),
    "manager_score": Text("上级评分", "Manager: rating"),
    "manager_words": Text("上级评语", "Manager: in words"),
    "item": Text("总体评价", "On the whole"), "points": Text("参考分", "Points"),
    "words": Text("内容", "In words"),
    "group": Text("评分身份", "You rate as"), "scale": Text("分数范围", "Range"),
    "score": Text("评分", "Rating"), "basis": Text("评分依据与评语", "Grounds and comments"),
    "segment": Text("任职段 {number}", "segment {number}"),
}  # fmt: skip

OVERALL: Final = Text(
    "总体评价（参考分不计入考核得分）", "On the whole (the points do not count in the result)"
)
SAID_ALREADY: Final = Text("已填", "given")
"""Stands in the place of what the manager has said already."""

OVERALL_ROWS: Final = {
    "self": Text("本人自评", "By the person"), "manager": Text("上级评价", "By the manager"),
}  # fmt: skip

REFUSALS: Final = {
    "title": Text("请检查填写内容", "Please check the entry"),
    "between": Text(
        "请填 {low} 至 {high} 之间的数字，不带单位。",
        "A number from {low} to {high}, without a unit.",
    ),
    "number": Text("请只填数字，不带单位和汉字。", "A number alone, without a unit."),
    "choice": Text("请从下拉列表中选择。", "Please choose from the list."),
    "length": Text("最多 2000 字。", "At most 2000 characters."),
}  # fmt: skip


def group_title(group: str) -> Text:
    """What a group of raters is called; its id where it has no common name."""
    return RATERS.get(group, Text(group, group))
