"""What is counted of a cycle, in words: the same things by the same names in every report."""

from collections.abc import Mapping
from typing import Final

from perfrules.codes.code import Text

__all__ = ["WITHOUT_RESULT", "WITH_RESULT", "title_of_count"]

WITH_RESULT: Final = Text("已出结果", "with a result")
WITHOUT_RESULT: Final = Text("未出结果", "without a result")

_TITLES: Final[Mapping[str, Text]] = {
    "people": Text("人员", "people"),
    "teams": Text("团队", "teams"),
    "departments": Text("部门", "departments"),
    "projects": Text("项目", "projects"),
    "units": Text("没有方案的组织", "units without a policy"),
    "segments": Text("任职段", "segments"),
    "follow_ups": Text("后续跟进", "follow-ups"),
    "not_applied": Text("未生效的目标变更与校准", "changes and calibrations that do not count"),
    "unattached": Text("无法归属的数据行", "rows that belong to nobody"),
    "warnings": Text("提醒", "warnings"),
    "records": Text("记录", "records"),
}
_ENDS: Final = {"_with_result": WITH_RESULT, "_without_result": WITHOUT_RESULT}


def title_of_count(name: str) -> Text:
    """What a key of `CycleResult.counts`, or of a manifest's, counts; the key itself where it is
    none of ours."""
    for end, words in _ENDS.items():
        if name.endswith(end):
            kind = title_of_count(name.removesuffix(end))
            return Text(f"{kind.zh}（{words.zh}）", f"{kind.en} {words.en}")
    return _TITLES.get(name, Text(name, name))
