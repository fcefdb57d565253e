"""cycle.yaml -> the cycle, where its policies and its data are, and its dates and deadlines."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from perfrules.codes.code import Text
from perfrules.diagnostics import Findings, Span, closest
from perfrules.exact import read_percent
from perfrules.intake.cells.notation import AS_USUAL, Notation
from perfrules.intake.cells.numerals import DEFAULT_MARKERS
from perfrules.language.schema import check_schema
from perfrules.language.text.dates import BadDate, read_date
from perfrules.language.text.document import Entry, Scalar, Sequence, read_document
from perfrules.language.text.document import Mapping as MappingNode
from perfrules.language.text.misnamed import misnamed_yaml
from perfrules.model.calendar import Deadline
from perfrules.model.scorecard import Cycle, Datum, Origin

__all__ = ["CycleFile", "read_cycle_file"]


@dataclass(frozen=True, slots=True)
class CycleFile:
    """What cycle.yaml says. `data` is None where the data are CSV files beside it.

    `history` are result folders of earlier cycles; without a `calendar` Monday to Friday are
    worked. `deadlines` stand in the order of the file.
    """

    path: Path
    cycle: Cycle
    policies: Path
    data: Path | None
    missing_markers: frozenset[str]
    title: Text | None = None
    announced: datetime.date | None = None
    history: tuple[Path, ...] = ()
    calendar: Path | None = None
    deadlines: tuple[Deadline, ...] = ()
    notations: Mapping[str, Notation] = field(default_factory=lambda: {"": AS_USUAL})
    """How a table writes numbers and dates, by its name; under `""` that of all others."""


def read_cycle_file(path: Path) -> tuple[CycleFile | None, Findings]:
    """The cycle in a cycle.yaml, and what is to be said about it; None where there is an error."""
    document, findings = read_document(path, str(path))
    if document is None:
        misnamed = () if path.exists() else tuple(misnamed_yaml(path.parent, path.name))
        return None, Findings(misnamed) if misnamed else findings
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
        policies = self.folder(self.text("policies"), self.span("policies"))
        kind, title = self.text("cycle") or None, self.title(self.root, "")
        announced = self.date("announced") if "announced" in self.root.entries else None
        year = self.year()
        cycle = Cycle(self.text("id"), start, end, kind, self.facts(), announced, title, year)
        return CycleFile(
            path=self.path,
            cycle=cycle,
            policies=policies,
            data=self.file("data"),
            missing_markers=self.markers(),
            title=title,
            announced=announced,
            history=tuple(self.history()),
            calendar=self.file("calendar"),
            deadlines=tuple(self.deadlines()),
            notations=dict(self.notations()),
        )

    def text(self, key: str) -> str:
        entry = self.root.entries.get(key)
        return entry.value.text if entry and isinstance(entry.value, Scalar) else ""

    def span(self, key: str) -> Span:
        entry = self.root.entries.get(key)
        return entry.value.span if entry else self.root.span

    def items(self, key: str) -> Iterator[Scalar]:
        """What a list holds; nothing where the key is absent."""
        entry = self.root.entries.get(key)
        items = entry.value.items if entry and isinstance(entry.value, Sequence) else ()
        return (item for item in items if isinstance(item, Scalar))

    def entries(self, key: str) -> Mapping[str, Entry]:
        """What a mapping holds; nothing where the key is absent."""
        entry = self.root.entries.get(key)
        return entry.value.entries if entry and isinstance(entry.value, MappingNode) else {}

    def date(self, key: str) -> datetime.date | None:
        return self.day(self.text(key), self.span(key))

    def day(self, text: str, place: Span) -> datetime.date | None:
        found = read_date(text)
        if isinstance(found, BadDate):
            self.findings.report(found.code, place, **found.facts)
            return None
        return found

    def year(self) -> Datum | None:
        """The first day of a year other than the calendar's, where one is stated."""
        entry = self.entries("year").get("from")
        if entry is None or not isinstance(entry.value, Scalar):
            return None
        span = entry.value.span
        found = self.day(entry.value.text, span)
        place = str(span._replace(file=self.path.name))
        return None if found is None else Datum(found.isoformat(), Origin(place))

    def title(self, node: MappingNode, default: str) -> Text | None:
        """The text under `title`; one given in one language serves for both."""
        entry = node.entries.get("title")
        found = entry.value if entry else None
        if isinstance(found, MappingNode):
            chinese, english = (
                below.value.text if below and isinstance(below.value, Scalar) else ""
                for below in (found.entries.get("zh"), found.entries.get("en"))
            )
            return Text(chinese or english, english or chinese)
        word = found.text if isinstance(found, Scalar) else default
        return Text(word, word) if word else None

    def folder(self, name: str, place: Span) -> Path:
        path = self.path.parent / name
        if not path.is_dir():
            self.findings.report("missing-folder", place, path=name)
        return path

    def file(self, key: str) -> Path | None:
        """A file of the folder; it may not lead out of there, by a link neither."""
        name = self.text(key)
        if not name:
            return None
        path = self.path.parent / name
        if not path.exists():
            there = (one.name for one in path.parent.glob(f"*{path.suffix}"))
            near = closest(name, there) if path.suffix else None
            self.findings.report("file-not-found", self.span(key), path=name, suggestion=near)
        elif path.resolve().parent != self.path.parent.resolve():
            self.findings.report("data-outside", self.span(key), path=name)
        return path

    def history(self) -> Iterator[Path]:
        for item in self.items("history"):
            yield self.folder(item.text, item.span)

    def deadlines(self) -> Iterator[Deadline]:
        for name, one in self.entries("deadlines").items():
            if not isinstance(one.value, MappingNode):
                continue
            keys = {key: below.value for key, below in one.value.entries.items()}
            side = "before" if "before" in keys else "after"
            days, anchor = keys.get("working_days"), keys.get(side)
            if not isinstance(anchor, Scalar) or not isinstance(days, Scalar):
                continue
            day = self.day(anchor.text, anchor.span)
            if day is not None and isinstance(days.value, Decimal):
                yield Deadline(
                    id=name,
                    title=self.title(one.value, name) or Text(name, name),
                    working_days=int(days.value),
                    anchor=day,
                    is_before=side == "before",
                    place=str(one.key_span._replace(file=self.path.name)),
                )

    def notation(self, node: MappingNode, default: Notation) -> Notation:
        """What a mapping says of numbers and dates; the rest is as in `default`."""
        numbers, dates = node.entries.get("numbers"), node.entries.get("dates")
        decimal, thousands = default.decimal, default.thousands
        if numbers is not None and isinstance(numbers.value, MappingNode):
            signs = {
                key: one.value.text
                for key, one in numbers.value.entries.items()
                if isinstance(one.value, Scalar)
            }
            decimal, thousands = signs["decimal"], signs.get("thousands", "")
            if decimal == thousands:
                self.findings.report("same-signs", numbers.value.span, sign=decimal)
        way = dates.value.text if dates and isinstance(dates.value, Scalar) else default.dates
        return Notation(decimal, thousands, way)

    def notations(self) -> Iterator[tuple[str, Notation]]:
        every = self.notation(self.root, AS_USUAL)
        yield "", every
        for name, one in self.entries("tables").items():
            if isinstance(one.value, MappingNode):
                yield name, self.notation(one.value, every)

    def facts(self) -> Mapping[str, Datum]:
        facts = {}
        for name, fact in self.entries("facts").items():
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
        return frozenset(item.text for item in self.items("missing_markers"))


def _value(scalar: Scalar) -> Decimal | str:
    """A number, a percentage or a text; what stands in quotes is a text."""
    if isinstance(scalar.value, Decimal):
        return scalar.value
    ratio = None if scalar.quoted else read_percent(scalar.text)
    return ratio if isinstance(ratio, Decimal) else scalar.text
