"""Each page of docs/ has its twin in docs/zh/, and the two tell the same.

What can be held without knowing both languages: headings, rows of tables, names in code (options,
variables, keys), links, examples. A failure names the section that one of the two pages lacks.
"""

import os
import re
from itertools import zip_longest
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from doc_page import ROOT

DOCS: Final = ROOT / "docs"
PAGES: Final = (*DOCS.glob("*.md"), *DOCS.glob("language/*.md"))
NAMES: Final = sorted(path.relative_to(DOCS).as_posix() for path in PAGES)
OWN_EXAMPLES: Final = {"first-quarter.md"}
"""Their examples are in their reader's language; tests/docs/test_first_quarter.py plays them."""

_FENCE: Final = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.M | re.S)
_CODE: Final = re.compile(r"`([^`\n]+)`")
_LINK: Final = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
_DECLARED: Final = re.compile(r"<!-- keys: .*?<!-- end -->", re.S)
"""What a declaration says of its key, in two languages: to_pages.py writes it."""
_HAN: Final = re.compile("[\u4e00-\u9fff]")


class Section(NamedTuple):
    """What stands below one heading, without the examples, and these."""

    level: int
    heading: str
    text: str
    examples: tuple[tuple[str, str], ...]


def sections(page: Path) -> list[Section]:
    text = page.read_text("utf-8")
    shielded = _FENCE.sub(lambda found: found[0].replace("#", "\0"), text)
    parts = re.split(r"^(#+) (.+)\n", shielded, flags=re.M)[1:]
    found = []
    for marks, heading, body in zip(parts[::3], parts[1::3], parts[2::3]):
        whole = body.replace("\0", "#")
        examples = tuple((kind, code) for kind, code in _FENCE.findall(whole))
        found.append(Section(len(marks), heading, _FENCE.sub("", whole), examples))
    return found


def pairs(name: str) -> list[tuple[Section, Section]]:
    english, chinese = sections(DOCS / name), sections(DOCS / "zh" / name)
    shapes = [
        [(one.level, tuple(_CODE.findall(one.heading))) for one in page]
        for page in (english, chinese)
    ]
    for number, (first, second) in enumerate(zip_longest(*shapes)):
        assert first == second, (
            f"docs/{name} and docs/zh/{name} part at heading {number + 1}: "
            f"{_heading(english, number)!r} there, {_heading(chinese, number)!r} here. "
            "Each section of the one page has its twin in the other: translate what is new"
        )
    return list(zip(english, chinese))


def _heading(page: list[Section], number: int) -> str:
    return page[number].heading if number < len(page) else "nothing"


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_its_twin_with_the_same_headings(name: str) -> None:
    assert (DOCS / "zh" / name).exists(), f"docs/zh/{name}, the Chinese of docs/{name}, is missing"
    assert pairs(name)


def test_there_are_pages_and_no_twin_without_its_page() -> None:
    assert {"api.md", "commands.md", "result-folder.md", "trace.md"} <= {*NAMES}
    twins = {path.relative_to(DOCS / "zh").as_posix() for path in (DOCS / "zh").rglob("*.md")}
    assert len(twins) > 40
    assert twins - {*NAMES} <= {"README.md"}


@pytest.mark.parametrize("name", NAMES)
def test_the_rows_of_tables_are_the_same(name: str) -> None:
    for english, chinese in pairs(name):
        first, second = rows(english.text), rows(chinese.text)
        assert first == second, f"docs/zh/{name}, {chinese.heading}: the rows of tables differ"


def rows(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """Of each row of a table the number of its cells and the code that its first one has."""
    cells = (re.split(r"(?<!\\)\|", line)[1:-1] for line in re.findall(r"^\|.*\|$", text, re.M))
    return [(len(row), tuple(_ascii(_CODE.findall(row[0])))) for row in cells]


def _ascii(names: list[str]) -> list[str]:
    """The names that are the same in both languages; what stands for a name is set aside."""
    bare = (re.sub("<[^>]*>", "<…>", name) for name in names)
    return [name for name in bare if name.replace("…", "").isascii()]


@pytest.mark.parametrize("name", NAMES)
def test_the_names_in_code_are_the_same(name: str) -> None:
    """Options, variables, keys and files: whatever a section names in code and in ASCII."""
    for english, chinese in pairs(name):
        texts = (_DECLARED.sub("", one.text) for one in (english, chinese))
        first, second = ({*_ascii(_CODE.findall(text))} for text in texts)
        told = f"{chinese.heading}: in one language alone"
        assert first == second, f"docs/zh/{name}, {told}: {sorted(first ^ second)}"


@pytest.mark.parametrize("name", NAMES)
def test_the_links_are_the_same(name: str) -> None:
    for english, chinese in pairs(name):
        first, second = targets(english.text), targets(chinese.text)
        assert first == second, f"docs/zh/{name}, {chinese.heading}: the links differ"


def targets(text: str) -> list[str]:
    """The pages that a section leads to, but for its own twin; the language set aside."""
    found = _LINK.findall(re.sub(r"\[(?:中文|English)\]\([^)]*\)", "", text))
    pages = (link.partition("#")[0].replace("../", "") for link in found)
    return sorted(re.sub(r"-(?:zh|en)\.png$", ".png", page) for page in pages)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OWN_EXAMPLES])
