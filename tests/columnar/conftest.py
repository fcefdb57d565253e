"""The columnar twin needs Polars, which comes with `perfrules[columnar]`: without it nothing here
is looked at."""

import sys
from importlib.util import find_spec
from pathlib import Path

# The strategies stand one folder up.
sys.path.insert(0, str(Path(__file__).parent.parent))

collect_ignore_glob = [] if find_spec("polars") else ["test_*.py"]
