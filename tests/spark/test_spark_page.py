"""The command of docs/spark.md runs as it stands there, and prints what stands there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/spark.md").read_text("utf-8")


@pytest.mark.usefixtures("_java")
def test_the_command_prints_what_the_page_says(tmp_path: Path) -> None:
    console = re.search(r"^```console\n\$ (.*)\n((?:.*\n)*?)```$", TEXT, re.M)
    assert console
    command, printed = console[1], console[2]
    assert command.startswith("spark-submit ")
    shutil.copytree(ROOT / "examples/spark", tmp_path / "examples/spark")
    own = Path(sys.executable).parent
    environment = os.environ | {
        "PATH": f"{own}{os.pathsep}{os.environ['PATH']}",
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == printed.strip()
    assert [*(tmp_path / "results/spark").glob("*.parquet")]


def test_the_program_is_the_one_that_the_page_shows() -> None:
    shown = re.search(r"^```python\n(.*?)^```$", TEXT, re.M | re.S)
    assert shown
    program = (ROOT / "examples/spark/appraise.py").read_text("utf-8")
    lines = shown[1].splitlines()
    assert len(lines) == 3
    assert all(f"{line}\n" in program for line in lines)
