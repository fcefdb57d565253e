"""The first quarter, done by its page in either language, prints what the page shows."""

import os
import re
from pathlib import Path

import pytest
from doc_page import ROOT
from tutorial import PAGES, play, shown

PICTURES = ROOT / "docs" / "pictures"

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
pytest.importorskip("docx")


@pytest.mark.parametrize("language", PAGES)
def test_the_page_shows_what_its_commands_print(language: str, tmp_path: Path) -> None:
    done = list(play(language, tmp_path))
    if os.environ.get("PERFRULES_WRITE_PAGES"):
        text = PAGES[language].read_text("utf-8")
        for said in reversed(done):
            if "…\n" not in said.shown:
                text = text[: said.at] + said.printed + text[said.at + len(said.shown) :]
        PAGES[language].write_text(text, "utf-8")
        return
    for said in done:
        assert shown(said), f"$ {said.command}\n{said.printed}"
    called = {said.command.split()[1] for said in done}
    assert {"init", "check", "sheet", "evaluate", "explain", "outliers", "feedback"} <= called
    assert {"paper", "verify"} <= called


@pytest.mark.parametrize("language", PAGES)
def test_what_is_kept_and_signed_is_there_at_the_end(language: str, tmp_path: Path) -> None:
    for _ in play(language, tmp_path):
        pass
    statements = list(tmp_path.glob("*/results/*-feedback/*.docx"))
    assert len(statements) == 4
    assert list(tmp_path.glob("*/results/*-papers/payout-*.docx"))


def test_both_pages_do_the_same() -> None:
    commands = [
        re.findall(r"^\$ (.*)$", PAGES[language].read_text("utf-8"), re.M) for language in PAGES
    ]
    assert commands[0] == commands[1]
    assert len(commands[0]) > 15


@pytest.mark.parametrize("language", PAGES)
def test_the_pictures_are_there_and_light(language: str) -> None:
    named = re.findall(r"!\[[^\]\n]+\]\(([^)\s]+\.png)\)", PAGES[language].read_text("utf-8"))
    assert len(named) >= 3
    for name in named:
        picture = (PAGES[language].parent / name).resolve()
        assert picture.parent == PICTURES
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size < 150_000, name


def test_no_picture_is_left_over_and_all_are_below_a_megabyte() -> None:
    """The pages are shipped with the package, and the pictures with them."""
    text = "".join(page.read_text("utf-8") for page in PAGES.values())
    files = list(PICTURES.iterdir())
    assert [one.name for one in files if one.name not in text] == []
    assert sum(one.stat().st_size for one in files) < 1_000_000
