"""Expected against got: only what a case names, and exactly."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfrules.codes.code import LANGUAGES, Text
from perfrules.diagnostics import Findings, Span, closest
from perfrules.exact import percent, plain
from perfrules.language.source import number_in
from perfrules.language.text.document import Entry, Mapping, Node, Scalar, Sequence
from perfrules.model.appraisal import Appraisal

__all__ = ["Mismatch", "compared", "same"]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One expectation that was not met: what of, expected, got, and the line that says so."""

    what: str
    expected: Text
    got: Text
    place: Span


def same(word: str) -> Text:
    """A word that is the same in both languages."""
    return Text(word, word)


def compared(expect: Mapping, appraisal: Appraisal, findings: Findings) -> tuple[Mismatch, ...]:
    """All expectations of a case that are not met, in the order of the file."""
    found: list[Mismatch] = []
    wants_error = "error" in expect.entries
    if not appraisal.complete and not wants_error:
        problem = next(one for one in appraisal.problems if one.severity == "error")
        got = Text(*(f"{problem.code}: {problem.message(one)}" for one in LANGUAGES))
        return (Mismatch("result", Text("有结果", "a result"), got, expect.span),)
    for key, entry in expect.entries.items():
        found += _entry(key, entry, appraisal, findings)
    return tuple(found)


def _entry(key: str, entry: Entry, appraisal: Appraisal, findings: Findings) -> Iterator[Mismatch]:
    node = entry.value
    if key == "error":
        codes = [one.code for one in appraisal.problems if one.severity == "error"]
        if _word(node) not in codes:
            yield Mismatch(key, same(_word(node)), same(", ".join(codes) or "—"), node.span)
    elif key == "total":
        yield from _number(key, node, appraisal.total, plain)
    elif key == "grade":
        if appraisal.grade != _word(node):
            yield Mismatch(key, same(_word(node)), same(appraisal.grade or "—"), node.span)
    elif key == "pay":
        for name, one in _entries(node):
            yield from _number(f"pay.{name}", one.value, appraisal.pay.get(name), plain)
    elif key == "pay_total":
        yield from _number(key, node, appraisal.pay_total, plain)
    elif key == "vetoed":
        yield from _names(key, node, appraisal.vetoed)
    elif key.startswith("section."):
        name = key.removeprefix("section.")
        yield from _number(key, node, appraisal.section(name), plain)
    elif key.startswith("table."):
        yield from _looked_up(key, entry, appraisal, findings)
    elif key.startswith("group."):
        yield from _group(key, entry, appraisal, findings)
    elif key == "okr":
        yield from _number(key, node, appraisal.okr, plain)
    elif key == "awards":
        yield from _names(key, node, appraisal.awards)
    elif key == "follow_ups":
        yield from _follow_ups(node, appraisal)
    elif key in appraisal.policy.indicator:
        yield from _indicator(key, node, appraisal)
    else:
        known = list(appraisal.policy.indicator)
        findings.report(
            "unknown-in-test",
            entry.key_span,
            name=key,
            known=", ".join(known),
            suggestion=closest(key, known),
        )


def _looked_up(
    key: str, entry: Entry, appraisal: Appraisal, findings: Findings
) -> Iterator[Mismatch]:
    """What was looked up in a table; nothing where no rule read it."""
    tables = {f"table.{one.name}": one.gives for one in appraisal.policy.tables}
    if key not in tables:
        near, known = closest(key, tables), ", ".join(tables)
        place = entry.key_span
        findings.report("unknown-in-test", place, name=key, known=known, suggestion=near)
        return
    step = appraisal.steps.get(key)
    got = step.value if step is not None and isinstance(step.value, Decimal) else None
    yield from _number(key, entry.value, got, percent if tables[key] == "share" else plain)


def _group(key: str, entry: Entry, appraisal: Appraisal, findings: Findings) -> Iterator[Mismatch]:
    """A figure of the group; a share is shown as one."""
    name, figures = key.removeprefix("group."), appraisal.policy.group_figures
    if name not in [one.name for one in figures]:
        known = [f"group.{one.name}" for one in figures]
        near = closest(key, known)
        findings.report(
            "unknown-in-test", entry.key_span, name=key, known=", ".join(known), suggestion=near
        )
        return
    text = entry.value.text if isinstance(entry.value, Scalar) else ""
    shown = percent if text.endswith("%") else plain
    yield from _number(key, entry.value, appraisal.group_figure(name), shown)


def _names(key: str, node: Node, got: Collection[str]) -> Iterator[Mismatch]:
    """A list of names, in whatever order."""
    names = [item.text for item in _scalars(node)]
    if sorted(names) != sorted(got):
        shown = ", ".join(got)
        yield Mismatch(key, same(f"[{', '.join(names)}]"), same(f"[{shown}]"), node.span)


def _follow_ups(node: Node, appraisal: Appraisal) -> Iterator[Mismatch]:
    """The names of what is set going, or each with the day on which it is due."""
    got = appraisal.follow_ups
    if not isinstance(node, Mapping):
        yield from _names("follow_ups", node, got)
        return
    for name, entry in node.entries.items():
        due = got.get(name)
        shown = "—" if due is None else due.isoformat()
        if _word(entry.value) != shown:
            what = f"follow_ups.{name}"
            yield Mismatch(what, same(_word(entry.value)), same(shown), entry.value.span)


def _indicator(name: str, node: Node, appraisal: Appraisal) -> Iterator[Mismatch]:
    for key, entry in _entries(node):
        what = f"{name}.{key}"
        if key == "score":
            yield from _number(what, entry.value, appraisal.score(name), plain)
        elif key == "attainment":
            yield from _number(what, entry.value, appraisal.attainment(name), percent)
        elif key == "weight":
            in_parts = appraisal.policy.in_parts(appraisal.policy.indicator[name].section)
            shown_as = plain if in_parts else percent
            yield from _number(what, entry.value, appraisal.weight(name), shown_as)
        elif key == "excluded":
            wanted, got = _word(entry.value) == "true", name in appraisal.excluded
            if wanted is not got:
                shown = same(str(got).lower())
                yield Mismatch(what, same(_word(entry.value)), shown, entry.value.span)


def _number(
    what: str, node: Node, got: Decimal | None, shown: Callable[[Decimal], str]
) -> Iterator[Mismatch]:
    wanted = number_in(node) if isinstance(node, Scalar) else None
    if wanted is None or wanted != got:
        expected = _word(node) if wanted is None else shown(wanted)
        reached = "—" if got is None else shown(got)
        yield Mismatch(what, same(expected), same(reached), node.span)


def _word(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _entries(node: Node) -> list[tuple[str, Entry]]:
    return list(node.entries.items()) if isinstance(node, Mapping) else []


def _scalars(node: Node) -> list[Scalar]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return [item for item in items if isinstance(item, Scalar)]
