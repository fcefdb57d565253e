"""A result folder -> the people whom a calibration meeting may look at, with what is looked at.

Persons only: a team's total is no person's, and somebody who moved within the cycle is looked
at as a whole, not by segments.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.model.review import Before, Reviewed
from perfrules.records.intact import altered
from perfrules.records.read import TRACES, ResultFolder, bytes_of
from perfrules.records.seals import UnreadableError, parsed
from perfrules.records.tables import APPRAISALS, guarded, read_table, unguarded

__all__ = ["Within", "reviewed"]

Within = Literal["department", "team", "role"]

Json = Mapping[str, Any]
Groups = Mapping[str, tuple[Decimal, ...]]
"""The ratings of one indicator by group of raters."""

_UNITS: Final = ("team", "department", "project")


def reviewed(
    results: ResultFolder, within: Within, previous: ResultFolder | None = None
) -> tuple[tuple[Reviewed, ...], Findings]:
    """Everybody with a total, in the order of the traces.

    `within` is what a total is compared in; a role is the id of the policy that judged, a team
    its name where it is a subject itself. Totals of the cycle before come from `previous`, else
    from the traces that read one. Findings of severity error mean that nothing was read.
    """
    findings = Findings(altered(results, (APPRAISALS, TRACES)))
    if previous is not None:
        findings.extend(altered(previous, (APPRAISALS,)))
        findings.extend(_not_before(previous, results))
    if findings.errors:
        return (), findings
    try:
        rows = {row["person_id"]: row for row in _rows(results)}
        earlier = None if previous is None else _totals(previous)
        reader = _Reader(results, rows, within, earlier)
        people = tuple(reader.people())
    except (
        UnreadableError, AttributeError, IndexError, KeyError, TypeError, InvalidOperation,
    ) as error:  # fmt: skip
        facts = {"record": str(error)[:60]}
        findings.extend([Diagnostic("damaged-record", str(results.folder), facts)])
        return (), findings
    return people, findings


def _not_before(previous: ResultFolder, results: ResultFolder) -> Iterator[Diagnostic]:
    old, new = previous.manifest.cycle, results.manifest.cycle
    if old.get("id") == new.get("id") or old.get("to", "") > new.get("to", ""):
        facts = {"cycle": old.get("id", ""), "current": new.get("id", "")}
        yield Diagnostic("later-history", str(previous.folder), facts)


def _rows(results: ResultFolder) -> list[dict[str, str]]:
    return read_table(bytes_of(results.folder / APPRAISALS) or b"")


def _totals(previous: ResultFolder) -> dict[str, Before]:
    """The totals of the cycle before, by the id as the table writes it."""
    cycle = previous.manifest.cycle.get("id", "")
    return {
        row["person_id"]: Before(Decimal(row["total"]), cycle, APPRAISALS)
        for row in _rows(previous)
        if row["total"]
    }


class _Reader:
    def __init__(
        self,
        results: ResultFolder,
        rows: Mapping[str, Mapping[str, str]],
        within: Within,
        earlier: Mapping[str, Before] | None,
    ) -> None:
        self.results, self.rows, self.within, self.earlier = results, rows, within, earlier
        self.titles: dict[str, Mapping[str, Text]] = {}
        self.units: dict[str, str] = {}
        """The names of teams and departments that are subjects themselves, by id."""
        self.parts: dict[str, dict[str, tuple[Groups, Text]]] = {}
        """The ratings that somebody who moved was given in each role, by `indicator#segment`."""

    def people(self) -> list[Reviewed]:
        found = []
        for line in self.results.records():
            record = parsed(line)
            if record["status"] != "complete" or record["total"] is None:
                continue
            kind = record.get("subject_kind", "person")
            if kind == "segment":
                self.add_part(record)
                continue
            row = self.rows[guarded(record["subject"])]
            if kind in _UNITS:
                self.units[record["subject"]] = unguarded(row["name"]) or record["subject"]
            elif kind == "person":
                found.append(self.one(record, row))
        return [self.completed(one) for one in found]

    def completed(self, one: Reviewed) -> Reviewed:
        """With what stands in other records: the segments', and the unit's name."""
        parts = self.parts.get(one.person, {})
        return replace(
            one,
            # Some name their team by its id, others by its name; both are in one team.
            group=self.units.get(one.group, one.group),
            ratings={**one.ratings, **{name: ratings for name, (ratings, _) in parts.items()}},
            titles={**one.titles, **{name: title for name, (_, title) in parts.items()}},
        )

    def add_part(self, record: Json) -> None:
        person, _, number = record["subject"].rpartition("#")
        titles = self.titles_of(_label(record))
        for name, ratings in _ratings(record).items():
            zh, en = titles.get(name, Text(name, name))
            title = Text(f"{zh}（任职段 {number}）", f"{en} (segment {number})")
            self.parts.setdefault(person, {})[f"{name}#{number}"] = ratings, title

    def one(self, record: Json, row: Mapping[str, str]) -> Reviewed:
        group = record["policy"]["id"] if self.within == "role" else unguarded(row[self.within])
        if self.earlier is None:
            before = _read_by_a_rule(record)
        else:
            before = self.earlier.get(row["person_id"])
        return Reviewed(
            person=record["subject"],
            name=unguarded(row["name"]),
            group=group,
            total=Decimal(record["total"]),
            before=before,
            ratings=_ratings(record),
            titles=self.titles_of(_label(record)),
        )

    def titles_of(self, label: str) -> Mapping[str, Text]:
        """What a policy calls its indicators."""
        if label not in self.titles:
            policy = self.results.policy(label)
            nodes = {} if isinstance(policy, Diagnostic) else policy[0]["indicators"]
            self.titles[label] = {
                name: Text(node["title"]["zh"], node["title"]["en"]) for name, node in nodes.items()
            }
        return self.titles[label]


def _label(record: Json) -> str:
    return f"{record['policy']['id']}@{record['policy']['version']}"


def _path(step: Json) -> str:
    path: str = step["id"].partition("#")[2]
    return path


def _ratings(record: Json) -> Mapping[str, Groups]:
    """All ratings that were given, also the highest and lowest that the policy leaves out."""
    found: dict[str, dict[str, list[Decimal]]] = {}
    for step in record["steps"]:
        parts = _path(step).split(".")
        if len(parts) == 5 and parts[2] == "ratings" and step["operation"] == "given":
            groups = found.setdefault(parts[1], {})
            groups.setdefault(parts[3], []).append(Decimal(step["value"]))
    return {
        name: {group: tuple(ratings) for group, ratings in groups.items()}
        for name, groups in found.items()
    }


def _read_by_a_rule(record: Json) -> Before | None:
    """The total of the cycle before, where a rule of the policy has read it."""
    for step in record["steps"]:
        if _path(step) == "previous.total":
            return Before(Decimal(step["value"]), "", step.get("origin", {}).get("place", ""))
    return None
