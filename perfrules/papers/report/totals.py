"""How totals are spread."""

from collections.abc import Sequence
from decimal import Decimal

from perfrules.exact import plain
from perfrules.papers.charts.histogram import Bin, histogram
from perfrules.papers.charts.series import Line
from perfrules.papers.overview.figures import bins_of, mean_of, median_of, spread_of
from perfrules.papers.overview.rows import Everybody
from perfrules.papers.paper.parts import Table
from perfrules.papers.report.parts import Chapter, Shown, Teller

__all__ = ["totals"]


def totals(everybody: Everybody, told: Teller) -> Chapter:
    """The chapter on totals."""
    values = [line.total for line in everybody.people if line.total is not None]
    title = told.say("总分分布", "Totals")
    if not values:
        none = told.say("没有人有总分", "nobody has a total")
        return Chapter("totals", title, (Shown(none),))
    return Chapter("totals", title, (_spread(values, told),))


def _spread(values: Sequence[Decimal], told: Teller) -> Shown:
    bins, mean, median = bins_of(values), mean_of(values), median_of(values)
    spread = spread_of(values)
    assert mean is not None and median is not None and spread is not None
    middle = plain(median)
    most = max(one.many for one in bins)
    tops = [_range(one) for one in bins if one.many == most]
    top = told.say("、", " or ").join(tops)
    each = told.people(most)
    if len(tops) > 1:
        each = told.say(f"各 {each}", f"{each} each")
    finding = told.say(
        f"平均 {told.mean(mean)} 分，中位数 {middle} 分；人数最多的是 {top} 分，{each}",
        f"The mean is {told.mean(mean)}, the median {middle}; most people have {top}: {each}",
    )
    lines = (
        Line(mean.value, told.say(f"平均 {told.mean(mean)}", f"mean {told.mean(mean)}")),
        Line(median, told.say(f"中位数 {middle}", f"median {middle}")),
    )
    picture = histogram(
        finding, "; ".join(f"{_range(one)}: {one.many}" for one in bins), bins,
        told.say("总分", "total"), told.say("人数", "people"), lines,
    )  # fmt: skip
    head = (told.say("总分", "total"), told.say("人数", "people"), told.say("占比", "share"))
    rows = tuple((_range(one), f"{one.many:,}", told.share(one.many, len(values))) for one in bins)
    foot = ((told.say("合计", "in all"), f"{len(values):,}", "100%"),)
    low, lower, _, upper, high = map(plain, spread.ends)
    note = told.say(
        f"最低 {low}，下四分位 {lower}，上四分位 {upper}，最高 {high}。各段含下限不含上限，最后一段"
        f"含上限。平均 = {plain(mean.total)} ÷ {mean.size}"
        f"{'' if mean.is_exact else '，四舍五入到两位小数'}。",
        f"Lowest {low}, lower quartile {lower}, upper quartile {upper}, highest {high}. A range "
        f"has its lower end, the last one both. The mean is {plain(mean.total)} ÷ {mean.size}"
        f"{'' if mean.is_exact else ', rounded half up to two places'}.",
    )
    return Shown(finding, picture, Table(head, rows, 2, foot=foot), (note,))


def _range(one: Bin) -> str:
    return f"{plain(one.low)}–{plain(one.high)}"
