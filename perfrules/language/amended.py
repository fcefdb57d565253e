"""A policy with something in it changed: from words to a path, and a value put there.

A path has the keys of the resolved policy. What is changed is the tree that the file writes, so
that whatever follows from its values (`weight: rest`, which indicators need a target) follows
again; only what the file leaves unsaid is taken over from the resolved text.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from perfrules.diagnostics import Diagnostic, Findings, Span, nearest
from perfrules.language.addresses import Addresses
from perfrules.language.read import ReadPolicy, policy_in
from perfrules.language.text.document import Entry, Node, Scalar, parse_document
from perfrules.language.text.document import Mapping as MappingNode
from perfrules.language.text.document import Sequence as SequenceNode
from perfrules.language.to_resolved import in_flow, resolved_yaml
from perfrules.model.declared import Names, keys_of
from perfrules.model.policy import Policy

__all__ = [
    "Put",
    "amended",
    "differences",
    "in_short",
    "meant_path",
    "resolved_node",
    "shown_path",
    "value_at",
    "value_node",
]

Path = tuple[str, ...]
"""Keys from the top; rows of lists by their number from 0."""

_NAMED: Final = frozenset(one.name for one in keys_of(Policy) if isinstance(one.key.kind, Names))
"""The keys whose entries have names of the policy's own, such as `indicators`."""

_FORMS: Final = frozenset(("score", "tiers"))
"""Keys that hold one of several forms, of which a half means nothing."""

_SHORT: Final = 40


class Put(NamedTuple):
    """A value to be put at a path, or with None to be taken out there. `place` is who says so."""

    path: Path
    value: Node | None
    place: Span


def value_node(text: str, key: str, name: str) -> tuple[Node | None, Findings]:
    """The value that a text writes, as it would stand behind a key of a policy; its places carry
    `name`. None where it cannot be read."""
    line = f"{json.dumps(key, ensure_ascii=False)}: {text}\n"
    document, findings = parse_document(line.encode(), name)
    entries = document.root.entries if document is not None else {}
    if findings.errors or len(entries) != 1:
        if not findings.errors:
            findings.report("change-not-readable", name, text=text)
        return None, findings
    (entry,) = entries.values()
    return entry.value, findings


def meant_path(policy: Policy, words: Sequence[str], place: str) -> Path | Diagnostic:
    """The path that words name: keys, titles where they are those of one thing only, rows by their
    grade or by their number from 1. A key that the policy does not have, and may have, is left to
    the checks of the language; a name that nothing in it has is a finding."""
    node: object = policy.resolved
    path: list[str] = []
    for number, word in enumerate(words):
        key = word
        if isinstance(node, Mapping):
            found = _key_of(node, word)
            key = found or word
            if found is None and path and path[-1] in _NAMED and number + 1 < len(words):
                titles = {name: _titles(one) for name, one in node.items()}
                facts = {"key": word, "known": ", ".join(node), **nearest(word, node, titles)}
                return Diagnostic("unknown-key", place, facts)
        elif isinstance(node, list):
            row = _row_of(node, word)
            if row is None:
                return _no_row(".".join(words[:number]), word, node, place)
            key = str(row)
        path.append(key)
        node = value_at(node, (key,))
    return tuple(path)


def _key_of(node: Mapping[str, object], word: str) -> str | None:
    if word in node:
        return word
    titled = [name for name, one in node.items() if word in _titles(one)]
    return titled[0] if len(titled) == 1 else None


def _titles(node: object) -> tuple[str, ...]:
    title = node.get("title") if isinstance(node, Mapping) else None
    return tuple(str(one) for one in title.values()) if isinstance(title, Mapping) else ()


def shown_path(policy: Policy, path: Path) -> str:
    """A path as somebody would write it: rows by their grade, or by their number from 1."""
    words: list[str] = []
    found: object = policy.resolved
    for key in path:
        row = value_at(found, (key,))
        words.append((_row_name(row) or str(int(key) + 1)) if isinstance(found, list) else key)
        found = row
    return ".".join(words)


def _row_name(row: object) -> str | None:
    """The grade of a row of grades; None of other rows."""
    if not isinstance(row, Mapping):
        return None
    name = row.get("grade", row.get("otherwise"))
    return name if isinstance(name, str) else None


def _row_of(rows: Sequence[object], word: str) -> int | None:
    names = [_row_name(row) for row in rows]
    if names.count(word) == 1:
        return names.index(word)
    if word.isascii() and word.isdigit() and 1 <= int(word[:9]) <= len(rows):
        return int(word) - 1
    return None


