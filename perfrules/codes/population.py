"""Codes of a whole cycle: what goes wrong between subjects, or against earlier cycles."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["POPULATION"]

POPULATION: Final[dict[str, Code]] = {
    "needs-group": Code(
        Text(
            "指标 `{indicator}` 按百分位计分，需要与同组人员一起计算",
            "`{indicator}` is scored by percentile, for which a group is needed",
        ),
        Text(
            "请用 perfrules evaluate 计算整个周期，或在方案测试中用 given_each 给出同组各人",
            "evaluate a whole cycle, or give the others in a policy test with `given_each`",
        ),
    ),
    "missing-unit-result": Code(
        Text("没有 `{name}`：所属组织没有考核结果", "there is no `{name}`: the unit has no result"),
        Text(
            "请在组织表（units）中加入该组织及其考核方案，并检查人员表中的组织名称；"
            "若组织本身未出结果，请先处理它的问题",
            "put the unit and its policy into the `units` table and see that people name it "
            "rightly; where the unit itself has no result, mend that first",
        ),
    ),
    "no-history": Code(
        Text("没有上一周期的 `{name}`", "there is no earlier `{name}`"),
        Text(
            "请在历史表（history）中补上该人员以往周期的结果，"
            "或在 cycle.yaml 的 history 中写明以往结果文件夹",
            "give the earlier cycle in the `history` table, or name its result folder under "
            "`history` in cycle.yaml",
        ),
    ),
    "no-members": Code(
        Text(
            "指标 `{name}` 由成员的 {figure} 汇总，但没有任何成员有这一数据",
            "`{name}` is rolled up from {figure} of the members, and no member has it",
        ),
        Text(
            "请检查人员表中的团队、部门、项目栏是否写明了该组织",
            "see that the people table names the unit in its team, department or project column",
        ),
    ),
    "member-without-figure": Code(
        Text(
            "`{unit}` 由成员汇总，但成员 {person} 没有 `{figure}`",
            "`{unit}` is rolled up from its members, and {person} has no `{figure}`",
        ),
        Text(
            "请先处理该成员的数据问题；缺一个人的汇总数不是该组织的数",
            "mend the member's data first: a sum that lacks somebody is not the unit's",
        ),
    ),
    "subject-circle": Code(
        Text(
            "`{unit}` 的 `{figure}` 来自成员，而成员的这一数据又取决于它",
            "`{figure}` of `{unit}` comes from its members, and theirs depends on it",
        ),
        Text(
            "请让其中一方不再读取另一方的结果",
            "let one of the two no longer read the other's result",
        ),
    ),
    "event-in-segment": Code(
        Text(
            "{person} 周期内换过岗位，事件 `{event}` 记在其中一段，"
            "而奖项、奖金池或跟进规则要按整个人读取它",
            "{person} held several roles, `{event}` was recorded in one of them, and a rule for "
            "the whole person reads it",
        ),
        Text(
            "请改为让规则读取总分或等级，或在方案的否决项、加减分项中处理这一事件",
            "let the rule read the total or the grade, or let a veto or an adjustment of the "
            "role's policy take care of the event",
        ),
    ),
    "revision-out-of-date": Code(
        Text(
            "对 `{what}` 的调整以 {stated} 为调整前的值，但现在是 {found}",
            "the entry on `{what}` wants to change {stated}, and the value is {found}",
        ),
        Text(
            "数据或方案在调整之后有变化，请重新核对该条校准或申诉记录",
            "the data or the policy changed after the entry was made; look at the entry again",
        ),
    ),
    "change-mid-month": Code(
        Text("目标不能按月加权：{why}", "the target cannot be weighted by months: {why}"),
        Text(
            "请在考核方案中改用 weighting: days，或更正调整日期",
            "use `weighting: days` in the policy, or mend the date of the change",
        ),
    ),
    "negative-share": Code(
        Text(
            "奖金池 `{name}` 的分配份额 {value} 为负数",
            "the share in the pool `{name}` is {value}",
        ),
        Text(
            "请修改 share_by，使份额不小于 0，例如 max(0, …)",
            "change `share_by` so that it is never below 0, with max(0, …) for instance",
        ),
    ),
    "pool-not-payable": Code(
        Text(
            "奖金池 `{name}` 的总额 {value} 无法分配：不能为负，小数不能超过 {places} 位",
            "the amount of the pool `{name}`, {value}, cannot be shared out: it may not be "
            "negative nor have more than {places} decimal places",
        ),
        Text(
            "请核对总额，或在公式中用 round(…, 2) 写明如何取整",
            "see to the amount, or say with round(…, 2) how it is rounded",
        ),
    ),
    "no-group": Code(
        Text(
            "没有 `{name}`：单独计算时没有同组的人",
            "there is no `{name}`: judged alone, the subject is in no group",
        ),
        Text(
            "请用 perfrules evaluate 计算整个周期；在方案测试中用 given_each 给出同组各人，"
            "或直接写 given: {{group: {{标识: 数值}}}}",
            "evaluate a whole cycle; in a policy test give the others with `given_each`, or the "
            "figure itself with `given: {{group: {{<id>: <figure>}}}}`",
        ),
    ),
    "no-group-figure": Code(
        Text(
            "没有 `{name}`：组内没有可计入的数据",
            "there is no `{name}`: nobody in the group has a figure that counts",
        ),
        Text(
            "请检查 group_figures 中的 only_if 和各人的数据，或用个数（by: count）判断后再读取",
            "look at its `only_if` under `group_figures` and at the data, or ask for the number "
            "(`by: count`) before you read it",
        ),
    ),
    "pool-amount-differs": Code(
        Text(
            "同一奖金池 `{name}` 出现了不同的总额：{amounts}",
            "the pool `{name}` has different amounts within one group: {amounts}",
        ),
        Text(
            "总额须对组内每个人相同，请检查 within 与 amount 所引用的数据",
            "the amount has to be the same for all of a group; look at `within` and at what "
            "`amount` reads",
        ),
    ),
    "nothing-to-share": Code(
        Text(
            "奖金池 `{name}`（{group}）的份额合计为 0，无法分配",
            "all shares in the pool `{name}` ({group}) are 0, so that it cannot be shared out",
        ),
        Text(
            "请检查 share_by，或用 only_if 写明何时不分配",
            "look at `share_by`, or say with `only_if` when nothing is shared",
        ),
    ),
}
