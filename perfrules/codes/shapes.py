"""Codes of tables in another shape, place or scale than is read: what was meant, and the mend."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["SHAPES"]

_FILES: Final[dict[str, Code]] = {
    "wrong-extension": Code(
        Text("文件的扩展名不对，没有读取", "the file has the wrong extension and is not read"),
        Text(
            "请改名为 {right}（Windows 默认隐藏扩展名，可在“查看”中勾选“文件扩展名”）",
            "rename it to {right}; the explorer of Windows hides extensions unless told otherwise",
        ),
    ),
    "beside-data": Code(
        Text(
            "此文件没有读取：cycle.yaml 写的是 data: {data}",
            "this file is not read: cycle.yaml says `data: {data}`",
        ),
        Text(
            "数据请放进 {data} 的同名工作表；若要改用 CSV，请删去 data 一行",
            "put its rows into {data}; or take the line `data` away to use CSV files",
        ),
    ),
    "data-not-named": Code(
        Text(
            "没有数据表：文件夹中有 {data}，但 cycle.yaml 没有写 data",
            "there are no tables: the folder has {data}, but cycle.yaml has no `data`",
        ),
        Text("请在 cycle.yaml 中加一行 data: {data}", "add a line `data: {data}` to cycle.yaml"),
    ),
}

_SHEETS: Final[dict[str, Code]] = {
    "renamed-table": Code(
        Text(
            "`{name}` 的列像是一张数据表，但名称对不上，没有读取",
            "`{name}` has the columns of a table but not its name, and is not read",
        ),
        Text("请改名后再运行；不要的表请移走", "rename it, or take it away if it is not meant"),
    ),
    "sheet-a-person": Code(
        Text(
            "有 {count} 张一人一张的考核表（{names}），不能作为数据表读取",
            "there are {count} forms of one person each ({names}), which are no table",
        ),
        Text(
            "请把这些表放进另一个文件夹，用 perfrules collect 文件夹 周期文件夹 收入数据表；"
            "或用 perfrules sheet 生成每人一行的填报表",
            "put them into a folder of their own, and `perfrules collect FOLDER CYCLE` takes them; "
            "or fill in the workbook of `perfrules sheet`, which has a row for each person",
        ),
    ),
    "hidden-sheet": Code(
        Text(
            "工作表 `{name}` 是隐藏的，同样计入",
            "the sheet `{name}` is hidden; it counts like any other",
        ),
        Text("请取消隐藏并核对；不需要的请删去", "unhide and check it, or delete it"),
        severity="warning",
    ),
    "unknown-part": Code(
        Text(
            "表头第二行的 `{text}` 不是实际值、目标值或基线值（共 {count} 列）",
            "`{text}` in the second row of the head is no actual, target or baseline "
            "(columns: {count})",
        ),
        Text(
            "指标下面一行写实际值、目标值或基线值",
            "below an indicator stands actual, target or baseline",
        ),
    ),
}

_SCALES: Final[dict[str, Code]] = {
    "scaled-unit": Code(
        Text(
            "表中的单位是 {unit}，方案的单位是 {wanted}：`{text}` 可能是 {text} {wanted}，"
            "也可能是 {large} {wanted}",
            "the unit is {unit} here and {wanted} in the policy: "
            "`{text}` could be {text} {wanted} or {large} {wanted}",
        ),
        Text(
            "数值不会换算：请按 {wanted} 填写，并把表中的单位改成 {wanted}",
            "figures are not converted: write them in {wanted}, and {wanted} as their unit",
        ),
    ),
    "scaled-heading": Code(
        Text(
            "列名 `{column}` 带有单位 {unit}：`{text}` 可能是 {text}，也可能是 {large}",
            "the heading `{column}` has the unit {unit}: `{text}` could be {text} or {large}",
        ),
        Text(
            "数值不会换算：请写完整的数，列名改为 `{name}`",
            "figures are not converted: write them out in full, and call the column `{name}`",
        ),
    ),
    "scaled-format": Code(
        Text(
            "单元格里面是 {stored}，显示为 {shown}（数字格式 {format}，此列共 {count} 格），"
            "按 {stored} 计算",
            "the cell holds {stored} and shows {shown} (format {format}, {count} in this column); "
            "{stored} counts",
        ),
        Text("请把该列设为“常规”格式，核对数值", "give the column the general format and check it"),
        severity="warning",
    ),
    "bare-ratio": Code(
        Text(
            "`{text}` 没有百分号，按 {high} 读取，也可能想写 {low}",
            "`{text}` has no percent sign and counts as {high}; {low} may have been meant",
        ),
        Text("请写上百分号，例如 {high}", "write the percent sign, {high} for instance"),
        severity="warning",
    ),
}

_CELLS: Final[dict[str, Code]] = {
    "ambiguous-date": Code(
        Text(
            "日期 `{text}` 可能是 {month_first}，也可能是 {day_first}",
            "the date `{text}` could be {month_first} or {day_first}",
        ),
        Text(
            "请把年份写在前面，或在 cycle.yaml 中写明 dates: day_first（日在前）"
            "或 dates: month_first（月在前）",
            "write the year first, or say `dates: day_first` or `dates: month_first` in cycle.yaml",
        ),
    ),
    "date-for-number": Code(
        Text(
            "此处应为数字，单元格却是日期 {text}",
            "a number is needed here, and the cell is the date {text}",
        ),
        Text(
            "请把单元格设为“数值”或“常规”格式，再重新填写数字",
            "give the cell the general format and type the number again",
        ),
    ),
    "missing-event": Code(
        Text("此行没有填写事件", "this row names no event"),
        Text("该方案的事件：{known}", "the events of the policy are {known}"),
    ),
}

SHAPES: Final[dict[str, Code]] = {**_FILES, **_SHEETS, **_SCALES, **_CELLS}
