"""Prints the lowest version that pyproject.toml allows of each dependency, as pip constraints.

Tools that only read the code (mypy, ruff, stubs) are left to be new: no test runs them.
"""

import re
import tomllib
from pathlib import Path

TOOLS = ("mypy", "ruff", "types-", "perfrules")

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))
project = project["project"]
for requirement in (
    *project["dependencies"],
    *(one for extra in project["optional-dependencies"].values() for one in extra),
):
    if not requirement.startswith(TOOLS):
        name, lowest = re.fullmatch(r"([\w.-]+)>=([\d.]+)(?:,<[\d.]+)?", requirement).groups()
        print(f"{name}=={lowest}")
