"""A lock against two runs that write the same folder.

The system holds the lock for as long as the process lives, so that a killed run leaves none
behind; the file beside the folder says whose it is.
"""

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

__all__ = ["LockHeldError", "locked"]

_BEYOND_THE_TEXT: Final = 4096
"""Where the locked byte lies on Windows, which keeps others from reading what is locked."""


class LockHeldError(Exception):
    """Another run holds the lock; the message says which."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the lock at `path`; raises `LockHeldError` at once where somebody else does."""
    file = _acquired(path)
    try:
        os.truncate(file, 0)
        os.write(file, f"{os.getpid()} {platform.node()}\n".encode())
        yield
    finally:
        # Removed while it is held, and `_acquired` looks again: nobody locks a removed file.
        with suppress(OSError):
            path.unlink()
        os.close(file)


def _acquired(path: Path) -> int:
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            _lock(file, path)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(file), path.stat()):
                    return file
        except BaseException:
            os.close(file)
            raise
        os.close(file)


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _lock(file: int, path: Path) -> None:
        os.lseek(file, _BEYOND_THE_TEXT, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            raise LockHeldError(_holder(path)) from None
        os.lseek(file, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(file: int, path: Path) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockHeldError(_holder(path)) from None


def _holder(path: Path) -> str:
    """Who holds the lock, as far as its file says: `4711 (host)`."""
    try:
        pid, _, host = path.read_text(errors="replace")[:200].strip().partition(" ")
    except OSError:
        return "?"
    return f"{pid} ({host})" if pid and host else "?"
