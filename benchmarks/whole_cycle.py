"""How long does a whole cycle take, with ranks, pools and full traces? See README.md here (Unix).

    python -m benchmarks.whole_cycle [--people N] [--rounds K] [--keep FOLDER]

Exit code 0: measured; 2: a command did not end as it should.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from benchmarks.one_appraisal import POLICY, positive, release
from benchmarks.people import Person, make_people

DEPARTMENTS, TEAMS = 20, 100

GROUP_RULES = """
distribution:
  within: department
  min_group: 5
  quotas: {A: {at_most: 20%}, D: {at_least: 5%}}
  order: [total desc, channel_sales.attainment desc]
awards:
  star: {within: team, order: [total desc], top: 10%, at_least_one: true, only_if: total >= 80}
  champion: {order: [channel_sales.actual desc], top: 1%}
pools:
  team_fund: {amount: team.fund, within: team, share_by: total * person.bonus_base}
  company_fund: {amount: cycle.fund, share_by: total}
"""
PERCENTILE = "score:\n      on: percentile\n      within: department\n      bands:"
"""For the visits to partners, with the bands that they have."""

BOTH = """
  team_bonus: {base: "500", only_if: team.attainment >= 100%}
follow_ups:
  plan: {when: grade == "D", due_days: 30}
  talk: {when: total < 70, due_days: 14}
"""
TEAM = """\
policy: channel_team
subject: team
indicators:
  channel_sales:
    weight: 70%
    roll_up: {actual: {of: channel_sales.actual, by: sum}, target: {of: channel_sales.target, by: sum}}
    score: {formula: "min(120, 100 * attainment)"}
  level: {weight: 30%, roll_up: {of: repeat_orders.score, by: mean}, score: {direct: {min: 0, max: 110}}}
"""  # noqa: E501
CYCLE = """\
id: 2024Q3
from: 2024-07-01
to: 2024-09-30
announced: 2024-10-10
policies: policies
facts: {fund: 1000000.01}
"""


class CannotRun(Exception):
    """A command did not end as it should."""


# --- the cycle -----------------------------------------------------------------------------


def write_cycle(folder: Path, people: Sequence[Person], *, group_rules: bool) -> Path:
    """Writes the cycle's folder, with the rules between people or without them."""
    (folder / "policies").mkdir(parents=True)
    policy = POLICY.read_text("utf-8").rstrip("\n") + BOTH
    if group_rules:
        head, visits, rest = policy.partition("  partner_visits:")
        assert visits
        policy = head + visits + rest.replace("score:\n      bands:", PERCENTILE, 1) + GROUP_RULES
    files = {"policies/six_indicators.yaml": policy, "policies/channel_team.yaml": TEAM}
    for name, text in {**files, "cycle.yaml": CYCLE, **tables(people)}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def tables(people: Sequence[Person]) -> dict[str, str]:
    """The CSV files of the cycle."""
    units = ["unit_id,role,name,fund"]
    units += [f"T{team:03},channel_team,{team} 组,{10_000 + team}" for team in range(TEAMS)]
    roster = ["person_id,name,role,team,department,bonus_base"]
    actuals = ["person_id,indicator,actual,target"]
    for number, person in enumerate(people):
        team = number % TEAMS
        unit = f"T{team:03},{team % DEPARTMENTS} 部"
        name = f"示例员工{number:05}"
        roster.append(f"{person.person_id},{name},six_indicators,{unit},{person.bonus_base}")
        for indicator, (actual, target) in person.measures.items():
            actuals.append(f"{person.person_id},{indicator},{actual},{target}")
    found = {"units": units, "people": roster, "actuals": actuals}
    return {f"{name}.csv": "\n".join([*lines, ""]) for name, lines in found.items()}


# --- the clock -----------------------------------------------------------------------------


class Measured(NamedTuple):
    """One process: seconds on the wall, of the processor, and the most memory it had (bytes)."""

    wall: float
    cpu: float
    memory: int


def run(*words: object) -> Measured:
    """Runs `perfrules`, whose progress is shown, and waits for it."""
    command = [sys.executable, "-m", "perfrules", *map(str, words)]
    start = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise CannotRun(f"{' '.join(command)} ended with {process.returncode}")
    most = usage.ru_maxrss if sys.platform == "darwin" else usage.ru_maxrss * 1024
    return Measured(wall, usage.ru_utime + usage.ru_stime, most)


def measure(cycles: dict[str, Path], rounds: int) -> Iterator[tuple[str, str, Measured]]:
    """Which cycle, which command, and what it took; the cycles take turns, so that all meet the
    same noise."""
    for _ in range(rounds):
        for name, folder in cycles.items():
            out = folder.with_name(f"{folder.name}-results")
            yield name, "evaluate", run("evaluate", folder, "--out", out, "--quiet")
        for name, folder in cycles.items():
            out = folder.with_name(f"{folder.name}-results")
            yield name, "verify", run("verify", out)


def print_table(found: Sequence[tuple[str, str, Measured]], people: int) -> None:
    print(f"{'':34} {'seconds':>8} {'of CPU':>8} {'people/s':>9} {'memory, MiB':>12}")
    for command in ("evaluate", "verify"):
        for name in dict.fromkeys(one for one, _, _ in found):
            own = [one for cycle, done, one in found if (cycle, done) == (name, command)]
            wall = median(one.wall for one in own)
            memory = max(one.memory for one in own) / 2**20
            cpu = median(one.cpu for one in own)
            shown = f"{wall:8.1f} {cpu:8.1f} {people / wall:9,.0f} {memory:12,.0f}"
            print(f"{f'{command}, {name}':34} {shown}")


def shares(found: Sequence[tuple[str, str, Measured]], command: str) -> list[float]:
    """In each round, the part of the time that the rules between people take."""
    ruled, bare = (
        [one.cpu for cycle, done, one in found if (cycle, done) == (name, command)]
        for name in (RULED, BARE)
    )
    return [1 - own / whole for own, whole in zip(bare, ruled, strict=True)]


RULED, BARE = "with group rules", "without"


def print_sizes(results: Path, people: int) -> None:
    for name in ("traces.jsonl", "groups.jsonl"):
        size = (results / name).stat().st_size
        print(f"{name}: {size / 2**20:,.0f} MiB, {size / people / 1024:.1f} KiB a person")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.whole_cycle")
    parser.add_argument("--people", type=positive, default=10_000)
    parser.add_argument("--rounds", type=positive, default=1)
    parser.add_argument("--keep", type=Path, help="write the cycles and results here, and stay")
    options = parser.parse_args()

    print(f"{release('perfrules')}, Python {platform.python_version()},")
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs")
    print(f"{options.people} people, {TEAMS} teams, {DEPARTMENTS} departments\n")
    people = make_people(options.people)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        cycles = {
            RULED: write_cycle(folder / "ruled", people, group_rules=True),
            BARE: write_cycle(folder / "bare", people, group_rules=False),
        }
        try:
            found = list(measure(cycles, options.rounds))
        except CannotRun as reason:
            print(reason, file=sys.stderr)
            raise SystemExit(2) from None
        print_table(found, options.people)
        for command in ("evaluate", "verify"):
            parts = ", ".join(f"{part:.0%}" for part in shares(found, command))
            print(f"the rules between people take this part of {command}'s CPU time: {parts}")
        print_sizes(folder / "ruled-results", options.people)


if __name__ == "__main__":
    main()
