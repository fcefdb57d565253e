"""The first quarter, done by its page in either language, prints what the page shows."""

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from doc_page import ROOT
from tutorial import PAGES, Said, play, shown

from perfrules.cli.main import main

PICTURES = ROOT / "docs" / "pictures"

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
pytest.importorskip("docx")
pytest.importorskip("jinja2")


@pytest.fixture(scope="module", params=PAGES)
def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, list[Said]]:
    """The language of a page, the folder in which it was done, its commands."""
    folder = tmp_path_factory.mktemp("quarter")
    return request.param, folder, list(play(request.param, folder))


def test_the_page_shows_what_its_commands_print(played: tuple[str, Path, list[Said]]) -> None:
    language, _, done = played
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


def test_what_is_kept_and_signed_is_there_at_the_end(played: tuple[str, Path, list[Said]]) -> None:
    _, folder, _ = played
    results = folder / "sales-review" / "results"
    assert len(list(results.glob("2024Q3-papers/confirmation-*.docx"))) == 4
    assert len(list(results.glob("2024Q3-final-feedback/*.docx"))) == 4
    assert len(list(results.glob("2024Q3-final-papers/payout-*.docx"))) == 1


def test_the_confirmation_stays_what_was_signed(
    played: tuple[str, Path, list[Said]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the page tells of it, though the actuals came in since."""
    language, folder, _ = played
    monkeypatch.chdir(folder / "sales-review")
    done = CliRunner(env={"PERFRULES_LANG": language}).invoke(
        main, ["verify", "results/2024Q3-papers"]
    )
    assert done.exit_code == 0, done.output


def test_both_pages_do_the_same() -> None:
    commands = [
        re.findall(r"^\$ (.*)$", PAGES[language].read_text("utf-8"), re.M) for language in PAGES
    ]
    assert commands[0] == commands[1]
    assert len(commands[0]) > 15


@pytest.mark.parametrize("language", PAGES)
def test_figures_in_the_text_stand_in_a_table_or_on_the_screen(language: str) -> None:
    text = PAGES[language].read_text("utf-8")
    screens = r"^```.*?^```$|^\|[^\n]*\|$"
    on_screens = "\n".join(re.findall(screens, text, re.M | re.S))
    prose = re.sub(screens + r"|`[^`\n]+`|Python 3\.11|\]\([^)\s]*\)", "", text, flags=re.M | re.S)
    figures = re.findall(r"(?<![\dA-Za-z.])(?:\d+\.\d+|\d{3,})(?![\dA-Za-z])", prose)
    assert len(figures) > 12
    for one in figures:
        assert re.search(rf"(?<![\d.]){re.escape(one)}(?!\d)", on_screens), one


@pytest.mark.parametrize("language", PAGES)
def test_it_takes_an_hour(language: str) -> None:
    headings = re.findall(r"^## .*$", PAGES[language].read_text("utf-8"), re.M)
    minutes = [int(one) for head in headings for one in re.findall(r"(\d+) (?:分钟|min)", head)]
    assert (len(minutes), sum(minutes)) == (10, 60)


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
