"""From cycle to cycle."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfrules.papers.charts.lines import lines
from perfrules.papers.charts.series import Series
from perfrules.papers.overview.figures import mean_of, median_of
from perfrules.papers.overview.pay import pay_in_all
from perfrules.papers.overview.rows import Everybody
from perfrules.papers.paper.parts import Table
from perfrules.papers.report.facts import ReportFacts
from perfrules.papers.report.parts import DASH, Chapter, Shown, Teller

__all__ = ["trend"]


def trend(facts: ReportFacts, told: Teller) -> Chapter:
    """The chapter on earlier cycles."""
    title = told.say("历史趋势", "Trend")
    if not facts.earlier:
        none = told.say(
            "没有给出以前周期的结果，因此没有趋势"
            "（用 --against 指定其结果文件夹，或用 --inputs 指定周期文件夹以读取 history）",
            "No earlier cycles were named, so that there is no trend (--against names their result "
            "folders, --inputs the folder of the cycle, for its history)",
        )
        return Chapter("trend", title, (Shown(none),))
    cycles = (*facts.earlier, facts.everybody)
    means = [mean_of(_totals(one)) for one in cycles]
    medians = [median_of(_totals(one)) for one in cycles]
    finding = _finding(cycles, told)
    series = [
        Series(
            told.say("平均", "mean"), tuple(None if one is None else one.value for one in means),
            tuple(told.mean(one) for one in means),
        ),
        Series(told.say("中位数", "median"), tuple(medians)),
    ]  # fmt: skip
    picture = lines(finding, "", [one.cycle for one in cycles], series)
    head = (
        told.say("周期", "cycle"), told.say("起止", "dates"), told.say("人数", "people"),
        told.say("有总分", "with a total"), told.say("平均", "mean"),
        told.say("中位数", "median"), told.say("发放合计", "pay in all"),
    )  # fmt: skip
    rows = tuple(
        (
            one.cycle, f"{one.start} – {one.end}" if one.start else DASH, _heads(one),
            str(len(_totals(one))), told.mean(mean), told.figure(median), _paid(one, told),
        )
        for one, mean, median in zip(cycles, means, medians, strict=True)
    )  # fmt: skip
    notes = tuple(_notes(cycles, told))
    return Chapter("trend", title, (Shown(finding, picture, Table(head, rows, 5), notes),))


def _heads(one: Everybody) -> str:
    return DASH if one.is_part else f"{one.head_count:,}"


def _paid(one: Everybody, told: Teller) -> str:
    is_known = not one.is_part or any(line.pay for line in one.people)
    return told.money(pay_in_all(one)) if is_known else DASH


def _notes(cycles: Sequence[Everybody], told: Teller) -> Iterator[str]:
    parts = [one.cycle for one in cycles if one.is_part]
    if parts:
        names = told.several(parts)
        yield told.say(
            f"{names} 来自 history 表，只有本周期人员中有记录的人，与全体不完全可比。",
            f"{names} are of the history table: only those of today's people whom it has, which is "
            "not quite everybody.",
        )


def _totals(one: Everybody) -> list[Decimal]:
    return [line.total for line in one.people if line.total is not None]


def _finding(cycles: Sequence[Everybody], told: Teller) -> str:
    """How those who have a total in this cycle and in the one before have changed."""
    before, now = cycles[-2:]
    first = {line.subject: line.total for line in before.people if line.total is not None}
    pairs = [
        (first[line.subject], line.total)
        for line in now.people
        if line.total is not None and line.subject in first
    ]
    old = mean_of([one for one, _ in pairs])
    new = mean_of([one for _, one in pairs])
    if old is None or new is None:
        return told.say(
            f"没有人在 {before.cycle} 和 {now.cycle} 都有总分",
            f"Nobody has a total in both {before.cycle} and {now.cycle}",
        )
    who = told.people(len(pairs))
    if old.total == new.total:
        return told.say(
            f"两期都有总分的 {who}，平均与 {before.cycle} 相同：{told.mean(new)}",
            f"The mean of {who} who have a total in both cycles is that of {before.cycle}: "
            f"{told.mean(new)}",
        )
    rose = new.total > old.total
    way = told.say("上升" if rose else "下降", "rose" if rose else "fell")
    return told.say(
        f"两期都有总分的 {who}，平均比 {before.cycle} {way}：{told.mean(old)} → {told.mean(new)}",
        f"Since {before.cycle} the mean of {who} who have a total in both cycles {way} from "
        f"{told.mean(old)} to {told.mean(new)}",
    )
