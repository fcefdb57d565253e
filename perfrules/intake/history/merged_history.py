"""The history table and earlier result folders as one history, and what they disagree about."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.intake.cells.units import shown_amount
from perfrules.intake.history.cycle_order import CycleOrder
from perfrules.intake.history.past_results import ends_of
from perfrules.intake.people.roster import Draft, Roster
from perfrules.model.datum import Datum
from perfrules.model.history import Past, PastMeasure
from perfrules.model.scorecard import Cycle

__all__ = ["disagreement", "merged"]

_WORDS: Final[Mapping[str, Text]] = {
    "total": Text("总分", "total"),
    "grade": Text("等级", "grade"),
    "actual": Text("实际值", "actual"),
    "target": Text("目标值", "target"),
    "attainment": Text("达成率", "attainment"),
    "score": Text("得分", "score"),
    "paid": Text("已发金额", "amount paid"),
}


def merged(
    listed: Mapping[str, tuple[Past, ...]],
    found: Mapping[str, tuple[Past, ...]],
    roster: Roster,
    current: Cycle,
) -> dict[str, tuple[Past, ...]]:
    """The history table and the result folders as one, for the people in the roster.

    `listed` comes from `read_history`, `found` from `past_results`. What both know of a cycle has
    to be the same, or it is a problem of the person; what only one knows of it is taken from
    there.
    """
    order = CycleOrder(current, ends_of(found))
    starts = {past.cycle: past.start for pasts in found.values() for past in pasts}
    whole: dict[str, tuple[Past, ...]] = {}
    for person, draft in roster.drafts.items():
        cycles = {order.key(past.cycle): past for past in found.get(person, ())}
        for past in listed.get(person, ()):
            key = order.key(past.cycle)
            kept = cycles.get(key)
            if kept is not None:
                cycles[key] = _joined(past, kept, draft)
            else:
                cycles[key] = replace(past, start=past.start or starts.get(past.cycle))
        if cycles:
            pasts, lost = order.newest_first(cycles.values())
            for past in lost:
                draft.problems.append(
                    Diagnostic("undated-cycle", _place_of(past), {"cycle": past.cycle})
                )
            whole[person] = pasts
    return whole


def _joined(listed: Past, kept: Past, draft: Draft) -> Past:
    """One cycle from both; the result folder's word goes first."""

    def one(key: tuple[str, str], here: Datum | None, there: Datum | None) -> Datum | None:
        if here is not None and there is not None and here.value != there.value:
            draft.problems.append(disagreement(draft.id, kept.cycle, key, here, there))
        return there or here

    nothing = PastMeasure()
    measures = {
        name: PastMeasure(
            *(
                one((name, what), getattr(listed.measures.get(name, nothing), what),
                    getattr(kept.measures.get(name, nothing), what))
                for what in PastMeasure._fields
            )
        )
        for name in dict.fromkeys((*kept.measures, *listed.measures))
    }  # fmt: skip
    total = one(("", "total"), listed.total, kept.total)
    grade = one(("", "grade"), listed.grade, kept.grade)
    pay = {
        name: datum
        for name in dict.fromkeys((*kept.pay, *listed.pay))
        if (datum := one((name, "paid"), listed.pay.get(name), kept.pay.get(name))) is not None
    }
    return replace(kept, total=total, grade=grade, measures=measures, pay=pay)


def _place_of(past: Past) -> str:
    """Where a cycle is told of."""
    data = [past.total, past.grade, *(one for row in past.measures.values() for one in row)]
    data += past.pay.values()
    return next((datum.origin.place for datum in data if datum is not None), "")


def disagreement(
    person: str, cycle: str, key: tuple[str, str], datum: Datum, other: Datum
) -> Diagnostic:
    """Two values of one figure: `key` is the indicator (empty for a total), or the
    incentive, and what it is."""
    indicator, what = key
    words, unit = _WORDS[what], "%" if what == "attainment" else None
    named = Text(f"{indicator} 的{words.zh}", f"{words.en} of {indicator}") if indicator else words
    facts = {
        "person": person,
        "cycle": cycle,
        "what": named,
        "found": shown_amount(datum.value, unit),
        "other": shown_amount(other.value, unit),
        "where": other.origin.place,
    }
    return Diagnostic("history-disagrees", datum.origin.place, facts)
