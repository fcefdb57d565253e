"""Links between the pages lead to files and headings that are there."""

import re
from functools import cache
from pathlib import Path

import pytest
from doc_page import ROOT

DOCS = sorted((ROOT / "docs").rglob("*.md"))
_LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```$", re.M | re.S)


def links(page: Path) -> list[str]:
    found = _LINK.findall(_FENCE.sub("", page.read_text("utf-8")))
    return [link for link in found if not link.startswith(("http://", "https://", "mailto:"))]


@cache
def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    text = _FENCE.sub("", page.read_text("utf-8"))
    words = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", word.lower()).strip().replace(" ", "-") for word in words}


@pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{link} leads nowhere"
        assert target.is_relative_to(ROOT), f"{link} leads out of the repository"
        if anchor:
            assert anchor in anchors(target), f"{link}: there is no such heading"


def test_there_are_links() -> None:
    assert len(DOCS) > 250
    assert sum(len(links(page)) for page in DOCS) > 500


@pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_no_machine(page: Path) -> None:
    text = page.read_text("utf-8")
    assert not re.search(r"/(?:tmp|work|root|home)/", text)
