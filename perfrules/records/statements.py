"""A result folder -> the statements of its people.

The one place where everybody's names meet a statement: they are handed on only to be taken out
of whatever somebody wrote into the data.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.records.read import TRACES, ResultFolder, bytes_of
from perfrules.records.seals import UnreadableError, parsed, seal
from perfrules.records.tables import APPRAISALS, REJECTED, guarded, read_table
from perfrules.reports.feedback.masking import Others
from perfrules.reports.feedback.parts import Statement
from perfrules.reports.feedback.statement import About, statement

__all__ = ["Statements"]

_Record = dict[str, Any]


class Statements:
    """The statements of a result folder in one language."""

    def __init__(self, folder: ResultFolder, language: Language) -> None:
        self.folder, self.language = folder, language
        self.policies: dict[str, _Record | Diagnostic] = {}

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

    @property
    def people(self) -> list[str]:
        """The ids of all that are in the tables."""
        return [one.removeprefix("'") for one in self.rows]

    @cached_property
    def others(self) -> Others:
        """Names and ids of people; what teams and departments are called is no secret."""
        people = [row for row in self.rows.values() if row.get("kind", row.get("what")) == "person"]
        cells = (row.get(key, "") for row in people for key in ("person_id", "name"))
        return Others(cell.removeprefix("'") for cell in cells)

    def of(self, person: str) -> Statement | Diagnostic:
        """The statement of one subject, or why there is none."""
        record = self.folder.find(person)
        return record if isinstance(record, Diagnostic) else self._statement(record)

    def all(self) -> Iterator[tuple[str, Statement | Diagnostic | None]]:
        """Every record's subject and statement, sorted by id.

        None where there is no result, or where the record is a part of another: one of the roles
        that somebody held in turn.
        """
        for line in self.folder.records():
            record = self._record(line)
            if isinstance(record, Diagnostic):
                yield "", record
                return
            subject = record["subject"]
            apart = record.get("subject_kind") == "segment" or record["status"] != "complete"
            yield subject, None if apart else self._statement(record)

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

    def _statement(self, record: _Record) -> Statement | Diagnostic:
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
        about = self._about(subject)
        return statement(record, resolved, self.language, about, self.others, roles)

    def _about(self, subject: str) -> About:
        """What the tables say; a team or department that is named by its id, by its name."""
        row = self.rows.get(guarded(subject), {})
        name, team, department = (row.get(key, "") for key in About._fields)
        units = (self.rows.get(unit, {}) for unit in (team, department))
        named = [
            one.get("name", "") if one.get("kind", "person") != "person" else "" for one in units
        ]
        cells = (name, named[0] or team, named[1] or department)
        return About(*(cell.removeprefix("'") for cell in cells))

    def _policy(self, record: _Record) -> _Record | Diagnostic:
        label = f"{record['policy']['id']}@{record['policy']['version']}"
        if label not in self.policies:
            found = self.folder.policy(label)
            self.policies[label] = found if isinstance(found, Diagnostic) else found[0]
        return self.policies[label]

    def _without_result(self, record: _Record) -> Diagnostic:
        problem = next(one for one in record["problems"] if one["severity"] == "error")
        reason = Text(problem["message"]["zh"], problem["message"]["en"])
        facts = {"person": record["subject"], "reason": reason, "place": problem["place"]}
        return Diagnostic("no-trace", str(self.folder.folder / TRACES), facts)


def _roles(record: _Record) -> list[str]:
    """The records of the roles that were held in turn, in their order."""
    found = (step for step in record["steps"] if _ROLE in step["id"])
    named = [
        step.get("origin", {}).get("record", "") for step in found if step["id"].endswith(".total")
    ]
    return [name for name in named if name]


_ROLE: Final = "#segments."
