"""Codes of writing feedback statements."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["FEEDBACK"]

FEEDBACK: Final[dict[str, Code]] = {
    "no-docx": Code(
        Text(
            "没有安装 python-docx，无法生成 Word 文件",
            "a Word file needs python-docx, which is not installed",
        ),
        Text(
            "请运行 pip install 'perfrules[docx]'，或改用 --format html",
            "`pip install 'perfrules[docx]'`, or take `--format html`",
        ),
    ),
    "feedback-in-results": Code(
        Text(
            "输出位置 `{path}` 在结果文件夹里面，而结果文件夹是封存的",
            "`{path}` is inside the result folder, which is sealed",
        ),
        Text("请换一个输出文件夹", "name a folder outside"),
    ),
    "statement-changed": Code(
        Text(
            "`{path}` 不是 perfrules 生成的，或生成后有人填写过，没有覆盖",
            "`{path}` was not written by perfrules, or was filled in since; it was left as it is",
        ),
        Text(
            "请把它移走，或换一个输出文件夹；确定不要时使用 --force",
            "move it away, or name another folder; with `--force` it is replaced",
        ),
    ),
}
