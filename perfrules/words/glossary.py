"""What the values of a trace are called, and how they are written.

Reads a record (`trace_json.trace_record`) together with the resolved policy, which has the
titles and units. A value is written exactly: percentages with at least the places that the
policy rounds to, anything else without closing zeros; nothing is rounded to be shown.
"""

from decimal import Decimal
from typing import Final

from perfrules.exact import percent, plain
from perfrules.words.bilingual import level
from perfrules.words.measure import Measure
from perfrules.words.titles import Json, Titles
from perfrules.words.value_measures import counted, measure_of
from perfrules.words.value_names import path_of_name, value_name

__all__ = ["Glossary", "Json"]

_PLURALS: Final = {
    "points": "point",
    "days": "day",
    "months": "month",
    "times": "time",
    "people": "person",
    "hours": "hour",
    "units": "unit",
    "teams": "team",
    "departments": "department",
    "projects": "project",
    "companies": "company",
    "articles": "article",
    "items": "item",
    "pieces": "piece",
    "orders": "order",
    "events": "event",
    "minutes": "minute",
    "seconds": "second",
    "weeks": "week",
    "years": "year",
    "accounts": "account",
    "sets": "set",
    "customers": "customer",
    "visits": "visit",
    "leads": "lead",
    "posts": "post",
}


class Glossary(Titles):
    """Names, units and spellings for one record, in one language."""

    def name(self, path: str, inside: str = "") -> str:
        """What the value at a path is called; `inside` is the indicator or veto in question."""
        return value_name(self, path, inside)

    def of_name(self, name: str, indicator: str = "") -> str:
        """The path of what a name means in an expression, of an indicator or elsewhere."""
        return path_of_name(self, name, indicator)

    def measure(self, path: str) -> Measure:
        """How the value at a path, of a step or of the policy, is written."""
        return measure_of(self, path)

    def members(self, count: object) -> str:
        """So many of those whom a rule compares: `6 人`, `3 个团队`."""
        return self.written(count, Measure(unit=counted(self)))

    def value(self, node: Json) -> str:
        """The value of a step or operand as it stands in a calculation: without its unit."""
        return self._spelled(node, with_unit=False)

    def amount(self, node: Json) -> str:
        """The value of a step or operand with its unit."""
        return self._spelled(node, with_unit=True)

    def _spelled(self, node: Json, *, with_unit: bool) -> str:
        value = node["value"]
        if isinstance(value, bool):
            return self.say("是", "yes") if value else self.say("否", "no")
        if node.get("type") == "text":
            return self.word(self.path(node), str(value))
        measure = self.measure(self.path(node))
        return self.written(value, measure) if with_unit else self.number(value, measure)

    def word(self, path: str, value: str) -> str:
        """A word of the data: a level in the reader's language, any other as it is."""
        match path.split("."):
            case [("indicators" | "last"), name, *_] if "levels" in self.part(
                "indicators", name, "score"
            ):
                return level(value, self.language)
        return value

    def written(self, value: object, measure: Measure) -> str:
        """A number with its unit."""
        text, unit = self.number(value, measure), measure.unit
        if self.language == "en" and text in ("1", "-1") and unit in _PLURALS:
            unit = _PLURALS[unit]
        return f"{text} {unit}" if unit else text

    def number(self, value: object, measure: Measure) -> str:
        """A number without its unit."""
        exact = Decimal(str(value))
        text = percent(exact).removesuffix("%") if measure.is_ratio else plain(exact)
        whole, _, decimals = text.partition(".")
        if len(decimals) < measure.places:
            text = f"{whole}.{decimals.ljust(measure.places, '0')}"
        return text + "%" if measure.is_ratio else text
