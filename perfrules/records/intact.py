"""Whether files of a result folder are still those that its manifest names."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.model.cycle_result import InputFile
from perfrules.records.manifest import MANIFEST
from perfrules.records.read import ResultFolder, files_in
from perfrules.records.signing import SIGNATURE
from perfrules.records.staging import OutputFile

__all__ = ["altered", "broken_seal", "check_files", "unlike"]


def altered(results: ResultFolder, names: Iterable[str]) -> Iterator[Diagnostic]:
    """What is wrong with the manifest's seal and with the files that are about to be read.

    Whether the records in them are right is for `verify` to say.
    """
    if not results.manifest.sealed:
        yield broken_seal(results.folder)
    stated = {file.path: (file.sha256, file.size) for file in results.manifest.outputs}
    for name in names:
        path = results.folder / name
        found = _digest(path)
        if found is None:
            yield Diagnostic("missing-output", str(path), {"path": name})
        elif found != stated.get(name):
            yield Diagnostic("changed-output", str(path), {"path": name})


def broken_seal(folder: Path) -> Diagnostic:
    """That the digest of a manifest is not that of the rest of it."""
    part = Text("摘要与内容不符", "its seal does not fit")
    return Diagnostic("damaged-manifest", str(folder / MANIFEST), {"path": MANIFEST, "part": part})


def check_files(
    folder: Path, listed: Sequence[OutputFile], changed: str = "changed-output"
) -> Iterator[Diagnostic]:
    """Every file that a manifest lists is there and unchanged (`changed` is the code where it is
    not), and there is no other."""
    for name, place, there in unlike(listed, folder):
        code = changed if there else "missing-output"
        yield Diagnostic(code, place, {"path": name})
    known = {MANIFEST, SIGNATURE, *(file.path for file in listed)}
    for name in files_in(folder):
        if name not in known:
            yield Diagnostic("extra-output", str(folder / name), {"path": name})


def unlike(
    files: Iterable[OutputFile | InputFile], folder: Path
) -> Iterator[tuple[str, str, bool]]:
    """The files that are not as they are listed: name, place, and whether they are there."""
    for file in files:
        path = folder / file.path
        found = _digest(path)
        if found != (file.sha256, file.size):
            yield file.path, str(path), found is not None


def _digest(path: Path) -> tuple[str, int] | None:
    """SHA-256 and size of an ordinary file; None where there is none that can be read."""
    digest, size = hashlib.sha256(), 0
    try:
        if not path.is_file() or path.is_symlink():
            return None
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
                size += len(chunk)
    except OSError:
        return None
    return digest.hexdigest(), size
