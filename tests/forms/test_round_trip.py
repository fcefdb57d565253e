"""Forms of a whole cycle sent out, filled in as people would, collected and evaluated: the same
figures as from the tables typed directly."""

import csv
import random
import shutil
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from made_cycle import (
    copy_forms,
    fill_in,
    of_person,
    raters_of,
    rating,
    run,
    send,
    typed_directly,
    write_cycle,
)

OFFICE = shutil.which("soffice") or ""
COUNT = 40


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Path], dict[str, Path]]:
    """A cycle without figures, and its forms, filled in."""
    folder = tmp_path_factory.mktemp("sent")
    cycle = write_cycle(folder / "cycle")
    persons = send(cycle, "person", folder / "persons")
    raters = send(cycle, "rater", folder / "raters")
    for number in range(1, COUNT + 1):
        fill_in(persons[f"E{number:03}"], of_person(number))
        for at, (rater, _) in enumerate(raters_of(number)):
            values = {(f"E{number:03}", "评分"): rating(number, at)}
            fill_in(raters[rater], values)
    return cycle, persons, raters


def saved_by_office(paths: Iterable[Path], folder: Path) -> None:
    """The forms as LibreOffice saves them, in the place of those that were sent back."""
    found = [*paths]
    if not OFFICE:
        pytest.skip("LibreOffice is not on this machine")
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [OFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(folder / "saved"), *map(str, found)],
        capture_output=True, timeout=240, check=True,
    )  # fmt: skip
    for path in found:
        saved = folder / "saved" / path.name
        assert saved.is_file()
        shutil.copy(saved, path)


def test_there_are_forms_for_everybody(
    sent: tuple[Path, dict[str, Path], dict[str, Path]],
) -> None:
    _, persons, raters = sent
    assert len(persons) == COUNT
    assert len(raters) == 3 * COUNT


def appraisals(cycle: Path, out: Path) -> str:
    done = run("evaluate", cycle, "--out", out)
    assert done.exit_code == 0, done.output
    return (out / "appraisals.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("by_office", [False, True], ids=["as typed", "saved by LibreOffice"])
def test_what_is_collected_is_what_would_have_been_typed(
    sent: tuple[Path, dict[str, Path], dict[str, Path]], tmp_path: Path, by_office: bool
) -> None:
    empty, persons, raters = sent
    cycle = Path(shutil.copytree(empty, tmp_path / "2025Q1"))
    back = tmp_path / "back"
    forms = [
        *copy_forms(persons, back / "本人").values(), *copy_forms(raters, back / "评分").values()
    ]  # fmt: skip
    if by_office:
        saved_by_office([*forms[:5], *forms[COUNT : COUNT + 7]], tmp_path)
    # Files come back under other names, and in no order.
    random.Random(7).shuffle(forms)
    for number, path in enumerate(forms):
        path.rename(path.with_name(f"表{number} (最终版).xlsx"))
    started = time.monotonic()
    done = run("collect", back, cycle)
    assert done.exit_code == 0, done.output
    assert time.monotonic() - started < 60
    assert "still to come: 0; empty: 0" in done.output
    typed = typed_directly(tmp_path / "typed" / "2025Q1")
    assert appraisals(cycle, tmp_path / "one") == appraisals(typed, tmp_path / "two")

    # What was said in words is there too, and is no formula.
    with (cycle / "comments.csv").open(encoding="utf-8-sig", newline="") as file:
        said = [(row["工号"], row["评语"]) for row in csv.DictReader(file)]
    assert ("E002", " =超额完成（2）") in said, "a spreadsheet does not work it out"
    assert ("E040", "本季度完成较好，\n下季度继续努力") in said
    assert len(said) == 2 * COUNT

    # Collecting again changes nothing.
    before = {path.name: path.read_bytes() for path in cycle.glob("*.csv")}
    again = run("collect", back, cycle)
    assert again.exit_code == 0, again.output
    assert "The tables have all of it already" in again.output
    assert {path.name: path.read_bytes() for path in cycle.glob("*.csv")} == before
