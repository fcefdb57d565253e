"""Random policies and people, for properties that must hold for all of them.

`policies()` draws the text tree of a policy (dicts, lists, texts and numbers, as a user would
write it) and reads it; `scorecards(policy)` draws what may be known of a person, often right
at a threshold of that policy; `judgements()` draws both. The policies use every score form,
sections, weights of all kinds, vetoes, adjustments, grades, incentives, expressions, roundings, and
the rules between subjects, of which a person judged alone stands in no group. `unit_policies()`
draws those of a project, which besides take figures from members, earlier cycles and percentiles:
they are there to be read.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from hypothesis.vendor import pretty

from perfrules.diagnostics import Findings
from perfrules.exact import MODES, plain
from perfrules.language.read import policy_in
from perfrules.language.text.document import parse_document
from perfrules.language.to_resolved import resolved_yaml
from perfrules.model.bands import Bands
from perfrules.model.calendar import WorkCalendar
from perfrules.model.declared import Choice, keys_of
from perfrules.model.group_figures import GroupFigure
from perfrules.model.history import Past, PastMeasure
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.scorecard import (
    Absence,
    Cycle,
    Datum,
    EventRecord,
    FactChange,
    Measure,
    Origin,
    Presence,
    Scorecard,
)
from perfrules.model.scoring import Direct, Levels, PerUnit, Scoring, Window, YesNo
from perfrules.model.thresholds import LIMITS
from perfrules.model.weights import GivenWeight
from perfrules.model.written import Constant

Tree = dict[str, Any]
Draw = st.DrawFn

# What fails is printed as the policy's text.
pretty.for_type_by_name(
    Policy.__module__, "Policy", lambda one, printer, _: printer.text(resolved_yaml(one.resolved))
)

INDICATORS = ("sales", "新客户", "cost", "quality", "visits")
EVENTS = ("迟到", "praise", "fraud")
GRADES = ("S", "A", "良", "D")
FACTS = ("bonus_base", "factor")
DEPARTMENTS = ("华东", "North")
LEVELS = ("优秀", "良好", "一般", "1.5 级")
DECLARED = {one.name: one.key.kind for one in keys_of(Scoring)}
FORMS = (*(name for name in DECLARED if name not in Scoring.block.beside), "bands_on_actual")
FIGURES = ("floor", "stretch")
ON_ATTAINMENT = ("bands", "window")


# ---- a tree as text, and as a policy


def yaml_text(node: Any) -> str:
    """A tree in YAML's flow style; every text in quotes, every number bare."""
    if isinstance(node, dict):
        pairs = (f"{quoted(key)}: {yaml_text(value)}" for key, value in node.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(map(yaml_text, node)) + "]"
    if isinstance(node, bool):
        return "true" if node else "false"
    return quoted(node) if isinstance(node, str) else plain(Decimal(node))


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def policy_from(tree: Tree) -> Policy:
    """The policy that a tree writes; an error in it is a mistake of these strategies."""
    text = yaml_text(tree)
    document, findings = parse_document(text.encode(), "random.yaml")
    assert document is not None, (text, list(findings))
    findings = Findings(findings)
    read = policy_in(document.root, lambda name: name, findings)
    wrong = [(one.code, one.message()) for one in findings.errors]
    assert read is not None, (text, wrong)
    assert not wrong, (text, wrong)
    return read.policy


def rare(draw: Draw, one_in: int) -> bool:
    """True now and then. The simplest examples are those where nothing rare happens."""
    return draw(st.integers(1, one_in)) == one_in


# ---- numbers


def numbers(low: int, high: int, places: int = 2) -> st.SearchStrategy[Decimal]:
    """Mostly whole, some with digits behind the point."""
    scaled = st.integers(low * 10**places, high * 10**places)
    return st.integers(low, high).map(Decimal) | scaled.map(lambda n: Decimal(n).scaleb(-places))


def percent(value: Decimal) -> str:
    return plain(value) + "%"


@st.composite
def shares(draw: Draw, count: int) -> list[str]:
    """So many weights that add up to 100 %; some may be nought."""
    cuts = sorted(draw(st.lists(st.integers(0, 200), min_size=count - 1, max_size=count - 1)))
    ends = [0, *cuts, 200]
    return [percent(Decimal(b - a) / 2) for a, b in pairwise(ends)]


@st.composite
def descending(draw: Draw, low: int, high: int, most: int = 4) -> list[Decimal]:
    """Different thresholds from high to low."""
    found = draw(st.lists(numbers(low, high, 1), min_size=1, max_size=most, unique=True))
    return sorted(found, reverse=True)


# ---- expressions


@dataclass
class Names:
    """What an expression may read at some place of the policy."""

    numbers: list[str] = field(default_factory=list)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    truths: list[str] = field(default_factory=list)


_BARE = ("0", "1", "2.5", "100", "0.07", "1000")
"""Numbers by themselves, which as limits are no expressions."""

LITERALS = {"number": _BARE, "share": ("0", "1", "80%", "12.5%")}


def kind_of(name: str) -> str:
    """Whether a name is that of a share; no unit is `%` here."""
    return "share" if name.endswith(("attainment", "proration", "_share", "%)")) else "number"


@st.composite
def figures(draw: Draw, names: Names, depth: int = 2, kind: str = "") -> str:
    """An expression that is a number, or a share; the two do not stand beside each other."""
    kind = kind or draw(st.sampled_from(("number", "number", "share")))
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        own = [name for name in names.numbers if kind_of(name) == kind]
        return draw(st.sampled_from((*LITERALS[kind], *own, *own)))
    inner = figures(names, depth - 1, kind)
    form = draw(st.sampled_from((
        "{0} + {1}", "{0} - {1}", "({0}) * ({1})", "({0}) / ({1})", "({0}) / ({1})", "-({0})",
        "min({0}, {1})", "max({0}, {1})", "abs({0})", "round({0})", "round({0}, 3)",
        "floor({0})", "ceil({0})", "clamp({0}, 0, {1})", "({0} if {c} else {1})",
    )))  # fmt: skip
    condition = draw(conditions(names, depth - 1)) if "{c}" in form else ""
    return form.format(draw(inner), draw(inner) if "{1}" in form else "", c=condition)


@st.composite
def conditions(draw: Draw, names: Names, depth: int = 2) -> str:
    """An expression that is true or false."""
    figure = figures(names, max(depth - 1, 0), draw(st.sampled_from(("number", "share"))))
    forms = ["{0} >= {1}", "{0} < {1}", "{0} == {1}", "{0} != 0", "0 <= {0} <= {1}",
             "{0} in (0, 1, -0.5)"]  # fmt: skip
    if depth > 0:
        forms += ["({a}) and ({b})", "({a}) or ({b})", "not ({a})"]
    if names.words:
        forms += ["{w} == '{v}'", "{w} in ('{v}', '{u}')", "{w} not in ('{v}', '{u}')"]
    if names.truths:
        forms += ["{t}", "not {t}"]
    form = draw(st.sampled_from(forms))
    parts: dict[str, str] = {}
    if "{a}" in form:
        parts["a"] = draw(conditions(names, depth - 1))
        parts["b"] = draw(conditions(names, depth - 1)) if "{b}" in form else ""
    if "{w}" in form:
        parts["w"] = draw(st.sampled_from(sorted(names.words)))
        words = names.words[parts["w"]]
        parts["v"] = draw(st.sampled_from(words))
        # Its own grades and levels a policy knows; what else it reads may say anything.
        open_ended = not parts["w"].endswith(".actual") and parts["w"] != "grade"
        parts["u"] = draw(st.sampled_from((*words, "x") if open_ended else words))
    if "{t}" in form:
        parts["t"] = draw(st.sampled_from(names.truths))
    return form.format(draw(figure), draw(figure), **parts)


# ---- a policy


@st.composite
def policies(draw: Draw) -> Policy:
    """A policy that can be evaluated."""
    return policy_from(draw(trees()))


@st.composite
def trees(draw: Draw) -> Tree:
    """What a user may write; every optional part is there or not."""
    count = draw(st.integers(1, len(INDICATORS)))
    names = list(INDICATORS[:count])
    facts = [f"person.{name}" for name in FACTS]
    others = ["team.total", "department.fund", "previous.total"]
    others += ["default(previous.total, 7)", "default(person.extra, cycle.days)"]
    others += ["default(team.attainment, 50%)", "default(person.x, default(person.extra, 1 / 3))"]
    shared = Names([*EVENTS, "proration", "cycle.days", *facts, *others])
    shared.words |= {"person.department": DEPARTMENTS, "team.grade": GRADES}
    shared.words |= {"previous.grade": GRADES, "default(previous.grade, 'A')": GRADES}
    tree: Tree = {"policy": "random", "version": "1.5", "events": list(EVENTS)}
    tree |= draw(weighed_trees(names, shared))
    if draw(st.booleans()):
        tree["adjustments"] = draw(adjustment_trees())
    compared = draw(totals(tree, shared, names))
    if draw(st.booleans()):
        tree["grades"] = draw(grade_trees())
    shared.numbers.append("total")
    if draw(st.booleans()):
        tree["vetoes"] = draw(veto_trees(shared, with_grades="grades" in tree))
    rows = tree.get("grades", [])
    grades = [row.get("grade", row.get("otherwise")) for row in rows]
    if rows and {"at_most", "below"} & {*rows[0]}:
        grades.reverse()
    late = [name for name, one in compared.items() if one["of"] == "total"]
    shared.numbers += [f"group.{name}" for name in late]
    if grades:
        if draw(st.booleans()):
            tree["distribution"] = draw(distribution_trees(shared, grades))
        shared.words["grade"] = tuple(grades)
        shared.numbers.append(f'streak("{grades[-1]}")')
    if draw(st.booleans()):
        tree["tables"] = draw(tables_trees(shared))
    paid = Names([*shared.numbers], shared.words, shared.truths)
    if draw(st.booleans()):
        tree |= draw(pay_trees(paid, grades))
    if draw(st.booleans()):
        tree |= draw(time_trees())
    if draw(st.booleans()):
        tree |= draw(rules_after_the_grade(shared, paid))
    if draw(st.booleans()):
        tree["target_changes"] = draw(target_rule_trees())
    if draw(st.booleans()):
        steps = draw(st.sets(st.sampled_from(("attainment", "score", "total", "pay", "division"))))
        tree["rounding"] = {step: draw(rounding_trees(step)) for step in sorted(steps)}
    return tree


@st.composite
def tables_trees(draw: Draw, names: Names) -> Tree:
    """One table or two; adds to `names` what expressions may read of them from then on."""
    before = Names([*names.numbers], names.words)
    found: Tree = {"in_share": draw(table_trees(before, ratio=True))}
    names.numbers.append("table.in_share")
    if draw(st.booleans()):
        found["amounts"] = draw(table_trees(before, ratio=False))
        names.numbers.append("table.amounts")
    return found


@st.composite
def table_trees(draw: Draw, names: Names, *, ratio: bool) -> Tree:
    """A table of two inputs, of shares or of numbers."""
    rows, row_labels = draw(axis_trees(names))
    columns, column_labels = draw(axis_trees(names))
    cell = numbers(0, 200).map(percent) if ratio else numbers(-20, 200)
    cells = {row: [draw(cell) for _ in column_labels] for row in row_labels}
    return {
        "rows": rows,
        "columns": columns,
        "gives": "share" if ratio else "number",
        "cells": {row: cells[row] for row in draw(st.permutations(row_labels))},
    }


@st.composite
def axis_trees(draw: Draw, names: Names) -> tuple[Tree, list[str]]:
    """The rows or the columns of a table, and what they are called."""
    rest = draw(st.booleans())
    if names.words and draw(st.booleans()):
        by = draw(st.sampled_from(sorted(names.words)))
        known = names.words[by]
        words = list(known) if not rest else list(known[: draw(st.integers(1, len(known)))])
        axis: Tree = {"by": by, "is": draw(st.permutations(words))}
        labels = list(axis["is"])
    else:
        kind = draw(st.sampled_from(("number", "share")))
        own = [name for name in names.numbers if kind_of(name) == kind]
        by = draw(st.sampled_from(own or ["proration"]))
        shown = percent if kind == "share" or not own else plain
        limits = draw(descending(0, 120, 3))
        key = "at_least"
        # Of an actual by itself the direction of its indicator says which limits are meant.
        if by.endswith(".actual") or draw(st.booleans()):
            by, key = f"max({by}, 0) - min({by}, 1)", draw(st.sampled_from(("at_least", "at_most")))
        limits = limits if key == "at_least" else limits[::-1]
        axis = {"by": by, key: [shown(one) if shown is percent else one for one in limits]}
        labels = [shown(one) for one in limits]
    if rest:
        axis["otherwise"] = True
        labels.append("otherwise")
    return axis, labels


@st.composite
def weighed_trees(draw: Draw, names: list[str], shared: Names) -> Tree:
    """Sections and indicators, with weights of any kind."""
    count = len(names)
    sections = draw(st.sampled_from((1, 1, min(2, count)))) if count > 1 else 1
    groups = [names[index::sections] for index in range(sections)]
    tree: Tree = {}
    if sections > 1:
        found, tree = draw(weights(sections, given=False))
        tree["sections"] = {f"part{n}": {"weight": weight} for n, weight in enumerate(found)}
    indicators: Tree = {}
    for number, group in enumerate(groups):
        found, counting = draw(weights(len(group)))
        (tree["sections"][f"part{number}"] if sections > 1 else tree).update(counting)
        for name, weight in zip(group, found, strict=True):
            indicators[name] = {"weight": weight, **draw(indicator_trees(name, shared))}
            if sections > 1:
                indicators[name]["section"] = f"part{number}"
        receivers = {name for name, weight in zip(group, found, strict=True) if weight not in _NONE}
        for name in group:
            others = sorted(receivers - {name})
            if others and rare(draw, 3):
                to = draw(st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True))
                indicators[name]["missing"] = {"weight_to": to}
    # Any order in the file: formulas may read indicators that stand below them.
    order = draw(st.permutations(names))
    return {**tree, "indicators": {name: indicators[name] for name in order}}


