"""What a rule says, as a trace quotes it: `{"at_least": "1", "score": "100"}`."""

from typing import Any

from .arithmetic import number
from .record import Json

__all__ = ["terms_of"]

NAMED = ("awards", "pools", "follow_ups", "group_figures")
"""Rules between subjects and what follows: all that they say, under their own name."""

LIMITS = ("at_least", "above", "at_most", "below")

WHOLE = ("distribution", "target_changes", "proration")


def terms_of(nodes: Json, path: str) -> Json:
    """The terms of the rule at `path`; empty where it has none. `nodes` has all by their paths."""
    node, (table, _, name) = nodes[path], path.rpartition(".")
    if path.startswith("tables."):  # a cell, whatever its row is called
        return {}
    if table in NAMED:
        stated = {key: one for key, one in node.items() if key != "title"}
        if "at_least_one" in stated:  # a yes or no, which a trace writes as one
            stated["at_least_one"] = stated["at_least_one"] == "true"
        return {"name": name, **stated}
    if path in WHOLE or table.endswith(".roll_up"):
        return {**node}
    if path.endswith(".score.bands"):
        score = nodes[table]
        return {key: score[key] for key in ("on", "within", "of") if key in score}
    if isinstance(node, str) and ".score.levels." in path:
        return {"name": path.partition(".score.levels.")[2], "score": node}
    if table == "person_changes":
        return {"name": name, "way": node}
    if not isinstance(node, dict) or "given" in node:
        return {}
    if table.endswith((".score.bands", ".tiers.whole", ".tiers.marginal")) or table == "grades":
        return _row(nodes, table, int(name))
    if "direction" in node:
        return {"direction": node["direction"], "missing": node["missing"]}
    if "then" in node:
        return {"name": name, "when": node["when"], **node["then"]}
    if table == "adjustments":
        return {"name": name, **node["points"]}
    if table == "rounding":
        return {"places": int(node["places"]), "mode": node["mode"]}
    if "scale" in node:
        low, high, trim = node["scale"]["min"], node["scale"]["max"], node.get("trim", {})
        terms = {"low": low, "high": high, "empty_group": node["empty_group"]}
        counts = {key: int(number(count)) for key, count in trim.items()}
        return {**terms, "trim": counts} if trim else terms
    return {"low": node["min"], "high": node["max"]} if "min" in node else node


def _row(nodes: Json, table: str, index: int) -> Json:
    """A row of a table, with the end of a slope or slice that only the row beside it tells."""
    node = nodes[f"{table}.{index}"]
    row: Json = {key: node[key] for key in LIMITS if key in node}
    result = node.get("otherwise")
    if table == "grades":
        return {**row, "grade": node.get("grade", result)}
    if table.endswith(".tiers.marginal"):
        until = nodes.get(f"{table}.{index + 1}.from")
        row = {"start": node["from"], **{key: node[key] for key in ("rate", "each") if key in node}}
        return row if until is None else {**row, "until": until}
    key = "pay" if table.endswith(".tiers.whole") else "score"
    given: Any = node.get(key, result)
    if isinstance(given, str):
        return {**row, key: given}
    if "up_to" in node:
        return {**row, key: given[0], "high": given[1], "until": node["up_to"]}
    above = nodes[f"{table}.{index - 1}"]
    until = next(above[word] for word in LIMITS if word in above)
    return {**row, key: given[0], "high": given[1], "until": until}
