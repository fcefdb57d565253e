"""A folder in the making, and the moment in which it takes its place.

Everything is written beside the folder that it will replace, on the same file system, synced
file by file, and then renamed. Whenever the process dies, the old folder or the new one is
whole. Whoever uses this holds the lock.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple

__all__ = ["OutputFile", "Staging", "lock_path", "recover", "set_aside"]


class OutputFile(NamedTuple):
    """A file of a result folder: its path inside, its SHA-256, its size."""

    path: str
    sha256: str
    size: int


def lock_path(out: Path) -> Path:
    """Where the lock of a folder stands."""
    return out.with_name(f".{out.name}.perfrules-lock")


def set_aside(out: Path) -> Path:
    """Where the old folder stands for the moment between the two renames."""
    return out.with_name(f".{out.name}.perfrules-old")


def recover(out: Path) -> None:
    """Removes what a killed run left, and puts back the folder that it had set aside."""
    old = set_aside(out)
    if old.is_dir() and not os.path.lexists(out):
        old.rename(out)
    for left in (old, *_left_parts(out)):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)


def _left_parts(out: Path) -> list[Path]:
    start, end = f".{out.name}.", ".perfrules-part"
    return [
        path
        for path in out.parent.iterdir()
        if path.name.startswith(start)
        and path.name.endswith(end)
        # What is left between the two is mkdtemp's: no point, so no other folder's part.
        and "." not in path.name[len(start) : -len(end)]
    ]


class Staging:
    """The new folder, private to its user, until `commit` puts it at `out`."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.current = ""
        """The file that is being written, for whoever has to say what failed."""
        name = tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".perfrules-part", dir=out.parent)
        self.folder = Path(name)

    def open(self, name: str) -> BinaryIO:
        """A new file, readable by its user alone."""
        self.current = name
        path = self.folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        return open(path, "xb", opener=_private)

    def write(self, name: str, chunks: Iterable[bytes]) -> OutputFile:
        """Writes a file in one go."""
        with self.open(name) as file:
            for chunk in chunks:
                file.write(chunk)
        return self.finished(name)

    def finished(self, name: str) -> OutputFile:
        """Syncs a file that has been written, and says what is in it."""
        self.current = name
        digest, size = hashlib.sha256(), 0
        with (self.folder / name).open("rb+") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
                size += len(chunk)
            os.fsync(file.fileno())
        return OutputFile(name, digest.hexdigest(), size)

    def commit(self) -> None:
        """Puts the folder in its place. The one that was there goes only afterwards."""
        self.current = ""
        for folder in (*(path for path in self.folder.iterdir() if path.is_dir()), self.folder):
            _sync(folder)
        old = set_aside(self.out)
        replaced = self.out.exists()
        if replaced:
            self.out.rename(old)
        try:
            self.folder.rename(self.out)
        except BaseException:
            if replaced:
                old.rename(self.out)
            raise
        _sync(self.out.parent)
        if replaced:
            shutil.rmtree(old, ignore_errors=True)

    def discard(self) -> None:
        """Removes what has been written so far; nothing where it is in its place already."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)


def _sync(folder: Path) -> None:
    if os.name == "nt":  # pragma: no cover - a folder cannot be opened there
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
