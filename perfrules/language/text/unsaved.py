"""Files as they would be: what is read instead of the disk, as an editor's unsaved text is."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType
from typing import Final

__all__ = ["bytes_in", "unsaved"]

_NOTHING: Final[Mapping[Path, bytes]] = MappingProxyType({})
_UNSAVED: Final[ContextVar[Mapping[Path, bytes]]] = ContextVar("unsaved", default=_NOTHING)


@contextmanager
def unsaved(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Inside, each of the files, which are named by their resolved paths, holds these bytes."""
    token = _UNSAVED.set(files)
    try:
        yield
    finally:
        _UNSAVED.reset(token)


def bytes_in(path: Path, most: int) -> bytes:
    """The first bytes of a file, `most` of them at most. Raises `OSError` as reading does."""
    files = _UNSAVED.get()
    if files and (data := files.get(path.resolve())) is not None:
        return data[:most]
    with path.open("rb") as file:
        return file.read(most)
