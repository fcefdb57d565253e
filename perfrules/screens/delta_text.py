"""What a new run changed of an old one, for a terminal: the lines of deltas.csv as a table."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation, localcontext
from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.exact import EXACT, plain
from perfrules.layout.terminal import visible
from perfrules.screens.simple_table import simple_table

__all__ = ["delta_text"]

_LINES: Final = 60

_HEADERS: Final = {
    "person_id": Text("工号", "id"),
    "name": Text("姓名", "name"),
    "what": Text("项目", "what"),
    "before": Text("原结果", "before"),
    "after": Text("新结果", "after"),
    "change": Text("变化", "change"),
    "reason": Text("原因", "reason"),
}
_WHATS: Final[Mapping[str, Text]] = {
    "status": Text("状态", "status"),
    "total": Text("总分", "total"),
    "grade": Text("等级", "grade"),
    "pay_total": Text("奖金合计", "total pay"),
}
_STATES: Final[Mapping[str, Text]] = {
    "": Text("不在其中", "not there"),
    "complete": Text("已出结果", "has a result"),
    "rejected": Text("未出结果", "has none"),
}
_NOTHING: Final = Text("与原结果相同，没有变化", "nothing differs from the old results")
_MORE: Final = Text("…… 另有 {count} 行", "… and {count} more")
_PEOPLE: Final = Text("{count} 个对象的结果有变化", "whose results changed: {count}")
_SUM: Final = Text("{plan} 合计 {change}", "{plan} in all {change}")
_SUM_OF_ALL: Final = Text("{plan} {change}", "{plan} {change}")


def delta_text(
    rows: Iterable[Sequence[str]],
    language: Language = "en",
    titles: Mapping[str, Text] | None = None,
    most: int | None = _LINES,
) -> str:
    """The table of `perfrules.records.deltas.delta_rows`, with what it comes to.

    `titles` are those of the incentive plans by name; at most so many lines, or all with None.
    """
    (*columns,), *found = [list(row) for row in rows]
    lines = [dict(zip(columns, row, strict=True)) for row in found]
    if not lines:
        return _NOTHING.into(language) + "\n"
    named = titles or {}
    shown = [[_cell(column, line, language, named) for column in columns] for line in lines[:most]]
    figures = ("before", "after", "change")
    text = simple_table(
        shown,
        [_HEADERS[column].into(language) for column in columns],
        ["right" if column in figures else "left" for column in columns],
    )
    if most is not None and len(lines) > most:
        text += "\n" + _MORE.into(language).format(count=len(lines) - most)
    return f"{text}\n\n{_sums(lines, language, named)}\n"


def _cell(
    column: str, line: Mapping[str, str], language: Language, titles: Mapping[str, Text]
) -> str:
    text = line[column]
    if column == "what":
        return visible(_what(text, language, titles))
    if line["what"] == "status" and column in ("before", "after"):
        return _STATES.get(text, Text(text, text)).into(language)
    if column == "change" and text and not text.startswith("-"):
        return f"+{text}"
    return visible(text)


def _what(what: str, language: Language, titles: Mapping[str, Text]) -> str:
    plan = what.removeprefix("pay.")
    title = _WHATS.get(what) or titles.get(plan) or Text(plan, plan)
    return title.into(language)


def _sums(
    lines: Sequence[Mapping[str, str]], language: Language, titles: Mapping[str, Text]
) -> str:
    """How many people, and by how much each plan pays more or less; nobody's pay is nothing."""
    people = len({line["person_id"] for line in lines})
    parts = [_PEOPLE.into(language).format(count=people)]
    whats = dict.fromkeys(line["what"] for line in lines)
    for plan in (what for what in whats if what == "pay_total" or what.startswith("pay.")):
        paid = [line for line in lines if line["what"] == plan]
        try:
            with localcontext(EXACT):
                change = sum((_money(line) for line in paid), Decimal(0))
        except InvalidOperation:  # a cell of the old table that is no amount is shown, not added
            continue
        signed = f"{'' if change < 0 else '+'}{plain(change)}"
        title = visible(_what(plan, language, titles))
        said = _SUM_OF_ALL if plan == "pay_total" else _SUM
        parts.append(said.into(language).format(plan=title, change=signed))
    return "；".join(parts) if language == "zh" else "; ".join(parts)


def _money(line: Mapping[str, str]) -> Decimal:
    """By how much a line pays more."""
    return Decimal(line["after"] or 0) - Decimal(line["before"] or 0)
