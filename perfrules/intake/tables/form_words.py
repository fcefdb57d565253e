"""The words of the usual form of departments: headings of its table, labels of its head."""

from typing import Final

from perfrules.intake.cells.numerals import tidy

__all__ = ["COLUMNS_OF_FORMS", "LABELS_OF_FORMS", "plain_word"]

_WORDS: Final = {
    "indicator": "指标 考核指标 指标名称 考核项目 考核内容 关键绩效指标 kpi kpi指标 indicator",
    "actual": "实际值 实际 实际完成 实际完成值 完成值 完成数 实绩 actual",
    "target": "目标值 目标 计划值 任务数 target",
    "baseline": "基线值 基线 baseline",
    "weight": "权重 权重% 权重(%) 权重比例 weight",
    "score": "得分 评分 考核得分 自评 自评分 自评得分 上级评分 加权得分 score",
    "note": "备注 说明 完成情况说明 note remarks",
    "unit": "单位 计量单位 unit",
    "source": "数据来源 来源 source",
    "evidence": "佐证 数据佐证 证明材料 evidence",
    "": "序号 编号 维度 板块 类别 考核维度 指标类别 指标定义 指标说明 计算方法 计算公式 评分标准 "
    "考核标准 计分方法 达成率 完成率 no. no section",
}  # fmt: skip
COLUMNS_OF_FORMS: Final = {word: name for name, words in _WORDS.items() for word in words.split()}
"""What headings mean; under the empty name what is for those who read the form."""

LABELS_OF_FORMS: Final = {
    "工号": "person_id", "员工编号": "person_id", "员工号": "person_id", "人员编号": "person_id",
    "person_id": "person_id", "id": "person_id", "employeeid": "person_id",
    "姓名": "name", "被考核人": "name", "员工姓名": "name", "name": "name", "岗位": "role",
    "职位": "role", "职务": "role", "role": "role", "部门": "department", "所属部门": "department",
    "department": "department", "团队": "team", "小组": "team", "team": "team",
    "直接上级": "", "上级": "", "考核人": "", "考核周期": "", "考核期": "", "周期": "", "日期": "",
    "入职日期": "", "填表日期": "", "manager": "", "cycle": "", "date": "",
}  # fmt: skip
"""What labels of the head mean; under the empty name those of which nothing is read."""


def plain_word(text: str) -> str:
    """A word without blanks, case and the colon behind it."""
    return "".join(tidy(text).split()).rstrip(":").casefold()
