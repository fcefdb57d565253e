"""A real Spark on this machine, started once for whoever runs these tests."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest


def _left_out() -> str | None:
    """Why there is no Spark here."""
    for name in ("pyspark", "pyarrow", "pandas", "polars"):
        if find_spec(name) is None:
            return f"{name} is not installed: pip install 'perfrules[spark]'"
    home = os.environ.get("JAVA_HOME")
    java = Path(home) / "bin" / "java" if home else shutil.which("java")
    if java is None:
        return "Spark needs Java 17, which is not on this machine"
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    found = re.search(r'version "(\d+)', said)
    if found is None or int(found[1]) < 17:
        return (
            f"Spark needs Java 17; here is {said.splitlines()[0] if said else 'none that starts'}"
        )
    return None


LEFT_OUT = _left_out()


@pytest.fixture(scope="session")
def _java() -> None:
    if LEFT_OUT:
        pytest.skip(LEFT_OUT)


@pytest.fixture(scope="session")
def spark(_java: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session on two cores; each process of the test run that has such a test starts one."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .getOrCreate()
    )
    # A job that is meant to fail is told by its exception.
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()