_NONE = ("0%", 0, Decimal(0))
"""Weights that nothing can be passed on to."""


@st.composite
def weights(draw: Draw, count: int, *, given: bool = True) -> tuple[list[Any], Tree]:
    """So many weights of one section, and how that says that they are written."""
    way = draw(st.sampled_from(("shares", "shares", "parts", "rest", "given")))
    if way == "parts":
        parts = [draw(st.sampled_from((1, 1, 2, 3)) | numbers(0, 9)) for _ in range(count)]
        return [1, *parts[1:]], {"weights": "parts"}
    found: list[Any] = draw(shares(count))
    if way == "rest":
        rests = draw(st.sets(st.integers(0, count - 1)))
        if all(found[index] not in _NONE for index in rests):
            found = ["rest" if index in rests else one for index, one in enumerate(found)]
    elif way == "given" and given:
        first, *mine = sorted(draw(st.sets(st.integers(0, count - 1), min_size=1)))
        left = sum(Decimal(found[index].removesuffix("%")) for index in (first, *mine))
        if left > 0:
            least = {"given": {"at_least": percent(left / 2)}}
            found[first] = draw(st.sampled_from(("given", least)))
            most = {"given": {"at_most": percent(left)}}
            for index in mine:
                found[index] = draw(st.sampled_from(("given", most)))
    return found, {}


