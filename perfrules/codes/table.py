"""Codes of tables: files that cannot be read, headers and rows that do not fit."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["TABLES"]

_FILES: Final[dict[str, Code]] = {
    "file-too-large": Code(
        Text("文件超过 {limit} 的上限", "the file is larger than {limit}"),
        Text(
            "大型周期请加 --large；Excel 请改用 CSV，或按部门等拆成几个周期文件夹",
            "add --large for a very large cycle; a workbook is better kept as CSV tables, "
            "or split into several cycles, by department say",
        ),
    ),
    "too-many-rows": Code(
        Text("数据超过 {limit} 行的上限", "there are more than {limit} rows"),
        Text(
            "大型周期请加 --large；Excel 请改用 CSV，或按部门等拆成几个周期文件夹",
            "add --large for a very large cycle; a workbook is better kept as CSV tables, "
            "or split into several cycles, by department say",
        ),
    ),
    "too-many-columns": Code(
        Text("列数超过 {limit} 的上限", "there are more than {limit} columns"),
        Text(
            "请删去多余的列，或检查远处是否误填了内容",
            "delete what is not needed, perhaps far to the right",
        ),
    ),
    "cell-too-long": Code(
        Text("有单元格超过 {limit} 个字符", "a cell has more than {limit} characters"),
    ),
    "bad-encoding": Code(
        Text(
            "此行含有 {encoding} 以外的字节 {byte}（文件第 {offset} 字节），整个文件未采用",
            "this row is not {encoding} (byte {offset} of the file is {byte} in hexadecimal); "
            "nothing of the file is used",
        ),
        Text(
            "请在 Excel 中重新打开原文件，另存为“CSV UTF-8（逗号分隔）”",
            'open the original in a spreadsheet and save it as "CSV UTF-8"',
        ),
    ),
    "read-as-gb18030": Code(
        Text("文件按 GB18030（GBK）编码读取", "the file was read as GB18030 (GBK)"),
        Text("如有乱码，请另存为“CSV UTF-8”", 'if letters look wrong, save it as "CSV UTF-8"'),
        severity="note",
    ),
    "read-as-utf-16": Code(
        Text("文件按 UTF-16 编码读取", "the file was read as UTF-16"),
        severity="note",
    ),
    "read-decimal-comma": Code(
        Text(
            "表中有用逗号作小数点的数字，已按此读取（1.234,56 即 1234.56）",
            "numbers of this table have a decimal comma and were read so (1.234,56 is 1234.56)",
        ),
        Text(
            '请在 cycle.yaml 中写明 numbers: {{decimal: ",", thousands: "."}}',
            'say so in cycle.yaml: numbers: {{decimal: ",", thousands: "."}}',
        ),
        severity="note",
    ),
    "broken-csv": Code(
        Text("从此行起无法按 CSV 读取：{reason}", "this is no CSV from this row on: {reason}"),
        Text(
            "含逗号或引号的内容要整体加双引号，其中的引号写两遍",
            "double quotes stand around what has commas, and quotes inside are doubled",
        ),
    ),
    "broken-json": Code(
        Text("JSON 写法有误：{reason}", "the JSON is not right: {reason}"),
    ),
    "repeated-json-key": Code(
        Text("同一个对象中键 `{key}` 出现了两次", "the key `{key}` stands twice in one object"),
        Text("请只保留一个", "keep one of the two"),
    ),
    "not-a-workbook": Code(
        Text("`{file}` 不是完好的 Excel 工作簿", "`{file}` is not a sound Excel workbook"),
        Text(
            "请用 Excel 或 WPS 打开原文件，另存为 .xlsx，不要只改扩展名",
            "open the original in a spreadsheet and save it as .xlsx; renaming is not enough",
        ),
    ),
    "old-workbook": Code(
        Text("`{file}` 是旧版 .xls 格式", "`{file}` is a workbook of the old .xls kind"),
        Text(
            "请用 Excel 或 WPS 打开，另存为 .xlsx", "open it in a spreadsheet and save it as .xlsx"
        ),
    ),
    "locked-workbook": Code(
        Text("`{file}` 设有打开密码", "`{file}` is protected by a password"),
        Text("请去掉密码后另存", "save it without the password"),
    ),
    "workbook-bomb": Code(
        Text("`{file}` 没有读取：{reason}", "`{file}` is not read: {reason}"),
        Text("请把需要的内容复制到新工作簿", "copy what is needed into a new workbook"),
    ),
    "no-openpyxl": Code(
        Text("读取 `{file}` 需要 openpyxl", "openpyxl is needed to read `{file}`"),
        Text("请安装 perfrules[xlsx]，或改用 CSV", "install perfrules[xlsx], or use CSV files"),
    ),
    "data-outside": Code(
        Text(
            "数据文件 `{path}` 实际位于周期文件夹之外", "`{path}` leads out of the cycle's folder"
        ),
        Text("请把文件本身放进周期文件夹", "put the file itself into the folder"),
    ),
    "missing-folder": Code(
        Text("找不到文件夹 `{path}`", "there is no folder `{path}`"),
        Text("路径从 cycle.yaml 所在的文件夹算起", "the path begins at the folder of cycle.yaml"),
    ),
}

_TABLES: Final[dict[str, Code]] = {
    "missing-table": Code(
        Text("缺少 {alias} 表（`{table}`）", "there is no table `{table}`"),
        Text(
            "文件夹中应有 {table}.csv，工作簿中应有名为 {alias} 或 {table} 的工作表",
            "a folder has {table}.csv, a workbook a sheet called {table}",
        ),
    ),
    "table-twice": Code(
        Text(
            "`{table}` 表有两份，另一份是 `{first}`",
            "there are two tables `{table}`, the other is `{first}`",
        ),
        Text("请只保留一份", "keep one of the two"),
    ),
    "empty-table": Code(
        Text("`{table}` 表中没有数据", "the table `{table}` has no rows"),
    ),
    "unused-file": Code(
        Text("文件 `{name}.csv` 没有用到", "the file `{name}.csv` is not used"),
        severity="note",
    ),
    "unused-sheet": Code(
        Text("工作表 `{name}` 没有用到", "the sheet `{name}` is not used"),
        severity="note",
    ),
    "missing-column": Code(
        Text(
            "`{table}` 表缺少 `{column}`（{alias}）列{there}",
            "the table `{table}` has no column `{column}`{there}",
        ),
        Text("请在第一行补上列名 {column} 或 {alias}", "write {column} into the header"),
    ),
    "unknown-column": Code(
        Text(
            "`{table}` 表的列 `{column}` 没有用到",
            "the column `{column}` of the table `{table}` is not used",
        ),
        Text(
            "需要读取的，请改成应有的列名；只供人看的可以保留",
            "give it the right name if it is to be read; what is for people may stay",
        ),
        severity="warning",
    ),
    "duplicate-column": Code(
        Text("列 `{column}` 与 {first} 重复", "the column `{column}` already stands in {first}"),
        Text("请只保留一列", "keep one of the two"),
    ),
    "unnamed-column": Code(
        Text("此列没有列名，内容没有用到", "this column has no header and is not used"),
        severity="warning",
    ),
    "short-row": Code(
        Text(
            "此行只有 {found} 列，表头有 {expected} 列",
            "this row has {found} fields, the header {expected}",
        ),
        Text(
            "请检查是否漏了逗号，空的单元格也要留逗号",
            "a comma may be missing; empty cells need theirs too",
        ),
    ),
    "long-row": Code(
        Text(
            "此行有 {found} 列，表头只有 {expected} 列",
            "this row has {found} fields, the header {expected}",
        ),
        Text(
            '内容中有逗号时请加双引号，例如 "1,200"',
            'put what has a comma in double quotes, such as "1,200"',
        ),
    ),
    "totals-row": Code(
        Text("此行是合计行，没有计入", "this row adds up others and is passed over"),
        severity="warning",
    ),
    "merged-cells": Code(
        Text(
            "工作表有合并单元格：{cells}，只有左上角的格有内容",
            "there are merged cells: {cells}; only the first of each holds a value",
        ),
        Text("请取消合并，并在每一行都填上内容", "unmerge them and fill in every row"),
        severity="warning",
    ),
    "hidden-rows": Code(
        Text(
            "工作表有隐藏的行：{rows}，同样计入",
            "there are hidden rows: {rows}; they count like any other",
        ),
        Text("请取消隐藏并核对；不应计入的请删去", "unhide and check them, or delete them"),
        severity="warning",
    ),
}

TABLES: Final[dict[str, Code]] = {**_FILES, **_TABLES}
