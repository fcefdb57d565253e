"""Every code has a page, and what the pages show is what happens.

After a change of wording, `PERFRULES_WRITE_PAGES=1 pytest tests/docs` puts what is printed now
into the pages; look at the difference before it is committed.
"""

import os
import re
from pathlib import Path

import pytest
from doc_page import DIAGNOSTICS, excerpt, pages, play, sentence_pattern
from made_forms import FORMS_MADE

from perfrules.codes.catalogue import CODES

PAGES = pages()

SECOND_LINE = {
    "empty-veto", "missing-base", "negative-weight", "no-cases", "no-policy-in-test",
}  # fmt: skip
"""Codes that no file causes today, since something else refuses it first."""

_HAN = re.compile("[\u4e00-\u9fff]")

RUNNABLE = sorted(code for code, page in PAGES.items() if page.command)
NEEDS_OPENPYXL = {
    *FORMS_MADE,
    "cell-too-long", "formula-not-computed", "hidden-rows", "hidden-sheet", "merged-cells",
    "padded-id", "percent-cell", "scaled-format", "sheet-a-person", "too-many-rows",
    "workbook-bomb",
    "cell-disagrees", "workbook-differs",
}  # fmt: skip


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert len(CODES) > 200
    assert set(PAGES) == set(CODES)


@pytest.mark.parametrize("code", sorted(PAGES))
def test_a_page_names_its_code_in_both_languages(code: str) -> None:
    text = PAGES[code].text
    assert text.startswith(f"# `{code}`\n")
    english, mark, chinese = text.partition("\n## 中文\n")
    assert mark, "the Chinese half is missing"
    assert "**What to do.** " in english
    assert "**处理办法。** " in chinese
    cause, _, mend = english.split("\n\n", 2)[2].partition("**What to do.** ")
    assert re.match(r".*(?:\w+ ){3}", cause), "the English half does not tell the cause"
    assert re.search(r"\w", mend), "the English half does not tell what to do"
    cause, _, mend = chinese.partition("**处理办法。** ")
    said = re.findall(r"^> (.*)$", cause, re.M)
    assert said, "the Chinese half does not quote the message"
    for quoted in said:
        assert sentence_pattern(code, "zh").search(quoted), "not what the catalogue says"
    assert len(_HAN.findall(cause.partition("\n> ")[0])) >= 8, "nor does it tell the cause"
    assert _HAN.search(mend), "nor what to do"
    assert CODES[code].severity in english.splitlines()[2]
    assert len(text.splitlines()) <= 50


def test_the_list_names_every_code_once() -> None:
    listed = re.findall(
        r"^\| \[`([a-z0-9-]+)`\]\(\1\.md\) \|", (DIAGNOSTICS / "README.md").read_text("utf-8"), re.M
    )
    assert sorted(listed) == sorted(CODES)


def test_every_page_has_an_example() -> None:
    assert len(RUNNABLE) > 200
    assert set(PAGES) - set(RUNNABLE) == SECOND_LINE
    for code in SECOND_LINE:
        assert f"[{code}]" in PAGES[code].text


@pytest.mark.parametrize("code", RUNNABLE)
def test_an_example_prints_what_its_page_says(code: str, tmp_path: Path) -> None:
    if code in NEEDS_OPENPYXL:
        pytest.importorskip("openpyxl")
    page = PAGES[code]
    printed = excerpt(play(page, tmp_path), code)
    assert printed, f"the example does not cause {code}"
    if os.environ.get("PERFRULES_WRITE_PAGES"):
        before = f"$ perfrules {page.command}\n{page.printed}```"
        after = f"$ perfrules {page.command}\n{printed}```"
        path = DIAGNOSTICS / f"{code}.md"
        path.write_text(page.text.replace(before, after), "utf-8")
        return
    assert printed == page.printed
