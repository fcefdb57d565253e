"""All lint rules, in the order of the alphabet."""

from collections.abc import Callable, Iterator
from typing import Final

from perfrules.diagnostics import Diagnostic, Findings
from perfrules.language.addresses import Addresses
from perfrules.language.read import ReadPolicy
from perfrules.model.policy import Policy
from perfrules.workbench.lint import (
    attainment_cut_in_pay,
    constant_veto,
    falling_cells,
    falling_scores,
    flattering_zero,
    missing_dates,
    missing_grades,
    missing_source,
    missing_title,
    missing_unit,
    pay_ignores_quota,
    unreachable_grade,
    zero_out_of_range,
)

__all__ = ["RULES", "lint"]

Rule = Callable[[Policy, Addresses], Iterator[Diagnostic]]

RULES: Final[dict[str, Rule]] = {
    module.__name__.rpartition(".")[2].replace("_", "-"): module.find
    for module in (
        attainment_cut_in_pay,
        constant_veto,
        falling_cells,
        falling_scores,
        flattering_zero,
        missing_dates,
        missing_grades,
        missing_source,
        missing_title,
        missing_unit,
        pay_ignores_quota,
        unreachable_grade,
        zero_out_of_range,
    )
}


def lint(read: ReadPolicy, findings: Findings) -> None:
    """Reports whatever the rules find in a policy that can be evaluated."""
    for rule in RULES.values():
        findings.extend(rule(read.policy, read.addresses))
