"""Handbooks and confirmations, read back out of their files and held against the policies."""

import io
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from cycle_of_example import EXAMPLE, copied, papers
from read_back import read_back, rows_of

from perfrules.codes.code import Language
from perfrules.exact import percent, plain
from perfrules.language.read import read_policies
from perfrules.language.to_resolved import resolved_json
from perfrules.papers.charts.from_policy import pay_curve
from perfrules.papers.paper.laid_out import Layout, laid_out
from perfrules.papers.paper.mark import is_untouched
from perfrules.papers.paper.parts import Paper, Table
from perfrules.records.papers.asked import Asked
from perfrules.records.papers.of_cycle import PapersOfCycle
from perfrules.records.papers.worked_example import worked_example


@pytest.fixture(scope="module")
def cycle() -> PapersOfCycle:
    return PapersOfCycle(EXAMPLE, "zh")


def table_of(paper: Paper, kind: str) -> Table:
    return next(part.table for part in paper.parts if part.kind == kind and part.table)


@pytest.mark.parametrize("layout", get_args(Layout))
@pytest.mark.parametrize("language", get_args(Language))
def test_a_confirmation_has_the_targets_of_its_person(layout: Layout, language: Language) -> None:
    source = PapersOfCycle(EXAMPLE, language)
    subjects = {one.scorecard.subject: one for one in source.opened.subjects}
    for name in ("E1001", "E1012", "E1017#2", "D100"):
        one = subjects[name]
        assert one.policy is not None
        (paper,) = papers(source, Asked("confirmation", subject=name))
        rows = rows_of(laid_out([paper], layout), layout)
        text = read_back(laid_out([paper], layout), layout)
        assert one.policy.digest in text
        for indicator in one.policy.indicators:
            title = indicator.title.into(language)
            row = next(row for row in rows if title in row[:2])
            measure = one.scorecard.measures.get(indicator.name)
            target = measure.target if measure is not None else None
            shown = row[row.index(title) + 2]
            if target is None or isinstance(target.value, str | bool):
                continue
            wanted = percent(target.value) if indicator.in_percent else plain(target.value)
            assert shown.replace(",", "").split(" ")[0] == wanted, (name, indicator.name)


def test_a_confirmation_is_of_what_was_agreed_and_not_of_what_was_changed(
    cycle: PapersOfCycle,
) -> None:
    (paper,) = papers(cycle, Asked("confirmation", subject="E1012"))
    rows = table_of(paper, "targets").rows
    assert any("800,000 元" in row for row in rows)
    assert not any("650,000 元" in row for row in rows)


def test_who_changed_role_confirms_each_role(cycle: PapersOfCycle) -> None:
    made = dict(cycle.made(Asked("confirmation", whom="E1017")))
    assert set(made) == {"E1017#1", "E1017#2"}
    heads = [dict(paper.head) for paper in made.values() if isinstance(paper, Paper)]
    assert len({head["任职期间"] for head in heads}) == 2
    assert len({head["考核方案"] for head in heads}) == 2


def test_nobody_finds_results_in_a_confirmation(cycle: PapersOfCycle) -> None:
    """It is signed before: what was reached is not in it."""
    actuals = {}
    for one in cycle.opened.subjects:
        for name, measure in one.scorecard.measures.items():
            if measure.actual is not None and isinstance(measure.actual.value, Decimal):
                actuals[one.scorecard.subject, name] = plain(measure.actual.value)
    (paper,) = papers(cycle, Asked("confirmation", subject="E1001"))
    text = laid_out([paper], "markdown").decode().replace(",", "")
    long = [value for (who, _), value in actuals.items() if who == "E1001" and len(value) > 4]
    assert long and not any(value in text for value in long)


@pytest.mark.parametrize("language", get_args(Language))
def test_each_policy_of_the_cycle_has_a_handbook(language: Language) -> None:
    source = PapersOfCycle(EXAMPLE, language)
    made = dict(source.made(Asked("handbook")))
    used = {one.policy.id for one in source.opened.subjects if one.policy}
    assert set(made) == used == set(source.called("handbook"))
    for name, paper in made.items():
        assert isinstance(paper, Paper)
        kinds = [part.kind for part in paper.parts]
        assert kinds[0] == "overview" and kinds[-1] == "example", name
        assert dict(paper.seal).keys() == {{"zh": "方案摘要", "en": "policy digest"}[language]}


