"""The records of a result folder: each by itself, their order, their chain."""

from collections.abc import Callable, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from perfrules.checker import Rejection, check
from perfrules.codes.code import Text
from perfrules.cycle.many_cores import spread
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.records.cross_references import CrossReferences
from perfrules.records.group_records import GroupRecords
from perfrules.records.read import TRACES, ResultFolder
from perfrules.records.retold import Retold
from perfrules.records.seals import (
    CHAIN_START,
    UnreadableError,
    chained,
    parsed,
    parsed_record,
    sha256,
    trusted,
)
from perfrules.records.tables import trace_cells

__all__ = ["Progress", "Records"]

Progress = Callable[[int, int], None]


class _WorkedOut(NamedTuple):
    """What was found of the record in a line, which has this digest: whether it has its own, and
    what the checker rejects. The record itself does not come from another process."""

    line: str
    sealed: bool
    rejections: tuple[Rejection, ...]
    record: dict[str, Any] | None = None


class Records:
    """The traces: each by itself, their order, their chain; and what the tables must say."""

    def __init__(
        self, results: ResultFolder, groups: GroupRecords, findings: Findings, jobs: int = 1
    ) -> None:
        self.results, self.groups, self.findings, self.jobs = results, groups, findings, jobs
        self.place = str(results.folder / TRACES)
        self.references = CrossReferences(groups.policies, self.place, findings)
        self.policies: dict[str, tuple[dict[str, Any], dict[str, str]] | None] = {}
        self.complete: dict[str, Mapping[str, str]] = {}
        """What appraisals.csv must say, by person."""
        self.rejected: dict[str, list[str]] = {}
        """The codes that rejected.csv must give, by person."""
        self.roles: dict[str, tuple[str, ...]] = {}
        """What the role of a person can be called: the id of the policy and its titles."""
        self.retold: Retold | None = Retold(groups.policies)
        """What tables and workbook are told from; None where a record is not to be believed."""
        self.kinds: list[str] = []
        """The kind of each subject with a result."""
        self.follow_ups = self.lines = 0

    def check(self, progress: Progress | None) -> None:
        """Checks one record after the other; a bad one does not hide the next."""
        head, last = CHAIN_START, ""
        try:
            spans = list(self.results.spans())
            checked = spread(self.worked_out, spans, self.jobs)
            for line, found in zip_longest(self.results.records(), checked):
                if line is None:
                    break  # the file grows shorter while it is read
                self.lines += 1
                head = chained(head, line)
                last = self.one(line, last, found)
                if progress is not None:
                    progress(self.lines, self.results.manifest.records)
        except OSError:
            return  # that it is missing has been said
        if head != self.results.manifest.head:
            self.findings.report("broken-chain", self.place)

    def worked_out(self, span: tuple[int, int]) -> "_WorkedOut | None":
        """What there is to say of the record in a part of the file by itself; None where it is no
        record. Several processes may ask."""
        start, length = span
        with (self.results.folder / TRACES).open("rb") as file:
            file.seek(start)
            line = file.read(length).removesuffix(b"\n")
        try:
            found = self._worked_out(line)
            return found._replace(record=None) if self.jobs > 1 else found
        except (UnreadableError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def _worked_out(self, line: bytes) -> "_WorkedOut":
        record, is_sealed = parsed_record(line)
        policy = record["policy"]
        rules = self.rules(f"{policy['id']}@{policy['version']}", policy["digest"])
        rejections = () if rules is None else check(record, *rules, self.groups.records)
        return _WorkedOut(sha256(line), is_sealed, tuple(rejections), record)

    def one(self, line: bytes, last: str, found: "_WorkedOut | None") -> str:
        """One record, of which `found` was worked out; returns its person, or the last one's where
        it has none."""
        place = f"{self.place}:{self.lines}"
        try:
            if found is None or found.line != sha256(line):
                found = self._worked_out(line)  # the file is another by now
            record = found.record or (trusted(line) if found.sealed else parsed(line))
            person, policy = record["subject"], record["policy"]
            label, digest = f"{policy['id']}@{policy['version']}", policy["digest"]
            cells = trace_cells(record)
            if not all(isinstance(text, str) for text in (person, *cells.values())):
                raise TypeError
            codes = [one["code"] for one in record["problems"] if one["severity"] == "error"]
        except (UnreadableError, KeyError, TypeError, AttributeError, RecursionError):
            self.retold = None
            self.findings.report("damaged-record", place, record=f"{TRACES}:{self.lines}")
            return last
        if not found.sealed:
            self.findings.report("damaged-record", place, record=person)
        if self.lines > 1 and person <= last:
            self.findings.report("unordered-record", place, record=person)
        if not self.of_this_cycle(record):
            self.retold = None
            self.findings.report("wrong-cycle-in-record", place, record=person)
        rules = self.rules(label, digest)
        if rules is None:
            self.retold = None
            self.findings.report("unknown-policy-in-record", place, record=person, policy=label)
        else:
            title = rules[0].get("title", {})
            self.roles[person] = (policy["id"], title.get("zh", ""), title.get("en", ""))
            for rejection in found.rejections:
                step = f" ({rejection.step})" if rejection.step else ""
                reason = Text(rejection.zh + step, rejection.en + step)
                self.findings.report("rejected-record", place, record=person, reason=reason)
            if found.rejections:
                self.retold = None
            else:
                self.groups.claim(person, record)
                self.retell(record)
            self.references.read(record)
        if record.get("status") == "complete":
            self.kinds.append(record["subject_kind"])
            if record["subject_kind"] != "segment":
                self.complete[person] = cells
                self.follow_ups += len(record["follow_ups"])
        else:
            self.rejected[person] = codes
        return str(person)

    def retell(self, record: Mapping[str, Any]) -> None:
        if self.retold is not None:
            try:
                self.retold.read(record)
            except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
                self.retold = None

    def of_this_cycle(self, record: Mapping[str, Any]) -> bool:
        cycle, stated = record.get("cycle"), self.results.manifest.cycle
        return isinstance(cycle, dict) and all(
            cycle.get(key) == stated.get(key) for key in ("id", "from", "to")
        )

    def rules(self, label: str, digest: str) -> tuple[dict[str, Any], dict[str, str]] | None:
        """The policy of a record, read once; None where the folder has none of that digest."""
        if label not in self.policies:
            found = self.results.policy(label)
            self.policies[label] = None if isinstance(found, Diagnostic) else found
        kept = self.results.kept(label)
        return self.policies[label] if kept and kept.digest == digest else None
