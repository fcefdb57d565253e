"""Explanations: complete, safe to show, and the same from memory and from a stored record."""

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest
from cases_for_everything import CASES
from written_records import Written, written

from perfrules.codes.code import Language
from perfrules.language.to_resolved import resolved_json
from perfrules.layout.html_page import MissingExtraError
from perfrules.layout.terminal import padded, visible, width, wrapped
from perfrules.records.trace_json import FORMAT, canonical, sealed
from perfrules.screens.explain import Format, explain
from perfrules.words.explanation.outline import Outline
from perfrules.words.explanation.to_outline import outline
from perfrules.words.glossary import Glossary

POLICY = (Path(__file__).parents[1] / "words" / "everything.yaml").read_text("utf-8")
WRONG = (
    CASES["full"]
    .replace("actual: 880000, target: 800000", "actual: 880000")
    .replace("level: 良好", "level: 很好")
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("policies")


def of(folder: Path, given: str, policy: str = POLICY) -> Written:
    return written(folder, policy, given)


LAID_OUT = [form for form in get_args(Format) if form != "json"]


def outlined(found: Written, language: Language) -> Outline:
    return outline(Glossary(found.record, found.resolved, language, ()))


class Page(HTMLParser):
    """What a browser would make of a page: its tags, its attributes, its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("format", LAID_OUT)
@pytest.mark.parametrize("given", [*CASES.values(), WRONG])
def test_every_layout_shows_every_line(
    folder: Path, language: Language, format: Format, given: str
) -> None:
    found = of(folder, given)
    lines = [line for block in outlined(found, language).blocks for line in block.lines]
    assert len(lines) > 30
    text = explain(found.record, found.resolved, language, format)
    if format == "html":
        text = " ".join(Page(text).words)
    # Wrapping and escaping put signs between the words, never into a number.
    bare = re.sub(r"[\s\\]", "", text)
    for line in lines:
        for part in (line.text, *line.notes, *line.rules, *line.sources):
            assert part.replace(" ", "") in bare


@pytest.mark.parametrize("name", CASES)
def test_no_step_is_lost(folder: Path, name: str) -> None:
    found = of(folder, CASES[name])
    shown = {line.step for block in outlined(found, "zh").blocks for line in block.lines}
    quoted = re.compile(
        r"(events\.\w+(\.\d+)?|.*\.ratings\.\w+\.\d+|vetoes\.\w+\.when|.*only_if|cycle\.(from|to))$"
    )
    missing = [
        step["id"]
        for step in found.record["steps"]
        if step["id"] not in shown and not quoted.match(step["id"].partition("#")[2])
    ]
    assert missing == []
    assert len(shown) > 50


def test_a_stored_record_reads_like_the_one_in_memory(folder: Path) -> None:
    found = of(folder, CASES["full"])
    stored = json.loads(canonical(found.record))
    resolved = json.loads(resolved_json(found.resolved))
    for format in get_args(Format):
        kept = explain(stored, resolved, "zh", format)
        fresh = explain(found.record, found.resolved, "zh", format)
        if format == "json":  # the record, whose keys were sorted
            assert json.loads(kept) == json.loads(fresh)
        else:
            assert kept == fresh


def test_json_is_the_trace_as_it_was_sealed(folder: Path) -> None:
    found = of(folder, CASES["full"])
    for language in get_args(Language):
        record = json.loads(explain(found.record, found.resolved, language, "json"))
        assert record == found.record
        assert record["format"] == FORMAT
        assert sealed({key: one for key, one in record.items() if key != "digest"}) == record


def test_the_text_begins_with_the_result(folder: Path) -> None:
    found = of(folder, CASES["full"])
    assert explain(found.record, found.resolved, "zh", "text").startswith(
        """\
绩效考核结果说明
================
  考核对象  test
  考核周期  test（2024-07-01 至 2024-09-30）
  考核方案  样例岗位（everything，版本 1）

考核结果
--------
  总分          50 分
  等级          C
  触发的否决项  数据造假
  季度奖金      3000.00 元
  提成          6299.50 元
  等级奖        1666.65 元
  奖金合计      10966.15 元

各指标得分
----------
  板块      指标        权重    达成率    得分    加权得分
  --------  --------  ------  --------  ------  ----------
  业绩 80%  销售额       20%   110.00%     100          20
  业绩 80%  线索量       10%   130.00%   93.33       9.333
"""
    )


@pytest.mark.parametrize("language", get_args(Language))
def test_text_keeps_to_its_width(folder: Path, language: Language) -> None:
    for given in (*CASES.values(), WRONG):
        found = of(folder, given)
        for line in explain(found.record, found.resolved, language, "text").splitlines():
            assert width(line) <= 100, line


def test_who_has_no_result_learns_why_and_what_was_worked_out(folder: Path) -> None:
    found = of(folder, WRONG)
    text = explain(found.record, found.resolved, "zh", "text")
    assert "没有结果" in text
    assert "总分  " not in text
    for problem in found.record["problems"]:
        assert problem["code"] in text
        assert problem["place"] in text
        assert problem["help"]["zh"] in text.replace("\n    ", "")
    assert "达成率  5000 ÷ 4800 ≈ 104.16666666%" in text
    page = explain(found.record, found.resolved, "en", "html")
    assert "No result" in page
    assert "What was worked out" in page


EVIL = "</style><script>alert(1)</script><img src=x onerror=alert(2)>[a](javascript:b)`|*_"


@pytest.fixture
def evil(folder: Path) -> Written:
    policy = f"""
policy: evil
title: {json.dumps(EVIL)}
indicators:
  a:
    title: {json.dumps(EVIL)}
    unit: {json.dumps(EVIL)}
    source: {json.dumps(EVIL)}
    weight: 100%
    score: {{formula: 'actual if person.name != "x" else 0'}}
"""
    found = of(folder, f"{{a: {{actual: 5}}, person: {{name: {json.dumps(EVIL)}}}}}", policy)
    for step in found.record["steps"]:
        if "origin" in step:
            step["origin"]["evidence"] = EVIL
    return Written({**found.record, "subject": EVIL, "name": EVIL}, found.resolved)


def test_html_in_names_is_inert(evil: Written) -> None:
    text = explain(evil.record, evil.resolved, "zh", "html")
    page = Page(text)
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
    assert sum(EVIL in words for words in page.words) >= 5


def test_the_page_needs_nothing_and_allows_nothing(evil: Written) -> None:
    page = Page(explain(evil.record, evil.resolved, "zh", "html"))
    policies = [value for _, value in page.attributes if "default-src" in value]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    assert not {"script", "link", "iframe", "object", "form", "a"} & set(page.tags)
    assert ("lang", "zh-Hans") in page.attributes
    style = page.words[page.tags.index("style")]
    assert not re.search(r"url\(|@import|https?:", "".join(page.words[:10]) + style)


def test_markdown_in_names_is_inert(evil: Written) -> None:
    text = explain(evil.record, evil.resolved, "zh", "markdown")
    assert "<script" not in text.replace("\\<script", "")
    assert "[a](" not in text
    assert re.search(r"(?<!\\)`\|", text) is None


def test_escape_sequences_in_names_do_nothing(folder: Path) -> None:
    found = of(folder, CASES["fair"])
    record = {**found.record, "subject": "\x1b[31mE1\x07\u202e\r\n9"}
    for format in ("text", "markdown", "html"):
        text = explain(record, found.resolved, "zh", format)
        assert "U+001B[31mE1U+0007U+202EU+000DU+000A9" in text.replace("\\", "")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)


def test_a_record_of_another_version_is_refused(folder: Path) -> None:
    found = of(folder, CASES["fair"])
    with pytest.raises(ValueError, match="everything@1, not of everything@2"):
        explain(found.record, {**found.resolved, "version": "2"}, "zh", "text")


def test_without_jinja2_the_message_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = of(folder, CASES["fair"])
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match=r"perfrules\[html\]"):
        explain(found.record, found.resolved, "zh", "html")
    assert explain(found.record, found.resolved, "zh", "text")


# Text for a terminal


def test_lines_break_between_chinese_letters_and_never_before_a_comma() -> None:
    assert wrapped("达成率达到一百，按档计分", 8) == ["达成率达", "到一百，", "按档计分"]
    assert wrapped("达成率达到，按档", 10) == ["达成率达", "到，按档"]
    assert wrapped("未达到（一百二十分）", 8) == ["未达到", "（一百二", "十分）"]
    assert wrapped("5000 ÷ 4800 ≈ 104.16%", 12) == ["5000 ÷ 4800", "≈ 104.16%"]
    assert wrapped("averyverylongword x", 6) == ["averyverylongword", "x"]
    assert wrapped("", 6) == [""]


def test_widths_and_padding_count_columns() -> None:
    assert width("销售a") == 5
    assert padded("销售", 6) == "销售  "
    assert visible("a\tb\x9b\u200b销\u3000售") == "aU+0009bU+009BU+200B销\u3000售"
