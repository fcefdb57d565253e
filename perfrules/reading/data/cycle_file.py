"""cycle.yaml -> the cycle, and where its policies and its data are."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from perfrules.diagnostics import Findings, Span
from perfrules.exact import read_percent
from perfrules.model.scorecard import Cycle, Datum, Origin
from perfrules.reading.data.numerals import DEFAULT_MARKERS
from perfrules.reading.schema import check_schema
from perfrules.reading.text.dates import BadDate, read_date
from perfrules.reading.text.document import Mapping as MappingNode
from perfrules.reading.text.document import Scalar, Sequence, read_document

__all__ = ["CycleFile", "read_cycle_file"]


@dataclass(frozen=True, slots=True)
class CycleFile:
    """What cycle.yaml says. `data` is None where the data are CSV files beside it."""

    path: Path
    cycle: Cycle
    policies: Path
    data: Path | None
    missing_markers: frozenset[str]


def read_cycle_file(path: Path) -> tuple[CycleFile | None, Findings]:
    """The cycle in a cycle.yaml, and what is to be said about it; None where there is an error."""
    document, findings = read_document(path, str(path))
    if document is None:
        return None, findings
    check_schema(document.root, "cycle", findings)
    if findings.errors:
        return None, findings
    read = _CycleReader(document.root, path, findings).read()
    return (None if findings.errors else read), findings


class _CycleReader:
    """Reads the keys of a document that has passed the schema."""

    def __init__(self, root: MappingNode, path: Path, findings: Findings) -> None:
        self.root, self.path, self.findings = root, path, findings

    def read(self) -> CycleFile | None:
        start, end = self.date("from"), self.date("to")
        if start is None or end is None:
            return None
        if end < start:
            place = self.span("to")
            shown = (start.isoformat(), end.isoformat())
            self.findings.report("dates-reversed", place, start=shown[0], end=shown[1])
        policies = self.path.parent / self.text("policies")
        if not policies.is_dir():
            place = self.span("policies")
            self.findings.report("missing-folder", place, path=self.text("policies"))
        kind = self.text("cycle") or None
        cycle = Cycle(self.text("id"), start, end, kind, self.facts())
        return CycleFile(self.path, cycle, policies, self.data(), self.markers())

    def text(self, key: str) -> str:
        entry = self.root.entries.get(key)
        return entry.value.text if entry and isinstance(entry.value, Scalar) else ""

    def span(self, key: str) -> Span:
        entry = self.root.entries.get(key)
        return entry.value.span if entry else self.root.span

    def date(self, key: str) -> datetime.date | None:
        found = read_date(self.text(key))
        if isinstance(found, BadDate):
            place = self.span(key)
            self.findings.report(found.code, place, **found.facts)
            return None
        return found

    def data(self) -> Path | None:
        """The workbook or JSON file; it may not lead out of the folder, by a link neither."""
        name = self.text("data")
        if not name:
            return None
        path = self.path.parent / name
        if not path.exists():
            self.findings.report("file-not-found", self.span("data"), path=name)
        elif path.resolve().parent != self.path.parent.resolve():
            self.findings.report("data-outside", self.span("data"), path=name)
        return path

    def facts(self) -> Mapping[str, Datum]:
        entry = self.root.entries.get("facts")
        facts = {}
        for name, fact in (
            entry.value.entries.items() if entry and isinstance(entry.value, MappingNode) else ()
        ):
            if name in ("days", "from", "to"):  # which the cycle has already
                self.findings.report("reserved-name", fact.key_span, name=name)
            elif isinstance(fact.value, Scalar):
                facts[name] = Datum(
                    _value(fact.value), Origin(str(fact.value.span._replace(file=self.path.name)))
                )
        return facts

    def markers(self) -> frozenset[str]:
        entry = self.root.entries.get("missing_markers")
        if entry is None or not isinstance(entry.value, Sequence):
            return DEFAULT_MARKERS
        return frozenset(item.text for item in entry.value.items if isinstance(item, Scalar))


def _value(scalar: Scalar) -> Decimal | str:
    """A number, a percentage or a text; what stands in quotes is a text."""
    if isinstance(scalar.value, Decimal):
        return scalar.value
    ratio = None if scalar.quoted else read_percent(scalar.text)
    return ratio if isinstance(ratio, Decimal) else scalar.text
