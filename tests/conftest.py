"""A copy of the example cycle to change, for tests of whole cycles and result folders."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

Row = dict[str, str]
Edit = Callable[[list[Row]], list[Row]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example cycle with its policies."""
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    return Path(shutil.copytree(ROOT / "examples/2024Q3", tmp_path / "examples/2024Q3"))


@pytest.fixture
def edit() -> Callable[[Path, Edit], None]:
    """Changes the rows of a CSV file."""

    def edit(path: Path, change: Edit) -> None:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        columns = list(rows[0])
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(change(rows))

    return edit
