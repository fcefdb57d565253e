"""How long does the report of a large cycle take, as a process, held against `evaluate`? (Unix)

    python -m benchmarks.report [--people N] [--rounds K] [--keep FOLDER]

Exit code 0: measured; 1: the page is larger, or slower, than was promised for 10 000 people; 2: a
command did not end as it should.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.one_appraisal import positive, release
from benchmarks.people import Person, make_people
from benchmarks.whole_cycle import DEPARTMENTS, TEAMS, CannotRun, Measured, run, write_cycle

LARGEST, SLOWEST, PROMISED_FOR = 2_000_000, 5, 10_000

GROUPS = {"manager": 1, "peer": 4, "client": 2}
RATED = """\
  teamwork:
    weight: 10%
    score: {ratings: {groups: {manager: 50%, peer: 30%, client: 20%}, scale: {min: 0, max: 100}}}
"""
"""A seventh indicator, with seven ratings a person."""


def add_ratings(folder: Path, people: Sequence[Person]) -> None:
    """Gives everybody of a cycle's folder ratings by seven others."""
    policy = folder / "policies" / "six_indicators.yaml"
    text = policy.read_text("utf-8")
    head, mark, rest = text.partition("indicators:\n")
    before, training, after = rest.partition("  training_sessions:")
    assert mark and training
    assert "weight: 10%" in before
    before = before.replace("weight: 20%", "weight: 10%", 1)
    policy.write_text(head + mark + RATED + before + training + after, "utf-8")
    random = Random(360)
    rows = ["person_id,indicator,group,score"]
    for person in people:
        for group, count in GROUPS.items():
            ratings = (random.randint(50, 100) for _ in range(count))
            rows += (f"{person.person_id},teamwork,{group},{rating}" for rating in ratings)
    (folder / "ratings.csv").write_text("\n".join([*rows, ""]), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report")
    parser.add_argument("--people", type=positive, default=PROMISED_FOR)
    parser.add_argument("--rounds", type=positive, default=3)
    parser.add_argument("--keep", type=Path, help="write the cycle and results here, and stay")
    options = parser.parse_args()

    print(f"{release('perfrules')}, Python {platform.python_version()},")
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs")
    print(f"{options.people} people, {TEAMS} teams, {DEPARTMENTS} departments\n")
    people = make_people(options.people)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        cycle = write_cycle(folder / "cycle", people, group_rules=True)
        add_ratings(cycle, people)
        results, page = folder / "results", folder / "report.html"
        try:
            evaluated = run("evaluate", cycle, "--out", results, "--quiet")
            reported = [
                run("report", results, "--out", page, "--force") for _ in range(options.rounds)
            ]
        except CannotRun as reason:
            print(reason, file=sys.stderr)
            raise SystemExit(2) from None
        size = page.stat().st_size
        tell(evaluated, reported, size, (results / "traces.jsonl").stat().st_size)
        slow = median(one.wall for one in reported) >= SLOWEST
        if options.people <= PROMISED_FOR and (slow or size >= LARGEST):
            raise SystemExit(1)


def tell(evaluated: Measured, reported: Sequence[Measured], size: int, traces: int) -> None:
    print(f"{'':12} {'seconds':>8} {'of CPU':>8} {'memory, MiB':>12}")
    for name, own in (("evaluate", [evaluated]), ("report", reported)):
        wall, cpu = (median(getattr(one, what) for one in own) for what in ("wall", "cpu"))
        memory = max(one.memory for one in own) / 2**20
        print(f"{name:12} {wall:8.1f} {cpu:8.1f} {memory:12,.0f}")
    share = median(one.cpu for one in reported) / evaluated.cpu
    print(f"\nthe report takes {share:.1%} of the CPU time of evaluate")
    print(f"the page has {size / 1000:,.0f} kB, traces.jsonl {traces / 2**20:,.0f} MiB")


if __name__ == "__main__":
    main()
