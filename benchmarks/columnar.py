"""How fast are a million appraisals by columns? See README.md beside this file.

    python -m benchmarks.columnar [--rows N] [--rounds K]

Exit code 0: measured; 1: the entrants do not agree on a result.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

import numpy as np
import polars as pl

import perfrules
from benchmarks import by_hand_columns, by_hand_floats, by_hand_sql
from benchmarks.one_appraisal import GRAPH
from benchmarks.people import make_people

POLICY = Path(__file__).parent / "six_indicators.yaml"
PEOPLE = 50_000
"""So many are made up; a table has them again and again."""

SAMPLE = 2_000
"""How many those judge who take one row after the other."""

COMPILED = 50
"""How often a policy is compiled to know the time that this takes."""


class Entrant(NamedTuple):
    """What the clock sees: a table in memory, or a path, and what becomes of it."""

    run: Callable[[Any], Any]
    takes: str = "table"  # or "sample", a few rows of it, or "file", its path


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


# --- the entrants --------------------------------------------------------------------------


@cache
def policy_read() -> perfrules.Policy:
    """The policy, which is read before the clock starts."""
    return perfrules.read_policy(POLICY)


def by_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """The program that the policy becomes."""
    policy = policy_read()
    found: pl.DataFrame = perfrules.evaluate_table(policy, frame).frame
    return found


def results_of(lines: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    """Subject, total, grade and bonus as a table."""
    money = pl.Decimal(38, 2)
    kinds = {"subject": pl.String(), "total": money, "grade": pl.String(), "pay.bonus": money}
    return pl.DataFrame(lines, schema=kinds, orient="row")


def figures_of(row: Mapping[str, Any]) -> dict[str, dict[str, Decimal]]:
    """By indicator what a row says of it."""
    names = policy_read().rules.indicator
    return {name: {what: row[f"{name}.{what}"] for what in ("actual", "target")} for name in names}


def by_reference(frame: pl.DataFrame) -> pl.DataFrame:
    """`Policy.evaluate` for each row."""
    policy, lines = policy_read(), []
    for row in frame.iter_rows(named=True):
        base = {"bonus_base": row["person.bonus_base"]}
        one = policy.evaluate(perfrules.scorecard(row["subject"], figures_of(row), person=base))
        lines.append((row["subject"], one.total, one.grade, one.pay.get("bonus")))
    return results_of(lines)


@cache
def zen() -> Any:
    """zen-engine with the graph of the same rules."""
    from zen import ZenEngine

    content = json.loads(GRAPH.read_text("utf-8"))
    return ZenEngine({"loader": {"type": "static", "content": {"six": content}}})


def by_zen(frame: pl.DataFrame) -> pl.DataFrame:
    """One call a row, without a trace; zen-engine takes and gives floats."""
    engine, lines = zen(), []
    for row in frame.iter_rows(named=True):
        figures = {
            name: {what: float(one) for what, one in found.items()}
            for name, found in figures_of(row).items()
        }
        context = figures | {"bonus_base": float(row["person.bonus_base"])}
        found = engine.evaluate("six", context)["result"]
        amounts = [Decimal(str(found[name])) for name in ("total", "bonus")]
        lines.append((row["subject"], amounts[0], found["grade"], amounts[1]))
    return results_of(lines)


def copied(frame: pl.DataFrame) -> int:
    """A copy of every byte that the table has."""
    chunks = [chunk for column in frame.to_arrow().columns for chunk in column.chunks]
    buffers = [one for chunk in chunks for one in chunk.buffers() if one is not None]
    return sum(len(np.frombuffer(one, dtype=np.uint8).copy()) for one in buffers)


def file_to_file(path: Path) -> None:
    """From Parquet to Parquet."""
    by_columns(pl.read_parquet(path)).write_parquet(path.with_suffix(".out"))


def file_copied(path: Path) -> None:
    """The same way for the table as it is."""
    pl.read_parquet(path).write_parquet(path.with_suffix(".out"))


def results_copied(path: Path) -> None:
    """The table is read and the results, which are known already, are read and written."""
    pl.read_parquet(path)
    pl.read_parquet(path.with_name("results.parquet")).write_parquet(path.with_suffix(".out"))


ENTRANTS: dict[str, Entrant] = {
    "perfrules, by columns": Entrant(by_columns),
    "by hand in Polars, the same columns": Entrant(by_hand_columns.all_columns),
    "by hand in Polars, results only": Entrant(by_hand_columns.results_only),
    "by hand in DuckDB, the same columns": Entrant(by_hand_sql.all_columns),
    "by hand in NumPy, floats, results only": Entrant(by_hand_floats.results),
    "memory copy of the table": Entrant(copied),
    "perfrules, one by one": Entrant(by_reference, "sample"),
    "zen-engine, one by one": Entrant(by_zen, "sample"),
    "perfrules, Parquet to Parquet": Entrant(file_to_file, "file"),
    "Parquet, the table copied": Entrant(file_copied, "file"),
    "Parquet, table read, results copied": Entrant(results_copied, "file"),
}


def agree(frame: pl.DataFrame) -> bool:
    """Whether all exact ones have the same numbers; says where they do not."""
    ours, some = by_columns(frame), frame[:SAMPLE]
    exact = (by_hand_columns.all_columns, by_hand_columns.results_only, by_hand_sql.all_columns)
    pairs = [(ours, run(frame)) for run in exact]
    pairs += [(ours[:SAMPLE], run(some)) for run in (by_reference, by_zen)]
    for one, two in pairs:
        for name in two.columns:
            if not (one[name] == two[name]).all():
                print(f"they differ in {name}", file=sys.stderr)
                return False
    count = by_hand_floats.wrong(ours, by_hand_floats.results(frame))
    print(f"all agree on {len(frame)} rows; in floats {count} rows have another result\n")
    return True


# --- the clock -----------------------------------------------------------------------------


def measured(name: str, path: Path, rounds: int) -> dict[str, Any]:
    """Seconds of each round and the most memory, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.columnar", "--entrant", name]
    command += ["--table", str(path), "--rounds", str(rounds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def run_entrant(entrant: Entrant, path: Path, rounds: int) -> None:
    """What the process of an entrant does."""
    given: Any = path
    rows = pl.scan_parquet(path).select(pl.len()).collect().item()
    if entrant.takes != "file":
        given = pl.read_parquet(path)
    if entrant.takes == "sample":
        given, rows = given[:SAMPLE], SAMPLE
    policy_read()
    before = memory("VmRSS")
    forget_the_peak()
    seconds, busy = [], []
    for _ in range(rounds):
        start, start_busy = perf_counter(), process_time()
        entrant.run(given)
        seconds.append(perf_counter() - start)
        busy.append(process_time() - start_busy)
    kib = {"before": before, "peak": memory("VmHWM")}
    found = {"rows": rows, "seconds": seconds, "busy": busy, **kib}
    print(json.dumps(found))


def memory(what: str) -> int:
    """KiB that this process has, or has had at most, as Linux says. What the system tells of a
    process that has ended counts what it inherited from its parent."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))


def forget_the_peak() -> None:
    """From here on the peak is a new one, not that of reading the table."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def compiled() -> float:
    """Milliseconds to prove and compile the policy for a table of one row."""
    frame, taken = table(1), []
    for _ in range(COMPILED):
        start = perf_counter()
        perfrules.plan_table(policy_read(), frame)
        taken.append(perf_counter() - start)
    return median(taken) * 1000


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--entrant", choices=[*ENTRANTS])
    parser.add_argument("--table", type=Path)
    options = parser.parse_args(arguments)
    if options.entrant:
        run_entrant(ENTRANTS[options.entrant], options.table, options.rounds)
        return 0
    frame = table(options.rows)
    if not agree(frame[: min(options.rows, PEOPLE)]):
        return 1
    print(f"{options.rows} rows; the policy is compiled in {compiled():.1f} ms")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.parquet"
        frame.write_parquet(path)
        by_columns(frame).write_parquet(path.with_name("results.parquet"))
        del frame
        tell(path, options.rounds)
    return 0


def tell(path: Path, rounds: int) -> None:
    """The table of all entrants, with the load that the machine has at the end."""
    first: dict[str, Any] = {}
    print("| entrant | rows a second (median) | ratio | ratio of CPU | memory: before → peak |")
    print("| --- | --- | --- | --- | --- |")
    for name in ENTRANTS:
        found = measured(name, path, rounds)
        found |= {key: median(found[key]) / found["rows"] for key in ("seconds", "busy")}
        first = first or found
        wall, busy = first["seconds"] / found["seconds"], first["busy"] / found["busy"]
        held = f"{found['before'] // 1024} → {found['peak'] // 1024} MiB"
        rate = 1 / found["seconds"]
        print(f"| {name} | {rate:,.0f} | {wall:.3g} | {busy:.3g} | {held} |", flush=True)
    print(f"\nload of the machine: {os.getloadavg()[1]:.1f} in the last five minutes")


if __name__ == "__main__":
    sys.exit(main())
