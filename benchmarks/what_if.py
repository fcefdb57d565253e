"""How long does a question of other rules take, after the cycle as it is? See README.md here.

    python -m benchmarks.what_if [--people N]

The cycle is that of whole_cycle.py, with its rules between people: one policy for everybody, which
is the worst case, since each change of it concerns all. Exit code 0: measured.
"""

import argparse
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks.one_appraisal import positive
from benchmarks.people import make_people
from benchmarks.whole_cycle import write_cycle
from perfrules.workbench.what_if.simulate import simulated

QUESTIONS: Final = {
    "nothing is changed": (),
    "an award": ("six_indicators.awards.champion.top=2%",),
    "a grade": ("six_indicators.grades.A.at_least=92",),
    "a band of scores": ("six_indicators.indicators.channel_sales.score.bands.1.score=110",),
    "the policy of the teams": ("channel_team.grades=[{grade: A, at_least: 90}, {otherwise: B}]",),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="time a question of other rules")
    parser.add_argument("--people", type=positive, default=10_000)
    people: int = parser.parse_args().people
    with tempfile.TemporaryDirectory() as name:
        folder = write_cycle(Path(name), make_people(people), group_rules=True)
        first = 0.0
        for question, changes in QUESTIONS.items():
            start = perf_counter()
            asked = {f"--set {row}": text for row, text in enumerate(changes, 1)}
            found, findings, _ = simulated(folder, asked)
            seconds = perf_counter() - start
            assert found is not None, [one.message() for one in findings]
            first = first or seconds
            print(
                f"{question}: {seconds:.1f} s, of which {max(seconds - first, 0):.1f} s after the "
                f"cycle as it is; {found.judged_again} appraisals, {len(found.people)} people moved"
            )


if __name__ == "__main__":
    main()
