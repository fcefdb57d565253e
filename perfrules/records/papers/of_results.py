"""A result folder -> the papers of its people: statements, appraisal sheets, the payout.

The one place where everybody's names meet a paper of one person: they are handed on only to be
taken out of whatever somebody wrote into the data.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.papers.documents.appraisal import appraisal
from perfrules.papers.documents.pay_lines import Paid, paid
from perfrules.papers.documents.payout import PayoutOf, payout
from perfrules.papers.feedback.compared import Unit
from perfrules.papers.feedback.head import About, Run
from perfrules.papers.feedback.masking import Others
from perfrules.papers.feedback.statement import statement
from perfrules.papers.paper.parts import Paper
from perfrules.records.papers.asked import Asked, Made
from perfrules.records.papers.common_currency import common_currency
from perfrules.records.papers.whom import meant
from perfrules.records.read import TRACES, ResultFolder, bytes_of
from perfrules.records.seals import UnreadableError, parsed, seal
from perfrules.records.tables import APPRAISALS, REJECTED, guarded, read_table, unguarded
from perfrules.words.glossary import Glossary

__all__ = ["PapersOfResults"]

_Record = dict[str, Any]
_UNITS: Final = ("department", "team")
"""The units of which a person may know the sum, in the order in which they are told."""


_OF_ONE: Final[dict[str, Callable[..., Paper]]] = {"feedback": statement, "appraisal": appraisal}
"""Papers that are made of one record."""


class PapersOfResults:
    """The papers of a result folder in one language."""

    def __init__(self, folder: ResultFolder, language: Language) -> None:
        self.folder, self.language = folder, language
        self.policies: dict[str, _Record | Diagnostic] = {}
        self.unit_records: dict[str, _Record | Diagnostic] = {}

    @cached_property
    def rows(self) -> dict[str, dict[str, str]]:
        """The rows of everybody in the tables, by id as it is written there."""
        found: dict[str, dict[str, str]] = {}
        for name in (REJECTED, APPRAISALS):
            data = bytes_of(self.folder.folder / name)
            try:
                rows = read_table(data) if data is not None else []
            except UnreadableError:
                rows = []
            found.update((row["person_id"], row) for row in rows if row.get("person_id"))
        return found

    @cached_property
    def others(self) -> Others:
        """Names and ids of people; what teams and departments are called is no secret."""
        people = [row for row in self.rows.values() if row.get("kind", row.get("what")) == "person"]
        cells = (row.get(key, "") for row in people for key in ("person_id", "name"))
        return Others(map(unguarded, cells))

    def of(self, person: str, kind: str = "feedback") -> Paper | Diagnostic:
        """The paper of one subject, by id or name, or why there is none."""
        record = self.folder.find(person)
        return record if isinstance(record, Diagnostic) else self._paper(record, kind)

    def all(self, kind: str = "feedback") -> Iterator[tuple[str, Paper | Diagnostic | None]]:
        """Every record's subject and paper, sorted by id.

        None where there is no result, or where the record is a part of another: one of the roles
        that somebody held in turn.
        """
        for record in self._records():
            if isinstance(record, Diagnostic):
                yield "", record
                return
            yield record["subject"], self._paper(record, kind) if _is_whole(record) else None

    def made(self, asked: Asked) -> Iterator[Made]:
        """The papers that are asked for; a finding ends them."""
        if asked.subject:
            record = self.folder.record(asked.subject)
            found = record if isinstance(record, Diagnostic) else self._paper(record, asked.kind)
            yield asked.subject, found
            return
        whom = self._whom(asked.whom)
        if isinstance(whom, Diagnostic):
            yield "", whom
        elif asked.kind == "payout":
            yield "", self._payout(whom, payroll=asked.variant == "payroll")
        elif whom is not None and len(whom) == 1:
            (subject,) = whom
            yield from self.made(asked._replace(whom="", subject=subject))
        else:
            for subject, paper in self.all(asked.kind):
                if isinstance(paper, Diagnostic):
                    yield subject, paper
                    return
                if paper is not None and (whom is None or subject in whom):
                    yield subject, paper

    def called(self, kind: str = "") -> dict[str, str]:
        """What all that are in the tables are called, by id."""
        return {unguarded(one): unguarded(row.get("name", "")) for one, row in self.rows.items()}

    def _whom(self, text: str) -> frozenset[str] | Diagnostic | None:
        """The ids that a text means: a person's, or those of a team or department; None for all."""
        if not text:
            return None
        places = {
            unguarded(one): tuple(
                unguarded(row.get(key, "")) for key in ("name", "team", "department")
            )
            for one, row in self.rows.items()
        }
        return meant(text, places, str(self.folder.folder))

    def _records(self) -> Iterator[_Record | Diagnostic]:
        return map(self._record, self.folder.records())

    def _record(self, line: bytes) -> _Record | Diagnostic:
        """A record whose seal holds."""
        try:
            record = parsed(line)
            if record.get("digest") == seal(record):
                return record
            name = str(record.get("subject", ""))
        except UnreadableError as error:
            name = str(error)
        return Diagnostic("damaged-record", str(self.folder.folder / TRACES), {"record": name})

    def _paper(self, record: _Record, kind: str) -> Paper | Diagnostic:
        subject = record["subject"]
        if record["status"] != "complete":
            return self._without_result(record)
        resolved = self._policy(record)
        if isinstance(resolved, Diagnostic):
            return resolved
        roles = []
        for held in _roles(record):
            part = self.folder.record(held)
            if isinstance(part, Diagnostic):
                return part
            policy = self._policy(part)
            if isinstance(policy, Diagnostic):
                return policy
            roles.append((part, policy))
        row = self.rows.get(guarded(subject), {})
        units = () if roles else tuple(self._units(row))
        about = self._about(row)
        return _OF_ONE[kind](
            record, resolved, self.language, about, self.others, roles, units, self.run
        )

    def _about(self, row: Mapping[str, str]) -> About:
        """What the tables say; a team or department that is named by its id, by its name."""
        name, team, department = (row.get(key, "") for key in About._fields)
        units = (self.rows.get(one, {}) for one in (team, department))
        named = [
            one.get("name", "") if one.get("kind", "person") != "person" else "" for one in units
        ]
        cells = (name, named[0] or team, named[1] or department)
        return About(*map(unguarded, cells))

    def _units(self, row: Mapping[str, str]) -> Iterator[Unit]:
        """The units with a result to which somebody belongs, by the names in the tables."""
        for kind in _UNITS:
            found = self.units.get((kind, row.get(kind, "")), ())
            if len(found) != 1:
                continue
            (one,) = found
            if one not in self.unit_records:
                self.unit_records[one] = self.folder.record(unguarded(one))
            record = self.unit_records[one]
            if not isinstance(record, Diagnostic) and record["status"] == "complete":
                yield Unit(unguarded(self.rows[one].get("name", "") or one), record)

    @cached_property
    def units(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The ids of units by their kind and what the tables may call them."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for own, row in self.rows.items():
            for name in {own, row.get("name", "")} - {""} if row.get("kind") in _UNITS else ():
                key = row.get("kind", ""), name
                found[key] = (*found.get(key, ()), own)
        return found

    @cached_property
    def run(self) -> Run:
        """The title of the cycle, and the one currency that the policies of the run name."""
        cycle, kept = self.folder.manifest.cycle, self.folder.manifest.policies
        read = (self.folder.policy(one.label) for one in kept)
        policies = [found[0] for found in read if not isinstance(found, Diagnostic)]
        other = {"zh": "en", "en": "zh"}[self.language]
        title = cycle.get(f"title_{self.language}") or cycle.get(f"title_{other}", "")
        return Run(title, common_currency(policies, self.language))

    def _policy(self, record: _Record) -> _Record | Diagnostic:
        label = f"{record['policy']['id']}@{record['policy']['version']}"
        if label not in self.policies:
            found = self.folder.policy(label)
            self.policies[label] = found if isinstance(found, Diagnostic) else found[0]
        return self.policies[label]

    def _payout(self, whom: frozenset[str] | None, *, payroll: bool) -> Paper | Diagnostic:
        found: list[Paid] = []
        for record in self._records():
            if isinstance(record, Diagnostic):
                return record
            if not _is_whole(record) or (whom is not None and record["subject"] not in whom):
                continue
            resolved = self._policy(record)
            if isinstance(resolved, Diagnostic):
                return resolved
            others = [self._policy_of_role(held) for held in _roles(record)]
            wrong = next((one for one in others if isinstance(one, Diagnostic)), None)
            if wrong is not None:
                return wrong
            parts = tuple(one for one in others if not isinstance(one, Diagnostic))
            told = Glossary(record, resolved, self.language, parts, self.run.currency)
            found.append(paid(told, self._about(self.rows.get(guarded(record["subject"]), {}))))
        return payout(found, self._run_paid(whom), payroll=payroll)

    def _policy_of_role(self, held: str) -> _Record | Diagnostic:
        record = self.folder.record(held)
        return record if isinstance(record, Diagnostic) else self._policy(record)

    def _run_paid(self, whom: frozenset[str] | None) -> PayoutOf:
        cycle, language = self.folder.manifest.cycle, self.language
        own = str(cycle.get("id", ""))
        title = self.run.title
        said = Text(f"{title}（{own}）", f"{title} ({own})").into(language)
        name = own if title in ("", own) else said
        first, last = cycle.get("from", ""), cycle.get("to", "")
        dates = Text(f"{first} 至 {last}", f"{first} to {last}").into(language)
        head = (
            (Text("考核周期", "Cycle").into(language), name),
            (Text("起止日期", "Period").into(language), dates),
        )
        digest = self.folder.manifest.digest
        return PayoutOf(language, name, head, tuple(self._rejected(whom)), digest)

    def _rejected(self, whom: frozenset[str] | None) -> Iterator[tuple[str, str, str]]:
        """Who has no result, and why."""
        for person in self.called():
            if whom is not None and person not in whom:
                continue
            reasons = self.folder.rejections(person)
            if reasons:
                told = (getattr(one, f"reason_{self.language}") for one in reasons)
                joint = "；" if self.language == "zh" else "; "
                name = unguarded(self.rows[guarded(person)].get("name", ""))
                yield person, name, joint.join(map(unguarded, told))

    def _without_result(self, record: _Record) -> Diagnostic:
        problem = next(one for one in record["problems"] if one["severity"] == "error")
        reason = Text(problem["message"]["zh"], problem["message"]["en"])
        facts = {"person": record["subject"], "reason": reason, "place": problem["place"]}
        return Diagnostic("no-trace", str(self.folder.folder / TRACES), facts)


def _is_whole(record: _Record) -> bool:
    """Whether a record is a result of its own, and no part of another's."""
    return record.get("subject_kind") != "segment" and record["status"] == "complete"


def _roles(record: _Record) -> list[str]:
    """The records of the roles that were held in turn, in their order."""
    found = (step for step in record["steps"] if _ROLE in step["id"])
    named = [
        step.get("origin", {}).get("record", "") for step in found if step["id"].endswith(".total")
    ]
    return [name for name in named if name]


_ROLE: Final = "#segments."
