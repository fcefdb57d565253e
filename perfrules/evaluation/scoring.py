"""From a figure to a score, one function for each form that `score:` can take."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from perfrules.codes.code import Text
from perfrules.codes.figure_titles import figure_title
from perfrules.evaluation.attainment import number_of, place_of
from perfrules.evaluation.expression import Lookup, figure
from perfrules.evaluation.percentile import percentile
from perfrules.evaluation.revisions import revise
from perfrules.evaluation.rounding import divide_as
from perfrules.evaluation.table import limit_of, reached
from perfrules.evaluation.trace import Chain, Refusal, Trace, number, out_of_range
from perfrules.evaluation.weighing import Part, weighed
from perfrules.evaluation.weights import raised
from perfrules.exact import OutOfRange, divided, percent, plain
from perfrules.model.appraisal import Operand, Step
from perfrules.model.bands import Band, Bands
from perfrules.model.indicator import Indicator
from perfrules.model.ratings import RaterGroup, Ratings
from perfrules.model.scorecard import Datum, Measure
from perfrules.model.scoring import Direct, FormulaScore, Levels, PerUnit, Score, Window, YesNo
from perfrules.model.weights import WeightTo

__all__ = ["score", "score_of_ratings"]


def score(trace: Trace, indicator: Indicator, actual: Step | None, lookup: Lookup) -> Step:
    """The score of an indicator whose actual is there."""
    path = f"{indicator.path}.score"
    try:
        match indicator.score:
            case FormulaScore(formula=formula):
                own = figure(trace, f"{path}.formula", "score", formula, lookup)
                value = number_of(own, indicator.name)
                chain = Chain(trace, path, "score", "unrounded", "same", own, value=value)
            case Bands() as bands:
                if bands.on == "percentile":
                    percentile(trace, indicator, bands, lookup(bands.of))
                chain = _banded(trace, path, indicator, bands, lookup(bands.on), lookup)
            case PerUnit() as per_unit:
                chain = _per_unit(trace, path, per_unit, lookup(per_unit.on))
            case Window() as window:
                chain = _window(trace, path, window, lookup(window.on))
            case form:
                assert actual is not None  # these forms look at nothing else
                chain = _of_actual(trace, path, indicator, form, actual)
        chain.round(trace.policy.rounding.score)
        if trace.scorecard.revisions:
            revise(chain, trace, f"{indicator.name}.score")
        return chain.end()
    except OutOfRange:
        raise Refusal("number-out-of-range", indicator.place, name=path) from None


def _of_actual(trace: Trace, path: str, indicator: Indicator, form: Score, actual: Step) -> Chain:
    match form:
        case Direct():
            return _direct(trace, path, indicator, form, actual)
        case Levels():
            return _levelled(trace, path, indicator, form, actual)
        case YesNo():
            return _yes_no(trace, path, indicator, form, actual)
    raise AssertionError(form)


def _banded(
    trace: Trace, path: str, indicator: Indicator, bands: Bands, reading: Step, lookup: Lookup
) -> Chain:
    """The score of the row that is reached; the figures that limits name are operands, too."""
    value = number_of(reading, path)
    named = {name: lookup(name) for name in bands.names}
    figures = {name: number_of(step, name) for name, step in named.items()}
    if named:
        _refuse_disorder(indicator, bands, figures, named)
    band, beside = reached(bands.rows, value, figures)
    operands = (reading, *named.values())
    if band.high is not None:
        return _slope(trace, path, band, beside, value, operands, figures)
    return Chain(
        trace, path, "score", "band", "band", *operands, value=band.score, rule=band,
        not_taken=beside,
    )  # fmt: skip


def _refuse_disorder(
    indicator: Indicator, bands: Bands, figures: Mapping[str, Decimal], named: Mapping[str, Step]
) -> None:
    """Figures of a person that stand in another order than the rows that they limit."""
    limits = [limit for row in bands.rows if (limit := row.threshold) is not None]
    first = bands.rows[0]
    if first.high is not None and first.until is not None:
        limits = [limits[0]._replace(at=first.until), *limits]
    for above, limit in pairwise(limits):
        high, low = limit_of(above.at, figures), limit_of(limit.at, figures)
        if (high < low) is not limit.is_upper and high != low:
            first_word, second_word = (_called(one.at) for one in (above, limit))
            shown = percent if indicator.in_percent else plain
            facts = {"first": first_word, "second": second_word, "indicator": indicator.called}
            figures_of = {"high": shown(high), "low": shown(low)}
            names = [one.at for one in (limit, above) if isinstance(one.at, str)]
            place, due = place_of(named[names[0]]), _DUE[limit.is_upper]
            raise Refusal("figures-out-of-order", place, due=due, **facts, **figures_of)


_DUE: Final = {False: Text("不低于", "at least"), True: Text("不高于", "at most")}


_LIMIT: Final = Text("界限", "limit")


def _called(limit: Decimal | str) -> Text:
    return figure_title(limit) if isinstance(limit, str) else _LIMIT


def _slope(
    trace: Trace, path: str, band: Band, beside: tuple[Band, ...], value: Decimal,
    operands: tuple[Step, ...], figures: Mapping[str, Decimal],
) -> Chain:  # fmt: skip
    """A straight line from `score` at the row's own limit to `high` at `until`, level beyond."""
    limit, high = band.threshold, band.high
    assert limit is not None
    assert band.until is not None
    assert high is not None
    low, until = limit_of(limit.at, figures), limit_of(band.until, figures)
    value = max(value, until) if limit.is_upper else min(value, until)
    rounding = trace.policy.rounding.score
    width = until - low
    if not width:
        result = high  # two figures of the person are equal, and both ends are reached at once
    else:
        exact = band.score * width + (value - low) * (high - band.score)
        result = divide_as(exact, width, rounding)
    return Chain(
        trace, path, "score", "slope", "slope", *operands, value=result, rule=band,
        rounding=rounding, not_taken=beside,
    )  # fmt: skip


