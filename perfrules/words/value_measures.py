"""How the values of a trace are measured: in points, in money, as a percentage, in people."""

from collections.abc import Callable, Iterator
from typing import Final

from perfrules.codes.code import Text
from perfrules.words import bilingual
from perfrules.words.expression_text import dimension
from perfrules.words.measure import PLAIN, RATIO, Measure
from perfrules.words.titles import Json, Titles
from perfrules.words.value_names import named_by_default, path_of_name

__all__ = ["counted", "measure_of", "money", "unit"]

_MEMBERS: Final = {
    "team": Text("个团队", "teams"), "department": Text("个部门", "departments"),
    "project": Text("个项目", "projects"),
}  # fmt: skip
"""What a group is counted in, where it is not people."""

_PEOPLE: Final = Text("人", "people")

_PLACES: Final = 2
"""A ratio is shown as a percentage, which has two decimal places fewer; money whose name is not
known has as many."""


def unit(told: Titles, word: str | None) -> str:
    """A unit as it is written behind a number."""
    return bilingual.unit(word, told.language) if word else ""


def counted(told: Titles) -> str:
    """What the members of this subject's groups are counted in: people, teams…"""
    return _MEMBERS.get(told.kind, _PEOPLE).into(told.language)


def money(told: Titles) -> str:
    """The currency of payouts: that of the indicators, where they have just one, else that of the
    run."""
    policies = (told.resolved, *told.parts)
    units = {one.get("unit") for policy in policies for one in policy["indicators"].values()}
    found = {unit(told, one) for one in units & bilingual.CURRENCIES.keys()}
    return found.pop() if len(found) == 1 else unit(told, told.currency)


def measure_of(told: Titles, path: str) -> Measure:
    """How the value at a path, of a step or of the policy, is written."""
    parts = path.split(".")
    if parts[0] == "last":  # the same figure in an earlier cycle
        inside = len(parts) == 3
        return measure_of(told, f"indicators.{parts[1]}.{parts[2]}" if inside else parts[-1])
    if parts[0] == "year" and len(parts) == 3 and parts[1] != "paid":
        return measure_of(told, f"indicators.{parts[1]}.{parts[2]}")
    if parts[0] == "past" and len(parts) == 4 and parts[2] != "pay":
        return measure_of(told, f"indicators.{parts[2]}.{parts[3]}")
    if "paid" in parts[:2] or (parts[0] == "past" and parts[2] == "pay"):
        return Measure(unit=money(told))
    if (missing := named_by_default(told, path)) is not None:
        return measure_of(told, missing)
    if "quotient" in parts:
        return PLAIN
    for find in _FAMILIES:
        found = find(told, path, parts)
        if found is not None:
            return found
    return PLAIN


def _of_indicator(told: Titles, path: str, parts: list[str]) -> Measure | None:
    if parts[0] != "indicators" or len(parts) < 3:
        return None
    name, rest = parts[1], parts[2:]
    match rest:
        case ["target", ("for" | "weights"), *_]:
            days = told.part("target_changes", "weighting") == "days"
            return Measure(unit=unit(told, "days" if days else "months"))
        case ["target", "sum"]:
            # So many yuan for so many months: there is no word for that.
            return measure_of(told, f"indicators.{name}.target")._replace(unit="")
        case ["group", *_]:
            return Measure(unit=counted(told))
        case ["percentile"]:
            return _attainment(told)
        case ["previous", what]:
            return measure_of(told, f"indicators.{name}.{what}")
        case [("members" | "target_members"), _, "weight"]:
            return PLAIN
        case [("members" | "target_members") as which, *_]:
            # A member's figure is of the unit of what it is rolled up to.
            what = "actual" if which == "members" else "target"
            return measure_of(told, f"indicators.{name}.{what}")
        case [what, *_] if what in (
            "actual",
            "target",
            "baseline",
            *told.part("indicators", name).get("figures", ()),
        ):
            own = told.part("indicators", name).get("unit")
            return RATIO if own == "%" else Measure(unit=unit(told, own))
        case ["attainment", "part"]:
            return RATIO
        case ["attainment", "share"]:
            return _weight(told)
        case ["attainment", *_]:
            return _attainment(told)
        case ["score", "units"]:
            return Measure(unit=told.say("个单位", "units"))
        case ["zero_actual"] | ["score", "ratings", "groups", _]:
            return RATIO
        case ["weight", *_] | ["excluded"]:
            return _weight(told, told.part("indicators", name).get("section"))
        case [*_, ("weights" | "excluded")] | [*_, "weight", "raised"]:
            return RATIO
    return Measure(unit=unit(told, "points"))


def _of_total(told: Titles, path: str, parts: list[str]) -> Measure | None:
    """Of sections, the total, adjustments and vetoes; of the segments that make a total."""
    match parts:
        case ["total", "times", number]:
            return _of_expression(told, told.part("total")["times"][int(number) - 1])
        case ["total", "weights"] if told.moved:
            return Measure(unit=unit(told, "days"))
        case ["total", "sum"] | ["segments", _, "weighted"] if told.moved:
            return PLAIN  # points times days
        case ["segments", _, "days"]:
            return Measure(unit=unit(told, "days"))
        case ["sections", section, ("weights" | "parts")]:
            return _weight(told, section)
        case ["sections" | "total", *_, ("weight" | "weights" | "excluded")]:
            return _weight(told)
        case ["attainment", "weights"]:
            return _weight(told)
        case ["attainment", *_]:
            return _attainment(told)
        case ["vetoes", _, "then", "pay"]:
            return RATIO
        case ["sections" | "total" | "adjustments" | "vetoes", *_]:
            return Measure(unit=unit(told, "points"))
        case ["segments", _, "total"]:
            return Measure(unit=unit(told, "points"))
    return None


