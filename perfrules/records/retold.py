"""Records -> the lines that tables and workbook were written from.

Figures, codes and dates come from the traces, titles from the kept policies. Names, teams and
roles stand in no trace: they come from the tables, so that the files are held against each other.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, NamedTuple, cast

from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.exact import EXACT
from perfrules.model.cycle_result import CycleResult, IndicatorLine, Judged, NotApplied
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Value
from perfrules.model.standing import Group
from perfrules.records.deltas import Entry, entries_in
from perfrules.records.manifest import Manifest
from perfrules.records.tables import STRAY_ROW, guarded, unguarded

__all__ = ["Retold", "result_of"]

Json = Mapping[str, Any]
Rows = Iterable[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Written(Diagnostic):
    """A finding as a file has it: its sentences are there, the facts are not."""

    texts: tuple[str, str, str, str] = ("", "", "", "")
    """Message and advice in Chinese, then in English."""

    def message(self, language: Language = "en") -> str:
        return self.texts[0 if language == "zh" else 2]

    def help(self, language: Language = "en") -> str:
        return self.texts[1 if language == "zh" else 3]


@dataclass(frozen=True, slots=True)
class _Kept(CycleResult):
    """A result whose warnings were counted when it was made: not all of them are in a file."""

    warned: int = 0


class _Formula(NamedTuple):
    text: str


class _Titled(NamedTuple):
    """An incentive, a pool, an award with prizes or a follow-up, as far as tables name it."""

    name: str
    title: Text
    when: _Formula


class _Grade(NamedTuple):
    grade: str


class _Share(NamedTuple):
    value: Decimal


class _Quota(NamedTuple):
    grade: str
    bound: str
    share: _Share


class _Distribution(NamedTuple):
    """Quotas of grades, as far as the overview tells of them."""

    quotas: tuple[_Quota, ...]


class _Rules(NamedTuple):
    """A policy, as far as tables and workbook name it."""

    label: str
    title: Text
    digest: str
    incentives: tuple[_Titled, ...]
    pools: tuple[_Titled, ...]
    prizes: tuple[_Titled, ...]
    follow_ups: tuple[_Titled, ...]
    grades: tuple[_Grade, ...]
    distribution: _Distribution | None
    payouts: object = None
    """Whether there are limits of all incentives together: what they say, or None."""


class Retold:
    """Takes records as they are read. `policies` are the resolved texts by label."""

    def __init__(self, policies: Mapping[str, Json]) -> None:
        self.policies = policies
        self.judged: dict[str, Judged] = {}
        self.entries: dict[str, tuple[Entry, ...]] = {}

    def read(self, record: Json) -> None:
        """Keeps the line of a record; raises `KeyError`, `TypeError`, `ValueError` or
        `ArithmeticError` where it is not well formed."""
        policy = record["policy"]
        label = f"{policy['id']}@{policy['version']}"
        rules = self.policies[label]
        total = record["total"]
        self.entries[record["subject"]] = tuple(entries_in(record))
        self.judged[record["subject"]] = Judged(
            person=record["subject"],
            name="",
            role="",
            title=_title(rules),
            team="",
            department="",
            place="",
            policy=label,
            complete=record["status"] == "complete",
            total=None if total is None else _number(total),
            grade=record["grade"],
            pay={plan: _number(amount) for plan, amount in record["pay"].items()},
            indicators=tuple(_indicators(record, rules, label)),
            vetoed=_titles(rules, "vetoes", record["vetoed"]),
            problems=tuple(_problem(one) for one in record["problems"]),
            kind=record["subject_kind"],
            awards=_titles(rules, "awards", record["awards"]),
            follow_ups={
                name: day and datetime.date.fromisoformat(day)
                for name, day in record["follow_ups"].items()
            },
            pay_total=_number(record["pay_total"]) if "pay_total" in record else None,
        )


def result_of(
    retold: Retold,
    manifest: Manifest,
    appraisals: Rows,
    rejected: Rows,
    refused: Rows,
    groups: tuple[Group, ...],
) -> CycleResult:
    """The cycle's result as it can be told from the records, with what the rows of the three
    tables add, and with the groups that were compared."""
    stated = manifest.cycle
    about = {row.get("person_id", ""): row for row in (*rejected, *appraisals)}
    judged = {
        person: _about(one, about.get(guarded(person), {})) for person, one in retold.judged.items()
    }
    judged |= _never_judged(retold, judged, rejected)
    return _Kept(
        cycle=Cycle(
            stated["id"],
            datetime.date.fromisoformat(stated["from"]),
            datetime.date.fromisoformat(stated["to"]),
            stated.get("kind"),
            title=_cycle_title(stated),
        ),
        policies=tuple(
            cast(Policy, _rules(retold.policies[kept.label], kept.label, kept.digest))
            for kept in manifest.policies
        ),
        judged=tuple(judged[person] for person in sorted(judged)),
        appraisals={},
        unattached=tuple(_row(row) for row in rejected if row.get("what") == STRAY_ROW),
        findings=Findings(),
        inputs=(),
        not_applied=tuple(
            NotApplied(
                unguarded(row.get("table", "")),
                unguarded(row.get("person_id", "")),
                unguarded(row.get("what", "")),
                unguarded(row.get("place", "")),
                _row(row),
            )
            for row in refused
        ),
        groups=groups,
        warned=manifest.counts.get("warnings", 0),
    )


def _cycle_title(stated: Mapping[str, str]) -> Text | None:
    """The cycle's title as it was given; the manifest leaves out a half that is empty."""
    title = Text(stated.get("title_zh", ""), stated.get("title_en", ""))
    return title if any(title) else None


