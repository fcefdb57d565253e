"""Everything that is printed follows the language: help of all commands, errors, severities."""

import inspect
import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from perfrules.cli.chinese_help import CHINESE
from perfrules.cli.main import COMMANDS, main
from perfrules.cli.spoken_help import translated

PARENT = click.Context(main, info_name="perfrules")
CHINESE_LETTER = re.compile("[\u4e00-\u9fff]")
ENGLISH_WORDS = re.compile(r"\b(?:the|and|a|of|is|are|error|Usage|Options|Commands)\b")


def command_of(name: str) -> click.Command:
    found = main.get_command(PARENT, name) if name else main
    assert found is not None
    return found


def texts() -> Iterator[tuple[str, str]]:
    """Each paragraph of help, each option's line and each command's line, with where it stands."""
    yield from (("commands", line) for line in COMMANDS.values())
    for name in ("", *COMMANDS):
        command = command_of(name)
        for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(command.help or "")):
            yield name, paragraph
        for option in command.get_params(click.Context(command, parent=PARENT)):
            if isinstance(option, click.Option):
                yield f"{name} {option.opts[-1]}", option.help or ""


def test_all_help_is_in_both_languages_and_no_translation_is_left_over() -> None:
    found = list(texts())
    assert len(found) > 60
    assert [(where, text) for where, text in found if not translated(text)] == []
    used = {translated(text) for _, text in found}
    kept = {re.sub(r"\s+\[[^\]]*\]$", "", one or "") for one in used}
    assert [key for key, chinese in CHINESE.items() if chinese not in kept] == []
    assert all(CHINESE_LETTER.search(one) for one in CHINESE.values())


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_in_the_language_that_is_asked_for(name: str) -> None:
    words = [name] if name else []
    chinese = CliRunner().invoke(main, [*words, "--help", "--lang", "zh"])
    assert chinese.exit_code == 0
    assert chinese.output.startswith("用法：")
    assert ENGLISH_WORDS.search(chinese.output) is None
    english = CliRunner().invoke(main, [*words, "--help"], env={"PERFRULES_LANG": "en"})
    assert english.output.startswith("Usage: ")
    assert CHINESE_LETTER.search(english.output) is None
    by_variable = CliRunner().invoke(main, [*words, "--help"], env={"PERFRULES_LANG": "zh"})
    assert by_variable.output == chinese.output


WRONG = {
    "chek": "错误：没有命令 chek，是否想写 check？",
    "check --fox": "错误：没有选项 --fox，是否想写 --fix",
    "check --format xml": "错误：--format 的值有误：没有 xml 这个选择，可选：text、json、github",
    "explain": "错误：缺少参数 RESULTS",
    "evaluate a b": "错误：多出的参数：b",
    "test -k": "错误：选项 -k 后面要有一个值",
    "track . --on tomorrow": "错误：--on 的值有误",
    "test nowhere": "错误：找不到 nowhere",
}


@pytest.mark.parametrize("line", WRONG)
def test_usage_errors_are_in_chinese(line: str) -> None:
    done = CliRunner().invoke(main, [*line.split(), "--lang", "zh"] if line != "test -k" else
        ["--lang", "zh", *line.split()])  # fmt: skip
    assert done.exit_code in (1, 2)
    assert WRONG[line] in done.stderr
    assert ENGLISH_WORDS.search(done.stderr) is None
    english = CliRunner().invoke(main, line.split(), env={"PERFRULES_LANG": "en"})
    assert CHINESE_LETTER.search(english.stderr) is None
    assert english.exit_code == done.exit_code


HELP = {
    "unknown-key": ("错误：未知的键", "error: unknown key"),
    "weight": ("在所属板块内的权重", "weight"),
    "expressions": ("# 表达式\n\n条件、公式", "# Expressions\n\nConditions"),
    "together": ("几种维度", "several of these dimensions"),
    "check": ("检查 PATHS 中的考核方案", "Check policies"),
    "[too-deep]": ("嵌套超过", "levels stand inside each other"),
    "权重": ("在所属板块内的权重", "weight"),
}


@pytest.mark.parametrize("word", HELP)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_prints_a_page(word: str, language: str) -> None:
    done = CliRunner().invoke(main, ["--lang", language, "help", word])
    assert done.exit_code == 0
    assert HELP[word][language == "en"] in done.output


def test_help_on_an_unknown_word_names_the_nearest() -> None:
    done = CliRunner().invoke(main, ["--lang", "zh", "help", "unknwon-key"])
    assert done.exit_code == 2
    assert (
        "错误：没有关于 `unknwon-key` 的说明，是否想写 `unknown-key`？ [no-such-page]"
        in done.stderr
    )
