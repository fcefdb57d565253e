"""`perfrules init --role`, from a checkout and from a wheel that was really built."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from in_process import Done, in_process

ROOT = Path(__file__).parents[2]


def run(*words: object, folder: Path) -> Done:
    return in_process(*words, folder=folder)


def process(*words: object, folder: Path, package: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(package), "PERFRULES_LANG": "en"}
    return subprocess.run(
        [sys.executable, "-m", "perfrules", *map(str, words)],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


def roles() -> set[str]:
    return {path.stem.partition("-")[0] for path in (ROOT / "policies").glob("*.yaml")}


def test_the_policies_of_two_roles_come_with_tests_that_pass(tmp_path: Path) -> None:
    assert process("init", "--role", "content,seo", folder=tmp_path).returncode == 0
    assert {path.name for path in (tmp_path / "policies").glob("*.yaml")} == {
        "content.yaml", "seo.yaml", "seo-2024Q4.yaml",
    }  # fmt: skip
    assert process("check", folder=tmp_path).returncode == 0
    tested = process("test", folder=tmp_path)
    assert tested.returncode == 0, tested.stdout
    passed = re.search(r"(\d+) passed, 0 failed", tested.stdout + tested.stderr)
    assert passed and int(passed[1]) > 50


def test_each_role_stands_alone(tmp_path: Path) -> None:
    assert len(roles()) > 10
    for role in roles():
        assert run("init", role, "--role", role, folder=tmp_path).returncode == 0
    assert run("check", *sorted(roles()), folder=tmp_path).returncode == 0
    tested = run("test", folder=tmp_path)
    assert tested.returncode == 0, tested.stdout


@pytest.mark.parametrize(
    ("given", "meant"),
    [("contnt", "content"), ("内容创作者", "content"), ("SEO/SEM", "seo"), ("chef", ""), (",", "")],
)
def test_a_role_that_is_not_there_is_named_with_all_that_are(
    given: str, meant: str, tmp_path: Path
) -> None:
    done = process("init", "start", "--role", given, folder=tmp_path)
    assert done.returncode == 2
    assert (f"did you mean {meant}?" in done.stderr) == bool(meant)
    for role in roles():
        assert f"\n  {role}  " in done.stderr
    assert not (tmp_path / "start").exists()


def test_nothing_that_is_there_is_touched(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    mine = tmp_path / "policies" / "seo.yaml"
    mine.write_text("mine")
    assert process("init", "--role", "content,seo", folder=tmp_path).returncode == 2
    assert mine.read_text() == "mine"
    assert [path.name for path in mine.parent.iterdir()] == ["seo.yaml"]
    assert process("init", folder=tmp_path).returncode == 2


def test_what_the_wheel_carries_is_kept_once() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    carried = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert set(carried) == {"docs", "policies", "schemas"}
    for name, into in carried.items():
        assert into == f"perfrules/{name}"
        assert (ROOT / name).is_dir() and not (ROOT / into).exists()


def test_a_wheel_has_policies_docs_and_schemas_and_runs_with_them(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="the extra [dev] has it")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    package, folder = tmp_path / "installed", tmp_path / "folder"
    folder.mkdir()
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(package)
    for name in ("docs", "policies", "schemas"):
        here = {path.relative_to(ROOT) for path in (ROOT / name).rglob("*") if path.is_file()}
        there = {path.relative_to(package / "perfrules") for path in
                 (package / "perfrules" / name).rglob("*") if path.is_file()}  # fmt: skip
        assert here == there and here
    where = "import perfrules.installed as i; print(i.docs(), (i.docs() / 'commands.md').is_file())"
    found = subprocess.run(
        [sys.executable, "-c", where], cwd=folder, env={**os.environ, "PYTHONPATH": str(package)},
        capture_output=True, text=True,
    )  # fmt: skip
    assert found.stdout.split() == [str(package / "perfrules" / "docs"), "True"]
    assert process("init", "--role", "seo", folder=folder, package=package).returncode == 0
    tested = process("test", folder=folder, package=package)
    assert tested.returncode == 0, tested.stdout
