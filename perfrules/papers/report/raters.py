"""How strict managers are in ratings by several groups, held against the other raters."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from perfrules.exact import divided, plain
from perfrules.papers.charts.bars import bars
from perfrules.papers.charts.series import Series
from perfrules.papers.overview.figures import sum_of
from perfrules.papers.paper.parts import Table
from perfrules.papers.report.facts import Rated
from perfrules.papers.report.parts import Chapter, Shown, Teller

__all__ = ["raters"]

_MANAGERS: Final = frozenset(
    ("manager", "leader", "supervisor", "上级", "直接上级", "直属上级", "主管", "经理", "领导")
)
"""What policies call the group of managers."""

_DRAWN: Final = 30
_LISTED: Final = 200


class _Strictness(NamedTuple):
    """Of one team: so many people, so many ratings of managers, their mean, that of the others, and
    by how much managers rate higher; all means exact."""

    team: str
    people: int
    ratings: int
    managers: Fraction
    others: Fraction

    @property
    def apart(self) -> Fraction:
        return self.managers - self.others


def raters(rated: Sequence[Rated], told: Teller) -> Chapter:
    """The chapter on ratings, a picture for each scale."""
    title = told.say("360° 评分：上级的宽严", "360° ratings: how strict managers are")
    if not rated:
        none = told.say("没有多方评分", "There are no ratings by several raters")
        return Chapter("raters", title, (Shown(none),))
    scales: dict[tuple[Decimal, Decimal], list[Rated]] = {}
    for one in rated:
        scales.setdefault((one.low, one.high), []).append(one)
    shown = [_scale(scale, own, told) for scale, own in sorted(scales.items())]
    return Chapter("raters", title, tuple(shown))


def _scale(scale: tuple[Decimal, Decimal], rated: Sequence[Rated], told: Teller) -> Shown:
    low, high = map(plain, scale)
    found = sorted(_by_team(rated), key=lambda one: (one.apart, one.team))
    if not found:
        return Shown(
            told.say(
                f"{low}–{high} 分的评分中，没有同时由上级和其他人评分的",
                f"On the scale from {low} to {high} nobody is rated by managers and by others",
            )
        )

    def name(one: _Strictness) -> str:
        return one.team or told.say("没有团队", "no team")

    finding = _finding(found[0], found[-1], name(found[0]), name(found[-1]), told)
    drawn = found if len(found) <= _DRAWN else [*found[: _DRAWN // 2], *found[-_DRAWN // 2 :]]
    values = tuple(_rounded(one.apart) for one in drawn)
    shown = tuple(_signed(one.apart) for one in drawn)
    picture = bars(finding, "", [name(one) for one in drawn], [Series("", values, shown)])
    head = (
        told.say("团队", "team"), told.say("被评人数", "people rated"),
        told.say("上级评分数", "managers' ratings"), told.say("上级平均", "managers' mean"),
        told.say("其他人平均", "others' mean"), told.say("上级减其他", "managers − others"),
    )  # fmt: skip
    rows = tuple(
        (
            name(one), str(one.people), str(one.ratings), _written(one.managers),
            _written(one.others), _signed(one.apart),
        )
        for one in found[:_LISTED]
    )  # fmt: skip
    notes = (
        told.say(
            f"评分范围 {low}–{high}。负数表示上级比其他评分人严。每人每项指标先求上级平均与"
            "其他各组平均之差，再在团队内平均；差值四舍五入到两位小数。",
            f"Ratings are from {low} to {high}. Below nought managers are stricter than the other "
            "raters. For each person and indicator the mean of the managers is held against the "
            "mean of the other groups, then averaged within the team; rounded half up.",
        ),
        told.say(
            "结果文件夹不记录评分人是谁，因此按被评人所在团队比较：一个团队的上级通常是同一个人。",
            "Results do not keep who rated, so that teams are compared: a team has, as a rule, one "
            "manager.",
        ),
    )
    return Shown(finding, picture, Table(head, rows, 5), notes)


def _finding(
    strict: _Strictness, mild: _Strictness, strict_name: str, mild_name: str, told: Teller
) -> str:
    if strict.apart == mild.apart:
        by = _by(strict.apart, told)
        return told.say(f"上级的评分{by}", f"Managers rate {by}")
    first, second = _by(strict.apart, told), _by(mild.apart, told)
    return told.say(
        f"{strict_name}的上级最严，{first}；{mild_name}的上级最宽，{second}",
        f"The managers of {strict_name} are the strictest: {first}; those of {mild_name} the "
        f"mildest: {second}",
    )


def _by(apart: Fraction, told: Teller) -> str:
    """`比其他评分人低约 0.64 分`."""
    points = _rounded(abs(apart))
    about = "" if Fraction(points) == abs(apart) else told.say("约", "about ")
    if not apart:
        return told.say("与其他评分人相同", "level with the other raters")
    way = told.say("低" if apart < 0 else "高", "below" if apart < 0 else "above")
    return told.say(
        f"比其他评分人{way}{about} {plain(points)} 分",
        f"{about}{plain(points)} {way} the other raters",
    )


def _by_team(rated: Iterable[Rated]) -> Iterator[_Strictness]:
    pairs: dict[str, list[tuple[str, int, Fraction, Fraction]]] = {}
    for one in rated:
        managers = [group for group in one.by_group if group.casefold() in _MANAGERS]
        own = [value for group in managers for value in one.by_group[group]]
        others = [
            _mean(ratings)
            for group, ratings in one.by_group.items()
            if group not in managers and ratings
        ]
        if own and others:
            found = (one.line.subject, len(own), _mean(own), sum(others, Fraction(0)) / len(others))
            pairs.setdefault(one.line.team, []).append(found)
    for team, own_pairs in pairs.items():
        size = len(own_pairs)
        yield _Strictness(
            team, len({subject for subject, *_ in own_pairs}),
            sum(ratings for _, ratings, _, _ in own_pairs),
            sum((one[2] for one in own_pairs), Fraction(0)) / size,
            sum((one[3] for one in own_pairs), Fraction(0)) / size,
        )  # fmt: skip


def _mean(values: Sequence[Decimal]) -> Fraction:
    return Fraction(sum_of(values)) / len(values)


def _rounded(value: Fraction) -> Decimal:
    return divided(Decimal(value.numerator), Decimal(value.denominator), 2, "half_up")


def _written(value: Fraction) -> str:
    rounded = _rounded(value)
    return ("" if Fraction(rounded) == value else "≈") + plain(rounded)


def _signed(value: Fraction) -> str:
    sign = "+" if value > 0 else ""
    rounded = _rounded(value)
    return ("" if Fraction(rounded) == value else "≈") + sign + plain(rounded)
