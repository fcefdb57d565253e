"""How an indicator scores, for each form of `score`."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.words.bilingual import level
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import RATIO, Measure
from perfrules.words.rules.rule import formula, listed, points, shares_weight, within
from perfrules.words.rules.spans import Named, slope, spans
from perfrules.words.sentence import spaced

__all__ = ["score_lines"]


def score_lines(told: Glossary, name: str) -> tuple[str, ...]:
    """A sentence each: what is looked at, and what it gives."""
    form = told.part("indicators", name, "score")
    key = next(one for one in _FORMS if one in form)
    return tuple(_FORMS[key](told, name, form))


def _looked_at(told: Glossary, name: str, on: str) -> tuple[str, Measure]:
    """What a form looks at, and how it is written."""
    path = f"indicators.{name}.{on}"
    return told.name(path, name), told.measure(path)._replace(places=0)


def _limits(told: Glossary, name: str, measure: Measure) -> Named:
    """Limits are numbers, or names of figures of the person."""
    figures = ("target", "baseline", *told.part("indicators", name).get("figures", ()))

    def named(limit: object) -> str:
        if isinstance(limit, str) and limit in figures:
            return told.name(f"indicators.{name}.{limit}", name)
        return told.written(limit, measure)

    return named


def _bands(told: Glossary, name: str, form: Json) -> Iterator[str]:
    what, measure = _looked_at(told, name, form["on"])
    named = _limits(told, name, measure)
    if form["on"] == "percentile":
        compared = told.name(f"indicators.{name}.{form['of']}", name)
        group = within(told, form)
        yield told.say(
            f"百分位：在{group}中按{compared}比较，本人胜过的人所占的比例，与本人相同的人各算一半",
            f"percentile: the share of {group} whose {compared} is surpassed, those level by half",
        )
    else:
        yield told.say(f"按{what}分档计分", f"scored by bands of the {what}")
    above: Json | None = None
    for row, span in spans(told, form["bands"], what, named):
        score = row.get("score", row.get("otherwise"))
        if isinstance(score, list | tuple):
            ends = (points(told, score[0]), points(told, score[1]))
            yield f"{span}{_colon(told)}{slope(told, row, above, named, ends)}"
        else:
            yield f"{span}{_colon(told)}{points(told, score)}"
        above = row


def _colon(told: Glossary) -> str:
    return told.say("：", ": ")


def _direct(told: Glossary, name: str, form: Json) -> Iterator[str]:
    low, high = form["direct"]["min"], form["direct"]["max"]
    measure = told.measure(f"indicators.{name}.actual")._replace(places=0)
    span = f"{told.number(low, measure)}{told.say('～', '–')}{told.number(high, measure)}"
    yield told.say(
        f"实际值就是得分，须在 {span} 之内，超出即为错误",
        f"the actual is the score; it has to lie within {span}, anything else is an error",
    )


def _levels(told: Glossary, name: str, form: Json) -> Iterator[str]:
    yield told.say("按评定的档次计分", "scored by the level that is given")
    for word, score in form["levels"].items():
        yield f"{level(word, told.language)}{_colon(told)}{points(told, score)}"


def _changes(told: Glossary, value: object) -> tuple[str, str]:
    """Whether points come or go, and how many: `扣 5 分`."""
    number = Decimal(str(value))
    amount = points(told, abs(number))
    if number < 0:
        return f"扣 {amount}", f"{amount} off"
    return f"加 {amount}", f"{amount} more"


_SIDES: Final = {
    "below": Text("低于", "below"), "above": Text("高于", "above"), "both": Text("高于", "above"),
}  # fmt: skip
_UNITS: Final = {
    "down": Text("不足一个单位的不计", "a started unit does not count"),
    "up": Text("不足一个单位的按一个计", "a started unit counts as one"),
    "no": Text("不足一个单位的按比例计", "a started unit counts in proportion"),
}


def _per_unit(told: Glossary, name: str, form: Json) -> Iterator[str]:
    rule = form["per_unit"]
    what, measure = _looked_at(told, name, rule["on"])
    mark, per = told.written(rule["mark"], measure), told.written(rule["per"], measure)
    yield told.say(
        f"{what}以 {spaced(mark)}为标准，正好达到得 {points(told, rule['start'])}",
        f"the mark of the {what} is {mark}, which scores {points(told, rule['start'])}",
    )
    side, (zh, en) = _SIDES[rule["side"]], _changes(told, rule["points"])
    line = told.say(f"每{side.zh}标准 {per}，{zh}", f"{en} for every {per} {side.en} the mark")
    if rule["side"] == "both":
        zh, en = _changes(told, -Decimal(str(rule["points"])))
        line += told.say(f"；每低于标准 {per}，{zh}", f", {en} for every {per} below it")
    yield told.say(
        f"{line}；{_UNITS[rule['whole_units']].zh}", f"{line}; {_UNITS[rule['whole_units']].en}"
    )
    yield from _cut(told, rule)


def _cut(told: Glossary, rule: Json) -> Iterator[str]:
    if "at_least" in rule:
        least = points(told, rule["at_least"])
        yield told.say(f"得分最低 {least}", f"the score is at least {least}")
    if "at_most" in rule:
        most = points(told, rule["at_most"])
        yield told.say(f"得分最高 {most}", f"the score is at most {most}")


def _window(told: Glossary, name: str, form: Json) -> Iterator[str]:
    rule = form["window"]
    what, measure = _looked_at(told, name, rule["on"])
    low, high, per = (told.written(rule[key], measure) for key in ("low", "high", "per"))
    full, (zh, en) = points(told, rule["score"]), _changes(told, rule["points"])
    yield told.say(
        f"{what}在 {spaced(low)}到 {spaced(high)}之间（含两端）得 {full}",
        f"{full} where the {what} is from {low} to {high}, both ends included",
    )
    yield told.say(
        f"超出这个区间，每偏离 {spaced(per)}{zh}，不足部分按比例计",
        f"outside it {en} for every {per}, in proportion",
    )
    yield from _cut(told, rule)


def _yes_no(told: Glossary, name: str, form: Json) -> Iterator[str]:
    done, otherwise = (points(told, form["yes_no"][key]) for key in ("done", "otherwise"))
    yield told.say(
        f"完成得 {done}，未完成得 {otherwise}", f"{done} if it is done, else {otherwise}"
    )


_HOW: Final = {"mean": Text("平均数", "mean"), "median": Text("中位数", "median")}
_EMPTY: Final = {
    "error": Text(
        "某组没有人评分时，不能得出总分", "where a group has no rating, there can be no total"
    ),
    "exclude": Text(
        "某组没有人评分时，该组不计，权重由其余各组按比例分担",
        "a group without a rating is left out, and the others share its weight",
    ),
}


def _ratings(told: Glossary, name: str, form: Json) -> Iterator[str]:
    rule = form["ratings"]
    groups = [
        f"{told.group(one)} {told.number(weight, RATIO)}" for one, weight in rule["groups"].items()
    ]
    low, high = (points(told, rule["scale"][key]) for key in ("min", "max"))
    yield told.say(
        f"由多方评分，分值 {spaced(low)}到 {high}，各组权重：{listed(told, groups)}",
        f"rated by several, from {low} to {high}; the groups' weights: {listed(told, groups)}",
    )
    how = _HOW[rule.get("by", "mean")]  # a mean is not written out
    yield told.say(
        f"每组取各人评分的{how.zh}，再按权重合成",
        f"the {how.en} of each group, then the groups by weight",
    )
    if "trim" in rule:
        drop, least = (told.number(rule["trim"][key], Measure()) for key in ("drop", "from_raters"))
        yield told.say(
            f"评分人数达到 {least} 人的组，先去掉 {drop} 个最高分和 {drop} 个最低分",
            f"a group of {least} and more loses its {drop} highest and {drop} lowest ratings first",
        )
    empty = rule["empty_group"]
    if isinstance(empty, Mapping):
        receivers = empty["weight_to"]
        to = shares_weight(told, receivers, map(told.group, receivers))
        yield told.say(f"某组没有人评分时，{to}", f"where a group has no rating, {to}")
    else:
        yield _EMPTY[empty].into(told.language)


def _formula(told: Glossary, name: str, form: Json) -> Iterator[str]:
    text = formula(told, form["formula"], name)
    yield told.say(f"得分 = {text}", f"score = {text}")


_FORMS: Final[Mapping[str, Callable[[Glossary, str, Json], Iterator[str]]]] = {
    "bands": _bands,
    "direct": _direct,
    "levels": _levels,
    "per_unit": _per_unit,
    "window": _window,
    "yes_no": _yes_no,
    "ratings": _ratings,
    "formula": _formula,
}
