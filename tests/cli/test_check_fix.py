"""`check --fix` and `--diff`, and that one mistake is said first and once."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from perfrules.cli.main import main
from perfrules.workbench.check import check_paths

POLICY = """\
policy: sales  # 销售
indicators:
  visits: {title: 拜访量, 权重: 100%, score: {direct: {最低: 0, 最高: 100}}}
grades: [{grade: A, at_least: 80}, {otherwise: B}]
incentives:
  bonus: {base: person.bonus_base, only_if: "grade >= A 且 拜访量得分 ＞＝ 60"}
"""
FIXED = """\
policy: sales  # 销售
indicators:
  visits: {title: 拜访量, weight: 100%, score: {direct: {min: 0, max: 100}}}
grades: [{grade: A, at_least: 80}, {otherwise: B}]
incentives:
  bonus: {base: person.bonus_base, only_if: "grade == 'A' and visits.score >= 60"}
"""


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["--lang", "zh", "check", "--no-lint", *words])
    return done.exit_code, done.stdout, done.stderr


def codes(path: Path) -> list[str]:
    return [one.code for one in check_paths([path], lint=False).findings.errors]


def test_fix_writes_and_says_each_place(tmp_path: Path) -> None:
    path = tmp_path / "sales.yaml"
    path.write_text(POLICY, "utf-8")
    code, _, said = run("--fix", str(path))
    assert path.read_text("utf-8") == FIXED
    assert code == 0
    assert f"{path}:3:24: 权重 → weight" in said
    assert "grade >= A → grade == 'A'" in said
    assert "改正了 7 处，涉及 1 个文件" in said
    assert sorted(one.name for one in tmp_path.iterdir()) == ["sales.yaml"]
    assert run("--fix", str(path))[2].startswith("没有可以自动改正的内容")
    assert path.read_text("utf-8") == FIXED


def test_diff_shows_the_same_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "sales.yaml"
    path.write_text(POLICY, "utf-8")
    code, shown, _ = run("--diff", str(path))
    assert code == 0
    assert path.read_text("utf-8") == POLICY
    new = [line[1:] for line in shown.splitlines() if line[:1] in ("+", " ") and line[:3] != "+++"]
    assert [line for line in new if "visits:" in line] == FIXED.splitlines()[2:3]


def test_a_file_that_was_not_asked_for_is_left_alone(tmp_path: Path) -> None:
    base, child = tmp_path / "base.yaml", tmp_path / "sales.yaml"
    base.write_text("考核周期: 季度\n", "utf-8")
    child.write_text(f"extends: base.yaml\n{FIXED}", "utf-8")
    assert run("--fix", str(child))[0] == 3
    assert base.read_text("utf-8") == "考核周期: 季度\n"
    run("--fix", str(tmp_path))
    assert base.read_text("utf-8") == "cycle: quarter\n"


def test_a_file_in_another_encoding_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "sales.yaml"
    path.write_bytes(POLICY.encode("gb18030"))
    run("--fix", str(path))
    assert path.read_bytes() == POLICY.encode("gb18030")


INDICATOR = "score: {direct: {min: 0, max: 100}}"
FIRST = {
    "a section named by another word": (
        "policy: p\nsections: {a: {weight: 60%}, b: {weight: 40%}}\nindicators:\n"
        f"  x: {{section: a, weight: 60%, {INDICATOR}}}\n"
        f"  y: {{section: 过程, weight: 40%, {INDICATOR}}}\n",
        ["unknown-section"],
    ),
    "a name that is unknown in three places": (
        f"policy: p\nindicators: {{x: {{weight: 100%, {INDICATOR}}}}}\nincentives:\n"
        "  i: {base: 月销售, only_if: 月销售 > 3, times: [月销售]}\n",
        ["unknown-name"],
    ),
    "grades by a word of their own": (
        f"policy: p\nindicators: {{x: {{weight: 100%, {INDICATOR}}}}}\n"
        "grades: [{grade: S, at_least: 90}, {otherwise: A}]\n"
        "incentives: {i: {base: '1', by_grade: {优: 100%, A: 50%}}}\n",
        ["unknown-grade"],
    ),
    "rates by grade without grades": (
        f"policy: p\nindicators: {{x: {{weight: 100%, {INDICATOR}}}}}\n"
        "incentives: {i: {base: '1', by_grade: {S: 100%, A: 50%, B: 0%}}}\n",
        ["no-grades"],
    ),
    "a key below a key": (
        f"policy: p\n指标: {{x: {{权重: 100%, {INDICATOR}}}}}\n",
        ["unknown-key", "unknown-key"],
    ),
}


@pytest.mark.parametrize("what", FIRST)
def test_what_follows_from_a_mistake_is_not_said_beside_it(what: str, tmp_path: Path) -> None:
    text, wanted = FIRST[what]
    path = tmp_path / "p.yaml"
    path.write_text(text, "utf-8")
    assert codes(path) == wanted


BROKEN = ["rounding: {total: {places: 20}}\n", "grades：[]\n", "周期x: 1\n"]


@pytest.mark.parametrize("wrong", BROKEN)
def test_a_broken_base_is_said_once_however_many_extend_it(wrong: str, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(wrong, "utf-8")
    for name in "abc":
        child = f"extends: base.yaml\npolicy: {name}\n"
        child += f"indicators: {{x: {{weight: 100%, {INDICATOR}}}}}\n"
        (tmp_path / f"{name}.yaml").write_text(child, "utf-8")
    assert len(codes(tmp_path)) == 1
