"""`python -m perfrules.checker`, and `python path/to/checker` wherever the folder lies."""

import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

package = __package__
if not package:  # run as a folder, of which nobody has made a package yet
    package = "checker"
    spec = spec_from_file_location(package, Path(__file__).with_name("__init__.py"))
    assert spec is not None
    assert spec.loader is not None
    sys.modules[package] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[package])

sys.exit(import_module(f"{package}.command").main())
