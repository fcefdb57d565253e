"""YAML text to a tree in which every key and every value knows its place.

The events of the parser are taken one by one, which cannot run out of stack. Anchors, aliases,
tags and merge keys are refused, and values are typed from their text alone (`scalars`).
"""

import stat
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeGuard

import yaml

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Findings, Related, Span
from perfrules.language.text.decoding import MAX_BYTES, Decoded, decoded
from perfrules.language.text.guard import Stopped, event_span, events, head, refuse_too_much
from perfrules.language.text.inspection import Inspector
from perfrules.language.text.scalars import typed
from perfrules.language.text.syntax import report_syntax_error
from perfrules.language.text.unsaved import bytes_in

__all__ = [
    "Document",
    "Entry",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "parse_document",
    "read_document",
    "to_plain",
]

MAX_FINDINGS: Final = 100

_FIRST: Final = Text("第一次写在这里", "it first stands here")
_NOTHING: Final = Text("空值", "nothing")
_A_LIST: Final = Text("列表", "a list")
_A_MAPPING: Final = Text("一组键值", "a mapping")
_A_VALUE: Final = Text("单个值", "a single value")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value. `text` is what the file says, without quotes, whatever its type.

    `reported` says that there is a finding about it already.
    """

    value: Decimal | bool | str | None
    text: str
    span: Span
    quoted: bool
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value; `reported` is about the key."""

    key: str
    key_span: Span
    value: "Node"
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order of the file."""

    entries: dict[str, Entry]
    span: Span


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple["Node", ...]
    span: Span


Node = Scalar | Mapping | Sequence


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read; `name` is the one its spans carry, `lines` are for excerpts."""

    name: str
    root: Mapping
    lines: tuple[str, ...]


def to_plain(node: Node) -> Any:
    """The node as dict, list, `Decimal`, bool, str and None."""
    if isinstance(node, Mapping):
        return {key: to_plain(entry.value) for key, entry in node.entries.items()}
    if isinstance(node, Sequence):
        return [to_plain(item) for item in node.items]
    return node.value


def read_document(path: Path, name: str) -> tuple[Document | None, Findings]:
    """The document in a file. Whatever is wrong, with the file too, is in the findings.

    The document is None only where there is no tree to speak of.
    """
    findings = Findings()
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
        if regular:
            data = bytes_in(path, MAX_BYTES + 1)
    except FileNotFoundError:
        findings.report("file-not-found", Span(name), path=name)
        return None, findings
    except (OSError, ValueError):
        findings.report("unreadable-file", Span(name), path=name)
        return None, findings
    if not regular:
        findings.report("not-a-file", Span(name), path=name)
        return None, findings
    return parse_document(data, name)


def parse_document(data: bytes, name: str) -> tuple[Document | None, Findings]:
    """The document that `data` writes, as `read_document`."""
    findings = Findings()
    source = decoded(data, name, findings)
    if source is None:
        return None, findings
    composer = _Composer(source, name, findings)
    try:
        root = composer.compose()
    except yaml.YAMLError as error:
        last = Findings()
        report_syntax_error(error, source, name, composer.inspector.open_quote, last)
        # What the beginning of the broken line was taken for is beside the point.
        broken = {_line(one) for one in last}
        return None, Findings([*(one for one in findings if _line(one) not in broken), *last])
    if not isinstance(root, Mapping):
        return None, findings
    return Document(name, root, source.lines), findings


