"""From the errors of JSON Schema to findings: the user's words, the right key or value.

A schema object may carry `x-expected` (what should stand there, in both languages) and
`x-code` (the code of a failure of any of its keywords).
"""

import functools
from collections.abc import Mapping as Mapping_
from decimal import Decimal
from typing import Any, Final

from perfrules.codes.code import Text
from perfrules.codes.vocabulary import MEANT
from perfrules.diagnostics import Findings, Mend, Span, closest, nearest
from perfrules.exact import Unread, read_number, read_percent, share_readings
from perfrules.language.text.dates import BadDate, read_date
from perfrules.language.text.document import Entry, Mapping, Node, Scalar, Sequence
from perfrules.language.text.guard import head
from perfrules.language.text.scalars import intended_number
from perfrules.model.declared import blocks_of, keys_of
from perfrules.model.policy import Policy

__all__ = ["ShapeErrors"]

_ANYTHING: Final = Text("其他类型的值", "another kind of value")
_NUMBER_CODES: Final = frozenset(("not-a-number", "not-a-percentage", "not-a-whole-number"))
_COLLECTION_CODES: Final = frozenset(("bad-range", "bad-slope", "choose-one"))
_WORDS: Final = (("required", "none"), ("rest", "given"), ("rest",))
"""Words that can stand where a number can, as the pattern of the kind has them."""
_YES: Final = frozenset(("yes", "y", "on", "1", *MEANT["true"].split()))
_NO: Final = frozenset(("no", "n", "off", "0", *MEANT["false"].split()))


class ShapeErrors:
    """Collects the errors of one document and reports them, one for each mistake."""

    def __init__(self, root: Node, findings: Findings) -> None:
        self.root, self.findings = root, findings
        self.errors: list[Any] = []
        self.said: set[tuple[Any, ...]] = set()
        # Missing keys that an unknown key was meant to be, by the path of the mapping.
        self.meant: set[tuple[tuple[Any, ...], str]] = set()

    def add(self, error: Any) -> None:
        self.errors.append(error)

    def report(self, limit: int) -> None:
        """Reports what was added, `limit` errors at most."""
        for error in self.errors[:limit]:
            if error.validator == "additionalProperties":
                self.unknown_keys(error)
        for error in self.errors[:limit]:
            if error.validator != "additionalProperties":
                self.one(error)
        if len(self.errors) > limit:
            self.findings.report("too-many-mistakes", head(self.root.span), limit=limit)

    def say(self, code: str, place: Span, **facts: Any) -> None:
        """Reports unless the same has been said of the same place."""
        saying = (place, facts.get("key") if code == "missing-key" else None)
        if saying not in self.said:
            self.said.add(saying)
            self.findings.report(code, place, **facts)

    def unknown_keys(self, error: Any) -> None:
        path = tuple(error.absolute_path)
        node, _ = self.at(path)
        if not isinstance(node, Mapping):
            return
        known = list(error.schema.get("properties", {}))
        free = [key for key in known if key not in node.entries]
        for key, entry in node.entries.items():
            if key in known:
                continue
            near = nearest(key, free, _titles())
            if near["suggestion"] is None:
                near = {"suggestion": closest(key, known, _titles())}
            if near["suggestion"]:
                self.meant.add((path, str(near["suggestion"])))
            if not entry.reported:
                facts = {"key": key, "known": ", ".join(known), **near}
                self.say("unknown-key", entry.key_span, **facts)

    def one(self, error: Any) -> None:
        """Any error but that of unknown keys."""
        path = tuple(error.absolute_path)
        node, entry = self.at(path)
        expected = _expected(error.schema)
        code = error.schema.get("x-code")
        if isinstance(node, Mapping) and isinstance(error.instance, str):
            self.key(error, node, code, expected)
        elif error.validator in ("required", "minProperties", "maxProperties", "not"):
            self.keys(error, node, entry, code, expected)
        elif isinstance(node, Scalar):
            self.scalar(error, node, entry, code, expected)
        elif not _has_reported(node):
            code = code if code in _COLLECTION_CODES else "wrong-type"
            self.say(code, head(node.span), **_facts(node, expected))

    def key(self, error: Any, node: Mapping, code: str | None, expected: Text) -> None:
        """A key that cannot be used as a name, or not beside the others."""
        entry = node.entries.get(error.instance)
        if entry is None or entry.reported:
            return
        facts = {"text": entry.key, "parent": entry.key, "expected": expected}
        self.say(code or "unknown-value", entry.key_span, **facts, found=_names(node))

    def keys(
        self, error: Any, node: Node, entry: Entry | None, code: str | None, expected: Text
    ) -> None:
        """Keys that are missing, or too many."""
        if not isinstance(node, Mapping) or any(one.reported for one in node.entries.values()):
            return
        path = tuple(error.absolute_path)
        names = [step for step in path if isinstance(step, str)]
        parent = names[-1] if names else node.span.file
        place = entry.key_span if entry and path and path[-1] == entry.key else head(node.span)
        if code is not None:
            self.say(code, place, parent=parent, expected=expected, found=_names(node))
        elif error.validator == "required":
            for key in error.validator_value:
                # jsonschema reports each missing key, and says which only in its sentence.
                if key not in node.entries and (path, key) not in self.meant:
                    self.say("missing-key", place, key=key, parent=parent)
        else:
            self.say("missing-value", place, key=parent, expected=expected)

    def scalar(
        self, error: Any, node: Scalar, entry: Entry | None, code: str | None, expected: Text
    ) -> None:
        """A single value that cannot stand where it does."""
        if node.reported:
            return
        facts = _facts(node, expected)
        if node.value is None or (error.validator == "minLength" and not node.text):
            named = entry if entry and entry.value is node else None
            place = named.key_span if named else node.span
            self.say("missing-value", place, key=entry.key if entry else "-", expected=expected)
        elif error.validator == "uniqueItems":
            self.say("repeated-item", node.span, text=node.text)
        elif code in _NUMBER_CODES:
            self.number(code, error, node, facts)
        elif code == "bad-date":
            bad = read_date(node.text)
            if isinstance(bad, BadDate):
                meant = bad.facts.get("suggestion") if not node.quoted else None
                mend = Mend(node.text, meant) if meant else None
                self.say(bad.code, node.span, **bad.facts, mend=mend)
        elif code is not None:
            self.say(code, node.span, **facts)
        elif error.validator == "type" and "boolean" in _types(error):
            self.say("wrong-type", node.span, **facts, **_truth(node))
        elif error.validator == "enum" and isinstance(node.value, str):
            near = nearest(node.text, map(str, error.validator_value))
            self.say("unknown-value", node.span, **facts, **near)
        elif "number" in _types(error) and isinstance(node.value, str):
            self.number("not-a-number", error, node, facts)
        else:
            self.say("wrong-type", node.span, **facts)

    def number(self, code: str, error: Any, node: Scalar, facts: dict[str, Any]) -> None:
        """A number or percentage: spelt wrongly, without or with a percent sign, out of range."""
        text = node.text
        percentage = text.endswith(("%", "％"))
        read = read_percent(text) if percentage else read_number(text)
        suggestion: str | None = None
        if isinstance(read, Unread):
            words = str(error.schema.get("pattern", ""))
            known = next((group for group in _WORDS if all(one in words for one in group)), ())
            if read is Unread.NOT_A_NUMBER and known:
                facts |= nearest(text, known)
                suggestion = facts.pop("suggestion")
                code = "unknown-value" if suggestion or "none" in known else code
            else:
                code = code if read is Unread.NOT_A_NUMBER else read.value
                suggestion = intended_number(text)
                if read is Unread.FULL_WIDTH and suggestion and not node.quoted:
                    facts["mend"] = Mend(text, suggestion)
        elif node.quoted and error.validator == "type":
            facts["text"], suggestion = f'"{text}"', text
        elif percentage and "string" not in _types(error):
            suggestion = text[:-1].rstrip()
        elif code == "not-a-percentage" and not percentage and read > 0:
            code, facts = "share-without-percent", share_readings(text, read)
        elif code == "not-a-number":
            code = "unknown-value"
        self.say(code, node.span, **facts, suggestion=suggestion)

    def at(self, path: tuple[Any, ...]) -> tuple[Node, Entry | None]:
        """The node at a path and the nearest entry that it stands in."""
        node, entry = self.root, None
        for step in path:
            if isinstance(node, Mapping) and step in node.entries:
                entry = node.entries[step]
                node = entry.value
            elif isinstance(node, Sequence):
                node = node.items[step]
        return node, entry


