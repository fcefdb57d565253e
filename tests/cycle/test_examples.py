"""The example cycles come to what their READMEs say, and their results are found right.

The figures were worked out by hand where a rule made them; the READMEs quote them, too.
"""

import csv
import io
import re
import shutil
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from in_process import in_process
from make_example_workbook import WORKBOOK, workbook_bytes
from openpyxl import load_workbook

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.exact import percent, plain
from perfrules.model.cycle_result import CycleResult, Judged
from perfrules.records.verify import verify
from perfrules.records.write import write_results

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
CYCLES = ("2024Q3", "2024Q3-excel", "2024Q4", "2024", "sheets")

PARTS = ("5920.7", "5405.65", "4790.34", "4612.54", "4573.87", "3251.57", "1445.33")
STARS = ("E1001", "E1009", "E1014", "E1020", "E1024", "E1028", "E1033", "E1037")  # one a role


@cache
def result(name: str) -> CycleResult:
    return evaluate_cycle(EXAMPLES / name)


def line(name: str, subject: str) -> Judged:
    return next(one for one in result(name).judged if one.person == subject)


def step(name: str, subject: str, path: str) -> object:
    return result(name).appraisals[subject].steps[path].value


def shown(name: str, subject: str) -> tuple[str, str | None]:
    one = line(name, subject)
    assert one.total is not None, [str(problem) for problem in one.problems]
    return plain(one.total), one.grade


@pytest.mark.parametrize("name", CYCLES)
def test_the_results_are_verified(name: str, tmp_path: Path) -> None:
    assert not result(name).findings.errors
    write_results(result(name), tmp_path / "out")
    assert verify(tmp_path / "out", EXAMPLES / name) == ()


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("2024Q3", {
            "E1008": {"missing-target"}, "E1019": {"unit-suffix"}, "E1035": {"unknown-event"},
            "E1036": {"ambiguous-percent"}, "E1040": {"unknown-policy"},
            "T103": {"member-without-figure"},
        }),
        ("2024Q4", {"E1039": {"ambiguous-percent"}, "E1043": {"no-history"}}),
        ("2024", {"E1039": {"missing-actual"}}),
    ],
)  # fmt: skip
def test_who_has_no_result_and_why(name: str, reasons: dict[str, set[str]]) -> None:
    found = {one.person: {reason.code for reason in one.reasons} for one in result(name).rejected}
    assert found == reasons


@pytest.mark.parametrize(
    ("name", "won"),
    [
        ("2024Q3", {key: {"quarterly_star"} for key in STARS}),
        ("2024Q4", {**{key: {"quarterly_star"} for key in STARS}, "E1034": {"big_step"},
                    "E1035": {"big_step"}, "T101": {"team_budget"}}),
    ],
)  # fmt: skip
def test_who_wins_what(name: str, won: dict[str, set[str]]) -> None:
    assert {one.person: set(one.awards) for one in result(name).complete if one.awards} == won


@pytest.mark.parametrize(
    ("name", "due", "plans", "talks"),
    [
        ("2024Q3", "2024-11-09", {"E1013", "E1023", "E1027", "E1031"}, {"E1013", "E1027"}),
        ("2024Q4", "2025-02-09", {"E1013", "E1023", "E1027", "E1036"}, {"E1013", "E1023", "E1027"}),
    ],
)
def test_what_follows(name: str, due: str, plans: set[str], talks: set[str]) -> None:
    follow_ups = {one.person: one.follow_ups for one in result(name).complete if one.follow_ups}
    dues = {
        person: str(found["improvement_plan"])
        for person, found in follow_ups.items()
        if "improvement_plan" in found
    }
    assert dues == dict.fromkeys(plans, due)
    assert {person for person, found in follow_ups.items() if "performance_talk" in found} == talks


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("2024Q3", {("target_changes", "E1012"), ("target_changes", "E1013"),
                    ("calibrations", "E1033")}),
        ("2024Q4", {("target_changes", "E1006")}),
    ],
)  # fmt: skip
def test_what_does_not_count(name: str, refused: set[tuple[str, str]]) -> None:
    assert {(one.table, one.person) for one in result(name).not_applied} == refused


def test_quotas_change_the_grades_of_the_first_and_the_last() -> None:
    assert shown("2024Q3", "E1020") == ("102.26", "A")
    assert shown("2024Q3", "E1033") == ("101.95", "A")
    assert shown("2024Q3", "E1031") == ("79.33", "D")
    grades = {
        name: [one.grade for one in result(name).complete if one.role in ("sales", "channel")]
        for name in ("2024Q3", "2024Q4")
    }
    assert [sorted(map(str, one)) for one in grades.values()] == [
        ["A"] * 4 + ["B"] * 3 + ["C"] * 2 + ["D"] + ["S"] * 2,
        ["A"] * 7 + ["B"] * 2 + ["C", "D"] + ["S"] * 2,
    ]
    assert shown("2024Q4", "E1003") == ("101.91", "A")
    assert shown("2024Q4", "E1013") == ("63.8", "D")


