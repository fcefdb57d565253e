"""`verify --odd`: what passes and looks wrong, with its place."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfrules.cli.main import main

POLICY = """\
policy: sales
indicators:
  amount: {weight: 50%, target: required,
    score: {bands: [{at_least: 90%, score: 100}, {otherwise: 0}]}}
  care: {weight: 50%, score: {direct: {min: 0, max: 100}}}
"""
CYCLE = "id: 2024Q3\nfrom: 2024-07-01\nto: 2024-09-30\npolicies: policies\n"
PEOPLE = [f"E{number}" for number in range(1, 7)]
SOUND = {
    person: (str(90 + 3 * number), str(100 + number), "CRM", str(70 + number))
    for number, person in enumerate(PEOPLE)
}
"""Actual, target, source of `amount`; the actual of `care`."""


def odd(folder: Path, lang: str = "en", **changed: tuple[str, ...]) -> Result:
    (folder / "policies").mkdir(parents=True, exist_ok=True)
    (folder / "policies/sales.yaml").write_text(POLICY, "utf-8")
    (folder / "cycle.yaml").write_text(CYCLE, "utf-8")
    people = "".join(f"{person},sales\n" for person in PEOPLE)
    (folder / "people.csv").write_text(f"person_id,role\n{people}", "utf-8")
    rows = "person_id,indicator,actual,target,source\n"
    for person in PEOPLE:
        actual, target, source, care = changed.get(person, SOUND[person])
        rows += f"{person},amount,{actual},{target},{source}\n{person},care,{care},,主管评分\n"
    (folder / "actuals.csv").write_text(rows, "utf-8")
    out = folder.parent / "out"
    runner = CliRunner(env={"PERFRULES_LANG": lang})
    assert runner.invoke(main, ["evaluate", str(folder), "--out", str(out)]).exit_code == 0
    return runner.invoke(main, ["verify", str(out), "--odd"])


def test_sound_figures_are_not_listed(tmp_path: Path) -> None:
    found = odd(tmp_path / "2024Q3")
    assert (found.exit_code, "inputs that look wrong: 0" in found.output) == (0, True)


@pytest.mark.parametrize(
    ("changed", "place", "said"),
    [
        ({"E2": ("1010", "101", "CRM", "71")}, "actuals.csv:4",
         "the attainment of `amount` of `E2` is 1000%"),
        ({"E2": ("1009.9", "101", "CRM", "71")}, "", ""),
        ({"E2": ("9300", "101", "CRM", "71")}, "actuals.csv:4",
         "the actual 9300 of `amount` of `E2` is 92 times the target"),
        ({"E2": ("0.93", "101", "CRM", "71")}, "actuals.csv:4",
         "the actual 0.93 of `amount` of `E2` is 108 times smaller than the target"),
        ({"E2": ("0", "101", "CRM", "71")}, "", ""),
        ({"E3": ("96", "102", "CRM", "0.7")}, "actuals.csv:7",
         "the actual 0.7 of `care` of `E3` is 102 times smaller than the median"),
        ({one: (*SOUND[one][:3], "88") for one in PEOPLE[:5]}, "actuals.csv:3",
         "5 of the 6 actuals of `care` are 88 (E1, E2, E3, E4, E5)"),
        ({one: (*SOUND[one][:3], "88") for one in PEOPLE[:4]}, "", ""),
        ({one: (*SOUND[one][:3], "0") for one in PEOPLE}, "", ""),
        ({one: (SOUND[one][1], *SOUND[one][1:]) for one in PEOPLE}, "actuals.csv:2",
         "6 of the 6 actuals of `amount` equal their targets"),
        ({"E4": (*SOUND["E4"][:2], "", "73")}, "actuals.csv:8",
         "1 of the 6 actuals of `amount` name no source (E4)"),
    ],
)  # fmt: skip
def test_what_looks_wrong_is_listed_once_with_its_place(
    tmp_path: Path, changed: dict[str, tuple[str, ...]], place: str, said: str
) -> None:
    found = odd(tmp_path / "2024Q3", **changed)
    assert found.exit_code == (1 if said else 0), found.output
    listed = [line for line in found.output.splitlines() if "[odd-" in line]
    assert len(listed) == (1 if said else 0), listed
    assert f"inputs that look wrong: {len(listed)}" in found.output
    for line in listed:
        assert line.startswith(f"{place}: warning: ")
        assert said in line


def test_it_is_said_in_chinese(tmp_path: Path) -> None:
    found = odd(tmp_path / "2024Q3", "zh", E2=("1010000", "101", "", "71"))
    assert found.exit_code == 1
    assert "`E2` 的指标 `amount` 实际值 1010000 是目标值的 10000 倍 [odd-scale]" in found.output
    assert "6 个实际值中有 1 个没有写数据来源（E2） [odd-source]" in found.output
    assert "看起来不对的输入：2 处" in found.output


def test_a_folder_that_is_not_right_is_not_looked_at_for_oddities(tmp_path: Path) -> None:
    odd(tmp_path / "2024Q3", E2=("1010", "101", "CRM", "71"))
    table = tmp_path / "out/appraisals.csv"
    table.write_bytes(table.read_bytes() + b"x")
    found = CliRunner().invoke(main, ["verify", str(tmp_path / "out"), "--odd"])
    assert (found.exit_code, "[odd-" in found.output) == (6, False)
