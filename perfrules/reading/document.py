"""YAML text to a tree in which every key and every value knows its place.

The events of the parser are taken one by one, which cannot run out of stack; the limits
hold before anything is built. Anchors, aliases, tags and merge keys are refused, and values
are typed from their text alone (`scalars`).
"""

import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Findings, Related, Span
from perfrules.reading.decoding import (
    MAX_BYTES,
    Decoded,
    Hidden,
    decoded,
    hidden_in,
    report_hidden,
)
from perfrules.reading.misreadings import (
    EXPRESSION_KEYS,
    Slip,
    call_in_braces,
    cut_by_comment,
    in_quotes,
    key_in_text,
    quoted_in_curls,
    split_by_comma,
    starts_an_entry,
)
from perfrules.reading.scalars import BOOLEAN_KEYS, intended_number, refusal, typed
from perfrules.reading.syntax import report_syntax_error

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

MAX_DEPTH: Final = 32
MAX_NODES: Final = 100_000
MAX_TEXT: Final = 64 * 1024
MAX_FINDINGS: Final = 100

# The C parser is ten times as fast; neither of the two works by recursion.
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TEXT_KEYS: Final = frozenset(("title", "zh", "en", "reason", "source", "name", "evidence", "unit"))
_FIRST: Final = Text("第一次写在这里", "it first stands here")
_NOTHING: Final = Text("空值", "nothing")
_A_LIST: Final = Text("列表", "a list")
_A_MAPPING: Final = Text("一组键值", "a mapping")
_A_VALUE: Final = Text("单个值", "a single value")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value. `text` is what the file says, without quotes, whatever its type."""

    value: Decimal | bool | str | None
    text: str
    span: Span
    quoted: bool


@dataclass(frozen=True, slots=True)
class Entry:
    key: str
    key_span: Span
    value: "Node"


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
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
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
        report_syntax_error(error, source, name, composer.open_quote, last)
        # What the beginning of the broken line was taken for is beside the point.
        broken = {_line(one) for one in last}
        return None, Findings([*(one for one in findings if _line(one) not in broken), *last])
    if not isinstance(root, Mapping):
        return None, findings
    return Document(name, root, source.lines), findings


def _line(finding: Diagnostic) -> int:
    return finding.place.line if isinstance(finding.place, Span) else 0


class _Enough(Exception):
    """A limit is reached, or reading on would say nothing true."""


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come. `name` is the key that it stands under."""

    is_mapping: bool
    is_flow: bool
    span: Span
    name: str
    entries: dict[str, Entry]
    items: list[Node]
    key: str | None = None
    key_node: Scalar | None = None
    awaits_value: bool = False


