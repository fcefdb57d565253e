"""What somebody asked to change of their targets, whether it counts, and the rule for it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.exact import plain
from perfrules.intake.from_tables import Subject
from perfrules.model.datum import Datum
from perfrules.papers.documents.change import Request
from perfrules.papers.documents.of_cycle import CycleOf

__all__ = ["requests_of", "rule_of"]

_NEEDS: Final = {
    "reason": Text("原因", "the reason"),
    "approved_by": Text("批准人", "who approved it"),
    "evidence": Text("佐证", "evidence"),
}


def requests_of(one: Subject, subjects: Sequence[Subject]) -> list[Request]:
    """The changes that a subject asked for, by date; those of the segments of somebody who moved
    are the person's."""
    own = [one, *(part for part in subjects if part.of == one.scorecard.subject)]
    found = [request for part in own for request in (*_held(part), *_refused(part))]
    return sorted(found, key=lambda request: (request.day is not None, request.day))


def _held(one: Subject) -> Iterator[Request]:
    """Those that count. A request that changed both the target and its date is one."""
    for name, measure in one.scorecard.measures.items():
        for change in measure.changes:
            due = next(
                (
                    due
                    for due in one.due_changes
                    if due.indicator == name and due.origin.place == change.new.origin.place
                ),
                None,
            )
            origin = change.new.origin
            yield Request(
                *_indicator(one, name), change.day, _number(change.old), _number(change.new),
                due.old if due else None, due.new if due else None, origin.reason,
                origin.approved_by, origin.evidence, None,
            )  # fmt: skip
    places = {
        change.new.origin.place
        for measure in one.scorecard.measures.values()
        for change in measure.changes
    }
    for due in one.due_changes:
        if due.origin.place not in places:
            yield Request(
                *_indicator(one, due.indicator), due.day, None, None, due.old, due.new,
                due.origin.reason, due.origin.approved_by, due.origin.evidence, None,
            )  # fmt: skip


def _refused(one: Subject) -> Iterator[Request]:
    for refused in one.refused:
        asked = refused.change
        if asked is None:
            continue
        why = refused.diagnostic.facts.get("why")
        message = Text(refused.diagnostic.message("zh"), refused.diagnostic.message("en"))
        yield Request(
            *_indicator(one, asked.indicator), asked.day, _number(asked.old), _number(asked.new),
            asked.old_due, asked.new_due, asked.origin.reason, asked.origin.approved_by,
            asked.origin.evidence, why if isinstance(why, Text) else message,
        )  # fmt: skip


def _indicator(one: Subject, name: str) -> tuple[Text, str]:
    """Title and unit of an indicator."""
    found = one.policy.indicator.get(name) if one.policy else None
    return (found.title, found.unit or "") if found else (Text(name, name), "")


def _number(datum: Datum | None) -> Decimal | None:
    return datum.value if datum is not None and isinstance(datum.value, Decimal) else None


def rule_of(one: Subject, cycle: CycleOf) -> str:
    """What the policy says of changes of targets, in a sentence."""
    rule = one.policy.target_changes if one.policy else None
    if rule is None:
        return cycle.say("考核方案不允许中途调整目标。", "The policy allows no change of a target.")
    needs = cycle.listed([_NEEDS[need].into(cycle.language) for need in rule.needs])
    often = cycle.say("次数不限", "as often as is asked")
    if rule.per_quarter is not None:
        limit = plain(rule.per_quarter)
        often = cycle.say(
            f"每项指标每季度最多 {limit} 次", f"at most {limit} a quarter an indicator"
        )
    if not needs:
        return cycle.say(f"{often}。", f"{often}.")
    return cycle.say(f"{often}；须写明{needs}。", f"{often}; it names {needs}.")
