"""How fast is one appraisal with its full trace? See README.md beside this file.

    python -m benchmarks.one_appraisal [--people N] [--rounds K]

Exit code 0: measured; 1: the entrants do not agree on a result; 2: one of them cannot run.
"""

import argparse
import json
import os
import platform
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from time import perf_counter_ns
from typing import Any, NamedTuple

from benchmarks import by_hand
from benchmarks.people import Person, make_people
from perfrules.evaluation.evaluate import evaluate
from perfrules.language.read import read_policy
from perfrules.model.appraisal import Appraisal
from perfrules.model.scorecard import Datum, Measure, Scorecard

HERE = Path(__file__).parent
POLICY = HERE / "six_indicators.yaml"
GRAPH = HERE / "six_indicators.jdm.json"
SHOWN_DISAGREEMENTS = 10


class Outcome(NamedTuple):
    total: Decimal | None
    grade: str | None
    bonus: Decimal | None


@dataclass(frozen=True, slots=True)
class Entrant:
    """`appraise` is what the clock sees; inputs are ready before, results are read after."""

    name: str
    inputs: Sequence[Any]
    appraise: Callable[[Any], Any]
    outcome: Callable[[Any], Outcome]


class CannotRun(Exception):
    """An entrant is not installed, or refuses its rules."""


# --- perfrules -----------------------------------------------------------------------------


def perfrules_entrant(people: Sequence[Person]) -> Entrant:
    policy, findings = read_policy(POLICY)
    if policy is None:
        raise CannotRun(f"perfrules refuses {POLICY.name}: {findings}")

    def appraise(scorecard: Scorecard) -> Appraisal:
        appraisal = evaluate(policy, scorecard)
        appraisal.steps  # noqa: B018 - the trace, should it ever be made only on demand
        return appraisal

    def outcome(appraisal: Appraisal) -> Outcome:
        return Outcome(appraisal.total, appraisal.grade, appraisal.pay.get("bonus"))

    inputs = [perfrules_scorecard(person) for person in people]
    return Entrant("perfrules, full trace", inputs, appraise, outcome)


def perfrules_scorecard(person: Person) -> Scorecard:
    return Scorecard(
        subject=person.person_id,
        measures={
            name: Measure(actual=Datum(Decimal(actual)), target=Datum(Decimal(target)))
            for name, (actual, target) in person.measures.items()
        },
        person={"bonus_base": Datum(Decimal(person.bonus_base))},
    )


# --- zen-engine ----------------------------------------------------------------------------


def zen_entrants(people: Sequence[Person]) -> tuple[Entrant, Entrant]:
    """The engine by key, which keeps the graph compiled, and a decision object, which does not."""
    try:
        import zen
    except ImportError as missing:
        raise CannotRun("zen-engine is not installed: pip install '.[bench]'") from missing

    text = GRAPH.read_text(encoding="utf-8")
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"six": json.loads(text)}}})
    decision = zen.ZenEngine().create_decision(text)
    inputs = [zen_context(person) for person in people]
    return (
        Entrant(
            "zen-engine, trace on",
            inputs,
            lambda context: engine.evaluate("six", context, {"trace": True}),
            zen_outcome,
        ),
        Entrant(
            "zen-engine, create_decision",
            inputs,
            lambda context: decision.evaluate(context, {"trace": True}),
            zen_outcome,
        ),
    )


def zen_context(person: Person) -> dict[str, Any]:
    context: dict[str, Any] = {
        name: {"actual": zen_number(actual), "target": zen_number(target)}
        for name, (actual, target) in person.measures.items()
    }
    context["bonus_base"] = zen_number(person.bonus_base)
    return context


def zen_number(text: str) -> int | float:
    """zen-engine computes in decimals but takes and gives Python's own numbers only."""
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(text)


def zen_outcome(response: Any) -> Outcome:
    if not response.get("trace"):
        raise CannotRun("zen-engine gave no trace")
    result = response["result"]
    # A float's shortest text is the decimal that zen-engine held before it made the float.
    return Outcome(Decimal(str(result["total"])), result["grade"], Decimal(str(result["bonus"])))


