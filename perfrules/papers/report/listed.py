"""Who and what is named: those without a result, those who stand out, what is to be done."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from perfrules.codes.code import Text
from perfrules.exact import plain
from perfrules.papers.overview.rows import Everybody, Missing
from perfrules.papers.paper.parts import Table
from perfrules.papers.report.facts import Due, Refused, ReportFacts
from perfrules.papers.report.parts import DASH, FEW, NAMED, Chapter, Shown, Teller

__all__ = ["due", "missing", "odd", "refused", "units"]

_MOST: Final = 200
"""So many rows has a list of a small run."""

_KINDS: Final = {
    "person": Text("个人", "person"), "team": Text("团队", "team"),
    "department": Text("部门", "department"), "project": Text("项目", "project"),
    "unit": Text("组织", "unit"), "row": Text("数据行", "row of data"),
}  # fmt: skip


def _most(everybody: Everybody) -> int:
    return _MOST if everybody.head_count <= FEW else NAMED


def _kind(kind: str, told: Teller) -> str:
    return told.text(_KINDS[kind]) if kind in _KINDS else kind


def _cut(shown: int, count: int, where: str, told: Teller) -> tuple[str, ...]:
    """That a list was cut, and where the rest stands."""
    if shown >= count:
        return ()
    return (
        told.say(
            f"另有 {count - shown:,} 条没有列出，见结果文件夹中的 {where}。",
            f"{count - shown:,} more are in {where} of the result folder.",
        ),
    )


def missing(everybody: Everybody, told: Teller) -> Chapter:
    """Who has no result, and why."""
    title = told.say("未出结果", "Without a result")
    found = everybody.missing
    if not found:
        none = told.say("所有人都有结果", "Everybody has a result")
        return Chapter("missing", title, (Shown(none),))
    others = len({(one.kind, one.subject) for one in found if one.kind not in ("person", "row")})
    finding = told.say(
        f"{everybody.head_count:,} 人中 {everybody.people_missing:,} 人未出结果",
        f"{everybody.people_missing:,} of {told.people(everybody.head_count)} have no result",
    )
    if others:
        finding += told.say(
            f"，另有 {others} 个团队、部门或项目",
            f", nor have {others} of the teams, departments and projects",
        )
    causes = Counter(one.code for one in found)
    if len(causes) > 1:
        finding += told.say(f"；原因 {len(causes)} 种", f"; {len(causes)} kinds of causes")
    most = _most(everybody)
    head = (
        told.say("编号", "id"), told.say("姓名", "name"), told.say("岗位", "role"),
        told.say("原因", "reason"), told.say("办法", "what to do"), told.say("位置", "place"),
    )  # fmt: skip
    rows = tuple(_without(one, told) for one in found[:most])
    notes = _cut(most, len(found), "rejected.csv", told)
    shown = [Shown(finding, "", Table(head, rows, shares=(6, 9, 12, 19, 16, 11)), notes)]
    if len(found) > most:
        shown.append(_causes(found, told))
    return Chapter("missing", title, tuple(shown))


def _without(one: Missing, told: Teller) -> tuple[str, ...]:
    role = told.text(one.role) if one.kind == "person" else _kind(one.kind, told)
    reason, advice = told.text(one.reason), told.text(one.help)
    return one.subject or DASH, one.name, role, reason, advice, one.place


def _causes(found: Sequence[Missing], told: Teller) -> Shown:
    """How many there are of each kind, where not all can be named."""
    causes = Counter(one.code for one in found).most_common()
    head = (told.say("原因代码", "code"), told.say("条数", "how many"))
    rows = tuple((code, f"{count:,}") for code, count in causes)
    return Shown(told.say("各种原因的条数", "How many of each cause"), "", Table(head, rows, 1))


def odd(facts: ReportFacts, told: Teller) -> Chapter:
    """Whom a calibration meeting should look at."""
    title = told.say("校准会议应复核的人", "To be looked at in the calibration meeting")
    counts = facts.odd_counts
    if not counts.people:
        none = told.say("没有人超出界限", "Nobody is beyond the limits")
        return Chapter("outliers", title, (Shown(none, notes=(_limits(told),)),))
    with_result = len(facts.everybody.people)
    finding = told.say(
        f"{with_result:,} 人中 {counts.people:,} 人应复核",
        f"{counts.people:,} of {told.people(with_result)} should be looked at",
    )
    kinds = (
        (told.say("离团队平均较远", "far from the mean of the team"), counts.far),
        (told.say("总分高于界限", "total above the limit"), counts.high),
        (told.say("总分低于界限", "total below the limit"), counts.low),
        (told.say("比上一周期变化大", "changed much since the cycle before"), counts.jumped),
        (told.say("评分人意见相差大", "raters disagree"), counts.raters),
    )
    head = (told.say("原因", "reason"), told.say("人数", "people"))
    rows = tuple((name, f"{count:,}") for name, count in kinds)
    first = Shown(finding, "", Table(head, rows, 1), (_limits(told),))
    most = min(_most(facts.everybody), len(facts.odd))
    names = (
        told.say("编号", "id"), told.say("姓名", "name"), told.say("团队", "team"),
        told.say("总分", "total"), told.say("为什么", "why"),
    )  # fmt: skip
    people = tuple(
        (
            one.person, one.name, one.group or DASH, plain(one.total),
            told.say("；", "; ").join(one.reasons),
        )
        for one in facts.odd[:most]
    )  # fmt: skip
    notes: tuple[str, ...] = ()
    if counts.people > most:
        notes = (
            told.say(
                f"另有 {counts.people - most:,} 人没有列出，运行 perfrules outliers 可看全部。",
                f"{counts.people - most:,} more are not listed: perfrules outliers has all.",
            ),
        )
    listed = told.say("理由最多的排在前面", "Those with most reasons first")
    table = Table(names, people, 1, shares=(6, 8, 8, 5, 40), after=1)
    return Chapter("outliers", title, (first, Shown(listed, "", table, notes)))


def _limits(told: Teller) -> str:
    return told.say(
        "界限与 perfrules outliers 的默认值相同：离团队平均超过 1.5 倍标准差，高于 95 或低于 60，"
        "比上一周期变化超过 15，评分相差超过 20。名单只供讨论，不改变任何结果。",
        "The limits are those of perfrules outliers: more than 1.5 standard deviations from the "
        "mean of the team, above 95 or below 60, changed by more than 15, ratings more than 20 "
        "apart. The list changes no result.",
    )


def due(facts: ReportFacts, told: Teller) -> Chapter:
    """What results set going."""
    title = told.say("后续跟进", "Follow-ups")
    found = facts.due
    if not found:
        return Chapter("follow-ups", title, (Shown(told.say("没有后续跟进", "There are none")),))
    dates = sorted(one.due for one in found if one.due)
    finding = told.say(f"共 {len(found):,} 项", f"{len(found):,} in all")
    if dates:
        finding += told.say(f"，最早 {dates[0]} 到期", f", the first due on {dates[0]}")
    head = (
        told.say("事项", "what"), told.say("项数", "how many"), told.say("最早到期", "first due"),
        told.say("最晚到期", "last due"),
    )  # fmt: skip
    first = Shown(finding, "", Table(head, tuple(_by_title(found, told)), 1, after=2))
    if facts.everybody.head_count > FEW:
        note = _cut(0, len(found), "follow_ups.csv", told)
        return Chapter("follow-ups", title, (Shown(finding, "", first.table, note),))
    names = (
        told.say("到期", "due"), told.say("事项", "what"), told.say("编号", "id"),
        told.say("姓名", "name"), told.say("部门", "department"),
    )  # fmt: skip
    rows = tuple(
        (one.due or DASH, told.text(one.title), one.subject, one.name, one.department or DASH)
        for one in found[:_MOST]
    )
    listed = told.say("先到期的在前", "The next that is due first")
    notes = _cut(_MOST, len(found), "follow_ups.csv", told)
    return Chapter("follow-ups", title, (first, Shown(listed, "", Table(names, rows), notes)))


def _by_title(found: Sequence[Due], told: Teller) -> Iterator[tuple[str, ...]]:
    groups: dict[Text, list[str]] = {}
    for one in found:
        groups.setdefault(one.title, []).append(one.due)
    for title, dates in groups.items():
        known = sorted(filter(None, dates))
        ends = (known[0], known[-1]) if known else (DASH, DASH)
        yield told.text(title), f"{len(dates):,}", *ends


def refused(facts: ReportFacts, told: Teller) -> Iterator[Chapter]:
    """Changes and calibrations that do not count; no chapter where there are none."""
    found = facts.refused
    if not found:
        return
    title = told.say("未生效的变更和校准", "Changes and calibrations that do not count")
    most = _most(facts.everybody)
    head = (
        told.say("编号", "id"), told.say("对象", "of what"), told.say("原因", "reason"),
        told.say("位置", "place"),
    )  # fmt: skip
    rows = tuple(_refused(one, told) for one in found[:most])
    finding = told.say(f"共 {len(found):,} 条", f"{len(found):,} in all")
    notes = _cut(most, len(found), "refused.csv", told)
    table = Table(head, rows, shares=(7, 14, 36, 15))
    yield Chapter("refused", title, (Shown(finding, "", table, notes),))


def _refused(one: Refused, told: Teller) -> tuple[str, ...]:
    return one.person, one.what, told.text(one.reason), one.place


def units(everybody: Everybody, told: Teller) -> Iterator[Chapter]:
    """Teams, departments, projects that are judged themselves; no chapter where none are."""
    found = everybody.units
    if not found:
        return
    title = told.say("团队、部门和项目的结果", "Results of teams, departments, projects")
    head = (
        told.say("编号", "id"), told.say("名称", "name"), told.say("类型", "kind"),
        told.say("等级", "grade"), told.say("总分", "total"), told.say("金额", "pay"),
    )  # fmt: skip
    rows = tuple(
        (
            one.subject, one.name or DASH, _kind(one.kind, told), one.grade or DASH,
            told.figure(one.total),
            DASH if one.pay_total is None else told.money(one.pay_total),
        )
        for one in sorted(found, key=lambda one: (one.kind, one.subject))[:_MOST]
    )  # fmt: skip
    finding = told.say(f"{len(found):,} 个有结果", f"{len(found):,} have a result")
    notes = _cut(_MOST, len(found), "appraisals.csv", told)
    yield Chapter("units", title, (Shown(finding, "", Table(head, rows, 2), notes),))
