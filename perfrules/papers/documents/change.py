"""目标调整申请表: the request to change a target, empty or as it was made."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfrules.codes.code import Text
from perfrules.papers.documents.of_cycle import DASH, CycleOf
from perfrules.papers.paper.parts import Paper, Part, Signing, Table

__all__ = ["Request", "change"]


class Request(NamedTuple):
    """A change that was asked for; figures are in the indicator's unit, None where the request
    does not touch them. `refused` is why it does not count, None where it does."""

    indicator: Text
    unit: str
    day: datetime.date | None
    old: Decimal | None
    new: Decimal | None
    old_due: datetime.date | None
    new_due: datetime.date | None
    reason: str
    approved_by: str
    evidence: str
    refused: Text | None


def change(
    subject: str,
    head: Sequence[tuple[str, str]],
    requests: Sequence[Request],
    rule: str,
    cycle: CycleOf,
) -> Paper:
    """The paper of one person or unit; without requests a form to fill in. `head` says who it is,
    `rule` is what the policy has to say of changes."""
    parts = []
    if rule:
        parts.append(Part("rule", cycle.say("调整规则", "The rule"), remark=rule))
    if requests:
        for number, one in enumerate(requests, 1):
            parts.append(_asked(one, number, cycle))
    else:
        parts.append(_empty(cycle))
    parts.append(
        Part(
            "signing",
            cycle.say("审批", "Decision"),
            signing=Signing(
                (cycle.say("审批意见", "Decision and why"),),
                (
                    cycle.say("申请人签字", "Signature of who asks"),
                    cycle.say("直接上级签字", "Signature of the superior"),
                    cycle.say("批准人签字", "Signature of who approves"),
                ),
                cycle.say("日期", "Date"),
            ),
        )
    )
    return Paper(
        kind="change",
        language=cycle.language,
        title=cycle.say("目标调整申请表", "Request to change a target"),
        cycle=cycle.name,
        secrecy=cycle.secrecy,
        head=(*head, *cycle.head()),
        parts=tuple(parts),
        seal=cycle.seal,
        subject=subject,
    )


def _heads(cycle: CycleOf) -> tuple[str, ...]:
    return (
        cycle.say("项目", "item"), cycle.say("调整前", "before"), cycle.say("调整后", "after"),
    )  # fmt: skip


def _asked(one: Request, number: int, cycle: CycleOf) -> Part:
    rows = []
    if one.old is not None or one.new is not None:
        values = (cycle.amount(value, one.unit) for value in (one.old, one.new))
        rows.append((cycle.say("目标值", "target"), *values))
    if one.old_due is not None or one.new_due is not None:
        days = (day.isoformat() if day else DASH for day in (one.old_due, one.new_due))
        rows.append((cycle.say("完成日期", "due"), *days))
    name = cycle.text(one.indicator)
    day = one.day.isoformat() if one.day else DASH
    if one.refused is None:
        decision = cycle.say("已采用", "in force")
    else:
        decision = cycle.say("未采用：", "not in force: ") + cycle.text(one.refused)
    points = (
        (cycle.say("生效日期", "from"), day),
        (cycle.say("调整原因", "reason"), one.reason or DASH),
        (cycle.say("佐证", "evidence"), one.evidence or DASH),
        (cycle.say("批准人", "approved by"), one.approved_by or DASH),
        (cycle.say("处理结果", "decision"), decision),
    )
    title = cycle.say(f"申请 {number}：{name}", f"Request {number}: {name}")
    table = Table(_heads(cycle), tuple(rows), figures=2)
    return Part("request", title, pairs=points, table=table if rows else None)


def _empty(cycle: CycleOf) -> Part:
    rows = tuple(
        (name, "", "")
        for name in (
            cycle.say("指标", "indicator"),
            cycle.say("目标值", "target"),
            cycle.say("完成日期", "due"),
        )
    )
    blanks = (
        cycle.say("生效日期", "From"),
        cycle.say("调整原因", "Reason"),
        cycle.say("佐证材料", "Evidence"),
    )
    table = Table(_heads(cycle), rows, roomy=True, shares=(30, 70, 70))
    title = cycle.say("申请内容", "What is asked for")
    return Part("request", title, table=table, signing=Signing(blanks, (), ""))