def test_the_examples_are_the_same(name: str) -> None:
    for english, chinese in pairs(name):
        first, second = ([_bare(*one) for one in page.examples] for page in (english, chinese))
        assert first == second, f"docs/zh/{name}, {chinese.heading}: the examples differ"


def _bare(kind: str, code: str) -> tuple[str, str]:
    """An example without its remarks."""
    return kind, re.sub(r"^ *# .*\n| +# .*$", "", code, flags=re.M)


@pytest.mark.parametrize("name", NAMES)
def test_links_of_the_chinese_manual_stay_in_it(name: str) -> None:
    """And lead to the heading that the English page's links lead to."""
    page = DOCS / "zh" / name
    for english, chinese in pairs(name):
        for link in _LINK.findall(chinese.text):
            target = (page.parent / link.partition("#")[0]).resolve()
            if target.is_relative_to(DOCS) and not target.is_relative_to(DOCS / "zh"):
                twin = DOCS / "zh" / target.relative_to(DOCS)
                assert target == DOCS / name or not twin.exists(), f"{link}: lead to its twin"
        first, second = anchors(DOCS / name, english.text), anchors(page, chinese.text)
        assert first == second, f"docs/zh/{name}, {chinese.heading}: the links' headings differ"


def anchors(page: Path, text: str) -> list[tuple[str, int]]:
    """The headings that links lead to: their page, the language set aside, and their number."""
    found = []
    for link in _LINK.findall(text):
        name, mark, anchor = link.partition("#")
        if mark:
            target = (page.parent / name).resolve() if name else page
            heads = [head_anchor(one.heading) for one in sections(target)]
            found.append((str(target.relative_to(DOCS)).removeprefix("zh/"), heads.index(anchor)))
    return sorted(found)


def head_anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def test_findings_lead_their_reader_to_the_manual_of_the_language() -> None:
    count = 0
    for path in (DOCS / "diagnostics").glob("*.md"):
        english, _, chinese = path.read_text("utf-8").partition("\n## 中文\n")
        assert "../zh/" not in english, path.name
        for link in _LINK.findall(chinese):
            target = (path.parent / link.partition("#")[0]).resolve()
            assert target.parent == path.parent or target.is_relative_to(DOCS / "zh"), path.name
            count += target.is_relative_to(DOCS / "zh")
    assert count > 10


def lead_to(other: Path, page: Path) -> str:
    return os.path.relpath(other, page.parent).replace(os.sep, "/")


def plain(page: Path) -> str:
    """The words of a page, without examples, code, and where links lead."""
    text = re.sub(r"<!-- .*? -->", "", _FENCE.sub("", page.read_text("utf-8")))
    return _CODE.sub("", re.sub(r"\[(?:中文|English)\]\([^)]*\)|\]\([^)]*\)", "", text))


@pytest.mark.parametrize("name", NAMES)
def test_the_english_page_is_in_english(name: str) -> None:
    page = DOCS / name
    link = f"[中文]({lead_to(DOCS / 'zh' / name, page)})"
    assert link in page.read_text("utf-8"), "the page does not lead to its twin"
    # Pages of the language name words that tables and files may have, such as 工号 for `person_id`.
    most = 5 if name.startswith("language/") else 0
    chinese = re.findall(
        f".{{0,20}}(?:[\u4e00-\u9fff]{{{most + 1},}}|[。，；]).{{0,20}}", plain(page)
    )
    assert chinese == [], f"Chinese goes to docs/zh/{name}"


@pytest.mark.parametrize("name", NAMES)
def test_the_chinese_page_is_in_chinese(name: str) -> None:
    page = DOCS / "zh" / name
    link = f"[English]({lead_to(DOCS / name, page)})"
    assert link in page.read_text("utf-8"), "the page does not lead to its twin"
    text = plain(page)
    prose = [one for one in text.split("\n") if len(_HAN.findall(one)) > 5]
    assert prose
    english = re.findall(r"(?:[A-Za-z]+[ ,.]+){5,}", text)
    assert english == [], f"docs/zh/{name} is not in Chinese here"