def _line(finding: Diagnostic) -> int:
    return finding.place.line if isinstance(finding.place, Span) else 0


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come. `name` is the key that it stands under."""

    is_mapping: bool
    is_flow: bool
    span: Span
    name: str
    entries: dict[str, Entry]
    items: list[Node]
    key: Entry | None = None
    awaits_value: bool = False


class _Composer:
    """Builds the tree from the events, and has the inspector look at every key and value."""

    def __init__(self, source: Decoded, name: str, findings: Findings) -> None:
        self.text, self.name, self.findings = source.text, name, findings
        self.inspector = Inspector(source, name, findings)
        self.stack: list[_Open] = []
        self.root: Node | None = None

    def compose(self) -> Node | None:
        """The tree, or None where a limit or the syntax stands in its way."""
        try:
            refuse_too_much(self.text, self.name, self.findings)
            for event in events(self.text):
                self.take(event)
        except Stopped:
            return None
        if self.root is None or _is_empty(self.root):
            self.findings.report("empty-document", Span(self.name))
        elif not isinstance(self.root, Mapping):
            self.refuse_root(self.root)
        return self.root

    def refuse_root(self, root: Scalar | Sequence) -> None:
        if not (_is_plain(root) and self.inspector.lone_key(root.text, root.span)):
            found = _A_LIST if isinstance(root, Sequence) else _A_VALUE
            self.findings.report("not-a-mapping", head(root.span), found=found)

    def take(self, event: Any) -> None:
        if len(self.findings) > MAX_FINDINGS:
            place = head(event_span(event, self.name))
            self.findings.report("too-many-mistakes", place, limit=MAX_FINDINGS)
            raise Stopped
        if isinstance(event, yaml.ScalarEvent):
            self.inspector.specials(event, self.context)
            self.add(self.scalar(event))
        elif isinstance(event, yaml.CollectionStartEvent):
            self.inspector.specials(event, self.context)
            self.begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.end(event)
        elif isinstance(event, yaml.AliasEvent):
            span = event_span(event, self.name)
            self.inspector.alias(str(event.anchor), span)
            self.add(Scalar(None, f"*{event.anchor}", span, quoted=False, reported=True))
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self.findings.report("several-documents", event_span(event, self.name))
            raise Stopped

    def scalar(self, event: Any) -> Scalar:
        text, span, quoted = event.value, event_span(event, self.name), bool(event.style)
        reported = self.inspector.text(text, span, event.style) or event.tag is not None
        value = text if quoted else typed(text)
        if isinstance(value, str) and not value.isascii():
            value = unicodedata.normalize("NFC", value)
        return Scalar(value, text, span, quoted, reported)

    def begin(self, event: Any) -> None:
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        span = event_span(event, self.name)
        self.stack.append(_Open(is_mapping, bool(event.flow_style), span, self.context, {}, []))

    def end(self, event: Any) -> None:
        done = self.stack.pop()
        end = event_span(event, self.name)[3:]
        if not done.is_flow:
            # The parser ends a block where the next token begins.
            values = [entry.value for entry in done.entries.values()] or done.items
            end = max((value.span[3:] for value in values), default=done.span[3:])
        span = done.span._replace(end_line=end[0], end_column=end[1])
        self.add(
            Mapping(done.entries, span) if done.is_mapping else Sequence(tuple(done.items), span)
        )

    @property
    def context(self) -> str:
        """The key that the next value stands under, directly or in a list."""
        if not self.stack:
            return ""
        top = self.stack[-1]
        if top.is_mapping:
            return top.key.key if top.key else ""
        return top.name

    def add(self, node: Node) -> None:
        """Puts a finished key, value or item where it belongs."""
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if not top.is_mapping:
            if _is_plain(node):
                seen = self.inspector.item(node.text, node.span, top.name, top.is_flow)
                node = _reported(node, seen)
            top.items.append(node)
        elif not top.awaits_value:
            top.key, top.awaits_value = self.key(node, top), True
        else:
            if top.key is not None:
                self.add_value(node, top.key, top)
            top.key, top.awaits_value = None, False

    def add_value(self, node: Node, entry: Entry, top: _Open) -> None:
        reported = entry.reported
        if _is_plain(node):
            if top.is_flow and node.span[1:3] == entry.key_span[3:]:
                reported |= self.inspector.lone_key(entry.key, entry.key_span)
            seen = self.inspector.value(
                node.text, node.span, entry.key, entry.key_span, top.is_flow
            )
            node = _reported(node, seen)
        top.entries[entry.key] = replace(entry, value=node, reported=reported)

    def key(self, node: Node, top: _Open) -> Entry | None:
        """The entry that a key begins; None where it cannot be kept."""
        if not isinstance(node, Scalar) or (node.value is None and not node.quoted):
            found = _kind(node)
            self.findings.report("key-not-text", head(node.span), found=found)
            return None
        key = unicodedata.normalize("NFC", node.text)
        reported = node.reported
        if not node.quoted:
            reported |= self.inspector.plain_key(key, node.span, top.is_flow)
        if (first := top.entries.get(key)) is not None:
            related = (Related(first.key_span, _FIRST),)
            line = first.key_span.line
            self.findings.report("duplicate-key", node.span, related=related, key=key, line=line)
            return None
        return Entry(key, node.span, node, reported)


def _is_plain(node: Node) -> TypeGuard[Scalar]:
    return isinstance(node, Scalar) and not node.quoted


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None


def _reported(scalar: Scalar, seen: bool) -> Scalar:
    return replace(scalar, reported=True) if seen else scalar


def _kind(node: Node) -> Text:
    if isinstance(node, Scalar):
        return _NOTHING
    return _A_MAPPING if isinstance(node, Mapping) else _A_LIST
