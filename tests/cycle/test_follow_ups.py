"""What results set going: worked-examples T8 and T10, and the table follow_ups.csv."""

import csv
from pathlib import Path

from small_cycle import DIRECT, checked, codes, grades, line, table, value, write

from perfrules.model.cycle_result import CycleResult

POLICY = f"""\
indicators:
  work: {{weight: 100%, {DIRECT}}}
grades: [{{grade: A, at_least: 60}}, {{otherwise: D}}]
follow_ups:
  plan: {{title: {{zh: 30天改进计划, en: 30-day plan}}, when: grade == "D", due_days: 30}}
  talk: {{title: {{zh: 绩效面谈, en: Performance talk}}, when: 'streak("D") >= 2'}}
"""
HISTORY = table(
    "person_id,cycle,total,grade",
    "E1,2024Q2,55,D",
    "E2,2024Q1,55,D", "E2,2024Q2,72,A",
    "E3,2024Q1,55,D",
    "E4,2024Q1,58,D", "E4,2024Q2,59,D",
)  # fmt: skip
"""E3 was away in the second quarter: the history says nothing of it."""

SCORES = {"E1": "58", "E2": "58", "E3": "58", "E4": "61", "E5": "58"}


def cycle(folder: Path, more: str = "announced: 2024-10-10\n", policy: str = POLICY) -> CycleResult:
    given = {
        "people": table("person_id,name,role", *(f"{one},示例员工{one},sales" for one in SCORES)),
        "actuals": table(
            "person_id,indicator,actual", *(f"{one},work,{score}" for one, score in SCORES.items())
        ),
        "history": HISTORY,
    }
    return checked(write(folder / "cycle", {"sales": policy}, more, **given))


def test_two_low_results_in_a_row_ask_for_a_talk(tmp_path: Path) -> None:
    # T8: 55, 58 -> a talk; 55, 72, 58 -> none; 55, absent, 58 -> a talk.
    result = cycle(tmp_path)
    assert codes(result) == {}
    talks = [one.person for one in result.complete if "talk" in one.follow_ups]
    assert talks == ["E1", "E3"]
    assert grades(result, "E4") == ["A"]  # two before, and none now
    assert value(result, "E3", "streak.D") == "2"
    assert value(result, "E5", "streak.D") == "1"


def test_a_plan_is_due_thirty_days_after_the_results_are_told(tmp_path: Path) -> None:
    # T10: 2024-10-10 and 30 days; from the last day of the cycle where no day is stated.
    for name, more, due in (
        ("told", "announced: 2024-10-10\n", "2024-11-09"), ("untold", "", "2024-10-30"),
    ):  # fmt: skip
        result = cycle(tmp_path / name, more)
        assert str(line(result, "E1").follow_ups["plan"]) == due
        assert line(result, "E1").follow_ups["talk"] is None


def test_the_table_has_the_next_that_is_due_first(tmp_path: Path) -> None:
    more_talks = POLICY.replace(">= 2'", ">= 2', due_days: 7")
    cycle(tmp_path, policy=more_talks)
    with (tmp_path / "cycle-results/follow_ups.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["due"], row["person_id"], row["follow_up"]) for row in rows] == [
        ("2024-10-17", "E1", "talk"),
        ("2024-10-17", "E3", "talk"),
        ("2024-11-09", "E1", "plan"),
        ("2024-11-09", "E2", "plan"),
        ("2024-11-09", "E3", "plan"),
        ("2024-11-09", "E5", "plan"),
    ]
    assert {row["title_en"] for row in rows} == {"30-day plan", "Performance talk"}
    assert rows[0]["condition"] == 'streak("D") >= 2'


def test_a_talk_about_a_fall_reads_the_last_result(tmp_path: Path) -> None:
    fall = POLICY.replace("""'streak("D") >= 2'""", "previous.total - total > 10")
    result = cycle(tmp_path, policy=fall)
    # Whoever has no earlier result has none to compare: that is said, and not taken for nought.
    assert codes(result) == {"E5": ["no-history"]}
    assert "talk" in line(result, "E2").follow_ups
    assert "talk" not in line(result, "E4").follow_ups
