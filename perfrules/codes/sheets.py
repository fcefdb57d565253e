"""Codes of wide tables: one row a person, a column a figure."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["SHEETS"]

SHEETS: Final[dict[str, Code]] = {
    "other-role": Code(
        Text(
            "`{person}` 的岗位是 `{role}`，却填在“{table}”表中",
            "`{person}` has the role `{role}` and stands in the table `{table}`",
        ),
        Text(
            "请移到该岗位的表中，或在人员表中改正岗位",
            "move the row to the table of that role, or mend the role in the table of people",
        ),
    ),
    "wrong-name": Code(
        Text(
            "工号 `{person}` 的姓名写作 `{name}`，人员表中是 `{known}`",
            "`{person}` is called `{name}` here and `{known}` in the table of people",
        ),
        Text(
            "数据按工号归人；请核对工号是否填错行",
            "rows go by the id; see whether it slipped to another row",
        ),
        severity="warning",
    ),
    "wrong-unit": Code(
        Text(
            "指标 `{indicator}` 的单位写作 `{unit}`，方案中是 `{wanted}`",
            "the unit of `{indicator}` is `{unit}` here and `{wanted}` in the policy",
        ),
        Text(
            "数值不会换算；请按方案的单位填写",
            "figures are not converted; give them in the policy's unit",
        ),
        severity="warning",
    ),
}
"""Codes of figures in the wrong sheet, under another's name, or in another unit."""
