"""The documents of a department, read back out of their files and held against the records."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from cycle_of_example import EXAMPLE, copied, papers
from read_back import rows_of

from perfrules.codes.code import Language
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.diagnostics import Diagnostic
from perfrules.papers.paper.laid_out import Layout, laid_out
from perfrules.papers.paper.parts import Paper
from perfrules.records.papers.asked import Asked
from perfrules.records.papers.of_cycle import PapersOfCycle
from perfrules.records.papers.of_results import PapersOfResults
from perfrules.records.read import ResultFolder
from perfrules.records.tables import read_table
from perfrules.records.write import write_results


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> ResultFolder:
    out = tmp_path_factory.mktemp("example") / "2024Q3"
    kept, _ = write_results(evaluate_cycle(EXAMPLE), out)
    assert kept is not None
    return kept


@pytest.fixture(scope="module")
def cycle() -> PapersOfCycle:
    return PapersOfCycle(EXAMPLE, "zh")


def figure(text: str) -> Decimal:
    return Decimal(text.partition(" ")[0].replace(",", "").removesuffix("%"))


def appraised(results: ResultFolder) -> dict[str, dict[str, str]]:
    rows = read_table((results.folder / "appraisals.csv").read_bytes())
    return {row["person_id"]: row for row in rows}


@pytest.mark.parametrize("layout", get_args(Layout))
@pytest.mark.parametrize("language", get_args(Language))
def test_the_payout_is_what_the_records_say(
    results: ResultFolder, layout: Layout, language: Language
) -> None:
    source = PapersOfResults(results, language)
    rows = rows_of(laid_out(papers(source, Asked("payout")), layout), layout)
    whole = {"zh": "合计", "en": "in all"}[language]
    paid: dict[str, Decimal] = {}
    person = ""
    for row in (row for row in rows if len(row) >= 11):
        person = row[0] or person
        if row[4] and row[4] != whole and row[9][:1].isdigit():
            paid[person] = paid.get(person, Decimal(0)) + figure(row[9])
        if row[4] == whole and row[9] not in ("", "—"):
            assert figure(row[9]) == paid[person], "the lines make the sum"
    stated = {one: row for one, row in appraised(results).items() if row["pay_total"]}
    assert paid == {one: Decimal(row["pay_total"]) for one, row in stated.items()}


@pytest.mark.parametrize("layout", get_args(Layout))
def test_departments_add_up_to_all_that_is_paid(results: ResultFolder, layout: Layout) -> None:
    source = PapersOfResults(results, "zh")
    rows = rows_of(laid_out(papers(source, Asked("payout")), layout), layout)
    start = next(place for place, row in enumerate(rows) if row[:2] == ["部门", "激励项目"])
    lines, sums = list[Decimal](), list[Decimal]()
    for row in rows[start + 1 :]:
        if row[0] == "合计":
            break
        if row[1] == "小计":
            assert figure(row[3]) == sum(lines)
            sums.append(figure(row[3]))
            lines = []
        else:
            lines.append(figure(row[3]))
    assert not lines and len(sums) > 2
    stated = appraised(results).values()
    assert figure(row[3]) == sum(sums) == sum(Decimal(one["pay_total"] or 0) for one in stated)
    assert int(row[2]) == sum(1 for one in stated if one["pay_total"])


@pytest.mark.parametrize("layout", get_args(Layout))
def test_the_payroll_has_an_id_a_name_an_amount(results: ResultFolder, layout: Layout) -> None:
    source = PapersOfResults(results, "en")
    rows = rows_of(laid_out(papers(source, Asked("payout", variant="payroll")), layout), layout)
    start = next(place for place, row in enumerate(rows) if row[:3] == ["id", "name", "amount"])
    end = next(place for place in range(start, len(rows)) if rows[place][0] == "in all")
    stated = appraised(results)
    people = {one: row for one, row in stated.items() if row["kind"] == "person"}
    given = {row[0]: row for row in rows[start + 1 : end]}
    assert given.keys() == people.keys()
    for one, row in given.items():
        assert row[1] == people[one]["name"]
        assert Decimal(row[2]) == Decimal(people[one]["pay_total"])
        assert len(row[2].partition(".")[2]) == 2, "money has its decimals"
    assert Decimal(rows[end][2]) == sum(Decimal(row["pay_total"]) for row in people.values())


@pytest.mark.parametrize("layout", get_args(Layout))
@pytest.mark.parametrize("language", get_args(Language))
def test_an_appraisal_sheet_adds_up_to_the_total(
    results: ResultFolder, layout: Layout, language: Language
) -> None:
    source = PapersOfResults(results, language)
    for person in ("E1001", "00123", "E1025"):
        (paper,) = papers(source, Asked("appraisal", subject=person))
        rows = rows_of(laid_out([paper], layout), layout)
        record = results.record(person)
        assert not isinstance(record, Diagnostic)
        steps = {step["id"].partition("#")[2]: step for step in record["steps"]}
        weighted = {"zh": "加权得分", "en": "weighted score"}[language]
        head = next(row for row in rows if weighted in row)
        columns = {name: place for place, name in enumerate(head)}
        title, last = {"zh": "指标", "en": "indicator"}[language], columns[weighted]
        resolved = json.loads(
            (results.folder / "policies" / f"{_policy(record)}.json").read_bytes()
        )
        for name, indicator in resolved["indicators"].items():
            (row,) = [row for row in rows if len(row) > last
                      and row[columns[title]] == indicator["title"][language]]  # fmt: skip
            score = steps[f"indicators.{name}.score"]["value"]
            assert Decimal(row[last - 1]) == Decimal(score)
            value = steps[f"indicators.{name}.score.weighted"]["value"]
            assert Decimal(row[last]) == Decimal(value)
        total = {"zh": "总分", "en": "Total"}[language]
        shown = [
            row[last] for row in rows if len(row) > last and row[columns[title]].startswith(total)
        ]
        assert Decimal(shown[-1]) == Decimal(record["total"])


def _policy(record: dict[str, dict[str, str]]) -> str:
    return f"{record['policy']['id']}@{record['policy']['version']}"


@pytest.mark.parametrize("layout", get_args(Layout))
def test_the_breakdown_has_every_target_and_checks_its_sums(
    cycle: PapersOfCycle, layout: Layout
) -> None:
    rows = rows_of(laid_out(papers(cycle, Asked("breakdown")), layout), layout)
    goals = {row[0].strip("　 "): row for row in rows if len(row) >= 10}
    sales = [row for row in rows if len(row) >= 10 and row[8] == "1,000,000 元"]
    assert [row[7] for row in sales] == ["70% × 40%"], "the section's weight, then its own"
    assert goals["［按区域］"][8] == "10,530,000 元"
    team = next(row for row in rows if row[0].strip("　 ") == "渠道组")
    parts = [row for row in rows if len(row) >= 10 and row[8] == "800,000 元"]
    assert figure(team[8]) == 4000000 and len(parts) >= 5, "as it was agreed, not as it was changed"


def test_a_breakdown_that_does_not_add_up_says_so(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    targets = folder / "targets.yaml"
    text = targets.read_text("utf-8")
    text = text.replace("E1001: {target: 1000000}", "E1001: {target: 990000}")
    targets.write_text(text, "utf-8")
    (paper,) = papers(PapersOfCycle(folder, "zh"), Asked("breakdown"))
    said = next(part.remark for part in paper.parts if part.kind == "goal")
    assert "直销组：各部分合计 6,520,000 元，目标 6,530,000 元，少 10,000 元" in said
    assert "合计核对：5 处中 4 处与上级目标一致" in said


def test_for_a_team_the_breakdown_has_its_branch_alone(cycle: PapersOfCycle) -> None:
    (paper,) = papers(cycle, Asked("breakdown", whom="直销组"))
    names = [row[0].strip("　") for table in paper.tables for row in table.rows]
    assert "示例员工01（E1001）" in names
    assert not any("E1009" in name or "华东" in name for name in names)


def test_budgets_are_added_up_but_not_of_what_was_given_up(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    targets = folder / "targets.yaml"
    text = targets.read_text("utf-8")
    more = """        state: done
        budget: 20000.50
      - title: {zh: 停办的展会, en: The fair that was called off}
        to: 2024-09-01
        budget: 300000
        state: dropped
