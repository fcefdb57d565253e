"""The head of an explanation: who was judged, by what, and what came of it."""

from collections.abc import Iterator
from typing import Final

from perfrules.codes.code import Text
from perfrules.model.incentive import LINES
from perfrules.words.glossary import Glossary

__all__ = ["head", "lines_of_pay", "result"]

_KINDS: Final = {
    "person": Text("考核对象", "subject"), "team": Text("团队", "team"),
    "department": Text("部门", "department"), "project": Text("项目", "project"),
    "segment": Text("任职段", "segment"),
}  # fmt: skip


def head(told: Glossary) -> Iterator[tuple[str, str]]:
    """Who, in which cycle, by which policy; of somebody who moved, from which records."""
    record, resolved = told.record, told.resolved
    named = record.get("name") or told.steps.get("person.name", {}).get("value", "")
    subject = record["subject"] + (f"  {named}" if named else "")
    yield _KINDS[told.kind].into(told.language), subject
    cycle = record["cycle"]
    if cycle:
        dates = told.say(f"{cycle['from']} 至 {cycle['to']}", f"{cycle['from']} to {cycle['to']}")
        name = told.text(cycle.get("title")) or cycle["id"]
        yield told.say("考核周期", "cycle"), told.say(f"{name}（{dates}）", f"{name} ({dates})")
    policy = record["policy"]
    name, number = policy["id"], policy["version"]
    title = told.text(resolved.get("title")) or name
    version = told.say(f"{name}，版本 {number}", f"{name}, version {number}")
    text = told.say(f"{title}（{version}）", f"{title} ({version})")
    if told.moved:
        text += told.say("，即最后一个任职段的方案", ", that of the last segment")
    yield told.say("考核方案", "policy"), text
    if told.moved:
        yield told.say("任职段", "segments"), _segments(told)


def lines_of_pay(told: Glossary) -> list[str]:
    """The names of what is paid: incentives, what limits cut or add, pools, prizes, each in the
    order of the policy, and those of earlier roles behind them."""
    paid = told.record["pay"]
    known = (*told.part("incentives"), *LINES, *told.part("pools"), *told.prizes)
    names = [name for name in known if name in paid]
    return list(dict.fromkeys((*names, *paid)))


def _segments(told: Glossary) -> str:
    """`E1005#1（31 天）、E1005#2（61 天）`, each of which is a record of its own."""
    found = []
    for place in _numbers(told):
        step = told.steps[f"segments.{place}.total"]
        record = step.get("origin", {}).get("record", place)
        days = told.amount(told.steps[f"segments.{place}.days"])
        found.append(told.say(f"{record}（{days}）", f"{record} ({days})"))
    listed = told.say("、", ", ").join(found)
    return listed + told.say("，各段的计算过程见各自的记录", "; each has a record of its own")


def _numbers(told: Glossary) -> Iterator[str]:
    place = 1
    while f"segments.{place}.total" in told.steps:
        yield str(place)
        place += 1


def result(told: Glossary) -> Iterator[tuple[str, str]]:
    """What came of it; nothing where there is no result."""
    record = told.record
    if record["status"] != "complete":
        return
    yield told.say("总分", "total"), told.written(record["total"], told.measure("total"))
    if "attainment" in told.steps:
        attainment = told.amount(told.steps["attainment"])
        yield told.say("整体达成率", "overall attainment"), attainment
    if record["grade"] is not None:
        yield told.say("等级", "grade"), told.grade(record["grade"])
    comma = told.say("、", ", ")
    if record["vetoed"]:
        titles = comma.join(told.title("vetoes", name) for name in record["vetoed"])
        yield told.say("触发的否决项", "vetoes"), titles
    # In the order of the policy: a stored record has its keys sorted.
    for name in lines_of_pay(told):
        yield told.plan(name), told.written(record["pay"][name], told.measure(f"pay.{name}"))
    if len(record["pay"]) > 1 and "pay_total" in record:
        total = told.written(record["pay_total"], told.measure("pay_total"))
        yield told.say("奖金合计", "total pay"), total
    if record["awards"]:
        titles = comma.join(told.title("awards", name) for name in record["awards"])
        yield told.say("奖项", "awards"), titles
    for name in told.part("follow_ups"):
        if name in record["follow_ups"]:
            due = record["follow_ups"][name]
            until = told.say(f"{due} 到期", f"due on {due}") if due else told.say("启动", "started")
            yield told.title("follow_ups", name), until
    if record["okr"] is not None:
        note = told.say(
            "（仅供参考，不计入总分和奖金）", " (shown only, part of no total and no pay)"
        )
        yield "OKR", told.written(record["okr"], told.measure("okr")) + note
