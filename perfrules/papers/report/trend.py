"""From cycle to cycle."""

from decimal import Decimal

from perfrules.papers.charts.lines import lines
from perfrules.papers.charts.series import Series
from perfrules.papers.overview.figures import Mean, mean_of, median_of
from perfrules.papers.overview.pay import pay_in_all
from perfrules.papers.overview.rows import Everybody
from perfrules.papers.paper.parts import Table
from perfrules.papers.report.facts import ReportFacts
from perfrules.papers.report.parts import Chapter, Shown, Teller

__all__ = ["trend"]


def trend(facts: ReportFacts, told: Teller) -> Chapter:
    """The chapter on earlier cycles."""
    title = told.say("历史趋势", "Trend")
    if not facts.earlier:
        none = told.say(
            "没有给出以前周期的结果，因此没有趋势（用 --against 指定其结果文件夹）",
            "No results of earlier cycles were named, so that there is no trend (--against names "
            "their result folders)",
        )
        return Chapter("trend", title, (Shown(none),))
    cycles = (*facts.earlier, facts.everybody)
    means = [mean_of(_totals(one)) for one in cycles]
    medians = [median_of(_totals(one)) for one in cycles]
    finding = _finding(cycles, means, told)
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
        told.say("有结果", "with a result"), told.say("平均", "mean"),
        told.say("中位数", "median"), told.say("发放合计", "pay in all"),
    )  # fmt: skip
    rows = tuple(
        (
            one.cycle, f"{one.start} – {one.end}", str(one.head_count), str(len(one.people)),
            told.mean(mean), told.figure(median), told.money(pay_in_all(one)),
        )
        for one, mean, median in zip(cycles, means, medians, strict=True)
    )  # fmt: skip
    return Chapter("trend", title, (Shown(finding, picture, Table(head, rows, 5)),))


def _totals(one: Everybody) -> list[Decimal]:
    return [line.total for line in one.people if line.total is not None]


def _finding(cycles: tuple[Everybody, ...], means: list[Mean | None], told: Teller) -> str:
    before, now = means[-2], means[-1]
    if before is None or now is None:
        return told.say("没有两个周期可比", "There are no two cycles to compare")
    old = cycles[-2].cycle
    first, second = told.mean(before), told.mean(now)
    if before.value == now.value:
        return told.say(
            f"平均总分与 {old} 相同：{second}", f"The mean total is that of {old}: {second}"
        )
    way = told.say(
        "上升" if now.value > before.value else "下降",
        "rose" if now.value > before.value else "fell",
    )
    return told.say(
        f"平均总分比 {old} {way}：{first} → {second}",
        f"Since {old} the mean total {way} from {first} to {second}",
    )
