"""激励措施兑现表: what everybody is paid and why, totals by department; or a payroll list."""

import functools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfrules.codes.code import Language
from perfrules.exact import EXACT, plain
from perfrules.papers.documents.pay_lines import Paid, PayLine
from perfrules.papers.paper.parts import Paper, Part, Point, Signing, Table
from perfrules.words.amounts import grouped

__all__ = ["PayoutOf", "payout"]

DASH = "—"


class PayoutOf(NamedTuple):
    """The run that is paid out: its cycle, who has no result and why, the digest of the run."""

    language: Language
    cycle: str
    head: tuple[tuple[str, str], ...]
    rejected: tuple[tuple[str, str, str], ...]
    digest: str

    def say(self, zh: str, en: str) -> str:
        """The one of two sentences that is in the paper's language."""
        return zh if self.language == "zh" else en


def payout(found: Sequence[Paid], run: PayoutOf, *, payroll: bool = False) -> Paper:
    """One paper for all of `found`; with `payroll` a list of id, name and amount."""
    parts = [_payroll(found, run)] if payroll else [_lines(found, run), _totals(found, run)]
    if run.rejected:
        title = run.say("未出结果，没有列入", "Without a result, and not listed above")
        points = tuple(
            Point(" ".join(filter(None, (person, name))), reason)
            for person, name, reason in run.rejected
        )
        parts.append(Part("rejected", title, points))
    names = (
        run.say("编制人签字", "Drawn up by"),
        run.say("部门负责人签字", "Signature of the head"),
        run.say("财务签字", "Signature of finance"),
    )
    signing = Signing((), names, run.say("日期", "Date"))
    parts.append(Part("signing", run.say("审批", "Approval"), signing=signing))
    title = run.say("激励措施兑现表", "Payout of incentives")
    if payroll:
        title = run.say("激励金额发放清单", "Incentives for the payroll")
    return Paper(
        kind="payout",
        language=run.language,
        title=title,
        cycle=run.cycle,
        secrecy=run.say("保密", "Confidential"),
        head=run.head,
        parts=tuple(parts),
        seal=((run.say("结果摘要", "digest of the results"), f"sha256:{run.digest}"),),
        wide=not payroll,
    )


def _lines(found: Sequence[Paid], run: PayoutOf) -> Part:
    head = (
        run.say("工号", "id"),
        run.say("姓名", "name"),
        run.say("部门", "department"),
        run.say("等级", "grade"),
        run.say("激励项目", "incentive"),
        run.say("计算", "how it came about"),
        run.say("基数", "base"),
        run.say("比例", "rate"),
        run.say("系数", "factors"),
        run.say("金额", "amount"),
        run.say("签字", "signature"),
    )
    rows: list[tuple[str, ...]] = []
    for one in found:
        # A unit that has no incentive is none of this paper's; a person is said to have none.
        if one.lines or one.awards or one.kind == "person":
            rows += _rows(one, run)
    shares = (12, 17, 18, 18, 18, 42, 16, 11, 13, 21, 14)
    table = Table(head, tuple(rows), figures=4, after=1, shares=shares)
    return Part("lines", run.say("兑现明细", "Line by line"), table=table)


def _rows(one: Paid, run: PayoutOf) -> list[tuple[str, ...]]:
    who = (one.subject, one.about.name, one.about.department, one.grade)
    rows: list[tuple[str, ...]] = []
    for line in one.lines:
        calculation = (line.base, line.rate, line.factors, _shown(line.amount, line.shown))
        rows.append((*who, line.title, line.told, *calculation, ""))
        who = ("", "", "", "")
    awards = run.say("、", ", ").join(one.awards)
    if awards:
        awards = run.say(f"非现金激励：{awards}", f"without money: {awards}")
    if len(one.lines) > 1 or awards:
        total = DASH if one.total is None else _shown(one.total, one.shown)
        title = run.say("合计", "in all") if one.lines else DASH
        rows.append((*who, title, awards, "", "", "", total, ""))
    elif not one.lines:
        rows.append((*who, DASH, run.say("没有激励项目", "no incentive"), "", "", "", DASH, ""))
    return rows