def test_a_grade_that_a_quota_moved_moves_the_pay() -> None:
    paid = {person: line("2024Q4", person).pay for person in ("E1003", "E1013")}
    assert paid["E1003"]["quarterly_bonus"] == Decimal(13200)  # 10 000 at 120 %, times 1.1
    assert set(paid["E1013"].values()) == {Decimal(0)}
    assert set(line("2024Q3", "E1031").pay.values()) == {Decimal(0)}


def test_a_pool_is_shared_to_the_cent_and_only_where_the_team_is_on_target() -> None:
    found = [
        {
            one.person: one.pay["team_fund"]
            for one in result(name).complete
            if "team_fund" in one.pay
        }
        for name in ("2024Q3", "2024Q4")
    ]
    assert set(found[0].values()) == {Decimal(0)}
    assert percent(Decimal(str(step("2024Q3", "T101", "attainment")))) == "98.07730255%"
    paid = sorted((amount for amount in found[1].values() if amount), reverse=True)
    assert [plain(amount) for amount in paid] == list(PARTS)
    assert sum(paid) == Decimal(30000)
    assert found[1]["E1008"] == 0, "the other team is not"


def test_units_come_to_what_their_members_give() -> None:
    assert step("2024Q3", "T101", "indicators.sales_amount.actual") == Decimal(6354227)
    assert step("2024Q3", "T101", "indicators.sales_amount.target") == Decimal(6530000)
    assert shown("2024Q3", "T101") == ("85.36", "未达标")
    assert shown("2024Q3", "D100") == ("87", "良好")
    assert shown("2024Q3", "P301") == ("109.13", "成功")
    assert shown("2024Q4", "T101") == ("97.99", "达标")


def test_roles_held_in_turn() -> None:
    assert shown("2024Q3", "E1017") == ("93.45", "A")
    assert line("2024Q3", "E1017").pay["quarterly_bonus"] == Decimal(9321)
    assert [shown("2024Q3", f"E1017#{n}")[0] for n in (1, 2)] == ["78.8", "100.89"]
    assert shown("2024Q4", "E1018") == ("84.47", "B")


def test_targets_that_changed() -> None:
    assert step("2024Q3", "E1012", "indicators.channel_sales.target") == Decimal(700000)
    assert step("2024Q3", "E1012", "indicators.channel_sales.attainment") == Decimal("0.8102257142")
    assert shown("2024Q3", "E1012") == ("71.25", "B")
    assert step("2024Q4", "E1004", "indicators.sales_amount.target") == Decimal(820000)


def test_calibrated_results() -> None:
    assert shown("2024Q3", "E1025") == ("80.17", "B")
    assert shown("2024Q3", "E1038") == ("90.52", "B")
    assert line("2024Q3", "E1038").pay["quarterly_bonus"] == Decimal(12600)
    assert shown("2024Q3", "E1033") == ("101.95", "A")
    assert shown("2024Q4", "E1022") == ("82.42", "B")


def test_the_new_versions_look_at_others_and_at_the_last_quarter() -> None:
    assert {line("2024Q3", person).policy for person in ("E1028", "E1033")} == {
        "ads@2024.3", "seo@2024.3",
    }  # fmt: skip
    ads = [f"E10{number}" for number in range(28, 33)]
    assert {line("2024Q4", person).policy for person in ads} == {"ads@2024.5"}
    percentiles = [step("2024Q4", one, "indicators.conversion_rate.percentile") for one in ads]
    assert sorted(map(plain, percentiles)) == ["0.1", "0.3", "0.5", "0.7", "0.9"]
    assert line("2024Q4", "E1033").policy == "seo@2024.5"
    quality = "indicators.quality_score.attainment"
    assert step("2024Q4", "E1033", quality) == Decimal("1.0277777778")
    assert step("2024Q4", "E1036", quality) == Decimal("0.9393939394"), (
        "against the quarter before that"
    )


def test_objectives_are_shown_and_count_nowhere() -> None:
    found = {
        person: plain(appraisal.okr)
        for person, appraisal in result("2024Q3").appraisals.items()
        if appraisal.okr is not None
    }
    assert found == {"E1024": "0.85", "E1028": "0.4", "E1037": "0.55"}