@st.composite
def totals(draw: Draw, tree: Tree, shared: Names, names: list[str]) -> Tree:
    """Puts factors and limits of the total into the tree; the figures of groups that there are."""
    total = draw(limits(-50, 120))
    own = Names([*shared.numbers], dict(shared.words), [*shared.truths])
    compared: Tree = draw(group_figure_trees(own, names)) if rare(draw, 3) else {}
    if compared:
        tree["group_figures"] = compared
        early = [name for name, one in compared.items() if one["of"] != "total"]
        shared.numbers += [f"group.{name}" for name in early]
    if rare(draw, 3):
        total["times"] = draw(st.lists(figures(shared), min_size=1, max_size=2))
    if total:
        tree["total"] = total
    return compared


@st.composite
def rounding_trees(draw: Draw, step: str) -> Tree:
    places = draw(st.integers(0, 6 if step == "division" else 4))
    mode = draw(st.sampled_from(sorted(MODES)))
    if step in STEPS and rare(draw, 3):
        return {"to": draw(st.sampled_from(STEPS[step])), "mode": mode}
    return {"places": places, "mode": mode}


STEPS: dict[str, tuple[Any, ...]] = {
    "attainment": ("1%", "0.25%"), "score": (Decimal("0.25"), 3), "total": (Decimal("0.5"), 5),
    "pay": (1, Decimal("0.05")),  # of which prizes are multiples
}  # fmt: skip


@st.composite
def indicator_trees(draw: Draw, name: str, shared: Names) -> Tree:
    """An indicator; adds to `shared` what expressions may read of it from then on."""
    form = draw(st.sampled_from(FORMS))
    word = form in ("levels", "yes_no", "ratings")
    tree: Tree = {"missing": draw(st.sampled_from(("error", "zero", "exclude")))}
    tree["target"] = "none" if word else draw(st.sampled_from(("required", 0, 50)))
    if tree["target"] == 0:
        tree["target"] = draw(numbers(1, 200))
    if not word and rare(draw, 4):
        tree["baseline"] = draw(st.just("required") | numbers(-20, 20))
    own = Names([*shared.numbers], dict(shared.words), [*shared.truths])
    if not word:
        own.numbers += ["actual", "target", *(["baseline"] if "baseline" in tree else [])]
        own.numbers += ["previous.actual"]
    if form in ON_ATTAINMENT and rare(draw, 4):
        tree["attainment"] = draw(figures(own))
    elif not word:
        tree["direction"] = draw(st.sampled_from(("higher_is_better", "lower_is_better")))
    ratio = "attainment" not in tree and "baseline" not in tree
    lower = tree.get("direction") == "lower_is_better"
    if form in ON_ATTAINMENT and ratio and lower and draw(st.booleans()):
        tree["zero_actual"] = "150%"
    own.numbers += ["attainment"] if not word else []
    tree["score"] = draw(score_trees(form, own, upper=lower))
    if form == "bands_on_actual" and rare(draw, 3):
        figures_named(draw, tree)
    if form == "levels":
        shared.words[f"{name}.actual"] = LEVELS
    elif form == "yes_no":
        shared.truths.append(f"{name}.actual")
    elif form != "ratings":
        shared.numbers += [f"{name}.actual", f"{name}.target"]
        shared.numbers += [f"year.{name}.actual", f"year.{name}.target"]
        # Where nothing else looks at the attainment, reading it makes it be worked out.
        shared.numbers += [f"{name}.attainment"]
    shared.numbers.append(f"{name}.score")
    return tree


