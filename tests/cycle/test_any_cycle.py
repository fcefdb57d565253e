"""Cycles with rules between people, units and moves thrown together: each comes to an end, each
pool is paid out to the cent, and what is written stands up to `verify`."""

import random
from decimal import Decimal
from pathlib import Path

import pytest
from small_cycle import checked, table, write

from perfrules.model.cycle_result import CycleResult

BANDS = "[{at_least: 60%, score: 100}, {at_least: 30%, score: 80}, {otherwise: 60}]"
GRADES = "[{grade: S, at_least: 95}, {grade: A, at_least: 80}, {otherwise: C}]"
QUOTAS = (
    "{S: {at_most: 20%}, C: {at_least: 10%}}",
    "{S: 20%, A: 60%, C: 20%}",
    "{A: {at_most: 30%}}",
)
WITHIN = ("", "within: team, ", "within: department, ")
WEIGHTS = {1: (100,), 2: (50, 50), 3: (50, 30, 20)}
UNITS = table("unit_id,role,name,fund", "T1,crew,一组,100", "T2,crew,二组,77.77")


class Dice(random.Random):
    """Draws the pieces of a cycle."""

    def maybe(self, text: str, chance: float = 0.5) -> str:
        return text if self.random() < chance else ""

    def indicator(self, name: str, weight: int, before: list[str]) -> str:
        head = f"  {name}: {{weight: {weight}%, target: none, missing: exclude, "
        if self.random() < 0.5:
            unit = self.maybe(" + team.total / 10", 0.2)
            return f'{head}score: {{formula: "min(100, max(0, actual{unit}))"}}}}\n'
        reads = self.maybe(f" + {self.choice(before)}.score") if before else ""
        rank = f"score: {{on: percentile, {self.choice(WITHIN)}bands: {BANDS}}}"
        return f"{head}attainment: actual{reads}, {rank}}}\n"

    def policy(self, names: list[str]) -> str:
        text = "indicators:\n"
        for row, weight in enumerate(WEIGHTS[len(names)]):
            text += self.indicator(names[row], weight, names[:row])
        text += "vetoes: {fraud: {when: fraud > 0, then: {total: 79, grade: C, pay: 50%}}}\n"
        text += f"grades: {GRADES}\n"
        rule = f"{self.choice(WITHIN)}{self.maybe('min_group: 3, ')}quotas: {self.choice(QUOTAS)}"
        text += self.maybe(f"distribution: {{{rule}, order: [total desc]}}\n")
        rule = f"{self.choice(WITHIN)}order: [total desc], top: 20%"
        text += self.maybe(f"awards: {{star: {{{rule}{self.maybe(', only_if: total > 70')}}}}}\n")
        text += (
            f"incentives: {{bonus: {{base: total{self.maybe(', only_if: team.total > 60')}}}}}\n"
        )
        rule = self.choice(("amount: team.fund, within: team", "amount: cycle.fund"))
        rule += f", share_by: {self.choice(('total', 'person.part'))}"
        return text + self.maybe(
            f"pools: {{fund: {{{rule}{self.maybe(', only_if: total > 75')}}}}}\n"
        )

    def cycle(self, folder: Path) -> CycleResult:
        names = {role: self.sample(["x", "y", "z"], self.randint(1, 3)) for role in ("p", "q")}
        figure = self.choice(("total", "x.score", "y.actual"))
        policies = {role: self.policy(known) for role, known in names.items()}
        policies["crew"] = (
            f"subject: team\nindicators:\n  level: {{weight: 100%, roll_up: {{of: {figure}, by: "
            'sum}, score: {formula: "min(100, actual)"}}\n' + f"grades: {GRADES}\n"
            + self.maybe("distribution: {quotas: {S: {at_most: 50%}}, order: [total desc]}\n")
        )  # fmt: skip
        people, actuals, events, segments = ([] for _ in range(4))
        for row in range(self.randint(1, 12)):
            person, role = f"E{row:02}", self.choice("pq")
            team = self.choice(("T1", "一组", "T2", "二组", "", "T9"))
            people.append(f"{person},{role},{team},{self.choice('DF ').strip()},{row % 4}")
            parts = {"": role}
            if self.random() < 0.25:
                parts = {"1": self.choice("pq"), "2": role}
                segments.append(f"{person},{parts['1']},2024-07-01,2024-07-31,1,T1")
                segments.append(f"{person},{role},2024-08-05,2024-09-30,2,{team}")
            for part, held in parts.items():
                figures = [name for name in names[held] if self.random() < 0.95]
                actuals += [f"{person},{name},{self.randint(50, 100)},{part}" for name in figures]
                events += [f"{person},fraud,1,{part}"] * (self.random() < 0.1)
        return checked(
            write(
                folder,
                policies,
                "facts: {fund: 1000.01}\n",
                units=UNITS,
                people=table("person_id,role,team,department,part", *people),
                actuals=table("person_id,indicator,actual,segment", *actuals),
                events=table("person_id,event,count,segment", *events),
                segments=table("person_id,role,from,to,segment,team", *segments),
            )
        )


@pytest.mark.parametrize("seed", [0, 100])
def test_any_cycle_comes_to_an_end_and_adds_up(seed: int, tmp_path: Path) -> None:
    groups = 0
    for number in range(seed, seed + 12):
        result = Dice(number).cycle(tmp_path / str(number))
        lines = {one.person: one for one in result.judged}
        for group in result.groups:
            groups += 1
            if group.rule == "pools.fund":
                paid = [lines[one.subject].pay["fund"] for one in group.members]
                assert {sum(paid, Decimal(0))} == {one.figures.amount for one in group.members}
    assert groups > 20
