"""The columns of the twin beside the appraisals of the reference: equal cells, one by one."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from perfrules.columnar.plan import TableResult
from perfrules.columnar.run import evaluate_frame
from perfrules.cycle.comparing import group_rules
from perfrules.cycle.judging import judged_together
from perfrules.evaluation.evaluate import evaluate
from perfrules.model.appraisal import Appraisal
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Scorecard


def cells_of(appraisal: Appraisal, columns: Sequence[str]) -> dict[str, Any]:
    """What the reference says, under the names of the columns."""
    errors = [one.code for one in appraisal.problems if one.severity == "error"]
    found: dict[str, Any] = dict.fromkeys(columns)
    found |= {"subject": appraisal.subject, "error": errors[0] if errors else None}
    if errors:
        return found
    for column in columns:
        name, _, what = column.partition(".")
        match name, what:
            case "attainment", "":
                step = appraisal.steps.get("attainment")
                found[column] = step.value if step else None
            case "total", "":
                found[column] = appraisal.total
            case "grade", "":
                found[column] = appraisal.grade
            case "vetoes", "":
                found[column] = [*appraisal.vetoed]
            case "pay_total", "":
                found[column] = appraisal.pay_total
            case "pay", _:
                found[column] = appraisal.pay.get(what)
            case "section", _:
                found[column] = appraisal.section(what)
            case _, "score":
                found[column] = appraisal.score(name)
            case _, "attainment":
                found[column] = appraisal.attainment(name)
            case _, "contribution":
                step = appraisal.steps.get(f"indicators.{name}.score.weighted")
                found[column] = step.value if step else None
    return found


def compare(
    policy: Policy, table: pl.DataFrame, cards: Sequence[Scorecard], cycle: Cycle | None
) -> TableResult:
    """Evaluates both ways; an assertion names the first cell that differs."""
    found = evaluate_frame(policy, table, evaluate, cycle, "refuse")
    assert found.frame.height == len(cards)
    for row, one in zip(found.frame.iter_rows(named=True), appraisals(policy, cards), strict=True):
        expected = cells_of(one, found.frame.columns)
        assert row == expected, difference(row, expected)
    return found


def appraisals(policy: Policy, cards: Sequence[Scorecard]) -> list[Appraisal]:
    """What the reference says of each: of people whom rules compare, all together."""
    if not any(group_rules(policy)):
        return [evaluate(policy, card) for card in cards]
    together = judged_together(policy, cards)
    return [together[card.subject] for card in cards]


def difference(row: dict[str, Any], expected: dict[str, Any]) -> str:
    found = [
        f"{name}: by columns {_shown(row[name])}, by the reference {_shown(expected[name])}"
        for name in expected
        if row[name] != expected[name]
    ]
    return "\n".join(found)


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, Decimal) else repr(value)