def figures_named(draw: Draw, tree: Tree) -> None:
    """Gives an indicator figures of its own, which some limits of its bands name, best first."""
    tree["figures"] = [*FIGURES]
    names = [FIGURES[1], *(["target"] if tree["target"] != "none" else []), FIGURES[0]]
    rows = [row for row in tree["score"]["bands"] if "otherwise" not in row]
    kept = draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    for row, named in zip(rows, kept, strict=True):
        if named and names:
            row[next(word for word in LIMITS if word in row)] = names.pop(0)


@st.composite
def score_trees(draw: Draw, form: str, names: Names, *, upper: bool = False) -> Tree:
    score = numbers(0, 120)
    if form == "formula":
        return {"formula": draw(figures(names, kind="number"))}
    if form in ("bands", "bands_on_actual"):
        ratio = form == "bands"
        rows = draw(band_trees(ratio, upper=upper and not ratio))
        return {"bands": rows} if ratio else {"on": "actual", "bands": rows}
    if form == "direct":
        return {"direct": {"min": draw(numbers(-10, 0)), "max": draw(numbers(50, 150))}}
    if form == "levels":
        return {"levels": {level: draw(score) for level in LEVELS}}
    if form == "yes_no":
        return {"yes_no": {"done": draw(score), "otherwise": draw(score)}}
    if form == "ratings":
        return {"ratings": draw(ratings_trees())}
    if form not in ("window", "per_unit"):
        return {form: draw(block_trees(DECLARED[form]))}
    common: Tree = {"points": draw(numbers(-10, 10)), **draw(limits(-20, 130))}
    if form == "window":
        low, high = sorted((draw(numbers(50, 130)), draw(numbers(50, 130))))
        ends = {"low": percent(low), "high": percent(high)}
        return {"window": {**ends, "score": draw(score), "per": "3%", **common}}
    side = draw(st.sampled_from(("below", "above", "both")))
    units = draw(st.sampled_from(("down", "up", "no")))
    scale: Tree = {"start": draw(score), "mark": draw(numbers(0, 100)), "per": draw(numbers(1, 9))}
    return {"per_unit": {**scale, "side": side, "whole_units": units, **common}}


KINDS = {"number": numbers(-10, 120), "figure": numbers(0, 100), "step": numbers(1, 9)}


@st.composite
def block_trees(draw: Draw, block: Any) -> Tree:
    """Any block whose keys are numbers and choices, as its class declares them."""
    return {
        one.name: draw(
            st.sampled_from(one.key.kind.words)
            if isinstance(one.key.kind, Choice)
            else KINDS[one.key.kind.name]
        )
        for one in keys_of(block)
        if one.is_required or draw(st.booleans())
    }


@st.composite
def limited_rows(draw: Draw, low: int, high: int, *, upper: bool = False) -> list[tuple[str, Any]]:
    """Limits in the order of a table's rows, each with its word; one may stand in both forms."""
    open_word, closed = ("below", "at_most") if upper else ("above", "at_least")
    thresholds = draw(descending(low, high))
    found = []
    for threshold in reversed(thresholds) if upper else thresholds:
        kind = draw(st.sampled_from(("closed", "closed", "open", "both")))
        found += [(open_word, threshold)] if kind != "closed" else []
        found += [(closed, threshold)] if kind != "open" else []
    return found


@st.composite
def band_trees(draw: Draw, ratio: bool, *, upper: bool = False) -> list[Tree]:
    shown = percent if ratio else Decimal
    rows: list[Tree] = []
    above = None
    for word, threshold in draw(limited_rows(0, 150, upper=upper)):
        row: Tree = {word: shown(threshold), "score": draw(numbers(0, 120))}
        if threshold != above and draw(st.booleans()):
            row["score"] = sorted((row["score"], draw(numbers(0, 120))))
            if above is None:
                end = draw(numbers(1, 30))
                row["up_to"] = shown(threshold - end if upper else threshold + end)
        rows.append(row)
        above = threshold
    return [*rows, {"otherwise": draw(numbers(-10, 60))}]


@st.composite
def ratings_trees(draw: Draw) -> Tree:
    groups = ("manager", "同事", "client")[: draw(st.integers(1, 3))]
    found = draw(shares(len(groups)))
    tree: Tree = {
        "groups": dict(zip(groups, found, strict=True)),
        "scale": {"min": draw(numbers(-5, 0)), "max": draw(numbers(10, 100))},
        "empty_group": draw(st.sampled_from(("error", "exclude"))),
    }
    receivers = [name for name, one in zip(groups, found, strict=True) if one not in _NONE]
    if rare(draw, 3):
        to = draw(st.lists(st.sampled_from(receivers), min_size=1, max_size=2, unique=True))
        tree["empty_group"] = {"weight_to": to}
    if rare(draw, 3):
        tree["by"] = "median"
    if draw(st.booleans()):
        drop = draw(st.integers(1, 2))
        tree["trim"] = {"drop": drop, "from_raters": 2 * drop + draw(st.integers(1, 2))}
    return tree


@st.composite
def limits(draw: Draw, low: int, high: int) -> Tree:
    ends = sorted((draw(numbers(low, high)), draw(numbers(low, high))))
    found = dict(zip(("at_least", "at_most"), ends, strict=True))
    kept = draw(st.sets(st.sampled_from(("at_least", "at_most"))))
    return {key: value for key, value in found.items() if key in kept}


