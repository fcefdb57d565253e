"""The pipeline: text -> document -> checked document -> policy -> checked policy."""

import functools
import os
import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Mapping_
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from perfrules.codes.code import Text
from perfrules.codes.vocabulary import MEANT
from perfrules.diagnostics import Findings, Related
from perfrules.language.addresses import Addresses
from perfrules.language.checks import check_policy
from perfrules.language.from_document import policy_from
from perfrules.language.schema import check_schema
from perfrules.language.text.decoding import MAX_BYTES
from perfrules.language.text.document import Entry, Mapping, Node, Sequence, read_document
from perfrules.language.text.extends import Load, resolve_extends
from perfrules.language.text.misnamed import misnamed_yaml
from perfrules.language.text.unsaved import bytes_in
from perfrules.language.turned_tables import grades_from_the_best
from perfrules.model.policy import Policy
from perfrules.model.policy_set import PolicySet, dates

__all__ = ["ReadPolicy", "policy_files", "policy_in", "read_all", "read_policies", "read_policy"]

Label = Callable[[str], str]
Meant = Mapping_[object, str]

# Possessive, so that a megabyte of blanks takes no time.
_POLICY_WORDS: Final = "|".join(("policy", *MEANT["policy"].split())).encode()
_POLICY_KEY: Final = re.compile(
    rb"""(?m)^[ \t]*+(?:- *+)?["'{]?[ \t]*+["']?(?:%b)["']?[ \t]*+(:|\xef\xbc\x9a)"""
    % _POLICY_WORDS
)


@dataclass(frozen=True, slots=True)
class ReadPolicy:
    """A policy, where everything in it stands, and the tree that it was read from."""

    policy: Policy
    addresses: Addresses
    root: Mapping


def read_policy(path: Path, root: Path | None = None) -> tuple[Policy | None, Findings]:
    """The policy in a file, and all that is to be said about it.

    `root` is the policies' folder, which `extends` may not leave; the file's own by default.
    The policy is None where there is an error.
    """
    folder = root or path.parent
    read, findings = _read(path, folder, read_document, _label(folder))
    return (None if read is None or findings.errors else read.policy), findings


def read_policies(root: Path) -> tuple[PolicySet, Findings]:
    """All policies below a folder, and all that is to be said about them.

    The set is empty where there is an error anywhere: half a set would judge by half the rules.
    """
    root = Path(os.path.normpath(root))
    files = policy_files(root)
    found, findings = read_all(files, root)
    misnamed = tuple(misnamed_yaml(root))
    findings.extend(misnamed)
    if not root.exists():
        findings.report("file-not-found", str(root), path=str(root))
    elif not files and not misnamed:
        findings.report("no-policies", str(root), path=str(root))
    chosen = () if findings.errors else (read.policy for read in found)
    return PolicySet(tuple(sorted(chosen, key=_by_id_and_date))), findings


def read_all(files: Iterable[Path], root: Path) -> tuple[list[ReadPolicy], Findings]:
    """The policies in some files of one folder, also those with errors, and all findings."""
    findings, found = Findings(), []
    # A shared file is read once, and its name looked up once, however many extend it.
    load, label = functools.cache(read_document), _label(root)
    for path in files:
        read, own = _read(path, root, load, label)
        # What a shared file is wrong about is said once, however many extend it.
        said = {(one.code, one.place) for one in findings}
        findings.extend(one for one in own if (one.code, one.place) not in said)
        if read is not None:
            found.append(read)
    _refuse_overlaps(found, findings)
    return found, findings


def policy_files(root: Path) -> list[Path]:
    """The policy files below a folder: `.yaml` files with a `policy:` key that are no tests."""
    if root.is_file():
        return [root]
    paths = sorted(path for path in root.rglob("*") if path.suffix in (".yaml", ".yml"))
    return [path for path in paths if path.is_file() and _is_policy(path)]


def _is_policy(path: Path) -> bool:
    """Whether a file is meant as a policy: it has a `policy:` key, holds nothing at all, or
    cannot even be searched.

    A fragment for `extends` has other keys, and so have a cycle.yaml and a targets.yaml.
    """
    if ".test." in path.name or path.name in ("cycle.yaml", "targets.yaml"):
        return False
    try:
        data = bytes_in(path, MAX_BYTES)
    except OSError:
        return True
    # A byte order mark goes, and the zeros of UTF-16, which is to be told what it is.
    text = data.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    return _POLICY_KEY.search(text) is not None or _is_empty(text)


