"""The help of all commands in Chinese, by its English paragraphs and lines."""

from typing import Final

__all__ = ["CHINESE", "METAVARS"]

METAVARS: Final[dict[str, str]] = {
    "[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]...", "TEXT": "文字", "PATH": "路径",
    "FILE": "文件", "DIRECTORY": "文件夹", "NUMBER": "数字", "DAY": "日期",
}  # fmt: skip

CHINESE: Final[dict[str, str]] = {}