def _weight(told: Titles, section: str | None = None) -> Measure:
    """Of the weights in a section; without one, of the sections, or of all where there are none."""
    whole = told.part("sections", section) if section else told.resolved
    return PLAIN if whole.get("weights") == "parts" else RATIO


def _of_groups(told: Titles, path: str, parts: list[str]) -> Measure | None:
    match parts:
        case ["distribution", "order", number]:
            return _of_order(told, told.part("distribution"), number)
        case ["awards", award, "order", number]:
            return _of_order(told, told.part("awards", award), number)
        case ["awards", award, "top"] if "count" not in told.part("awards", award):
            return Measure(unit=counted(told))
        case ["awards", _, "places", _]:
            return Measure(unit=money(told))
        case ["distribution", "quotas", *_] | ["awards", _, "top"]:
            return RATIO
        case ["distribution" | "awards", *_]:
            return Measure(unit=counted(told))
        case ["group", name]:
            rule = told.part("group_figures", name)
            if rule.get("by") == "count":
                return Measure(unit=counted(told))
            return measure_of(told, path_of_name(told, rule.get("of", "total")))
        case ["group", *_]:
            return Measure(unit=counted(told))
        case ["pools", _, "amount"]:
            return Measure(unit=money(told))
        case ["pools", pool, ("share" | "shares"), *_] if "scale" in told.part("pools", pool):
            return Measure(unit=money(told))
        case ["pools", _, "left"]:
            return Measure(unit=unit(told, "份"))
        case ["pools", _, "ahead"]:
            return Measure(unit=counted(told))
    return None


def _of_facts(told: Titles, path: str, parts: list[str]) -> Measure | None:
    match parts:
        case ["person", _, ("for" | "weights"), *_] | ["proration", _] | ["absences", _]:
            return Measure(unit=unit(told, "days"))
        case ["person", column, ("before" | "change"), *_]:
            return measure_of(told, f"person.{column}")
        case [("team" | "department" | "project"), "attainment"]:
            return _attainment(told)
        case [("team" | "department" | "project" | "previous"), "total"]:
            return Measure(unit=unit(told, "points"))
        case ["streak", _] | ["events", _]:
            return Measure(unit=unit(told, "times"))
        case ["events", _, _]:
            return Measure(unit=unit(told, "points"))
        case [*_, ("days" | "due_days")]:
            return Measure(unit=unit(told, "days"))
    return Measure(unit=money(told)) if path in _amounts(told) else None


def _amounts(told: Titles) -> Iterator[str]:
    """What is an amount of money because of where the policy reads it."""
    for plan in told.part("incentives").values():
        yield from (plan.get(key, "") for key in ("base", "at_least", "at_most"))
        yield from plan.get("less", ())
    yield from told.part("payouts").values()
    for pool in told.part("pools").values():
        yield pool.get("amount", "")
        if "scale" in pool:
            yield pool.get("share_by", "")


def _of_table(told: Titles, path: str, parts: list[str]) -> Measure | None:
    match parts:
        case ["table", name]:
            return RATIO if told.part("tables", name, "gives") == "share" else PLAIN
        case ["table", name, ("row" | "column") as side]:
            return _of_expression(told, told.part("tables", name, f"{side}s").get("by"))
    return None


def _of_pay(told: Titles, path: str, parts: list[str]) -> Measure | None:
    match parts:
        case ["incentives", _, ("at_least" | "at_most")]:
            return Measure(unit=money(told))
        case ["incentives", _, "tiers", "marginal", _, "each"]:
            return Measure(unit=money(told))
        case ["incentives", *_] | ["pay", _, "rate"]:
            return RATIO
        case ["pay", plan, ("by" | "of") as what]:
            return _of_expression(told, told.part("incentives", plan, "tiers").get(what))
        case ["pay", plan, "times", number]:
            return _of_expression(told, told.part("incentives", plan)["times"][int(number) - 1])
        case ["pay", _] | ["pay", _, ("part" | "whole")] | ["pay_total"]:
            unit = money(told)
            cents = bilingual.CURRENCIES.get(unit, _PLACES)
            return Measure(unit=unit, places=max(_places(told, "pay"), cents))
        case ["pay", _, "segments", _, "weighted"]:
            return PLAIN  # money times days
        case ["pay", plan, "sum"] if told.moved and f"pay.{plan}.share" in told.steps:
            return PLAIN
        case ["pay" | "payouts", *_]:
            return Measure(unit=money(told))
    return None


_Family = Callable[[Titles, str, list[str]], Measure | None]
_FAMILIES: Final[tuple[_Family, ...]] = (
    _of_indicator,
    _of_total,
    _of_groups,
    _of_pay,
    _of_table,
    _of_facts,
)


def _of_order(told: Titles, rule: Json, number: str) -> Measure:
    """Of a formula by which a group is put in order: `sales.attainment * 2 desc`."""
    order, row = rule.get("order", ()), int(number) - 1
    return _of_expression(told, order[row].rpartition(" ")[0]) if row < len(order) else PLAIN


def _of_expression(told: Titles, text: str) -> Measure:
    """The measure of a formula: that which all it reads have in common."""
    return dimension(text, lambda name: measure_of(told, path_of_name(told, name))) or PLAIN


def _attainment(told: Titles) -> Measure:
    places = max(_places(told, "attainment") - _PLACES, 0)
    return Measure(is_ratio=True, places=min(places, _PLACES))


def _places(told: Titles, what: str) -> int:
    return int(told.part("rounding", what)["places"])
