"""PapersOfResults as Markdown, HTML and Word: all of it is there, it does nothing, it is marked."""

import dataclasses
import io
import json
import zipfile
from pathlib import Path
from typing import get_args

import docx
import openpyxl
import pytest
from cycle_to_tell import write_cycle
from feedback_texts import CHANNEL, GIVEN, of_person, words
from read_back import bare, read_back
from written_records import written

from perfrules.codes.code import Language
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.language.to_resolved import resolved_json
from perfrules.papers.feedback.statement import About, statement
from perfrules.papers.paper.laid_out import Layout, laid_out
from perfrules.papers.paper.mark import is_untouched
from perfrules.records.read import ResultFolder
from perfrules.records.write import write_results


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> ResultFolder:
    folder = tmp_path_factory.mktemp("cycle")
    kept, _ = write_results(evaluate_cycle(write_cycle(folder)), folder / "results")
    assert kept is not None
    return kept


@pytest.mark.parametrize("format", get_args(Layout))
@pytest.mark.parametrize("language", get_args(Language))
def test_every_layout_holds_every_word(
    results: ResultFolder, format: Layout, language: Language
) -> None:
    for person in ("E001", "E002", "E005", "E007"):
        found = of_person(results, person, language)
        text = bare(read_back(laid_out([found], format), format)).replace("&gt;", ">")
        for one in words(
            dataclasses.asdict(dataclasses.replace(found, kind="", language="", parts=()))
        ):
            assert bare(one) in text, one
        for section in found.parts:
            for one in words(dataclasses.asdict(dataclasses.replace(section, kind=""))):
                assert bare(one) in text, one


@pytest.mark.parametrize("format", get_args(Layout))
def test_a_statement_is_the_same_bytes_each_time_and_knows_when_it_was_touched(
    results: ResultFolder, format: Layout
) -> None:
    data = laid_out([of_person(results, "E001")], format)
    assert data == laid_out([of_person(results, "E001")], format)
    assert is_untouched(data)
    if format in ("markdown", "html"):
        assert not is_untouched(data.replace("团队协作".encode(), "团队合作".encode()))
        assert not is_untouched(data + b"\n")
        return
    buffer = io.BytesIO()
    if format == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        cell = next(
            cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == 30
        )
        cell.value = 31
        book.save(buffer)
    else:
        document = docx.Document(io.BytesIO(data))
        document.tables[-2].rows[1].cells[1].text = "每周复盘一次"
        document.save(buffer)
    assert not is_untouched(buffer.getvalue())


@pytest.mark.parametrize("data", [b"", b"notes\n", b"PK\x03\x04", b"PK" + bytes(99)])
def test_what_is_no_statement_is_not_taken_for_one(data: bytes) -> None:
    assert not is_untouched(data)


def test_the_word_file_names_chinese_fonts_and_is_marked_confidential(
    results: ResultFolder,
) -> None:
    data = laid_out([of_person(results, "E001")], "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        styles, fonts = packed.read("word/styles.xml").decode(), packed.read("word/fontTable.xml")
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert styles.count('w:eastAsia="宋体"') == 1
    assert styles.count('w:eastAsia="微软雅黑"') == 2
    assert 'w:eastAsia="zh-CN"' in styles
    assert b'<w:altName w:val="SimSun"/>' in fonts
    document = docx.Document(io.BytesIO(data))
    assert document.sections[0].header.paragraphs[0].text == "2024Q3 · 绩效反馈表 · 保密"
    width, height = document.sections[0].page_width, document.sections[0].page_height
    assert width and height and (round(width.mm), round(height.mm)) == (210, 297)
    assert document.tables[2].rows[0].cells[0].text == "指标"


EVIL = "</style><script>alert(1)</script>[a](javascript:b)`|*_\x1b[31m\u202e"


@pytest.mark.parametrize("format", get_args(Layout))
def test_what_stands_in_names_does_nothing(tmp_path: Path, format: Layout) -> None:
    found = written(tmp_path, CHANNEL, GIVEN)
    resolved = json.loads(resolved_json(found.resolved))
    resolved["indicators"]["sales"]["title"] = {"zh": EVIL}
    found = statement(found.record, resolved, "zh", about=About(EVIL, EVIL, EVIL))
    text = read_back(laid_out([found], format), format)
    assert "\x1b" not in text
    assert "\u202e" not in text
    if format == "html":
        assert "<script>" not in text
    if format == "markdown":
        assert "[a](" not in text
        assert "<script" not in text.replace("\\<script", "")
