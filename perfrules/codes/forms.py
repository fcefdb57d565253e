"""Codes of forms that are sent out, filled in and collected."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["FORMS"]

_SENT: Final[dict[str, Code]] = {
    "no-raters": Code(
        Text(
            "评分组 `{group}` 有 {count} 人没有评分人：{people}",
            "nobody is named who rates {count} people as `{group}`: {people}",
        ),
        Text(
            "请在评分关系表（raters.csv）中写明由谁评分",
            "say who does in the table of raters (raters.csv)",
        ),
        severity="warning",
    ),
    "nothing-to-rate": Code(
        Text(
            "`{person}` 没有由评分组 `{group}` 评分的指标（可用的评分组：{known}）",
            "`{person}` has no indicator that the group `{group}` rates (known: {known})",
        ),
        Text("请核对评分组和指标", "see the group and the indicator"),
    ),
}

_FOREIGN: Final[dict[str, Code]] = {
    "not-a-form": Code(
        Text("`{file}` 不是可以收集的表", "`{file}` is no form that can be collected"),
        Text(
            "请移出文件夹；是 .xls、.csv 或截图的，请填写人按原表另存为 .xlsx",
            "take it out of the folder; of an .xls, a CSV file or a picture ask for the form "
            "itself, saved as .xlsx",
        ),
    ),
    "damaged-form": Code(
        Text(
            "`{file}` 的隐藏工作表“perfrules”丢失或被改动，无法确定各格是什么",
            "the hidden sheet `perfrules` of `{file}` is lost or changed, so that nobody knows "
            "what its cells are",
        ),
        Text(
            "请用原表重填，不要复制到另一个工作簿",
            "ask for the form itself, not for a copy of its sheet in another workbook",
        ),
    ),
    "form-of-other-cycle": Code(
        Text(
            "这是周期 `{other}` 的表，不是 `{cycle}` 的",
            "the form is of the cycle `{other}`, not of `{cycle}`",
        ),
        Text("请移出文件夹，或收进该周期", "take it out of the folder, or collect it there"),
    ),
    "form-of-nobody": Code(
        Text(
            "本周期没有{kind} `{person}`",
            "there is no {kind} `{person}` in this cycle",
        ),
        Text(
            "请核对人员表和评分关系表，或移出文件夹",
            "see the tables of people and of raters, or take it out of the folder",
        ),
    ),
    "form-of-older-policies": Code(
        Text(
            "`{person}` 的表按方案 `{old}` 发出，之后方案已改动（现为 `{policy}`）",
            "`{person}` was asked by the policy `{old}`, which has been changed since (now "
            "`{policy}`)",
        ),
        Text(
            "请重新生成并发出这张表；改动与所填内容无关的，加 --older 收下",
            "write the form anew and have it filled in again; where the change does not matter for "
            "what was asked, --older takes it",
        ),
    ),
    "same-form-twice": Code(
        Text(
            "与 `{first}` 内容相同（`{of}`），只收一份",
            "it says the same as `{first}` (`{of}`), and is taken once",
        ),
        severity="note",
    ),
    "forms-differ": Code(
        Text(
            "`{of}` 交了两份不同的表，另一份是 `{first}`；不同之处：{differs}",
            "`{of}` has two forms that differ, the other one is `{first}`; see {differs}",
        ),
        Text("请确认以哪一份为准，移出另一份", "ask which of them counts, and take the other out"),
    ),
    "forms-disagree": Code(
        Text(
            "这里填 `{text}`，{place} 对同一项填 `{other}`",
            "`{text}` stands here, and `{other}` for the same in {place}",
        ),
        Text("请确认以哪一份为准", "ask which of them counts"),
    ),
}

_CHANGED: Final[dict[str, Code]] = {
    "form-changed": Code(
        Text("表的结构被改动：{what}", "the form was changed: {what}"),
        Text("请用原表重填", "have it filled in again in a form as it was"),
    ),
    "form-row-gone": Code(
        Text("发出时有的一行不见了：{labels}", "a row that was asked for is gone: {labels}"),
        Text(
            "行被删除，或工号、姓名、指标被改动；请用原表重填",
            "it was deleted, or its labels were changed; have the form filled in again",
        ),
    ),
    "form-row-twice": Code(
        Text("与第 {row} 行相同的一行：{labels}", "the row stands in row {row} already: {labels}"),
        Text("请保留一行", "keep one of the two"),
    ),
    "stray-cell": Code(
        Text(
            "`{text}` 写在不该填写的地方，没有收入",
            "`{text}` stands where nothing was asked for, and is not taken",
        ),
        Text(
            "请移到对应的填写格；批注请写在“评语”“说明”一栏",
            "move it to the cell that it belongs to, or into a column for words",
        ),
    ),
    "no-longer-asked": Code(
        Text(
            "`{text}` 所在的一项已不在本周期的填写范围内",
            "`{text}` stands in a cell that this cycle no longer asks for",
        ),
        Text(
            "人员、评分关系或方案在发出之后有变动；请核对",
            "people, raters or policies were changed since; see them",
        ),
    ),
}

_TABLES: Final[dict[str, Code]] = {
    "already-there": Code(
        Text(
            "这里填 `{text}`，{place} 已有 `{there}`",
            "`{text}` stands here, and `{there}` already in {place}",
        ),
        Text(
            "请核对；以收回的表为准时加 --replace",
            "see which is right; --replace takes what the forms say",
        ),
    ),
    "no-column-for": Code(
        Text(
            "`{indicator}` 的数据在宽表中，宽表没有 `{column}` 一栏",
            "the figures of `{indicator}` stand in a wide table that has no column of `{column}`",
        ),
        Text("请在宽表中加上这一栏", "add the column to the wide table"),
    ),
    "form-to-come": Code(
        Text("未交：{who}的{kind}", "still to come: the {kind} form of {who}"),
        severity="warning",
    ),
    "form-unfinished": Code(
        Text("未填：{what}", "not filled in: {what}"),
        severity="warning",
    ),
    "empty-form": Code(
        Text("`{of}` 的表交回来是空的", "the form of `{of}` came back empty"),
        Text("请填写后重新交回", "have it filled in"),
        severity="warning",
    ),
}

_DEPARTMENTS: Final[dict[str, Code]] = {
    "form-names-nobody": Code(
        Text(
            "表头没有本周期人员的工号或姓名（`{text}`）",
            "the head names nobody of this cycle (`{text}`)",
        ),
        Text(
            "请在表头写明工号，与人员表一致",
            "write the id into the head, as it stands in the table of people",
        ),
    ),
    "several-segments": Code(
        Text(
            "`{person}` 本周期有不止一段任职考核 `{indicator}`，表中没有写是哪一段",
            "more than one segment of `{person}` has the indicator `{indicator}`, and the form "
            "does not say which is meant",
        ),
        Text(
            "请用 perfrules sheet --per person 生成的表填写",
            "have it filled in on a form of `perfrules sheet --per person`",
        ),
    ),
    "other-target": Code(
        Text(
            "`{indicator}` 的目标值写作 `{text}`，本周期是 `{known}`",
            "the target of `{indicator}` is `{text}` here and `{known}` in this cycle",
        ),
        Text(
            "目标要调整的，请登记目标变更；否则请改正表中的目标值",
            "a target is changed by the table of target changes; else mend it in the form",
        ),
    ),
    "other-weight": Code(
        Text(
            "`{indicator}` 的权重写作 `{text}`，方案中是 `{known}`",
            "the weight of `{indicator}` is `{text}` here and `{known}` in the policy",
        ),
        Text("请核对方案或改正表中的权重", "see the policy, or mend the weight in the form"),
    ),
    "score-not-collected": Code(
        Text(
            "表中的得分（{count} 格）不收入，得分由方案计算",
            "the scores of the form ({count} cells) are not taken: the policy works them out",
        ),
        severity="note",
    ),
}

FORMS: Final[dict[str, Code]] = {**_SENT, **_FOREIGN, **_CHANGED, **_TABLES, **_DEPARTMENTS}
"""Codes of forms."""
