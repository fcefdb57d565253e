"""The READMEs show what really comes out, and their commands run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}


def blocks(text: str, language: str) -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for name, block in found if name == language]


def perfrules(*words: str, folder: Path, language: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PERFRULES_LANG": language}
    return subprocess.run(
        [sys.executable, "-m", "perfrules", *words],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


@pytest.mark.parametrize("language", READMES)
def test_the_first_policy_gives_what_the_readme_shows(language: str, tmp_path: Path) -> None:
    text = READMES[language].read_text(encoding="utf-8")
    lines = blocks(text, "sh")[1].splitlines()
    assert lines[0] == "perfrules init start && cd start"
    assert perfrules("init", "start", folder=tmp_path, language=language).returncode == 0
    start, printed = tmp_path / "start", ""
    for line in lines[1:]:
        done = perfrules(*line.split()[1:], folder=start, language=language)
        assert done.returncode == 0, done.stderr
        printed += done.stdout
    table, indicator, slip = blocks(text, "")
    assert table in printed
    assert indicator in printed
    policy = start / "policies" / "sales.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("weight: 60%", "wieght: 60%"))
    done = perfrules("check", folder=start, language=language)
    assert done.returncode == 3
    assert slip in done.stderr


@pytest.mark.parametrize("language", READMES)
def test_the_policy_shown_is_the_one_that_init_writes(language: str) -> None:
    shown = blocks(READMES[language].read_text(encoding="utf-8"), "yaml")[0]
    written = (ROOT / "perfrules/starter/policies/sales.yaml").read_text(encoding="utf-8")
    lines = [line.partition("#")[0].strip() for line in shown.splitlines()]
    assert len(lines) > 15
    for line in lines:
        assert line in written


@pytest.mark.parametrize("language", READMES)
def test_the_python_example_runs_in_the_folder_that_init_makes(
    language: str, tmp_path: Path
) -> None:
    assert perfrules("init", "start", folder=tmp_path, language=language).returncode == 0
    code = blocks(READMES[language].read_text(encoding="utf-8"), "python")[0]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "start", capture_output=True, text=True,
        encoding="utf-8", env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("False ")
    assert {"en": "has no target", "zh": "没有目标值"}[language] in done.stdout


@pytest.mark.parametrize("language", READMES)
def test_links_lead_somewhere(language: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", READMES[language].read_text(encoding="utf-8"))
    assert len(links) > 8
    for link in links:
        assert (ROOT / link).exists(), link


def test_contributing_names_files_that_exist() -> None:
    names = re.findall(
        r"`((?:perfrules|schemas|docs|tests)/[\w./-]+)`",
        (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
    )
    assert len(names) > 12
    for name in names:
        assert (ROOT / name).exists(), name
