"""manifest.json: what went in, what came out, and the digests of both.

Neither a time nor a machine stands in it, so that the same input gives the same bytes.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from perfrules.codes.code import Text
from perfrules.model.cycle_result import CycleResult, InputFile
from perfrules.records.seals import UnreadableError, parsed, seal
from perfrules.records.staging import OutputFile

__all__ = [
    "FORMAT",
    "MANIFEST",
    "KeptPolicy",
    "Manifest",
    "manifest_from",
    "manifest_json",
    "manifest_text",
]

FORMAT: Final = "perfrules-results/1"
MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class KeptPolicy:
    """A policy that judged somebody; `file` has its resolved text, `places` where it stood."""

    id: str
    version: str
    digest: str
    file: str
    places: str

    @property
    def label(self) -> str:
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest, well formed; whether it tells the truth is for `verify` to say."""

    perfrules: str
    cycle: Mapping[str, str]
    policies: tuple[KeptPolicy, ...]
    inputs: tuple[InputFile, ...]
    outputs: tuple[OutputFile, ...]
    counts: Mapping[str, int]
    records: int
    head: str
    digest: str
    revises: str | None
    """The digest of the manifest of an earlier run that this one revises; None where it is none."""
    sealed: bool
    """Whether `digest` is that of the rest, and the text is the one that we write."""


def cycle_entry(result: CycleResult) -> dict[str, str]:
    """What the manifest says of the cycle."""
    cycle = result.cycle
    if cycle is None:
        return {}
    kind = {"kind": cycle.kind} if cycle.kind else {}
    dates = {"from": cycle.start.isoformat(), "to": cycle.end.isoformat()}
    named = {f"title_{key}": text for key, text in (cycle.title or Text("", ""))._asdict().items()}
    return {"id": cycle.id, **dates, **kind, **{key: text for key, text in named.items() if text}}


def manifest_text(
    version: str,
    result: CycleResult,
    policies: tuple[KeptPolicy, ...],
    outputs: tuple[OutputFile, ...],
    head: str,
    records: int,
    revises: str | None = None,
) -> str:
    """The text of the manifest, with a seal."""
    node: dict[str, object] = {
        **({} if revises is None else {"revises": revises}),
        "format": FORMAT,
        "perfrules": version,
        "cycle": cycle_entry(result),
        "policies": [
            {
                "id": kept.id,
                "version": kept.version,
                "digest": kept.digest,
                "file": kept.file,
                "places": kept.places,
            }
            for kept in policies
        ],
        "inputs": [file._asdict() for file in sorted(result.inputs)],
        "outputs": [file._asdict() for file in sorted(outputs)],
        "counts": result.counts,
        "chain": {"head": head, "records": records},
    }
    node["digest"] = seal(node)
    return manifest_json(node)


def manifest_json(node: Mapping[str, object]) -> str:
    """The one text of a manifest: keys sorted, one entry a line."""
    return json.dumps(node, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


T = TypeVar("T")


def manifest_from(data: bytes) -> Manifest:
    """The manifest that a text writes; raises `UnreadableError` where its shape is wrong."""
    node = parsed(data)
    if node.get("format") != FORMAT:
        raise UnreadableError("format")
    chain = _mapping(node, "chain")
    return Manifest(
        perfrules=_text(node, "perfrules"),
        cycle={key: _text(_mapping(node, "cycle"), key) for key in _mapping(node, "cycle")},
        policies=_each(node, "policies", _kept),
        inputs=_each(node, "inputs", lambda entry: InputFile(*_file(entry))),
        outputs=_each(node, "outputs", _output),
        counts={key: _count(_mapping(node, "counts"), key) for key in _mapping(node, "counts")},
        records=_count(chain, "records"),
        head=_digest(chain, "head"),
        digest=_digest(node, "digest"),
        revises=_digest(node, "revises") if "revises" in node else None,
        sealed=seal(node) == node["digest"] and manifest_json(node).encode() == data,
    )


def _kept(entry: Mapping[str, Any]) -> KeptPolicy:
    return KeptPolicy(
        _text(entry, "id"),
        _text(entry, "version"),
        _digest(entry, "digest"),
        _inside(_text(entry, "file")),
        _inside(_text(entry, "places")),
    )


def _output(entry: Mapping[str, Any]) -> OutputFile:
    path, digest, size = _file(entry)
    return OutputFile(_inside(path), digest, size)


def _file(entry: Mapping[str, Any]) -> tuple[str, str, int]:
    return _text(entry, "path"), _digest(entry, "sha256"), _count(entry, "size")


_INSIDE: Final = re.compile(r"(?:policies/)?(?!\.)[^/\\:\0]+")


def _inside(path: str) -> str:
    """A path that stays in the folder."""
    if not _INSIDE.fullmatch(path):
        raise UnreadableError(path)
    return path


def _mapping(node: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = node.get(key)
    if not isinstance(found, dict):
        raise UnreadableError(key)
    return found


def _each(
    node: Mapping[str, Any], key: str, read: Callable[[Mapping[str, Any]], T]
) -> tuple[T, ...]:
    found = node.get(key)
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise UnreadableError(key)
    return tuple(read(entry) for entry in found)


def _text(node: Mapping[str, Any], key: str) -> str:
    found = node.get(key)
    if not isinstance(found, str):
        raise UnreadableError(key)
    return found


def _count(node: Mapping[str, Any], key: str) -> int:
    found = node.get(key)
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise UnreadableError(key)
    return found


_HEX: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


def _digest(node: Mapping[str, Any], key: str) -> str:
    found = _text(node, key)
    if not _HEX.fullmatch(found):
        raise UnreadableError(key)
    return found
