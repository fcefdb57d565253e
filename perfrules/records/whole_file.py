"""Files that are written as a whole or not at all."""

import os
import tempfile
from pathlib import Path
from typing import Final

__all__ = ["replace_whole"]

_USUAL: Final = 0o666
_OWN: Final = 0o600


def replace_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Puts a file there with all of `data`, or leaves what was there. Raises `OSError`.

    A file that is replaced keeps its permissions; a new one has the usual ones, or is readable by
    its owner alone where it is `private`.
    """
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
        Path(name).chmod(_OWN if private else _mode(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The permissions that a file has, or a new one gets."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return _USUAL & ~mask
