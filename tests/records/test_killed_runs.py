"""A run that dies, at any of its steps, leaves the old result or the new one."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

KILLED = """
import importlib.util, json, os, shutil, signal, sys
from dataclasses import replace
from pathlib import Path
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.records.read import read_results
from perfrules.records.verify import verify
from perfrules.records.write import write_results

result = evaluate_cycle(Path(sys.argv[1]))
# Nobody is compared with others there, so that two of the three are a whole result, too.
old = replace(result, policies=result.policies[:2], judged=result.judged[:2])
new = result

def dying(step):
    done = 0
    def counted(call):
        def instead(*arguments, **more):
            nonlocal done
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **more)
        return instead
    for name in ("fsync", "rename", "open", "mkdir", "rmdir", "unlink"):
        setattr(os, name, counted(getattr(os, name)))

def found(out):
    folder, findings = read_results(out)
    if folder is None:
        return [one.code for one in findings]
    return [folder.manifest.counts["people"], [one.code for one in verify(folder.folder)]]

importlib.util.find_spec = lambda name: None  # no workbook: this is quicker
out = Path(sys.argv[2]) / "out"
write_results(old, Path(sys.argv[2]) / "old")
(Path(sys.argv[2]) / "old").rename(Path(sys.argv[2]).parent / "old")
seen = []
for step in range(1, 200):
    if out.exists():
        shutil.rmtree(out)
    shutil.copytree(Path(sys.argv[2]).parent / "old", out)
    child = os.fork()
    if not child:
        dying(step)
        write_results(new, out)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    there, after = out.exists(), found(out)
    write_results(new, out)
    left = sorted(path.name for path in out.parent.iterdir())
    seen.append([os.WIFSIGNALED(status), there, after, found(out), left])
    if not os.WIFSIGNALED(status):
        break
print(json.dumps(seen))
"""

FULL = """
import json, resource, sys
from pathlib import Path
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.records.write import write_results

result = evaluate_cycle(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
folder, findings = write_results(result, Path(sys.argv[2]))
print(json.dumps([folder is None, [[one.code, one.message("en")] for one in findings]]))
"""


def run(program: str, cycle: str, *arguments: str) -> list[object]:
    done = subprocess.run(
        [sys.executable, "-c", program, str(ROOT / "examples" / cycle), *arguments],
        check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    found: list[object] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_killed_run_leaves_a_whole_result(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    seen = run(KILLED, "sheets", str(tmp_path / "work"))
    assert len(seen) > 20
    states = set()
    for killed, there, after, again, left in seen:  # type: ignore[misc]
        assert after in ([2, []], [3, []]), after
        states.add((killed, there, after[0]))
        assert again == [3, []]
        assert left == ["out"]
    # Between the two renames the old result is read from where it was set aside.
    between = (True, False, 2)
    assert states == {(True, True, 2), between, (True, True, 3), (False, True, 3)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a run that no limit stops."""
    out = tmp_path_factory.mktemp("whole") / "out"
    assert run(FULL, "2024Q3", str(out), str(10**9)) == [False, []]
    return out


@pytest.mark.skipif(sys.platform == "win32", reason="needs RLIMIT_FSIZE")
@pytest.mark.parametrize("most", [200, 3_000, 20_000, 100_000])
def test_a_file_that_grows_too_large_leaves_the_old_result(
    whole: Path, tmp_path: Path, most: int
) -> None:
    out = Path(shutil.copytree(whole, tmp_path / "out"))
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    failed, findings = run(FULL, "2024Q3", str(out), str(most))
    assert failed
    ((code, message),) = findings  # type: ignore[misc]
    assert code == "cannot-write"
    assert str(out) in message
    assert "larger than the system allows" in message
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
