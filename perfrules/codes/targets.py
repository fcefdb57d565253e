"""Codes of the target cascade (targets.yaml)."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["TARGETS"]

TARGETS: Final[dict[str, Code]] = {
    "parts-do-not-add-up": Code(
        Text(
            "目标 `{goal}` 按{dimension}分解的合计为 {sum}，应为 {whole}：{difference}",
            "the parts of `{goal}` by {dimension} add up to {sum}, not {whole}: {difference}",
        ),
        Text(
            "请调整各份，或用 over_assign 写明允许超出的比例；平均类目标请写 roll_up: mean",
            "change the parts; `over_assign` lets them exceed the whole, "
            "and those of a mean (`roll_up: mean`) need not add up",
        ),
    ),
    "goal-incomplete": Code(
        Text("目标 `{goal}` 缺少{missing}", "the goal `{goal}` has no {missing}"),
        Text(
            "例如 target: 80, unit: 家, due: 2024-09-30",
            "such as `target: 80, unit: customers, due: 2024-09-30`",
        ),
    ),
    "mixed-units": Code(
        Text(
            "`{name}` 的单位是 `{unit}`，上级 `{whole}` 的单位是 `{wanted}`，无法汇总",
            "`{name}` is in `{unit}` and the whole `{whole}` in `{wanted}`: "
            "they cannot be put together",
        ),
        Text("请换算成同一单位", "state both in one unit"),
    ),
    "repeated-target": Code(
        Text(
            "`{name}` 的指标 `{indicator}` 已在第 {line} 行有目标值",
            "`{name}` already has a target for `{indicator}` in line {line}",
        ),
        Text(
            "每个人、每个部门、团队或项目在一项指标上只能有一个目标值，请合并或删去一处",
            "a person, department, team or project has one target for an indicator; "
            "merge the two or drop one",
        ),
    ),
    "bad-every": Code(
        Text(
            "无法按{every}折算目标值：{reason}",
            "the target of each {every} cannot be made that of the whole: {reason}",
        ),
        Text(
            "请直接写全期的目标值，或写明 period",
            "write the target of the whole period, or name the period with `period`",
        ),
    ),
    "late-milestone": Code(
        Text(
            "里程碑的日期 {by} 晚于目标的完成日期 {due}",
            "the milestone is due on {by}, after the goal itself on {due}",
        ),
        severity="warning",
    ),
    "vague-words": Code(
        Text("`{word}` 没有说清要达到多少", "`{word}` does not say how much"),
        Text(
            "请写出数字和日期，例如“9 月底前官网月访问量达到 5 万次”",
            'name a number and a day, as in "50 000 visits a month by the end of September"',
        ),
        severity="warning",
    ),
    "too-many-goals": Code(
        Text(
            "共有 {count} 个核心目标，不宜超过 {limit} 个", "there are {count} goals, above {limit}"
        ),
        Text(
            "请只留最重要的三到五个，其余可以作为指标放进考核方案",
            "keep the three to five that matter most; the others can be indicators of a policy",
        ),
        severity="warning",
    ),
    "too-few-goals": Code(
        Text(
            "只有 {count} 个核心目标，一般应有三到五个",
            "there are {count} goals, fewer than {limit}",
        ),
        Text(
            "请核对是否还有目标没有写进来；三到五个能覆盖一个部门的主要工作",
            "check whether some are left out: three to five cover what a department is there for",
        ),
        severity="warning",
    ),
    "outside-period": Code(
        Text(
            "{what}（{day}）不在期间（{start} – {end}）内",
            "{what} is dated {day}, outside the period ({start} – {end})",
        ),
        Text(
            "请核对日期；跨周期的目标请用 period 写明自己的期间",
            "check the date; targets of another span than the cycle name it with `period`",
        ),
        severity="warning",
    ),
    "parts-belong-together": Code(
        Text(
            "目标 `{goal}` 按{dimension}分解的各份单独都不足 {whole}，合在一起正好",
            "the parts of `{goal}` by {dimension} are each short of {whole}, "
            "and make it with one another",
        ),
        Text(
            "每种维度各自相加；要把它们加在一起，请写在 together 下："
            "parts: {{together: {{team: …, person: …}}}}",
            "each dimension adds up by itself; what adds up with one another stands under "
            "`together`: `parts: {{together: {{team: …, person: …}}}}`",
        ),
    ),
    "unknown-goal": Code(
        Text("没有目标 `{goal}`", "there is no goal `{goal}`"),
        Text(
            "serves 写本文件中另一个目标的标识",
            "`serves` names another goal of this file by its id",
        ),
    ),
    "part-serves": Code(
        Text(
            "`{name}` 是分解出来的一份，不能写 serves",
            "`{name}` is a part of a goal and cannot serve",
        ),
        Text(
            "serves 只用于 goals 下的目标；各份已经计入上级",
            "`serves` is for the goals under `goals`; a part counts into its whole anyway",
        ),
    ),
    "goals-serve-in-circle": Code(
        Text(
            "目标互相支撑，成了一圈：{circle}", "the goals serve one another in a circle: {circle}"
        ),
        Text("请只让下一层的目标支撑上一层", "let what is below serve what is above, and not back"),
    ),
    "unknown-in-targets": Code(
        Text(
            "本周期的数据中没有{dimension} `{name}`",
            "the cycle's data know no {dimension} `{name}`",
        ),
        Text(
            "个人写人员表中的工号；部门、团队、项目写人员表或组织表中的编号或名称",
            "persons go by the ids of the people table, departments, teams and projects by the "
            "ids or names that the people or units table has",
        ),
    ),
    "unlike-policy": Code(
        Text(
            "指标 `{indicator}` 的{what}在这里是 `{value}`，在考核方案 `{policy}` 中是 `{wanted}`",
            "{what} of `{indicator}` is `{value}` here and `{wanted}` in the policy `{policy}`",
        ),
        Text(
            "请与考核方案一致，否则目标值与实际值无法比较",
            "make them the same: else target and actual cannot be compared",
        ),
    ),
    "target-conflict": Code(
        Text(
            "`{person}` 的指标 `{indicator}` 在数据中的目标值是 {given}，在目标分解中是 {cascaded}"
            "（{place}）",
            "the data give `{person}` the target {given} for `{indicator}`, "
            "the target cascade {cascaded} ({place})",
        ),
        Text(
            "请改成一致，或把数据中的目标值留空",
            "make them the same, or leave the cell of the data empty",
        ),
    ),
}
