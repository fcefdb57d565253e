"""The sentence of a table of two inputs: row, column, and where they meet."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfrules.words.glossary import Glossary, Json
from perfrules.words.sentence import Operation, Sentence

__all__ = ["OF_TABLES"]


def _table(told: Glossary, step: Json) -> Sentence:
    """`团队等级 C，等级 A → 第 3 行第 2 列：100%`."""
    name = told.path(step).removeprefix("table.")
    table = told.part("tables", name)
    row, column = step["operands"]
    label, _, across = step["rule"]["path"].removeprefix(f"tables.{name}.cells.").rpartition(".")
    down = list(table["cells"]).index(label)
    where = (
        _on_axis(told, table["rows"], row, down),
        _on_axis(told, table["columns"], column, int(across)),
    )
    value, at, beside = told.amount(step), down + 1, int(across) + 1
    return Sentence(
        told.say(
            f"{'，'.join(where)} → 第 {at} 行第 {beside} 列：{value}",
            f"{', '.join(where)} → row {at}, column {beside}: {value}",
        )
    )


def _on_axis(told: Glossary, axis: Json, operand: Json, place: int) -> str:
    """`团队等级 C`, `达成率 104.50% ≥ 100%`, `达成率 70.00% < 80%`, `团队等级 E（其余）`."""
    name = told.name(told.path(operand))
    if operand.get("type") == "text":
        found = f"{name} {told.grade(operand['value']) if name == 'grade' else told.value(operand)}"
        rest = place == len(axis["is"])
        return found + told.say("（其余）", " (the rest)") if rest else found
    measure = told.measure(told.path(operand))._replace(places=0)
    thresholds = axis["at_least"]
    sign, at = ("≥", place) if place < len(thresholds) else ("<", place - 1)
    threshold = told.number(Decimal(str(thresholds[at])), measure)
    return f"{name} {told.value(operand)} {sign} {threshold}"


# fmt: off
OF_TABLES: Final[Mapping[str, Operation]] = {
    "table": Operation(_table, "查双向表 · looked up in a table of two inputs",
        "规则所指那一格的值：*a* 决定行，*b* 决定列（文字相同的，或第一个达到的起点，都没有的在 `otherwise`）",
        "the value of the cell that is the rule: *a* decides the row and *b* the column (the one with the same word, or of the first threshold that is reached; else `otherwise`)"),
}
# fmt: on
