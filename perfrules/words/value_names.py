"""What the values of a trace are called: `达成率`, `销售额实际值`, `连续评为 D 的次数`."""

import re
from typing import Final

from perfrules.codes.code import Text
from perfrules.words.titles import Titles

__all__ = ["FIGURES", "OWN_FIGURES", "path_of_name", "unit_kind", "value_name"]

FIGURES: Final = {
    "actual": Text("实际值", "actual"), "target": Text("目标值", "target"),
    "baseline": Text("基线值", "baseline"), "attainment": Text("达成率", "attainment"),
    "score": Text("得分", "score"),
}  # fmt: skip
"""What is known of an indicator."""

OWN_FIGURES: Final = {
    "floor": Text("门槛值", "floor"), "threshold": Text("门槛值", "threshold"),
    "minimum": Text("最低值", "minimum"), "stretch": Text("挑战值", "stretch"),
    "maximum": Text("最高值", "maximum"), "cap": Text("封顶值", "cap"),
}  # fmt: skip
"""What people call the figures that an indicator declares; others keep their names."""

_COLUMNS: Final = {
    "person_id": Text("工号", "person id"), "name": Text("姓名", "name"),
    "role": Text("岗位", "role"), "team": Text("团队", "team"),
    "department": Text("部门", "department"), "project": Text("项目", "project"),
    "joined": Text("入职日期", "joined"), "left": Text("离职日期", "left"),
    "bonus_base": Text("奖金基数", "bonus base"),
    "department_factor": Text("部门系数", "department factor"),
}  # fmt: skip
"""Columns of the people table that the documentation names."""

_RESULTS: Final = {
    "total": Text("总分", "total"), "grade": Text("等级", "grade"),
    "attainment": Text("达成率", "attainment"),
}  # fmt: skip

_CYCLE: Final = {
    "days": Text("周期天数", "days of the cycle"), "from": Text("周期开始", "start of the cycle"),
    "to": Text("周期结束", "end of the cycle"), "announced": Text("结果公布日", "results told on"),
}  # fmt: skip

_PAY: Final = {
    "base": Text("计发基数", "base"), "rate": Text("发放比例", "rate"),
    "by": Text("计发依据", "basis"), "times": Text("附加系数", "further factor"),
    "of": Text("定额", "quota"), "sloped": Text("按直线计发", "on the slope"),
    "less": Text("扣减", "deduction"), "at_least": Text("保底金额", "floor"),
    "at_most": Text("封顶金额", "cap"),
}  # fmt: skip

_PAYOUTS: Final = {
    "sum": Text("激励合计", "all incentives"), "at_least": Text("合计保底", "floor of the sum"),
    "at_most": Text("合计封顶", "limit of the sum"),
}  # fmt: skip

_POOL: Final = {
    "amount": Text("奖金池总额", "the pool"), "share": Text("份额", "share"),
    "shares": Text("份额合计", "all shares"),
}  # fmt: skip

_UNITS: Final = {
    "team": Text("团队", "team"), "department": Text("部门", "department"),
    "project": Text("项目", "project"),
}  # fmt: skip

_KNOWN: Final = (
    "person", "cycle", "proration", "total", "grade", "team", "department", "project", "previous",
    "table",
    "pay",
    "group",
)  # fmt: skip

_STREAK: Final = re.compile(r"""streak\(["'](.*)["']\)""")


def unit_kind(told: Titles, kind: str) -> str:
    """`团队`, `部门`, `项目`, `岗位`; a column that only the data know keeps its name."""
    found = _UNITS.get(kind) or _COLUMNS.get(kind)
    return found.into(told.language) if found else kind


def value_name(told: Titles, path: str, inside: str = "") -> str:
    """What the value at a path is called; `inside` is the indicator or veto in question."""
    match path.split("."):
        case ["indicators", indicator, *rest]:
            return _of_indicator(told, indicator, rest, inside) or path
        case ["events", event, *_]:
            if event == inside:
                return told.say("记录次数", "times recorded")
            title = told.event(event)
            return told.say(_joined(told, title, "次数"), f"count of {title}")
        case ["person", column]:
            return unit_kind(told, column)
        case ["cycle", fact]:
            return _CYCLE[fact].into(told.language) if fact in _CYCLE else fact
        case ["proration", *_]:
            return told.say("在岗系数", "proration")
        case ["total" | "grade" as what, *_]:
            return _RESULTS[what].into(told.language)
        case ["pay", _, what, *_] if what in _PAY:
            return _PAY[what].into(told.language)
        case ["pay", plan, *_]:
            return told.plan(plan)
        case ["payouts", what, *_] if what in _PAYOUTS:
            return _PAYOUTS[what].into(told.language)
        case ["pay_total"]:
            return told.say("奖金合计", "total pay")
        case ["pools", _, what, *_] if what in _POOL:
            return _POOL[what].into(told.language)
        case [("team" | "department" | "project") as unit, what]:
            return _joined(told, _UNITS[unit].into(told.language), _result(told, what))
        case ["previous", ("total" | "grade") as what]:
            return told.say(f"上期{_result(told, what)}", f"last cycle's {_result(told, what)}")
        case ["table", name]:
            return told.title("tables", name)
        case ["table", name, ("row" | "column") as side]:
            title = told.title("tables", name)
            if side == "row":
                return told.say(f"{title}的行", f"row of {title}")
            return told.say(f"{title}的列", f"column of {title}")
        case ["group", figure, *rest]:
            title = told.title("group_figures", figure)
            return told.say(f"{title}的计入数量", f"counted in {title}") if rest else title
        case ["streak", grade]:
            return told.say(f"连续评为 {grade} 的次数", f"cycles in a row with {grade}")
    return path


def _of_indicator(told: Titles, indicator: str, rest: list[str], inside: str) -> str:
    title = "" if indicator == inside else told.title("indicators", indicator)
    match rest:
        case ["previous", what]:
            word = FIGURES[what].into(told.language)
            before = told.say(f"上期{word}", f"{word} of last cycle")
            return _joined(told, title, before) if title else before
        case ["percentile"]:
            return told.say("百分位", "percentile")
        case [what, *_] if what in FIGURES:
            word = FIGURES[what].into(told.language)
            return _joined(told, title, word) if title else word
        case [what] if what in told.part("indicators", indicator).get("figures", ()):
            word = OWN_FIGURES[what].into(told.language) if what in OWN_FIGURES else what
            return _joined(told, title, word) if title else word
    return ""


def _result(told: Titles, what: str) -> str:
    return _RESULTS[what].into(told.language) if what in _RESULTS else what


def _joined(told: Titles, title: str, word: str) -> str:
    """`销售额达成率`; a blank between the two where one of them is in Latin letters."""
    together = told.language == "zh" and not (title[-1:].isascii() or word[:1].isascii())
    return f"{title}{'' if together else ' '}{word}"


def path_of_name(told: Titles, name: str, indicator: str = "") -> str:
    """The path of what a name means in an expression, of an indicator or elsewhere."""
    root = name.partition(".")[0]
    own = told.part("indicators", indicator).get("figures", ()) if indicator else ()
    if indicator in told.part("indicators") and (name in FIGURES or name in own):
        return f"indicators.{indicator}.{name}"
    if root in told.part("indicators"):
        return f"indicators.{name}"
    if streak := _STREAK.fullmatch(name):
        return f"streak.{streak[1]}"
    if root == "previous" and name.partition(".")[2] in FIGURES:
        return f"indicators.{indicator}.{name}"
    return name if root in _KNOWN else f"events.{name}"
