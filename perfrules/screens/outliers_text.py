"""The list for the calibration meeting, laid out: text, JSON, CSV. It decides nothing."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from perfrules.codes.code import Language, Text
from perfrules.exact import plain
from perfrules.layout.terminal import visible, width, wrapped
from perfrules.model.review import (
    Disagreement,
    Distance,
    Extreme,
    Flagged,
    GroupFigures,
    Jump,
    Reason,
    Review,
)

__all__ = ["COLUMNS", "TEXTS", "outliers_json", "outliers_rows", "outliers_text"]

FORMAT: Final = "perfrules-outliers/1"
_WIDE: Final = 100

COLUMNS: Final = (
    "person_id", "name", "group", "total", "reason", "limit", "group_size", "mean",
    "standard_deviation", "before", "change", "indicator", "raters", "lowest", "highest", "text",
)  # fmt: skip
TEXTS: Final = frozenset(("person_id", "name", "group", "indicator", "raters", "text"))
"""Columns in which a spreadsheet should see a text, whatever it looks like."""

_WITHIN: Final = {
    "team": Text("团队", "team"),
    "department": Text("部门", "department"),
    "role": Text("岗位", "role"),
}


def outliers_text(review: Review, cycle: str, within: str, language: Language = "en") -> str:
    """The list by group, then what it rests on."""
    return "\n".join(_Layout(review, cycle, _WITHIN[within], language).lines()) + "\n"


class _Layout:
    def __init__(self, review: Review, cycle: str, within: Text, language: Language) -> None:
        self.review, self.cycle, self.within, self.language = review, cycle, within, language

    def say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def lines(self) -> Iterator[str]:
        review, within = self.review, self.within.into(self.language)
        head = self.say(
            f"校准会议待复核名单  {self.cycle}  已出结果 {review.people} 人，"
            f"列出 {len(review.entries)} 人",
            f"To be looked at in the calibration meeting, {self.cycle}: {len(review.entries)} of "
            f"{review.people} people with a result",
        )
        head = visible(head)
        yield head
        yield "=" * min(_WIDE, width(head))
        for group in review.groups:
            entries = [one for one in review.entries if one.person.group == group.name]
            if entries:
                yield ""
                yield self.group(group)
                for entry in entries:
                    yield from self.entry(entry)
        yield ""
        for note in self.notes(within):
            yield from wrapped(visible(note), _WIDE)

    def group(self, group: GroupFigures) -> str:
        within = self.within.into(self.language)
        name = group.name or self.say(f"没有{within}", f"no {within}")
        size = self.say(f"{group.size} 人", f"people: {group.size}")
        if group.mean is None or group.deviation is None:
            return visible(f"{name}  {size}")
        mean, deviation = plain(group.mean), plain(group.deviation)
        figures = self.say(
            f"平均 {mean}，标准差 {deviation}", f"mean {mean}, standard deviation {deviation}"
        )
        return visible(f"{name}  {size}  {figures}")

    def entry(self, entry: Flagged) -> Iterator[str]:
        one = entry.person
        total = self.say(f"总分 {plain(one.total)}", f"total {plain(one.total)}")
        yield "  " + visible("  ".join(filter(None, (one.person, one.name, total))))
        for reason in entry.reasons:
            for row, line in enumerate(wrapped(visible(self.reason(reason, entry)), _WIDE - 6)):
                yield ("    - " if row == 0 else "      ") + line

    def reason(self, reason: Reason, entry: Flagged) -> str:
        total = plain(entry.person.total)
        match reason:
            case Distance(_, group, deviations):
                assert group.mean is not None and group.deviation is not None
                far, mean, sd = plain(deviations), plain(group.mean), plain(group.deviation)
                return self.say(
                    f"总分 {total} 与组内平均 {mean} 相差超过 {far} 倍标准差（标准差 {sd}）",
                    f"the total of {total} is more than {far} standard deviations of {sd} "
                    f"from the mean of {mean}",
                )
            case Extreme(_, limit, above):
                return self.say(
                    f"总分 {total} {'高于' if above else '低于'} {plain(limit)}",
                    f"the total of {total} is {'above' if above else 'below'} {plain(limit)}",
                )
            case Jump(_, before, change, limit):
                of = f" {before.cycle}" if before.cycle else ""
                space = " " if of else ""
                sign = self.say("上升" if change > 0 else "下降", "up" if change > 0 else "down")
                by, most = plain(abs(change)), plain(limit)
                return self.say(
                    f"总分 {total}，上一周期{of}{space}为 {plain(before.total)}，"
                    f"{sign} {by}，超过 {most}",
                    f"the total of {total} was {plain(before.total)} in the cycle before{of}: "
                    f"{sign} by {by}, more than {most}",
                )
            case Disagreement():
                return self.disagreement(reason, entry)

    def disagreement(self, reason: Disagreement, entry: Flagged) -> str:
        name = reason.indicator
        title = entry.person.titles.get(name, Text(name, name)).into(self.language)
        low, high, limit = plain(reason.lowest), plain(reason.highest), plain(reason.limit)
        apart = plain(reason.highest - reason.lowest)
        if reason.within:
            group = reason.low_group
            return self.say(
                f"{title}：{group} 组内的评分从 {low} 到 {high}，相差 {apart}，超过 {limit}",
                f"{title}: the ratings of the group {group} run from {low} to {high}, "
                f"{apart} apart, more than {limit}",
            )
        return self.say(
            f"{title}：{reason.low_group} 组平均 {low}，{reason.high_group} 组平均 {high}，"
            f"相差超过 {limit}",
            f"{title}: the mean of {reason.low_group} is {low} and that of {reason.high_group} "
            f"{high}, more than {limit} apart",
        )

    def notes(self, within: str) -> Iterator[str]:
        """What the list rests on, so that nobody takes silence for a finding."""
        review = self.review
        yield self.say(
            f"比较范围：同一{within}内。平均值和标准差（总体标准差，除以人数）四舍五入到两位小数，"
            "仅供阅读；是否超出按精确值判断。名单只供讨论，不改变任何结果。",
            f"Compared within each {within}. Mean and standard deviation (of all members, divided "
            "by their number) are rounded half up to two places, for reading; what counts are the "
            "exact values. The list changes no result.",
        )
        if review.small:
            names = self.say("、", ", ").join(
                f"{group.name or self.say(f'没有{within}', f'no {within}')} ({group.size})"
                for group in review.small
            )
            yield self.say(
                f"未比较与平均值差距的组（不足 3 人，或没有填写{within}）：{names}",
                f"Not compared with a mean (fewer than 3 people, or no {within} stated): {names}",
            )
        known, people = review.with_before, review.people
        if known:
            yield self.say(
                f"有上一周期总分可比的：{people} 人中 {known} 人。",
                f"With a total of the cycle before to compare: {known} of {people} people.",
            )
        else:
            yield self.say(
                "没有上一周期的总分，未比较变化（可用 --previous 指定其结果文件夹）。",
                "No total of the cycle before is known, so no jumps were looked for "
                "(--previous names its result folder).",
            )


def outliers_rows(review: Review, within: str, language: Language = "en") -> Iterator[list[str]]:
    """One row a reason, under `COLUMNS`; empty where a figure has nothing to do with the reason."""
    layout = _Layout(review, "", _WITHIN[within], language)
    yield list(COLUMNS)
    for entry in review.entries:
        one = entry.person
        for reason in entry.reasons:
            cells = {
                "person_id": one.person,
                "name": one.name,
                "group": one.group,
                "total": plain(one.total),
                "text": layout.reason(reason, entry),
                **{key: str(value) for key, value in _facts(reason).items()},
            }
            yield [cells.get(column, "") for column in COLUMNS]


def outliers_json(
    review: Review, cycle: str, within: str, previous: str | None, language: Language = "en"
) -> str:
    """The list as JSON; numbers are texts, as in a trace."""
    layout = _Layout(review, cycle, _WITHIN[within], language)
    node = {
        "format": FORMAT,
        "cycle": cycle,
        "previous": previous,
        "within": within,
        "limits": {name: plain(value) for name, value in review.limits._asdict().items()},
        "people": review.people,
        "with_previous": review.with_before,
        "groups": [
            {
                "name": group.name,
                "size": group.size,
                "mean": _plain(group.mean),
                "standard_deviation": _plain(group.deviation),
            }
            for group in review.groups
        ],
        "entries": [
            {
                "person_id": entry.person.person,
                "name": entry.person.name,
                "group": entry.person.group,
                "total": plain(entry.person.total),
                "reasons": [
                    {**_facts(reason), "text": layout.reason(reason, entry)}
                    for reason in entry.reasons
                ],
            }
            for entry in review.entries
        ],
    }
    return json.dumps(node, ensure_ascii=False, indent=2) + "\n"


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _facts(reason: Reason) -> dict[str, Any]:
    """A reason's figures by column."""
    match reason:
        case Distance(_, group, deviations):
            return {
                "reason": "distance",
                "limit": plain(deviations),
                "group_size": group.size,
                "mean": _plain(group.mean),
                "standard_deviation": _plain(group.deviation),
            }
        case Extreme(_, limit, above):
            return {"reason": "high" if above else "low", "limit": plain(limit)}
        case Jump(_, before, change, limit):
            return {
                "reason": "jump",
                "limit": plain(limit),
                "before": plain(before.total),
                "change": plain(change),
            }
        case Disagreement():
            both = dict.fromkeys((reason.low_group, reason.high_group))
            return {
                "reason": "raters",
                "limit": plain(reason.limit),
                "indicator": reason.indicator,
                "raters": " / ".join(both),
                "lowest": plain(reason.lowest),
                "highest": plain(reason.highest),
            }
