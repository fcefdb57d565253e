"""The cycles and traps of the intake tests are handed in here too, through the command line."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "intake"))
pytest.register_assert_rewrite("test_workbook_traps")
