"""Calibrations and appeals: dated entries that put a value in the place of another.

Nothing is overwritten: the value before, the entry with its reason and who approved it, and the
value after all stay in the trace.
"""

from collections.abc import Sequence
from decimal import Decimal

from perfrules.evaluation.trace import Chain, Refusal, Trace
from perfrules.exact import plain
from perfrules.model.appraisal import Step
from perfrules.model.datum import Datum, Value
from perfrules.model.scorecard import Revision

__all__ = ["entry", "of", "revise", "revised_datum"]


def of(trace: Trace, what: str) -> Sequence[tuple[int, Revision]]:
    """The entries on `what`, numbered, in the order of their dates."""
    return [*enumerate((one for one in trace.scorecard.revisions if one.what == what), 1)]


def entry(trace: Trace, path: str, row: int, revision: Revision, before: Value) -> Step:
    """The entry's step; raises `Refusal` where what it wants to revise is no longer there."""
    if revision.before.value != before:
        facts = {"what": revision.what, "stated": _shown(revision.before.value)}
        place = revision.after.origin.place
        raise Refusal("revision-out-of-date", place, **facts, found=_shown(before))
    return trace.given(f"{path}.revision.{row}", revision.after, "revision")


def _shown(value: Value) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)


def revise(chain: Chain, trace: Trace, what: str) -> None:
    """The entries on a figure, each a link of its chain."""
    for row, revision in of(trace, what):
        step = entry(trace, chain.path, row, revision, chain.value)
        if not isinstance(step.value, Decimal):
            raise Refusal("not-a-figure", revision.after.origin.place, name=what, value=step.value)
        name = f"revised.{row}"
        chain.then(name, "revise", step, value=step.value)


def revised_datum(trace: Trace, indicator: str, what: str, datum: Datum) -> Step:
    """The actual of the indicator at a path, as an appeal corrected it, or as it is."""
    path = f"{indicator}.actual"
    entries = of(trace, what)
    if not entries:
        return trace.given(path, datum)
    before = trace.given(f"{path}.before", datum)
    value, steps = datum.value, [before]
    for row, revision in entries:
        step = entry(trace, path, row, revision, value)
        value = step.value
        steps.append(step)
    return trace.add(path, "datum", "revise", tuple(steps), value)
