"""What is wrong with a key or a plain value of YAML, whatever the schema says of it.

An `Inspector` reports and says whether it found an error, so that the schema does not say it
again. A warning never hides what the schema has to say.
"""

from typing import Any, Final

from perfrules.diagnostics import Findings, Mend, Span
from perfrules.exact import Unread
from perfrules.language.text.decoding import Decoded, Hidden, hidden_in, report_hidden
from perfrules.language.text.guard import event_span, head
from perfrules.language.text.misreadings import (
    BLANK,
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
from perfrules.language.text.scalars import BOOLEAN_KEYS, intended_number, refusal

__all__ = ["Inspector"]

_ONE_READING: Final = (Unread.FULL_WIDTH, Unread.EXPONENT)
"""Numbers that are not written as ours, and that nobody could take for two."""

_TEXT_KEYS: Final = frozenset(("title", "zh", "en", "reason", "source", "name", "evidence", "unit"))
"""Keys under which a text may look like anything."""


class Inspector:
    """Looks at the keys and values of one file. `open_quote` is a quoted text that runs over
    lines which look like entries of their own: the place to blame for a later syntax error.
    """

    def __init__(self, source: Decoded, name: str, findings: Findings) -> None:
        self.source, self.name, self.findings = source, name, findings
        self.hidden: list[Hidden] = list(source.hidden)
        self.anchors: set[str] = set()
        self.open_quote: Span | None = None

    def report(self, slip: Slip, span: Span) -> bool:
        """Reports a slip in a plain text that begins at `span`; whether it is an error."""
        if slip.offset:
            column = span.column + slip.offset
            span = span._replace(column=column, end_line=span.line, end_column=column + 1)
        return self.findings.report(slip.code, span, **slip.facts).severity == "error"

    # Both keys and values

    def specials(self, event: Any, context: str) -> None:
        """Anchors and tags. `context` is the key that the event stands under."""
        if event.anchor is None and event.tag is None:
            return
        place = head(event_span(event, self.name))
        if event.anchor is not None:
            self.anchors.add(event.anchor)
            self.findings.report("anchor-not-allowed", place, text=f"&{event.anchor}")
        if event.tag is not None:
            line = self.source.lines[place.line - 1][place.column - 1 :]
            if context in EXPRESSION_KEYS or getattr(event, "value", None) == "":
                self.quote(line.split(" #")[0].rstrip(), place)
            else:
                self.findings.report("tag-not-allowed", place, text=line.split(maxsplit=1)[0])

    def alias(self, name: str, span: Span) -> None:
        """An alias, or an expression that begins with a star. An anchor has been reported."""
        if name not in self.anchors:
            self.quote(f"*{name}", span)

    def quote(self, text: str, place: Span) -> bool:
        self.findings.report("quote-expression", place, text=text, fix=in_quotes(text))
        return True

    def text(self, text: str, span: Span, style: str | None) -> bool:
        """Characters that cannot be seen, and quotes that may not be closed."""
        if style in ("'", '"') and span.line < span.end_line and self.open_quote is None:
            line = self.source.lines[span.line] if span.line < len(self.source.lines) else ""
            self.open_quote = span if starts_an_entry(line) else None
        inside = [one for one in self.hidden if span[1:3] <= (one.line, one.column) < span[3:]]
        for one in inside:
            report_hidden(one, self.name, self.findings)
            self.hidden.remove(one)
        if not inside and not text.isprintable() and (escaped := hidden_in(text)):
            report_hidden(Hidden(escaped, span.line, span.column), self.name, self.findings)
            return True
        return bool(inside)

    # Keys

    def plain_key(self, key: str, span: Span, in_flow: bool) -> bool:
        """A key without quotes."""
        if key == "<<":
            self.findings.report("merge-key", span)
            return True
        # `direct：{min: 0}`: the key that YAML sees is `direct：{min`.
        if ("{" in key or "[" in key) and (slip := key_in_text(key)):
            return self.report(slip, span)
        if "\u3000" in key and ":" not in key:
            return self.report(Slip("full-width-space", {"mend": BLANK}, key.index("\u3000")), span)
        if slip := quoted_in_curls(key):
            return self.report(slip, span)
        if key.lower() in BOOLEAN_KEYS:
            self.findings.report("boolean-key", span, key=key)
        # `{by: max(a, b)}`: the cut has been reported at `max(a`.
        return in_flow and key.count(")") > key.count("(")

    def lone_key(self, key: str, span: Span) -> bool:
        """A key in braces without colon and value: `{weight：30%}`."""
        slip = key_in_text(key)
        return self.report(slip, span) if slip else False

    # Values

    def value(self, text: str, span: Span, key: str, key_span: Span, in_flow: bool) -> bool:
        """A plain value of a key. On a line of its own, an entry may be taken for a value."""
        below = span.line > key_span.line and key not in _TEXT_KEYS
        if below and (slip := key_in_text(text)):
            return self.report(slip, span)
        return self.plain(text, span, key, in_flow)

    def item(self, text: str, span: Span, key: str, in_flow: bool) -> bool:
        """A plain item of a list that stands under `key`."""
        slip = split_by_comma(text) if in_flow else None
        slip = slip or key_in_text(text)
        return self.report(slip, span) if slip else self.plain(text, span, key, in_flow)

    def plain(self, text: str, span: Span, key: str, in_flow: bool) -> bool:
        """Numbers that others read otherwise, quotes that are none, expressions cut short."""
        if (unread := refusal(text)) is not None:
            suggestion = intended_number(text)
            mend = Mend(text, suggestion) if unread in _ONE_READING and suggestion else None
            self.findings.report(unread.value, span, text=text, suggestion=suggestion, mend=mend)
            return True
        if slip := quoted_in_curls(text):
            return self.report(slip, span)
        if text[:1] == "\u3000" or text[-1:] == "\u3000":
            offset = 0 if text[0] == "\u3000" else len(text) - 1
            return self.report(Slip("full-width-space", {"mend": BLANK}, offset), span)
        return key in EXPRESSION_KEYS and self.expression(text, span, in_flow)

    def expression(self, text: str, span: Span, in_flow: bool) -> bool:
        if in_flow and text.count("(") > text.count(")"):
            line = self.source.lines[span.line - 1][span.column - 1 :]
            return self.quote(call_in_braces(line) or text, span)
        slip = cut_by_comment(text, self.source.lines[span.end_line - 1][span.end_column - 1 :])
        if slip is None:
            return False
        self.findings.report(slip.code, span, severity=slip.severity, **slip.facts)
        return slip.severity == "error"
