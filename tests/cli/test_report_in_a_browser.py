"""The report in a browser: it obeys its own policy, asks for nothing, and prints on A4."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from in_process import in_process

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.records.write import write_results

ROOT = Path(__file__).parents[2]
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--enable-logging=stderr", "--no-pdf-header-footer",
)  # fmt: skip

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no chromium")

_ITSELF = "not an origin"

Open = Callable[[Path], tuple[str, bytes, list[str]]]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Opens a page: what is said at the console, the print, and what the page asks for."""

    def opened(page: Path) -> tuple[str, bytes, list[str]]:
        printed, log = tmp_path / "page.pdf", tmp_path / "net.json"
        words = (
            CHROMIUM, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", f"--log-net-log={log}",
            f"--print-to-pdf={printed}", page.as_uri(),
        )  # fmt: skip
        done = subprocess.run(
            words, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL
        )
        said = "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)
        events = json.loads(log.read_text("utf-8"))["events"]
        found = (one.get("params", {}) for one in events)
        # What the browser asks for itself has no initiator.
        asked = {one["url"] for one in found if one.get("initiator", _ITSELF) != _ITSELF}
        return said, printed.read_bytes(), sorted(asked)

    return opened


def boxes(pdf: bytes) -> set[tuple[int, int]]:
    """The sizes of the pages, in points."""
    found = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", pdf)
    return {(int(wide.split(b".")[0]), int(high.split(b".")[0])) for wide, high in found}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_is_quiet_alone_and_on_paper(tmp_path: Path, opened: Open, language: str) -> None:
    write_results(evaluate_cycle(ROOT / "examples/2024Q3"), tmp_path / "results")
    in_process("report", "results", "--out", "r.html", folder=tmp_path, language=language)
    said, pdf, asked = opened(tmp_path / "r.html")
    assert said == ""
    assert asked == []
    ((wide, high),) = boxes(pdf)
    assert wide in (594, 595) and high in (841, 842)  # A4
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert 5 <= pages <= 16


def test_this_test_would_hear_a_script_and_see_a_request(tmp_path: Path, opened: Open) -> None:
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    page = tmp_path / "bad.html"
    page.write_text(f"<!doctype html>{meta}<p>x<script>1</script>", "utf-8")
    assert "Content Security Policy" in opened(page)[0]
    page.write_text('<!doctype html><p>x<img src="http://127.0.0.1:9/x.png">', "utf-8")
    assert "http://127.0.0.1:9/x.png" in opened(page)[2]