def _about(one: Judged, row: Mapping[str, str]) -> Judged:
    """The line with what only the tables know of a subject."""
    columns = ("name", "role", "team", "department", "place")
    name, role, team, department, place = (unguarded(row.get(key, "")) for key in columns)
    return replace(one, name=name, role=role, team=team, department=department, place=place)


def _never_judged(
    retold: Retold, judged: Mapping[str, Judged], rejected: Rows
) -> Iterator[tuple[str, Judged]]:
    """Those whose data were so much at fault that they have no record: only rejected.csv has
    them."""
    titles = {one.role: one.title for one in judged.values()}
    titles |= {label.partition("@")[0]: _title(one) for label, one in retold.policies.items()}
    reasons: dict[str, list[Mapping[str, str]]] = {}
    for row in rejected:
        person = unguarded(row.get("person_id", ""))
        if row.get("what") != STRAY_ROW and person not in judged:
            reasons.setdefault(person, []).append(row)
    for person, rows in reasons.items():
        role = unguarded(rows[0].get("role", ""))
        yield (
            person,
            Judged(
                person=person,
                name=unguarded(rows[0].get("name", "")),
                role=role,
                title=titles.get(role, Text(role, role)),
                team="",
                department="",
                place="",
                policy=None,
                complete=False,
                total=None,
                grade=None,
                pay={},
                indicators=(),
                vetoed={},
                problems=tuple(_row(row) for row in rows),
                kind=rows[0].get("what", ""),
            ),
        )


_TEXTS: Final = ("reason_zh", "help_zh", "reason_en", "help_en")


def _row(row: Mapping[str, str]) -> Diagnostic:
    """The reason in a row of rejected.csv or refused.csv."""
    place, code = (unguarded(row.get(key, "")) for key in ("place", "code"))
    zh, help_zh, en, help_en = (unguarded(row.get(key, "")) for key in _TEXTS)
    return _Written(code, place or None, texts=(zh, help_zh, en, help_en))


def _problem(one: Json) -> Diagnostic:
    message, advice = one["message"], one["help"]
    texts = (message["zh"], advice["zh"], message["en"], advice["en"])
    return _Written(one["code"], one["place"] or None, severity=one["severity"], texts=texts)


def _indicators(record: Json, rules: Json, label: str) -> Iterator[IndicatorLine]:
    begin = f"{label}#indicators."
    steps = {
        step["id"][len(begin) :]: step for step in record["steps"] if step["id"].startswith(begin)
    }
    for name, one in rules["indicators"].items():
        actual, target, attainment, score = (
            _value(steps.get(f"{name}.{what}"))
            for what in ("actual", "target", "attainment", "score")
        )
        yield IndicatorLine(
            name=name,
            title=_title(one),
            unit=one.get("unit"),
            actual=actual,
            target=target,
            attainment=attainment if isinstance(attainment, Decimal) else None,
            score=score if isinstance(score, Decimal) else None,
            excluded=name in record["excluded"],
        )


def _value(step: Json | None) -> Value | None:
    if step is None:
        return None
    value: bool | str = step["value"]
    return value if isinstance(value, bool) or step.get("type") == "text" else _number(value)


def _number(text: str) -> Decimal:
    return EXACT.create_decimal(text)


def _title(node: Json) -> Text:
    return Text(node["title"]["zh"], node["title"]["en"])


def _titles(rules: Json, key: str, names: Iterable[str]) -> dict[str, Text]:
    named = set(names)
    return {name: _title(one) for name, one in rules.get(key, {}).items() if name in named}


def _rules(resolved: Json, label: str, digest: str) -> _Rules:
    def each(key: str, has: str = "") -> tuple[_Titled, ...]:
        return tuple(
            _Titled(name, _title(one), _Formula(str(one.get("when", ""))))
            for name, one in resolved.get(key, {}).items()
            if not has or has in one
        )

    return _Rules(
        label, _title(resolved), digest, each("incentives"), each("pools"),
        each("awards", "places"), each("follow_ups"),
        tuple(_Grade(_grade(row)) for row in resolved.get("grades", ())),
        _distribution(resolved), resolved.get("payouts"),
    )  # fmt: skip


def _grade(row: Json) -> str:
    return str(row["grade"] if "grade" in row else row["otherwise"])


def _distribution(resolved: Json) -> _Distribution | None:
    rule = resolved.get("distribution")
    if rule is None:
        return None
    return _Distribution(tuple(_quota(grade, share) for grade, share in rule["quotas"].items()))


def _quota(grade: str, share: str | Json) -> _Quota:
    """A share alone, or the one limit that it is."""
    if isinstance(share, str):
        return _Quota(grade, "exactly", _Share(_number(share)))
    ((bound, limit),) = share.items()
    return _Quota(grade, bound, _Share(_number(limit)))
