"""The tables of a result folder -> rows of the overview."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from perfrules.codes.code import Text
from perfrules.exact import EXACT
from perfrules.model.incentive import LINES
from perfrules.papers.overview.from_result import name_of_group
from perfrules.papers.overview.rows import Everybody, Line, Missing, PolicyFacts, QuotaRow
from perfrules.papers.report.facts import Due, Refused
from perfrules.records.follow_ups import FOLLOW_UPS
from perfrules.records.groups import GROUPS
from perfrules.records.read import ResultFolder, bytes_of
from perfrules.records.seals import parsed
from perfrules.records.tables import (
    APPRAISALS,
    NOT_APPLIED,
    REJECTED,
    pay_column,
    read_table,
    unguarded,
)

__all__ = ["READ", "everybody_in", "follow_ups_in", "refused_in", "title_of"]

READ: Final = (APPRAISALS, REJECTED, FOLLOW_UPS, NOT_APPLIED, GROUPS)
"""The files that are read here, where the manifest lists them."""

Json = Mapping[str, Any]


def everybody_in(
    results: ResultFolder,
    policies: Mapping[str, Json],
    before: Mapping[str, tuple[str, str]] = {},
) -> Everybody:
    """The rows of everybody. `policies` are the resolved texts by label, `before` what the traces
    say of grades before quotas.

    Raises `UnreadableError`, `KeyError`, `ArithmeticError` where a table is not as it is written.
    """
    cycle = results.manifest.cycle
    rows = _table(results, APPRAISALS)
    plans = _plans(policies.values(), rows)
    units = {
        unguarded(row["person_id"]): unguarded(row["name"])
        for row in rows
        if row["kind"] != "person" and row["name"]
    }
    missing = _table(results, REJECTED)
    units |= {
        unguarded(row["person_id"]): unguarded(row["name"])
        for row in missing
        if row["what"] not in ("person", "row") and row["name"]
    }
    titles = {label: title_of(resolved) for label, resolved in policies.items()}
    roles = {str(one["policy"]): titles[label] for label, one in policies.items()}
    return Everybody(
        cycle=cycle.get("id", ""),
        title=Text(
            cycle.get("title_zh") or cycle.get("title_en", ""),
            cycle.get("title_en") or cycle.get("title_zh", ""),
        ),
        start=cycle.get("from", ""),
        end=cycle.get("to", ""),
        lines=tuple(_line(row, plans, units, titles, before) for row in rows),
        missing=tuple(_missing(row, roles) for row in missing if row["what"] != "segment"),
        policies={label: _facts(label, resolved) for label, resolved in policies.items()},
        plans=plans,
        budgets=_budgets(results),
    )


def title_of(rule: Json) -> Text:
    """The title of a policy, or of one of its rules."""
    found = rule.get("title") or {}
    zh, en = found.get("zh", ""), found.get("en", "")
    return Text(zh or en or str(rule.get("policy", "")), en or zh or str(rule.get("policy", "")))


def _line(
    row: Mapping[str, str], plans: Mapping[str, Text], units: Mapping[str, str],
    titles: Mapping[str, Text], before: Mapping[str, tuple[str, str]],
) -> Line:  # fmt: skip
    subject, grade = unguarded(row["person_id"]), unguarded(row["grade"]) or None
    group, first = before.get(subject, ("", grade))
    policy, team, department = (unguarded(row[one]) for one in ("policy", "team", "department"))
    role = unguarded(row["role"])
    amounts = {plan: row.get(pay_column(plan), "") for plan in plans}
    return Line(
        subject, unguarded(row["name"]), row["kind"], titles.get(policy, Text(role, role)), policy,
        units.get(team, team), units.get(department, department),
        Decimal(row["total"]) if row["total"] else None, grade, first,
        name_of_group(group, units) if group else "",
        {plan: Decimal(amount) for plan, amount in amounts.items() if amount},
        Decimal(row["pay_total"]) if row.get("pay_total") else None,
    )  # fmt: skip


def _missing(row: Mapping[str, str], roles: Mapping[str, Text]) -> Missing:
    cells = {name: unguarded(cell) for name, cell in row.items()}
    role = cells["role"]
    return Missing(
        cells["person_id"], cells["name"], cells["what"], roles.get(role, Text(role, role)),
        Text(cells["reason_zh"], cells["reason_en"]), Text(cells["help_zh"], cells["help_en"]),
        cells["code"], cells["place"],
    )  # fmt: skip


def _plans(policies: Iterable[Json], rows: list[dict[str, str]]) -> dict[str, Text]:
    """The titles of the lines of pay, in the order of the table's columns."""
    titles: dict[str, Text] = dict(LINES)
    for resolved in policies:
        for block in ("awards", "pools", "incentives"):
            for name, rule in resolved.get(block, {}).items():
                title = title_of(rule)
                titles[name] = title if title.zh else Text(name, name)
    columns = rows[0] if rows else {}
    names = [one.removeprefix("pay.") for one in columns if one.startswith("pay.")]
    return {name: titles.get(name, Text(name, name)) for name in names}


def _facts(label: str, resolved: Json) -> PolicyFacts:
    grades = [str(row.get("grade", row.get("otherwise"))) for row in resolved.get("grades", ())]
    quotas = resolved.get("distribution", {}).get("quotas", {})
    return PolicyFacts(
        label, title_of(resolved), tuple(grades),
        tuple(_quota(grade, share) for grade, share in quotas.items()),
    )  # fmt: skip


def _quota(grade: str, share: object) -> QuotaRow:
    if isinstance(share, dict):
        (word, value), *_ = share.items()
        return QuotaRow(grade, "at_most" if word == "at_most" else "at_least", Decimal(value))
    return QuotaRow(grade, "exactly", Decimal(str(share)))


def _budgets(results: ResultFolder) -> dict[str, Decimal]:
    """The amounts of pools, each once for each group that shares it."""
    found: dict[str, Decimal] = {}
    for line in (bytes_of(results.folder / GROUPS) or b"").splitlines():
        if b'"rule":"pools.' in line:
            record = parsed(line)
            plan = str(record["rule"]).partition(".")[2]
            amount = max((Decimal(one["amount"]) for one in record["members"]), default=Decimal(0))
            found[plan] = EXACT.add(found.get(plan, Decimal(0)), amount)
    return found


def follow_ups_in(results: ResultFolder) -> tuple[Due, ...]:
    """The follow-ups, the next that is due first."""
    return tuple(
        Due(
            unguarded(row["person_id"]), unguarded(row["name"]), unguarded(row["department"]),
            Text(unguarded(row["title_zh"]), unguarded(row["title_en"])), row["due"],
        )
        for row in _table(results, FOLLOW_UPS)
    )  # fmt: skip


def refused_in(results: ResultFolder) -> tuple[Refused, ...]:
    """Changes and calibrations that do not count."""
    return tuple(
        Refused(
            unguarded(row["person_id"]), unguarded(row["what"]),
            Text(unguarded(row["reason_zh"]), unguarded(row["reason_en"])),
            unguarded(row["place"]),
        )
        for row in _table(results, NOT_APPLIED)
    )  # fmt: skip


def _table(results: ResultFolder, name: str) -> list[dict[str, str]]:
    """The rows of a table; none where the run wrote none."""
    if all(file.path != name for file in results.manifest.outputs):
        return []
    return read_table(bytes_of(results.folder / name) or b"")
