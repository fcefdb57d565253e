"""How fast are a million appraisals by columns? See README.md beside this file.

    python -m benchmarks.columnar [--rows N] [--rounds K]

Exit code 0: measured; 1: the entrants do not agree on a result.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import polars as pl

import perfrules
from benchmarks.by_hand_columns import all_columns, results_only
from benchmarks.people import make_people

POLICY = Path(__file__).parent / "six_indicators.yaml"
PEOPLE = 50_000
"""So many are made up; a table has them again and again."""

SAMPLE = 2_000
"""How many the reference judges."""

Run = Callable[[pl.DataFrame], pl.DataFrame]


def table(rows: int) -> pl.DataFrame:
    """People of the other measurements, as decimals of two places."""
    people = make_people(min(rows, PEOPLE))
    columns: dict[str, list[Any]] = {
        "subject": [one.person_id for one in people],
        "person.bonus_base": [Decimal(one.bonus_base) for one in people],
    }
    for name in people[0].measures:
        for place, what in enumerate(("actual", "target")):
            values = [Decimal(one.measures[name][place]) for one in people]
            columns[f"{name}.{what}"] = values
    kinds = {name: pl.Decimal(18, 2) for name in columns if name != "subject"}
    frame = pl.DataFrame(columns, schema_overrides=kinds)
    return pl.concat([frame] * -(-rows // len(frame)))[:rows]


@cache
def policy_read() -> perfrules.Policy:
    """The policy, which is read before the clock starts."""
    return perfrules.read_policy(POLICY)


def by_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """The program that the policy becomes."""
    policy = policy_read()
    found: pl.DataFrame = perfrules.evaluate_table(policy, frame).frame
    return found


def by_reference(frame: pl.DataFrame) -> pl.DataFrame:
    """`Policy.evaluate` for each row."""
    policy = policy_read()
    names = [*policy.rules.indicator]
    lines = []
    for row in frame.iter_rows(named=True):
        figures = {
            name: {what: row[f"{name}.{what}"] for what in ("actual", "target")} for name in names
        }
        base = {"bonus_base": row["person.bonus_base"]}
        one = policy.evaluate(perfrules.scorecard(row["subject"], figures, person=base))
        lines.append((row["subject"], one.total, one.grade, one.pay.get("bonus")))
    columns = ["subject", "total", "grade", "pay.bonus"]
    money = pl.Decimal(38, 2)
    kinds = dict(zip(columns, (pl.String(), money, pl.String(), money), strict=True))
    return pl.DataFrame(lines, schema=kinds, orient="row")


ENTRANTS: dict[str, Run] = {
    "perfrules, by columns": by_columns,
    "by hand in Polars, the same columns": all_columns,
    "by hand in Polars, results only": results_only,
    "perfrules, one by one": by_reference,
}
SLOW = "perfrules, one by one"


def agree(frame: pl.DataFrame) -> bool:
    """Whether all have the same numbers; says where they do not."""
    ours, every = by_columns(frame), all_columns(frame)
    pairs = [(ours.select(every.columns), every)]
    least = results_only(frame)
    pairs.append((ours.select(least.columns), least))
    some = by_reference(frame[:SAMPLE])
    pairs.append((ours[:SAMPLE].select(some.columns), some))
    for one, two in pairs:
        for name in two.columns:
            if not (one[name] == two[name]).all():
                print(f"they differ in {name}", file=sys.stderr)
                return False
    return True


def measured(name: str, path: Path, rounds: int) -> dict[str, Any]:
    """Seconds of each round and the most memory, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.columnar", "--entrant", name]
    command += ["--table", str(path), "--rounds", str(rounds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def run_entrant(name: str, path: Path, rounds: int) -> None:
    """What the process of an entrant does: the clock sees the table in and the table out."""
    frame = pl.read_parquet(path)
    if name == SLOW:
        frame = frame[:SAMPLE]
    policy_read()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, busy = [], []
    for _ in range(rounds):
        start, start_busy = perf_counter(), process_time()
        ENTRANTS[name](frame)
        seconds.append(perf_counter() - start)
        busy.append(process_time() - start_busy)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = {"rows": len(frame), "seconds": seconds, "busy": busy, "before": before, "peak": peak}
    print(json.dumps(found))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--entrant", choices=[*ENTRANTS])
    parser.add_argument("--table", type=Path)
    options = parser.parse_args(arguments)
    if options.entrant:
        run_entrant(options.entrant, options.table, options.rounds)
        return 0
    frame = table(options.rows)
    if not agree(frame[: min(options.rows, PEOPLE)]):
        return 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.parquet"
        frame.write_parquet(path)
        del frame
        first: dict[str, Any] = {}
        print("| entrant | rows a second (median) | ratio | ratio of CPU | memory: table -> peak |")
        print("| --- | --- | --- | --- | --- |")
        for name in ENTRANTS:
            found = measured(name, path, options.rounds)
            found |= {key: median(found[key]) / found["rows"] for key in ("seconds", "busy")}
            first = first or found
            wall, busy = first["seconds"] / found["seconds"], first["busy"] / found["busy"]
            memory = f"{found['before'] // 1024} -> {found['peak'] // 1024} MiB"
            rate = 1 / found["seconds"]
            print(f"| {name} | {rate:,.0f} | {wall:.3g} | {busy:.3g} | {memory} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
