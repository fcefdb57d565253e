"""What the values of a trace are called, and how they are written.

Reads a record (`trace_json.trace_record`) together with the resolved policy, which has the
titles and units. A value is written exactly: percentages with at least the places that the
policy rounds to, anything else without closing zeros; nothing is rounded to be shown.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from perfrules.codes.code import Language, Text
from perfrules.exact import percent, plain
from perfrules.reports.expression_text import dimension
from perfrules.reports.measure import PLAIN, RATIO, Measure

__all__ = ["Glossary", "Json"]

Json = Mapping[str, Any]

_UNITS: Final = {
    "CNY": Text("元", "CNY"), "RMB": Text("元", "CNY"), "元": Text("元", "CNY"),
    "points": Text("分", "points"), "分": Text("分", "points"),
    "days": Text("天", "days"), "天": Text("天", "days"),
    "times": Text("次", "times"), "次": Text("次", "times"),
    "people": Text("人", "people"), "人": Text("人", "people"),
    "hours": Text("小时", "hours"), "小时": Text("小时", "hours"),
}  # fmt: skip
"""Units that have a name in both languages; any other is the policy's own word."""

_CURRENCIES: Final = frozenset(
    ("CNY", "RMB", "元", "HKD", "TWD", "SGD", "USD", "EUR", "GBP", "JPY")
)

_PLURALS: Final = {
    "points": "point",
    "days": "day",
    "times": "time",
    "people": "person",
    "hours": "hour",
    "units": "unit",
}

_GROUPS: Final = {
    "manager": Text("上级", "manager"), "peer": Text("同事", "peer"),
    "client": Text("客户", "client"), "customer": Text("客户", "customer"),
    "self": Text("本人", "self"), "subordinate": Text("下级", "subordinate"),
}  # fmt: skip
"""Rater groups by the names that policies commonly give them."""

_COLUMNS: Final = {
    "person_id": Text("工号", "person id"), "name": Text("姓名", "name"),
    "role": Text("岗位", "role"), "team": Text("团队", "team"),
    "department": Text("部门", "department"), "joined": Text("入职日期", "joined"),
    "left": Text("离职日期", "left"), "bonus_base": Text("奖金基数", "bonus base"),
    "department_factor": Text("部门系数", "department factor"),
}  # fmt: skip
"""Columns of the people table that the documentation names."""

_VALUES: Final = {
    "actual": Text("实际值", "actual"), "target": Text("目标值", "target"),
    "baseline": Text("基线值", "baseline"), "attainment": Text("达成率", "attainment"),
    "score": Text("得分", "score"),
}  # fmt: skip

_KNOWN: Final = (
    "person", "cycle", "proration", "total", "grade", "team", "department", "project", "previous",
)  # fmt: skip

_STREAK: Final = re.compile(r"""streak\(["'](.*)["']\)""")


