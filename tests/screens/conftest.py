"""The written records of the tests of words serve here too."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "words"))
