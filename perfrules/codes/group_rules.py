"""Codes of the rules between subjects, as a policy writes them."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["GROUP_RULES"]

GROUP_RULES: Final[dict[str, Code]] = {
    "quotas-do-not-fit": Code(
        Text(
            "等级比例合计为 {sum}，{due}",
            "the quotas add up to {sum}: {due}",
        ),
        Text(
            "强制排名须为每个等级写明固定比例，合计 100%；其他写法合计不超过 100%",
            "for a forced ranking every grade has a share, and all add up to 100%; otherwise they "
            "add up to 100% at most",
        ),
    ),
    "quota-would-raise": Code(
        Text(
            "等级 `{grade}` 的 {bound}: {share} 只能靠抬高等级来满足",
            "`{bound}: {share}` of the grade `{grade}` could only be met by raising grades",
        ),
        Text(
            "分布只降不升：最高等级写 at_most，最低等级写 at_least；"
            "若要完全按名次定级，请给每个等级写固定比例",
            "a distribution lowers grades and never raises one: the best grade takes `at_most`, "
            "the lowest `at_least`; give every grade an exact share if places alone are to decide",
        ),
    ),
    "award-without-rule": Code(
        Text("奖项 `{name}` 没有说清谁能得到：{reason}", "who gets `{name}` is not said: {reason}"),
        Text(
            "按名次评出写 order 和 top；达到条件即得只写 only_if",
            "write `order` and `top` for the best, or `only_if` alone for all who meet it",
        ),
    ),
    "bad-award": Code(
        Text(
            "奖项 `{name}` 的写法有误：{reason}", "`{name}` cannot be awarded like this: {reason}"
        ),
        Text(
            "按比例写 top: 20%，按人数写 top: 3，按名次发奖金写 places: [1000, 500]",
            "write `top: 20%` for a share, `top: 3` for a number of people, "
            "`places: [1000, 500]` for prizes by place",
        ),
    ),
    "pool-amount-of-person": Code(
        Text(
            "奖金池的总额读取了 `{name}`，它因人而异",
            "the amount of the pool reads `{name}`, which differs from person to person",
        ),
        Text(
            "总额只能读取 cycle.、team.、department.、project. 的数据；因人而异的写在 share_by 中",
            "the amount reads cycle., team., department. or project. only; what differs between "
            "people belongs in `share_by`",
        ),
    ),
    "group-figure-too-early": Code(
        Text("此处还没有 `{name}`", "there is no `{name}` here yet"),
        Text(
            "组内统计要等组内各人都算出来：指标的统计数可用于 total.times、否决项及其后各步，"
            "总分的统计数可用于等级之后（强制分布、激励、奖项、奖金池、跟进）",
            "a figure of a group waits for all of the group: one made of an indicator is there for "
            "`total.times`, vetoes and all that follows, one made of the total for what follows "
            "the vetoes (distribution, incentives, awards, pools, follow-ups)",
        ),
    ),
    "group-figure-without-numbers": Code(
        Text(
            "组内统计 `{name}` 要统计的 `{of}` 不是数值",
            "`{of}`, of which `{name}` is made, is no number",
        ),
        Text(
            "请改为统计该指标的得分，例如 quality.score",
            "take the score of that indicator, such as quality.score",
        ),
    ),
    "bad-roll-up": Code(
        Text(
            "指标 `{indicator}` 的汇总写法有误：{reason}",
            "`{indicator}` cannot be filled like this: {reason}",
        ),
    ),
    "unit-reads-itself": Code(
        Text(
            "`{name}` 就是被考核的组织自身的结果，不能作为它的依据",
            "`{name}` is a result of the very unit that is appraised here",
        ),
        Text(
            "请改用本方案的指标或 total；个人的方案才读取 team. 等组织结果",
            "use the policy's own indicators or `total`; results of units are for the policies of "
            "their members",
        ),
    ),
}
