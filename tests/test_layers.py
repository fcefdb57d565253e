"""The law of the house: who may import whom, and which room may know which library."""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "perfrules"

RANKS = {
    "perfrules": 10,
    "spark": 10,
    "api": 9,
    "__main__": 9,
    "cli": 8,
    "plain_values": 8,
    "declared_files": 8,
    "records": 7,
    "workbench": 7,
    "papers": 6,
    "screens": 6,
    "cycle": 6,
    "words": 5,
    "intake": 5,
    "columnar": 4,
    "evaluation": 4,
    "language": 4,
    "model": 3,
    "formula": 2,
    "layout": 1,
    "wrong_formulas": 1,
    "diagnostics": 1,
    "codes": 0,
    "exact": 0,
    "installed": 0,
    "version": 0,
    "checker": 0,
}
"""Each room and file at the top with its rank; a higher rank may import a lower one."""

INTAKE = ("cells", "files", "tables", "people", "history", "figures", "plans", "", "forms")
"""The rooms of intake: each imports those before it; the unnamed are the modules beside them."""

LIBRARIES = {
    "yaml": {"language"},
    "jsonschema": {"language"},
    "referencing": {"language"},
    "openpyxl": {"intake"},
    "simpleeval": {"evaluation"},
    "xlsxwriter": {"papers"},
    "docx": {"papers"},
    "jinja2": {"layout"},
    "tabulate": {"screens"},
    "wcwidth": {"layout"},
    "click": {"cli"},
    "cryptography": {"records"},
    "polars": {"columnar"},
    "pyspark": {"spark"},
    "pyarrow": {"spark"},
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # The checker runs as a folder of its own, outside of perfrules: only its own files are
            # named without the name of the package.
            if node.level == 1 and path.parent.name == "checker":
                continue
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def files() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found.append(("perfrules" if parts == ("__init__",) else parts[0], path))
    return found


def test_a_module_imports_lower_ranks_and_its_own_room_only() -> None:
    edges: Counter[tuple[str, str]] = Counter()
    for own, path in files():
        for name in imports(path):
            if name.split(".")[0] == "perfrules":
                other = room(name)
                edges[own, other] += 1
                assert own == other or RANKS[other] < RANKS[own], f"{path} imports {name}"
    assert edges["evaluation", "model"] > 10
    assert edges["cli", "language"] > 0
    assert sum(edges.values()) > 200


def test_the_rooms_of_intake_import_one_way() -> None:
    edges: Counter[tuple[str, str]] = Counter()
    for path in (PACKAGE / "intake").rglob("*.py"):
        own = path.parent.relative_to(PACKAGE / "intake").as_posix().removeprefix(".")
        for name in imports(path):
            if name.startswith("perfrules.intake."):
                other = name.split(".")[2] if name.count(".") > 2 else ""
                edges[own, other] += 1
                assert INTAKE.index(other) <= INTAKE.index(own), f"{path} imports {name}"
    assert {own for own, _ in edges} | {other for _, other in edges} == set(INTAKE)
    assert edges["figures", "people"] > 10


def test_a_library_is_imported_in_its_room_only() -> None:
    seen = Counter(
        library
        for own, path in files()
        for name in imports(path)
        if (library := name.split(".")[0]) in LIBRARIES
        and (own in LIBRARIES[library] or pytest.fail(f"{path} imports {name}"))
    )
    assert set(seen) == set(LIBRARIES)


def test_the_checker_knows_the_standard_library_only() -> None:
    files_of_it = list((PACKAGE / "checker").glob("*.py"))
    assert len(files_of_it) > 5
    names = {name.split(".")[0] for path in files_of_it for name in imports(path)}
    assert "perfrules" not in names
    assert names <= sys.stdlib_module_names
    assert {"decimal", "fractions"} & names


def test_every_room_says_what_it_holds() -> None:
    rooms = [path.parent for path in PACKAGE.rglob("*/__init__.py")]
    assert len(rooms) >= 20
    for path in rooms:
        text = ast.get_docstring(ast.parse((path / "__init__.py").read_text(encoding="utf-8")))
        assert text, f"{path} has no docstring"
        assert len(text) > 80, f"{path}: {text}"


def test_no_vague_names() -> None:
    for _, path in files():
        assert path.stem not in ("utils", "helpers", "manager", "common", "misc"), path