@functools.cache
def _titles() -> Mapping_[str, tuple[str, ...]]:
    """What keys are called in Chinese for which the vocabulary has no words."""
    keys = (one for block in blocks_of(Policy).values() for one in keys_of(block))
    return {one.name: (one.key.title.split(" · ")[0],) for one in keys if one.name not in MEANT}


def _expected(schema: dict[str, Any]) -> Text:
    words = schema.get("x-expected")
    return Text(words["zh"], words["en"]) if words else _ANYTHING


def _facts(node: Node, expected: Text) -> dict[str, Any]:
    """The facts that any code of a schema may want."""
    reason = Text(f"应为{expected.zh}", f"expected {expected.en}")
    text = node.text if isinstance(node, Scalar) else "…"
    return {"text": text, "found": _words(node), "expected": expected, "reason": reason}


def _words(node: Node) -> Text:
    """What stands in the file, in words."""
    if isinstance(node, Mapping):
        return Text("一组键值", "a mapping")
    if isinstance(node, Sequence):
        return Text("列表", "a list") if node.items else Text("空列表", "an empty list")
    shown = "".join(letter for letter in node.text[:60] if letter.isprintable())
    shown += "…" if len(node.text) > 60 else ""
    if isinstance(node.value, Decimal):
        return Text(f"数字 `{shown}`", f"the number `{shown}`")
    return Text(f"`{shown}`", f"`{shown}`")


def _names(node: Mapping) -> Text:
    names = ", ".join(f"`{key[:40]}`" for key in list(node.entries)[:9])
    return Text(names.replace(", ", "、"), names) if names else Text("无", "nothing")


def _types(error: Any) -> tuple[str, ...]:
    types = error.schema.get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)


def _truth(node: Scalar) -> dict[str, object]:
    word = node.text.lower()
    meant = "true" if word in _YES else "false" if word in _NO else None
    certain = meant is not None and not node.quoted
    return {"suggestion": meant, "mend": Mend(node.text, str(meant)) if certain else None}


def _has_reported(node: Node) -> bool:
    items = node.items if isinstance(node, Sequence) else ()
    return any(isinstance(item, Scalar) and item.reported for item in items)
