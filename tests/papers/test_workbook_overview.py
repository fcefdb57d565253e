"""The workbook's first sheet: its figures against the tables, its charts against its cells."""

import re
import statistics
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from workbook_reading import charts_of, parts_of, rows_of, sheets_of, table_of

from perfrules.codes.code import Language
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.records.write import write_results

EXAMPLE = Path(__file__).parent.parent.parent / "examples/2024Q3"
CHINESE = re.compile("[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, Path]:
    result, out = evaluate_cycle(EXAMPLE), tmp_path_factory.mktemp("overview")
    for language in ("zh", "en"):
        assert write_results(result, out / language, language)[0] is not None
    return {"zh": out / "zh", "en": out / "en"}


@pytest.fixture(scope="module")
def people(made: dict[Language, Path]) -> list[dict[str, str]]:
    return [row for row in rows_of(made["zh"] / "appraisals.csv") if row["kind"] == "person"]


def exact(cell: Any) -> Decimal:
    return Decimal(str(cell))


def tiles(sheet: Any) -> dict[str, Any]:
    """The key figures by their names."""
    return {
        name.value: value.value
        for name, value in zip(sheet[3], sheet[4], strict=True)
        if name.value is not None
    }


def test_the_key_figures_are_those_of_the_tables(
    made: dict[Language, Path], people: list[dict[str, str]]
) -> None:
    shown = tiles(sheets_of(made["zh"])["概览"])
    rows = rows_of(made["zh"] / "rejected.csv")
    missing = {row["person_id"] for row in rows if row["what"] == "person"}
    totals = [Decimal(row["total"]) for row in people]
    mean = sum(totals) / len(totals)
    assert shown == {
        "人数": len(people) + len(missing),
        "已出结果": len(people),
        "未出结果": len(missing),
        "平均总分 ≈": pytest.approx(float(mean), abs=0.0050001),
        "总分中位数": float(statistics.median(totals)),
        "奖金合计": float(sum(Decimal(row["pay_total"] or "0") for row in people)),
    }
    english = tiles(sheets_of(made["en"])["Overview"])
    assert list(english.values()) == list(shown.values())
    assert "Median total" in english


def test_who_has_no_result_is_named_with_the_reason(made: dict[Language, Path]) -> None:
    rows = rows_of(made["zh"] / "rejected.csv")
    for language, sheet in (("zh", "概览"), ("en", "Overview")):
        cells = list(sheets_of(made[language])[sheet].iter_rows(values_only=True))
        said = {row[0]: row[1] for row in cells if isinstance(row[1], str)}
        for row in rows:
            assert said[row["person_id"]] in [
                one[f"reason_{language}"] for one in rows if one["person_id"] == row["person_id"]
            ]


def test_the_ranges_of_totals_hold_everybody(
    made: dict[Language, Path], people: list[dict[str, str]]
) -> None:
    totals = [Decimal(row["total"]) for row in people]
    _, *rows = table_of(sheets_of(made["zh"])["概览"], "总分分布")
    assert sum(count for _, count in rows) == len(people)
    for place, (name, count) in enumerate(rows, 1):
        low, high = map(Decimal, name.split("–"))
        last = place == len(rows)
        assert count == sum(low <= one < high or (last and one == high) for one in totals), name


def test_grades_stand_before_and_after_the_quotas(
    made: dict[Language, Path], people: list[dict[str, str]]
) -> None:
    head, *rows = table_of(sheets_of(made["zh"])["概览"], "等级分布")
    assert head == ["等级", "配额前", "最终", "配额人数"]
    after = Counter(row["grade"] for row in people)
    assert {name.split()[0]: row[1] for name, *row in rows} == after
    assert [row[0] for row in rows] == ["S ≤15%", "A", "B", "C", "D ≥10%"]
    assert sum(row[1] for row in rows) == len(people)
    assert rows[0][1] > rows[0][2]  # the quota lowered some
    assert exact(rows[0][3]) == len(people) * Decimal("0.15")
    groups, *lines = table_of(sheets_of(made["zh"])["概览"], "各配额范围的最终人数")
    for place, grade in enumerate("SABCD", 2):
        assert groups[place] == grade
        assert sum(line[place] for line in lines) == after[grade]


@pytest.mark.parametrize(
    ("name", "key"), [("各部门的总分", "department"), ("各团队的总分", "team")]
)
def test_groups_stand_side_by_side(
    made: dict[Language, Path], people: list[dict[str, str]], name: str, key: str
) -> None:
    totals = defaultdict(list)
    for row in people:
        totals[row[key]].append(Decimal(row["total"]))
    _, *rows = table_of(sheets_of(made["zh"])["概览"], name)
    units = {row["person_id"]: row["name"] for row in rows_of(made["zh"] / "appraisals.csv")}
    named = {units.get(group, group): values for group, values in totals.items()}
    assert {row[0] for row in rows} == set(named)
    for group, size, low, lower, middle, upper, high, mean, *apart in rows:
        values = named[group]
        quartiles = statistics.quantiles(values, n=4, method="inclusive")
        assert size == len(values)
        seen = [exact(one) for one in (low, lower, middle, upper, high)]
        assert seen == [min(values), *quartiles, max(values)]
        assert abs(exact(mean) - sum(values) / size) <= Decimal("0.005")
        assert [exact(one) for one in apart] == [
            seen[2] - seen[1], seen[3] - seen[2], seen[1] - seen[0], seen[4] - seen[3],
        ]  # fmt: skip
    middles = [row[4] for row in rows]
    assert middles == sorted(middles, reverse=True)


def test_pay_stands_by_plan_and_by_department(
    made: dict[Language, Path], people: list[dict[str, str]]
) -> None:
    sheet = sheets_of(made["zh"])["概览"]
    plans = [name for name in people[0] if name.startswith("pay.")]
    sums = {name: sum(Decimal(row[name] or "0") for row in people) for name in plans}
    _, *rows = table_of(sheet, "各项奖金")
    assert sorted(exact(row[2]) for row in rows) == sorted(one for one in sums.values() if one)
    assert sum(exact(row[2]) for row in rows) == exact(tiles(sheet)["奖金合计"])
    departments: dict[str, Decimal] = defaultdict(Decimal)
    units = {row["person_id"]: row["name"] for row in rows_of(made["zh"] / "appraisals.csv")}
    for row in people:
        name = units.get(row["department"], row["department"])
        departments[name] += Decimal(row["pay_total"] or "0")
    _, *rows = table_of(sheet, "各部门奖金")
    assert {row[0]: exact(row[2]) for row in rows} == departments
    for row in rows:
        assert sum(exact(one) for one in row[3:]) == exact(row[2])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_charts_draw_the_figures_of_their_tables(
    made: dict[Language, Path], language: Language
) -> None:
    drawn = list(charts_of(made[language]))
    assert len(drawn) == 7
    sheet = {"zh": "概览", "en": "Overview"}[language]
    cells = sheets_of(made[language])[sheet]
    names = {
        "zh": ["总分分布", "等级分布", "各部门的总分", "各团队的总分", "各岗位的总分", "各项奖金",
               "各部门奖金"],
        "en": ["Distribution of totals", "Grades", "Totals by department", "Totals by team",
               "Totals by role", "Pay by plan", "Pay by department"],
    }  # fmt: skip
    for one, name in zip(drawn, names[language], strict=True):
        head, *rows = table_of(cells, name)
        columns = [[row[place] if place < len(row) else None for row in rows]
                   for place in range(len(head))]  # fmt: skip
        assert len(one.ranges) >= 3, one.title
        for formula, found in one.ranges.items():
            assert formula.startswith((f"'{sheet}'!", f"{sheet}!")), formula
            # A whole column of the table, or its title.
            assert found in columns or found[0] in head, (one.title, formula, found)
        for formula, kept in one.kept.items():
            cells_there = [cell for cell in one.ranges[formula] if cell is not None]
            if all(isinstance(cell, str) for cell in cells_there):
                assert kept == cells_there
            else:
                assert [Decimal(text) for text in kept] == [exact(cell) for cell in cells_there]


def test_titles_say_what_is_shown(made: dict[Language, Path]) -> None:
    chinese, english = (list(charts_of(made[language])) for language in ("zh", "en"))
    for ours, theirs in zip(chinese, english, strict=True):
        assert CHINESE.search(ours.title)
        assert "Totals" in theirs.title or "Grades" in theirs.title or "Pay" in theirs.title
    assert chinese[0].title == "35 人的总分分布：中位数 89.94"
    assert english[0].title == "Totals of 35 people: the median is 89.94"
    assert any("448,247.30" in one.title for one in english)


def test_whoever_cannot_see_a_chart_is_told_its_title(made: dict[Language, Path]) -> None:
    drawings = "".join(
        text for name, text in parts_of(made["zh"]).items() if "drawings/drawing" in name
    )
    for one in charts_of(made["zh"]):
        assert f'descr="{one.title}"' in drawings


def lightness(colour: str) -> float:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def test_colours_beside_one_another_print_apart_in_grey(made: dict[Language, Path]) -> None:
    """By lightness, which whoever confuses colours sees as well."""
    looked = 0
    for name, text in parts_of(made["zh"]).items():
        if "charts/chart" not in name:
            continue
        bars = "".join(re.findall(r"<c:barChart>.*?</c:barChart>", text, re.DOTALL))
        series = re.findall(r"<c:ser>.*?</c:ser>", bars, re.DOTALL)
        fills = [
            (found[1], "pattFill" in found[0])
            for one in series
            if (found := re.search(r"<c:spPr><a:(?:solid|patt)Fill.*?srgbClr val=\"(\w+)\"", one))
        ]
        for (first, striped), (second, also) in pairwise(fills):
            looked += 1
            apart = abs(lightness(first) - lightness(second)) > 0.15
            assert apart or striped != also, (name, first, second)
    assert looked >= 5


def test_drawn_twice_it_is_the_same(made: dict[Language, Path], tmp_path: Path) -> None:
    assert write_results(evaluate_cycle(EXAMPLE), tmp_path / "out", "en")[0] is not None
    names = [path / "appraisals.xlsx" for path in (tmp_path / "out", made["en"])]
    assert names[0].read_bytes() == names[1].read_bytes()