def _is_empty(text: bytes) -> bool:
    """Whether there are only blank lines and comments."""
    lines = (line.strip() for line in text.splitlines())
    return all(line in (b"", b"---") or line.startswith(b"#") for line in lines)


def _by_id_and_date(policy: Policy) -> tuple[str, str]:
    start = policy.effective.start
    return (policy.id, start.isoformat() if start else "")


def _read(path: Path, root: Path, load: Load, label: Label) -> tuple[ReadPolicy | None, Findings]:
    document, findings = read_document(path, str(path))
    if document is None:
        return None, findings
    merged, found = resolve_extends(document, path, root, load)
    findings.extend(found)
    return (None if found.errors else policy_in(merged, label, findings)), findings


def _label(root: Path) -> Label:
    """Names files as seen from the policies' folder, whatever folder one stands in."""
    folder = root if root.is_dir() else root.parent
    base = folder.resolve()

    @functools.cache
    def label(name: str) -> str:
        try:
            return f"{base.name}/{Path(name).resolve().relative_to(base).as_posix()}"
        except ValueError:
            return Path(name).name

    return label


def policy_in(root: Mapping, label: Label, findings: Findings) -> ReadPolicy | None:
    """The policy that a mapping writes; None where its text or its shape is wrong.

    `findings` has what was found in the text before, and takes what is found now. Unknown keys
    alone do not hide what else there is to say: they are reported, and read as what they were
    probably meant to be.
    """
    known = _in_shape(root, findings)
    if known is None:
        return None
    known = grades_from_the_best(known)
    addresses = Addresses(known, label)
    before = len(findings.errors)
    policy = policy_from(known, addresses, findings)
    if len(findings.errors) == before:
        check_policy(policy, addresses, findings)
    return ReadPolicy(policy, addresses, known)


def _in_shape(root: Mapping, findings: Findings) -> Mapping | None:
    """The root as the schema wants it, with unknown keys read as what they were meant to be.

    Below a key that was unknown there may be others, which come to light once it has its name.
    """
    all_named = not findings.errors
    while True:
        found = Findings()
        check_schema(root, "policy", found)
        unknown = [one for one in found.errors if one.code == "unknown-key"]
        # What is missing beside a key that was left out may be what that key was meant to be.
        findings.extend(found if all_named or not findings.errors else unknown)
        if len(unknown) < len(found.errors) or any(
            one.code != "unknown-key" for one in findings.errors
        ):
            return None
        if not unknown:
            return root
        meant: Meant = {one.place: str(one.facts.get("suggestion") or "") for one in unknown}
        all_named = all(meant.values())
        known = _as_meant(root, meant)
        assert isinstance(known, Mapping)
        root = known


def _as_meant(node: Node, meant: Meant) -> Node:
    """The node with its unknown keys read as the words they are close to, or left out."""
    if isinstance(node, Mapping):
        entries = {}
        for entry in node.entries.values():
            key = meant.get(entry.key_span, entry.key)
            if key and (key == entry.key or key not in node.entries):
                entries[key] = Entry(key, entry.key_span, _as_meant(entry.value, meant))
        return Mapping(entries, node.span)
    if isinstance(node, Sequence):
        return Sequence(tuple(_as_meant(item, meant) for item in node.items), node.span)
    return node


def _refuse_overlaps(found: list[ReadPolicy], findings: Findings) -> None:
    """Two policies of one id on one day."""
    ordered = sorted(found, key=lambda read: _by_id_and_date(read.policy))
    for first, second in pairwise(ordered):
        one, other = first.policy, second.policy
        if one.id == other.id and (
            other.effective.start is None
            or one.effective.end is None
            or one.effective.end >= other.effective.start
        ):
            day = other.effective.start.isoformat() if other.effective.start else dates(other)
            note = Text("另一版本在此", "the other version is here")
            place = second.addresses.key("effective")
            related = (Related(first.addresses.key("effective"), note),)
            findings.report(
                "policies-overlap",
                place,
                related=related,
                policy=one.id,
                day=day,
                first=one.version,
                second=other.version,
            )
