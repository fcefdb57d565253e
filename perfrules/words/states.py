"""How far an action or a measure of improvement is, in both languages."""

from collections.abc import Mapping
from typing import Final

from perfrules.codes.code import Text

__all__ = ["STATES"]

STATES: Final[Mapping[str, Text]] = {
    "planned": Text("未开始", "not begun"),
    "running": Text("进行中", "under way"),
    "done": Text("已完成", "done"),
    "dropped": Text("已取消", "given up"),
}