def test_the_example_is_what_the_evaluator_gives(cycle: PapersOfCycle) -> None:
    """Total, grade and pay of the example are those of its own trace, and nobody's figures."""
    assert cycle.opened.cycle is not None
    found, _ = read_policies(Path(EXAMPLE / "../../policies"))
    people = {one.scorecard.subject for one in cycle.opened.subjects}
    for policy in found:
        record = worked_example(policy, cycle.opened.cycle)
        assert record is not None, policy.label
        assert record["subject"] not in people
        steps = {step["id"].partition("#")[2]: step for step in record["steps"]}
        assert steps["total"]["value"] == record["total"]
        assert all(steps[f"pay.{plan}"]["value"] == paid for plan, paid in record["pay"].items())
        data = [step for step in record["steps"] if step.get("origin", {}).get("place")]
        assert data == [], "no figure comes from a file"


def test_the_figures_of_the_example_are_told(cycle: PapersOfCycle) -> None:
    (paper,) = papers(cycle, Asked("handbook", subject="sales"))
    example = next(part for part in paper.parts if part.kind == "example")
    told = dict(example.pairs)
    assert told["等级"] == "A（优秀）" and told["季度奖金"] == "12000.00 元"
    lines = [line for point in example.points for line in point.notes]
    assert (
        "季度奖金：奖金基数 10000 × 发放比例 120% × 部门系数 1 × 在岗系数 1 = 12000.00 元" in lines
    )
    assert "假设" in example.remark


def test_a_policy_without_a_worked_example_says_the_rest(tmp_path: Path) -> None:
    """Where made-up figures do not do, the handbook is there all the same."""
    folder = copied(tmp_path)
    rules = tmp_path / "policies"
    rules.mkdir()
    text = (
        "policy: sales\nindicators:\n  odd: {weight: 100%, target: required, "
        'attainment: "actual / (target - 100)", score: {bands: [{at_least: 1%, score: 1}, '
        "{otherwise: 0}]}}\n"
    )
    (rules / "sales.yaml").write_text(text, "utf-8")
    cycle = (folder / "cycle.yaml").read_text("utf-8")
    (folder / "cycle.yaml").write_text(
        re.sub(r"^policies: .*$", "policies: ../policies", cycle, flags=re.M), "utf-8"
    )
    source = PapersOfCycle(folder, "zh")
    (paper,) = papers(source, Asked("handbook"))
    assert "example" not in [part.kind for part in paper.parts]
    assert source.opened.cycle is not None
    (policy,) = {one.policy for one in source.opened.subjects if one.policy}
    assert worked_example(policy, source.opened.cycle) is None


def test_handbooks_are_asked_for_by_policy_person_and_department(cycle: PapersOfCycle) -> None:
    def names(whom: str) -> set[str]:
        return {name for name, _ in cycle.made(Asked("handbook", whom=whom))}

    assert names("sales") == names("销售代表") == {"sales"}
    assert names("E1001") == {"sales"}
    assert "sales" in names("销售部") and "content" not in names("销售部")


@pytest.mark.parametrize("layout", ["docx", "xlsx"])
def test_a_curve_is_a_chart_of_the_office_with_the_figures_of_the_rule(
    cycle: PapersOfCycle, layout: Layout
) -> None:
    (paper,) = papers(cycle, Asked("handbook", subject="sales"))
    data = laid_out([paper], layout)
    assert is_untouched(data)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        charts = [packed.read(one).decode() for one in sorted(packed.namelist())
                  if re.fullmatch(r"(word|xl)/charts/chart\d+\.xml", one)]  # fmt: skip
        books = [packed.read(one) for one in packed.namelist() if "embeddings" in one]
    assert len(charts) == 2
    curves = [pay_curve(resolved_of(cycle), plan) for plan in ("quarterly_bonus", "commission")]
    for curve, chart in zip(curves, charts, strict=True):
        assert curve is not None
        values = {Decimal(one) for one in re.findall(r"<c:v>([-.\dE]+)</c:v>", chart)}
        ends = [(piece, end) for piece in curve.pieces for end in (piece.start, piece.end) if end]
        assert {piece.height(end.at) for piece, end in ends} <= values
        assert set(curve.knots) <= values
    for book in books:
        sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
        assert sheet.max_row > 3


def resolved_of(cycle: PapersOfCycle) -> dict[str, object]:
    policy = next(one.policy for one in cycle.opened.subjects if one.role == "sales")
    assert policy is not None
    found: dict[str, object] = json.loads(resolved_json(policy.resolved))
    return found


@pytest.mark.parametrize("layout", ["docx", "xlsx"])
def test_a_figure_edited_in_a_chart_is_found(cycle: PapersOfCycle, layout: Layout) -> None:
    (paper,) = papers(cycle, Asked("handbook", subject="sales"))
    data = laid_out([paper], layout)
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as packed,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as fresh,
    ):
        for one in packed.namelist():
            text = packed.read(one)
            if one.endswith("charts/chart1.xml"):
                assert b"<c:v>1.5</c:v>" in text
                text = text.replace(b"<c:v>1.5</c:v>", b"<c:v>1.9</c:v>")
            fresh.writestr(one, text)
    assert not is_untouched(changed.getvalue())