def test_the_history_of_the_next_quarter_is_what_this_one_came_to() -> None:
    with (EXAMPLES / "2024Q4/history.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["cycle"] == "2024Q3"]
    assert len(rows) > 30
    for row in rows:
        one = line("2024Q3", row["person_id"])
        if row["indicator"]:
            figures = next(each for each in one.indicators if each.name == row["indicator"])
            assert (figures.actual, figures.score) == (
                Decimal(row["actual"]),
                Decimal(row["score"]),
            )
        else:
            assert (one.total, one.grade) == (Decimal(row["total"]), row["grade"])
    kept = {row["person_id"] for row in rows}
    still_there = {one.person for one in result("2024Q4").judged} & {
        one.person for one in result("2024Q3").complete
    }
    assert still_there == kept


def test_the_year_is_made_of_the_quarters() -> None:
    with (EXAMPLES / "2024/history.csv").open(encoding="utf-8", newline="") as file:
        totals = {
            (row["person_id"], row["cycle"]): Decimal(row["total"]) for row in csv.DictReader(file)
        }
    for (person, cycle), total in totals.items():
        if cycle in ("2024Q3", "2024Q4"):
            assert line(cycle, person).total == total
    assert shown("2024", "E1027") == ("52.85", "D")  # 64.75, 58.2, 41.52 and 52.68
    assert shown("2024", "E1004") == ("96.82", "A"), "two quarters, half each"


def test_the_workbook_is_made_of_the_tables() -> None:
    made = load_workbook(io.BytesIO(workbook_bytes()))
    kept = load_workbook(WORKBOOK)
    assert made.sheetnames == kept.sheetnames
    for page in kept:
        assert [[cell.value for cell in row] for row in page.iter_rows()] == [
            [cell.value for cell in row] for row in made[page.title].iter_rows()
        ], f"{page.title}: run python tests/make_example_workbook.py"
    copied = (WORKBOOK.parent / "targets.yaml").read_bytes()
    assert copied == (EXAMPLES / "2024Q3/targets.yaml").read_bytes()


def test_an_appeal_makes_a_new_run_with_the_differences(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    cycle = tmp_path / "examples" / "2024Q4"
    shutil.copytree(EXAMPLES / "2024Q4", cycle)
    entries = (cycle / "calibrations.csv").read_text("utf-8").splitlines(keepends=True)
    without = [entry for entry in entries if ",appeal," not in entry]
    assert len(without) == len(entries) - 1
    (cycle / "calibrations.csv").write_text("".join(without), "utf-8")
    assert run("evaluate", "examples/2024Q4", "--out", "results/first", folder=tmp_path)[0] == 5
    (cycle / "calibrations.csv").write_text("".join(entries), "utf-8")
    words = ("evaluate", "examples/2024Q4", "--revises", "results/first")
    for language, readme in (("en", "README.md"), ("zh", "README.zh.md")):
        code, printed = run(*words, folder=tmp_path, language=language)
        assert code == 5
        table = blocks(EXAMPLES / "2024Q4" / readme)[0]
        assert table in printed
    rows = (tmp_path / "results/2024Q4/deltas.csv").read_text("utf-8-sig").splitlines()
    assert [row.split(",")[:4] for row in rows[1:]] == [
        ["D100", "销售部", "total", "96.49"],
        ["E1011", "示例员工11", "total", "80.87"],
        ["E1011", "示例员工11", "pay.channel_commission", "5958"],
        ["E1011", "示例员工11", "pay_total", "14758"],
    ]
    assert run("verify", "results/first", folder=tmp_path)[0] == 0


@pytest.mark.parametrize(("language", "readme"), [("en", "README.md"), ("zh", "README.zh.md")])
def test_the_readme_shows_what_comes_out_of_the_year(
    language: str, readme: str, tmp_path: Path
) -> None:
    words = ("evaluate", EXAMPLES / "2024", "--out", tmp_path / "out")
    assert blocks(EXAMPLES / "2024Q4" / readme)[1] in run(*words, language=language)[1]


@pytest.mark.parametrize(("language", "readme"), [("en", "README.md"), ("zh", "README.zh.md")])
def test_the_sheets_of_the_trade_come_to_what_their_readme_shows(
    language: str, readme: str, tmp_path: Path
) -> None:
    words = ("evaluate", EXAMPLES / "sheets", "--out", tmp_path / "out")
    (shown_table,) = blocks(EXAMPLES / "sheets" / readme)
    assert shown_table in run(*words, language=language)[1]


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_totals_in_the_readmes_are_those_of_the_results(name: str) -> None:
    """A row of one person or unit that names a total names the right one."""
    seen = 0
    for cycle in ("2024Q3", "2024Q4"):
        for row in (EXAMPLES / cycle / name).read_text("utf-8").splitlines():
            person = re.match(r"\| `(\w+)`[^,、|]*\|", row)
            total = re.search(r"(?:total|总分) (\d+(?:\.\d+)?)(?![\d.])(?! to)", row)
            if person and total:
                assert line(cycle, person[1]).total == Decimal(total[1]), row
                seen += 1
    assert seen > 20


def blocks(path: Path) -> list[str]:
    """The blocks of printed text in a README."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [text for name, text in found if not name]


def run(*words: object, folder: Path = ROOT, language: str = "en") -> tuple[int, str]:
    """Exit code and stdout of a command."""
    done = in_process(*words, folder=folder, language=language)
    return done.returncode, done.stdout
