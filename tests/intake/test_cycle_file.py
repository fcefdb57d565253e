"""cycle.yaml: what it says, and what it may not say."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from cycle_folder import (
    CYCLE,
    write,
)

from perfrules.intake.cycle_file import read_cycle_file


def cycle_codes(folder: Path, text: str) -> set[str]:
    write(folder)
    (folder / "cycle.yaml").write_text(text, "utf-8")
    cycle_file, findings = read_cycle_file(folder / "cycle.yaml")
    assert (cycle_file is None) == bool(findings.errors)
    assert all(one.message("zh") and one.message("en") for one in findings)
    return {one.code for one in findings}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CYCLE.replace("to: 2024-09-30", "to: 2024-06-30"), "dates-reversed"),
        (CYCLE.replace("2024-09-30", "2024-09-31"), "no-such-day"),
        (CYCLE.replace("policies: policies", "policies: nowhere"), "missing-folder"),
        (CYCLE + "data: nothing.xlsx\n", "file-not-found"),
        (CYCLE + "data: ../data.xlsx\n", "bad-data-file"),
        (CYCLE + "data: data.csv\n", "bad-data-file"),
        (CYCLE + "colour: red\n", "unknown-key"),
        ("id: x\n", "missing-key"),
    ],
)
def test_cycle_files_that_cannot_be_used(tmp_path: Path, text: str, code: str) -> None:
    assert code in cycle_codes(tmp_path, text)


def test_a_data_file_that_leads_outside(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.json").write_text(json.dumps({"people": []}))
    (inside / "data.json").symlink_to(tmp_path / "secret.json")
    assert cycle_codes(inside, CYCLE + "data: data.json\n") == {"data-outside"}


def test_what_a_cycle_file_says(tmp_path: Path) -> None:
    facts = 'facts: {team_fund: 50000, share: 5%, city: 上海, code: "007"}\n'
    more = facts + "missing_markers: [x, 未报]\n"
    write(tmp_path, more=more)
    cycle_file, _ = read_cycle_file(tmp_path / "cycle.yaml")
    assert cycle_file is not None
    cycle = cycle_file.cycle
    assert (cycle.id, cycle.days, cycle.kind) == ("2024Q3", 92, "quarter")
    assert {name: datum.value for name, datum in cycle.facts.items()} == {
        "team_fund": Decimal(50000), "share": Decimal("0.05"), "city": "上海", "code": "007",
    }  # fmt: skip
    assert cycle.facts["team_fund"].origin.place.startswith("cycle.yaml:6:")
    assert cycle_file.missing_markers == {"x", "未报"}
    assert cycle_file.policies == tmp_path / "policies"
    assert cycle_file.data is None
