"""The pay curves of policies, and where people stand on them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from perfrules.papers.charts.curve import ranges, svg_of_curve, values_of
from perfrules.papers.charts.from_policy import figures_of, pay_curve
from perfrules.papers.charts.pieces import Curve
from perfrules.papers.paper.parts import Table
from perfrules.papers.report.facts import PolicyText, ReportFacts
from perfrules.papers.report.parts import Chapter, Shown, Teller

__all__ = ["curves"]


class _Drawn(NamedTuple):
    """A curve that some policies share, and the figures at which their people stand."""

    curve: Curve
    policies: list[str]
    people: list[Decimal]


def curves(facts: ReportFacts, told: Teller) -> Chapter:
    """The chapter on curves; policies with the same curve share a picture."""
    title = told.say("激励曲线与人员位置", "Pay curves, and where people stand")
    totals: dict[str, list[Decimal]] = {}
    for line in facts.everybody.people:
        if line.total is not None:
            totals.setdefault(line.policy, []).append(line.total)
    found: dict[object, _Drawn] = {}
    without: list[str] = []
    for policy in facts.policies:
        for plan in policy.resolved.get("incentives", {}):
            curve = pay_curve(policy.resolved, plan)
            if curve is None:
                without.append(_plan(policy, plan, facts, told))
                continue
            key = (curve.title, curve.across, curve.pieces, curve.limits, curve.notes)
            drawn = found.setdefault(key, _Drawn(curve, [], []))
            drawn.policies.append(told.text(facts.everybody.policies[policy.label].title))
            drawn.people.extend(_figures(policy, plan, facts, totals))
    shown = [_shown(one, told) for one in found.values()]
    if without:
        names = told.several(dict.fromkeys(without))
        shown.append(
            Shown(
                told.say(
                    f"没有曲线的项目（不只取决于一个数）：{names}",
                    f"Plans without a curve (they look at more than one figure): {names}",
                )
            )
        )
    if not shown:
        shown.append(Shown(told.say("方案没有激励项目", "The policies have no incentives")))
    return Chapter("curves", title, tuple(shown))


def _plan(policy: PolicyText, plan: str, facts: ReportFacts, told: Teller) -> str:
    title = facts.everybody.plans.get(plan)
    return told.text(title) if title else plan


def _figures(
    policy: PolicyText, plan: str, facts: ReportFacts, totals: Mapping[str, list[Decimal]]
) -> Iterator[Decimal]:
    if figures_of(policy.resolved, plan):
        yield from facts.standings.get((policy.label, plan), ())
    else:
        yield from totals.get(policy.label, ())


def _shown(drawn: _Drawn, told: Teller) -> Shown:
    curve, people = drawn.curve, drawn.people
    counts = [0] * len(curve.pieces)
    for value in people:
        piece = curve.piece_at(value)
        if piece is not None:
            counts[curve.pieces.index(piece)] += 1
    where, values = ranges(curve), values_of(curve)
    title = told.text(curve.title)
    finding = told.say(f"{title}：没有人在曲线上", f"{title}: nobody stands on the curve")
    if people and any(counts):
        most = max(counts)
        place = counts.index(most)
        finding = told.say(
            f"{title}：{len(people):,} 人中，{most:,} 人在 {where[place]}（{values[place]}）",
            f"{title}: {most:,} of {len(people):,} people stand at {where[place]} "
            f"({values[place]})",
        )
    picture = svg_of_curve(curve, told.language, people, title=finding)
    head = (
        told.text(curve.across), told.text(curve.up), told.say("人数", "people"),
        told.say("占比", "share"),
    )  # fmt: skip
    rows = tuple(
        (name, value, f"{count:,}", told.share(count, len(people)))
        for name, value, count in zip(where, values, counts, strict=True)
    )
    names = told.several(dict.fromkeys(drawn.policies))
    notes = [told.say(f"适用方案：{names}。", f"Policies: {names}.")]
    notes += [told.text(note) for note in curve.notes]
    notes.append(
        told.say(
            "实心点属于该段，空心点不属于；↗ ↘ 表示此后按同一直线继续。",
            "A filled dot belongs to its piece, a hollow one does not; ↗ and ↘ go on straight.",
        )
    )
    return Shown(finding, picture, Table(head, rows, 3), tuple(notes))
