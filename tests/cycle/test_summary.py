from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from wcwidth import wcswidth

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.exact import plain
from perfrules.model.cycle_result import CycleResult
from perfrules.reports.summary import cycle_summary

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def result() -> CycleResult:
    return evaluate_cycle(ROOT / "examples/2024Q3")


def test_everybody_has_a_line(result: CycleResult) -> None:
    text = cycle_summary(result, "zh")
    for one in (*result.complete, *result.rejected):
        assert any(line.startswith(one.person) for line in text.splitlines()), one.person
    assert "未出结果 5 人" in text
    assert "共 40 人" in text


def test_a_line_says_total_grade_and_pay(result: CycleResult) -> None:
    one = result.complete[0]
    first = next(line for line in cycle_summary(result).splitlines() if line.startswith(one.person))
    assert one.total is not None
    pay = sum(one.pay.values(), Decimal(0))
    assert first.split()[-3:] == [plain(one.total), one.grade, plain(pay)]


def test_columns_stand_below_each_other(result: CycleResult) -> None:
    table = cycle_summary(result, "zh").split("\n\n")[1].splitlines()
    assert len(table) == len(result.complete) + 2
    # Units have no pay, and the last column, what somebody won, is as long as it is.
    paid = {one.person for one in result.complete if one.pay and not one.awards}
    assert len({wcswidth(line) for line in table[2:] if line.split()[0] in paid}) == 1


def test_a_long_list_is_cut_unless_all_is_asked_for(result: CycleResult) -> None:
    cut = cycle_summary(result, "en", 3)
    assert f"… and {len(result.complete) - 3} more" in cut
    assert "E1039" not in cut
    assert "E1039" in cycle_summary(result, "en", None)


def test_a_name_does_nothing_to_the_terminal(result: CycleResult) -> None:
    first = replace(result.judged[0], name="\x1b[31m红\u202e" + "长" * 100)
    text = cycle_summary(replace(result, judged=(first, *result.judged[1:])))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "长" * 20 not in text


def test_the_grades_add_up(result: CycleResult) -> None:
    totals = cycle_summary(result, "en").rstrip().splitlines()[-1].split("; ")[1]
    assert sum(int(word) for word in totals.split() if word.isdigit()) == len(result.complete)