"""
    text = text.replace("        state: done\n", more, 1)
    targets.write_text(text, "utf-8")
    (paper,) = papers(PapersOfCycle(folder, "zh"), Asked("actions"))
    (table,) = [part.table for part in paper.parts if part.kind == "actions"]
    assert table is not None
    assert [row[7] for row in table.rows] == ["20,000.5 元", "不计", "80,000 元"]
    assert [row[6] for row in table.rows] == ["已完成", "已取消", "已完成"]
    assert table.foot[0][7] == "100,000.5 元"


def test_requests_to_change_a_target_tell_what_became_of_them(cycle: PapersOfCycle) -> None:
    made = dict(cycle.made(Asked("change")))
    assert set(made) == {"E1012", "E1013"}
    paper = made["E1012"]
    assert isinstance(paper, Paper)
    first, second = (part for part in paper.parts if part.kind == "request")
    assert first.table is not None and first.table.rows == (("目标值", "800,000 元", "650,000 元"),)
    assert dict(first.pairs)["处理结果"] == "已采用"
    assert dict(second.pairs)["处理结果"].startswith("未采用：2024 年第 3 季度已变更 1 次")
    assert dict(second.pairs)["佐证"] == "OA-2024-0828"
    blank = dict(cycle.made(Asked("change", whom="E1001", variant="blank")))
    assert set(blank) == {"E1001"}
    form = blank["E1001"]
    assert isinstance(form, Paper)
    assert next(part for part in form.parts if part.kind == "request").signing is not None


def test_the_course_has_its_causes_and_measures(cycle: PapersOfCycle) -> None:
    import datetime

    on = datetime.date(2024, 11, 20)
    (paper,) = papers(cycle, Asked("tracking", whom="E1007", on=on))
    course = next(part for part in paper.parts if "销售额" in part.title)
    assert course.table is not None
    rows = {row[0]: row for row in course.table.rows}
    assert rows["2024-08-11"][5:] == ("两家客户推迟付款", "主管陪访并约定付款日期")
    assert rows["2024-08-11"][1:4] == ("90,000 元", "70,100 元", "77.88%")
    assert any(point.title.startswith("预警") for point in course.points)
    plan = next(part for part in paper.parts if part.kind == "improvements")
    assert plan.table is not None
    assert [row[6] for row in plan.table.rows] == ["已逾期", "已完成"]
    months = next(part for part in paper.parts if part.kind == "months")
    assert months.table is not None
    assert months.table.rows == (
        ("2024-10", "1", "1", "0", "0", "0"),
        ("2024-11", "1", "0", "1", "1", "0"),
    )
    assert months.table.foot == (("合计", "2", "1", "1", "1", "0"),)


def test_goals_that_serve_another_stand_below_it(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    targets = folder / "targets.yaml"
    text = targets.read_text("utf-8")
    text = text.replace("  conversion:\n", "  conversion:\n    serves: sales\n", 1)
    targets.write_text(text, "utf-8")
    (paper,) = papers(PapersOfCycle(folder, "zh"), Asked("strategy"))
    (table,) = list(paper.tables)
    rows = [row[:3] for row in table.rows]
    assert rows[0] == ("1", "直销与渠道回款 1053 万元", "")
    assert rows[1] == ("", "", "新媒体活动转化率 14%")
    assert "核心目标 2 项" in next(part.remark for part in paper.parts if part.kind == "goals")


def test_no_paper_of_one_tells_of_another(results: ResultFolder) -> None:
    """As statements, appraisal sheets name nobody else."""
    source = PapersOfResults(results, "zh")
    names = {one: name for one, name in source.called().items() if one[:1] in "E0"}
    for subject, paper in source.made(Asked("appraisal")):
        assert isinstance(paper, Paper)
        text = laid_out([paper], "markdown").decode()
        others = [name for one, name in names.items() if one != subject and name in text]
        assert others == [], subject


def test_rejected_people_are_named_with_their_reason(results: ResultFolder) -> None:
    (paper,) = papers(PapersOfResults(results, "zh"), Asked("payout"))
    points = next(part.points for part in paper.parts if part.kind == "rejected")
    rows = csv.DictReader(io.StringIO((results.folder / "rejected.csv").read_text("utf-8-sig")))
    wanted = {f"{row['person_id']} {row['name']}".strip() for row in rows if row["what"] != "row"}
    assert {point.title for point in points} == wanted


@pytest.mark.parametrize("kind", ["change", "confirmation", "handbook", "tracking"])
def test_markdown_keeps_lists_and_tables_apart(cycle: PapersOfCycle, kind: str) -> None:
    """A table right below a list would be read as a part of its last point."""
    import datetime

    on = datetime.date(2024, 8, 31) if kind == "tracking" else None
    for _, paper in cycle.made(Asked(kind, on=on)):
        assert isinstance(paper, Paper)
        lines = laid_out([paper], "markdown").decode().splitlines()
        tables = [at for at, line in enumerate(lines) if line.startswith("| ---")]
        assert tables
        assert all(lines[at - 2] == "" for at in tables)