@st.composite
def adjustment_trees(draw: Draw) -> Tree:
    each = {"points": {"each": draw(numbers(-5, 5)), **draw(limits(-10, 10))}}
    given = {"points": {"given": [2, 8], **draw(limits(0, 20))}}
    found = {"praise": each, "idea": given}
    kept = draw(st.sets(st.sampled_from(sorted(found)), min_size=1))
    return {name: found[name] for name in sorted(kept)}


@st.composite
def grade_trees(draw: Draw) -> list[Tree]:
    """From the best grade down, or now and then from the lowest up."""
    thresholds = draw(descending(0, 110, len(GRADES) - 1))
    if rare(draw, 5):
        words = [draw(st.sampled_from(("at_most", "below"))) for _ in thresholds]
        pairs = zip(reversed(GRADES), words, reversed(thresholds), strict=False)
        rows = [{"grade": name, word: limit} for name, word, limit in pairs]
        return [*rows, {"otherwise": GRADES[-1 - len(rows)]}]
    words = [draw(st.sampled_from(("at_least", "at_least", "above"))) for _ in thresholds]
    pairs = zip(GRADES, words, thresholds, strict=False)
    return [*({"grade": name, word: t} for name, word, t in pairs), {"otherwise": GRADES[-1]}]


@st.composite
def veto_trees(draw: Draw, names: Names, *, with_grades: bool) -> Tree:
    found: Tree = {}
    for name in ("fraud", "leak")[: draw(st.integers(1, 2))]:
        own = Names([*names.numbers, "fraud", "fraud"], names.words, names.truths)
        kinds = ("total", "grade", "pay") if with_grades else ("total", "pay")
        effects: Tree = {"total": draw(numbers(0, 80)), "grade": GRADES[-1]}
        effects["pay"] = draw(st.sampled_from(("0%", "33.3%", "50%")))
        kept = draw(st.sets(st.sampled_from(kinds))) | {"pay"}
        then = {key: effects[key] for key in sorted(kept)}
        when = draw(st.just("fraud > 0") | conditions(own))
        found[name] = {"when": when, "then": then}
    return found


@st.composite
def money_limits(draw: Draw, names: Names, low: int, high: int) -> Tree:
    """Limits that are numbers, or worked out; a lower one may come to be above the upper one."""
    found = draw(limits(low, high))
    worked_out = figures(names, 1, kind="number").filter(lambda text: text not in _BARE)
    for key in found:
        if rare(draw, 3):
            found[key] = draw(st.just("person.bonus_base * 2") | worked_out)
    return found


@st.composite
def pay_trees(draw: Draw, names: Names, grades: list[str]) -> Tree:
    """Incentives, in any order in the file, and limits of what they come to; adds to `names` what
    whatever comes after them may read."""
    plans: Tree = {}
    names.numbers += ["paid.plan0", "year.paid.plan0"]
    for number in range(draw(st.integers(1, 2))):
        plans[f"plan{number}"] = draw(incentive_trees(names, grades))
        names.numbers.append(f"pay.plan{number}")
    tree: Tree = {"incentives": {name: plans[name] for name in draw(st.permutations(list(plans)))}}
    if together := draw(money_limits(names, 0, 20000)):
        tree["payouts"] = together
    return tree


@st.composite
def incentive_trees(draw: Draw, names: Names, grades: list[str]) -> Tree:
    rate = numbers(0, 200).map(percent)
    kinds = ["none", "whole", "marginal", "marginal", *(["by_grade"] if grades else [])]
    kind = draw(st.sampled_from(kinds))
    tree: Tree = {}
    if kind != "marginal" or draw(st.booleans()):
        tree["base"] = draw(st.just("person.bonus_base") | figures(names))
    if kind == "whole":
        shares_of = [name for name in names.numbers if name.endswith(".attainment")]
        ratio = bool(shares_of) and draw(st.booleans())
        by = (
            draw(st.sampled_from(shares_of))
            if ratio
            else draw(st.just("total") | figures(names, kind="number"))
        )
        # Of an actual by itself the direction of its indicator says which limits are meant.
        by = f"{by} + 0" if by.endswith(".actual") else by
        tree["tiers"] = {"by": by, "whole": draw(tier_trees(ratio))}
    elif kind == "marginal":
        starts = draw(descending(0, 120))[::-1]
        by = draw(st.just("total") | figures(names, kind="number"))
        price = {"rate": rate, "each": numbers(0, 9)}
        key = draw(st.sampled_from(sorted(price)))
        quota = rare(draw, 3)
        shown = percent if quota else Decimal
        tree["tiers"] = {"by": by, **({"of": draw(quotas(names))} if quota else {})}
        tree["tiers"]["marginal"] = [{"from": shown(t), key: draw(price[key])} for t in starts]
    elif kind == "by_grade":
        tree["by_grade"] = {grade: draw(rate) for grade in grades}
    if draw(st.booleans()):
        tree["times"] = draw(
            st.lists(st.just("proration") | figures(names), min_size=1, max_size=2)
        )
    if draw(st.booleans()):
        tree["only_if"] = draw(conditions(names))
    if draw(st.booleans()):
        tree["moves"] = draw(st.sampled_from(("by_days", "sum")))
    if rare(draw, 3):
        tree["less"] = draw(st.lists(figures(names, 1, kind="number"), min_size=1, max_size=2))
    return {**tree, **draw(money_limits(names, -100, 20000))}


@st.composite
def quotas(draw: Draw, names: Names) -> str:
    """Mostly a figure that is above nought."""
    targets = [name for name in names.numbers if name.endswith(".target")]
    return draw(st.sampled_from([*targets, "person.bonus_base"]) | figures(names, 1, "number"))


@st.composite
def tier_trees(draw: Draw, ratio: bool) -> list[Tree]:
    """Tiers of `whole`, steps and slopes."""
    rate, shown = numbers(0, 200).map(percent), percent if ratio else Decimal
    rows: list[Tree] = []
    above = None
    for word, threshold in draw(limited_rows(0, 120)):
        row: Tree = {word: shown(threshold), "pay": draw(rate)}
        if threshold != above and draw(st.booleans()):
            row["pay"] = [
                percent(one) for one in sorted(draw(st.tuples(numbers(0, 200), numbers(0, 200))))
            ]
            if above is None:
                row["up_to"] = shown(threshold + draw(numbers(1, 30)))
        rows.append(row)
        above = threshold
    return [*rows, {"otherwise": draw(rate)}]


