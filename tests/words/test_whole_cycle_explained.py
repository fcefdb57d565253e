"""Explanations of a whole cycle: nothing lost, nothing raw, nothing of anybody else."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any, get_args

import pytest
from cycle_to_tell import PEOPLE
from written_records import Written, written_cases, written_cycle

from perfrules.codes.code import Language
from perfrules.layout.terminal import width
from perfrules.screens.explain import Format, explain
from perfrules.words.explanation.outline import Outline
from perfrules.words.explanation.to_outline import outline
from perfrules.words.glossary import Glossary

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def cycle(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Written]:
    return written_cycle(tmp_path_factory.mktemp("cycle"))


@pytest.fixture(scope="module")
def cases() -> Mapping[str, Written]:
    return written_cases(HERE / "between_people.test.yaml")


def told(found: Written, language: Language = "zh") -> Outline:
    return outline(Glossary(found.record, found.resolved, language))


def lines_of(found: Written, kind: str, title: str = "", language: Language = "zh") -> list[str]:
    """The lines of a block, each as its label and its text."""
    blocks = [one for one in told(found, language).blocks if one.kind == kind]
    (block,) = [one for one in blocks if title in ("", one.title)]
    return [f"{line.label} | {line.text}" for line in block.lines]


@pytest.mark.parametrize("language", get_args(Language))
def test_every_step_has_a_line_or_is_printed_by_one_that_reads_it(
    cycle: Mapping[str, Written], cases: Mapping[str, Written], language: Language
) -> None:
    looked_at = 0
    for name, found in {**cycle, **cases}.items():
        glossary = Glossary(found.record, found.resolved, language)
        lines = [line for block in told(found, language).blocks for line in block.lines]
        shown = {line.step: " ".join((line.text, *line.notes, *line.sources)) for line in lines}
        assert len(shown) == len(lines)
        for path, step in glossary.steps.items():
            if step["id"] in shown or step["operation"] == "not_recorded":
                continue
            readers = [
                one["id"]
                for one in glossary.steps.values()
                if path in map(glossary.path, one["operands"])
                or glossary.path(one) == path.rpartition(".")[0]
            ]
            texts = [shown[one] for one in readers if one in shown]
            assert texts or path.startswith("cycle."), (name, path)
            value = glossary.value(step)
            if value in ("1", "0") or isinstance(step["value"], bool):
                continue  # nobody before, nobody level: said in words
            head = [value for _, value in told(found, language).head]
            labels = [line.label for line in lines]
            assert value in " ".join((*texts, *head, *labels)), (name, path)
            looked_at += 1
    assert looked_at > 100


RAW = re.compile(
    r"\b(?:indicators|distribution|awards|pools|segments|pay|follow_ups|okr|streak|previous|grade"
    r"|total|history|cycle|attainment|team|department|project|person|events)\.\w"
)


@pytest.mark.parametrize("language", get_args(Language))
def test_nothing_is_called_by_its_path(
    cycle: Mapping[str, Written], cases: Mapping[str, Written], language: Language
) -> None:
    looked_at = 0
    for found in (*cycle.values(), *cases.values()):
        for block in told(found, language).blocks:
            labels = [line.label for line in block.lines]
            assert len(set(labels)) == len(labels) or block.kind == "okr", labels
            for line in block.lines:
                for text in (line.label, line.text, *line.notes):
                    assert RAW.search(text) is None, text
                    looked_at += 1
    assert looked_at > 1000


def test_chinese_names_are_chinese(
    cycle: Mapping[str, Written], cases: Mapping[str, Written]
) -> None:
    """But for grades, and for columns and plans that only the data name."""
    known = {"factor", "treat", "bonus", "OKR"}
    known |= {"advance", "salary", "promised", "variable", "target"}
    for found in (*cycle.values(), *cases.values()):
        page = told(found)
        names = [name for name, _ in (*page.head, *page.result, *page.seal)]
        names += [block.title for block in page.blocks]
        names += [line.label for block in page.blocks for line in block.lines]
        for name in names:
            assert set(re.findall(r"[A-Za-z]{2,}", re.sub(r"与 E\d+", "", name))) <= known, name


# Nothing of anybody else


def words_of_entries(node: Any) -> Iterator[str]:
    """What somebody wrote: reasons, approvers, key results. They are shown as they are."""
    if isinstance(node, dict):
        yield from (node[key] for key in ("reason", "approved_by", "source") if node.get(key))
        for value in node.values():
            yield from words_of_entries(value)
    elif isinstance(node, list):
        for value in node:
            yield from words_of_entries(value)


@pytest.mark.parametrize("format", get_args(Format))
@pytest.mark.parametrize("language", get_args(Language))
def test_nobody_else_is_named(
    cycle: Mapping[str, Written], language: Language, format: Format
) -> None:
    assert set(PEOPLE) < set(cycle)
    pseudonyms = 0
    for subject, found in cycle.items():
        text = explain(found.record, found.resolved, language, format).replace("\\", "")
        text = re.sub(r"\n *", "", text) if format == "text" else text
        for own in words_of_entries(found.record):
            text = text.replace(re.sub(r"\s", "", own), "").replace(own, "")
        for person, name in PEOPLE.items():
            if person != subject.partition("#")[0]:
                pattern = rf"(?<![A-Za-z0-9]){person}(?![0-9])"
                assert not re.search(pattern, text, re.IGNORECASE), (subject, person)
                assert name not in text, (subject, name)
        pseudonyms += len(re.findall(r"(?<![A-Za-z0-9])M\d(?![0-9])", text))
    assert pseudonyms > 25


# What stands where


def test_the_head_says_who_was_judged_and_what_came_of_it(cycle: Mapping[str, Written]) -> None:
    star, low, team = (told(cycle[one]) for one in ("E001", "E005", "T1"))
    assert star.head[0] == ("考核对象", "E001")
    assert team.head[0] == ("团队", "T1")
    assert ("奖项", "季度销售之星") in star.result
    assert ("OKR", "0.7（仅供参考，不计入总分和奖金）") in star.result
    assert ("团队奖金包", "2100.86 元") in star.result
    assert ("30天改进计划", "2024-11-09 到期") in low.result
    assert ("绩效面谈", "启动") in low.result
    assert ("整体达成率", "124.00%") in team.result
    english = told(cycle["T1"], "en")
    assert english.head[0] == ("team", "T1")
    assert ("overall attainment", "124.00%") in english.result


def test_somebody_who_moved_learns_from_which_records(cycle: Mapping[str, Written]) -> None:
    found = cycle["E007"]
    page = told(found)
    assert (
        "任职段",
        "E007#1（31 天）、E007#2（61 天），各段的计算过程见各自的记录",
    ) in page.head
    assert page.overview_title == "各任职段"
    assert page.overview_head == ("任职段", "天数", "总分", "总分 × 天数")
    assert [row.cells for row in page.overview] == [
        ("E007#1", "31", "86", "2666"),
        ("E007#2", "61", "86", "5246"),
    ]
    assert lines_of(found, "total") == [
        "第 1 段总分 | 86 分（见 E007#1 的记录）",
        "第 1 段天数 | 31 天",
        "第 1 段总分 × 天数 | 86 × 31 = 2666",
        "第 2 段总分 | 86 分（见 E007#2 的记录）",
        "第 2 段天数 | 61 天",
        "第 2 段总分 × 天数 | 86 × 61 = 5246",
        "天数合计 | 31 + 61 = 92 天",
        "合计 | 2666 + 5246 = 7912",
        "总分 | 7912 ÷ 92 = 86 分",
    ]
    assert told(cycle["E007#1"]).head[0] == ("任职段", "E007#1")


def test_payouts_of_an_earlier_role_bear_the_name_that_its_policy_gives_them(
    cycle: Mapping[str, Written],
) -> None:
    found, earlier = cycle["E007"], cycle["E007#1"]
    text = explain(found.record, found.resolved, "zh", "text", [earlier.resolved])
    assert "奖金：季度奖金" in text
    assert "bonus" not in text
    assert "奖金：bonus" in explain(found.record, found.resolved, "zh", "text")


def test_the_grade_is_told_in_the_order_of_the_work(cycle: Mapping[str, Written]) -> None:
    labels = [line.partition(" | ")[0] for line in lines_of(cycle["E004"], "grade")]
    assert labels == ["按总分", "同组人数", "A 级名额", "其余等级名额", "强制分布后", "等级"]
    lines = lines_of(cycle["E004"], "grade")
    assert lines[0] == "按总分 | 总分 79.61 ≥ 60 → C"
    assert lines[-1] == "等级 | 由 C 调整为 D"


def test_what_a_calibration_replaced_stays_in_sight(cases: Mapping[str, Written]) -> None:
    found = cases["calibrations and appeals"]
    assert lines_of(found, "indicators", "团队协作") == [
        "实际值 | 85 分",
        "原得分 | 实际值即得分：85 分",
        "得分 | 85 → 87 分",
        "加权得分 | 87 × 50% = 43.5 分",
    ]
    assert lines_of(found, "indicators", "新签客户")[:2] == [
        "原实际值 | 12 个",
        "实际值 | 12 → 14 → 15 个",
    ]
    assert lines_of(found, "total") == ["合计 | 50 + 43.5 = 93.5 分", "总分 | 93.5 → 88 分"]


def test_what_only_a_pool_reads_is_named_after_its_part_in_it(cases: Mapping[str, Written]) -> None:
    found = cases["five in one team / p3"]
    labels = [one.partition(" | ")[0] for one in lines_of(found, "pay", "团队奖金包")]
    assert labels == [
        "发放条件", "奖金池总额", "factor", "份额", "份额（否决后）", "份额合计", "应得部分",
        "团队奖金包",
    ]  # fmt: skip
    (amount,) = [
        one for one in lines_of(found, "pay", "团队奖金包") if one.startswith("奖金池总额")
    ]
    assert amount == "奖金池总额 | 1000 元"


def test_a_line_says_where_its_figures_are_from(cycle: Mapping[str, Written]) -> None:
    def sources(subject: str, step: str) -> list[str]:
        lines = [line for block in told(cycle[subject]).blocks for line in block.lines]
        (found,) = [line for line in lines if line.step.partition("#")[2] == step]
        return list(found.sources)

    assert sources("E004", "grade") == ["calibrations.csv:2（佐证 HY-1）"]
    assert sources("E006", "indicators.sales.target") == ["target_changes.csv:2"]
    assert sources("E005", "streak.D") == ["history.csv:2"]
    assert sources("E001", "okr.1.1") == ["okrs.csv:2"]
    assert sources("E001", "distribution.size") == [
        "groups.jsonl：distribution · department=销售部"
    ]
    (members,) = sources("T1", "indicators.revenue.actual")
    assert re.fullmatch(r"成员代号 M\d(、M\d){6}", members)


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("format", [one for one in get_args(Format) if one != "json"])
def test_every_layout_shows_every_line_of_a_whole_cycle(
    cycle: Mapping[str, Written], language: Language, format: Format
) -> None:
    for found in cycle.values():
        shown = outline(Glossary(found.record, found.resolved, language, ()))
        text = explain(found.record, found.resolved, language, format)
        if format == "html":
            text = unescape(re.sub(r"<[^>]*>", "", text))
        bare = re.sub(r"[\s\\]", "", text)
        if format == "text":
            assert max(map(width, text.splitlines())) <= 100
        rows = [cell for row in shown.overview for cell in row.cells]
        for part in (*rows, *(part for pair in (*shown.head, *shown.result) for part in pair)):
            assert re.sub(r"\s", "", part) in bare, part
        for block in shown.blocks:
            for line in block.lines:
                for part in (line.text, *line.notes, *line.rules, *line.sources):
                    assert re.sub(r"\s", "", part) in bare, part
