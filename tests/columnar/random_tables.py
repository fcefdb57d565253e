"""Random policies without what is refused by columns, and random tables for them.

The policies are those of `strategies.trees()`: blocks that are refused are taken out, and names
that no column has become others of the same kind, so that a good share of the rest is compared.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
from hypothesis import strategies as st
from strategies import Draw, Tree, band_trees, policy_from, rare, scorecards, trees, within

import perfrules
from perfrules.exact import plain
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Datum, Scorecard

CYCLE = Cycle("2024Q3", date(2024, 7, 1), date(2024, 9, 30))

_REFUSED = ("distribution", "awards", "pools", "group_figures")

_OTHERS = (
    (r"\bgroup\.\w+_attainment\b", "proration"),
    (r"\bgroup\.\w+\b", "person.factor"),
    (r"\byear\.paid\.\w+\b|\bpaid\.\w+\b", "person.factor"),
    (r"\byear\.(\w+)\.(actual|target)\b", "person.bonus_base"),
    (r"(?<!default\()\bprevious\.(total|actual)\b", "person.factor"),
    (r"(?<!default\()\b(?:previous|team)\.grade\b", "person.department"),
    (r"(?<!default\()\b(?:team\.total|department\.fund)\b", "person.bonus_base"),
)  # fmt: skip


def _renamed(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _renamed(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_renamed(one) for one in node]
    if isinstance(node, str):
        for pattern, other in _OTHERS:
            node = re.sub(pattern, other, node)
    return node


@st.composite
def covered_trees(draw: Draw) -> Tree:
    """The tree of a policy of which most is done by columns."""
    tree = {key: value for key, value in draw(trees()).items() if key not in _REFUSED}
    found: Tree = _renamed(tree)
    for one in found["indicators"].values():
        if "bands" in one["score"] and "names" not in one and rare(draw, 4):
            compared = draw(st.sampled_from(("", "attainment", "actual")))
            own = {"of": compared} if compared else {}
            bands = draw(band_trees(ratio=True))
            one["score"] = {"on": "percentile", "bands": bands, **draw(within()), **own}
            one.pop("zero_actual", None)
    if rare(draw, 4):
        found["subject"] = "project"  # nothing here reads what its own unit came to
    return found


@st.composite
def covered_policies(draw: Draw) -> Policy:
    """A policy of which most is done by columns."""
    return policy_from(draw(covered_trees()))


@st.composite
def people(draw: Draw, policy: Policy) -> list[Scorecard]:
    """Some people, with what a table can say of them."""
    return [draw(scorecards(policy)) for _ in range(draw(st.integers(1, 8)))]


def _plain(datum: Datum | None) -> Any:
    return None if datum is None else datum.value


def row_of(number: int, card: Scorecard) -> dict[str, Any]:
    """What a table says of somebody."""
    row: dict[str, Any] = {"subject": f"P{number}"}
    for name, measure in card.measures.items():
        for what in ("actual", "target", "baseline"):
            row[f"{name}.{what}"] = _plain(getattr(measure, what))
        if measure.weight is not None:
            row[f"{name}.weight"] = measure.weight.value
        for figure, one in measure.figures.items():
            row[f"{name}.{figure}"] = one.value
        for group, found in measure.ratings.items():
            row[f"{name}.ratings.{group}"] = [one.value for one in found]
    for name, record in card.events.items():
        row[f"event.{name}"] = _plain(record.count)
    for name, fact in card.person.items():
        row[f"person.{name}"] = fact.value
    row["proration"] = _plain(card.proration) if isinstance(card.proration, Datum) else None
    return row


ODD = (
    None, Decimal(0), Decimal(-1), Decimal("-0.0000000001"), Decimal("999999999999999"),
    Decimal("-999999999999999.9999999999"), Decimal(10) ** 12, Decimal("0.0000000001"), "many",
    "1e5", " 5", "", "007",
)  # fmt: skip


@st.composite
def tables_of_rows(draw: Draw, policy: Policy) -> list[dict[str, Any]]:
    """Rows of some people; in one table of three a few cells hold what is hardly ever there."""
    rows = [row_of(number, one) for number, one in enumerate(draw(people(policy)))]
    if rare(draw, 3):
        for _ in range(draw(st.integers(1, 3))):
            row = draw(st.sampled_from(rows))
            cells = [name for name in row if name != "subject" and ".ratings." not in name]
            row[draw(st.sampled_from(cells))] = draw(st.sampled_from(ODD))
    return rows


def table_of(rows: Sequence[dict[str, Any]], *, as_text: bool) -> pl.DataFrame:
    """The rows as a table; numbers as decimals where a column has nothing else, or as texts."""
    names = dict.fromkeys(name for row in rows for name in row)
    return pl.DataFrame([_column(name, [row.get(name) for row in rows], as_text) for name in names])


def _column(name: str, values: list[Any], as_text: bool) -> pl.Series:
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    flat = [one for one in flat if one is not None]
    if flat and all(isinstance(one, bool) for one in flat):
        return pl.Series(name, values, dtype=pl.Boolean())
    if not as_text and flat and all(isinstance(one, Decimal) for one in flat):
        kind: Any = pl.Decimal(38, 10)
        return pl.Series(name, values, dtype=pl.List(kind) if _lists(values) else kind)
    kind = pl.List(pl.String()) if _lists(values) else pl.String()
    return pl.Series(name, [_texts(one) for one in values], dtype=kind)


def _lists(values: list[Any]) -> bool:
    return any(isinstance(one, list) for one in values)


def _texts(value: Any) -> Any:
    if isinstance(value, list):
        return [_texts(one) for one in value]
    return plain(value) if isinstance(value, Decimal) else value if value is None else str(value)


def card_of(row: dict[str, Any], table: pl.DataFrame) -> Scorecard:
    """The same as a program would say it to the reference."""
    indicators: dict[str, dict[str, Any]] = {}
    events, person = {}, {}
    for column, cell in row.items():
        if cell is None or column in ("subject", "proration"):
            continue
        # A truth beside other things in a column of texts is a text there.
        is_text = isinstance(cell, bool) and table.schema[column] != pl.Boolean()
        value = str(cell) if is_text else cell
        root, _, rest = column.partition(".")
        if root == "event":
            events[rest] = value
        elif root == "person":
            person[rest] = value
        elif rest.startswith("ratings."):
            group = rest.removeprefix("ratings.")
            indicators.setdefault(root, {}).setdefault("ratings", {})[group] = value
        elif rest in ("actual", "target", "baseline", "weight"):
            indicators.setdefault(root, {})[rest] = value
        else:
            indicators.setdefault(root, {}).setdefault("figures", {})[rest] = value
    return perfrules.scorecard(
        row["subject"], indicators, person=person, events=events, proration=row["proration"],
        cycle=CYCLE,
    )  # fmt: skip


__all__ = ["CYCLE", "card_of", "covered_policies", "table_of", "tables_of_rows"]
