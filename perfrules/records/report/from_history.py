"""The folder of a cycle -> the cycles before it, as its `history` has them."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from perfrules.codes.code import Text
from perfrules.cycle.evaluate_cycle import open_cycle
from perfrules.diagnostics import Diagnostic
from perfrules.intake.from_tables import Subject
from perfrules.model.datum import Datum
from perfrules.model.history import Past
from perfrules.papers.overview.rows import Everybody, Line
from perfrules.records.intact import unlike
from perfrules.records.read import ResultFolder

__all__ = ["cycles_before", "other_data"]


def other_data(results: ResultFolder, folder: Path) -> Iterator[Diagnostic]:
    """The files of the cycle's folder that are not those which the results were made of."""
    for name, place, there in unlike(results.manifest.inputs, folder):
        code = "changed-input" if there else "missing-input"
        yield Diagnostic(code, place, {"path": name})


def cycles_before(folder: Path) -> tuple[Everybody, ...]:
    """The cycles that people of this one have behind them, oldest first: totals, grades, what was
    paid, each only where the history has it. Nobody else of those cycles is in it."""
    found: dict[str, list[Line]] = {}
    ends: dict[str, tuple[datetime.date, str, str]] = {}
    for subject in open_cycle(folder).subjects:
        if subject.of or subject.kind != "person":
            continue
        for past in subject.scorecard.history:
            found.setdefault(past.cycle, []).append(_line(subject, past))
            start = past.start.isoformat() if past.start else ""
            end = past.end.isoformat() if past.end else ""
            ends[past.cycle] = past.end or datetime.date.min, start, end
    return tuple(
        _everybody(cycle, ends[cycle][1], ends[cycle][2], found[cycle])
        for cycle in sorted(found, key=lambda one: (ends[one][0], one))
    )


def _line(subject: Subject, past: Past) -> Line:
    grade = past.grade.value if past.grade else None
    amounts = {name: _number(datum) for name, datum in past.pay.items()}
    pay = {name: amount for name, amount in amounts.items() if amount is not None}
    return Line(
        subject.scorecard.subject, subject.name, "person", Text("", ""), "", subject.team,
        subject.department, _number(past.total), None if grade is None else str(grade), pay=pay,
    )  # fmt: skip


def _number(datum: Datum | None) -> Decimal | None:
    value = datum.value if datum else None
    return value if isinstance(value, Decimal) else None


def _everybody(cycle: str, start: str, end: str, lines: list[Line]) -> Everybody:
    return Everybody(cycle, Text(cycle, cycle), start, end, tuple(lines), (), {}, {}, {}, True)
