"""How long does a question of other rules take, after the cycle as it is? See README.md here.

    python -m benchmarks.what_if [--people N]

The cycle is that of whole_cycle.py, with its rules between people: one policy for everybody, which
is the worst case, since each change of it concerns all. Seconds are of
the processor. Exit code 0: measured.
"""

import argparse
import tempfile
from pathlib import Path
from time import process_time
from typing import Final

from benchmarks.one_appraisal import positive
from benchmarks.people import make_people
from benchmarks.whole_cycle import write_cycle
from perfrules.workbench.what_if.simulate import simulated

QUESTIONS: Final = {
    "an award": "six_indicators.awards.champion.top=2%",
    "a grade": "six_indicators.grades.A.at_least=92",
    "a band of scores": "six_indicators.indicators.channel_sales.score.bands.1.score=115",
    "the policy of the teams": "channel_team.grades=[{grade: A, at_least: 90}, {otherwise: B}]",
}


def main() -> None:
    parser = argparse.ArgumentParser(description="time a question of other rules")
    parser.add_argument("--people", type=positive, default=10_000)
    people: int = parser.parse_args().people
    with tempfile.TemporaryDirectory() as name:
        folder = write_cycle(Path(name), make_people(people), group_rules=True)
        for question, change in QUESTIONS.items():
            start = process_time()
            halves: list[float] = []

            def half(done: int, total: int, halves: list[float] = halves) -> None:
                """The cycle is judged as it is and then as it would be: two equal parts."""
                if 2 * done >= total and not halves:
                    halves.append(process_time())

            found, findings, _ = simulated(folder, {"--set 1": change}, progress=half)
            assert found is not None, [one.message() for one in findings]
            first, second = halves[0] - start, process_time() - halves[0]
            print(
                f"{question}: {first:.1f} s for the cycle as it is, {second:.1f} s for the "
                f"question; {found.judged_again} appraisals, {len(found.people)} moved",
                flush=True,
            )


if __name__ == "__main__":
    main()
