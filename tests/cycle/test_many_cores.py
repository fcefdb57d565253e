"""More processes change nothing but the time."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from perfrules.cycle import many_cores
from perfrules.cycle.evaluate_cycle import EachInTurn, evaluate_cycle
from perfrules.cycle.many_cores import all_cores, spread
from perfrules.model.cycle_result import CycleResult
from perfrules.records.verify import verify
from perfrules.records.write import write_while

EXAMPLES = Path(__file__).parents[2] / "examples"

pytestmark = pytest.mark.skipif(all_cores() == 1, reason="one core, or no processes to fork")


@pytest.fixture(autouse=True)
def _always_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many_cores, "_FEW", 1)


def by(jobs: int, folder: Path) -> Callable[[EachInTurn], CycleResult]:
    def evaluate(each: EachInTurn) -> CycleResult:
        return evaluate_cycle(folder, each=each, jobs=jobs)

    return evaluate


def bytes_in(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("name", ["2024Q3", "2024Q4"])
def test_results_are_the_same_bytes(name: str, tmp_path: Path) -> None:
    """Segments, teams, quotas, percentiles, pools and rejected people among them."""
    made = {}
    for jobs in (1, 2, 3):
        _, folder, findings = write_while(tmp_path / str(jobs), by(jobs, EXAMPLES / name))
        assert folder is not None, [one.message() for one in findings]
        made[jobs] = bytes_in(folder.folder)
    assert made[2] == made[1]
    assert made[3] == made[1]


def test_progress_counts_the_same(tmp_path: Path) -> None:
    told: dict[int, list[tuple[int, int]]] = {}
    for jobs in (1, 2):
        seen = told.setdefault(jobs, [])
        each = EachInTurn(lambda line, appraisal: None, lambda line, made: None)
        evaluate_cycle(
            EXAMPLES / "2024Q3", each=each, jobs=jobs,
            progress=lambda done, all_of_it, seen=seen: seen.append((done, all_of_it)),
        )  # fmt: skip
    assert told[1] == told[2]
    assert told[2][-1][0] == told[2][-1][1]


@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("count", [1, 2, 3, 63, 64, 65, 1000])
def test_what_is_made_comes_in_the_order_of_what_was_given(jobs: int, count: int) -> None:
    assert list(spread(str, range(count), jobs)) == [str(one) for one in range(count)]


def test_nothing_comes_of_nothing() -> None:
    assert list(spread(str, (), 4)) == []


def test_an_exception_of_the_work_is_raised() -> None:
    def work(number: int) -> int:
        return 1 // (number - 700)

    with pytest.raises(ZeroDivisionError):
        list(spread(work, range(1000), 2))


def test_the_work_is_done_by_other_processes() -> None:
    def work(_: int) -> int:
        time.sleep(0.001)
        return os.getpid()

    found = set(spread(work, range(1000), 2))
    assert os.getpid() not in found
    assert len(found) > 1


def test_who_is_interrupted_leaves_no_process_behind(tmp_path: Path) -> None:
    program = (
        "import os, sys, time\n"
        "from perfrules.cycle.many_cores import spread\n"
        "def work(one):\n"
        "    open(sys.argv[1] + f'/{os.getpid()}', 'w').close(); time.sleep(0.05); return one\n"
        "try:\n"
        "    list(spread(work, range(5000), 2))\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(130)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)])
    for _ in range(200):
        if len(list(tmp_path.iterdir())) == 2:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
    for one in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(one.name), 0)


def test_verify_finds_the_same(tmp_path: Path) -> None:
    """Of a folder that is whole, and of one with records that were changed, cut and swapped."""
    _, folder, _ = write_while(tmp_path / "results", by(1, EXAMPLES / "2024Q3"))
    assert folder is not None
    assert [verify(folder.folder, jobs=jobs) for jobs in (1, 2)] == [(), ()]
    traces = folder.folder / "traces.jsonl"
    lines = traces.read_bytes().splitlines(keepends=True)
    lines[3] = lines[3].replace(b'"total":"', b'"total":"1', 1)
    lines[5], lines[6] = lines[6], lines[5]
    lines[8] = lines[8][:200] + b"\n"
    traces.write_bytes(b"".join(lines))
    once, twice = (verify(folder.folder, EXAMPLES / "2024Q3", jobs=jobs) for jobs in (1, 2))
    assert once == twice
    assert {"damaged-record", "unordered-record", "broken-chain"} <= {one.code for one in once}
