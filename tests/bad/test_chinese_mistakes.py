"""Mistakes of a Chinese reader in a policy: one finding each, at its place, with its mend."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules.diagnostics import Diagnostic, Span
from perfrules.workbench.check import check_paths
from perfrules.workbench.mending import mended, save

DATA: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "chinese_mistakes.yaml").read_text("utf-8")
)
SOUND: str = DATA["policy"]
ROWS: list[dict[str, Any]] = DATA["mistakes"]


def errors_in(path: Path) -> tuple[Diagnostic, ...]:
    return check_paths([path], lint=False).findings.errors


def with_mistake(row: dict[str, Any]) -> str:
    assert SOUND.count(row["write"]) >= 1, row
    return SOUND.replace(row["write"], row["instead"], 1)


def place_of(text: str, word: str) -> tuple[int, int]:
    before = text[: text.index(word)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_the_policy_without_mistakes_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "sales.yaml"
    path.write_text(SOUND, "utf-8")
    assert errors_in(path) == ()
    assert mended([path]) == []
    assert len(ROWS) >= 50
    assert len({row["what"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["what"]))
def test_it_is_one_finding_that_names_the_place_and_the_mend(
    row: dict[str, Any], tmp_path: Path
) -> None:
    text = with_mistake(row)
    path = tmp_path / "sales.yaml"
    path.write_text(text, "utf-8")
    found = errors_in(path)
    (first, *others) = found
    assert first.code == row["code"], [one.message("zh") for one in found]
    assert isinstance(first.place, Span)
    assert (first.place.line, first.place.column) == place_of(text, row["at"])
    assert row["says"] in f"{first.message('zh')} {first.help('zh')}"
    assert others == [], [one.message("zh") for one in others]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["what"]))
def test_what_is_certain_is_written_and_nothing_else(row: dict[str, Any], tmp_path: Path) -> None:
    text = with_mistake(row).replace("\n", "\r\n")  # as an editor of Windows keeps it
    path = tmp_path / "sales.yaml"
    path.write_bytes(text.encode("utf-8-sig"))
    files = mended([path])
    assert path.read_bytes() == text.encode("utf-8-sig"), "looking changes nothing"
    if "mended" not in row:
        assert files == []
        return
    for file in files:
        save(file)
    right = row["write"] if row["mended"] is True else row["mended"]
    wanted = SOUND.replace(row["write"], right, 1).replace("\n", "\r\n")
    blanks = str.maketrans("", "", " \"'")  # `：60%` gets its blank behind the colon
    now = path.read_bytes().decode("utf-8-sig")
    assert now.translate(blanks) == wanted.translate(blanks)
    assert now.count("\r\n") == now.count("\n")
    assert errors_in(path) == ()
