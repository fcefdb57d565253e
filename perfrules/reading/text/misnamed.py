"""YAML files with an extension too many: Windows hides the `.txt` that its editor puts on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from perfrules.diagnostics import Diagnostic

__all__ = ["misnamed_yaml"]

_TOO_MANY: Final = (".txt", ".yaml", ".yml")


def misnamed_yaml(folder: Path, *names: str) -> Iterator[Diagnostic]:
    """The files below a folder that are called like a YAML file with something behind it.

    Of `names`, if there are any, only those that stand in the folder itself and are not there by
    their right name.
    """
    if names:
        found = [folder / f"{name}{end}" for name in names for end in _TOO_MANY]
    else:
        found = [path for end in _TOO_MANY for path in folder.rglob(f"*.y*ml{end}")]
    for path in sorted(path for path in found if path.is_file()):
        right = path.with_suffix("")
        if not right.exists():
            yield Diagnostic("extra-extension", str(path), {"right": right.name})