class Glossary:
    """Names, units and spellings for one record, in one language.

    Raises `ValueError` where the record is of another policy or version.
    """

    def __init__(self, record: Json, resolved: Json, language: Language) -> None:
        policy = record["policy"]
        asked, given = (policy["id"], policy["version"]), (resolved["policy"], resolved["version"])
        if asked != given:
            raise ValueError(f"the record is of {'@'.join(asked)}, not of {'@'.join(given)}")
        self.record, self.resolved, self.language = record, resolved, language
        self._label = f"{policy['id']}@{policy['version']}#"
        self.steps: dict[str, Json] = {self.path(step): step for step in record["steps"]}

    def say(self, zh: str, en: str) -> str:
        """The one of two sentences that is in this language."""
        return zh if self.language == "zh" else en

    def path(self, node: Json) -> str:
        """The path of a step, or of what an operand stands for; empty for a bare number."""
        name: str = node.get("id") or node.get("step") or ""
        return name.removeprefix(self._label) if name else node.get("policy", "")

    def part(self, *keys: str) -> Any:
        """What the resolved policy has under these keys; an empty mapping where nothing is."""
        node: Any = self.resolved
        for key in keys:
            node = node.get(key, {}) if isinstance(node, Mapping) else {}
        return node

    # Names

    def title(self, block: str, name: str) -> str:
        """The title of an indicator, a section, a veto…; its id where it has none."""
        return self.text(self.part(block, name, "title")) or name

    def plan(self, name: str) -> str:
        """The title of an incentive plan or a pool; its id where this policy has none of it."""
        return self.title("incentives" if name in self.part("incentives") else "pools", name)

    def text(self, title: object) -> str:
        """A text of the policy in this language."""
        if isinstance(title, Mapping):
            other = "en" if self.language == "zh" else "zh"
            return str(title.get(self.language) or title.get(other) or "")
        return str(title or "")

    def group(self, name: str) -> str:
        """What a group of raters is called."""
        return _GROUPS[name].into(self.language) if name in _GROUPS else name

    def grade(self, name: str) -> str:
        """A grade with its title, where that says more: `S（卓越）`."""
        for row in self.resolved.get("grades", ()):
            if name == row.get("grade", row.get("otherwise")):
                title = self.text(row.get("title"))
                if title and title != name:
                    return self.say(f"{name}（{title}）", f"{name} ({title})")
        return name

    def event(self, name: str) -> str:
        for block in ("adjustments", "vetoes"):
            if name in self.part(block):
                return self.title(block, name)
        return name

    def name(self, path: str, inside: str = "") -> str:
        """What the value at a path is called; `inside` is the indicator or veto in question."""
        match path.split("."):
            case ["indicators", indicator, "previous", what]:
                word = _VALUES[what].into(self.language)
                title = "" if indicator == inside else self.title("indicators", indicator)
                return self.say(f"{title}上期{word}", f"{title} {word} of last cycle".strip())
            case ["indicators", _, "percentile"]:
                return self.say("百分位", "percentile")
            case ["indicators", indicator, what, *_] if what in _VALUES:
                word = _VALUES[what].into(self.language)
                title = "" if indicator == inside else self.title("indicators", indicator)
                return title + self.say("", " " if title else "") + word
            case ["events", event, *_]:
                if event == inside:
                    return self.say("记录次数", "times recorded")
                title = self.event(event)
                return self.say(f"{title}次数", f"count of {title}")
            case ["person", column]:
                return _COLUMNS[column].into(self.language) if column in _COLUMNS else column
            case ["cycle", "days"]:
                return self.say("周期天数", "days of the cycle")
            case ["cycle", fact]:
                return fact
            case ["proration", *_]:
                return self.say("在岗系数", "proration")
            case ["total", *_]:
                return self.say("总分", "total")
            case ["grade", *_]:
                return self.say("等级", "grade")
            case ["pay", _, "base"]:
                return self.say("计发基数", "base")
            case ["pay", _, "rate"]:
                return self.say("发放比例", "rate")
            case ["pay", _, "by"]:
                return self.say("计发依据", "basis")
            case ["pay", _, "times", _]:
                return self.say("附加系数", "further factor")
            case ["pay", plan, *_]:
                return self.plan(plan)
            case ["pools", _, "amount"]:
                return self.say("奖金池总额", "the pool")
            case ["pools", _, "share"]:
                return self.say("份额", "share")
            case [("team" | "department" | "project") as unit, what]:
                known = {"total": self.say("总分", "total"), "grade": self.say("等级", "grade")}
                known["attainment"] = self.say("达成率", "attainment")
                kind = {"team": "团队", "department": "部门", "project": "项目"}[unit]
                return self.say(f"{kind}{known.get(what, what)}", f"{unit} {known.get(what, what)}")
            case ["previous", "total" | "grade" as what]:
                word = self.say("总分", "total") if what == "total" else self.say("等级", "grade")
                return self.say(f"上期{word}", f"last cycle's {word}")
            case ["streak", grade]:
                return self.say(f"连续 {grade} 次数", f"cycles in a row with {grade}")
        return path

    # Spellings

    def unit(self, word: str | None) -> str:
        return _UNITS[word].into(self.language) if word in _UNITS else word or ""

    def money(self) -> str:
        """The currency of payouts: that of the policy's indicators, where they have just one."""
        units = {one.get("unit") for one in self.part("indicators").values()} & _CURRENCIES
        found = {self.unit(unit) for unit in units}
        return found.pop() if len(found) == 1 else ""

    def measure(self, path: str) -> Measure:
        """How the value at a path, of a step or of the policy, is written."""
        parts = path.split(".")
        if "quotient" in parts:
            return PLAIN
        match parts:
            case ["indicators", _, "target", ("for" | "weights" | "since"), *_]:
                return PLAIN
            case ["indicators", _, "group", *_] | ["distribution" | "awards", *_]:
                return Measure(unit=self.unit("people"))
            case ["indicators", _, "percentile"] | ["attainment", *_]:
                return Measure(is_ratio=True, places=max(self.places("attainment") - 2, 0))
            case ["indicators", name, "previous", what]:
                return self.measure(f"indicators.{name}.{what}")
            case ["indicators", name, "members" | "target_members", _, "weight"]:
                return PLAIN
            case ["indicators", name, "members" | "target_members", *_]:
                return self._of_members(name, parts[2])
            case [("team" | "department" | "project"), "attainment"]:
                return Measure(is_ratio=True, places=max(self.places("attainment") - 2, 0))
            case [("team" | "department" | "project" | "previous"), "total"]:
                return Measure(unit=self.unit("points"))
            case ["segments", _, "total" | "weighted"]:
                return Measure(unit=self.unit("points"))
            case ["pools", _, "amount"]:
                return Measure(unit=self.money())
            case ["streak", _]:
                return Measure(unit=self.unit("times"))
            case ["indicators", name, "actual" | "target" | "baseline", *_]:
                unit = self.part("indicators", name).get("unit")
                return RATIO if unit == "%" else Measure(unit=self.unit(unit))
            case ["indicators", _, "attainment", *_]:
                return Measure(is_ratio=True, places=max(self.places("attainment") - 2, 0))
            case ["indicators", _, "score", "units"]:
                return Measure(unit=self.say("个单位", "units"))
            case ["indicators" | "sections" | "total", *_, "weight" | "weights" | "excluded"]:
                return RATIO
            case ["indicators", _, "zero_actual"] | ["vetoes", _, "then", "pay"]:
                return RATIO
            case ["indicators", _, "score", "ratings", "groups", _]:
                return RATIO
            case ["indicators" | "sections" | "total" | "adjustments" | "vetoes", *_]:
                return Measure(unit=self.unit("points"))
            case ["events", _]:
                return Measure(unit=self.unit("times"))
            case ["events", _, _]:
                return Measure(unit=self.unit("points"))
            case [*_, "days" | "due_days"]:
                return Measure(unit=self.unit("days"))
            case ["incentives", _, "at_least" | "at_most"]:
                return Measure(unit=self.money())
            case ["incentives", *_] | ["pay", _, "rate"]:
                return RATIO
            case ["pay", plan, "by"]:
                return self._of_expression(self.part("incentives", plan, "tiers").get("by"))
            case ["pay", plan, "times", number]:
                return self._of_expression(self.part("incentives", plan)["times"][int(number) - 1])
            case ["pay", _]:
                return Measure(unit=self.money(), places=self.places("pay"))
            case ["pay", *_]:
                return Measure(unit=self.money())
            case _ if path in (plan.get("base") for plan in self.part("incentives").values()):
                return Measure(unit=self.money())
        return PLAIN

    def _of_members(self, indicator: str, which: str) -> Measure:
        """The members' figures are of the unit of what they are rolled up to."""
        return self.measure(
            f"indicators.{indicator}.{'actual' if which == 'members' else 'target'}"
        )

    def _of_expression(self, text: str) -> Measure:
        """The measure of a formula of an incentive: that which all it reads have in common."""
        return dimension(text, lambda name: self.measure(self.of_name(name))) or PLAIN

    def of_name(self, name: str, indicator: str = "") -> str:
        """The path of what a name means in an expression, of an indicator or elsewhere."""
        root = name.partition(".")[0]
        if indicator in self.part("indicators") and name in _VALUES:
            return f"indicators.{indicator}.{name}"
        if root in self.part("indicators"):
            return f"indicators.{name}"
        if streak := _STREAK.fullmatch(name):
            return f"streak.{streak[1]}"
        if root == "previous" and name.partition(".")[2] in _VALUES:
            return f"indicators.{indicator}.{name}"
        return name if root in _KNOWN else f"events.{name}"

    def places(self, what: str) -> int:
        """To how many places the policy rounds."""
        return int(self.part("rounding", what)["places"])

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
            return str(value)
        measure = self.measure(self.path(node))
        return self.written(value, measure) if with_unit else self.number(value, measure)

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
