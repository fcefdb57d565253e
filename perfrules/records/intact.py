"""Whether files of a result folder are still those that its manifest names."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.records.manifest import MANIFEST
from perfrules.records.read import ResultFolder

__all__ = ["altered"]


def altered(results: ResultFolder, names: Iterable[str]) -> Iterator[Diagnostic]:
    """What is wrong with the manifest's seal and with the files that are about to be read.

    Whether the records in them are right is for `verify` to say.
    """
    if not results.manifest.sealed:
        part = Text("摘要与内容不符", "its seal does not fit")
        place = str(results.folder / MANIFEST)
        yield Diagnostic("damaged-manifest", place, {"path": MANIFEST, "part": part})
    stated = {file.path: file.sha256 for file in results.manifest.outputs}
    for name in names:
        path = results.folder / name
        digest = _digest(path)
        if digest is None:
            yield Diagnostic("missing-output", str(path), {"path": name})
        elif digest != stated.get(name):
            yield Diagnostic("changed-output", str(path), {"path": name})


def _digest(path: Path) -> str | None:
    """The SHA-256 of an ordinary file; None where there is none that can be read."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
