"""A step of a trace -> a sentence. The only place where a trace becomes prose.

One function for each operation of the evaluator; those of data are here, the others in the
files beside, `words_of_…`. A sentence writes the calculation out with the very numbers that were
used, so that it can be done again by hand.
"""

from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Final

from perfrules.exact import EXACT
from perfrules.words.glossary import Glossary, Json
from perfrules.words.of_changes import OF_CHANGES, is_change, signed
from perfrules.words.of_follow_ups import (
    OF_FOLLOW_UPS,
    is_unusable_result,
    unusable_result,
)
from perfrules.words.of_groups import OF_GROUPS
from perfrules.words.of_limits import OF_LIMITS
from perfrules.words.of_members import OF_MEMBERS
from perfrules.words.of_quotas import OF_QUOTAS
from perfrules.words.of_results import OF_RESULTS
from perfrules.words.of_rewards import OF_REWARDS
from perfrules.words.of_scores import OF_SCORES
from perfrules.words.of_sums import OF_SUMS
from perfrules.words.of_time import OF_TIME, days_of_past
from perfrules.words.of_weights import OF_WEIGHTS
from perfrules.words.sentence import Operation, Sentence

__all__ = ["OPERATIONS", "SENTENCES", "sentence"]


def sentence(told: Glossary, step: Json) -> Sentence:
    """What the step says, in the language of `told`."""
    with localcontext(EXACT):
        return SENTENCES[step["operation"]](told, step)


def _given(told: Glossary, step: Json) -> Sentence:
    text, origin = told.amount(step), step.get("origin", {})
    if is_change(told, step):
        said = signed(told, step)
        return Sentence(text, (said,) if said else ())
    if (days := days_of_past(told, step)) is not None:
        return Sentence(f"{text}{days}")
    record = origin.get("record")
    if record and not origin.get("place"):
        return Sentence(
            told.say(f"{text}（见 {record} 的记录）", f"{text} (see the record of {record})")
        )
    if is_unusable_result(told, step):
        return unusable_result(told, step)
    if step["outcome"] == "skipped":
        return Sentence(told.say(f"{text}，去掉，不计入", f"{text}, dropped"))
    return Sentence(text)


def _from_policy(told: Glossary, step: Json) -> Sentence:
    text = told.amount(step)
    return Sentence(told.say(f"{text}（方案统一规定）", f"{text} (set by the policy)"))


def _count_as_nought(told: Glossary, step: Json) -> Sentence:
    value = told.amount(step)
    if step["value"] is False:
        return Sentence(told.say("没有数据，按未完成计", "no data, counted as not done"))
    if step["kind"] == "score":
        return Sentence(
            told.say(f"没有数据，得分计为 {value}", f"no data, the score counts as {value}")
        )
    return Sentence(told.say(f"没有数据，计为 {value}", f"no data, counted as {value}"))


def _exclude(told: Glossary, step: Json) -> Sentence:
    weight = told.value(step["operands"][0])
    if step["kind"] == "section":
        why = told.say("没有可计入的指标", "no indicator left to count")
    elif ".ratings." in told.path(step):
        why = told.say("没有人评分", "nobody rated")
    else:
        why = told.say("没有数据", "no data")
    if Decimal(step["operands"][0]["value"]) == 0:
        return Sentence(told.say(f"{why}；权重为 0，不影响得分", f"{why}; it carries no weight"))
    return Sentence(
        told.say(
            f"{why}，不计入；权重 {weight} 由其余部分按比例分担",
            f"{why}, left out; the others share its weight of {weight}",
        )
    )


def _not_recorded(told: Glossary, step: Json) -> Sentence:
    return Sentence(told.say("没有记录，计 0 次", "not recorded, counted as 0 times"))


def _count(told: Glossary, step: Json) -> Sentence:
    records = [told.value(one) for one in step["operands"]]
    return Sentence(
        told.say(
            f"{told.amount(step)}，分值依次为 {'、'.join(records)}",
            f"{told.amount(step)}, with {', '.join(records)} points",
        )
    )


def _days(told: Glossary, step: Json) -> Sentence:
    first, last = (told.value(one) for one in step["operands"])
    return Sentence(
        told.say(
            f"{first} 至 {last}，含首尾共 {told.amount(step)}",
            f"{first} to {last}, both included: {told.amount(step)}",
        )
    )


def _whole_cycle(told: Glossary, step: Json) -> Sentence:
    value = told.value(step)
    return Sentence(
        told.say(
            f"整个考核周期都在岗，按 {value} 计", f"there for the whole cycle, counted as {value}"
        )
    )


# fmt: off
_OF_DATA: Final[Mapping[str, Operation]] = {
    "given": Operation(_given, "数据中的值 · what the data say",
        "数据中的值。计算过程唯一不能自证的就是它：请按 `origin` 查对原始数据",
        "what the data say. This is the one thing that a trace does not prove: look it up at `origin`"),
    "from_policy": Operation(_from_policy, "方案中的数 · the policy's number",
        "*a*：数据没有给目标值（或基线值），用方案中的数",
        "*a*: the data give no target (or baseline), so the policy's number is used"),
    "count_as_nought": Operation(_count_as_nought, "缺数据按零计 · missing, counts as nought",
        "没有数据，而方案规定 `missing: zero`：实际值按 0 计（是否类按“否”）；等级类和评分类直接得 0 分",
        "nothing was recorded, and the policy says `missing: zero`: an actual of 0 (not done, in a yes or no), or a score of 0 where words or ratings are asked for"),
    "exclude": Operation(_exclude, "不计 · left out",
        "是：该指标、评分组或板块不计；*a* 是它的权重",
        "true: the indicator, rater group or section is left out; *a* is its weight"),
    "not_recorded": Operation(_not_recorded, "没有记录，计 0 · not in the data, counts 0",
        "0：数据中没有这个事件",
        "0: the data do not mention the event"),
    "count": Operation(_count, "记录条数 · how many records",
        "操作数的个数：事件记录了几次，每次各有分值",
        "how many operands there are: the records of an event, each with its points"),
    "days": Operation(_days, "天数 · days from first to last",
        "*b* − *a* 的天数加 1，最小为 0：首尾两天都算",
        "*b* − *a* in days, plus 1, and not below 0: both days included"),
    "whole_cycle": Operation(_whole_cycle, "整个周期 · there for the whole cycle",
        "1：周期内没有入职或离职；操作数是已知的入职、离职日期",
        "1: nobody came or left within the cycle; the operands are the days of joining and leaving that are known"),
}
# fmt: on

OPERATIONS: Final[Mapping[str, Mapping[str, Operation]]] = {
    "data": _OF_DATA,
    "changes": OF_CHANGES,
    "time": OF_TIME,
    "members": OF_MEMBERS,
    "weights": OF_WEIGHTS,
    "sums": OF_SUMS,
    "scores": OF_SCORES,
    "results": {**OF_RESULTS, **OF_LIMITS},
    "groups": {**OF_GROUPS, **OF_QUOTAS, **OF_REWARDS},
    "follow-ups": OF_FOLLOW_UPS,
}
"""Every operation of the evaluator, by what it is about, in the order of the trace's pages."""

SENTENCES: Final = {name: one.words for table in OPERATIONS.values() for name, one in table.items()}
