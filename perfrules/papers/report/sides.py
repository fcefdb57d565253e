"""Departments, teams and roles side by side."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from perfrules.codes.code import Text
from perfrules.exact import plain
from perfrules.papers.charts.boxes import Box, boxes
from perfrules.papers.charts.series import Line
from perfrules.papers.overview.figures import median_of
from perfrules.papers.overview.groups import GroupFigures, Side, side_by_side
from perfrules.papers.overview.rows import Everybody
from perfrules.papers.paper.parts import Table
from perfrules.papers.report.parts import Chapter, Shown, Teller

__all__ = ["sides"]

_SIDES: Final[dict[Side, Text]] = {
    "department": Text("部门", "department"),
    "team": Text("团队", "team"),
    "role": Text("岗位", "role"),
}

_DRAWN: Final = 30
"""So many groups are drawn: half of them from the top, half from the bottom."""

_LISTED: Final = 200


def sides(everybody: Everybody, told: Teller) -> Chapter:
    """The chapter on groups."""
    shown = []
    for side, word in _SIDES.items():
        found = side_by_side(everybody.people, side)
        if any(one.name.zh for one in found):
            shown.append(_side(found, told.text(word), everybody, told))
    if not shown:
        none = told.say("没有人填写部门、团队或岗位", "No departments, teams or roles are known")
        shown.append(Shown(none))
    return Chapter("groups", told.say("部门、团队、岗位对比", "Groups side by side"), tuple(shown))


def _side(found: Sequence[GroupFigures], word: str, everybody: Everybody, told: Teller) -> Shown:
    def name(one: GroupFigures) -> str:
        return told.text(one.name) or told.say(f"没有{word}", f"no {word}")

    finding = _finding(found, word, name, told)
    values = [line.total for line in everybody.people if line.total is not None]
    whole = median_of(values)
    assert whole is not None  # there are groups
    label = told.say(f"全体中位数 {plain(whole)}", f"median of all {plain(whole)}")
    drawn = _drawn(found)
    picture = boxes(
        finding, "", [_box(one, name(one), told) for one in drawn], (Line(whole, label),)
    )
    head = (
        word, told.say("人数", "people"), told.say("最低", "lowest"),
        told.say("下四分位", "lower quartile"), told.say("中位数", "median"),
        told.say("上四分位", "upper quartile"), told.say("最高", "highest"),
        told.say("平均", "mean"),
    )  # fmt: skip
    rows = tuple(
        (name(one), f"{one.spread.size:,}", *map(plain, one.spread.ends), told.mean(one.mean))
        for one in found[:_LISTED]
    )
    return Shown(finding, picture, Table(head, rows, 7), tuple(_notes(found, drawn, told)))


def _finding(
    found: Sequence[GroupFigures], word: str, name: Callable[[GroupFigures], str], told: Teller
) -> str:
    top, low = found[0].spread.middle, found[-1].spread.middle
    best = told.some(name(one) for one in found if one.spread.middle == top)
    worst = told.some(name(one) for one in found if one.spread.middle == low)
    if len(found) == 1:
        return told.say(
            f"只有一个{word}：{best}，中位数 {plain(top)} 分",
            f"There is one {word}, {best}, with a median of {plain(top)}",
        )
    if top == low:
        return told.say(
            f"各{word}的中位数相同，都是 {plain(top)} 分",
            f"The median of every {word} is {plain(top)}",
        )
    return told.say(
        f"{word}：{best}的中位数最高，为 {plain(top)} 分；{worst}最低，为 {plain(low)} 分",
        f"By {word}: {best} has the highest median, {plain(top)}; {worst} the lowest, {plain(low)}",
    )


def _drawn(found: Sequence[GroupFigures]) -> Sequence[GroupFigures]:
    if len(found) <= _DRAWN:
        return found
    return (*found[: _DRAWN // 2], *found[-_DRAWN // 2 :])


def _box(one: GroupFigures, name: str, told: Teller) -> Box:
    spread = one.spread
    note = told.say(f"{spread.size:,} 人", f"{spread.size:,}")
    return Box(
        name, spread.low, spread.lower, spread.middle, spread.upper, spread.high, one.totals, note
    )


def _notes(
    found: Sequence[GroupFigures], drawn: Sequence[GroupFigures], told: Teller
) -> Iterator[str]:
    yield told.say(
        "方框从下四分位到上四分位，粗线是中位数，横线到最低和最高，圆点是每个人"
        "（人多的组不画点）。不足 3 人的组只画点。",
        "A box reaches from the lower to the upper quartile, the thick stroke is the median, the "
        "line reaches to the ends, a point is a person (not in large groups). Groups of fewer than "
        "3 have points only.",
    )
    if len(drawn) < len(found):
        half = len(drawn) // 2
        yield told.say(
            f"共 {len(found)} 个，图中是中位数最高和最低的各 {half} 个。",
            f"Of {len(found)} groups the picture has the {half} highest and the {half} lowest.",
        )
    if len(found) > _LISTED:
        yield told.say(f"表中只列前 {_LISTED} 个。", f"The table has the first {_LISTED}.")
