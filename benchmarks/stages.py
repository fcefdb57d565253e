"""Where does the time of a cycle go? Processor time of `evaluate` and `verify` by stage.

    python -m benchmarks.stages [--people N] [--plain]

One process for each command. What belongs to a stage is timed as it is called, and what it calls
of another stage is taken off; so the stages add up to the whole. Exit code 0: measured.
"""

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.one_appraisal import positive
from benchmarks.people import make_people
from benchmarks.whole_cycle import write_cycle


class Stages:
    """Seconds of the processor by stage, each without those of the stages inside it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.open: list[str] = []
        self.since = process_time()

    def _turn(self) -> None:
        now = process_time()
        if self.open:
            self.spent[self.open[-1]] += now - self.since
        self.since = now

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, whose time is that of the stage."""

        def run(*args: Any, **named: Any) -> Any:
            self._turn()
            self.open.append(stage)
            try:
                return work(*args, **named)
            finally:
                self._turn()
                self.open.pop()

        return run

    def wrap(self, owner: Any, name: str, stage: str) -> None:
        """Times a function or method where it stands."""
        setattr(owner, name, self.timed(stage, getattr(owner, name)))


def evaluate_stages(folder: Path, out: Path) -> dict[str, float]:
    """What `evaluate` spends on each stage."""
    import perfrules.papers.workbook.write_workbook as workbook
    from perfrules.cycle import evaluate_cycle as judged
    from perfrules.cycle.judging import Judging
    from perfrules.records import write
    from perfrules.records.trace_json import TraceLines

    stages = Stages()
    stages.wrap(judged, "open_cycle", "reading")
    stages.wrap(Judging, "prepare", "rules between people, with the judging that they ask for")
    stages.wrap(Judging, "appraisal", "judging")
    stages.wrap(judged, "judged_line", "lines of the tables")
    stages.wrap(TraceLines, "line", "traces")
    stages.wrap(workbook, "write_workbook", "workbook")
    stages.wrap(write, "_write_rest", "tables, digests, manifest")
    whole = stages.timed("files and the rest", write.write_while)
    whole(out, lambda each: judged.evaluate_cycle(folder, each=each))
    return dict(stages.spent)


def verify_stages(out: Path) -> dict[str, float]:
    """What `verify` spends on each stage."""
    from perfrules.records import record_checks, verify

    stages = Stages()
    stages.wrap(record_checks, "parsed_record", "reading records, their digests")
    stages.wrap(record_checks, "check", "the checker")
    stages.wrap(record_checks.Records, "check", "the records as a whole")
    stages.wrap(verify, "check_tables", "the tables")
    stages.wrap(verify, "check_workbook", "the workbook")
    whole = stages.timed("files and the rest", verify.verify)
    found = whole(out)
    assert not found, found[0].message()
    return dict(stages.spent)


def _shown(command: str, spent: dict[str, float], people: int) -> None:
    whole = sum(spent.values())
    print(f"\n{command}: {whole:.1f} s of the processor, {whole / people * 1000:.2f} ms a person")
    for stage, seconds in sorted(spent.items(), key=lambda one: -one[1]):
        print(f"  {seconds:7.2f} s  {seconds / whole:5.0%}  {stage}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=positive, default=10_000)
    parser.add_argument("--plain", action="store_true", help="without rules between people")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        people = make_people(asked.people)
        cycle = write_cycle(Path(folder) / "cycle", people, group_rules=not asked.plain)
        out = Path(folder) / "results"
        _shown("evaluate", evaluate_stages(cycle, out), asked.people)
        _shown("verify", verify_stages(out), asked.people)


if __name__ == "__main__":
    main()