# --- by hand -------------------------------------------------------------------------------


def by_hand_entrant(people: Sequence[Person]) -> Entrant:
    inputs = [
        (
            {name: (Decimal(a), Decimal(t)) for name, (a, t) in person.measures.items()},
            Decimal(person.bonus_base),
        )
        for person in people
    ]
    return Entrant(
        "by hand, no trace",
        inputs,
        lambda given: by_hand.appraise(*given),
        lambda result: Outcome(*result),
    )


# --- the check and the clock ---------------------------------------------------------------


def check_agreement(people: Sequence[Person], entrants: Sequence[Entrant]) -> Counter[str]:
    """How many got each grade; ends the program where two entrants differ."""
    grades: Counter[str] = Counter()
    disagreements = []
    for index, person in enumerate(people):
        outcomes = {e.name: e.outcome(e.appraise(e.inputs[index])) for e in entrants}
        if len(set(outcomes.values())) > 1:
            disagreements.append((person, outcomes))
        grades[next(iter(outcomes.values())).grade or "none"] += 1
    if not disagreements:
        return grades
    for person, outcomes in disagreements[:SHOWN_DISAGREEMENTS]:
        print(f"{person.person_id} {person.measures} bonus_base {person.bonus_base}")
        for name, outcome in outcomes.items():
            print(f"    {name:28} {outcome.total} {outcome.grade} {outcome.bonus}")
    print(f"the entrants differ on {len(disagreements)} of {len(people)} people: nothing measured")
    raise SystemExit(1)


def nanoseconds(entrant: Entrant) -> int:
    appraise = entrant.appraise
    start = perf_counter_ns()
    for given in entrant.inputs:
        appraise(given)
    return perf_counter_ns() - start


def measure(entrants: Sequence[Entrant], rounds: int) -> list[list[int]]:
    """One list of times for each entrant; they take turns, so that all meet the same noise."""
    times: list[list[int]] = [[] for _ in entrants]
    for _ in range(rounds):
        for entrant, taken in zip(entrants, times, strict=True):
            taken.append(nanoseconds(entrant))
    return times


def print_table(entrants: Sequence[Entrant], times: list[list[int]], reference: int) -> None:
    print(f"{'':28} {'appraisals/s':>12}   ratio to {entrants[reference].name}")
    print(f"{'':28} {'median':>12}   {'min':>6} {'median':>6} {'max':>6}")
    for entrant, taken in zip(entrants, times, strict=True):
        speed = median(len(entrant.inputs) * 1e9 / one for one in taken)
        ratios = [zen / own for zen, own in zip(times[reference], taken, strict=True)]
        spread = f"{min(ratios):6.2f} {median(ratios):6.2f} {max(ratios):6.2f}"
        print(f"{entrant.name:28} {speed:12,.0f}   {spread}")


def release(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} (not installed, from this folder)"


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.one_appraisal")
    parser.add_argument("--people", type=positive, default=2000)
    parser.add_argument("--rounds", type=positive, default=15)
    options = parser.parse_args()

    people = make_people(options.people)
    try:
        zen_by_key, zen_decision = zen_entrants(people)
        entrants = (perfrules_entrant(people), zen_by_key, zen_decision, by_hand_entrant(people))
        grades = check_agreement(people, entrants)
    except CannotRun as reason:
        print(reason, file=sys.stderr)
        raise SystemExit(2) from None

    print(f"{release('perfrules')}, {release('zen-engine')}, Python {platform.python_version()},")
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs")
    spread = ", ".join(f"{grade} {count}" for grade, count in sorted(grades.items()))
    print(f"all agree on total, grade and bonus of {len(people)} people ({spread})")
    print(f"{options.rounds} rounds, the entrants in turn\n")
    print_table(entrants, measure(entrants, options.rounds), entrants.index(zen_by_key))


if __name__ == "__main__":
    main()
