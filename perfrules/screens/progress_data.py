"""How a cycle stands, for other programs: JSON with everything, CSV with the courses.

Decimals are texts, ratios are not percentages, dates are ISO dates.
"""

import csv
import io
import json
from decimal import Decimal
from typing import Any, Final

from perfrules.exact import plain
from perfrules.model.tracking import Alarm, Awaited, Course, Improvement, MilestoneCheck, Tracking

__all__ = ["FORMAT", "progress_csv", "progress_json"]

FORMAT: Final = "perfrules-progress/1"

Json = dict[str, Any]

_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
_COLUMNS: Final = (
    "person_id", "name", "indicator", "date", "actual", "target", "attainment", "sum", "note",
    "reason", "measure",
)  # fmt: skip


def progress_json(found: Tracking) -> str:
    """The whole report, ending with a newline."""
    node = {
        "format": FORMAT,
        "cycle": found.cycle,
        "title": found.title._asdict(),
        "on": found.on.isoformat(),
        "courses": [_course(one) for one in found.courses],
        "warnings": [_alarm(one) for one in found.alarms],
        "milestones": [_milestone(one) for one in found.milestones],
        "improvements": [_improvement(one, found) for one in found.improvements],
        "missing": [_awaited(one) for one in found.awaited],
        "deadlines": [
            {
                "id": one.id,
                "title": one.title._asdict(),
                "date": one.day.isoformat(),
                "working_days_left": one.days_left,
            }
            for one in found.dues
        ],
    }
    return json.dumps(node, ensure_ascii=False, indent=2) + "\n"


def progress_csv(found: Tracking) -> str:
    """The courses as CSV, a row for each week or month, ending with a newline.

    A text that a spreadsheet would take for a formula is led by a `'`.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for course in found.courses:
        about = [_guarded(text) for text in (course.subject, course.name, course.indicator)]
        for one in course.points:
            figures = (one.actual, one.target, one.attainment, one.total)
            cells = ["" if figure is None else plain(figure) for figure in figures]
            writer.writerow(
                [
                    *about,
                    one.day.isoformat(),
                    *cells,
                    *map(_guarded, (one.note, one.reason, one.measure)),
                ]
            )
    return out.getvalue()


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _course(one: Course) -> Json:
    return {
        "person_id": one.subject,
        "name": one.name,
        "indicator": one.indicator,
        "title": one.title._asdict(),
        "unit": one.unit,
        "points": [
            {
                "date": point.day.isoformat(),
                "actual": _number(point.actual),
                "target": _number(point.target),
                "attainment": _number(point.attainment),
                "sum": _number(point.total),
                "note": point.note,
                "reason": point.reason,
                "measure": point.measure,
                "place": point.place,
            }
            for point in one.points
        ],
    }


def _improvement(one: Improvement, found: Tracking) -> Json:
    return {
        "person_id": one.subject,
        "name": one.name,
        "gap": one.gap,
        "measure": one.measure,
        "support": one.support,
        "owner": one.owner,
        "due": one.due.isoformat() if one.due else None,
        "state": one.state,
        "overdue": one.is_overdue(found.on),
        "note": one.note,
        "place": one.place,
    }


def _alarm(one: Alarm) -> Json:
    warning = one.warning
    return {
        "person_id": one.subject,
        "name": one.name,
        "indicator": one.indicator,
        "warning": warning.name,
        "title": warning.title._asdict(),
        "every": warning.every,
        "below": plain(warning.below.value),
        "times": warning.times,
        "gap": warning.gap,
        "rule": warning.place,
        "since": one.due.isoformat(),
        "open": one.is_open,
        "periods": [
            {"date": day.isoformat(), "attainment": plain(value)} for day, value in one.periods
        ],
    }


def _milestone(one: MilestoneCheck) -> Json:
    return {
        "goal": one.goal._asdict(),
        "person_id": one.subject or None,
        "name": one.name,
        "indicator": one.indicator,
        "title": one.title._asdict(),
        "unit": one.unit or None,
        "by": one.by.isoformat(),
        "needed": _number(one.needed),
        "reached": _number(one.reached),
        "as_of": one.as_of.isoformat() if one.as_of else None,
        "status": one.status,
        "place": one.place,
    }


def _awaited(one: Awaited) -> Json:
    return {
        "person_id": one.subject,
        "name": one.name,
        "indicator": one.indicator,
        "title": one.title._asdict(),
        "rater_groups": list(one.groups),
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
