"""What the values of a trace are called: `达成率`, `销售额实际值`, `连续评为 D 的次数`."""

import re
from typing import Final

from perfrules.codes.code import Text
from perfrules.codes.figure_titles import FIGURE_TITLES, figure_title
from perfrules.formula import Formula, defaults_in, parse
from perfrules.words.titles import Titles

__all__ = ["FIGURES", "named_by_default", "path_of_name", "unit_kind", "value_name"]

FIGURES: Final = {
    **{name: FIGURE_TITLES[name] for name in ("actual", "target", "baseline")},
    "attainment": Text("达成率", "attainment"), "score": Text("得分", "score"),
}  # fmt: skip
"""What is known of an indicator."""

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

_PRORATION: Final = {
    "days": Text("在岗天数", "days present"), "cycle": Text("周期天数", "days of the cycle"),
    "absent": Text("缺勤天数", "days absent"),
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
    "year", "paid",
)  # fmt: skip

_STREAK: Final = re.compile(r"""streak\(["'](.*)["']\)""")


def unit_kind(told: Titles, kind: str) -> str:
    """`团队`, `部门`, `项目`, `岗位`; a column that only the data know keeps its name."""
    found = _UNITS.get(kind) or _COLUMNS.get(kind)
    return found.into(told.language) if found else kind


def named_by_default(told: Titles, path: str) -> str | None:
    """The path of the name of which the data had no value, so that another stood in at `path`;
    None where nothing did."""
    where, _, number = path.rpartition(".default.")
    step = told.steps.get(path)
    if step is None or not where:
        return None
    formula = parse(step["rule"]["terms"]["text"])
    assert isinstance(formula, Formula)  # the policy was sound when it judged
    first = defaults_in(formula.tree)[int(number) - 1].args[0]
    parts = where.split(".")
    inside = parts[1] if parts[0] == "indicators" else ""
    return path_of_name(told, getattr(first, "id", ""), inside)


def value_name(told: Titles, path: str, inside: str = "") -> str:
    """What the value at a path is called; `inside` is the indicator or veto in question."""
    if (missing := named_by_default(told, path)) is not None:
        return value_name(told, missing, inside)
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
        case ["person", column, *rest]:
            return _of_changed(told, unit_kind(told, column), rest)
        case ["absences", number, *rest]:
            return _of_absence(told, number, rest)
        case ["calendar", _]:
            return told.say("工作日历", "calendar of working days")
        case ["proration", ("days" | "cycle" | "absent") as what]:
            return _PRORATION[what].into(told.language)
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
        case ["year", "from"]:
            return told.say("年度开始", "start of the year")
        case ["year", "declared"]:
            return told.say("年度起算日", "beginning of years")
        case ["year", "paid", plan]:
            title = _joined(told, "本年已发", told.plan(plan))
            return told.say(title, f"{told.plan(plan)} paid this year")
        case ["year", indicator, what]:
            own = _of_indicator(told, indicator, [what], inside)
            return told.say(_joined(told, "本年累计", own), f"year-to-date {own}")
        case ["paid", plan]:
            title = _joined(told, "往期已发", told.plan(plan))
            return told.say(title, f"{told.plan(plan)} paid before")
        case ["past", number, *rest]:
            return _of_past(told, number, rest)
        case ["streak", grade]:
            return told.say(f"连续评为 {grade} 的次数", f"cycles in a row with {grade}")
    return path


def _of_changed(told: Titles, title: str, rest: list[str]) -> str:
    """A column of people that changed within the cycle, on its way to one value."""
    match rest:
        case ["before"]:
            return told.say(_joined(told, "原", title), f"{title} before")
        case ["change", number]:
            return told.say(f"{title}第 {number} 次变动", f"{title}, change {number}")
        case ["for", "0"]:
            return told.say(f"{title}原值有效时间", f"time of the first {title}")
        case ["for", number]:
            return told.say(
                f"{title}第 {number} 次变动后有效时间", f"{title}, time after change {number}"
            )
        case ["sum"]:
            return told.say(f"{title} × 有效时间", f"{title} × time")
        case ["weights"]:
            return told.say("有效时间合计", "time in all")
    return title


def _of_absence(told: Titles, number: str, rest: list[str]) -> str:
    match rest:
        case ["kind"]:
            return told.say(f"缺勤 {number}", f"absence {number}")
        case ["from"]:
            return told.say(f"缺勤 {number} 开始", f"absence {number}, first day")
        case ["to"]:
            return told.say(f"缺勤 {number} 结束", f"absence {number}, last day")
    return told.say(f"缺勤 {number} 天数", f"days of absence {number}")


def _of_past(told: Titles, number: str, rest: list[str]) -> str:
    """What is known of an earlier cycle, which is called by its own name."""
    match rest:
        case ["cycle"]:
            return told.say(f"往前第 {number} 个周期", f"cycle {number} before")
        case ["from" | "to" as bound]:
            cycle = told.steps[f"past.{number}.cycle"]["value"]
            return f"{cycle} {_CYCLE[bound].into(told.language)}"
        case ["pay", plan]:
            cycle = told.steps[f"past.{number}.cycle"]["value"]
            title = _joined(told, "已发", told.plan(plan))
            return told.say(f"{cycle} {title}", f"{told.plan(plan)} paid in {cycle}")
    cycle = told.steps[f"past.{number}.cycle"]["value"]
    return f"{cycle} {_of_indicator(told, rest[0], rest[1:], '')}"


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
            word = figure_title(what).into(told.language)
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