class _Composer:
    def __init__(self, source: Decoded, name: str, findings: Findings) -> None:
        self.source, self.name, self.findings = source, name, findings
        self.hidden: list[Hidden] = list(source.hidden)
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.anchors: set[str] = set()
        self.open_quote: Span | None = None

    def compose(self) -> Node | None:
        try:
            self.refuse_too_many()
            for event in self.events():
                self.take(event)
        except _Enough:
            return None
        if self.root is None:
            self.findings.report("empty-document", Span(self.name))
        elif not isinstance(self.root, Mapping):
            self.refuse_root(self.root)
        return self.root

    def events(self) -> Iterator[Any]:
        return iter(yaml.parse(self.source.text, Loader=_LOADER))

    def refuse_too_many(self) -> None:
        """Counts first, which is ten times as fast as building. A value takes two characters."""
        if len(self.source.text) < MAX_NODES:
            return
        nodes = (event for event in self.events() if isinstance(event, yaml.NodeEvent))
        for number, event in enumerate(nodes):
            if number == MAX_NODES:
                raise self.stop("too-many-values", _head(self.span(event)), limit=MAX_NODES)

    def refuse_root(self, root: Node) -> None:
        if isinstance(root, Scalar) and root.value is None:
            self.findings.report("empty-document", Span(self.name))
            return
        slip = key_in_text(root.text) if isinstance(root, Scalar) and not root.quoted else None
        if slip:
            self.report(slip, root.span)
        else:
            found = _A_LIST if isinstance(root, Sequence) else _A_VALUE
            self.findings.report("not-a-mapping", _head(root.span), found=found)

    def span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(self.name, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def report(self, slip: Slip, span: Span) -> None:
        """Reports a slip in a plain text that begins at `span`."""
        if slip.offset:
            column = span.column + slip.offset
            span = span._replace(column=column, end_line=span.line, end_column=column + 1)
        self.findings.report(slip.code, span, **slip.facts)

    def stop(self, code: str, span: Span, **facts: object) -> _Enough:
        self.findings.report(code, span, **facts)
        return _Enough()

    # Events

    def take(self, event: Any) -> None:
        if len(self.findings) > MAX_FINDINGS:
            raise self.stop("too-many-mistakes", _head(self.span(event)), limit=MAX_FINDINGS)
        if isinstance(event, yaml.ScalarEvent):
            self.refuse_specials(event)
            self.add(self.scalar(event))
        elif isinstance(event, yaml.CollectionStartEvent):
            self.refuse_specials(event)
            self.begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.end(event)
        elif isinstance(event, yaml.AliasEvent):
            self.add(self.alias(event))
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise self.stop("several-documents", self.span(event))

    def begin(self, event: Any) -> None:
        span = self.span(event)
        if len(self.stack) >= MAX_DEPTH:
            raise self.stop("too-deep", _head(span), limit=MAX_DEPTH)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.stack.append(_Open(is_mapping, bool(event.flow_style), span, self.context, {}, []))

    def end(self, event: Any) -> None:
        done = self.stack.pop()
        last = self.span(event)
        span = done.span._replace(end_line=last.end_line, end_column=last.end_column)
        if not done.is_flow:
            # The parser ends a block where the next token begins.
            values = [entry.value for entry in done.entries.values()] or done.items
            end = max((value.span[3:] for value in values), default=done.span[3:])
            span = done.span._replace(end_line=end[0], end_column=end[1])
        if done.is_mapping:
            self.add(Mapping(done.entries, span))
        else:
            self.add(Sequence(tuple(done.items), span))

    @property
    def context(self) -> str:
        """The key that the next value stands under, directly or in a list."""
        if not self.stack:
            return ""
        top = self.stack[-1]
        return (top.key or "") if top.is_mapping else top.name

    def add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if not top.is_mapping:
            self.look_at_item(node, top)
            top.items.append(node)
        elif not top.awaits_value:
            top.key = self.key(node, top)
            top.key_node = node if isinstance(node, Scalar) else None
            top.awaits_value = True
        else:
            if top.key is not None and top.key_node is not None:
                self.look_at_value(node, top.key_node, top)
                top.entries[top.key] = Entry(top.key, top.key_node.span, node)
            top.key, top.awaits_value = None, False

    # Keys

    def key(self, node: Node, top: _Open) -> str | None:
        """The text of a key; None where the entry is refused."""
        report = self.findings.report
        if not isinstance(node, Scalar) or (node.value is None and not node.quoted):
            found = _NOTHING if isinstance(node, Scalar) else _kind(node)
            report("key-not-text", _head(node.span), found=found)
            return None
        key = unicodedata.normalize("NFC", node.text)
        if key == "<<" and not node.quoted:
            report("merge-key", node.span)
            return None
        if not node.quoted and key.lower() in BOOLEAN_KEYS:
            report("boolean-key", node.span, key=key)
        if not node.quoted and (slip := quoted_in_curls(key)):
            self.report(slip, node.span)
        if "\u3000" in key and ":" not in key:
            self.report(Slip("full-width-space", {}, key.index("\u3000")), node.span)
            return None
        if (first := top.entries.get(key)) is not None:
            related = (Related(first.key_span, _FIRST),)
            line = first.key_span.line
            report("duplicate-key", node.span, related=related, key=key, line=line)
            return None
        return key

    # Values

    def scalar(self, event: Any) -> Scalar:
        text, span, quoted = event.value, self.span(event), bool(event.style)
        if len(text) > MAX_TEXT:
            raise self.stop("text-too-long", _head(span), limit=MAX_TEXT)
        if event.style in ("'", '"') and span.line < span.end_line and self.open_quote is None:
            line = self.source.lines[span.line] if span.line < len(self.source.lines) else ""
            self.open_quote = span if starts_an_entry(line) else None
        self.look_for_hidden(text, span)
        value = text if quoted else typed(text)
        if isinstance(value, str) and not value.isascii():
            value = unicodedata.normalize("NFC", value)
        return Scalar(value, text, span, quoted)

    def look_for_hidden(self, text: str, span: Span) -> None:
        inside = [one for one in self.hidden if span[1:3] <= (one.line, one.column) < span[3:]]
        for one in inside:
            report_hidden(one, self.name, self.findings)
            self.hidden.remove(one)
        if not inside and not text.isprintable() and (escaped := hidden_in(text)):
            report_hidden(Hidden(escaped, span.line, span.column), self.name, self.findings)

    def look_at_value(self, node: Node, key: Scalar, top: _Open) -> None:
        if not isinstance(node, Scalar) or node.quoted:
            return
        # `{weight：30%}`: the whole is a key without a value. In a block, a slip on a line of
        # its own is taken for the value of the key above.
        keyless = not key.quoted and node.span[1:3] == key.span[3:]
        below = node.span.line > key.span.line and top.key not in _TEXT_KEYS
        if keyless and (slip := key_in_text(key.text)):
            self.report(slip, key.span)
        elif below and (slip := key_in_text(node.text)):
            self.report(slip, node.span)
        else:
            self.look_at_plain(node, top.key or "", top)

    def look_at_item(self, node: Node, top: _Open) -> None:
        if not isinstance(node, Scalar) or node.quoted:
            return
        slip = split_by_comma(node.text) if top.is_flow else None
        slip = slip or key_in_text(node.text)
        if slip:
            self.report(slip, node.span)
        else:
            self.look_at_plain(node, top.name, top)

    def look_at_plain(self, node: Scalar, key: str, top: _Open) -> None:
        """A plain value under `key`: numbers that others read otherwise, cut expressions."""
        text, span = node.text, node.span
        if (unread := refusal(text)) is not None:
            suggestion = intended_number(text)
            self.findings.report(unread.value, span, text=text, suggestion=suggestion)
        elif slip := quoted_in_curls(text):
            self.report(slip, span)
        elif text[:1] == "\u3000" or text[-1:] == "\u3000":
            offset = 0 if text[0] == "\u3000" else len(text) - 1
            self.report(Slip("full-width-space", {}, offset), span)
        elif key in EXPRESSION_KEYS:
            if top.is_flow and text.count("(") > text.count(")"):
                line = self.source.lines[span.line - 1][span.column - 1 :]
                whole = call_in_braces(line) or text
                self.findings.report("quote-expression", span, text=whole, fix=in_quotes(whole))
                return
            rest = self.source.lines[span.end_line - 1][span.end_column - 1 :]
            if slip := cut_by_comment(text, rest):
                severity = None if slip.offset == 0 else "warning"
                self.findings.report(slip.code, span, severity=severity, **slip.facts)

    # What only YAML has

    def refuse_specials(self, event: Any) -> None:
        if event.anchor is None and event.tag is None:
            return
        span = self.span(event)
        place = _head(span)
        if event.anchor is not None:
            self.anchors.add(event.anchor)
            self.findings.report("anchor-not-allowed", place, text=f"&{event.anchor}")
        if event.tag is not None:
            line = self.source.lines[span.line - 1][span.column - 1 :]
            if self.context in EXPRESSION_KEYS or getattr(event, "value", None) == "":
                written = line.split(" #")[0].rstrip()
                facts = {"text": written, "fix": in_quotes(written)}
                self.findings.report("quote-expression", place, **facts)
            else:
                self.findings.report("tag-not-allowed", place, text=line.split(maxsplit=1)[0])

    def alias(self, event: Any) -> Scalar:
        """An empty value in place of an alias; the anchor has been reported."""
        span, text = self.span(event), f"*{event.anchor}"
        if event.anchor not in self.anchors:
            self.findings.report("quote-expression", span, text=text, fix=in_quotes(text))
        return Scalar(None, text, span, quoted=False)


def _kind(node: Node) -> Text:
    return _A_MAPPING if isinstance(node, Mapping) else _A_LIST


def _head(span: Span) -> Span:
    """The first letter of a span, for what may run over many lines."""
    return span._replace(end_line=span.line, end_column=span.column + 1)