# ---- rules between subjects, and on what follows


@st.composite
def orders(draw: Draw, names: Names) -> list[str]:
    by = st.just("total") | figures(names, 1)
    found = draw(st.lists(by, min_size=1, max_size=2))
    return [f"{one} {draw(st.sampled_from(('desc', 'asc')))}" for one in found]


@st.composite
def within(draw: Draw) -> Tree:
    column = draw(st.none() | st.sampled_from(("department", "team", "role", "大区")))
    return {} if column is None else {"within": column}


@st.composite
def ties(draw: Draw) -> Tree:
    found = draw(st.sampled_from(("", "keep_together", "keep_together_lower")))
    return {"ties": found} if found else {}


@st.composite
def group_figure_trees(draw: Draw, names: Names, indicators: list[str]) -> Tree:
    """Figures of groups; those of shares end in `attainment`, whatever the way but a number."""
    found: Tree = {}
    for row in range(draw(st.integers(1, 3))):
        known = {name for name in names.numbers if name.partition(".")[0] in indicators}
        of = draw(st.sampled_from(("total", *sorted(known))))
        way = draw(st.sampled_from(DECLARED_WAYS))
        rule: Tree = {"of": of, "by": way, **draw(within())}
        if draw(st.booleans()):
            rule["only_if"] = draw(conditions(names))
        share = kind_of(of) == "share" and way != "count"
        found[f"g{row}_attainment" if share else f"g{row}"] = rule
    return found


DECLARED_WAYS = next(one.key.kind.words for one in keys_of(GroupFigure) if one.name == "by")


@st.composite
def distribution_trees(draw: Draw, names: Names, grades: list[str]) -> Tree:
    """Exact shares for all grades, or limits that lower some."""
    tree: Tree = {**draw(within()), **draw(ties()), "order": draw(orders(names))}
    if draw(st.booleans()):
        tree["min_group"] = draw(st.integers(1, 9))
    if rare(draw, 3):
        tree["only_if"] = draw(conditions(names))
    if len(grades) == 1 or draw(st.booleans()):
        return {**tree, "quotas": dict(zip(grades, draw(shares(len(grades))), strict=True))}
    most = 100 // len(grades)
    quotas: Tree = {}
    for grade in grades:
        bounds = ["exactly"]
        bounds += ["at_most"] if grade != grades[-1] else []
        bounds += ["at_least"] if grade != grades[0] else []
        share, bound = percent(draw(numbers(0, most - 1))), draw(st.sampled_from(bounds))
        quotas[grade] = share if bound == "exactly" else {bound: share}
    # One at least is no exact share, so that places alone do not decide.
    quotas[grades[0]] = {"at_most": percent(draw(numbers(0, most)))}
    kept = draw(st.sets(st.sampled_from(grades))) | {grades[0]}
    return {
        **tree,
        "quotas": {grade: quotas[grade] for grade in draw(st.permutations(sorted(kept)))},
    }


@st.composite
def rules_after_the_grade(draw: Draw, names: Names, paid: Names) -> Tree:
    """Awards, pools and follow-ups, some of them; the last two may read what is `paid`."""
    ranked: Tree = {**draw(within()), **draw(ties()), "order": draw(orders(names))}
    ranked["top"] = draw(st.integers(1, 5) | numbers(0, 100).map(percent))
    if isinstance(ranked["top"], str) and draw(st.booleans()):
        ranked["count"] = draw(st.sampled_from(sorted(MODES)))
        ranked["at_least_one"] = draw(st.sampled_from((True, False)))
    if draw(st.booleans()):
        ranked["only_if"] = draw(conditions(names))
    prizes: Tree = {**draw(within()), "order": draw(orders(names))}
    # Whole amounts, which any rounding of pay can pay.
    amounts = draw(st.lists(st.integers(0, 900), min_size=1, max_size=3))
    prizes["places"] = sorted(amounts, reverse=True)
    if draw(st.booleans()):
        prizes["ties"] = draw(st.sampled_from(("all_get", "share")))
    if draw(st.booleans()):
        prizes["only_if"] = draw(conditions(names))
    shared = Names(["cycle.days", "department.fund"])
    pool: Tree = {**draw(within()), "share_by": draw(st.just("total") | figures(paid))}
    pool["amount"] = draw(st.just("department.fund") | figures(shared))
    if draw(st.booleans()):
        pool["only_if"] = draw(conditions(paid))
    if draw(st.booleans()):
        pool["scale"] = "down_only"
    plan: Tree = {"when": draw(conditions(paid))}
    if draw(st.booleans()):
        plan["due_days"] = draw(st.integers(1, 90))
    found: Tree = {
        "awards": {"star": ranked, "冠军": prizes, "进步奖": {"only_if": draw(conditions(names))}},
        "pools": {"fund": pool},
        "follow_ups": {"改进计划": {"title": "30 天", **plan}},
    }
    kept = draw(st.sets(st.sampled_from(sorted(found)), min_size=1))
    return {key: found[key] for key in sorted(kept)}


@st.composite
def target_rule_trees(draw: Draw) -> Tree:
    rule: Tree = {"weighting": draw(st.sampled_from(("none", "days", "months")))}
    if draw(st.booleans()):
        rule["per_quarter"] = draw(st.integers(0, 3))
    if draw(st.booleans()):
        rule["needs"] = ["reason", "evidence"]
    return rule


@st.composite
def time_trees(draw: Draw) -> Tree:
    """How columns that change count, and by which days the proration does."""
    ways = {name: draw(st.sampled_from(("by_days", "last"))) for name in FACTS}
    days: Tree = {"basis": draw(st.sampled_from(("calendar", "thirty_days", "working_days")))}
    if draw(st.booleans()):
        days["less"] = draw(st.sampled_from((["leave"], ["leave", "事假"])))
    kept = draw(st.sets(st.sampled_from(FACTS), min_size=1))
    found: Tree = {"person_changes": {name: ways[name] for name in sorted(kept)}}
    return {**found, "proration": days} if draw(st.booleans()) else found


