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
    "no-xlsxwriter": Code(
        Text(
            "没有安装 xlsxwriter，无法生成 Excel 文件",
            "a workbook needs xlsxwriter, which is not installed",
        ),
        Text(
            "请运行 pip install 'perfrules[xlsx]'，或改用 --format html",
            "`pip install 'perfrules[xlsx]'`, or take `--format html`",
        ),
    ),
    "nobody-meant": Code(
        Text(
            "`{text}` 不是这里的人员、团队或部门",
            "`{text}` is no person, team or department here",
        ),
        Text(
            "请写工号、姓名，或团队、部门的编号或名称",
            "write an id or a name, or the id or name of a team or department",
        ),
    ),
    "no-paper": Code(
        Text(
            "没有要写的{paper}",
            "there is no paper to write: {paper}",
        ),
        Text("{reason}", "{reason}"),
    ),
    "paper-of-results": Code(
        Text(
            "{paper}要用考核结果来写，`{path}` 是周期文件夹",
            "{paper}: this paper is made of results, and `{path}` is the folder of a cycle",
        ),
        Text(
            "请先运行 `perfrules evaluate`，再写出结果文件夹",
            "run `perfrules evaluate` first, and name the result folder",
        ),
    ),
    "paper-of-cycle": Code(
        Text(
            "{paper}要用周期文件夹来写，`{path}` 不是",
            "{paper}: this paper is made of the folder of a cycle, and `{path}` is none",
        ),
        Text(
            "请写出 cycle.yaml 所在的文件夹",
            "name the folder in which cycle.yaml stands",
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
    "report-exists": Code(
        Text(
            "`{path}` 已经存在，没有覆盖",
            "`{path}` is there already and was left as it is",
        ),
        Text(
            "请换一个文件名；确定不要时使用 --force",
            "name another file; with `--force` it is replaced",
        ),
    ),
    "budget-row": Code(
        Text("预算表的这一行不能用：{reason}", "this row of the budget cannot be used: {reason}"),
        Text(
            "每行写一个项目（标识或名称）或一个部门，以及不小于 0 的金额",
            "a row names a plan, by id or title, or a department, and an amount of 0 or more",
        ),
    ),
}
