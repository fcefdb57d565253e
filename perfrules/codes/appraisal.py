"""Codes of the evaluation: why a subject has no result."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["APPRAISAL"]

APPRAISAL: Final[dict[str, Code]] = {
    "limits-crossed": Code(
        Text(
            "{where}的下限 {low} 高于上限 {high}，没有可发的金额",
            "the lower limit of {where} is {low} and above the upper one, which is {high}",
        ),
        Text(
            "请核对这个人计算上下限所用的数据；也可在其中一个限额中写 min(…) 或 max(…)，"
            "使下限不高于上限",
            "look at the figures that the two limits are worked out from; `min(…)` or `max(…)` in "
            "one of them can keep it on its side of the other",
        ),
    ),
    "missing-actual": Code(
        Text("指标 `{indicator}` 没有实际值", "`{indicator}` has no actual"),
        Text(
            "请补齐数据；若缺失时应按零计或剔除，请在考核方案中写 missing: zero 或 exclude",
            "fill it in; where a missing figure should count as nought or be left out, "
            "the policy says `missing: zero` or `missing: exclude`",
        ),
    ),
    "missing-weight": Code(
        Text(
            "指标 `{indicator}` 的权重随数据提供（weight: given），数据中没有",
            "the weight of `{indicator}` comes with the data (`weight: given`), and is not there",
        ),
        Text(
            "请在 weight（权重）一栏填写，例如 40%；不考核的指标填 0%",
            "fill in the column `weight`, 40% for instance; 0% where it does not count",
        ),
    ),
    "missing-target": Code(
        Text("指标 `{indicator}` 没有目标值", "`{indicator}` has no target"),
        Text(
            "请在数据中填写目标值，或在考核方案中给出统一的目标",
            "give it in the data, or a number under `target` in the policy",
        ),
    ),
    "missing-baseline": Code(
        Text("指标 `{indicator}` 没有基线值", "`{indicator}` has no baseline"),
        Text(
            "请在数据中填写基线值，或在考核方案中给出统一的基线",
            "give it in the data, or a number under `baseline` in the policy",
        ),
    ),
    "missing-figure": Code(
        Text(
            "指标 `{indicator}` 缺少数据 `{figure}`",
            "`{indicator}` has no figure `{figure}`",
        ),
        Text(
            "请在数据的 `{figure}` 一栏填写；方案的 figures 声明了它",
            "give it in the data, in the column `{figure}`; the policy declares it under `figures`",
        ),
    ),
    "figures-out-of-order": Code(
        Text(
            "指标 `{indicator}` 的{first} {high} 应{due}{second} {low}，分档才有意义",
            "the {first} of `{indicator}`, {high}, has to be {due} its {second}, {low}, "
            "as the bands stand",
        ),
        Text("请核对这两个数据", "put the two figures right"),
    ),
    "zero-target": Code(
        Text(
            "指标 `{indicator}` 的目标值为 0，无法计算达成率",
            "the target of `{indicator}` is 0, which gives no attainment",
        ),
        Text(
            "目标为零的指标（如投诉数）请用 per_unit 按次扣分",
            "an indicator whose target is nought (complaints, say) is scored with `per_unit`",
        ),
    ),
    "negative-target": Code(
        Text(
            "指标 `{indicator}` 的目标值 {value} 为负数，无法计算达成率",
            "the target of `{indicator}` is {value}; a negative target gives no attainment",
        ),
        Text(
            "请改用 baseline，或用 attainment 写出公式",
            "use `baseline`, or write the formula under `attainment`",
        ),
    ),
    "quota-not-positive": Code(
        Text(
            "定额 `{name}` 是 {value}，应大于 0 才能按它分段",
            "the quota `{name}` is {value}; slices are shares of a quota above 0",
        ),
        Text(
            "请核对数据；没有定额的人不要用这个激励（only_if）",
            "check the data; who has no quota is kept out by `only_if`",
        ),
    ),
    "zero-actual": Code(
        Text(
            "指标 `{indicator}` 越低越好，实际值为 0，目标值除以它没有结果",
            "`{indicator}` is lower_is_better and its actual is 0, which gives no attainment",
        ),
        Text(
            "请在考核方案中写 zero_actual，例如 zero_actual: 120%",
            "say in the policy what it counts as, such as `zero_actual: 120%`",
        ),
    ),
    "negative-actual": Code(
        Text(
            "指标 `{indicator}` 越低越好，实际值 {value} 为负数，无法计算达成率",
            "`{indicator}` is lower_is_better and its actual is {value}, which gives no attainment",
        ),
        Text(
            "请核对数据，或用 attainment 写出公式",
            "check the data, or write a formula under `attainment`",
        ),
    ),
    "out-of-range": Code(
        Text(
            "`{name}` 的值 {value} 不在 {low} 到 {high} 之间",
            "`{name}` is {value}, outside {low} to {high}",
        ),
    ),
    "unknown-level": Code(
        Text("`{value}` 不是指标 `{indicator}` 的等级", "`{value}` is no level of `{indicator}`"),
        Text("可用的等级：{known}", "its levels are {known}"),
    ),
    "not-a-yes-or-no": Code(
        Text(
            "指标 `{indicator}` 的实际值应为是或否，不是 `{value}`",
            "the actual of `{indicator}` is a yes or no, not `{value}`",
        ),
        Text("请填写 是 或 否", "write yes or no"),
    ),
    "not-in-table": Code(
        Text(
            "`{name}` 是 {value}，表 `{table}` 中没有；表中有 {known}",
            "`{name}` is {value}, which the table `{table}` does not have; it has {known}",
        ),
        Text(
            "请核对数据；应有的请加进表中，其余的可写 otherwise: true",
            "check the data; add what is missing to the table, or `otherwise: true` for the rest",
        ),
    ),
    "not-a-figure": Code(
        Text(
            "`{name}` 的值 `{value}` 不是数值",
            "`{name}` is `{value}`, a number is needed",
        ),
    ),
    "figure-not-in-history": Code(
        Text(
            "往期数据中，周期 `{cycle}` 没有 `{name}`",
            "the history has the cycle `{cycle}` without its `{name}`",
        ),
        Text(
            "请在历史表中补上该数值；当期没有就写 0",
            "fill it in in the table of history, with 0 if there was none",
        ),
    ),
    "history-overlaps": Code(
        Text(
            "周期 `{first}` 与 `{second}` 的日期重叠，`{name}` 会被重复计算",
            "the cycles `{first}` and `{second}` share days, so that `{name}` would count twice",
        ),
        Text(
            "同一段时间的 `{name}` 只保留在其中一个周期",
            "keep the figure in one of the two",
        ),
    ),
    "year-of-segment": Code(
        Text(
            "周期内调岗的人各段分别计算，不能读取 `{name}`",
            "of somebody who moved within the cycle each role is judged for itself, "
            "and none can read `{name}`",
        ),
        Text(
            "请把此人的周期按调岗日期分成两个周期，或不分段、只用一份方案计算",
            "split the cycle at the day of the move, or judge the whole of it by one policy",
        ),
    ),
    "unknown-before-change": Code(
        Text(
            "`{name}` 自 {day} 起才有值，之前的天数无法计算",
            "`{name}` has a value from {day} on, and none for the days before",
        ),
        Text(
            "请在人员表中填写变动前的值（没有就写 0），或补上更早的变动",
            "give the value before it in the table of people, 0 if there was none, "
            "or the change that came earlier",
        ),
    ),
    "two-changes-a-day": Code(
        Text(
            "`{name}` 在 {day} 有两次变动，不知道以哪一个为准",
            "`{name}` changes twice on {day}, so that nobody knows which value counts",
        ),
        Text("请只保留正确的一行", "keep the right row alone"),
    ),
    "absences-overlap": Code(
        Text(
            "两条缺勤的日期重叠，会被扣除两次：{first}；{second}",
            "two absences share days, which would be taken off twice: {first}; {second}",
        ),
        Text("请改成不重叠的日期，或只保留一条", "give them days of their own, or keep one"),
    ),
    "empty-group": Code(
        Text(
            "指标 `{indicator}` 的评分组 `{group}` 没有评分",
            "nobody in the group `{group}` rated `{indicator}`",
        ),
        Text(
            "请补齐评分；若可以不计，请写 empty_group: exclude",
            "add the ratings, or say `empty_group: exclude` to leave such a group out",
        ),
    ),
    "unknown-group": Code(
        Text(
            "`{group}` 不是指标 `{indicator}` 的评分组",
            "`{group}` is no rater group of `{indicator}`",
        ),
        Text("可用的评分组：{known}", "its groups are {known}"),
    ),
    "division-by-zero": Code(
        Text("`{name}` 的计算中除数为 0", "a division by nought in `{name}`"),
        Text(
            "请核对数据，或在公式中用 x if c else y 处理除数为零的情况",
            "check the data, or provide for it in the formula with `x if c else y`",
        ),
    ),
    "number-out-of-range": Code(
        Text(
            "`{name}` 的结果过大或位数过多（上限 10 的 15 次方）",
            "the result of `{name}` is too large or has too many digits (the limit is 10^15)",
        ),
    ),
    "missing-fact": Code(
        Text("数据中没有 `{name}`", "the data have no `{name}`"),
        Text(
            "请在人员表或 cycle.yaml 的 facts 中填写",
            "fill in the column of the people table, or the fact in cycle.yaml",
        ),
    ),
    "no-value": Code(
        Text(
            "`{name}` 没有值，因为该指标没有计入",
            "`{name}` has no value, because the indicator was left out",
        ),
    ),
    "wrong-value-type": Code(
        Text(
            "表达式 `{name}` 需要{expected}，得到 `{value}`",
            "`{name}` needs {expected} and got `{value}`",
        ),
    ),
    "not-a-count": Code(
        Text(
            "事件 `{event}` 的次数 {value} 不是非负整数",
            "the count of `{event}` is {value}, not a whole number of 0 or more",
        ),
        Text("发生几次就填几", "write how often it happened"),
    ),
    "missing-points": Code(
        Text(
            "事件 `{event}` 需要给出分值（{low} 到 {high}）",
            "the event `{event}` has to name its points ({low} to {high})",
        ),
        Text("请在分值列填写，每次一行", "write them into the column `points`, one row each time"),
    ),
    "unexpected-points": Code(
        Text(
            "事件 `{event}` 的分值由考核方案规定，数据中不应给出分值",
            "the points of `{event}` are set by the policy; the data should give a count only",
        ),
        Text("请把分值留空，在次数列填写次数", "leave `points` empty and write the count"),
    ),
    "nothing-to-count": Code(
        Text(
            "所有有权重的指标都没有计入，无法得出总分",
            "no indicator with a weight is left to make a total of",
        ),
    ),
    "missing-cycle": Code(
        Text("`{name}` 需要考核周期的日期", "`{name}` needs the dates of the cycle"),
    ),
}
