"""manifest.json of a folder of papers: which they are, and what they were made of."""

import datetime
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args

from perfrules.codes.code import LANGUAGES, Language
from perfrules.papers.paper.laid_out import SUFFIXES, Layout
from perfrules.records.manifest import MANIFEST, manifest_json
from perfrules.records.papers.asked import KINDS, Asked, Variant
from perfrules.records.papers.paper_files import replace_file
from perfrules.records.read import bytes_of
from perfrules.records.seals import UnreadableError, parsed, seal, sha256
from perfrules.records.shapes import digest_in, each_in, file_in, inside, mapping_in, text_in
from perfrules.records.signing import SIGNATURE, Signer, is_signed_by
from perfrules.version import __version__

__all__ = [
    "MadeOf",
    "PaperFile",
    "PaperManifest",
    "are_papers",
    "keep_papers",
    "paper_file",
    "papers_from",
]

FORMAT: Final = "perfrules-papers/1"
_BEFORE: Final = "perfrules-statements/1"
"""What folders of statements were called before there were other papers."""


class MadeOf(NamedTuple):
    """What papers are made of: the digest of the manifest of the results, and that of the files of
    the cycle with the way to its folder from that of the papers; each empty where none was."""

    results: str = ""
    inputs: str = ""
    cycle: str = ""


class PaperFile(NamedTuple):
    """A file as it was written, and what was asked for when it was."""

    path: str
    sha256: str
    size: int
    language: Language
    layout: Layout
    asked: Asked


@dataclass(frozen=True, slots=True)
class PaperManifest:
    """The manifest, well formed."""

    perfrules: str
    made_of: MadeOf
    files: tuple[PaperFile, ...]
    sealed: bool


def paper_file(
    name: str, data: bytes, language: Language, layout: Layout, asked: Asked
) -> PaperFile:
    """The entry of a file with these bytes."""
    return PaperFile(name, sha256(data), len(data), language, layout, asked)


def are_papers(folder: Path) -> bool:
    """Whether a folder says that it holds papers."""
    try:
        return parsed(bytes_of(folder / MANIFEST) or b"").get("format") in (FORMAT, _BEFORE)
    except UnreadableError:
        return False


def papers_from(data: bytes) -> PaperManifest:
    """The manifest that a text writes; raises `UnreadableError` where its shape is wrong."""
    node = parsed(data)
    digest_in(node, "digest")
    if node.get("format") == _BEFORE:
        made_of, files = MadeOf(digest_in(node, "results")), each_in(node, "statements", _statement)
    elif node.get("format") == FORMAT:
        made_of, files = _made_of(mapping_in(node, "made_of")), each_in(node, "papers", _file)
    else:
        raise UnreadableError("format")
    return PaperManifest(
        perfrules=text_in(node, "perfrules"),
        made_of=made_of,
        files=files,
        sealed=seal(node) == node["digest"] and manifest_json(node).encode() == data,
    )


def _made_of(node: Mapping[str, Any]) -> MadeOf:
    results, inputs = (digest_in(node, key) if key in node else "" for key in ("results", "inputs"))
    return MadeOf(results, inputs, text_in(node, "cycle") if "cycle" in node else "")


def _file(entry: Mapping[str, Any]) -> PaperFile:
    path, digest, size = file_in(entry)
    asked = mapping_in(entry, "asked")
    words: dict[str, Any] = {key: text_in(asked, key) for key in asked}
    on = words.pop("on", "")
    try:
        found = Asked(**words, on=datetime.date.fromisoformat(on) if on else None)
    except (TypeError, ValueError):
        raise UnreadableError(path) from None
    if found.kind not in KINDS or found.variant not in get_args(Variant):
        raise UnreadableError(path)
    return PaperFile(inside(path), digest, size, *_layout(entry, path), found)


def _statement(entry: Mapping[str, Any]) -> PaperFile:
    path, digest, size = file_in(entry)
    asked = Asked("feedback", subject=text_in(entry, "subject"))
    return PaperFile(inside(path), digest, size, *_layout(entry, path), asked)


def _layout(entry: Mapping[str, Any], path: str) -> tuple[Language, Layout]:
    language, layout = text_in(entry, "language"), text_in(entry, "layout")
    if language not in LANGUAGES or layout not in SUFFIXES:
        raise UnreadableError(path)
    return language, layout


def _node(one: PaperFile) -> dict[str, object]:
    asked = {key: str(value) for key, value in one.asked._asdict().items() if value}
    return {**one._asdict(), "asked": asked}


def keep_papers(
    folder: Path, made_of: MadeOf, made: Iterable[PaperFile], signs: Signer | None
) -> None:
    """Writes the manifest of a folder whose papers `made` have just been made.

    Papers of the same results and of the same cycle that were made before stay listed, in a
    manifest that is signed now only where the same key signed them. Raises `OSError` where the
    system refuses.
    """
    before = _before(folder, signs)
    files = {one.path: one for one in (*_still(before, made_of), *made)}
    old = before.made_of if before else MadeOf()
    merged = MadeOf(*(new or kept for new, kept in zip(made_of, old, strict=True)))
    node: dict[str, object] = {
        "format": FORMAT,
        "perfrules": __version__,
        "made_of": {key: value for key, value in merged._asdict().items() if value},
        "papers": [_node(files[path]) for path in sorted(files)],
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


def _before(folder: Path, signs: Signer | None) -> PaperManifest | None:
    """What the folder had, if it is to be believed."""
    try:
        old = papers_from(bytes_of(folder / MANIFEST) or b"")
    except UnreadableError:
        return None
    if not old.sealed or (signs is not None and not is_signed_by(folder, signs)):
        return None
    return old


def _still(before: PaperManifest | None, made_of: MadeOf) -> Iterable[PaperFile]:
    """The papers of before that are of what papers are made of now."""
    for one in before.files if before else ():
        key = KINDS[one.asked.kind].of
        old, new = (
            (of.results if key == "results" else of.inputs)
            for of in (before.made_of if before else made_of, made_of)
        )
        if not new or new == old:
            yield one
