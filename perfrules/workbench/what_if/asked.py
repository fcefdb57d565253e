"""What is asked for: `sales.grades.S.at_least=92`, or another version of a policy, each as drafts
of clauses, which say what to put where."""

import dataclasses
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from perfrules.diagnostics import Diagnostic, Findings, Span, closest
from perfrules.language.amended import (
    Put,
    differences,
    meant_path,
    resolved_node,
    value_at,
    value_node,
)
from perfrules.language.read import ReadPolicy, policy_in
from perfrules.language.text.document import Mapping as MappingNode
from perfrules.language.text.document import Node, Scalar, read_document
from perfrules.language.text.document import Sequence as SequenceNode
from perfrules.language.text.extends import resolve_extends
from perfrules.model.policy import Policy
from perfrules.model.policy_set import PolicySet

__all__ = ["Draft", "InForce", "Replacement", "drafts_of_change", "replacement"]

EVERY: Final = "*"
"""In the place of a policy: each that has what is changed."""

_FIXED: Final = frozenset(("policy", "extends", "effective"))
"""Keys that say which policy it is and where its text comes from, not what it does."""

_QUIET: Final = frozenset(("version", "title", "effective", "guardrails", "warnings", "cycle"))
_QUIET_BELOW: Final = frozenset(("title", "source"))
"""Keys that say what something is called; all that changes of them is one clause."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause to be: who asks for it, and what is put into which policy."""

    argument: str
    puts: Mapping[str, tuple[Put, ...]]


@dataclass(frozen=True, slots=True)
class Replacement:
    """Another version of a policy: what is changed, clause by clause, and the policy itself."""

    policy: str
    drafts: tuple[Draft, ...]
    read: ReadPolicy


@dataclass(frozen=True, slots=True)
class InForce:
    """The policies that judge a cycle ending on `day`, by id; `all` are those of the folder."""

    all: PolicySet
    day: datetime.date
    read: Mapping[str, ReadPolicy]
    root: Path

    def named(self, text: str, place: str) -> str | Diagnostic:
        """The id that a text names, by id or by title."""
        name = self.all.named(text) or text
        if name in self.read:
            return name
        found = self.all.in_force(text, on=self.day)
        assert isinstance(found, Diagnostic)
        return dataclasses.replace(found, place=place)


def drafts_of_change(text: str, place: str, rules: InForce, findings: Findings) -> Draft | None:
    """The clause that `POLICY.PATH=VALUE` asks for."""
    left, mark, value = text.partition("=")
    first, *words = (word.strip() for word in left.split("."))
    if not mark or not words or not all((first, *words)):
        findings.report("change-not-readable", place, text=text)
        return None
    if words[0] in _FIXED:
        findings.report("not-to-be-set", place, key=words[0])
        return None
    paths = _paths(first, words, place, rules)
    if isinstance(paths, Diagnostic):
        findings.extend([paths])
        return None
    key = next(iter(paths.values()))[-1]
    node, found = value_node(value.strip(), words[-1] if key.isdigit() else key, place)
    findings.extend(dataclasses.replace(one, place=place) for one in found)
    if node is None:
        return None
    return Draft(place, {name: (Put(path, node, Span(place)),) for name, path in paths.items()})


def _paths(
    policy: str, words: Sequence[str], place: str, rules: InForce
) -> Mapping[str, tuple[str, ...]] | Diagnostic:
    """The path in each of the policies that are meant."""
    if policy != EVERY:
        name = rules.named(policy, place)
        if isinstance(name, Diagnostic):
            return name
        path = meant_path(rules.read[name].policy, words, place)
        return path if isinstance(path, Diagnostic) else {name: path}
    found = {}
    known: dict[str, None] = {}
    for name, read in rules.read.items():
        path = meant_path(read.policy, words, place)
        known |= dict.fromkeys(read.policy.resolved)
        if not isinstance(path, Diagnostic) and value_at(read.policy.resolved, path) is not None:
            found[name] = path
    if found:
        return found
    facts = {"key": ".".join(words), "known": ", ".join(known)}
    return Diagnostic("unknown-key", place, {**facts, "suggestion": closest(words[0], known)})


def replacement(
    path: Path, rules: InForce, findings: Findings, taken: Mapping[str, Path]
) -> Replacement | None:
    """What becomes different when the policy in a file takes the place of the one with its id.

    It judges the cycle whatever its dates are. What it extends is looked for beside it, and else
    where the policy stands whose place it takes. `taken` are those whose place is taken already.
    """
    document, found = read_document(path, str(path))
    findings.extend(found)
    if document is None:
        return None
    entry = document.root.entries.get("policy")
    if entry is None or not isinstance(entry.value, Scalar):
        policy_in(document.root, _label, findings)
        return None
    name = entry.value.text
    if name not in rules.read:
        wrong = rules.all.in_force(name, on=rules.day)
        assert isinstance(wrong, Diagnostic)
        findings.extend([dataclasses.replace(wrong, place=entry.value.span)])
        return None
    if name in taken:
        findings.report("replaced-twice", entry.value.span, policy=name, other=str(taken[name]))
        return None
    old = rules.read[name]
    stands, root = _standing(document.root, path, Path(old.addresses.whole.file), rules.root)
    merged, found = resolve_extends(document, stands, root)
    findings.extend(found)
    read = None if found.errors else policy_in(merged, _label, findings)
    if read is None or findings.errors:
        return None
    policy = dataclasses.replace(read.policy, effective=old.policy.effective)
    read = dataclasses.replace(read, policy=policy)
    drafts = tuple(_drafts(str(path), old.policy, read))
    return Replacement(name, drafts, read)


def _label(name: str) -> str:
    return Path(name).name


def _standing(root: MappingNode, path: Path, old: Path, policies: Path) -> tuple[Path, Path]:
    """Where a file is taken to stand, and in which folder of policies."""
    entry = root.entries.get("extends")
    extends = entry.value.text if entry and isinstance(entry.value, Scalar) else ""
    try:
        beside = bool(extends) and (path.parent / extends).is_file()
        inside = path.resolve().is_relative_to(policies.resolve())
    except (OSError, ValueError):
        beside = inside = False
    if inside:
        return path, policies
    return (path, path.parent) if beside or not extends else (old, policies)


def _drafts(argument: str, old: Policy, new: ReadPolicy) -> Iterator[Draft]:
    tree = resolved_node(new.policy, new.addresses)
    quiet: list[Put] = []
    for path in differences(old.resolved, new.policy.resolved):
        put = Put(path, _at(tree, path), new.addresses.key(".".join(path)))
        if path[0] in _QUIET or not _QUIET_BELOW.isdisjoint(path):
            quiet.append(put)
        else:
            yield Draft(argument, {old.id: (put,)})
    if quiet:
        yield Draft(argument, {old.id: tuple(quiet)})


def _at(node: Node | None, path: Sequence[str]) -> Node | None:
    for key in path:
        if isinstance(node, MappingNode):
            entry = node.entries.get(key)
            node = entry.value if entry is not None else None
        elif isinstance(node, SequenceNode) and int(key) < len(node.items):
            node = node.items[int(key)]
        else:
            return None
    return node
