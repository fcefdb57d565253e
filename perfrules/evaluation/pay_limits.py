"""Limits of money: those of an incentive, those of all incentives together, and the sum of all
that somebody is paid."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.evaluation.expression import figure
from perfrules.evaluation.names import Names
from perfrules.evaluation.trace import Bound, Refusal, Trace, number
from perfrules.exact import plain, rounded, within_limit
from perfrules.formula import Formula
from perfrules.model.appraisal import Step
from perfrules.model.grading import Veto
from perfrules.model.incentive import CUT, TOP_UP, IncentivePlan, PayLimits
from perfrules.model.written import Amount

__all__ = ["added_up", "kept_within", "money_limits"]

_Bounds = tuple[Bound | None, Bound | None]


def money_limits(
    trace: Trace, names: Names, limits: IncentivePlan | PayLimits, path: str, called: Text
) -> _Bounds:
    """The lower and the upper limit for this subject; each that is an expression is a step.

    Raises `Refusal` where the lower one is above the upper one.
    """
    low = _bound(trace, names, limits.at_least, f"{path}.at_least")
    high = _bound(trace, names, limits.at_most, f"{path}.at_most")
    _refuse_crossed(low, high, called, limits.place)
    return low, high


def _bound(trace: Trace, names: Names, amount: Amount | None, path: str) -> Bound | None:
    if isinstance(amount, Formula):
        return Bound(figure(trace, path, "pay", amount, names.anywhere), amount)
    return None if amount is None else Bound(amount, amount)


def _refuse_crossed(low: Bound | None, high: Bound | None, called: Text, place: str) -> None:
    if low is not None and high is not None and number(low.held) > number(high.held):
        facts = {"low": plain(number(low.held)), "high": plain(number(high.held))}
        raise Refusal("limits-crossed", place, where=called, **facts)


def kept_within(
    trace: Trace, names: Names, limits: PayLimits, plans: Sequence[str], vetoes: tuple[Veto, ...]
) -> None:
    """Brings what the incentives pay together within the limits, by a line of its own where it is
    not. Where there are no incentives there is nothing to limit.

    A limit that is no whole amount of money is made one on its own side: the upper one downwards,
    the lower one upwards. What vetoes take off the payouts goes off the lower limit as well, which
    would else pay it back.
    """
    for name in {CUT, TOP_UP}.intersection(plans):
        # A role that somebody held before has an incentive of this name.
        own = {"first": Text("激励方案", "an incentive"), "second": _LINE}
        raise Refusal("name-twice", limits.place, name=name, **own)
    lines = tuple(trace.steps[f"pay.{name}"] for name in plans)
    value = sum((number(line) for line in lines), Decimal(0))
    total = trace.add(f"{limits.path}.sum", "pay", "sum", lines, within_limit(value))
    if limits.at_least is not None and _waived(trace, limits.at_least):
        limits = replace(limits, at_least=None)
    low, high = money_limits(trace, names, limits, limits.path, _TOGETHER)
    low = low and _whole(trace, _vetoed(trace, low, vetoes), f"{limits.path}.at_least", "up")
    high = high and _whole(trace, high, f"{limits.path}.at_most", "down")
    _refuse_crossed(low, high, _TOGETHER, limits.place)
    if low is not None and value < number(low.held):
        _line(trace, TOP_UP, low, total)
    elif high is not None and value > number(high.held):
        _line(trace, CUT, high, total)


_LINE: Final = Text("payouts 的一行", "a line of `payouts`")
_TOGETHER: Final = Text("激励合计", "all incentives together")


def _waived(trace: Trace, floor: Amount) -> bool:
    """Whether no lower limit holds, since a veto took something off the pay of one of the roles
    that somebody held: what it took cannot be told from what was not earned."""
    lowered = tuple(
        trace.given(f"segments.{row}.lowered", segment.lowered)
        for row, segment in enumerate(trace.scorecard.segments, 1)
        if segment.lowered is not None
    )
    if lowered:
        path = f"{floor.path}.waived"
        trace.add(path, "pay", "waived", lowered, True, "skipped", floor)
    return bool(lowered)


def _vetoed(trace: Trace, low: Bound, vetoes: tuple[Veto, ...]) -> Bound:
    """The lower limit times what each veto leaves of the pay."""
    held, paying = low.held, [(one, one.then.pay) for one in vetoes if one.then.pay is not None]
    for place, (veto, share) in enumerate(paying, 1):
        into = f"{low.rule.path}.vetoed" + ("" if place == 1 else f".{place}")
        value = within_limit(number(held) * share.value)
        held = trace.add(into, "pay", "multiply", (held, share), value, rule=veto)
    return Bound(held, low.rule)


def _whole(trace: Trace, limit: Bound, path: str, way: str) -> Bound:
    """The limit in whole units of money; a step only where that is another number."""
    rounding, value = trace.policy.rounding.pay, number(limit.held)
    whole = rounded(value, rounding.places, "ceiling" if way == "up" else "floor")
    if whole == value:
        return limit
    step = trace.add(
        f"{path}.whole", "pay", f"whole_{way}", (limit.held,), whole, rounding=rounding
    )
    return Bound(step, limit.rule)


def _line(trace: Trace, name: str, limit: Bound, total: Step) -> None:
    """The line that brings the sum to the limit."""
    value = within_limit(number(limit.held) - number(total))
    trace.add(f"pay.{name}", "pay", "less", (limit.held, total), value, "capped", limit.rule)


def added_up(trace: Trace) -> None:
    """The sum of all lines of pay, whatever they come from; nothing where there is none."""
    lines = tuple(
        step for path, step in trace.steps.items() if path[:4] == "pay." and "." not in path[4:]
    )
    if lines:
        value = sum((number(line) for line in lines), Decimal(0))
        trace.add("pay_total", "pay", "sum", lines, within_limit(value))
