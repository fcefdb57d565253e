"""Writes what is certain: mistakes with exactly one mend, each in its own few characters.

What a mend is follows from the finding, which bears it as the fact `mend`; a finding without one
is left to people, however likely its suggestion. Everything else in a file, comments, line ends
and encoding with it, stays as it is, byte for byte.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from perfrules.diagnostics import Diagnostic, Mend, Span
from perfrules.language.text.document import parse_document
from perfrules.language.text.unsaved import unsaved
from perfrules.workbench.check import check_paths

__all__ = ["MendedFile", "Mends", "Written", "mended", "save"]

MOST_ROUNDS: Final = 200
"""Behind one mistake of an expression the next may come to light."""

_BREAK: Final = re.compile(r"\r\n|\r|\n")
_MARK: Final = "\ufeff"


class Written(NamedTuple):
    """One mend: where it stood in the file as it was then, what stood there, what stands now."""

    place: Span
    mend: Mend


@dataclass(slots=True)
class MendedFile:
    """A file with its text before and now, and what was written."""

    path: Path
    before: bytes
    now: str
    written: list[Written] = field(default_factory=list)

    @property
    def data(self) -> bytes:
        """The file as it is to be."""
        return self.now.encode()


Mends = Callable[[Iterable[Diagnostic]], Iterator[tuple[Span, Mend]]]
"""What is to be written for some findings, and where."""


def mended(paths: list[Path], mends: Mends | None = None) -> list[MendedFile]:
    """The files at and below the paths that can be mended, as they would be; nothing is written.

    What is certain, or what `mends` says. Files that are not UTF-8, and those that are only
    extended from elsewhere, are left alone.
    """
    wanted = mends or _certain
    files: dict[str, MendedFile | None] = {}
    tried: set[tuple[Span, Mend]] = set()
    for _ in range(MOST_ROUNDS):
        now = {one.path.resolve(): one.data for one in files.values() if one is not None}
        with unsaved(now):
            found = check_paths(paths, lint=False).findings.errors
        changed = False
        # From the end of each file, so that places before stay what they are.
        for place, mend in sorted(wanted(found), reverse=True):
            if place.file not in files:
                files[place.file] = _opened(Path(place.file), paths)
            file = files[place.file]
            if file is not None and (place, mend) not in tried:
                changed |= _apply(file, place, mend)
            tried.add((place, mend))
        if not changed:
            break
    return [one for one in files.values() if one is not None and one.written]


def save(file: MendedFile) -> None:
    """Writes a file in one go: as it was or as it is to be, whatever happens. Raises `OSError`."""
    path = file.path.resolve()
    beside = path.with_name(f".{path.name}.mended")
    beside.write_bytes(file.data)
    shutil.copymode(path, beside)
    os.replace(beside, path)


def _certain(found: Iterable[Diagnostic]) -> Iterator[tuple[Span, Mend]]:
    for one in found:
        mend = one.facts.get("mend")
        if isinstance(mend, Mend) and isinstance(one.place, Span):
            yield one.place, mend
            for related in one.related if one.code == "unknown-name" else ():
                if isinstance(related.place, Span):
                    yield related.place, mend


def _opened(path: Path, paths: list[Path]) -> MendedFile | None:
    """The file, where it is one of those that were asked for, and UTF-8."""
    real = path.resolve()
    if not any(real.is_relative_to(one.resolve()) for one in paths):
        return None
    data = real.read_bytes()
    try:
        return MendedFile(path, data, data.decode())
    except UnicodeDecodeError:
        return None


def _apply(file: MendedFile, place: Span, mend: Mend) -> bool:
    """Writes one mend where the file then reads no worse; whether it was written."""
    start = _offset(file.now, place)
    if file.now[start : start + 1] in ("'", '"') and not file.now.startswith(mend.wrong, start):
        start += 1
    if not file.now.startswith(mend.wrong, start):
        return False
    before = _mistakes(file.now, file.path)
    # Inside of double quotes YAML wants the other ones.
    for right in dict.fromkeys((mend.right, mend.right.replace('"', "'"))):
        text = file.now[:start] + right + file.now[start + len(mend.wrong) :]
        if _mistakes(text, file.path) <= before:
            file.now = text
            file.written.append(Written(place, Mend(mend.wrong, right)))
            return True
    return False


def _mistakes(text: str, path: Path) -> int:
    """How many mistakes the text has as YAML; one that cannot be read at all has most."""
    document, findings = parse_document(text.encode(), str(path))
    return len(findings.errors) + (1000 if document is None else 0)


def _offset(text: str, place: Span) -> int:
    """How far into a text a place is."""
    start = len(_MARK) if text.startswith(_MARK) else 0
    for _ in range(place.line - 1):
        found = _BREAK.search(text, start)
        if found is None:
            return len(text)
        start = found.end()
    return start + place.column - 1