def _direct(trace: Trace, path: str, indicator: Indicator, direct: Direct, actual: Step) -> Chain:
    value = number_of(actual, indicator.name)
    if not direct.low <= value <= direct.high:
        name, place = indicator.called, place_of(actual)
        raise out_of_range(value, direct.low, direct.high, name, place)
    return Chain(trace, path, "score", "direct", "direct", actual, value=value, rule=direct)


def _levelled(trace: Trace, path: str, indicator: Indicator, levels: Levels, actual: Step) -> Chain:
    for level in levels.rows:
        if level.name == actual.value:
            return Chain(
                trace, path, "score", "level", "level", actual, value=level.score, rule=level
            )
    known = "、".join(level.name for level in levels.rows)
    value = plain(actual.value) if isinstance(actual.value, Decimal) else actual.value
    raise Refusal(
        "unknown-level", place_of(actual), indicator=indicator.called, value=value, known=known
    )


def _yes_no(trace: Trace, path: str, indicator: Indicator, yes_no: YesNo, actual: Step) -> Chain:
    if not isinstance(actual.value, bool):
        place = place_of(actual)
        raise Refusal("not-a-yes-or-no", place, indicator=indicator.called, value=actual.value)
    value = yes_no.done if actual.value else yes_no.otherwise
    return Chain(trace, path, "score", "yes_no", "yes_no", actual, value=value, rule=yes_no)


def _per_unit(trace: Trace, path: str, rule: PerUnit, reading: Step) -> Chain:
    """`points` for every `per` on the side that counts; `both` counts with its sign."""
    value = number_of(reading, path)
    distance = rule.mark - value if rule.side == "below" else value - rule.mark
    if rule.side != "both":
        distance = max(distance, Decimal(0))
    if rule.whole_units == "no":
        return _by_distance(trace, path, "per_unit", rule, reading, rule.start, distance)
    units = divided(distance, rule.per, 0, rule.whole_units)
    counted = trace.add(f"{path}.units", "score", "units", (reading,), units, rule=rule)
    total = rule.start + units * rule.points
    chain = Chain(trace, path, "score", "points", "unit_points", counted, value=total, rule=rule)
    chain.cut(rule.limits)
    return chain


def _window(trace: Trace, path: str, rule: Window, reading: Step) -> Chain:
    """Full score inside the window, ends included; points off outside, proportionally."""
    value = number_of(reading, path)
    outside = max(rule.low - value, value - rule.high, Decimal(0))
    return _by_distance(trace, path, "window", rule, reading, rule.score, outside)


def _by_distance(
    trace: Trace, path: str, operation: str, rule: PerUnit | Window, reading: Step,
    start: Decimal, distance: Decimal,
) -> Chain:  # fmt: skip
    """`start` + `distance` x `points` / `per`, rounded once, then cut."""
    rounding = trace.policy.rounding.score
    exact = start * rule.per + distance * rule.points
    value = divide_as(exact, rule.per, rounding)
    chain = Chain(
        trace, path, "score", "points", operation, reading, value=value, rule=rule,
        rounding=rounding,
    )  # fmt: skip
    chain.cut(rule.limits)
    return chain


