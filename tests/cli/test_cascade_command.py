"""`perfrules cascade`: the tree in its three forms, and the exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfrules.cli.main import main


def run(*words: object, language: str = "en") -> Result:
    environment = {"PERFRULES_LANG": language, "NO_COLOR": "1"}
    result = CliRunner(env=environment).invoke(main, ["cascade", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_the_tree_shows_target_actual_attainment_and_share(folder: Path) -> None:
    done = run(folder)
    assert (done.exit_code, done.stderr) == (0, "")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["E1003", "示例员工03", "800,000", "799,920", "99.99%", "12.25%"] in [
        line[-6:] for line in lines
    ]
    assert "│  └─ 销售部" in done.stdout
    assert "2024-08-15  Seven tenths by mid-August  ≥ 98 家 (70%)" in done.stdout
    assert "percentages: 2 digits behind the point, half up" in done.stdout
    assert "means: 8 digits behind the point, half up" in done.stdout


def test_everything_is_said_in_chinese_too(folder: Path) -> None:
    done = run(folder, "--lang", "zh")
    for word in ("目标值", "达成率", "占上级", "无数据", "里程碑与行动", "负责人", "四舍五入"):
        assert word in done.stdout
    assert run(folder, language="zh").stdout == done.stdout


def test_a_part_without_a_figure_says_so_and_so_does_all_above_it(folder: Path) -> None:
    path = folder / "actuals.csv"
    text = path.read_text("utf-8").replace("E1009,channel_sales,1001412", "E1009,channel_sales,")
    path.write_text(text, "utf-8")
    done = run(folder)
    line = next(line for line in done.stdout.splitlines() if "渠道组" in line and "─" in line)
    assert "no data" in line and "so far 2,396,609; no data of E1009" in line
    assert done.stdout.count("no data of E1009") == 3  # the team, the department, the goal


def test_one_dimension_is_shown_and_goals_without_it_are_named(folder: Path) -> None:
    done = run(folder, "--by", "team")
    assert done.exit_code == 0
    assert "直销组" in done.stdout and "E1001" not in done.stdout
    assert done.stderr == "not broken down by team: conversion\n"
    assert run(folder, "--by", "customer").exit_code == 2


def test_json_has_exact_numbers_as_texts(folder: Path) -> None:
    done = run(folder, "--format", "json")
    node = json.loads(done.stdout)
    assert (node["format"], node["cycle"]) == ("perfrules-cascade/1", "2024Q3")
    sales = node["goals"][0]
    assert (sales["target"], sales["actual"], sales["met"]) == ("10530000", "9752248", False)
    assert sales["title"]["en"] == "Sales of 10.53 million CNY"
    assert sales["breakdowns"][1]["parts"][0]["share"] == "0.3333"
    assert sales["breakdowns"][1]["parts"][0]["without"] == ["华东"]
    assert node["goals"][1]["milestones"][0]["needed"] == "98"


def test_markdown_escapes_what_comes_from_the_file(folder: Path) -> None:
    path = folder / "targets.yaml"
    text = path.read_text("utf-8").replace("新签客户 140 家,", "新签|客户* 140 家,")
    path.write_text(text, "utf-8")
    done = run(folder, "--format", "markdown", "--lang", "zh")
    assert "| 新签\\|客户\\* 140 家 | 140 | 127 | 90.71% |  |" in done.stdout
    assert "| &emsp;&emsp;E1001 示例员工01 | 9 | 11 | 122.22% | 16.07% |" in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "code", "exit_code"),
    [("target: 140\n", "target: 150\n", "parts-do-not-add-up", 3),
     ("新签客户 140 家", "提升客户数", "vague-words", 1),
     ("E1001: {target: 1000000}", "E1001: {target: 1000001}", "target-conflict", 3),
     ("    priority: 1\n", "    prioriti: 1\n", "unknown-key", 3)],
)  # fmt: skip
def test_mistakes_and_advice_have_their_exit_codes(
    folder: Path, old: str, new: str, code: str, exit_code: int
) -> None:
    path = folder / "targets.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    done = run(folder)
    assert done.exit_code == exit_code
    assert f"[{code}]" in done.stderr
    assert bool(done.stdout) is (code != "unknown-key")


def test_a_folder_without_targets_or_without_a_cycle_is_no_use(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "targets.yaml").unlink()
    done = run(folder)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "[file-not-found]" in done.stderr and "targets.yaml" in done.stderr
    assert run(tmp_path / "nowhere").exit_code == 2


def test_the_file_itself_may_be_named(folder: Path) -> None:
    whole = run(folder).stdout
    assert run(folder / "targets.yaml").stdout == run(folder / "cycle.yaml").stdout == whole


def test_a_changed_target_is_the_one_that_counts_and_the_old_one_is_named(folder: Path) -> None:
    """That of E1012 went from 800 000 to 650 000 for two months of three; the next was refused."""
    for language, note in (
        ("zh", "目标已变更，原为 800,000"), ("en", "target changed, 800,000 before"),
    ):  # fmt: skip
        done = run(folder, "--lang", language)
        line = next(one for one in done.stdout.splitlines() if "E1012" in one and "─" in one)
        assert note in line and "700,000" in line
    parts = json.dumps(json.loads(run(folder, "--format", "json").stdout))
    assert '"target": "700000", "target_before": "800000"' in parts
