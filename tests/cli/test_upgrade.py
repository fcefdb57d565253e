"""`perfrules upgrade`: old policies are rewritten where they would mean something else."""

from pathlib import Path

from click.testing import CliRunner

from perfrules.cli.main import main
from perfrules.workbench.check import check_paths

OLD = """\
policy: a   # 销售
indicators:
  aht:
    weight: 0.4        # forty
    direction: lower_is_better
    score:
      on: actual
      bands:
        - {at_least: 8, score: 0}      # too long
        - {above: 6, score: 60}
        - {at_least: 5, score: 80}
        - {otherwise: 100}             # fine
  returns:
    weight: 0.6
    unit: "%"
    direction: lower_is_better
    score: {on: actual, bands: [{at_least: 0.05, score: 0}, {otherwise: 100}]}
incentives:
  bonus: {base: '10', tiers: {by: total, whole: [{at_least: 90, pay: 1.2}, {otherwise: 0.8}]}}
  fine: {base: '100', tiers: {by: aht.actual, whole: [{at_least: 8, pay: 0%}, {otherwise: 1}]}}
"""
NEW = """\
policy: a   # 销售
indicators:
  aht:
    weight: 40%        # forty
    direction: lower_is_better
    score:
      on: actual
      bands:
        - {below: 5, score: 100}      # too long
        - {at_most: 6, score: 80}
        - {below: 8, score: 60}
        - {otherwise: 0}             # fine
  returns:
    weight: 60%
    unit: "%"
    direction: lower_is_better
    score: {on: actual, bands: [{below: 5%, score: 100}, {otherwise: 0}]}
incentives:
  bonus: {base: '10', tiers: {by: total, whole: [{at_least: 90, pay: 120%}, {otherwise: 80%}]}}
  fine: {base: '100', tiers: {by: aht.actual, whole: [{below: 8, pay: 100%}, {otherwise: 0%}]}}
"""
TABLE = "score: {on: actual, bands: [{below: 5%, score: 100}, {otherwise: 0}]}"
SLOPES = "score: {on: actual, bands: [{at_least: 5%, score: [0, 20], up_to: 9%}, {otherwise: 100}]}"
ROUNDED = "rounding: {attainment: {places: 4}}\n"


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["--lang", "en", "upgrade", *words])
    return done.exit_code, done.stdout, done.stderr


def test_shares_get_their_sign_and_tables_are_turned_round(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(OLD.replace("\n", "\r\n").encode())
    code, _, said = run(str(path))
    assert path.read_bytes().decode() == NEW.replace("\n", "\r\n")
    assert code == 0
    assert f"{path}:4:13: 0.4 → 40%" in said
    assert f"{path}:9:12: at_least → below" in said
    assert not check_paths([path], lint=False).findings.errors
    again = run(str(path))
    assert again[0] == 0
    assert "rewritten: 0; files: 0; left to people: 0" in again[2]


def test_diff_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(OLD, "utf-8")
    code, shown, _ = run("--diff", str(path))
    assert code == 0
    assert path.read_text("utf-8") == OLD
    added = [line[1:] for line in shown.splitlines() if line.startswith("+ ")]
    assert added == [line for line in NEW.splitlines() if line not in OLD.splitlines()]


def test_what_could_be_two_things_is_left_with_both_readings(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(NEW.replace("pay: 120%", "pay: 120"), "utf-8")
    before = path.read_bytes()
    code, _, said = run(str(path))
    assert code == 1
    assert path.read_bytes() == before
    assert "`120` could mean 120% or 12000%" in said


def test_a_table_with_slopes_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    old = NEW.replace(TABLE, SLOPES)
    path.write_text(old, "utf-8")
    code, _, said = run(str(path))
    assert code == 1
    assert path.read_text("utf-8") == old
    assert "it has slopes, to be written anew" in said


def test_attainments_that_keep_more_places_are_named(tmp_path: Path) -> None:
    policy = "policy: a\nindicators: {v: {weight: 100%, score: {formula: 100 * attainment}}}\n"
    (tmp_path / "a.yaml").write_text(policy, "utf-8")
    code, _, said = run(str(tmp_path))
    assert code == 0
    assert "an attainment keeps ten places now" in said
    assert f"\n  {tmp_path / 'a.yaml'}\n" in said
    (tmp_path / "a.yaml").write_text(policy + ROUNDED, "utf-8")
    assert "ten places" not in run(str(tmp_path))[2]


def test_a_path_that_there_is_not(tmp_path: Path) -> None:
    code, _, said = run(str(tmp_path / "none"))
    assert code == 2
    assert "file-not-found" in said
