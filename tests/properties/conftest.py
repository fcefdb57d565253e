"""How long Hypothesis searches: `fast` unless HYPOTHESIS_PROFILE says `thorough`; with CI set,
always the same examples."""

import os
import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

# The strategies stand one folder up, for the tests there too.
sys.path.insert(0, str(Path(__file__).parent.parent))

for name, examples in (("fast", 60), ("thorough", 1000)):
    settings.register_profile(
        name,
        max_examples=examples,
        deadline=None,
        derandomize=bool(os.environ.get("CI")),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))