def score_of_ratings(trace: Trace, indicator: Indicator, rule: Ratings, measure: Measure) -> Step:
    """360 degrees: each group's mean, trimmed where it is large enough, then by weight."""
    _refuse_unknown_groups(indicator, rule, measure)
    path = f"{indicator.path}.score"
    means: dict[str, Part] = {}
    passing: list[RaterGroup] = []
    for group in rule.groups:
        ratings = measure.ratings.get(group.name, ())
        group_path = f"{indicator.path}.ratings.{group.name}"
        if ratings:
            _refuse_impossible(indicator, rule, group.name, ratings)
            figure = _of_group(trace, group_path, rule, ratings)
            means[group.name] = (figure, group.weight, group.weight)
        elif rule.empty_group == "exclude":
            trace.add(
                f"{group_path}.excluded", "datum", "exclude", (group.weight,), True, "missing",
                rule,
            )  # fmt: skip
        elif isinstance(rule.empty_group, WeightTo):
            passing.append(group)
            trace.add(
                f"{group_path}.excluded", "datum", "pass_weight", (group.weight,), True, "missing",
                rule,
            )  # fmt: skip
        else:
            raise _empty(indicator, group)
    if passing:
        _pass_weights(trace, indicator, rule, passing, means)
    whole = len(means) + len(passing) == len(rule.groups)
    chain = weighed(trace, path, "score", [*means.values()], complete=whole)
    chain.round(trace.policy.rounding.score)
    if trace.scorecard.revisions:
        revise(chain, trace, f"{indicator.name}.score")
    return chain.end()


def _empty(indicator: Indicator, group: RaterGroup) -> Refusal:
    cell = f"{indicator.name}.{group.name}"
    facts = {"indicator": indicator.called, "group": group.name, "cell": cell}
    return Refusal("empty-group", indicator.place, **facts)


def _pass_weights(
    trace: Trace, indicator: Indicator, rule: Ratings, passing: Sequence[RaterGroup],
    means: dict[str, Part],
) -> None:  # fmt: skip
    """Gives the weights of groups without ratings to those that the policy names; raises `Refusal`
    where none of them has one."""
    assert isinstance(rule.empty_group, WeightTo)
    names = [word.value for word in rule.empty_group.names]
    receiver = next((name for name in names if name in means), None)
    if receiver is None:
        raise _empty(indicator, passing[0])
    figure, own, line = means[receiver]
    path = f"{indicator.path}.ratings.{receiver}"
    means[receiver] = (figure, raised(trace, path, own, [one.weight for one in passing]), line)


def _refuse_unknown_groups(indicator: Indicator, rule: Ratings, measure: Measure) -> None:
    names = [group.name for group in rule.groups]
    for name, ratings in measure.ratings.items():
        if name not in names:
            place = ratings[0].origin.place if ratings else indicator.place
            known = ", ".join(names)
            raise Refusal(
                "unknown-group", place, indicator=indicator.called, group=name, known=known
            )


def _refuse_impossible(
    indicator: Indicator, rule: Ratings, group: str, ratings: Sequence[Datum]
) -> None:
    """A rating that is no number, or outside the scale."""
    for value, origin in ratings:
        if isinstance(value, Decimal) and rule.scale.low <= value <= rule.scale.high:
            continue
        name = Text(*(f"{word}: {group}" for word in indicator.called))
        if isinstance(value, Decimal):
            raise out_of_range(value, rule.scale.low, rule.scale.high, name, origin.place)
        raise Refusal("not-a-figure", origin.place, name=name, value=value)


def _of_group(trace: Trace, path: str, rule: Ratings, ratings: Sequence[Datum]) -> Step:
    """The mean or the median of the ratings that are not trimmed away."""
    values = [datum.value for datum in ratings if isinstance(datum.value, Decimal)]
    dropped = _dropped(rule, values)
    kept: list[Operand] = []
    for index, datum in enumerate(ratings):
        step = trace.given(f"{path}.{index + 1}", datum)
        if index in dropped:
            trace.steps[step.path] = step._replace(outcome="skipped", rule=rule)
        else:
            kept.append(step)
    rounding = trace.policy.rounding.division
    if rule.by == "median":
        return _median(trace, path, rule, kept)
    total = sum((values[index] for index in range(len(values)) if index not in dropped), Decimal(0))
    mean = divide_as(total, Decimal(len(kept)), rounding)
    return trace.add(path, "score", "mean", tuple(kept), mean, rule=rule, rounding=rounding)


def _median(trace: Trace, path: str, rule: Ratings, kept: Sequence[Operand]) -> Step:
    """The rating in the middle; of an even number, the mean of the two there."""
    values = sorted(number(one) for one in kept)
    half = len(values) // 2
    if len(values) % 2:
        return trace.add(path, "score", "median", tuple(kept), values[half], rule=rule)
    rounding = trace.policy.rounding.division
    both = values[half - 1] + values[half]
    mean = divide_as(both, Decimal(2), rounding)
    return trace.add(path, "score", "median", tuple(kept), mean, rule=rule, rounding=rounding)


def _dropped(rule: Ratings, values: Sequence[Decimal]) -> frozenset[int]:
    """Which ratings a large group loses: its lowest and its highest, the earlier of equals."""
    trim = rule.trim
    if trim is None or len(values) < trim.from_raters:
        return frozenset()
    ascending = sorted(range(len(values)), key=lambda index: (values[index], index))
    descending = sorted(range(len(values)), key=lambda index: (-values[index], index))
    lowest = ascending[: trim.drop]
    highest = [index for index in descending if index not in lowest][: trim.drop]
    return frozenset((*lowest, *highest))
