"""Tables of two inputs: every row and column has its cell, and each value that is known has a row
or a column."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, nearest
from perfrules.exact import percent, plain
from perfrules.language.addresses import Addresses
from perfrules.language.check_population import grade_exists
from perfrules.language.known_names import type_in_plan, words_of_names
from perfrules.model.policy import Policy
from perfrules.model.two_way import Axis, TwoWayTable

__all__ = ["two_way_figures", "two_way_tables_are_whole"]

_ROWS = Text("行", "a row")
_COLUMNS = Text("列", "a column")


def two_way_tables_are_whole(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Rows and columns in order, each once; a cell for each, and none besides."""
    words = words_of_names(policy)
    for table in policy.tables:
        for axis, kind in ((table.rows, _ROWS), (table.columns, _COLUMNS)):
            yield from _axis(axis, kind, words, at)
        yield from _cells(table, at)


def _axis(
    axis: Axis, kind: Text, words: Mapping[str, Sequence[str]], at: Addresses
) -> Iterator[Diagnostic]:
    labels = axis.labels
    times = Counter(labels)
    for index, word in enumerate(axis.words):
        first = axis.words.index(word) == index
        if times[word] > 1 and not (first and axis.words.count(word) > 1):
            yield Diagnostic("repeated-item", at.value(f"{axis.path}.is.{index}"), {"text": word})
    shown = percent if axis.is_share else plain
    for index, (above, one) in enumerate(zip(axis.at_least, axis.at_least[1:], strict=False), 1):
        if one >= above:
            facts = {"value": shown(one), "above": shown(above)}
            code = "duplicate-threshold" if one == above else "bands-not-descending"
            yield Diagnostic(code, at.value(f"{axis.path}.at_least.{index}"), facts)
    known = words.get(axis.by.text, ()) if axis.words else ()
    for index, word in enumerate(axis.words):
        if word in known or not known:
            continue
        place = at.value(f"{axis.path}.is.{index}")
        if axis.by.text == "grade":
            yield from grade_exists(word, place, known)
        else:
            facts = {"name": word, "of": axis.by.text, "known": ", ".join(known)}
            yield Diagnostic("word-never-comes", place, {**facts, **nearest(word, known)})
    # A word that there is not was meant for one of those that are missing.
    if not axis.otherwise and {*axis.words} <= {*known}:
        for word in known:
            if word not in labels:
                missing = {"name": word, "of": axis.by.text, "kind": kind}
                yield Diagnostic("word-not-in-table", at.key(f"{axis.path}.is"), missing)


def _cells(table: TwoWayTable, at: Addresses) -> Iterator[Diagnostic]:
    rows, columns = table.rows.labels, table.columns.labels
    listed = [row.name for row in table.cells]
    path = f"{table.path}.cells"
    for name in listed:
        if name not in rows:
            facts = {"name": name, "known": ", ".join(rows), **nearest(name, rows)}
            yield Diagnostic("unknown-row", at.key(f"{path}.{name}"), facts)
    # A row that there is not was meant for one of those that are missing.
    for name in rows if {*listed} <= {*rows} else ():
        if name not in listed:
            yield Diagnostic("row-without-cells", at.key(path), {"name": name})
    for row in table.cells:
        if len(row.cells) != len(columns):
            facts = {
                "name": row.name,
                "found": len(row.cells),
                "expected": len(columns),
                "known": ", ".join(columns),
            }
            yield Diagnostic("cells-unlike-columns", at.value(f"{path}.{row.name}"), facts)


def two_way_figures(policy: Policy) -> Iterator[tuple[str, bool]]:
    """The paths of thresholds and cells, and whether each is a share: what they are held against
    says so of thresholds, the table of its cells."""
    for table in policy.tables:
        for axis in (table.rows, table.columns):
            kind = type_in_plan(policy, axis.by)
            is_share = axis.is_share if kind == "any" else kind == "share"
            count = range(len(axis.at_least))
            yield from ((f"{axis.path}.at_least.{index}", is_share) for index in count)
        for row in table.cells:
            yield from ((cell.path, table.gives == "share") for cell in row.cells)