@st.composite
def unit_policies(draw: Draw) -> Policy:
    """The policy of a project: figures of members, of earlier cycles, and percentiles."""
    tree: Tree = {**draw(trees()), "subject": "project"}
    word = ("levels", "yes_no", "ratings")
    for one in tree["indicators"].values():
        if "bands" in one["score"] and draw(st.booleans()):
            compared = draw(st.sampled_from(("", "attainment", "actual")))
            own = {"of": compared} if compared else {}
            bands = draw(band_trees(ratio=True))
            one["score"] = {"on": "percentile", "bands": bands, **draw(within()), **own}
            one.pop("zero_actual", None)
        if not set(word).isdisjoint(one["score"]):
            continue
        source = draw(st.sampled_from(("data", "short", "long", "history")))
        if source == "history":
            one["from_history"] = "2024Q1"
        elif source == "short":
            one["roll_up"] = draw(roll_up_trees())
        elif source == "long":
            one["roll_up"] = {"actual": draw(roll_up_trees())}
            if one["target"] == "required":
                one["roll_up"]["target"] = draw(roll_up_trees())
    return policy_from(tree)


@st.composite
def roll_up_trees(draw: Draw) -> Tree:
    figure = st.sampled_from(("total", "sales.actual", "新客户.target", "cost.attainment"))
    way = draw(st.sampled_from(("sum", "mean", "weighted_mean", "weighted_sum", "min", "max")))
    rule: Tree = {"of": draw(figure), "by": way}
    if way.startswith("weighted"):
        rule["weight"] = draw(figure | st.just("person.人数"))
    return rule


# ---- a person


@st.composite
def scorecards(draw: Draw, policy: Policy) -> Scorecard:
    """What may be known of a person: mostly all that the policy asks for, often at an edge."""
    start = date(2024, 7, 1) + timedelta(draw(st.integers(-40, 40)))
    end = start + timedelta(draw(st.integers(0, 120)))
    cycle = Cycle(
        "2024Q3", start, end, year=draw(years()), calendar=draw(st.none() | calendars(start, end))
    )
    facts = {name: datum(draw(numbers(0, 20000)), f"people.csv:{name}") for name in FACTS}
    if rare(draw, 3):
        facts["extra"] = datum(draw(numbers(0, 100)), "people.csv:extra")
    facts["department"] = datum(draw(st.sampled_from(DEPARTMENTS)), "people.csv:department")
    if rare(draw, 20):
        facts.popitem()
    return Scorecard(
        subject="示例员工 01",
        measures=draw(
            weighed(policy, {one.name: draw(measures(one)) for one in policy.indicators})
        ),
        events=draw(event_records(policy)),
        person=facts,
        cycle=None if rare(draw, 12) else cycle,
        proration=draw(prorations(cycle)),
        units={} if rare(draw, 12) else draw(units()),
        history=() if rare(draw, 12) else draw(histories(policy, cycle)),
        changes={} if draw(st.booleans()) else draw(fact_changes(cycle)),
        absences=() if draw(st.booleans()) else draw(absences(cycle)),
        group={
            one.name: datum(draw(numbers(-20, 120)), "a.test.yaml")
            for one in policy.group_figures
            if not rare(draw, 12)
        },
    )


@st.composite
def weighed(draw: Draw, policy: Policy, found: dict[str, Measure]) -> dict[str, Measure]:
    """The measures with the weights that the data give: mostly such as make up a hundred."""
    for section in {one.section for one in policy.indicators}:
        own = [one for one in policy.indicators if one.section == section]
        given = [one for one in own if isinstance(one.weight, GivenWeight)]
        if not given or rare(draw, 20):
            continue
        fixed = [one.weight.value for one in own if isinstance(one.weight, Constant)]
        left = 1 - sum(fixed, Decimal(0))
        cuts = sorted(
            draw(st.lists(st.integers(0, 100), min_size=len(given) - 1, max_size=len(given) - 1))
        )
        for one, (start, end) in zip(given, pairwise([0, *cuts, 100]), strict=True):
            share = left * (end - start) / 100
            low, high = one.weight.limits.at_least, one.weight.limits.at_most
            outside = (low and share < low.value) or (high and share > high.value)
            if outside and not rare(draw, 6):
                continue
            if not rare(draw, 60):
                weight = datum(share, f"actuals.csv:{one.name}")
                found[one.name] = replace(found[one.name], weight=weight)
    return found


def datum(value: Decimal | str | bool, place: str) -> Datum:
    return Datum(value, Origin(place, "CRM", "2024-10-08"))


@st.composite
def units(draw: Draw) -> dict[str, dict[str, Datum]]:
    """What is known of the team and the department."""
    result = {
        "total": datum(draw(numbers(0, 120)), "traces.jsonl"),
        "grade": datum(draw(st.sampled_from(GRADES)), "traces.jsonl"),
    }
    fund = datum(Decimal(draw(st.integers(0, 50000))), "units.csv:2")
    return {"team": result, "department": {"fund": fund}}


@st.composite
def years(draw: Draw) -> Datum | None:
    """Mostly the calendar's, else from another day on."""
    first = draw(st.dates(date(2023, 1, 1), date(2024, 12, 31)))
    return datum(first.isoformat(), "cycle.yaml:7:14") if rare(draw, 3) else None


@st.composite
def calendars(draw: Draw, start: date, end: date) -> WorkCalendar:
    """Days off and days worked, some of which are so anyway."""
    days = st.frozensets(st.dates(start - timedelta(5), end + timedelta(5)), max_size=9)
    return WorkCalendar(draw(days), draw(days), frozenset((2024,)))


@st.composite
def fact_changes(draw: Draw, cycle: Cycle) -> dict[str, tuple[FactChange, ...]]:
    """Changes of the columns, by date; now and then two on one day."""
    around = st.dates(cycle.start - timedelta(9), cycle.end + timedelta(9))
    unique = not rare(draw, 8)
    found = {}
    for name in FACTS:
        days = draw(st.lists(around, min_size=1, max_size=3, unique=unique))
        found[name] = tuple(
            FactChange(day, Datum(value, Origin("person_changes.csv:2", as_of=day.isoformat())))
            for day in sorted(days)
            for value in [draw(numbers(0, 20000))]
        )
    return found


