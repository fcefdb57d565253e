"""What is missing to the next grade and to the next tier of pay, told exactly or not at all."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, DecimalException, localcontext
from math import prod
from typing import Final

from perfrules.exact import EXACT, OutOfRange, read_number
from perfrules.papers.feedback.reach import (
    Reach,
    higher_scores,
    limits_of,
    reached,
    told_reach,
)
from perfrules.papers.feedback.shown import number, shown_number
from perfrules.papers.paper.parts import Point
from perfrules.words.glossary import Glossary, Json
from perfrules.words.rounding import divided_as, rounded_as
from perfrules.words.sentence import terms
from perfrules.words.thresholds import word_of

__all__ = ["to_the_next_grade", "to_the_next_tiers"]

_ONE: Final = Decimal(1)
_OPEN: Final = frozenset(("sum", "round"))
"""What may become of a weighted score so that a point more is still a point more."""


def to_the_next_grade(told: Glossary) -> Iterator[Point]:
    """How many points are missing, and which indicator alone would bring them."""
    step = _by_total(told)
    if step is None:
        return
    title, row = told.say("等级", "Grade"), _above(step)
    if limits := _limits(told, row or {**terms(step), "grade": step["value"]}):
        titles = told.say("、", ", ").join(told.title("vetoes", name) for name in limits)
        yield Point(
            title,
            told.say(
                f"受否决项「{titles}」限制，得分再高也不变",
                f"limited by the veto “{titles}”, whatever the points",
            ),
        )
        return
    if row is None:
        if told.record["grade"] == step["value"]:
            grade = told.grade(step["value"])
            yield Point(title, told.say(f"{grade}，已是最高等级", f"{grade}, the highest there is"))
        return
    total, word = number(step["operands"][0]["value"]), word_of(row)
    threshold, is_open = number(row[word]), word == "above"
    measure = told.measure("total")
    name = told.grade(row["grade"])
    with localcontext(EXACT):
        short = told.written(threshold - total, measure)
    now, from_on = told.written(total, measure), told.written(threshold, measure)
    begins = (f"为 {from_on}及以上", f"begins at {from_on}")
    if is_open:
        begins = (f"须高于 {from_on}", f"begins above {from_on}")
        short = told.say(f"{short}以上", f"more than {short}")
    yield Point(
        told.say(f"距等级 {name}", f"To grade {name}"),
        told.say(
            f"按总分还差 {short}（总分 {now}，{row['grade']} {begins[0]}）",
            f"{short} short (the total is {now}, {row['grade']} {begins[1]})",
        ),
        tuple(_alone(told, threshold, is_open=is_open)),
    )


def _by_total(told: Glossary) -> Json | None:
    """The step in which the total alone makes the grade."""
    found = (told.steps.get(path) for path in ("grade", "grade.by_total"))
    return next((one for one in found if one is not None and one["operation"] == "grade"), None)


def _above(step: Json) -> Json | None:
    """The row of a table that was just missed."""
    own = int(step["rule"]["path"].rpartition(".")[2])
    for row in step.get("not_taken", ()):
        if int(row["path"].rpartition(".")[2]) < own:
            return terms({"rule": row})
    return None


def _limits(told: Glossary, row: Json) -> list[str]:
    """The vetoes that keep the grade of a row out of reach, however many the points."""
    order = [one.get("grade", one.get("otherwise")) for one in told.resolved.get("grades", ())]
    found = []
    for name in told.record["vetoed"]:
        then = told.part("vetoes", name, "then")
        below = "grade" in then and order.index(then["grade"]) > order.index(row["grade"])
        word = word_of(row)
        held = "total" in then and word and _is_short(number(then["total"]), row, word)
        if below or held:
            found.append(name)
    return found


def _is_short(total: Decimal, row: Json, word: str) -> bool:
    limit = number(row[word])
    return total <= limit if word == "above" else total < limit


def _alone(told: Glossary, threshold: Decimal, *, is_open: bool) -> Iterator[str]:
    """Each indicator that would reach the grade by itself, all others as they are."""
    total, whole = _open_total(told), _whole(told)
    if total is None:
        return
    for name in told.part("indicators"):
        share = _share(told, name)
        if share is None:
            continue
        for reach in higher_scores(told, name):
            with localcontext(EXACT):
                better = total + (reach.gain - _score(told, name)) * share
                due = threshold * whole
            if better > due or (better == due and not is_open):
                yield _told_alone(told, name, reach, better, whole)
                break


def _told_alone(told: Glossary, name: str, reach: Reach, total: Decimal, whole: Decimal) -> str:
    """`total` is what the indicator would make of the total, before it is cut and rounded, and,
    where weights are parts, divided by the `whole` of them."""
    title, points = told.title("indicators", name), told.measure("total")
    where = told_reach(told, name, reach)
    rounding, limits = told.part("rounding", "total"), told.part("total")
    total = divided_as(total, whole, rounding)
    if "at_most" in limits:
        total = min(total, number(limits["at_most"]))
    score, then = told.written(reach.gain, points), told.written(total, points)
    return told.say(
        f"其他各项不变时，{title}{where}即可：得分 {score}，总分 {then}",
        f"all else unchanged, {title} {where} is enough: score {score}, total {then}",
    )


def _score(told: Glossary, name: str) -> Decimal:
    return number(told.steps[f"indicators.{name}.score"]["value"])


def _open_total(told: Glossary) -> Decimal | None:
    """The total before it was rounded, and, where weights are parts, divided by their sum; None
    where a limit, a share or an entry stands between."""
    links = _links(told, "total")
    if _whole(told) != 1:
        divided_ = [one for one in links if one["operation"] == "divide"]
        links = [one for one in links if one not in (*divided_, told.steps["total.weights"])]
    if not links or any(not _is_open(told, one) for one in links):
        return None
    sums = [one for one in links if one["operation"] == "sum"]
    return number(sums[-1]["value"]) if sums else None


def _whole(told: Glossary) -> Decimal:
    """What the total is divided by: the sum of the parts, where weights are parts and the quotient
    is rounded once; else 1."""
    in_parts = told.resolved.get("weights") == "parts" and not told.part("adjustments")
    return number(told.steps["total.weights"]["value"]) if in_parts and not told.moved else _ONE


def _links(told: Glossary, path: str) -> list[Json]:
    """The steps of a chain, the last of which bears the path itself."""
    names = ("sum", "share", "weights", "adjusted", "factored", "cut", "rounded")
    paths = [*(f"{path}.{name}" for name in names), path]
    found = [told.steps[one] for one in paths if one in told.steps]
    revised = [one for one in told.steps if one.startswith(f"{path}.revis")]
    return found + [told.steps[one] for one in revised]


def _is_open(told: Glossary, step: Json) -> bool:
    if step["operation"] == "at_most":
        # Vetoes that do not touch the total.
        return len(step["operands"]) == 1
    if told.path(step).endswith(".weights"):
        return False
    return step["operation"] in _OPEN


def _share(told: Glossary, name: str) -> Decimal | None:
    """What a point of the indicator is worth in the total; None where that is no fixed weight."""
    path = f"indicators.{name}.score"
    if path not in told.steps or any(one.startswith(f"{path}.revis") for one in told.steps):
        return None
    shares = [_weight(told, path)]
    section = told.part("indicators", name).get("section")
    if section is not None:
        above = f"sections.{section}"
        links = _links(told, above)
        if not links or any(not _is_open(told, one) for one in links):
            return None
        shares.append(_weight(told, above))
    found = [one for one in shares if one is not None]
    return prod(found, start=Decimal(1)) if len(found) == len(shares) else None


def _weight(told: Glossary, path: str) -> Decimal | None:
    step = told.steps.get(f"{path}.weighted")
    return number(step["operands"][1]["value"]) if step is not None else None


# The next tier of pay


def to_the_next_tiers(told: Glossary) -> Iterator[Point]:
    """For each plan paid by the attainment or the actual of an indicator: the next tier."""
    for plan in told.part("incentives"):
        step = told.steps.get(f"pay.{plan}.rate")
        if step is None or step["operation"] != "tier":
            continue
        basis, now = step["operands"][0], number(step["value"])
        parts = told.path(basis).split(".")
        if len(parts) != 3 or parts[0] != "indicators" or parts[2] not in _TELLING:
            continue
        actual = told.steps.get(f"indicators.{parts[1]}.actual")
        if actual is None:
            continue
        tiers, have = told.part("incentives", plan, "tiers", "whole"), number(actual["value"])
        ways = [
            way
            for limit in limits_of(tiers, number(basis["value"]), "pay")
            if limit.gain > now
            for way in reached(told, parts[1], parts[2], limit, have)
        ]
        if ways:
            nearest = min(ways, key=lambda way: way.missing.copy_abs())
            with localcontext(EXACT):
                more = _more_pay(told, plan, step, nearest.gain)
            yield _told_tier(told, plan, parts[1], nearest, more)


_TELLING: Final = ("actual", "attainment")


def _told_tier(told: Glossary, plan: str, name: str, way: Reach, more: Decimal | None) -> Point:
    now = told.value(told.steps[f"pay.{plan}.rate"])
    then = shown_number(told, way.gain, told.measure(f"pay.{plan}.rate"))
    where = told.title("indicators", name), told_reach(told, name, way)
    text = told.say(
        f"{where[0]}{where[1]}，发放比例由 {now} 升为 {then}",
        f"{where[0]} {where[1]} lifts the rate from {now} to {then}",
    )
    if more is not None:
        amount = told.written(more, told.measure(f"pay.{plan}"))
        text += told.say(f"，金额多 {amount}", f", worth {amount} more")
    return Point(told.title("incentives", plan), text)


def _more_pay(told: Glossary, plan: str, rate: Json, better: Decimal) -> Decimal | None:
    """What the better rate would pay more, all else unchanged; None where that is not plain."""
    path = f"pay.{plan}"
    chain = {one: told.steps[one] for one in (path, f"{path}.product") if one in told.steps}
    product = chain.get(f"{path}.product", chain[path])
    last = chain[path]
    plain = product["operation"] == "multiply" and (
        last is product or (last["operation"] == "round" and told.path(last) == path)
    )
    limited = "payouts.sum" in told.steps  # all incentives together may be cut
    if not plain or limited or any(f"{path}.{one}" in told.steps for one in _BETWEEN):
        return None
    inside = f"indicators.{told.path(rate['operands'][0]).split('.')[1]}."
    others = [one for one in product["operands"] if told.path(one) != told.path(rate)]
    if any(_reads(told, one, inside) for one in others):
        return None  # the better figure would change more than the rate
    factors = [
        better if told.path(one) == told.path(rate) else number(one["value"])
        for one in product["operands"]
    ]
    return _paid(told, plan, prod(factors, start=Decimal(1)), number(last["value"]))


_BETWEEN: Final = ("less", "cut", "vetoed")
"""Links that leave less of a better rate, or nothing."""


def _reads(told: Glossary, operand: Json, inside: str) -> bool:
    """Whether a value was made of one whose path begins so."""
    path = told.path(operand)
    if path.startswith(inside):
        return True
    step = told.steps.get(path) if "step" in operand else None
    return step is not None and any(_reads(told, one, inside) for one in step["operands"])


def _paid(told: Glossary, plan: str, amount: Decimal, now: Decimal) -> Decimal | None:
    """The amount within the plan's limits and rounded, less what is paid now."""
    rounding: Mapping[str, str] = told.part("rounding", "pay")
    limits = told.part("incentives", plan)
    try:
        amount = rounded_as(amount, rounding)
    except (OutOfRange, DecimalException):
        return None
    if "at_most" in limits:
        step = told.steps.get(f"pay.{plan}.at_most")
        most = read_number(str(limits["at_most"])) if step is None else number(step["value"])
        if not isinstance(most, Decimal) or amount > most:
            return None  # above the limit, or above what only the data know
    more = amount - now
    return more if more > 0 else None
