"""The columnar twin needs Polars, which comes with `perfrules[columnar]`."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

pytest.importorskip("polars")
