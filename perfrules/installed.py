"""The folders that come with perfrules: its documentation, its policies, its schemas.

In a checkout they stand beside the package, where people and editors look for them; the wheel
carries them inside it. Nobody else needs to know which of the two it is.
"""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

__all__ = ["docs", "policies", "schemas", "starter"]

PACKAGE: Final = "perfrules"


def docs() -> Traversable:
    """The folder `docs`: the pages of the language, its `diagnostics` and the rest."""
    return _folder("docs")


def policies() -> Traversable:
    """The folder `policies`: one policy a role, `shared` fragments, and their `tests`."""
    return _folder("policies")


def schemas() -> Traversable:
    """The folder `schemas`: the JSON Schemas of every kind of file."""
    return _folder("schemas")


def starter() -> Traversable:
    """The folder that `perfrules init` copies."""
    return resources.files(PACKAGE) / "starter"


def _folder(name: str) -> Traversable:
    packed = resources.files(PACKAGE) / name
    return packed if packed.is_dir() else Path(__file__).parents[1] / name
