"""A resolved policy -> the curve of a rule: what an incentive pays, how an indicator scores.

Only rules that look at one figure have a curve. What else comes in, factors, conditions,
quotas, vetoes, is said in the notes of the curve and not drawn.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from perfrules.codes.code import LANGUAGES, Language, Text
from perfrules.exact import in_percent
from perfrules.papers.charts.pieces import Curve, End, Piece, Point
from perfrules.papers.charts.tables import (
    Cut,
    Row,
    by_points,
    cut_at,
    decimal,
    pieces_of_rows,
    pieces_of_slices,
    rows_of,
)
from perfrules.words.expression_text import expression_text
from perfrules.words.glossary import Glossary

__all__ = ["figures_of", "pay_curve", "scoring_curve"]

Json = Mapping[str, Any]

_RATE: Final = Text("发放比例", "Rate")
_SHARE: Final = Text("占定额的比例", "Share of the quota")
_AMOUNT: Final = Text("金额", "Amount")
_SCORE: Final = Text("得分", "Score")
_TOTAL: Final = Text("总分", "Total")


def pay_curve(resolved: Json, plan: str) -> Curve | None:
    """The curve of an incentive: the rate by its tiers, the amount by its slices, or the rate that
    a total earns by its grade, before quotas and vetoes.

    `resolved` is the text of a policy as a result folder keeps it. None where there is no such
    incentive, or what it pays is not a function of one figure.
    """
    rule = resolved.get("incentives", {}).get(plan)
    if rule is None:
        return None
    title = _both(resolved, lambda told: told.plan(plan))
    if "by_grade" in rule:
        rows = _grades(resolved, rule["by_grade"])
        notes = (_BY_GRADE, *_notes(resolved, rule))
        pieces = pieces_of_rows(rows)
        return (pieces and Curve(title, _TOTAL, _RATE, False, True, pieces, (), notes)) or None
    tiers = rule.get("tiers")
    if tiers is None:
        return None
    across = _expression(resolved, tiers["by"])
    is_ratio = _is_ratio(resolved, tiers["by"])
    if "whole" in tiers:
        read = rows_of(tiers["whole"], "pay")
        if read is None:
            return None
        pieces = pieces_of_rows(read)
        notes = tuple(_notes(resolved, rule))
        return Curve(title, across, _RATE, is_ratio, True, pieces, (), notes)
    return _of_slices(resolved, rule, tiers, title, across, is_ratio)


def _of_slices(
    resolved: Json, rule: Json, tiers: Json, title: Text, across: Text, is_ratio: bool
) -> Curve | None:
    slices = tiers["marginal"]
    price = "rate" if "rate" in slices[0] else "each"
    pieces = pieces_of_slices(slices, price)
    notes = tuple(_notes(resolved, rule))
    if "of" in tiers:
        if price == "each":
            return None
        quota = _expression(resolved, tiers["of"])
        named = Text(f"{across.zh} ÷ {quota.zh}", f"{across.en} ÷ {quota.en}")
        return Curve(title, named, _SHARE, True, True, pieces, (), notes)
    is_alone = not any(key in rule for key in ("base", "times", "less"))
    if not is_alone:
        up = Text("各段合计", "Sum of the slices")
        return Curve(title, across, up, is_ratio, False, pieces, (), notes)
    parts = [part for piece in pieces for part in cut_at(piece, _cut(rule))]
    about = frozenset(x for _, x in parts if x is not None)
    cut = tuple(piece for piece, _ in parts)
    limits = tuple(_limits(rule))
    return Curve(title, across, _AMOUNT, is_ratio, False, cut, limits, notes, about)


def _limits(rule: Json) -> Iterator[tuple[Text, Decimal]]:
    for key, name in (("at_least", _FLOOR), ("at_most", _CAP)):
        if key in rule and (value := decimal(rule[key])) is not None:
            yield name, value


_FLOOR: Final = Text("保底", "Floor")
_CAP: Final = Text("封顶", "Cap")


def _grades(resolved: Json, rates: Mapping[str, Any]) -> list[Row]:
    """The rows of the grades, each with the rate of its grade."""
    found = []
    for row in resolved.get("grades", ()):
        word = next((one for one in ("at_least", "above", "at_most", "below") if one in row), "")
        grade = str(row["grade"] if word else row["otherwise"])
        rate = decimal(rates.get(grade))
        assert rate is not None  # every grade has to be there
        found.append(Row(word, decimal(row[word]) if word else None, rate, None, None, grade))
    return found


def figures_of(resolved: Json, plan: str) -> tuple[tuple[str, ...], ...]:
    """Where a trace has the figure that the curve of an incentive looks at: the paths of its
    step, or, of slices of a quota, of the figure and the quota whose quotient it is. The first way
    of which there are steps is meant. Nothing where the total is looked at, or nothing is."""
    tiers = resolved.get("incentives", {}).get(plan, {}).get("tiers")
    if tiers is None:
        return ()
    told = _glossary(resolved, "zh")
    ways: list[tuple[str, ...]] = []
    for by in (f"pay.{plan}.by", told.of_name(tiers["by"])):
        if "of" not in tiers:
            ways.append((by,))
            continue
        ways += [(by, of) for of in (f"pay.{plan}.of", told.of_name(tiers["of"]))]
    return tuple(ways)


def scoring_curve(resolved: Json, indicator: str) -> Curve | None:
    """The curve of an indicator's score over its attainment, actual or percentile, before the
    score is rounded; None where there is no such indicator, or its score is not a function of one
    figure (levels, ratings, formulas, limits that are another for each person)."""
    rule = resolved.get("indicators", {}).get(indicator)
    if rule is None:
        return None
    score = rule.get("score", {})
    title = _both(resolved, lambda told: told.title("indicators", indicator))
    basis, goes_on = "actual", False
    pieces: tuple[Piece, ...] = ()
    cut = Cut(None, None)
    if "bands" in score:
        basis = score.get("on", "attainment")
        read = rows_of(score["bands"], "score")
        if read is None:
            return None
        pieces = pieces_of_rows(read)
    elif "per_unit" in score:
        basis, cut = score["per_unit"].get("on", "actual"), _cut(score["per_unit"])
        pieces, goes_on = by_points(score["per_unit"])
    elif "window" in score:
        basis, cut = score["window"].get("on", "attainment"), _cut(score["window"])
        pieces = _window(score["window"])
    elif "direct" in score:
        pieces = _direct(score["direct"])
    if not pieces:
        return None
    parts = [part for piece in pieces for part in cut_at(piece, cut)]
    about = frozenset(x for _, x in parts if x is not None)
    across = _both(resolved, lambda told: told.name(f"indicators.{indicator}.{basis}", indicator))
    is_ratio = basis != "actual" or in_percent(rule.get("unit"))
    return Curve(
        title, across, _SCORE, is_ratio, False, tuple(piece for piece, _ in parts), about=about,
        goes_on=goes_on,
    )  # fmt: skip


def _cut(rule: Json) -> Cut:
    return Cut(decimal(rule.get("at_least")), decimal(rule.get("at_most")))


def _window(rule: Json) -> tuple[Piece, ...]:
    low, high, score, per, points = (
        decimal(rule[key]) for key in ("low", "high", "score", "per", "points")
    )
    assert low is not None and high is not None and score is not None
    assert per is not None and points is not None
    left, right = Point(low, score), Point(high, score)
    return (
        Piece(None, End(low, closed=False), Point(low - per, score + points), left),
        Piece(End(low, closed=True), End(high, closed=True), left, right),
        Piece(End(high, closed=False), None, right, Point(high + per, score + points)),
    )


def _direct(rule: Json) -> tuple[Piece, ...]:
    low, high = decimal(rule["min"]), decimal(rule["max"])
    assert low is not None and high is not None
    ends = End(low, closed=True), End(high, closed=True)
    return (Piece(*ends, Point(low, low), Point(high, high)),)


_BY_GRADE: Final = Text(
    "按总分对应的等级计算，未计强制分布、一票否决与校准的影响",
    "By the grade of the total, before quotas, vetoes and calibrations",
)


def _notes(resolved: Json, rule: Json) -> Iterator[Text]:
    """What else comes in before the money is paid."""
    if "base" in rule:
        base = _expression(resolved, rule["base"])
        yield Text(f"基数：{base.zh}", f"Base: {base.en}")
    if rule.get("times"):
        factors = [_expression(resolved, one) for one in rule["times"]]
        zh, en = (" × ".join(one[place] for one in factors) for place in (0, 1))
        yield Text(f"再乘：{zh}", f"Times: {en}")
    if "only_if" in rule:
        met = _expression(resolved, rule["only_if"])
        yield Text(f"发放条件：{met.zh}", f"Only if {met.en}")
    if rule.get("less"):
        off = [_expression(resolved, one) for one in rule["less"]]
        zh, en = ("、".join(one.zh for one in off), ", ".join(one.en for one in off))
        yield Text(f"扣减：{zh}", f"Less: {en}")
    for key, name in (("at_least", _FLOOR), ("at_most", _CAP)):
        if key in rule:
            limit = _expression(resolved, str(rule[key]))
            yield Text(f"{name.zh}：{limit.zh}", f"{name.en}: {limit.en}")


def _glossary(resolved: Json, language: Language) -> Glossary:
    policy = {"id": resolved["policy"], "version": resolved["version"]}
    return Glossary({"policy": policy, "steps": []}, resolved, language)


def _both(resolved: Json, name: Callable[[Glossary], str]) -> Text:
    return Text(*(name(_glossary(resolved, language)) for language in LANGUAGES))


def _expression(resolved: Json, text: str) -> Text:
    """An expression with the names of what it reads."""
    return Text(*(_told(_glossary(resolved, one), text, one) for one in LANGUAGES))


def _told(told: Glossary, text: str, language: Language) -> str:
    return expression_text(text, lambda name: told.name(told.of_name(name)), language)


def _is_ratio(resolved: Json, text: str) -> bool:
    told = _glossary(resolved, "zh")
    return told.measure(told.of_name(text)).is_ratio
