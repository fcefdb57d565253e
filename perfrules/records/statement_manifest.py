"""manifest.json of a folder of statements: which they are, and of which results."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from perfrules.codes.code import LANGUAGES, Language
from perfrules.papers.paper.laid_out import SUFFIXES, Layout
from perfrules.records.manifest import MANIFEST, Manifest, manifest_json
from perfrules.records.read import bytes_of
from perfrules.records.seals import UnreadableError, parsed, seal, sha256
from perfrules.records.shapes import digest_in, each_in, file_in, inside, text_in
from perfrules.records.signing import SIGNATURE, Signer, is_signed_by
from perfrules.records.statement_files import replace_file
from perfrules.version import __version__

__all__ = [
    "StatementFile",
    "StatementManifest",
    "are_statements",
    "keep_statements",
    "statement_file",
    "statements_from",
]

FORMAT: Final = "perfrules-statements/1"


class StatementFile(NamedTuple):
    """A statement as it was written; the subject is empty where the file is of everybody."""

    path: str
    sha256: str
    size: int
    subject: str
    language: Language
    layout: Layout


@dataclass(frozen=True, slots=True)
class StatementManifest:
    """The manifest, well formed. `results` is the digest of the manifest of the results."""

    perfrules: str
    results: str
    files: tuple[StatementFile, ...]
    sealed: bool


def statement_file(
    name: str, data: bytes, subject: str, language: Language, layout: Layout
) -> StatementFile:
    """The entry of a file with these bytes."""
    return StatementFile(name, sha256(data), len(data), subject, language, layout)


def are_statements(folder: Path) -> bool:
    """Whether a folder says that it holds statements."""
    try:
        return parsed(bytes_of(folder / MANIFEST) or b"").get("format") == FORMAT
    except UnreadableError:
        return False


def statements_from(data: bytes) -> StatementManifest:
    """The manifest that a text writes; raises `UnreadableError` where its shape is wrong."""
    node = parsed(data)
    if node.get("format") != FORMAT:
        raise UnreadableError("format")
    digest_in(node, "digest")
    return StatementManifest(
        perfrules=text_in(node, "perfrules"),
        results=digest_in(node, "results"),
        files=each_in(node, "statements", _file),
        sealed=seal(node) == node["digest"] and manifest_json(node).encode() == data,
    )


def _file(entry: Mapping[str, Any]) -> StatementFile:
    path, digest, size = file_in(entry)
    subject, language, layout = (text_in(entry, key) for key in ("subject", "language", "layout"))
    if language not in LANGUAGES or layout not in SUFFIXES:
        raise UnreadableError(path)
    return StatementFile(inside(path), digest, size, subject, language, layout)


def keep_statements(
    folder: Path, results: Manifest, made: Iterable[StatementFile], signs: Signer | None
) -> None:
    """Writes the manifest of a folder whose statements `made` have just been made.

    Statements of the same results that were made before stay listed, in a manifest that is signed
    now only where the same key signed them. Raises `OSError` where the system refuses.
    """
    files = {one.path: one for one in (*_before(folder, results, signs), *made)}
    node: dict[str, object] = {
        "format": FORMAT,
        "perfrules": __version__,
        "results": results.digest,
        "statements": [files[path]._asdict() for path in sorted(files)],
    }
    node["digest"] = seal(node)
    data = manifest_json(node).encode()
    if signs is not None:
        replace_file(folder / MANIFEST, data)
        replace_file(folder / SIGNATURE, signs.signature(data))
    elif data != bytes_of(folder / MANIFEST):
        if os.path.lexists(folder / SIGNATURE):
            (folder / SIGNATURE).unlink()
        replace_file(folder / MANIFEST, data)


def _before(folder: Path, results: Manifest, signs: Signer | None) -> tuple[StatementFile, ...]:
    """What the folder had of these results, if it is to be believed."""
    try:
        old = statements_from(bytes_of(folder / MANIFEST) or b"")
    except UnreadableError:
        return ()
    believed = old.sealed and old.results == results.digest
    if signs is not None:
        believed = believed and is_signed_by(folder, signs)
    return old.files if believed else ()
