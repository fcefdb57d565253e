"""What somebody asked to change of their targets, whether it counts, and the rule for it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfrules.codes.code import Text
from perfrules.intake.from_tables import Subject
from perfrules.model.datum import Datum
from perfrules.papers.documents.change import Request
from perfrules.papers.documents.of_cycle import CycleOf
from perfrules.words.rules.course import change_rules
from perfrules.words.rules.rule import glossary_of

__all__ = ["requests_of", "rule_of"]


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
    """What the policy says of changes of targets, in a sentence; empty for who has no policy."""
    if one.policy is None:
        return ""
    told = glossary_of(one.policy.resolved, cycle.language)
    rule = next(change_rules(told))
    stop, joint = cycle.say("。", "."), cycle.say("；", "; ")
    return joint.join((rule.figures, *rule.lines)) + stop
