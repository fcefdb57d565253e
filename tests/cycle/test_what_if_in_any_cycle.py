"""Cycles thrown together at random, under other rules: what is simulated is what `evaluate` makes
of the same folder with the changed policies, however little of it was judged again."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from test_any_cycle import Dice

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.model.cycle_result import CycleResult
from perfrules.model.simulation import Simulation
from perfrules.workbench.what_if.simulate import simulated

NAMES = re.compile(r"^  ([xyz]): ", re.M)


def told(result: CycleResult) -> list[tuple[object, ...]]:
    """All of everybody's line but the places of findings, which name the files, and what is missing
    of a unit's members: it is told up to the first circle, in the order of the pseudonyms, which
    depend on the bytes of the files."""
    return [
        (
            one.person, one.complete, one.total, one.grade, one.pay, one.pay_total,
            [*one.awards], one.follow_ups, one.indicators, [*one.vetoed],
            [problem.code for problem in one.problems if one.kind != "team"],
        )
        for one in result.judged
    ]  # fmt: skip


def asked(folder: Path, changes: Iterable[str], files: Iterable[Path] = ()) -> Simulation:
    given = {f"--set {number}": text for number, text in enumerate(changes, 1)}
    found, findings, _ = simulated(folder, given, list(files))
    assert found is not None, [f"{one.place}: {one.message()}" for one in findings]
    return found


def changed(folder: Path, **texts: str) -> CycleResult:
    """What `evaluate` makes of a copy of the folder with other policies."""
    copy = folder.with_name(f"{folder.name}-changed")
    shutil.copytree(folder, copy)
    for name, text in texts.items():
        (copy / f"policies/{name}.yaml").write_text(text, "utf-8")
    return evaluate_cycle(copy)


@pytest.mark.parametrize("seed", [0, 40, 80])
def test_another_version_of_a_policy(seed: int, tmp_path: Path) -> None:
    moved = saved = 0
    for number in range(seed, seed + 8):
        folder = tmp_path / str(number)
        before = Dice(number).cycle(folder)
        old = (folder / "policies/p.yaml").read_text("utf-8")
        new = f"policy: p\n{Dice(number + 5000).policy(NAMES.findall(old))}"
        file = tmp_path / f"{number}.yaml"
        file.write_text(new, "utf-8")
        found = asked(folder, (), [file])
        assert told(found.before) == told(before)
        assert told(found.after) == told(changed(folder, p=new))
        assert sum(one.budget for one in found.clauses) == found.budget.change
        moved += len(found.people)
        saved += len(found.clauses) > 1
    assert moved > 5
    assert saved > 3


@pytest.mark.parametrize("seed", [200, 240])
def test_changes_of_several_policies_one_after_the_other(seed: int, tmp_path: Path) -> None:
    moved = 0
    for number in range(seed, seed + 8):
        folder = tmp_path / str(number)
        Dice(number).cycle(folder)
        texts = {
            name: (folder / f"policies/{name}.yaml").read_text("utf-8")
            for name in ("p", "q", "crew")
        }
        changes = {
            "p.grades.S.at_least=85": ("p", "grade: S, at_least: 95", "grade: S, at_least: 85"),
            "q.incentives.bonus.base=total * 3": ("q", "base: total", "base: total * 3"),
            "p.vetoes.fraud.then.pay=10%": ("p", "pay: 50%}", "pay: 10%}"),
            "crew.grades.A.at_least=60": ("crew", "A, at_least: 80", "A, at_least: 60"),
            "q.grades.A.at_least=70": ("q", "grade: A, at_least: 80", "grade: A, at_least: 70"),
        }  # fmt: skip
        found = asked(folder, changes)
        for name, then, now in changes.values():
            assert then in texts[name]
            texts[name] = texts[name].replace(then, now)
        assert told(found.after) == told(changed(folder, **texts))
        assert [one.arguments for one in found.clauses] == [
            (f"--set {row}",) for row in range(1, 6)
        ]
        assert sum(one.budget for one in found.clauses) == found.budget.change
        moved += len(found.people)
    assert moved > 10