def _shown(amount: Decimal, text: str) -> str:
    """An amount with its thousands set apart."""
    number, _, unit = text.partition(" ")
    return f"{grouped(number)} {unit}".rstrip()


def _totals(found: Sequence[Paid], run: PayoutOf) -> Part:
    """By department and plan, each sum of one currency; below them, all."""
    departments: dict[str, list[Paid]] = {}
    for one in found:
        if one.lines:
            departments.setdefault(one.about.department, []).append(one)
    head = (
        run.say("部门", "department"),
        run.say("激励项目", "incentive"),
        run.say("人数", "people"),
        run.say("金额", "amount"),
    )
    rows: list[tuple[str, ...]] = []
    for name, those in departments.items():
        title = name or run.say("未填部门", "none")
        for plan, sums in _by_plan(those):
            rows.append((title, plan, *sums))
            title = ""
        rows += [("", run.say("小计", "sum"), *sums) for sums in _wholes(those)]
    everybody = [one for those in departments.values() for one in those]
    foot = tuple((run.say("合计", "in all"), "", *sums) for sums in _wholes(everybody))
    table = Table(head, tuple(rows), figures=2, foot=foot, shares=(24, 30, 12, 24))
    return Part("totals", run.say("按部门汇总", "By department"), table=table)


def _by_plan(those: Sequence[Paid]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each plan, how many have it, and what they are paid."""
    lines: dict[tuple[str, str], list[PayLine]] = {}
    for line in (line for one in those for line in one.lines):
        lines.setdefault((line.title, line.unit), []).append(line)
    for (title, unit), found in lines.items():
        yield title, (str(len(found)), f"{_sum(found)} {unit}".rstrip())


def _wholes(those: Sequence[Paid]) -> Iterator[tuple[str, str]]:
    """How many there are in each currency, and what they are paid."""
    units: dict[str, list[Paid]] = {}
    for one in those:
        units.setdefault(one.unit, []).append(one)
    for unit, found in units.items():
        yield str(len(found)), f"{_sum(found)} {unit}".rstrip()


def _sum(found: Sequence[PayLine | Paid]) -> str:
    """The exact sum, with the places of its currency; a dash where there is nothing to add."""
    amounts = [one.amount if isinstance(one, PayLine) else one.total or Decimal(0) for one in found]
    total = functools.reduce(EXACT.add, amounts, Decimal(0))
    places = max((one.places for one in found), default=0)
    return grouped(_money(total, places)) if found else DASH


def _money(amount: Decimal, places: int) -> str:
    """A number with at least so many places."""
    whole, _, decimals = plain(amount).partition(".")
    decimals = decimals.ljust(places, "0")
    return f"{whole}.{decimals}" if decimals else whole


def _payroll(found: Sequence[Paid], run: PayoutOf) -> Part:
    """Everybody who has a plan, also those who get nothing; units are none of the payroll's."""
    people = [one for one in found if one.kind == "person" and one.total is not None]
    units = {one.unit for one in people}
    many = len(units) > 1
    head = (
        run.say("工号", "id"),
        run.say("姓名", "name"),
        *((run.say("货币", "currency"),) if many else ()),
        run.say("金额", "amount"),
    )
    rows = tuple(
        (
            one.subject,
            one.about.name,
            *((one.unit,) if many else ()),
            _money(one.total, one.places) if one.total is not None else "",
        )
        for one in people
    )
    foot = () if many else ((run.say("合计", "in all"), "", _sum(people).replace(",", "")),)
    unit = "" if many else next(iter(units), "")
    remark = run.say(f"单位：{unit}", f"in {unit}") if unit else ""
    table = Table(head, rows, figures=1, foot=foot)
    return Part("payroll", run.say("发放清单", "Payroll"), table=table, remark=remark)
