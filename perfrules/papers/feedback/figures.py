"""What an indicator came to: whether it met what was asked for, and its figures in a line."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from perfrules.papers.feedback.shown import number, shown
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import RATIO

__all__ = ["figures", "full_score", "group_means", "met"]


def met(told: Glossary, name: str) -> bool | None:
    """Whether an indicator is at its target, or at its full score; None where that has no answer.

    A window and a mark are the target where the policy has one; a score of nought meets nothing.
    """
    path = f"indicators.{name}"
    step = told.steps.get(f"{path}.score")
    if step is None:
        return None
    score, (form, rule) = number(step["value"]), _form(told, name)
    if score <= 0:
        return False
    if form == "window":
        return score >= number(rule["score"])
    if form == "per_unit":
        return _per_unit_met(rule, score)
    attainment = told.steps.get(f"{path}.attainment")
    if attainment is not None and number(attainment["value"]) >= 1:
        return True
    full = full_score(told, name)
    if full is None:
        return None if attainment is None else False
    return score >= full


def _per_unit_met(rule: Json, score: Decimal) -> bool:
    start = number(rule["start"])
    if _asks("per_unit", rule):
        return score >= start
    # Points are only ever gained: the limit is the full score.
    return score >= number(rule["at_most"]) if "at_most" in rule else score > start


def full_score(told: Glossary, name: str) -> Decimal | None:
    """The highest score that the policy gives; None where a formula gives it."""
    form, rule = _form(told, name)
    match form:
        case "bands":
            scores = [one for row in rule for one in _scores(row)]
        case "levels":
            scores = list(rule.values())
        case "yes_no":
            scores = [rule["done"], rule["otherwise"]]
        case "direct":
            scores = [rule["max"]]
        case "ratings":
            scores = [rule["scale"]["max"]]
        case "window":
            scores = [rule["score"]]
        case "per_unit":
            scores = [rule["at_most"] if "at_most" in rule else rule["start"]]
        case _:
            return None
    return max(map(number, scores))


def _scores(row: Json) -> list[Any]:
    score = row["score"] if "score" in row else row["otherwise"]
    return list(score) if isinstance(score, list | tuple) else [score]


def _form(told: Glossary, name: str) -> tuple[str, Any]:
    """The form of a score and what it says."""
    score = told.part("indicators", name, "score")
    return next(((key, rule) for key, rule in score.items() if key not in _ASIDE), ("", {}))


_ASIDE = ("on", "of", "within")


def figures(told: Glossary, name: str) -> str:
    """`12 个，目标 15 个，达成率 80%，得分 80 分`."""
    return told.say("，", ", ").join(_figures(told, name))


def _figures(told: Glossary, name: str) -> Iterator[str]:
    path, (form, rule) = f"indicators.{name}", _form(told, name)
    score = told.steps[f"{path}.score"]
    yield from _actual(told, path, form)
    if f"{path}.target" in told.steps:
        target = shown(told, f"{path}.target")
        yield told.say(f"目标 {target}", f"target {target}")
    if f"{path}.baseline" in told.steps:
        baseline = shown(told, f"{path}.baseline")
        yield told.say(f"基线 {baseline}", f"baseline {baseline}")
    if f"{path}.attainment" in told.steps:
        attainment = shown(told, f"{path}.attainment")
        yield told.say(f"达成率 {attainment}", f"attainment {attainment}")
    yield from _mark(told, path, form, rule)
    value = told.amount(score)
    yield told.say(f"得分 {value}", f"score {value}")
    full = full_score(told, name)
    aimed = any(f"{path}.{what}" in told.steps for what in ("target", "attainment"))
    if full is not None and number(score["value"]) < full and not (aimed or _asks(form, rule)):
        most = told.written(full, told.measure(f"{path}.score"))
        yield told.say(f"满分 {most}", f"of {most}")


def _asks(form: str, rule: Any) -> bool:
    """Whether a form names what is asked for; where points are only gained, it does not."""
    if form == "per_unit":
        return rule["side"] == "both" or number(rule["points"]) < 0
    return form in ("window", "yes_no")


def _actual(told: Glossary, path: str, form: str) -> Iterator[str]:
    step = told.steps.get(f"{path}.actual")
    score = told.steps[f"{path}.score"]
    if step is None:
        if score["operation"] == "count_as_nought":
            yield told.say("没有数据", "no data")
        return
    if step["operation"] == "count_as_nought":
        yield told.say("没有数据，按 0 计", "no data, counted as 0")
    elif form == "yes_no":
        done = bool(step["value"])
        yield told.say("已完成" if done else "未完成", "done" if done else "not done")
    elif form == "levels":
        word = told.amount(step)
        yield told.say(f"评定「{word}」", f"rated “{word}”")
    elif form != "direct" or step["value"] != score["value"] or f"{path}.target" in told.steps:
        yield shown(told, f"{path}.actual")


def _mark(told: Glossary, path: str, form: str, rule: Any) -> Iterator[str]:
    """What a form without a target asks for: `标准 95%`, `区间 95%～105%`."""
    if form == "yes_no" or not _asks(form, rule):
        return
    # A target from 95 % to 105 % of the budget is one for the attainment.
    measure = RATIO if rule["on"] == "attainment" else told.measure(f"{path}.actual")
    of = told.say("达成率", "attainment ") if rule["on"] == "attainment" else ""
    if form == "per_unit":
        if rule["on"] == "attainment" and number(rule["mark"]) == 1:
            return  # which is the target
        mark = told.written(rule["mark"], measure)
        yield told.say(f"{of}标准 {mark}", f"{of}mark {mark}")
        return
    low, high = told.number(rule["low"], measure), told.written(rule["high"], measure)
    yield told.say(f"{of}区间 {low}～{high}", f"{of}range {low}–{high}")


def group_means(told: Glossary, name: str) -> tuple[str, ...]:
    """The means (or medians) of the groups of raters, in a line: none that is one person's rating.

    Where just one group would be left out, its mean would follow from the score; then all are.
    """
    path = f"indicators.{name}.ratings."
    means = {
        one.removeprefix(path): step
        for one, step in told.steps.items()
        if one.startswith(path) and step["operation"] in ("mean", "median")
    }
    several = {group: step for group, step in means.items() if len(step["operands"]) > 1}
    if not several or len(means) - len(several) == 1:
        return ()
    said = [f"{told.group(group)} {told.amount(step)}" for group, step in several.items()]
    listed = told.say("、", ", ").join(said)
    alone = len(means) > len(several)
    form = told.part("indicators", name, "score", "ratings")
    what = ("中位分", "median") if form.get("by") == "median" else ("平均分", "mean")
    return (
        told.say(
            f"各组{what[0]}：{listed}" + ("；只有一人评分的组不单列" if alone else ""),
            f"{what[1]} of each group: {listed}" + ("; groups of one rater are not shown" * alone),
        ),
    )
