"""A forged digit in every field of every file of a result folder, with every hash made to fit.

Signed, each of them is found. Unsigned, `verify` finds all but those on which nothing else in the
folder depends (`alone`): a run that was made of other inputs. The cycle's inputs tell these.
"""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from forging import Field, covered_up, field_of, fields_of, forged_cells, small_results

from perfrules.diagnostics import Diagnostic
from perfrules.records.signing import PublicKey, Signer, new_keys, public_key, signer
from perfrules.records.verify import verify

pytest.importorskip("cryptography")
pytest.importorskip("openpyxl")

MOST = 20
"""So many cells of a file are named."""

SIGNATURE = "manifest.json.sig"
WORKBOOK = "appraisals.xlsx"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return small_results(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Signer, PublicKey]:
    path = tmp_path_factory.mktemp("keys") / "hr"
    new_keys(path)
    signs, public = signer(path), public_key(path.with_name("hr.pub"))
    assert isinstance(signs, Signer)
    assert isinstance(public, PublicKey)
    return signs, public


class Forger:
    """A signed copy of the results, in which one field after the other is forged."""

    def __init__(self, results: Path, place: Path, keys: tuple[Signer, PublicKey]) -> None:
        signs, self.key = keys
        shutil.copytree(results.parent, place)
        self.folder = place / results.name
        manifest = (self.folder / "manifest.json").read_bytes()
        (self.folder / SIGNATURE).write_bytes(signs.signature(manifest))
        self.honest = {path: path.read_bytes() for path in self._files()}

    def _files(self) -> Iterator[Path]:
        return (path for path in self.folder.rglob("*") if path.is_file())

    def found(self, *fields: Field) -> list[Diagnostic]:
        """What is found but for the signature, which every forgery breaks.

        A manifest that cannot be read is not looked at any further.
        """
        for path, data in self.honest.items():
            if path.read_bytes() != data:
                path.write_bytes(data)
        for one in fields:
            one.put_into(self.folder)
        found = verify(self.folder, signed_by=self.key)
        broken = [one for one in found if one.code == "wrong-signature"]
        unread = {one.code for one in found} == {"damaged-manifest"}
        assert bool(broken or unread) == bool(fields), [(one.file, one.path) for one in fields]
        return [one for one in found if one not in broken]


def without_workbook(results: Path, place: Path) -> Path:
    """The folder as it is written where xlsxwriter is not installed."""
    shutil.copytree(results.parent, place)
    folder = place / results.name
    (folder / WORKBOOK).unlink()
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["outputs"] = [one for one in manifest["outputs"] if one["path"] != WORKBOOK]
    path.write_text(json.dumps(manifest), "utf-8")
    covered_up(folder)
    return folder


def alone(one: Field, traces: str) -> bool:
    """Whether nothing else in the folder need depend on a field."""
    parts = one.path.split(".")
    if one.file == "manifest.json":
        return parts[0] in ("inputs", "perfrules")
    if one.file.endswith(".places.json"):
        return f'"path":"{one.path}"' not in traces
    if one.file == "traces.jsonl" and parts[1] == "problems":
        # What a warning says stands in the record alone; an error's in rejected.csv too.
        problem = json.loads(traces.splitlines()[int(parts[0]) - 1])["problems"][int(parts[2])]
        return problem["severity"] == "warning" and parts[3] != "severity"
    # Where a figure is from. That of the pool is a fact of the cycle.
    return one.file == "traces.jsonl" and parts[-2] == "origin" and parts[-1] in _ORIGIN


_ORIGIN = ("place", "source")


def test_a_forged_digit_in_any_field_of_any_file_is_found(
    made: tuple[Path, Path], keys: tuple[Signer, PublicKey], tmp_path: Path
) -> None:
    results = made[1]
    whole = Forger(results, tmp_path / "whole", keys)
    plain = Forger(without_workbook(results, tmp_path / "fewer"), tmp_path / "plain", keys)
    assert whole.found() == plain.found() == []
    traces = (results / "traces.jsonl").read_text("utf-8")
    tried, hidden, missed = Counter[str](), Counter[str](), []
    cells = []
    for one in fields_of(results):
        tried[one.file] += 1
        if one.file == WORKBOOK:
            cells.append(one.path)
            continue
        # Most is found by the records and the tables; the rest by what the workbook says.
        found = (one.file != "manifest.json" and plain.found(one)) or whole.found(one)
        if found:
            continue
        if alone(one, traces):
            hidden[one.file] += 1
        else:
            missed.append(f"{one.file} {one.path}")
    assert missed == []
    assert named_cells(whole, cells) == set(cells)
    print(f"signed: {tried.total()} of {tried.total()} fields found, in {len(tried)} files")
    print(f"unsigned: {tried.total() - hidden.total()}; not {dict(hidden)}")
    assert len(tried) == 11
    assert tried.total() > 900
    assert hidden.total() < tried.total() // 8


def named_cells(whole: Forger, cells: list[str]) -> set[str]:
    """The cells of the workbook that are named when all of them are forged, a few at a time."""
    named, path = set(), whole.folder / WORKBOOK
    for start in range(0, len(cells), MOST):
        some = cells[start : start + MOST]
        forged = Field(WORKBOOK, "", lambda some=some: forged_cells(whole.honest[path], some))
        found = whole.found(forged)
        assert {one.code for one in found} == {"cell-disagrees"}
        named |= {str(one.place).partition("[")[2].removesuffix("]") for one in found}
    return named


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("manifest.json", "inputs.0.sha256"),
        ("manifest.json", "inputs.1.size"),
        ("policies/sales@1.places.json", "title.zh"),
        ("traces.jsonl", "1.steps.0.origin.place"),
        ("traces.jsonl", "1.steps.1.origin.source"),
        ("traces.jsonl", "2.problems.0.message.zh"),
    ],
)
def test_the_inputs_tell_what_stands_alone(
    made: tuple[Path, Path],
    keys: tuple[Signer, PublicKey],
    tmp_path: Path,
    file: str,
    path: str,
) -> None:
    cycle, results = made
    whole, one = Forger(results, tmp_path / "whole", keys), field_of(results, file, path)
    assert alone(one, (results / "traces.jsonl").read_text("utf-8"))
    assert not whole.found(one)
    assert verify(whole.folder, cycle)
