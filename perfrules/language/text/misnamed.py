"""YAML files with an extension too many: Windows hides the `.txt` that its editor puts on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from perfrules.diagnostics import Diagnostic

__all__ = ["misnamed_yaml"]

_TOO_MANY: Final = (".txt", ".yaml", ".yml")


def misnamed_yaml(folder: Path, name: str = "") -> Iterator[Diagnostic]:
    """The files below a folder that are called like a YAML file with something behind it.

    With the name of a file that is not there, those in the folder itself that were meant to be it,
    `cycle.yml` among them.
    """
    if name:
        found = [
            folder / wrong
            for end in _TOO_MANY
            for wrong in (f"{name}{end}", f"{name.partition('.')[0]}{end}")
        ]
    else:
        found = [path for end in _TOO_MANY for path in folder.rglob(f"*.y*ml{end}")]
    for path in sorted({path for path in found if path.is_file()}):
        right = folder / name if name else path.with_suffix("")
        if not right.exists():
            yield Diagnostic("wrong-extension", str(path), {"right": right.name})