@st.composite
def absences(draw: Draw, cycle: Cycle) -> tuple[Absence, ...]:
    """Days away, by date; now and then two that overlap."""
    start, found = cycle.start - timedelta(9), list[Absence]()
    least = -3 if rare(draw, 8) else 1
    for _ in range(draw(st.integers(1, 3))):
        start += timedelta(draw(st.integers(least, 20)))
        end = start + timedelta(draw(st.integers(0, 20)))
        kind = draw(st.sampled_from(("leave", "事假", "sick")))
        found.append(Absence(kind, start, end, Origin("absences.csv:2")))
        start = end
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


@st.composite
def histories(draw: Draw, policy: Policy, cycle: Cycle) -> tuple[Past, ...]:
    """Earlier cycles, the newest first; now and then two that overlap, or without dates."""
    place, day = "history.csv", cycle.start
    is_dated, found = not rare(draw, 6), list[Past]()
    for name in ("2024Q2", "2024Q1")[: draw(st.integers(1, 2))]:
        end = min(day - timedelta(draw(st.integers(-2 if rare(draw, 9) else 1, 60))), cycle.end)
        start = end - timedelta(draw(st.integers(0, 100)))
        day = start
        measures = {
            one.name: PastMeasure(
                actual=datum(draw(numbers(0, 200)), place),
                target=None if rare(draw, 3) else datum(draw(numbers(0, 200)), place),
            )
            for one in policy.indicators
            if not rare(draw, 9)
        }
        found.append(
            Past(
                name,
                end if is_dated else None,
                total=datum(draw(numbers(0, 120)), place),
                grade=datum(draw(st.sampled_from((*GRADES, GRADES[-1]))), place),
                measures=measures,
                start=start if is_dated else None,
                pay={} if rare(draw, 4) else {"plan0": datum(draw(numbers(0, 900)), place)},
                has_all_figures=draw(st.booleans()),
                has_all_pay=draw(st.booleans()),
            )
        )
    return tuple(found)


@st.composite
def prorations(draw: Draw, cycle: Cycle) -> Datum | Presence:
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return datum(draw(numbers(0, 1)), "people.csv:2 (H2)")
    around = st.dates(cycle.start - timedelta(9), cycle.end + timedelta(9))
    joined, left = (draw(around) if kind > 2 and draw(st.booleans()) else None for _ in range(2))
    return Presence(joined, left)


@st.composite
def event_records(draw: Draw, policy: Policy) -> dict[str, EventRecord]:
    found = {}
    given = {one.name: one.points.given for one in policy.adjustments}
    for name in dict.fromkeys((*EVENTS, *given, *(veto.name for veto in policy.vetoes))):
        if draw(st.booleans()):
            continue
        if given.get(name):
            points = draw(st.lists(numbers(2, 8), max_size=4))
            found[name] = EventRecord(None, tuple(datum(one, "events.csv") for one in points))
        else:
            found[name] = EventRecord(datum(Decimal(draw(st.integers(0, 4))), "events.csv"))
    return found


@st.composite
def measures(draw: Draw, one: Indicator) -> Measure:
    form = one.score
    place = f"actuals.csv:{one.name}"
    if rare(draw, 15):
        return Measure()
    if isinstance(form, Ratings):
        count = st.integers(0, 6) if rare(draw, 4) else st.integers(1, 6)
        rating = numbers(int(form.scale.low), int(form.scale.high), 1)
        groups = {group.name: draw(count) for group in form.groups}
        return Measure(
            ratings={
                name: tuple(datum(draw(rating), f"{place}:{name}") for _ in range(raters))
                for name, raters in groups.items()
            }
        )
    if isinstance(form, Levels):
        return Measure(datum(draw(st.sampled_from((*LEVELS, *LEVELS, *LEVELS, "?"))), place))
    if isinstance(form, YesNo):
        return Measure(datum(draw(st.booleans()), place))
    target = draw(numbers(1, 200)) if one.target == "required" or draw(st.booleans()) else None
    baseline = draw(numbers(-20, 20)) if one.baseline == "required" else None
    edges = draw(st.sampled_from(edges_of(one, target or Decimal(100))))
    actual = draw(st.just(edges) | numbers(0, 250) | numbers(-20, 100, 4))
    if isinstance(form, Direct) and not rare(draw, 20):
        actual = min(max(actual, form.low), form.high)
    return Measure(
        datum(actual, place),
        None if target is None or rare(draw, 30) else datum(target, place),
        None if baseline is None else datum(baseline, place),
        figures=draw(own_figures(one, place)) if one.figures else {},
    )


@st.composite
def own_figures(draw: Draw, one: Indicator, place: str) -> dict[str, Datum]:
    """What an indicator declares besides; mostly in the order of its bands."""
    values = sorted(draw(numbers(0, 200)) for _ in one.figures)
    lower = one.direction == "lower_is_better"
    found = dict(zip(one.figures, values[:: -1 if lower else 1], strict=True))
    return {name: datum(value, place) for name, value in found.items() if not rare(draw, 20)}


def edges_of(one: Indicator, target: Decimal) -> list[Decimal]:
    """Actuals that lie on, just below or just above a threshold of the indicator."""
    form, ratios, figures_ = one.score, [Decimal(1)], [Decimal(0), target]
    if isinstance(form, Bands):
        limits_ = [row.threshold for row in form.rows]
        own = [one.at for one in limits_ if one is not None and isinstance(one.at, Decimal)]
        (ratios if form.on == "attainment" else figures_).extend(own)
    elif isinstance(form, Window):
        ratios += [form.low, form.high]
    elif isinstance(form, PerUnit):
        figures_ += [form.mark, form.mark + form.per, form.mark - form.per]
    elif isinstance(form, Direct):
        figures_ += [form.low, form.high]
    hair = Decimal("0.0001")
    exact = [*figures_, *(ratio * target for ratio in ratios)]
    return [edge + nudge for edge in exact for nudge in (Decimal(0), hair, -hair)]


@st.composite
def judgements(draw: Draw) -> tuple[Policy, Scorecard]:
    """A policy, and a person whom it may judge."""
    policy = draw(policies())
    return policy, draw(scorecards(policy))
