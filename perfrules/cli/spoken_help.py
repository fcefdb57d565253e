"""Help and usage errors in the reader's language.

Commands are written in English, and click lays their help out; where the language is Chinese
each paragraph and each line goes through `CHINESE`. The layout is our own there, since Chinese
letters take two columns.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, Final, cast

import click

from perfrules.cli.chinese_help import CHINESE, METAVARS
from perfrules.codes.code import Language, Text
from perfrules.diagnostics import closest
from perfrules.layout.terminal import padded, width, wrapped

__all__ = ["Context", "Failed", "language_in", "spoken_errors", "translated"]

_NARROW: Final = 78
_GAP: Final = 2
_EXTRA: Final = re.compile(r"\s+\[([^\]]*)\]$")
_EXTRAS: Final = {"default: ": "默认：", "env: ": "环境变量：", "env var: ": "环境变量："}
_MESSAGES: Final[tuple[tuple[str, str], ...]] = (
    (r"No such command '?(?P<a>.*?)'?\.?", "没有命令 {a}"),
    (r"Missing command\.", "请写明要运行的命令"),
    (r"Got unexpected extra arguments? \((?P<a>.*)\)", "多出的参数：{a}"),
    (r"Option '?(?P<a>.*?)'? requires an argument\.", "选项 {a} 后面要有一个值"),
    (r"Option '?(?P<a>.*?)'? requires (?P<b>\d+) arguments\.", "选项 {a} 后面要有 {b} 个值"),
    (r"Option '?(?P<a>.*?)'? does not take a value\.", "选项 {a} 后面不能有值"),
    (r"'(?P<a>.*)' is not one of (?P<b>.*)\.", "没有 {a} 这个选择，可选：{b}"),
    (r"\w+ '(?P<a>.*)' does not exist\.", "找不到 {a}"),
    (r"\w+ '(?P<a>.*)' is a directory\.", "{a} 是文件夹，这里需要文件"),
    (r"\w+ '(?P<a>.*)' is a file\.", "{a} 是文件，这里需要文件夹"),
)
"""Sentences of click, which says the same in classes and in words, and ours."""


def translated(text: str) -> str | None:
    """A paragraph or a line of help in Chinese; None where it has not been translated."""
    words = " ".join(text.split())
    extra = _EXTRA.search(words)
    plain = words[: extra.start()] if extra else words
    if plain not in CHINESE:
        return None
    return CHINESE[plain] + (f"  [{_extra(extra[1])}]" if extra else "")


def _extra(words: str) -> str:
    """`default: team; required`."""
    for english, chinese in _EXTRAS.items():
        words = words.replace(english, chinese)
    return (
        words.replace("required", "必填").replace("today", "今天").replace("all cores", "全部核心")
    )


class _Formatter(click.HelpFormatter):
    """click's own for English; the same parts in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        shown = args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]...")
        self.write(f"用法：{prog} {shown}\n")

    def write_heading(self, heading: str) -> None:
        shown = {"Options": "选项", "Commands": "命令"}.get(heading, heading)
        self.write(f"{' ' * self.current_indent}{shown}：\n")

    def write_text(self, text: str) -> None:
        paragraphs = re.split(r"\n\s*\n", text.strip())
        blocks = [wrapped(translated(one) or one, self._room) for one in paragraphs]
        indent = " " * self.current_indent
        self.write(
            "\n\n".join("\n".join(indent + line for line in lines) for lines in blocks) + "\n"
        )

    def write_dl(self, rows: Iterable[tuple[str, str]], *_: Any, **__: Any) -> None:
        shown = [(_named(name), translated(text) or text) for name, text in rows]
        first = max(width(name) for name, _ in shown) + _GAP
        indent = " " * self.current_indent
        for name, text in shown:
            lines = wrapped(text, max(self._room - first, 20))
            self.write(f"{indent}{padded(name, first)}{lines[0]}\n")
            for line in lines[1:]:
                self.write(f"{indent}{' ' * first}{line}\n")

    @property
    def _room(self) -> int:
        return min(self.width, _NARROW) - self.current_indent


def _named(names: str) -> str:
    """`-k, --only TEXT`."""
    for english, chinese in METAVARS.items():
        names = re.sub(rf"(?<=\s){re.escape(english)}$", chinese, names)
    return names


class Context(click.Context):
    """A context that lays help out in the language that it was made with."""

    def make_formatter(self) -> click.HelpFormatter:
        if self.find_root().obj != "zh":
            return super().make_formatter()
        return _Formatter(width=self.terminal_width, max_width=self.max_content_width)


class Failed(click.ClickException):
    """Why a command cannot go on, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class _Spoken(click.ClickException):
    """An error of click's, or one of ours, which shows itself in Chinese."""

    def __init__(self, error: click.ClickException, commands: Sequence[str]) -> None:
        super().__init__(_in_chinese(error, commands))
        self.exit_code = error.exit_code  # type: ignore[misc]  # click declares it of the class
        self.ctx = getattr(error, "ctx", None)

    def show(self, file: IO[Any] | None = None) -> None:
        if self.ctx is not None:
            click.echo(self.ctx.get_usage(), file=file, err=file is None)
            click.echo(f"查看帮助：{self.ctx.command_path} --help\n", file=file, err=file is None)
        click.echo(f"错误：{self.message}", file=file, err=file is None)


@contextmanager
def spoken_errors(language: Language, commands: Sequence[str]) -> Iterator[None]:
    """Inside, what goes wrong is said in the language."""
    try:
        yield
    except _Spoken:
        raise
    except click.ClickException as error:
        if language == "en":
            raise
        raise _Spoken(error, commands) from error


def _in_chinese(error: click.ClickException, commands: Sequence[str]) -> str:
    match error:
        case Failed(text=text):
            return text.zh
        case click.NoSuchOption(option_name=name, possibilities=near):
            meant = f"，是否想写 {'、'.join(near)}？" if near else ""
            return f"没有选项 {name}{meant}"
        case click.MissingParameter(param=param):
            kind = "选项" if isinstance(param, click.Option) else "参数"
            name = param.opts[-1] if isinstance(param, click.Option) else _name_of(param)
            return f"缺少{kind} {name}"
        case click.BadParameter(param=param):
            name = param.opts[-1] if isinstance(param, click.Option) else _name_of(param)
            return f"{name} 的值有误：{_sentence(error.message, commands)}"
    return _sentence(error.message, commands)


def _name_of(param: click.Parameter | None) -> str:
    return (param.metavar or str(param.name).upper()) if param else ""


def _sentence(message: str, commands: Sequence[str]) -> str:
    for pattern, chinese in _MESSAGES:
        if found := re.fullmatch(pattern + r"(?: Did you mean .*)?", message, re.S):
            facts = {
                name: (fact or "").replace("', '", "、").strip("'")
                for name, fact in found.groupdict().items()
            }
            said = chinese.format(**facts)
            near = closest(facts["a"], commands) if "命令 " in said else None
            return said + (f"，是否想写 {near}？" if near else "")
    return message


def language_in(arguments: Sequence[str], spoken: Language) -> Language:
    """The language that a command line asks for, wherever `--lang` stands in it."""
    words = iter(arguments)
    for word in words:
        name, equals, value = word.partition("=")
        if name == "--lang":
            asked = (value if equals else next(words, "")).lower()[:2]
            if asked in ("zh", "en"):
                spoken = cast(Language, asked)
    return spoken
