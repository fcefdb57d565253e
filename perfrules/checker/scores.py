"""From the figures of an indicator to its score: one function for each form."""

from collections.abc import Sequence
from fractions import Fraction

from .arithmetic import Refused, Value, figure, limited, number, numbers, plain, rounded
from .policy import Held, limit_in, total_of, word_of
from .record import Json
from .steps import Chain
from .weights import Part, Weights

__all__ = ["Scores"]


class Scores(Weights):
    """The score of each indicator."""

    def indicator(self, name: str, path: str) -> Held | None:
        """Actual, target, baseline, attainment, score; None where it is left out."""
        one, (needed, attains) = self.policy.indicators[name], self.policy.needs[name]
        form = next(key for key in one["score"] if key not in ("on", "within", "of"))
        if form == "ratings":
            return self.ratings(one, path)
        actual = self.actual(one, path)
        if actual is None and needed:
            actual = self.missing(one, path, "score" if form == "levels" else "actual")
            if actual is None or form == "levels":
                return actual
        target, baseline = self.target(one, path), self.need(path, "baseline")
        if actual is not None and form not in ("levels", "yes_no"):
            figure(actual.value, "not-a-figure")
        for what in one.get("figures", []):
            step = self.datum(f"{path}.{what}")
            if step is None:
                raise Refused("missing-figure")
            figure(step.value, "not-a-figure")
        if attains:
            self.attainment(one, path, actual, target, baseline)
        return self.score(form, one["score"], path)

    def score(self, form: str, score: Json, at: str) -> Held:
        """One of the forms, then rounded, and put right by calibrations and appeals."""
        path, terms = f"{at}.score", score[form]
        rule, chain = f"{path}.{form}", Chain(self, path, "score")
        if form == "formula":
            own = self.formula(rule, rule, "score", inside=at)
            chain.link("unrounded", "same", own, value=own.number)
        elif form == "bands":
            if score["on"] == "percentile":
                self.percentile(at, rule, self.steps[f"{at}.{score['of']}"])
            self.banded(chain, at, rule, self.steps[f"{at}.{score['on']}"])
        elif form in ("per_unit", "window"):
            work = self.per_unit if form == "per_unit" else self.window
            work(chain, rule, terms, self.steps[f"{at}.{terms['on']}"])
            chain.cut(terms, rule)
        else:
            actual = self.steps[f"{at}.actual"]
            value, name = of_actual(form, terms, actual.value), form.removesuffix("s")
            rule = f"{rule}.{actual.value}" if form == "levels" else rule
            chain.link(name, name, actual, value=value, rule=rule)
        return self.revise(chain.round("score")).end()

    def percentile(self, at: str, rule: str, reading: Held) -> None:
        """The share of the group that the figure leaves behind, those level with it by half."""
        own = {"keys": [plain(figure(reading.value, "not-a-figure"))]}
        if not self.comes(f"{at}.group.size"):
            self.refuse_hidden("needs-group")
        self.stands(f"{at}.group")
        held = self.ranked(at, f"{at}.group", own)
        size, above, equal = (one.number for one in held)
        value = self.policy.divided(2 * (size - above - equal) + equal, 2 * size, "attainment")
        into, kind = f"{at}.percentile", "attainment"
        self.step(into, kind, "percentile", held, value, rule=rule, rounding=kind)

    def banded(self, chain: Chain, at: str, table: str, reading: Held) -> None:
        """The score of the row that is reached; on a slope, a straight line up to its end."""
        held, figures = self.limits_of(at, self.policy.node[table])
        rule, beside = self.policy.reached(table, reading.number, figures)
        terms = self.policy.terms(rule)
        low, more = number(terms["score"]), {"rule": rule, "not_taken": beside}
        if "high" not in terms:
            chain.link("band", "band", reading, *held, value=low, **more)
            return
        word, high = word_of(terms), number(terms["high"])
        start, until = limit_in(terms[word], figures), limit_in(terms["until"], figures)
        at_most = min if word in ("at_least", "above") else max
        way = at_most(reading.number, until) - start
        value = high
        if until != start:
            rise = low * (until - start) + way * (high - low)
            value = self.policy.divided(rise, until - start, "score")
        chain.link("slope", "slope", reading, *held, value=value, rounding="score", **more)

    def limits_of(self, at: str, rows: list[Json]) -> tuple[list[Held], dict[str, Fraction]]:
        """The figures of the person that limits name, which have to stand in the rows' order."""
        limits = [row[word_of(row)] for row in rows if word_of(row)]
        limits = [*([rows[0]["up_to"]] if "up_to" in rows[0] else []), *limits]
        names = [name for name in dict.fromkeys(limits) if f"{at}.{name}" in self.steps]
        held = [self.steps[f"{at}.{name}"] for name in names]
        figures = {name: figure(one.value) for name, one in zip(names, held, strict=True)}
        if names:
            ends = [limit_in(limit, figures) for limit in limits]
            upwards = word_of(rows[0]) in ("at_most", "below")
            if ends != sorted(ends, reverse=not upwards):
                raise Refused("figures-out-of-order")
        return held, figures

    def per_unit(self, chain: Chain, rule: str, terms: Json, reading: Held) -> None:
        """`points` for every `per` beyond the mark, on the side that counts."""
        start, mark, per, points = numbers(terms, "start", "mark", "per", "points")
        distance = mark - reading.number if terms["side"] == "below" else reading.number - mark
        if terms["side"] != "both":
            distance = max(distance, Fraction(0))
        if terms["whole_units"] == "no":
            value = self.policy.divided(start * per + distance * points, per, "score")
            chain.link("points", "per_unit", reading, value=value, rule=rule, rounding="score")
        else:
            units = limited(rounded(distance / per, 0, terms["whole_units"]))
            step = self.step(f"{chain.path}.units", "score", "units", [reading], units, rule=rule)
            chain.link("points", "unit_points", step, value=start + units * points, rule=rule)

    def window(self, chain: Chain, rule: str, terms: Json, reading: Held) -> None:
        """Full score inside, ends included; `points` for every `per` outside."""
        low, high, full, per, points = numbers(terms, "low", "high", "score", "per", "points")
        outside = max(low - reading.number, reading.number - high, Fraction(0))
        value = self.policy.divided(full * per + outside * points, per, "score")
        chain.link("points", "window", reading, value=value, rule=rule, rounding="score")

    def ratings(self, one: Json, at: str) -> Held | None:
        """The mean of each group, then the groups by weight."""
        rule, form = f"{at}.score.ratings", one["score"]["ratings"]
        if self.comes(f"{at}.excluded", f"{at}.score"):
            return self.missing(one, at, "score")
        # A rating that makes no sense is a problem before any rating of its group is a step.
        codes = ["unknown-group", "not-a-figure", "out-of-range"]
        codes += ["missing-actual"] if one["missing"] == "error" else []
        codes += ["empty-group"] if form["empty_group"] == "error" else []
        means, passing = dict[str, Part](), list[Held]()
        empty = form["empty_group"]
        leave = "pass_weight" if isinstance(empty, dict) else "exclude"
        for name in form["groups"]:
            path, weight = f"{at}.ratings.{name}", self.policy.term(f"{rule}.groups.{name}")
            if self.comes(f"{path}.1"):
                figure = self.of_raters(path, rule, self.values_ahead(path))
                means[name] = (figure, weight, weight.path)
            elif empty != "error" and self.comes(f"{path}.excluded"):
                self.step(f"{path}.excluded", "datum", leave, [weight], True, "missing", rule)
                passing += [weight] if isinstance(empty, dict) else []
            else:
                raise Refused(*codes)
            codes = [code for code in codes if code not in ("missing-actual", "unknown-group")]
        if passing:
            able = [name for name in empty["weight_to"] if name in means]
            if not able:
                raise Refused("empty-group")
            figure, weight, line = means[able[0]]
            raised = self.raised(f"{at}.ratings.{able[0]}", weight, passing)
            means[able[0]] = (figure, raised, line)
        complete = len(means) + len(passing) == len(form["groups"])
        chain = self.weighed(f"{at}.score", "score", [*means.values()], complete)
        return self.revise(chain.round("score")).end()

    def of_raters(self, path: str, rule: str, values: Sequence[Value]) -> Held:
        """The mean or the median of a group; a large one first loses its highest and lowest."""
        figures = [figure(value, "not-a-figure") for value in values]
        terms = self.policy.terms(rule)
        low, high = numbers(terms, "low", "high")
        if not all(low <= one <= high for one in figures):
            raise Refused("out-of-range")
        dropped, trim = set[int](), terms.get("trim")
        if trim is not None and len(figures) >= trim["from_raters"]:
            dropped.update(sorted(range(len(figures)), key=figures.__getitem__)[: trim["drop"]])
            rest = [index for index in range(len(figures)) if index not in dropped]
            dropped.update(sorted(rest, key=lambda index: -figures[index])[: trim["drop"]])
        kept = []
        for index in range(len(figures)):
            if index in dropped:
                self.given(f"{path}.{index + 1}", "skipped", rule)
            else:
                kept.append(self.given(f"{path}.{index + 1}"))
        if self.policy.node[rule].get("by") == "median":
            middle = sorted(one.number for one in kept)[(len(kept) - 1) // 2 : len(kept) // 2 + 1]
            if len(middle) == 1:
                return self.step(path, "score", "median", kept, middle[0], rule=rule)
            value = self.policy.divided(sum(middle, Fraction(0)), Fraction(2), "division")
            how = "division"
            return self.step(path, "score", "median", kept, value, rule=rule, rounding=how)
        value = self.policy.divided(total_of(kept), Fraction(len(kept)), "division")
        return self.step(path, "score", "mean", kept, value, rule=rule, rounding="division")


def of_actual(form: str, terms: Json, value: Value) -> Fraction:
    """The score in the forms that look at the actual alone."""
    if form == "direct":
        if not number(terms["min"]) <= figure(value) <= number(terms["max"]):
            raise Refused("out-of-range")
        return figure(value)
    if form == "yes_no":
        if not isinstance(value, bool):
            raise Refused("not-a-yes-or-no")
        return number(terms["done" if value else "otherwise"])
    if not isinstance(value, str) or value not in terms:
        raise Refused("unknown-level")
    return number(terms[value])
