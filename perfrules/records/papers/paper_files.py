"""Feedback statements as files of a folder: their names, and what may be replaced.

The folder is never that of the results. Its files are readable by their owner alone.
"""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from perfrules.diagnostics import Diagnostic
from perfrules.papers.paper.mark import is_untouched
from perfrules.records.read import bytes_of
from perfrules.records.whole_file import replace_whole

__all__ = ["TOGETHER", "beside", "file_names", "refused_folder", "replace_file", "write_paper"]

TOGETHER: Final = "all.print"
"""The name of the file with everybody's statements; no id gives one with a dot."""

_LONGEST: Final = 80
_LONGEST_NAME: Final = 20
_RESERVED: Final = frozenset(
    (
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{name}{digit}" for name in ("com", "lpt") for digit in "123456789"),
    )
)
"""Names that Windows keeps for devices."""


def file_names(subjects: Mapping[str, str]) -> dict[str, str]:
    """A file's name without its ending for each id, with what the id is called behind it
    (`E1001-示例员工01`), none the same as another on any system."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for subject, called in sorted(subjects.items()):
        name = _safe(subject)
        if called not in ("", subject):
            letters = (letter if letter.isalnum() else "_" for letter in called[:_LONGEST_NAME])
            name += f"-{''.join(letters)}"
        if name.casefold() in taken:
            name = f"{name}-{_short_hash(subject)}"
        taken.add(name.casefold())
        names[subject] = name
    return names


def _safe(subject: str) -> str:
    """Letters and digits as they are; what file systems do not like as `%2F`."""
    name = "".join(
        letter
        if letter.isalnum() or letter in "_-"
        else "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "replace"))
        for letter in subject
    )
    if name.casefold() in _RESERVED:
        return f"{name}-{_short_hash(subject)}"
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}-{_short_hash(subject)}"


def _short_hash(subject: str) -> str:
    return hashlib.sha256(subject.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def beside(results: Path, ending: str) -> Path:
    """The folder of the papers where none is named: never the sealed one."""
    path = Path(os.path.abspath(results))
    return path.with_name(path.name + ending)


def refused_folder(out: Path, results: Path) -> Diagnostic | None:
    """Why nothing may be written to `out`; None where it may."""
    inside, sealed = (Path(os.path.realpath(path)) for path in (out, results))
    if inside == sealed or sealed in inside.parents:
        return Diagnostic("feedback-in-results", str(out), {"path": str(out)})
    if os.path.lexists(out) and not out.is_dir():
        return Diagnostic("output-not-a-folder", str(out), {"path": str(out)})
    return None


def write_paper(path: Path, data: bytes, *, force: bool) -> Diagnostic | None:
    """Writes a statement, whole or not at all; the finding says why an older file was left.

    Only a statement that nobody has filled in is replaced, or with `force` any plain file.
    Raises `OSError` where the system refuses.
    """
    if os.path.lexists(path):
        old = bytes_of(path)
        ours = old is not None and not path.is_symlink() and (force or is_untouched(old))
        if not ours:
            return Diagnostic("statement-changed", str(path), {"path": path.name})
        if old == data:
            return None
    replace_file(path, data)
    return None


def replace_file(path: Path, data: bytes) -> None:
    """Writes a file, whole or not at all, readable by its owner alone. Raises `OSError`."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_whole(path, data, private=True)
