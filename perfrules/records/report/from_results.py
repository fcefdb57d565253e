"""A result folder, and those of earlier cycles, -> the facts of a report."""

import dataclasses
import os
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from perfrules.codes.code import LANGUAGES, Language, Text
from perfrules.cycle.outliers import outliers
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.model.review import (
    Before,
    Disagreement,
    Distance,
    Extreme,
    Jump,
    Limits,
    Review,
    Reviewed,
)
from perfrules.papers.overview.rows import Everybody
from perfrules.papers.report.facts import Odd, OddCounts, PolicyText, Rated, ReportFacts
from perfrules.records.intact import altered
from perfrules.records.read import TRACES, ResultFolder, bytes_of
from perfrules.records.report.from_budget import with_budget
from perfrules.records.report.from_history import cycles_before, other_data
from perfrules.records.report.from_tables import (
    READ,
    everybody_in,
    follow_ups_in,
    refused_in,
    title_of,
)
from perfrules.records.report.from_traces import Traced, traced
from perfrules.records.seals import UnreadableError, sha256
from perfrules.records.tables import APPRAISALS, REJECTED
from perfrules.screens.outliers_text import COLUMNS, outliers_rows
from perfrules.words.bilingual import CURRENCIES, unit

__all__ = ["LIMITS", "LISTED", "report_facts"]

LIMITS: Final = Limits(*map(Decimal, ("1.5", "95", "60", "15", "20")))
"""Those of `perfrules outliers` where it is told nothing."""

LISTED: Final = 40
"""So many people who stand out are named."""

_DAMAGED: Final = (
    UnreadableError, KeyError, TypeError, ValueError, ArithmeticError, AttributeError, IndexError,
    OSError,
)  # fmt: skip


def report_facts(
    results: ResultFolder,
    against: Sequence[ResultFolder],
    language: Language,
    inputs: Path | None = None,
    budget: Path | None = None,
) -> tuple[ReportFacts | None, Findings]:
    """The facts, or the findings that keep them from being read: a file that was changed since, a
    record that is damaged, a cycle that is not before this one.

    `inputs` is the folder of the cycle, whose history tells of earlier cycles as well; `budget` a
    table of what plans and departments may come to.
    """
    findings = Findings(altered(results, _files(results, (*READ, TRACES))))
    for old in against:
        findings.extend(altered(old, _files(old, (APPRAISALS, REJECTED))))
        findings.extend(_not_before(old, results))
    findings.extend(_twice(against))
    if inputs is not None:
        findings.extend(other_data(results, inputs))
    if findings.errors:
        return None, findings
    try:
        facts = _facts(results, against, language, inputs, budget)
    except _DAMAGED as error:
        found = {"record": str(error)[:60]}
        findings.extend([Diagnostic("damaged-record", str(results.folder), found)])
        return None, findings
    if budget is not None:
        everybody, problems = with_budget(budget, facts.everybody)
        findings.extend(problems)
        facts = dataclasses.replace(facts, everybody=everybody)
    return (None if findings.errors else facts), findings


def _files(results: ResultFolder, names: Sequence[str]) -> Iterator[str]:
    """Of these files, those that the run wrote, and the policies."""
    listed = {file.path for file in results.manifest.outputs}
    yield from (name for name in names if name in listed)
    for kept in results.manifest.policies:
        yield kept.file


def _not_before(old: ResultFolder, results: ResultFolder) -> Iterator[Diagnostic]:
    first, last = old.manifest.cycle, results.manifest.cycle
    if first.get("id") == last.get("id") or first.get("to", "") > last.get("to", ""):
        facts = {"cycle": first.get("id", ""), "current": last.get("id", "")}
        yield Diagnostic("later-history", str(old.folder), facts)


def _twice(against: Sequence[ResultFolder]) -> Iterator[Diagnostic]:
    seen: dict[str, ResultFolder] = {}
    for old in against:
        cycle = old.manifest.cycle.get("id", "")
        if cycle in seen:
            facts = {"cycle": cycle, "first": str(seen[cycle].folder)}
            yield Diagnostic("history-twice", str(old.folder), facts)
        seen[cycle] = old


def _facts(
    results: ResultFolder,
    against: Sequence[ResultFolder],
    language: Language,
    inputs: Path | None,
    budget: Path | None,
) -> ReportFacts:
    policies = _policies(results)
    found = traced(results, policies)
    everybody = everybody_in(results, policies, found.before)
    earlier = _earlier(against, inputs)
    before = _totals(earlier[-1]) if earlier else found.totals
    review = outliers(_reviewed(everybody, found, policies, before), LIMITS)
    manifest = results.manifest
    return ReportFacts(
        everybody=everybody,
        folder=os.path.basename(os.path.abspath(results.folder)),
        digest=manifest.digest,
        version=manifest.perfrules,
        policies=tuple(
            PolicyText(one.label, one.digest, policies[one.label]) for one in manifest.policies
        ),
        standings={key: tuple(own.values()) for key, own in found.standings.items()},
        rated=tuple(_rated(everybody, found, policies)),
        odd=tuple(_odd(review, language)),
        odd_counts=_counted(review),
        due=follow_ups_in(results),
        refused=refused_in(results),
        earlier=earlier,
        currency=_currency(policies),
        others=tuple(_others(against, budget)),
    )


