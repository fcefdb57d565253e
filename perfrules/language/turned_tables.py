"""Tables turned round: the same rule with limits of the other side.

`{at_least: 8, score: 0}, {otherwise: 100}` is `{below: 8, score: 100}, {otherwise: 0}`. Rows of
grades from the lowest to the best are read so; elsewhere a message shows what was meant.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Mend, Span
from perfrules.exact import percent, plain
from perfrules.language.addresses import Addresses
from perfrules.language.text.document import Entry, Node
from perfrules.language.text.document import Mapping as MappingNode
from perfrules.language.text.document import Sequence as SequenceNode
from perfrules.model.appraisal import Row
from perfrules.model.bands import Band
from perfrules.model.grading import Grade
from perfrules.model.incentive import Tier
from perfrules.model.thresholds import UPPER

__all__ = ["OTHER_SIDE", "grades_from_the_best", "turned", "turning"]

OTHER_SIDE: Final[Mapping[str, str]] = {
    "at_least": "below", "above": "at_most", "at_most": "above", "below": "at_least",
}  # fmt: skip
"""The limit of the other side that leaves the same values to the row beyond."""


def turned(rows: Sequence[Row], shown: Callable[[Decimal], str]) -> Text:
    """The table with limits of the other side, as a policy writes it; of one with slopes, which
    would fall, how they are written."""
    if any(isinstance(row, Band) and row.high is not None for row in rows):
        return _SLOPES
    limits = [limit for row in rows if (limit := row.threshold) is not None]
    found = []
    for limit, row in zip(reversed(limits), reversed(rows), strict=False):
        at = limit.at if isinstance(limit.at, str) else shown(limit.at)
        found.append(f"{{{OTHER_SIDE[limit.word]}: {at}, {_result(row)}}}")
    if len(rows) > len(limits):
        found.append(f"{{otherwise: {_result(rows[0]).partition(': ')[2]}}}")
    table = f"[{', '.join(found)}]"
    return Text(table, table)


_SLOPES: Final = Text(
    "（有斜线，请重写：前一个分数在本行的界限处，后一个在上一行的界限处）",
    "(it has slopes, to be written anew: the first number stands at the row's own limit, the "
    "second at that of the row before)",
)


def _result(row: Row) -> str:
    """What a row gives, with its key."""
    match row:
        case Band(score=score):
            return f"score: {plain(score)}"
        case Tier(pay=rate):
            return f"pay: {percent(rate)}"
        case Grade(grade=name):
            return f"grade: {name}"


def turning(rows: Sequence[Row], at: Addresses) -> tuple[tuple[Span, Mend], ...]:
    """What to write where so that a table is turned round in place, row for row; nothing for a
    table that does not end with `otherwise`, or that has slopes."""
    *limited, last = rows
    limits = [row.threshold for row in limited]
    keys = {Band: "score", Tier: "pay", Grade: "grade"}
    results = [f"{row.path}.{keys[type(row)]}" for row in limited]
    results.append(f"{last.path}.otherwise")
    if last.threshold is not None or any(path not in at.texts for path in results):
        return ()
    found: list[tuple[Span, Mend]] = []
    for row, own, other in zip(limited, limits, reversed(limits), strict=True):
        assert own is not None
        assert other is not None
        path = f"{row.path}.{own.word}"
        found.append((at.key(path), Mend(own.word, OTHER_SIDE[other.word])))
    for row, other_row in zip(limited, reversed(limited), strict=True):
        paths = [f"{one.path}.{one.threshold.word}" for one in (row, other_row) if one.threshold]
        found.append((at.value(paths[0]), Mend(*(at.texts[path] for path in paths))))
    for path, other_path in zip(results, reversed(results), strict=True):
        found.append((at.value(path), Mend(at.texts[path], at.texts[other_path])))
    return tuple((span, mend) for span, mend in found if mend.wrong != mend.right)


def grades_from_the_best(root: MappingNode) -> MappingNode:
    """A policy whose rows of grades go from the best to the lowest, however it writes them.

    Every value keeps its place in the file. What is no such table is left as it is: the checks
    have something to say of it.
    """
    entry = root.entries.get("grades")
    rows = _rows(entry.value) if entry is not None else []
    limits = [next((one for one in row.entries.values() if one.key in UPPER), None) for row in rows]
    *limited, last = limits or [None]
    if entry is None or last is not None or not limited or None in limited:
        return root
    results = [*reversed(rows)]
    turned_rows: list[Node] = [
        _with_limit(row, limit)
        for row, limit in zip(results, [*reversed(limited), None], strict=True)
    ]
    value = SequenceNode(tuple(turned_rows), entry.value.span)
    entries = {**root.entries, "grades": Entry(entry.key, entry.key_span, value)}
    return MappingNode(entries, root.span)


def _rows(node: Node) -> list[MappingNode]:
    items = node.items if isinstance(node, SequenceNode) else ()
    rows = [item for item in items if isinstance(item, MappingNode)]
    return rows if len(rows) == len(items) else []


def _with_limit(row: MappingNode, limit: Entry | None) -> MappingNode:
    """A row with a limit of the other side, or as the last one."""
    kept = {key: one for key, one in row.entries.items() if key not in UPPER}
    name = "otherwise" if limit is None else "grade"
    found: dict[str, Entry] = {}
    for key, one in kept.items():
        word = name if key in ("grade", "otherwise") else key
        found[word] = Entry(word, one.key_span, one.value)
    if limit is not None:
        word = OTHER_SIDE[limit.key]
        found[word] = Entry(word, limit.key_span, limit.value)
    return MappingNode(found, row.span)