def _no_row(path: str, word: str, rows: Sequence[object], place: str) -> Diagnostic:
    numbers = [str(number) for number in range(1, len(rows) + 1)]
    known = [name for row in rows if (name := _row_name(row)) is not None] or numbers
    return Diagnostic("no-such-row", place, {"path": path, "row": word, "known": ", ".join(known)})


def value_at(node: object, path: Sequence[str]) -> object:
    """What stands at a path of a resolved policy; None where there is nothing."""
    for key in path:
        if isinstance(node, Mapping):
            node = node.get(key)
        elif isinstance(node, list) and key.isdigit() and int(key) < len(node):
            node = node[int(key)]
        else:
            return None
    return node


def in_short(value: object) -> str:
    """A value of a resolved policy in one short line; a dash where there is none."""
    if value is None:
        return "—"
    text = in_flow(value)
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def differences(old: object, new: object, path: Path = ()) -> Iterator[Path]:
    """The paths at which two resolved policies differ, each as deep as both have it; lists of
    different lengths as a whole, and so a score or tiers of another form."""
    if path and path[-1] in _FORMS and _form(old) != _form(new):
        yield path
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*new, *old)):
            yield from differences(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for row, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from differences(one, other, (*path, str(row)))
    elif old != new:
        yield path


def _form(node: object) -> object:
    """Which keys there are, and what the score looks at."""
    return (set(node), node.get("on")) if isinstance(node, Mapping) else node


def resolved_node(policy: Policy, at: Addresses) -> MappingNode:
    """The tree that the resolved text of a policy writes, with the places of the policy's file."""
    name = at.whole.file
    document, _ = parse_document(resolved_yaml(policy.resolved).encode(), name)
    assert document is not None, f"{policy.label}: its resolved text cannot be read"
    root = _replaced(document.root, "", at)
    assert isinstance(root, MappingNode)
    return root


def _replaced(node: Node, path: str, at: Addresses) -> Node:
    """A node with the places of the file's own keys and values."""
    prefix = f"{path}." if path else ""
    if isinstance(node, MappingNode):
        entries = {
            key: Entry(key, at.key(prefix + key), _replaced(one.value, prefix + key, at))
            for key, one in node.entries.items()
        }
        return MappingNode(entries, at.value(path))
    if isinstance(node, SequenceNode):
        items = (_replaced(item, f"{prefix}{row}", at) for row, item in enumerate(node.items))
        return SequenceNode(tuple(items), at.value(path))
    return Scalar(node.value, node.text, at.value(path), node.quoted)


def amended(read: ReadPolicy, puts: Sequence[Put], findings: Findings) -> ReadPolicy | None:
    """A policy with values put into it, one after the other; None where its shape is wrong then.

    It goes through all checks of the language, whose findings go to `findings`.
    """
    full = resolved_node(read.policy, read.addresses)
    found, own = _checked(read.root, full, puts, read)
    if own.errors:
        # Where the file has a short form of what is changed, the two would stand side by side.
        again, others = _checked(full, full, puts, read)
        if not others.errors:
            found, own = again, others
    findings.extend(own)
    return found


def _checked(
    root: MappingNode, full: MappingNode, puts: Sequence[Put], read: ReadPolicy
) -> tuple[ReadPolicy | None, Findings]:
    node: Node = root
    for one in puts:
        changed = _put(node, full, one.path, one)
        node = root if changed is None else changed
    findings = Findings()
    assert isinstance(node, MappingNode)
    return policy_in(node, read.addresses.label, findings), findings


def _put(written: Node | None, full: Node | None, path: Path, put: Put) -> Node | None:
    """The node with the value at the path: what is written where it is of the same kind as the
    resolved text, else that text."""
    if not path:
        return put.value
    head, *rest = path
    below = tuple(rest)
    if isinstance(full, SequenceNode) and head.isdigit() and int(head) < len(full.items):
        alike = isinstance(written, SequenceNode) and len(written.items) == len(full.items)
        rows = written if alike and isinstance(written, SequenceNode) else full
        row = int(head)
        items = list(rows.items)
        changed = _put(items[row], full.items[row], below, put)
        items[row : row + 1] = [] if changed is None else [changed]
        return SequenceNode(tuple(items), rows.span)
    known = full if isinstance(full, MappingNode) else MappingNode({}, put.place)
    base = written if isinstance(written, MappingNode) else known
    own, other = base.entries.get(head), known.entries.get(head)
    there = own or other
    values = [one.value if one is not None else None for one in (own, other)]
    changed = _put(values[0], values[1], below, put)
    entries = dict(base.entries)
    if changed is None:
        entries.pop(head, None)
    else:
        entries[head] = Entry(head, there.key_span if there is not None else put.place, changed)
    return MappingNode(entries, base.span)
