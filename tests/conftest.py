"""A copy of the example cycle to change, for tests of whole cycles and result folders; and
policies that many tests judge by, read once."""

import csv
import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from perfrules.cycle import evaluate_cycle as of_a_cycle
from perfrules.diagnostics import Findings
from perfrules.language.read import read_policies
from perfrules.model.policy_set import PolicySet

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


Content = tuple[object, ...]
_READ: dict[Content, PolicySet] = {}


def _content(root: Path) -> Content | None:
    """All that a reading of a folder of policies depends on; None where it may be more."""
    paths = sorted(root.rglob("*"))
    if not paths or any(path.is_symlink() for path in paths):
        return None
    files = [one for one in paths if one.is_file()]
    digests = [hashlib.sha256(one.read_bytes()).digest() for one in files]
    return (root.resolve().name, *zip((str(one.relative_to(root)) for one in files), digests))


def _read_once(root: Path) -> tuple[PolicySet, Findings]:
    """`read_policies`; what was read of the same bytes, and found without a remark, serves again.

    Reading takes three quarters of the time of a small cycle, and most tests judge by the policies
    of the examples. Findings name the folder, so that with any the files are read as ever.
    """
    try:
        content = _content(root)
    except OSError:
        content = None
    if content in _READ:
        return _READ[content], Findings()
    policies, findings = read_policies(root)
    if content is not None and not findings:
        _READ[content] = policies
    return policies, findings


@pytest.fixture(autouse=True, scope="session")
def policies_are_read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_a_cycle, "read_policies", _read_once)
        yield
