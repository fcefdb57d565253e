"""Codes of a policy's meaning: what the schema cannot see."""

from typing import Final

from perfrules.codes.code import Code, Text
from perfrules.codes.group_rules import GROUP_RULES

__all__ = ["POLICY"]

POLICY: Final[dict[str, Code]] = {
    "weights-do-not-sum": Code(
        Text(
            "{where}的权重合计为 {sum}，应为 100%",
            "the weights {where} add up to {sum}, not 100%",
        ),
        Text(
            "请调整权重，使其恰好合计 100%",
            "change the weights so that they add up to exactly 100%",
        ),
    ),
    "part-with-percent": Code(
        Text(
            "`{text}` 是百分比，而{where}的权重按份数计（weights: parts）",
            "`{text}` is a percentage, where the weights {where} are parts (`weights: parts`)",
        ),
        Text(
            "请写份数，例如 `{write}`；如果要写百分比，请去掉 weights: parts",
            "write a number of parts such as `{write}`; for percentages take `weights: parts` away",
        ),
    ),
    "no-parts": Code(
        Text(
            "{where}的份数合计为 0，没有可分的份额",
            "the parts {where} add up to 0, so nothing counts",
        ),
        Text("请至少给一项写大于 0 的份数", "give at least one of them a part above 0"),
    ),
    "no-weight-left": Code(
        Text(
            "{where}的其余权重已合计 {sum}，没有留给 `{word}` 的",
            "the other weights {where} add up to {sum}, which leaves nothing for `{word}`",
        ),
        Text(
            "请把其余权重减到合计 100% 以下，或把 `{word}` 改为百分比",
            "lower the others to below 100% in all, or write a percentage in place of `{word}`",
        ),
    ),
    "misplaced-weight": Code(
        Text("`{word}` 不能用在这里：{why}", "`{word}` cannot stand here: {why}"),
        Text("{advice}", "{advice}"),
    ),
    "wrong-receiver": Code(
        Text("权重不能转给 `{name}`：{why}", "the weight cannot go to `{name}`: {why}"),
        Text("可以转给：{known}", "it can go to {known}"),
    ),
    "negative-weight": Code(
        Text("权重 {value} 为负数", "the weight {value} is negative"),
    ),
    "unknown-section": Code(
        Text("板块 `{name}` 不存在", "there is no section `{name}`"),
        Text(
            "请在 sections 中定义，或改用：{known}",
            "define it under `sections`, or use one of {known}",
        ),
    ),
    "missing-section": Code(
        Text(
            "指标 `{indicator}` 没有写属于哪个板块",
            "`{indicator}` does not say to which section it belongs",
        ),
        Text("请加上 section，可选：{known}", "add `section`, one of {known}"),
    ),
    "empty-section": Code(
        Text("板块 `{name}` 中没有指标", "the section `{name}` has no indicator"),
    ),
    "bands-not-descending": Code(
        Text(
            "门槛 {value} 排在上一行的 {above} 之后；这张表的各行应{order}排列",
            "the threshold {value} stands behind {above} of the row before; "
            "rows of this table go {order}",
        ),
    ),
    "duplicate-threshold": Code(
        Text("门槛 {value} 出现了两次", "the threshold {value} stands here twice"),
    ),
    "no-otherwise": Code(
        Text(
            "最后一行不是 otherwise，{beyond} 时没有结果",
            "the last row is not `otherwise`: nothing is said of what {beyond}",
        ),
        Text(
            "请在最后加一行，例如 - {{otherwise: {example}}}",
            "end with a row such as `- {{otherwise: {example}}}`",
        ),
    ),
    "misplaced-otherwise": Code(
        Text("otherwise 只能是最后一行", "`otherwise` can only be the last row"),
    ),
    "slices-not-ascending": Code(
        Text(
            "分段的起点 {value} 没有高于上一段的 {below}；marginal 的各段应从低到高排列",
            "the slice begins at {value}, not above {below} of the row before; "
            "`marginal` goes from low to high",
        ),
    ),
    "mixed-slices": Code(
        Text(
            "这一段写的是 {key}，前面各段写的是 {other}：一张表只能有一种",
            "this slice has `{key}`, those before it `{other}`; a table has one of the two",
        ),
        Text(
            "按金额比例计的各段都写 rate，按件计的都写 each；两种都要的，请写成两个激励",
            "write `rate` in every slice, or `each`; where both are meant, write two incentives",
        ),
    ),
    "pieces-of-share": Code(
        Text(
            "`{text}` 是比率，不能按件计：each 是每 1%，还是每 100%，说不清",
            "`{text}` is a share and has no pieces: `each` could mean so much for 1 % or for 100 %",
        ),
        Text(
            "请把 by 写成件数，例如 sales.actual；按定额分段的再写 of: sales.target",
            "let `by` be what is counted, such as `sales.actual`, "
            "with `of: sales.target` where the slices are shares of a quota",
        ),
    ),
    "misplaced-of": Code(
        Text(
            "of 只用于 marginal；whole 的各档请直接看达成率",
            "`of` belongs to `marginal`; the tiers of `whole` look at the attainment itself",
        ),
        Text("例如 by: sales.attainment", "such as `by: sales.attainment`"),
    ),
    "quota-of-other-kind": Code(
        Text(
            "`{by}` 与 `{of}` 一个是比率，一个不是，不能相比",
            "of `{by}` and `{of}` one is a share and one is not: they cannot be compared",
        ),
        Text(
            "by 与 of 应同为实际值与目标值，例如 by: sales.actual, of: sales.target",
            "both are figures of one kind, such as `by: sales.actual, of: sales.target`",
        ),
    ),
    "slope-falls": Code(
        Text(
            "斜线从 {low} 降到 {high}，结果应随达成率上升",
            "the slope falls from {low} to {high}",
        ),
        Text("请写成从低到高，例如 {example}", "write it from low to high, such as {example}"),
    ),
    "slope-without-end": Code(
        Text(
            "最高一档是斜线，但没有写到哪里为止",
            "the top band is a slope and does not say where it ends",
        ),
        Text("请加上 up_to，例如 up_to: 150%", "add `up_to`, such as `up_to: 150%`"),
    ),
    "misplaced-up-to": Code(
        Text(
            "up_to 只用于最高一档的斜线，其他档到上一行的门槛为止",
            "`up_to` belongs to a slope in the top band; any other ends at the row above",
        ),
    ),
    "slope-ends-early": Code(
        Text(
            "斜线的终点 {until} 没有越过起点 {start}",
            "the slope ends at {until}, which is not beyond its start {start}",
        ),
    ),
    "slope-of-a-point": Code(
        Text(
            "斜线的起点和终点都是 {value}，没有可以升的余地",
            "the slope begins and ends at {value}: there is nothing to rise over",
        ),
        Text("请改写成一个得分，例如 80", "write one score, such as 80"),
    ),
    "at-most-meant": Code(
        Text(
            "这项数据越低越好，分档要写上限（at_most 或 below），从低到高排列",
            "less is better here: rows have upper limits (`at_most` or `below`), from low to high",
        ),
        Text("同一张表应写成：{table}", "the same table turned round: {table}"),
    ),
    "at-least-meant": Code(
        Text(
            "这里看的数据越高越好，分档要写下限（at_least 或 above），从高到低排列",
            "more is better here: rows have lower limits (`at_least` or `above`), from high to low",
        ),
        Text("同一张表应写成：{table}", "the same table turned round: {table}"),
    ),
    "mixed-limits": Code(
        Text(
            "同一张表里既有 {other} 又有 {word}："
            "下限（at_least、above）和上限（at_most、below）不能混写",
            "`{word}` beside `{other}`: lower limits (`at_least`, `above`) and upper limits "
            "(`at_most`, `below`) do not mix in one table",
        ),
    ),
    "unknown-figure": Code(
        Text(
            "`{name}` 不是这项指标的数据名称",
            "`{name}` is no figure of this indicator",
        ),
        Text(
            "可以写数字，或 {known}；自有的数据先写在 figures 里，例如 figures: [{name}]",
            "a number can stand here, or {known}; declare a figure of its own first, "
            "such as `figures: [{name}]`",
        ),
    ),
    "figure-twice": Code(
        Text("`{name}` 在 figures 中写了两次", "`{name}` stands twice under `figures`"),
    ),
    "figure-needs-actual": Code(
        Text(
            "`{name}` 是数据的名称，只有看实际值的分档才能用它作界限",
            "`{name}` names a figure, which can be a limit only where the actual is looked at",
        ),
        Text("请加上 on: actual，或改写成百分比", "add `on: actual`, or write a percentage"),
    ),
    "empty-range": Code(
        Text(
            "下限 {low} 没有低于上限 {high}",
            "the lower limit {low} is not below the upper limit {high}",
        ),
    ),
    "not-positive": Code(
        Text("`{key}` 应大于 0，这里是 {value}", "`{key}` has to be above 0 and is {value}"),
    ),
    "trim-too-wide": Code(
        Text(
            "评分人为 {raters} 时要去掉 {dropped} 个，没有剩下的评分",
            "of {raters} raters {dropped} would be dropped, which leaves none",
        ),
        Text("请提高 from_raters 或减少 drop", "raise `from_raters` or lower `drop`"),
    ),
    "reserved-name": Code(
        Text(
            "`{name}` 是表达式的保留字，不能用作名称",
            "`{name}` is a word of the expression language",
        ),
        Text("请换一个名称", "choose another name"),
    ),
    "name-twice": Code(
        Text(
            "`{name}` 同时是{first}和{second}的名称",
            "`{name}` names both {first} and {second}",
        ),
        Text("请给其中一个改名", "rename one of them"),
    ),
    "duplicate-grade": Code(
        Text("等级 `{grade}` 出现了两次", "the grade `{grade}` stands here twice"),
    ),
    "unknown-grade": Code(
        Text("等级 `{grade}` 不存在", "there is no grade `{grade}`"),
        Text("本方案的等级：{known}", "the grades of this policy are {known}"),
    ),
    "grade-without-rate": Code(
        Text("等级 `{grade}` 没有对应的比例", "the grade `{grade}` has no rate here"),
        Text(
            "by_grade 应列出所有等级，不发放的写 0%",
            "`by_grade` lists every grade; write 0% where nothing is paid",
        ),
    ),
    "word-not-in-table": Code(
        Text(
            "`{of}` 可以是 `{name}`，表中却没有这一{kind}",
            "`{of}` can be `{name}`, which has no place in the table: {kind} is missing",
        ),
        Text(
            "请把它列进 is，并补上各格；其余的可用 otherwise: true 另加一{kind}",
            "list it under `is` with its cells, or let `otherwise: true` take the rest",
        ),
    ),
    "unknown-row": Code(
        Text("`{name}` 不是表中的行", "`{name}` is no row of the table"),
        Text("各行：{known}", "the rows are {known}"),
    ),
    "row-without-cells": Code(
        Text("行 `{name}` 没有写各格的值", "the row `{name}` has no cells"),
        Text(
            "cells 中每一行一项，例如 {name}: [100%, 50%]",
            "`cells` has an entry for each row, such as `{name}: [100%, 50%]`",
        ),
    ),
    "cells-unlike-columns": Code(
        Text(
            "行 `{name}` 有 {found} 格，而表有 {expected} 列（{known}）",
            "the row `{name}` has {found} cells, and there are {expected} columns ({known})",
        ),
        Text(
            "每一列恰好一格；没有的写 0%",
            "every column has its cell, 0% where there is nothing",
        ),
    ),
    "no-grades": Code(
        Text(
            "本方案没有 grades，这里却用到等级",
            "this policy has no `grades`, and a grade is used here",
        ),
    ),
    "missing-base": Code(
        Text(
            "激励 `{name}` 没有写 base，不知道按什么金额计算",
            "the incentive `{name}` has no `base`: a share of what?",
        ),
        Text(
            "请加上 base，例如 base: person.bonus_base",
            "add one, such as `base: person.bonus_base`",
        ),
    ),
    "empty-veto": Code(
        Text("否决项 `{name}` 没有写任何后果", "the veto `{name}` has no effect"),
        Text(
            "then 中至少写 total、grade、pay 之一",
            "say at least one of total, grade, pay under `then`",
        ),
    ),
    "misplaced-zero-actual": Code(
        Text(
            "zero_actual 只用于越低越好的达成率",
            "`zero_actual` belongs to an attainment where lower is better",
        ),
    ),
    "score-is-share": Code(
        Text(
            "公式 `{text}` 的结果是比率，100% 只会得 1 分",
            "the formula `{text}` gives a share, so that 100% would be 1 point",
        ),
        Text("得分以分为单位，请写 `100 * ({text})`", "scores are points: write `100 * ({text})`"),
    ),
    "limit-without-event": Code(
        Text(
            "没有 `{name}` 事件的人也会得到 {value} 分",
            "whoever has no event `{name}` gets {value} points too",
        ),
        Text(
            "扣分最多扣到几分写 at_least（例如 at_least: -10），加分最多加到几分写 at_most",
            "a deduction stops at `at_least` (such as `at_least: -10`), a bonus at `at_most`",
        ),
        severity="warning",
    ),
    "no-attainment": Code(
        Text(
            "指标 `{indicator}` 的得分看达成率，却没有目标值（target: none）",
            "the score of `{indicator}` looks at the attainment, and it has no target",
        ),
        Text(
            "请写 target: required 或一个数值；若要看实际值，请写 on: actual",
            "write `target: required` or a number, or `on: actual` to look at the actual",
        ),
    ),
    "unused-attainment": Code(
        Text(
            "指标 `{indicator}` 写了 attainment 公式，但得分和其他规则都没有用到达成率",
            "`{indicator}` has a formula for its attainment, and nothing looks at the attainment",
        ),
        severity="warning",
    ),
    "policies-overlap": Code(
        Text(
            "岗位 `{policy}` 有两份考核方案在 {day} 同时有效（版本 {first} 和 {second}）",
            "two policies of `{policy}` are in force on {day} (versions {first} and {second})",
        ),
        Text("请用 effective 的 from 和 to 分开", "keep their dates apart under `effective`"),
    ),
    "no-policy-in-force": Code(
        Text(
            "岗位 `{policy}` 在 {day} 没有有效的考核方案",
            "no policy of `{policy}` is in force on {day}",
        ),
        Text("现有版本的日期：{known}", "the dates of its versions: {known}"),
    ),
    "unknown-policy": Code(
        Text("岗位 `{policy}` 没有考核方案", "there is no policy for the role `{policy}`"),
        Text("现有考核方案：{known}", "the policies are {known}"),
    ),
    "no-policies": Code(
        Text("`{path}` 中没有考核方案文件", "there is no policy in `{path}`"),
        Text(
            "考核方案文件以 .yaml 结尾，开头写 policy: 名称；perfrules init 可以生成样例",
            "a policy is a .yaml file with `policy: name`; `perfrules init` makes a start",
        ),
    ),
    "dates-reversed": Code(
        Text("开始日期 {start} 晚于结束日期 {end}", "it begins on {start}, after its end on {end}"),
    ),
    "same-signs": Code(
        Text(
            "小数点和千分位不能都是 `{sign}`",
            "`{sign}` cannot be the decimal sign and stand between thousands, too",
        ),
        Text(
            '请写成 {{decimal: ",", thousands: "."}} 这样', 'write {{decimal: ",", thousands: "."}}'
        ),
    ),
    "guardrail": Code(
        Text(
            "{what}为 {value}，公司指引为 {low} 到 {high}",
            "{what} {value}, the company's guide is {low} to {high}",
        ),
        Text(
            "请调整，或在 guardrails.waive 中写明理由",
            "change it, or give a reason under `guardrails.waive`",
        ),
        severity="warning",
    ),
    "unused-waiver": Code(
        Text("豁免 `{rule}` 没有用到", "the waiver of `{rule}` waives nothing"),
        severity="warning",
    ),
    **GROUP_RULES,
}
