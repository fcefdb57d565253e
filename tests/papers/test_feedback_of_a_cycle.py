"""Feedback statements of a whole cycle: what the others did to a result, and who is not named."""

import dataclasses
import re
from pathlib import Path
from typing import get_args

import pytest
from cycle_to_tell import PEOPLE, write_cycle
from feedback_texts import everything, lines, of_person, part, result, words

from perfrules.codes.code import Language
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.papers.feedback.masking import Others
from perfrules.papers.paper.parts import Paper
from perfrules.records.papers.of_results import PapersOfResults
from perfrules.records.read import ResultFolder
from perfrules.records.write import write_results

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> ResultFolder:
    folder = tmp_path_factory.mktemp("cycle")
    result = evaluate_cycle(write_cycle(folder))
    assert result.refused is None, [one.message() for one in result.findings]
    kept, _ = write_results(result, folder / "results")
    assert kept is not None
    return kept


def test_a_distribution_is_told_by_what_it_did_and_by_nothing_of_the_group(
    results: ResultFolder,
) -> None:
    found = of_person(results, "E002")
    assert lines(found, "changes") == ["等级 组内等级分布将等级由 A 调整为 B"]
    assert lines(of_person(results, "E002", "en"), "changes") == [
        "Grade: the distribution of the group changed the grade from A to B"
    ]
    assert ("等级", "B") in result(found)
    for text in words(dataclasses.asdict(found)):
        assert not re.search("名次|排名|第 ?[0-9]+ ?名|百分位|人中", text), text


def test_awards_and_pools_are_part_of_the_result(results: ResultFolder) -> None:
    pay = dict(result(of_person(results, "E001")))
    assert pay["奖项"] == "季度销售之星"
    assert pay["团队奖金包"].endswith("元")
    assert "奖项" not in dict(result(of_person(results, "E002")))


def test_follow_ups_come_with_their_dates(results: ResultFolder) -> None:
    table = part(of_person(results, "E005"), "follow_ups").table
    assert table is not None
    assert table.rows == (("30天改进计划", "2024-11-09"), ("绩效面谈", ""))
    assert not [one for one in of_person(results, "E001").parts if one.kind == "follow_ups"]


def test_names_in_reasons_and_objectives_are_taken_out(results: ResultFolder) -> None:
    assert lines(of_person(results, "E004"), "changes") == [
        "等级 由 C 调整为 D", "原因：与（他人）和（他人）相比偏高", "佐证：HY-1",
    ]  # fmt: skip
    table = part(of_person(results, "E001"), "okr").table
    assert table is not None
    assert [row[1] for row in table.rows][1] == "与 （他人） 签下三家客户"


def test_a_changed_target_is_told(results: ResultFolder) -> None:
    assert lines(of_person(results, "E006"), "changes") == [
        "销售额目标值 由 100000 元调整为 80000 元，自 2024-08-01 起", "原因：大客户退出",
    ]  # fmt: skip


def test_roles_held_in_turn_make_one_statement(results: ResultFolder) -> None:
    found = of_person(results, "E007")
    tables = [one.table for one in found.parts if one.kind == "scores" and one.table]
    assert [row[:2] for row in tables[0].rows] == [("销售代表", "31 天"), ("广告投放", "61 天")]
    assert len(tables) == 3
    assert part(found, "highlights").points[0].title == "新签客户（销售代表）"
    assert "预算执行率（广告投放）" in {one.title for one in part(found, "gaps").points}


def test_a_unit_has_a_statement_of_its_own(results: ResultFolder) -> None:
    found = of_person(results, "T1")
    assert found.head[0] == ("团队", "华东组（T1）")
    signing = part(found, "signing").signing
    assert signing is not None and signing.signatures[0] == "负责人签字"
    assert ("团队", "华东组") in of_person(results, "E001").head


def test_segments_have_no_statement_among_all(results: ResultFolder) -> None:
    made = {subject for subject, one in PapersOfResults(results, "zh").all() if one is not None}
    assert made == {*PEOPLE, "T1"}


@pytest.fixture(scope="module", params=["told", "2024Q3", "2024Q4"])
def any_results(
    request: pytest.FixtureRequest, results: ResultFolder, tmp_path_factory: pytest.TempPathFactory
) -> ResultFolder:
    if request.param == "told":
        return results
    cycle = ROOT / "examples" / request.param
    if not (cycle / "cycle.yaml").exists():
        pytest.skip("there is no such example")
    kept, _ = write_results(evaluate_cycle(cycle), tmp_path_factory.mktemp("example") / "results")
    assert kept is not None
    return kept


def test_nobody_else_is_in_a_statement(any_results: ResultFolder) -> None:
    statements = PapersOfResults(any_results, "zh")
    named = {
        cell.removeprefix("'"): row["person_id"].removeprefix("'")
        for row in statements.rows.values()
        for cell in (row["person_id"], row["name"])
        if row.get("kind", "person") == "person" and cell
    }
    assert len(named) >= 14
    seen = 0
    for subject, found in statements.all():
        if found is None:
            continue
        assert isinstance(found, Paper)
        text = everything(found)
        for language in get_args(Language):
            text += everything(_in(any_results, subject, language))
        present = [name for name in named if re.search(rf"(?<!\w){re.escape(name)}(?!\d)", text)]
        strangers = [name for name in present if named[name] != subject]
        assert strangers == [], subject
        seen += 1
    assert seen >= 8


def _in(results: ResultFolder, subject: str, language: Language) -> Paper:
    found = PapersOfResults(results, language).of(subject)
    assert isinstance(found, Paper)
    return found


def test_no_figure_of_a_group_or_a_rater_is_told(results: ResultFolder) -> None:
    """The ratings of the cycle have three places, which nothing else has."""
    for person in PEOPLE:
        text = everything(of_person(results, person))
        assert not re.search(r"\.(125|375|625)\b", text), person
        # Neither are raters, nor the pseudonyms under which groups know their members.
        assert not re.search(r"\b[MPK]\d\b", text), person


# Names of others


def test_names_are_replaced_whole_and_ones_own_stays() -> None:
    others = Others(["张三", "张三丰", "E002", "00123", "7", "王", "Ann Lee"])
    assert others.masked("比张三丰和张三高", ("张三",), "zh") == "比（他人）和张三高"
    assert others.masked("as e002 and E0021, ANN LEE", (), "en") == (
        "as (somebody else) and E0021, (somebody else)"
    )
    assert (
        others.masked("客户 7 家，王府井店，00123 号", (), "zh")
        == "客户 7 家，王府井店，（他人） 号"
    )
    assert Others(()).masked("没有", (), "zh") == "没有"