def _others(against: Sequence[ResultFolder], budget: Path | None) -> Iterator[tuple[Text, str]]:
    """What is read besides the results, with its digests."""
    for old in against:
        cycle = old.manifest.cycle.get("id", "")
        yield Text(f"以前周期 {cycle} 的结果", f"Results of {cycle}"), old.manifest.digest
    if budget is not None and (data := bytes_of(budget)) is not None:
        yield Text(f"预算表 {budget.name}", f"Budgets, {budget.name}"), sha256(data)


def _earlier(against: Sequence[ResultFolder], inputs: Path | None) -> tuple[Everybody, ...]:
    """The cycles before, oldest first; a result folder goes before the history of the same one."""
    found = {one.cycle: one for one in (() if inputs is None else cycles_before(inputs))}
    found |= {one.cycle: one for one in (everybody_in(old, _policies(old)) for old in against)}
    return tuple(sorted(found.values(), key=lambda one: (one.end, one.start, one.cycle)))


def _totals(earlier: Everybody) -> dict[str, Before]:
    """The totals of a cycle before."""
    return {
        line.subject: Before(line.total, earlier.cycle)
        for line in earlier.people
        if line.total is not None
    }


def _policies(results: ResultFolder) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for kept in results.manifest.policies:
        policy = results.policy(kept.label)
        if isinstance(policy, Diagnostic):
            raise UnreadableError(kept.file)
        found[kept.label] = policy[0]
    return found


def _currency(policies: Mapping[str, Mapping[str, Any]]) -> Text:
    """The one currency that the policies name; empty where it is none or more than one."""
    words = {
        one.get("unit", "") for policy in policies.values() for one in policy["indicators"].values()
    }
    found = {Text(*(unit(word, one) for one in LANGUAGES)) for word in words & CURRENCIES.keys()}
    return found.pop() if len(found) == 1 else Text("", "")


def _rated(
    everybody: Everybody, found: Traced, policies: Mapping[str, Mapping[str, Any]]
) -> Iterator[Rated]:
    """The ratings of persons, those of segments under the person."""
    people = {line.subject: line for line in everybody.people}
    for subject, ratings in found.ratings.items():
        line = people.get(subject) or people.get(subject.rpartition("#")[0])
        if line is None:
            continue
        indicators = policies[found.labels[subject]]["indicators"]
        for indicator, by_group in ratings.items():
            scale = indicators[indicator]["score"]["ratings"]["scale"]
            yield Rated(line, Decimal(scale["min"]), Decimal(scale["max"]), by_group)


def _reviewed(
    everybody: Everybody, found: Traced, policies: Mapping[str, Mapping[str, Any]],
    before: Mapping[str, Before],
) -> Iterator[Reviewed]:  # fmt: skip
    """Everybody with a total, compared within the team, as `perfrules outliers` does."""
    parts = _parts(found)
    titles = {
        label: {name: title_of(rule) for name, rule in policy["indicators"].items()}
        for label, policy in policies.items()
    }
    for line in everybody.people:
        if line.total is None:
            continue
        ratings = {**found.ratings.get(line.subject, {}), **parts.get(line.subject, {})}
        yield Reviewed(
            line.subject, line.name, line.team, line.total, before.get(line.subject),
            ratings, titles.get(line.policy, {}),
        )  # fmt: skip


def _parts(found: Traced) -> dict[str, dict[str, Mapping[str, tuple[Decimal, ...]]]]:
    """The ratings of segments, by person and `indicator#segment`."""
    parts: dict[str, dict[str, Mapping[str, tuple[Decimal, ...]]]] = {}
    for subject, ratings in found.ratings.items():
        person, mark, number = subject.rpartition("#")
        if mark:
            own = parts.setdefault(person, {})
            own |= {f"{name}#{number}": groups for name, groups in ratings.items()}
    return parts


def _odd(review: Review, language: Language) -> Iterator[Odd]:
    """The first of those who are listed; those with most reasons come first."""
    entries = sorted(review.entries, key=lambda one: (-len(one.reasons), one.person.person))
    shown = dataclasses.replace(review, entries=tuple(entries[:LISTED]))
    texts: dict[str, list[str]] = {}
    _, *rows = outliers_rows(shown, "team", language)
    for row in rows:
        cells = dict(zip(COLUMNS, row, strict=True))
        texts.setdefault(cells["person_id"], []).append(cells["text"])
    for entry in shown.entries:
        one = entry.person
        yield Odd(one.person, one.name, one.group, one.total, tuple(texts[one.person]))


def _counted(review: Review) -> OddCounts:
    def having(is_meant: Any) -> int:
        return sum(1 for one in review.entries if any(map(is_meant, one.reasons)))

    return OddCounts(
        people=len(review.entries),
        far=having(lambda one: isinstance(one, Distance)),
        high=having(lambda one: isinstance(one, Extreme) and one.above),
        low=having(lambda one: isinstance(one, Extreme) and not one.above),
        jumped=having(lambda one: isinstance(one, Jump)),
        raters=having(lambda one: isinstance(one, Disagreement)),
    )
