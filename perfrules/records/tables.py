"""The tables of a result folder: appraisals.csv and rejected.csv, written and read again.

Excel opens them: UTF-8 with a mark, and no text that it would take for a formula.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from perfrules.diagnostics import Diagnostic
from perfrules.exact import plain
from perfrules.model.cycle_result import CycleResult, Judged
from perfrules.records.seals import UnreadableError

__all__ = [
    "APPRAISALS",
    "NOT_APPLIED",
    "PAY_TOTAL",
    "REJECTED",
    "STRAY_ROW",
    "TABLES",
    "WORKBOOK",
    "RejectedRow",
    "appraisal_cells",
    "appraisal_rows",
    "guarded",
    "is_amount",
    "not_applied_rows",
    "pay_column",
    "read_lines",
    "read_table",
    "rejected_rows",
    "table_text",
    "trace_cells",
    "unguarded",
]

APPRAISALS: Final = "appraisals.csv"
REJECTED: Final = "rejected.csv"
STRAY_ROW: Final = "row"
"""What a line of rejected.csv is where it is about no subject."""
NOT_APPLIED: Final = "refused.csv"
WORKBOOK: Final = "appraisals.xlsx"
TABLES: Final = (APPRAISALS, REJECTED, NOT_APPLIED)
"""The tables whose digests the workbook names."""

PAY_TOTAL: Final = "pay_total"

_MARK: Final = b"\xef\xbb\xbf"
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
_ABOUT_THE_PERSON: Final = ("person_id", "name", "kind", "role", "team", "department")
_RESULT: Final = ("policy", "total", "grade", "excluded", "vetoed", "awards", "follow_ups")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula; a leading `'` keeps it a text."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """The text as it was before it was guarded."""
    rest = text.removeprefix("'")
    return rest if guarded(rest) == text else text


def pay_column(plan: str) -> str:
    """The column of an incentive plan."""
    return f"pay.{plan}"


def appraisal_rows(result: CycleResult) -> Iterator[list[str]]:
    """appraisals.csv: who has a result, in the order of the ids."""
    plans = result.pay_titles
    total = [PAY_TOTAL] if plans else []
    header = [*_ABOUT_THE_PERSON, *_RESULT, *map(pay_column, plans), *total]
    yield header
    for one in result.complete:
        cells = appraisal_cells(one)
        yield [_cell(column, cells.get(column, "")) for column in header]


def _cell(column: str, text: str) -> str:
    """A figure as it is, also a negative one; a text so that it stays one."""
    return text if is_amount(column) else guarded(text)


def is_amount(column: str) -> bool:
    """Whether a column of appraisals.csv has figures, which are no texts to be guarded."""
    return column in ("total", PAY_TOTAL) or column.startswith("pay.")


def appraisal_cells(one: Judged) -> dict[str, str]:
    """What appraisals.csv says of one subject, by column."""
    return {
        "person_id": one.person,
        "name": one.name,
        "kind": one.kind,
        "role": one.role,
        "team": one.team,
        "department": one.department,
        "policy": one.policy or "",
        "total": _plain(one.total),
        "grade": one.grade or "",
        "excluded": "; ".join(line.name for line in one.indicators if line.excluded),
        "vetoed": "; ".join(one.vetoed),
        "awards": "; ".join(one.awards),
        "follow_ups": "; ".join(one.follow_ups),
        **{pay_column(plan): plain(amount) for plan, amount in one.pay.items()},
        PAY_TOTAL: _plain(one.pay_total),
    }


def _plain(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def trace_cells(record: Mapping[str, Any]) -> dict[str, str]:
    """What appraisals.csv should say of a trace; nothing of names and teams."""
    policy = record["policy"]
    return {
        "person_id": record["subject"],
        "policy": f"{policy['id']}@{policy['version']}",
        "total": record["total"] or "",
        "grade": record["grade"] or "",
        "excluded": "; ".join(record["excluded"]),
        "vetoed": "; ".join(record["vetoed"]),
        "kind": record["subject_kind"],
        "awards": "; ".join(record["awards"]),
        "follow_ups": "; ".join(record["follow_ups"]),
        **{pay_column(plan): amount for plan, amount in record["pay"].items()},
        PAY_TOTAL: record.get("pay_total", ""),
    }


class RejectedRow(NamedTuple):
    """A line of rejected.csv: a subject without a result (one line a reason), or a stray row.

    `what` is the subject's kind, or `row`.
    """

    what: str
    person_id: str
    name: str
    role: str
    place: str
    code: str
    reason_zh: str
    help_zh: str
    reason_en: str
    help_en: str


def rejected_rows(result: CycleResult) -> Iterator[list[str]]:
    """rejected.csv: who has no result and why, then the rows that belong to nobody."""
    yield list(RejectedRow._fields)
    for one in result.rejected:
        for problem in one.reasons:
            place = str(problem.place or one.place)
            row = _reason(one.kind, problem, place, one.person, one.name, one.role)
            yield [guarded(cell) for cell in row]
    for problem in result.unattached:
        row = _reason(STRAY_ROW, problem, str(problem.place or ""), "", "", "")
        yield [guarded(cell) for cell in row]


def not_applied_rows(result: CycleResult) -> Iterator[list[str]]:
    """refused.csv: changes of targets and calibrations that do not count, and why."""
    yield ["table", "person_id", "what", "place", "code", *_REASON]
    for one in result.not_applied:
        reason = one.reason
        texts = (*(part(lang) for lang in ("zh", "en") for part in (reason.message, reason.help)),)
        yield [guarded(cell) for cell in (*one[:4], reason.code, *texts)]


_REASON: Final = ("reason_zh", "help_zh", "reason_en", "help_en")


def _reason(
    what: str, problem: Diagnostic, place: str, person: str, name: str, role: str
) -> RejectedRow:
    chinese = (problem.message("zh"), problem.help("zh"))
    english = (problem.message("en"), problem.help("en"))
    return RejectedRow(what, person, name, role, place, problem.code, *chinese, *english)


def table_text(rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Rows as the bytes of a CSV file."""
    yield _MARK
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in rows:
        writer.writerow(row)
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def read_table(data: bytes) -> list[dict[str, str]]:
    """The rows of such a file by column; raises `UnreadableError` where it is none."""
    header, *rows = read_lines(data)
    return [dict(zip(header, row, strict=True)) for row in rows]


def read_lines(data: bytes) -> list[list[str]]:
    """The rows of such a file, its header first; raises `UnreadableError` where it is none."""
    try:
        text = data.removeprefix(_MARK).decode("utf-8")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (ValueError, csv.Error) as error:
        raise UnreadableError(str(error)) from None
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        raise UnreadableError("rows of unequal length")
    return rows
