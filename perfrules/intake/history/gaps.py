"""What a history does not tell of those whose policies add up the year: a cycle without a result,
a cycle without dates."""

from collections.abc import Mapping

from perfrules.diagnostics import Diagnostic
from perfrules.intake.history.cycle_order import CycleOrder
from perfrules.intake.history.past_results import Lost
from perfrules.intake.people.roster import Draft, Roster
from perfrules.language.formulas_of_policy import reads_the_past
from perfrules.model.history import Past
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle

__all__ = ["report_gaps"]


def report_gaps(
    history: Mapping[str, tuple[Past, ...]],
    lost: Mapping[str, Lost],
    roster: Roster,
    current: Cycle,
) -> None:
    """Gives an error to whoever reads `year.` or `paid.` over a gap: what is missing there would
    count as nothing."""
    readers: dict[str, bool] = {}
    order = CycleOrder(current, {})
    for person in {**history, **lost}:
        draft = roster.drafts.get(person)
        policy = _policy(draft)
        if draft is None or policy is None:
            continue
        if policy.label not in readers:
            readers[policy.label] = reads_the_past(policy)
        if readers[policy.label]:
            _report(draft, history.get(person, ()), lost.get(person), order)


def _policy(draft: Draft | None) -> Policy | None:
    rules = draft.last_rules if draft is not None else None
    return rules.policy if rules is not None else None


def _report(draft: Draft, pasts: tuple[Past, ...], lost: Lost | None, order: CycleOrder) -> None:
    if lost is not None and order.key(lost.cycle) not in {order.key(one.cycle) for one in pasts}:
        facts = {"person": draft.id, "cycle": lost.cycle, "where": lost.place}
        draft.problems.append(Diagnostic("no-result-then", draft.place, facts))
    undated = next((past for past in pasts if not past.is_dated), None)
    if undated is not None:
        data = [undated.total, undated.grade, *undated.pay.values()]
        data += [one for row in undated.measures.values() for one in row]
        place = next((one.origin.place for one in data if one is not None), "")
        draft.problems.append(Diagnostic("undated-cycle", place, {"cycle": undated.cycle}))
