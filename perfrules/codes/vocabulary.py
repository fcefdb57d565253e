"""Words of the policy language, each with the Chinese words by which people mean it.

Nothing here is a keyword: a file says `weight`, and a message about `权重` says that `weight` was
meant. One Chinese word may stand for several words of the language (上限 is `at_most`, `max` or
`high`); which of them was meant follows from what can stand at its place.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

__all__ = ["MEANT", "meant_by"]

MEANT: Final[Mapping[str, str]] = {
    # blocks of a policy
    "policy": "方案 考核方案 制度 岗位 方案编号",
    "version": "版本 版本号",
    "extends": "继承 引用 沿用",
    "effective": "生效 有效期 生效日期 适用期间",
    "cycle": "周期 考核周期",
    "subject": "考核对象 对象 适用对象",
    "rounding": "取整 舍入 四舍五入 精度",
    "sections": "板块 考核板块 维度 考核维度 模块 分类",
    "indicators": "指标 考核指标 指标库",
    "total": "总分 合计 总得分 综合得分 最终得分",
    "grades": "等级 评级 绩效等级 等级划分 分档",
    "adjustments": "加减分 加减分项 加分项 扣分项 奖惩 加分 扣分",
    "vetoes": "否决 否决项 一票否决 红线",
    "incentives": "激励 奖金 激励方案 奖金方案 奖励 提成",
    "tables": "双向表 系数表 对照表 矩阵 二维表",
    "rows": "行 各行",
    "columns": "列 各列",
    "cells": "单元格 各格 格",
    "pools": "奖金池 奖金包",
    "awards": "奖项 评优 荣誉",
    "distribution": "强制分布 分布 等级分布",
    "quotas": "比例 名额 配额",
    "follow_ups": "跟进 后续措施 跟进措施 改进计划",
    "guardrails": "护栏 约束 规范",
    "waive": "豁免",
    "warnings": "预警 提醒",
    "target_changes": "目标变更 目标调整",
    "person_changes": "人员变动 信息变动 人员信息变动",
    "events": "事件 关键事件",
    # an indicator
    "title": "名称 标题 中文名",
    "section": "所属板块 所属维度 板块 维度",
    "weight": "权重 权数 比重 占比",
    "stage": "阶段 类别 类型 结果或过程",
    "nature": "性质 定性定量 考核方式 指标性质",
    "unit": "单位 计量单位",
    "direction": "方向 指标方向",
    "target": "目标 目标值 指标值 任务 任务数",
    "baseline": "基线 基准 基准值 基线值 同期",
    "attainment": "达成率 完成率 达成 完成情况 完成度",
    "actual": "实际 实际值 完成值 实绩 完成数",
    "zero_actual": "实际为零",
    "source": "来源 数据来源 数据源",
    "missing": "缺失 缺数 缺数据 缺失处理",
    "score": "得分 评分 计分 打分 评分标准 分数 分值 计分方式",
    "roll_up": "汇总 汇总方式",
    # forms of score
    "on": "依据 按什么计分",
    "bands": "区间 分段 阶梯 评分区间 分段计分",
    "direct": "直接打分 直接计分 直接评分",
    "levels": "等级 分级 档次 级别 档",
    "per_unit": "每单位 每超 每少",
    "window": "窗口 合格区间",
    "yes_no": "是否 是非",
    "done": "完成 已完成",
    "ratings": "评分 评价 360度 多方评价 360",
    "formula": "公式 计算公式 算式",
    "groups": "评分组 评价组 评分人 评价人",
    "scale": "分制 量表 评分范围",
    "trim": "去掉最高最低 去极值",
    "at_least": "不低于 至少 大于等于 下限 起点 不少于 最低 达到 以上",
    "at_most": "不高于 至多 小于等于 上限 封顶 不超过 最高 最多",
    "up_to": "到 直到 终点",
    "otherwise": "否则 其他 其余 其它 以下",
    "min": "最小 最小值 最低 最低分 下限",
    "max": "最大 最大值 最高 最高分 上限 满分",
    "low": "下限 低",
    "high": "上限 高",
    "per": "每 单位量",
    "each": "每次 每项 每件 每个",
    "points": "分数 加分 扣分 分值 分",
    "mark": "标准 标准值 基准线",
    "side": "哪一侧",
    # total, vetoes, money
    "grade": "等级 级别 评级 绩效等级",
    "level": "级别 程度",
    "when": "条件 触发条件 当 如果",
    "then": "结果 则 处理 后果 那么",
    "pay": "支付 发放 发放比例 奖金",
    "only_if": "前提 条件 门槛 发放条件 适用条件",
    "base": "基数 奖金基数 基础 底数",
    "by": "依据 按 方式",
    "by_grade": "按等级 等级系数",
    "rate": "比例 系数 费率 提成比例 比率 单价",
    "tiers": "阶梯 档位 分档",
    "whole": "全额 整体",
    "marginal": "超额累进 分段累进 累进",
    "times": "系数 乘以 倍数",
    "from": "开始 起 从 开始日期 起始日期 生效日",
    "to": "结束 止 到 至 截止日期 结束日期",
    "share_by": "分配依据 分配方式",
    "amount": "金额 总额",
    "top": "前 前几名 名次",
    "order": "排序 顺序",
    "within": "范围 组内 部门内",
    "places": "小数位 小数位数 位数",
    "mode": "方式 模式 舍入方式",
    "reason": "原因 理由 说明",
    "rule": "规则",
    "quantitative": "定量 量化 定量指标",
    "outcome": "结果 结果类 结果性",
    "indicator": "指标",
    "below": "低于 小于 不足",
    "above": "高于 大于 超过",
    "both": "两侧 双侧 都",
    "every": "每隔 频率 周期",
    "due_days": "期限 天数 限期天数",
    "given": "给定 由评分人给定 已知 假设",
    "count": "个数 次数 数量",
    # values
    "month": "月 月度 每月 按月",
    "quarter": "季 季度 每季 每季度 按季",
    "half_year": "半年 半年度",
    "year": "年 年度 全年 每年 按年",
    "week": "周 每周",
    "project": "项目",
    "person": "个人 员工 人员 人",
    "team": "团队 小组 班组",
    "department": "部门",
    "process": "过程 过程类 过程性",
    "qualitative": "定性 定性指标 非量化",
    "higher_is_better": "越高越好 越大越好 正向 正向指标 高优 越多越好",
    "lower_is_better": "越低越好 越小越好 负向 负向指标 反向 逆向 低优 越少越好",
    "required": "必填 必须 需要 由数据提供 填报",
    "none": "无 没有 不需要",
    "error": "报错 错误",
    "warning": "警告 提醒 预警",
    "zero": "零 按零 记零 零分 记零分 按0分",
    "exclude": "剔除 不计 不计入 排除 不考核",
    "sum": "求和 合计 总和 累计",
    "mean": "平均 均值 平均值 平均数",
    "weighted_mean": "加权平均 加权",
    "percentile": "百分位 排名百分位",
    "half_up": "四舍五入",
    "half_even": "四舍六入五成双 银行家舍入",
    "floor": "向下取整 舍去",
    "ceiling": "向上取整 进位",
    "down": "向下 向下取整 舍去",
    "up": "向上 向上取整 进位",
    "by_days": "按天 按天数 按日折算",
    "last": "最后 最后的值 以最后为准",
    "working_days": "工作日 按工作日",
    "thirty_days": "每月三十天 每月30天 按30天",
    "true": "是 对 已完成 真",
    "false": "否 不是 未完成 假",
    "desc": "降序 从高到低 倒序",
    "asc": "升序 从低到高 正序",
    # who rates, and the levels that people are given
    "manager": "上级 直接上级 主管 领导 经理",
    "peer": "同级 同事 平级",
    "peers": "同级 同事 平级",
    "subordinate": "下级 下属",
    "subordinates": "下级 下属",
    "self": "自评 本人 自己",
    "customer": "客户 顾客",
    "customers": "客户 顾客",
    "excellent": "优 优秀 杰出",
    "good": "良 良好",
    "fair": "中 中等 一般",
    "pass": "合格 及格",
    "poor": "差 较差 不合格",
    "fail": "不合格 不及格",
    # names in expressions
    "proration": "折算 折算系数 出勤折算 在岗比例",
    "previous": "上期 上一周期 上季度 上次",
    "previous.total": "上期总分 上期得分",
    "previous.grade": "上期等级",
    "person.bonus_base": "奖金基数 绩效奖金基数 绩效工资基数",
    "person.salary": "工资 月薪 基本工资 月工资",
    "cycle.days": "周期天数",
    "paid": "已发 已发放 已发金额",
    # functions
    "default": "默认 缺省",
    "round": "四舍五入",
    "abs": "绝对值",
    "ceil": "向上取整",
    # a cycle and the targets
    "id": "编号 标识",
    "name": "姓名 名字",
    "policies": "方案 考核方案 方案文件夹",
    "data": "数据 数据文件",
    "history": "历史 历史结果 往期",
    "deadlines": "截止时间 截止日期",
    "calendar": "日历 工作日历",
    "goals": "目标 目标清单",
    "parts": "分解 目标分解",
    "owner": "负责人 责任人",
    "executors": "执行人",
    "supporters": "协同人 配合人",
    "milestones": "里程碑 节点",
    "actions": "措施 行动 行动计划",
    "resources": "资源",
    "method": "方法 方式 做法",
    "risks": "风险 风险与对策",
    "counter_measure": "对策 应对措施 预案",
    "serves": "支撑 支撑目标 承接",
    "together": "合并 一起",
    "evidence": "佐证 证据 依据",
    "priority": "优先级",
    "due": "期限 完成日期 截止日期 到期",
    "value": "数值 值",
    "percent": "百分比",
    "share": "份额 比例 占比",
    "region": "区域 地区",
    "product": "产品 产品线",
    "channel": "渠道",
    "period": "期间 周期",
    # columns of tables
    "person_id": "员工编号 员工工号 员工号 人员编号 职工号 编号 员工代码",
    "role": "职位 职务 岗位名称 职务名称 角色",
    "joined": "入职时间 到岗日期 入司日期 入职日",
    "left": "离职时间 离岗日期 离职日",
    "bonus_base": "奖金基数 绩效奖金基数 绩效工资基数 绩效基数 奖金标准",
    "group": "评价组 评分人类型 评价人类型 评价角色 评分角色 评价类型",
    "rater_id": "评价人 打分人 评委 评分人工号",
    "event": "事项 事件名称 奖惩事项 加减分事项",
    # a policy test
    "cases": "用例 案例",
    "expect": "期望 预期 预期结果",
    "vetoed": "已否决 被否决",
}  # fmt: skip
"""A word of the language, and the words for it, with blanks between them."""

_BY_WORD: Final[dict[str, tuple[str, ...]]] = {}
for _meant, _words in MEANT.items():
    for _word in _words.split():
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _meant)


def meant_by(
    word: str, known: Iterable[str], titles: Mapping[str, Iterable[str]] | None = None
) -> tuple[str, ...]:
    """Those of `known` that `word` says in other words: by their titles, in other letters
    (`Weight`, `ｗｅｉｇｈｔ`), or in Chinese. With exactly one nothing else can be meant.

    `titles` has the titles of names that the user gave: what a file calls its own things goes
    before what people call things in general.
    """
    names, plain = tuple(known), _plain(word)
    by_title = [
        name
        for name in names
        if any(_plain(title) == plain for title in (titles or {}).get(name, ()))
    ]
    if by_title:
        return tuple(by_title)
    by_letters = [name for name in names if _plain(name) == plain]
    if by_letters:
        return tuple(by_letters)
    said = _BY_WORD.get(plain, ())
    return tuple(name for name in names if name in said)


def _plain(text: str) -> str:
    """A word without what people do not see: width, case, blanks and hyphens for underscores."""
    shown = unicodedata.normalize("NFKC", text).strip().casefold()
    return shown.replace("-", "_").replace(" ", "_")
