"""A small cycle in a folder of its own, evaluated, written and verified."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.exact import plain
from perfrules.model.appraisal import Step
from perfrules.model.cycle_result import CycleResult, Judged
from perfrules.records.verify import verify
from perfrules.records.write import write_results

__all__ = [
    "CYCLE", "DIRECT", "checked", "codes", "grades", "line", "pay", "step", "table", "totals",
    "value", "write",
]  # fmt: skip

CYCLE = "id: 2024Q3\nfrom: 2024-07-01\nto: 2024-09-30\npolicies: policies\n"

DIRECT = "score: {direct: {min: 0, max: 100}}"
"""The actual is the score, so that totals can be read in the tables."""


def table(columns: str, *rows: str) -> str:
    """A CSV file."""
    return "".join(f"{row}\n" for row in (columns, *rows))


def write(folder: Path, policies: Mapping[str, str], more: str = "", **tables: str) -> Path:
    """The cycle's folder; `policies` are the texts after the line `policy: <key>`."""
    (folder / "policies").mkdir(parents=True, exist_ok=True)
    for name, text in policies.items():
        (folder / "policies" / f"{name}.yaml").write_text(f"policy: {name}\n{text}", "utf-8")
    (folder / "cycle.yaml").write_text(CYCLE + more, "utf-8")
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def checked(folder: Path) -> CycleResult:
    """What became of everybody; the result folder that is written of it stands up to `verify`."""
    result = evaluate_cycle(folder)
    assert result.refused is None, [one.message() for one in result.findings]
    out = folder.parent / f"{folder.name}-results"
    written, findings = write_results(result, out)
    assert written is not None, [one.message() for one in findings]
    wrong = verify(out, folder)
    assert not wrong, [one.message() for one in wrong]
    return result


def line(result: CycleResult, subject: str) -> Judged:
    """The line of one subject."""
    return next(one for one in result.judged if one.person == subject)


def codes(result: CycleResult) -> dict[str, list[str]]:
    """Why subjects have no result."""
    return {one.person: [reason.code for reason in one.reasons] for one in result.rejected}


def step(result: CycleResult, subject: str, path: str) -> Step:
    """A step of a subject's trace."""
    return result.appraisals[subject].steps[path]


def value(result: CycleResult, subject: str, path: str) -> str:
    """The value of a step, as it is shown."""
    found = step(result, subject, path).value
    return plain(found) if isinstance(found, Decimal) else str(found)


def totals(result: CycleResult, *subjects: str) -> list[str]:
    """The totals of subjects, as they are shown."""
    found = [line(result, one).total for one in subjects]
    return ["" if one is None else plain(one) for one in found]


def grades(result: CycleResult, *subjects: str) -> list[str | None]:
    """The grades of subjects."""
    return [line(result, one).grade for one in subjects]


def pay(result: CycleResult, plan: str, *subjects: str) -> list[str]:
    """What a plan or a pool pays to subjects; empty where it pays none of it."""
    found = [line(result, one).pay.get(plan) for one in subjects]
    return ["" if one is None else plain(one) for one in found]
