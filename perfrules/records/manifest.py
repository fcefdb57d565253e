"""manifest.json: what went in, what came out, and the digests of both.

Neither a time nor a machine stands in it, so that the same input gives the same bytes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from perfrules.codes.code import LANGUAGES, Language, Text
from perfrules.model.cycle_result import CycleResult, InputFile
from perfrules.records.seals import UnreadableError, parsed, seal
from perfrules.records.shapes import (
    count_in,
    digest_in,
    each_in,
    file_in,
    inside,
    mapping_in,
    text_in,
)
from perfrules.records.staging import OutputFile

__all__ = [
    "FORMAT",
    "MANIFEST",
    "KeptPolicy",
    "Manifest",
    "WorkbookAsked",
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


class WorkbookAsked(NamedTuple):
    """How the workbook is to be: its language, and how many rows each sheet of scores may have at
    most (None: as many as there are)."""

    language: Language
    rows: int | None

    @property
    def entries(self) -> dict[str, object]:
        """What the manifest says of it."""
        rows = {} if self.rows is None else {"workbook_rows": self.rows}
        return {"language": self.language, **rows}


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
    language: Language | None
    """The language of the workbook; None where there is none, or an earlier version wrote it."""
    workbook_rows: int | None
    """How many rows each of its sheets of scores may have; None where it has them all."""
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
    workbook: WorkbookAsked | None = None,
) -> str:
    """The text of the manifest, with a seal; `workbook` is what was asked of one, if any."""
    node: dict[str, object] = {
        **({} if revises is None else {"revises": revises}),
        **({} if workbook is None else workbook.entries),
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


def manifest_from(data: bytes) -> Manifest:
    """The manifest that a text writes; raises `UnreadableError` where its shape is wrong."""
    node = parsed(data)
    if node.get("format") != FORMAT:
        raise UnreadableError("format")
    chain = mapping_in(node, "chain")
    return Manifest(
        perfrules=text_in(node, "perfrules"),
        cycle={key: text_in(mapping_in(node, "cycle"), key) for key in mapping_in(node, "cycle")},
        policies=each_in(node, "policies", _kept),
        inputs=each_in(node, "inputs", lambda entry: InputFile(*file_in(entry))),
        outputs=each_in(node, "outputs", _output),
        counts={
            key: count_in(mapping_in(node, "counts"), key) for key in mapping_in(node, "counts")
        },
        records=count_in(chain, "records"),
        head=digest_in(chain, "head"),
        digest=digest_in(node, "digest"),
        revises=digest_in(node, "revises") if "revises" in node else None,
        language=_language(node) if "language" in node else None,
        workbook_rows=count_in(node, "workbook_rows") if "workbook_rows" in node else None,
        sealed=seal(node) == node["digest"] and manifest_json(node).encode() == data,
    )


def _language(node: Mapping[str, Any]) -> Language:
    named = text_in(node, "language")
    for language in LANGUAGES:
        if language == named:
            return language
    raise UnreadableError("language")


def _kept(entry: Mapping[str, Any]) -> KeptPolicy:
    return KeptPolicy(
        text_in(entry, "id"),
        text_in(entry, "version"),
        digest_in(entry, "digest"),
        inside(text_in(entry, "file")),
        inside(text_in(entry, "places")),
    )


def _output(entry: Mapping[str, Any]) -> OutputFile:
    path, digest, size = file_in(entry)
    return OutputFile(inside(path), digest, size)
