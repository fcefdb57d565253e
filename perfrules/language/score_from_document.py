"""The `score:` of an indicator, with its defaults made explicit."""

from decimal import Decimal
from typing import Literal, cast

from perfrules.language.source import Source
from perfrules.model.scoring import (
    Band,
    Bands,
    Basis,
    Constant,
    Direct,
    FormulaScore,
    Level,
    Levels,
    PerUnit,
    RaterGroup,
    Ratings,
    Score,
    Trim,
    Window,
    YesNo,
)

__all__ = ["score_from"]

_ZERO = Decimal(0)


def score_from(score: Source, *, has_attainment: bool) -> Score | None:
    """The score form; None where its formula is wrong, which is a finding by then.

    `has_attainment` says whether the indicator has one: a percentile then is that of it.
    """
    if "bands" in score:
        return _bands(score, "attainment" if has_attainment else "actual")
    if "direct" in score:
        direct = score.below("direct")
        low, high = direct.number("min"), direct.number("max")
        return Direct(low or _ZERO, high or _ZERO, direct.path, score.place("direct"))
    if "levels" in score:
        return _levels(score)
    if "per_unit" in score:
        return _per_unit(score)
    if "window" in score:
        return _window(score)
    if "yes_no" in score:
        row = score.below("yes_no")
        done, otherwise = row.number("done"), row.number("otherwise")
        return YesNo(done or _ZERO, otherwise or _ZERO, row.path, score.place("yes_no"))
    if "ratings" in score:
        return _ratings(score)
    formula = score.formula("formula")
    if formula is None:
        return None
    return FormulaScore(formula, score.at("formula"), score.place("formula"))


def _bands(score: Source, compared: Literal["attainment", "actual"]) -> Bands:
    rows: list[Band] = []
    above: Decimal | None = None
    for row in score.rows("bands"):
        place = score.addresses.place(row.path)
        if "otherwise" in row:
            fixed = row.number("otherwise") or _ZERO
            rows.append(Band(None, fixed, None, None, row.path, place))
            continue
        scores = row.numbers("score")
        high = scores[1] if len(scores) > 1 else None
        end = row.number("up_to")
        until = None if high is None else above if end is None else end
        at_least = row.number("at_least")
        rows.append(Band(at_least, scores[0], high, until, row.path, place))
        above = at_least
    basis = cast("Basis", score.word("on", "attainment"))
    return Bands(
        on=basis,
        rows=tuple(rows),
        path=score.at("bands"),
        place=score.place("bands"),
        within=score.optional_word("within"),
        of=score.word("of", compared) if basis == "percentile" else "attainment",  # type: ignore[arg-type]
    )


def _levels(score: Source) -> Levels:
    levels = score.below("levels")
    rows = tuple(
        Level(name, levels.number(name) or _ZERO, levels.at(name), levels.place(name))
        for name in levels.node.entries
    )
    return Levels(rows, levels.path, score.place("levels"))


def _on(score: Source, form: Source, default: Basis) -> Basis:
    """`on:` may stand inside the form or beside it."""
    return cast("Basis", form.word("on", score.word("on", default)))


def _per_unit(score: Source) -> PerUnit:
    form = score.below("per_unit")
    return PerUnit(
        on=_on(score, form, "actual"),
        start=form.number("start") or _ZERO,
        mark=form.number("mark") or _ZERO,
        side=form.word("side", "below"),  # type: ignore[arg-type]
        per=form.number("per") or _ZERO,
        points=form.number("points") or _ZERO,
        whole_units=form.word("whole_units", "down"),  # type: ignore[arg-type]
        limits=form.limits(),
        path=form.path,
        place=score.place("per_unit"),
    )


def _window(score: Source) -> Window:
    form = score.below("window")
    return Window(
        on=_on(score, form, "attainment"),
        low=form.number("low") or _ZERO,
        high=form.number("high") or _ZERO,
        score=form.number("score") or _ZERO,
        per=form.number("per") or _ZERO,
        points=form.number("points") or _ZERO,
        limits=form.limits(),
        path=form.path,
        place=score.place("window"),
    )


def _ratings(score: Source) -> Ratings:
    form = score.below("ratings")
    groups = form.below("groups")
    scale, trim = form.below("scale"), form.below("trim")
    return Ratings(
        groups=tuple(
            RaterGroup(name, groups.constant(name) or Constant(_ZERO, groups.at(name)))
            for name in groups.node.entries
        ),
        low=scale.number("min") or _ZERO,
        high=scale.number("max") or _ZERO,
        trim=Trim(int(trim.number("drop") or 0), int(trim.number("from_raters") or 0))
        if "trim" in form
        else None,
        empty_group=form.word("empty_group", "error"),  # type: ignore[arg-type]
        path=form.path,
        place=score.place("ratings"),
    )
