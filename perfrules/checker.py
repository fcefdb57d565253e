"""Accepts or rejects a trace, without trusting the program that wrote it.

    python checker.py traces.jsonl policies/sales@2024.2.json ...

Needs nothing but Python, imports nothing of perfrules, and is written to be read in one
sitting. The method: of a trace only the data are believed (what somebody measured, rated or
recorded). With them the resolved policy is walked once more, rule by rule in the language's
order, and each step that must follow is compared, in every field, with the next step of the
trace. One step too few, too many, or different, and the trace is rejected.

Read from the top: `check`, then `Walk` (head, indicators, total, vetoes, grade, pay), then
the data, formulas, steps, and arithmetic. The trace's format is told in docs/trace.md.
"""

import argparse
import ast
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Rejection", "check"]

Json = dict[str, Any]
Value = Fraction | str | bool

FORMAT = "perfrules-trace/1"
LIMIT = 10**15  # no value that is worked out may reach this size
RECORD = "format subject cycle policy status total grade pay excluded vetoed steps problems digest"
MAX_DEPTH, MAX_NODES, MAX_TEXT, MAX_LINE = 32, 300_000, 100_000, 32_000_000


class Rejection(NamedTuple):
    """Why a trace is wrong: the id of the step (empty for the record's head), and the reason."""

    step: str
    zh: str
    en: str


class Wrong(Exception):
    """The trace differs from what the policy makes of the data."""

    def __init__(self, step: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.rejection = Rejection(step, zh, en)


class Refused(Exception):
    """The policy gives no result here, for one of these reasons (codes of problems)."""

    def __init__(self, *codes: str) -> None:
        super().__init__(*codes)
        self.codes = codes


class Step(NamedTuple):
    """A step that was found as it must be."""

    path: str
    value: Value
    operation: str
    operands: "tuple[Step | Term, ...]"


class Term(NamedTuple):
    """A number or word of the policy; `path` is empty for one from the middle of a formula."""

    path: str
    value: Value


class Rule(NamedTuple):
    """What of the policy decides a step: where it stands, what it says."""

    path: str
    terms: Json


def check(
    trace: Json, resolved: Json, places: dict[str, str] | None = None
) -> list[Rejection]:
    """Why `trace` is not what the policy `resolved` makes of its data; empty where it is.

    `places` maps each path of the policy to its place in the file; without it, a trace has only
    to agree with itself about places. Garbage is rejected, never raised.
    """
    found: list[Rejection] = []
    walk = None
    try:
        for tree in (trace, resolved):
            refuse_unreasonable(tree)
        found += seal(trace)
        walk = Walk(trace, resolved, places)
        found += walk.head()
        walk.run()
    except Wrong as wrong:
        found.append(wrong.rejection)
    except Exception:
        zh, en = "记录或考核方案的格式有误", "the record or the policy is not well formed"
        found.append(Rejection(walk.here() if walk else "", zh, en))
    return found


def seal(trace: Json) -> Iterator[Rejection]:
    """The record's last entry is the SHA-256 of all the others."""
    rest = {key: value for key, value in trace.items() if key != "digest"}
    if trace.get("digest") != sha256(canonical(rest)):
        yield Rejection("", "记录的摘要与内容不符", "the record's digest does not fit its content")


class Walk:
    """One way through the policy, side by side with the trace."""

    def __init__(self, trace: Json, resolved: Json, places: dict[str, str] | None) -> None:
        self.trace, self.policy = trace, resolved
        self.label = f"{resolved['policy']}@{resolved['version']}"
        self.indicators: Json = resolved["indicators"]
        self.places = dict(places_in(trace["steps"])) if places is None else places
        self.next = 0
        self.steps: dict[str, Step] = {}
        self.results: dict[str, Step] = {}
        self.excluded: list[str] = []
        self.vetoed: list[str] = []
        self.read = set().union(*(names_in(text) for text in formulas_of(resolved)))

    def head(self) -> Iterator[Rejection]:
        """Format, policy and cycle."""
        trace, cycle = self.trace, self.trace["cycle"]
        policy = {"id": self.policy["policy"], "version": self.policy["version"]}
        policy["digest"] = sha256(json.dumps(self.policy, ensure_ascii=False, indent=2) + "\n")
        keys = sorted(RECORD.split())
        yield from differences("", "record", keys, sorted(trace))
        yield from differences("", "format", FORMAT, trace["format"])
        yield from differences("", "subject", str(trace["subject"]), trace["subject"])
        yield from differences("", "policy", policy, trace["policy"])
        if cycle is not None:
            yield from differences("", "cycle", ["from", "id", "to"], sorted(cycle))
            yield from differences("", "cycle.id", str(cycle["id"]), cycle["id"])
            start, end = day(cycle["from"]), day(cycle["to"])
            dates = self.policy.get("effective", {})
            in_force = dates.get("from", "") <= end.isoformat() <= dates.get("to", "9999-12-31")
            if start > end or not in_force:
                zh = "周期日期有误，或周期最后一天不在方案有效期内"
                yield Rejection("", zh, "the policy is not in force on the last day of the cycle")

    def run(self) -> None:
        """Indicators, total, vetoes, grade, pay; then the result as the head states it."""
        scores: dict[str, Step] = {}
        problems: list[tuple[str, tuple[str, ...]]] = []
        for name in self.order():
            try:
                step = self.indicator(name)
            except Refused as refused:
                # One that reads another which failed has nothing to add.
                if "no-value" not in refused.codes or not problems:
                    problems.append((self.here(), refused.codes))
                continue
            if step is None:
                self.excluded.append(name)
            else:
                scores[name] = step
        if not problems:
            try:
                self.judged(scores)
            except Refused as refused:
                problems.append((self.here(), refused.codes))
        self.problems(problems)
        if self.next < len(self.trace["steps"]):
            raise Wrong(self.here(), "多出的步骤", "a step that nothing asks for")
        for rejection in self.result(complete=not problems):
            raise Wrong(*rejection)

    def problems(self, found: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        """The problems of the record are those that the policy has with these data."""
        for problem in self.trace["problems"]:
            texts = [*problem["message"].values(), *problem["help"].values(), problem["place"]]
            well_formed = (
                sorted(problem) == ["code", "help", "message", "place", "severity"]
                and [*problem["message"], *problem["help"]] == ["zh", "en"] * 2
                and all(isinstance(text, str) for text in texts)
                and problem["severity"] in ("error", "warning", "note")
            )
            if not well_formed:
                raise Wrong("", "问题的格式有误", "a problem is not well formed")
        stated = [one["code"] for one in self.trace["problems"] if one["severity"] == "error"]
        for index, (step, codes) in enumerate(found):
            if index >= len(stated) or stated[index] not in codes:
                known = "、".join(codes)
                zh = f"按方案此处得不出结果（{known}），记录没有写明"
                raise Wrong(step, zh, f"no result here ({', '.join(codes)}), which is not said")
        if len(stated) > len(found):
            code = stated[len(found)]
            raise Wrong("", f"不存在的问题：{code}", f"a problem that is none: {code}")

    def result(self, *, complete: bool) -> Iterator[Rejection]:
        """Total, grade and pay are read from the steps; without a result there are none."""
        shown = {name: written(step.value)["value"] for name, step in self.steps.items()}
        plans = self.policy.get("incentives", {})
        stated = {
            "status": "complete" if complete else "rejected",
            "total": shown["total"] if complete else None,
            "grade": shown.get("grade") if complete else None,
            "pay": {name: shown[f"pay.{name}"] for name in plans} if complete else {},
            "excluded": self.excluded,
            "vetoed": self.vetoed,
        }
        for key, value in stated.items():
            yield from differences("", key, value, self.trace[key])

    # ---- indicators

    def order(self) -> Iterator[str]:
        """Always the first in the file whose formulas read only earlier ones."""
        waiting = list(self.indicators)
        while waiting:
            ready = [name for name in waiting if not self.reads(name) & set(waiting)]
            waiting.remove(ready[0])
            yield ready[0]

    def reads(self, name: str) -> set[str]:
        """The indicators that the formulas of an indicator read; its own score is a circle."""
        one = self.indicators[name]
        texts = [one.get("attainment"), one["score"].get("formula")]
        names = set().union(*(names_in(text) for text in texts if text is not None))
        roots = {read.partition(".")[0] for read in names}
        return (roots - {name}) | ({name} if f"{name}.score" in names else set())

    def indicator(self, name: str) -> Step | None:
        """Actual, target, baseline, attainment, score; None where it is left out."""
        one, path = self.indicators[name], f"indicators.{name}"
        score = one["score"]
        if "ratings" in score:
            return self.ratings(one, path)
        formula, own = score.get("formula"), one.get("attainment")
        in_score = set() if formula is None else names_in(formula)
        on = {**score, **score.get("per_unit", {}), **score.get("window", {})}.get("on")
        attains = "attainment" in in_score | {on} or f"{name}.attainment" in self.read
        needed = (
            formula is None
            or "actual" in in_score
            or f"{name}.actual" in self.read
            or (attains and (own is None or "actual" in names_in(own)))
        )
        actual = self.datum(f"{path}.actual")
        if actual is None and needed:
            actual = self.missing(one, path, "score" if "levels" in score else "actual")
            if actual is None or "levels" in score:
                return actual
        target = self.need(one, path, "target")
        baseline = self.need(one, path, "baseline")
        if actual is not None and not {"levels", "yes_no"} & set(score):
            figure(actual, "not-a-figure")
        if attains:
            self.attainment(one, path, actual, target, baseline)
        return self.score(score, path, actual)

    def missing(self, one: Json, path: str, what: str) -> Step | None:
        """Nothing was recorded: it counts as nought, is left out, or is an error."""
        rule = indicator_rule(one, path)
        if one["missing"] == "zero":
            nought = False if what == "actual" and "yes_no" in one["score"] else Fraction(0)
            kind = "datum" if what == "actual" else "score"
            operation = "count_as_nought"
            return self.step(f"{path}.{what}", kind, operation, (), nought, "missing", rule)
        if one["missing"] == "exclude":
            weight = term(one["weight"], f"{path}.weight")
            self.step(f"{path}.excluded", "datum", "exclude", (weight,), True, "missing", rule)
            return None
        raise Refused("missing-actual")

    def need(self, one: Json, path: str, what: str) -> Step | None:
        """A target or baseline: the data's, else the policy's number, else none."""
        step = self.datum(f"{path}.{what}")
        if step is not None:
            figure(step, "not-a-figure")
        elif one[what] == "required":
            raise Refused(f"missing-{what}")
        elif one[what] != "none":
            fixed = term(one[what], f"{path}.{what}")
            rule = Rule(fixed.path, {})
            step = self.step(fixed.path, "datum", "from_policy", (fixed,), fixed.value, rule=rule)
        return step

    def attainment(
        self, one: Json, path: str, actual: Step | None, target: Step | None, baseline: Step | None
    ) -> None:
        """A ratio of the figures, rounded once; or the policy's own formula."""
        into, text = f"{path}.attainment", one.get("attainment")
        if text is not None:
            chain = Chain(self, into, "attainment")
            own = self.formula(text, into, f"{into}.formula", "attainment", path)
            chain.link("unrounded", "same", own, value=figure(own))
            chain.round("attainment")
            chain.end()
            return
        assert actual is not None and target is not None
        reached, wanted, rule = figure(actual), figure(target), indicator_rule(one, path)
        operation, operands = "divide", (actual, target)
        if baseline is not None:
            operation, operands = "improvement", (actual, target, baseline)
            reached, wanted = reached - figure(baseline), wanted - figure(baseline)
        elif wanted <= 0:
            raise Refused("negative-target" if wanted else "zero-target")
        elif one["direction"] == "lower_is_better":
            if reached < 0:
                raise Refused("negative-actual")
            if not reached and "zero_actual" not in one:
                raise Refused("zero-actual")
            if not reached:
                fixed = term(one["zero_actual"], f"{path}.zero_actual")
                both, rule = (actual, fixed), Rule(fixed.path, {})
                self.step(into, "attainment", "zero_actual", both, fixed.value, rule=rule)
                return
            operands, reached, wanted = (target, actual), wanted, reached
        value = self.divided(reached, wanted, "attainment")
        more = {"rule": rule, "rounding": "attainment"}
        self.step(into, "attainment", operation, operands, value, **more)

    def score(self, score: Json, path: str, actual: Step | None) -> Step:
        """One of the forms, then rounded."""
        form = next(key for key in score if key != "on")
        into = f"{path}.score"
        at, chain = f"{into}.{form}", Chain(self, into, "score")
        if form == "formula":
            own = self.formula(score[form], at, at, "score", path)
            chain.link("unrounded", "same", own, value=figure(own))
        elif form == "bands":
            self.banded(chain, band_rules(score[form], at), self.steps[f"{path}.{score['on']}"])
        elif form in ("per_unit", "window"):
            reading = self.steps[f"{path}.{score[form]['on']}"]
            (self.per_unit if form == "per_unit" else self.window)(
                chain, Rule(at, dict(score[form])), reading
            )
        else:
            assert actual is not None
            value, rule = of_actual(form, score[form], at, actual.value)
            name = {"levels": "level"}.get(form, form)
            chain.link(name, name, actual, value=value, rule=rule)
        chain.round("score")
        return chain.end()

    def banded(self, chain: "Chain", rows: list[Rule], reading: Step) -> None:
        """The score of the first row that is reached; on a slope, a straight line."""
        rule, beside = reached_row(rows, figure(reading))
        low = number(rule.terms["score"])
        if "high" not in rule.terms:
            chain.link("band", "band", reading, value=low, rule=rule, not_taken=beside)
            return
        start, until, high = (number(rule.terms[key]) for key in ("at_least", "until", "high"))
        part = min(figure(reading), until) - start
        value = self.divided(low * (until - start) + part * (high - low), until - start, "score")
        more = {"rule": rule, "rounding": "score", "not_taken": beside}
        chain.link("slope", "slope", reading, value=value, **more)

    def per_unit(self, chain: "Chain", rule: Rule, reading: Step) -> None:
        """`points` for every `per` beyond the mark on the side that counts."""
        terms = rule.terms
        start, mark, per, points = (number(terms[key]) for key in "start mark per points".split())
        sign = -1 if terms["side"] == "below" else 1
        distance = sign * (figure(reading) - mark)
        if terms["side"] != "both":
            distance = max(distance, Fraction(0))
        if terms["whole_units"] == "no":
            value = self.divided(start * per + distance * points, per, "score")
            chain.link("points", "per_unit", reading, value=value, rule=rule, rounding="score")
        else:
            units = limited(rounded(distance / per, 0, terms["whole_units"]))
            counted = self.step(f"{chain.path}.units", "score", "units", (reading,), units, rule=rule)
            chain.link("points", "unit_points", counted, value=start + units * points, rule=rule)
        chain.cut(terms, rule.path)

    def window(self, chain: "Chain", rule: Rule, reading: Step) -> None:
        """Full score inside, ends included; `points` for every `per` outside."""
        value, terms = figure(reading), rule.terms
        low, high, full = (number(terms[key]) for key in ("low", "high", "score"))
        per, points = number(terms["per"]), number(terms["points"])
        outside = max(low - value, value - high, Fraction(0))
        value = self.divided(full * per + outside * points, per, "score")
        chain.link("points", "window", reading, value=value, rule=rule, rounding="score")
        chain.cut(terms, rule.path)

    def ratings(self, one: Json, path: str) -> Step | None:
        """The mean of each group, the groups by weight."""
        form, at = one["score"]["ratings"], f"{path}.score.ratings"
        strange = ("unknown-group", "not-a-figure", "out-of-range")
        groups = form["groups"]
        rated = {name: self.values_ahead(f"{path}.ratings.{name}") for name in groups}
        terms = {"low": form["scale"]["min"], "high": form["scale"]["max"]}
        terms["empty_group"] = form["empty_group"]
        if "trim" in form:
            terms["trim"] = {key: int(form["trim"][key]) for key in ("drop", "from_raters")}
        rule = Rule(at, terms)
        first = f"{path}.ratings.{next(iter(groups))}.excluded"
        if not rated[next(iter(groups))] and not self.comes(first):
            if one["missing"] != "error" and self.comes(f"{path}.excluded", f"{path}.score"):
                return self.missing(one, path, "score")
            if one["missing"] == "error":
                strange = ("missing-actual", *strange)
        parts = []
        for name, weight in groups.items():
            into, share = f"{path}.ratings.{name}", term(weight, f"{at}.groups.{name}")
            values = self.values_ahead(into)
            if values:
                parts.append((self.mean(into, rule, values), share))
            elif form["empty_group"] == "exclude" and self.comes(f"{into}.excluded"):
                more = (True, "missing", rule)
                self.step(f"{into}.excluded", "datum", "exclude", (share,), *more)
            else:
                empty = ("empty-group",) if form["empty_group"] == "error" else ()
                raise Refused(*strange, *empty)
        chain = self.weighed(f"{path}.score", "score", parts, complete=len(parts) == len(groups))
        chain.round("score")
        return chain.end()

    def mean(self, path: str, rule: Rule, values: Sequence[Value]) -> Step:
        """The mean of a group; a large one loses its highest and lowest ratings first."""
        figures = [figure_in(value, "not-a-figure") for value in values]
        if not all(number(rule.terms["low"]) <= one <= number(rule.terms["high"]) for one in figures):
            raise Refused("out-of-range")
        trim, dropped = rule.terms.get("trim"), set[int]()
        if trim is not None and len(figures) >= trim["from_raters"]:
            places = range(len(figures))
            lowest = sorted(places, key=lambda place: (figures[place], place))[: trim["drop"]]
            rest = [place for place in places if place not in lowest]
            highest = sorted(rest, key=lambda place: (-figures[place], place))[: trim["drop"]]
            dropped = {*lowest, *highest}
        kept = []
        for place in range(len(figures)):
            if place in dropped:
                self.given(f"{path}.{place + 1}", "skipped", rule)
            else:
                kept.append(self.given(f"{path}.{place + 1}"))
        value = self.divided(total_of(kept), Fraction(len(kept)), "division")
        return self.step(path, "score", "mean", kept, value, rule=rule, rounding="division")

    # ---- total, vetoes, grade, pay

    def judged(self, scores: dict[str, Step]) -> None:
        """All that follows once each indicator has a score or is left out."""
        chain, holding = self.total(scores), []
        for name, veto in self.policy.get("vetoes", {}).items():
            self.results.setdefault("total", chain.written())
            at = f"vetoes.{name}"
            met = self.formula(veto["when"], f"{at}.when", f"{at}.when", "veto", truth=True)
            terms = {"name": name, "when": veto["when"], **veto["then"]}
            outcome = "applied" if met.value else "skipped"
            self.step(at, "veto", "condition", (met,), met.value, outcome, Rule(at, terms))
            if met.value:
                holding.append((name, veto["then"]))
        if "vetoes" in self.policy:
            caps = [
                term(then["total"], f"vetoes.{name}.then.total")
                for name, then in holding
                if "total" in then
            ]
            value = min(chain.value, *map(figure, caps), chain.value)
            outcome = "capped" if value != chain.value else "applied"
            operands = (self.results["total"], *caps)
            self.results["total"] = self.step("total", "total", "at_most", operands, value, outcome)
        else:
            self.results["total"] = chain.end()
        self.vetoed = [name for name, _ in holding]
        if "grades" in self.policy:
            self.results["grade"] = self.grade(holding)
        for name, plan in self.policy.get("incentives", {}).items():
            self.pay(f"pay.{name}", plan, f"incentives.{name}", holding)

    def total(self, scores: dict[str, Step]) -> "Chain":
        """Scores by weight, sections by weight, adjustments, limits, rounding."""
        policy, parts = self.policy, []
        own = [
            (scores[name], term(one["weight"], f"indicators.{name}.weight"))
            for name, one in self.indicators.items()
            if name in scores
        ]
        complete = len(own) == len(self.indicators)
        for name, section in policy.get("sections", {}).items():
            at, weight = f"sections.{name}", term(section["weight"], f"sections.{name}.weight")
            members = [f"indicators.{key}" for key, one in self.indicators.items()
                       if one["section"] == name]  # fmt: skip
            inside = [pair for pair in own if pair[0].path.removesuffix(".score") in members]
            if any(figure(share) for _, share in inside):
                chain = self.weighed(at, "section", inside, complete=len(inside) == len(members))
                parts.append((chain.end(), weight))
            else:
                rule = Rule(weight.path, {})
                self.step(f"{at}.excluded", "section", "exclude", (weight,), True, "missing", rule)
        if "sections" in policy:
            own, complete = parts, len(parts) == len(policy["sections"])
        if not any(figure(weight) for _, weight in own):
            raise Refused("nothing-to-count")
        chain = self.weighed("total", "total", own, complete=complete)
        if "adjustments" in policy:
            points = [self.points(name, one) for name, one in policy["adjustments"].items()]
            chain.link("adjusted", "sum", *points, value=chain.value + total_of(points))
        chain.cut(policy.get("total", {}), "total")
        chain.round("total")
        return chain

    def weighed(
        self, path: str, kind: str, parts: Sequence[tuple[Step, Term]], *, complete: bool
    ) -> "Chain":
        """The sum of value x weight; over the sum of the weights where parts were left out."""
        shares = [
            self.step(f"{step.path}.weighted", "contribution", "multiply", (step, weight),
                      figure(step) * figure(weight), rule=Rule(weight.path, {}))
            for step, weight in parts
        ]  # fmt: skip
        chain = Chain(self, path, kind)
        chain.link("sum", "sum", *shares, value=total_of(shares))
        if not complete:
            weights = [weight for _, weight in parts]
            left = self.step(f"{path}.weights", kind, "sum", weights, total_of(weights))
            value = self.divided(chain.value, figure(left), "division")
            chain.link("share", "divide", left, value=value, rounding="division")
        return chain

    def points(self, name: str, one: Json) -> Step:
        """What an adjustment adds: so much an event, or what the events name; then cut."""
        at, points, count = f"adjustments.{name}", one["points"], self.event(name)
        rule, chain = Rule(at, {"name": name, **points}), Chain(self, at, "adjustment")
        if "each" in points:
            if count.operation == "count":
                raise Refused("unexpected-points")
            each = term(points["each"], f"{at}.points.each")
            value = figure(count) * figure(each)
            chain.link("points", "multiply", count, each, value=value, rule=rule)
        else:
            if count.operation == "given" and count.value:
                raise Refused("missing-points")
            low, high = map(number, points["given"])
            if not all(low <= figure(given) <= high for given in count.operands):
                raise Refused("out-of-range")
            value = total_of(count.operands)
            chain.link("points", "sum", *count.operands, value=value, rule=rule)
        chain.cut(points, f"{at}.points")
        return chain.end()

    def grade(self, holding: Sequence[tuple[str, Json]]) -> Step:
        """The grade of the total; a veto may lower it."""
        names = [row.get("grade", row.get("otherwise")) for row in self.policy["grades"]]
        rows = [
            Rule(f"grades.{index}", {"grade": name, **only(row, "at_least")})
            for index, (name, row) in enumerate(zip(names, self.policy["grades"], strict=True))
        ]
        total = self.results["total"]
        row, beside = reached_row(rows, figure(total))
        caps = [
            Term(f"vetoes.{name}.then.grade", then["grade"])
            for name, then in holding
            if "grade" in then
        ]
        path, found = "grade.by_total" if caps else "grade", row.terms["grade"]
        step = self.step(path, "grade", "grade", (total,), found, rule=row, not_taken=beside)
        if not caps:
            return step
        lowest = max([found, *(cap.value for cap in caps)], key=names.index)
        outcome = "capped" if lowest != found else "applied"
        return self.step("grade", "grade", "cap", (step, *caps), lowest, outcome)

    def pay(self, path: str, plan: Json, at: str, holding: Sequence[tuple[str, Json]]) -> None:
        """base x rate x factors, or the slices; gated, cut, lowered by vetoes, rounded."""
        if (text := plan.get("only_if")) is not None:
            met = self.formula(text, f"{at}.only_if", f"{path}.only_if", "pay", truth=True)
            if not met.value:
                rule = Rule(f"{at}.only_if", {"text": text})
                self.step(path, "pay", "gate", (met,), Fraction(0), "skipped", rule)
                return
        chain, tiers = Chain(self, path, "pay"), plan.get("tiers", {})
        factors: list[Step] = []
        if "base" in plan:
            factors.append(self.formula(plan["base"], f"{at}.base", f"{path}.base", "pay"))
        if "by_grade" in plan:
            grade = self.results["grade"]
            rate = term(plan["by_grade"][grade.value], f"{at}.by_grade.{grade.value}")
            more = (rate.value, "applied", Rule(rate.path, {}))
            factors.append(self.step(f"{path}.rate", "pay", "by_grade", (grade, rate), *more))
        if "whole" in tiers:
            factors.append(self.tier(path, tiers, f"{at}.tiers"))
        for index, text in enumerate(plan.get("times", [])):
            into = f"{path}.times.{index + 1}"
            factors.append(self.formula(text, f"{at}.times.{index}", into, "pay"))
        product = prod(map(figure, factors), start=Fraction(1))
        if "marginal" in tiers:
            slices = self.slices(path, tiers, f"{at}.tiers")
            value, rule = total_of(slices), Rule(f"{at}.tiers.marginal", {})
            chain.link("slices", "sum", *slices, value=value, rule=rule)
            if factors:
                chain.link("product", "multiply", *factors, value=value * product)
        else:
            chain.link("product", "multiply", *factors, value=product)
        chain.cut(plan, at)
        number_of_vetoes = 0
        for name, then in holding:
            if "pay" in then:
                number_of_vetoes += 1
                share = term(then["pay"], f"vetoes.{name}.then.pay")
                veto = self.policy["vetoes"][name]
                rule = Rule(f"vetoes.{name}", {"name": name, "when": veto["when"], **then})
                link = "vetoed" if number_of_vetoes == 1 else f"vetoed.{number_of_vetoes}"
                value = chain.value * figure(share)
                chain.link(link, "multiply", share, value=value, rule=rule)
        chain.round("pay")
        chain.end()

    def tier(self, path: str, tiers: Json, at: str) -> Step:
        """The rate of the tier reached, for the whole amount."""
        by = self.formula(tiers["by"], f"{at}.by", f"{path}.by", "pay")
        rows = [
            Rule(f"{at}.whole.{index}", {"pay": row.get("pay", row.get("otherwise")),
                                         **only(row, "at_least")})
            for index, row in enumerate(tiers["whole"])
        ]  # fmt: skip
        row, beside = reached_row(rows, figure(by))
        rate = number(row.terms["pay"])
        return self.step(f"{path}.rate", "pay", "tier", (by,), rate, rule=row, not_taken=beside)

    def slices(self, path: str, tiers: Json, at: str) -> list[Step]:
        """The part of the figure in each slice that it reaches into, x the slice's rate."""
        by = self.formula(tiers["by"], f"{at}.by", f"{path}.by", "pay")
        amount, rows, steps = figure(by), tiers["marginal"], []
        for index, row in enumerate(rows):
            start, row_at = number(row["from"]), f"{at}.marginal.{index}"
            rate = term(row["rate"], f"{row_at}.rate")
            if amount > start:
                end = number(rows[index + 1]["from"]) if index + 1 < len(rows) else amount
                value = (min(amount, end) - start) * figure(rate)
                rule = Rule(row_at, {"start": row["from"], "rate": row["rate"]})
                into = f"{path}.slices.{index + 1}"
                steps.append(self.step(into, "pay", "slice", (by, rate), value, rule=rule))
        return steps

    # ---- data

    def comes(self, *paths: str) -> bool:
        """Whether the next step of the trace has one of these paths."""
        return self.here() in {f"{self.label}#{path}" for path in paths}

    def datum(self, path: str) -> Step | None:
        """A data point that stands in the trace next; None where the data have none."""
        if self.comes(path) and self.trace["steps"][self.next]["operation"] == "given":
            return self.given(path)
        return None

    def given(self, path: str, outcome: str = "applied", rule: Rule | None = None) -> Step:
        """A data point: its value is believed, all else of it is not."""
        value = value_in(self.trace["steps"][self.next])
        return self.step(path, "datum", "given", (), value, outcome, rule)

    def values_ahead(self, path: str) -> list[Value]:
        """The values of the data points `path.1`, `path.2`, ... that come next."""
        values: list[Value] = []
        for step in self.trace["steps"][self.next :]:
            if step["id"] != f"{self.label}#{path}.{len(values) + 1}" or step["operation"] != "given":
                break
            values.append(value_in(step))
        return values

    def event(self, name: str) -> Step:
        """How often an event was recorded; one that the data do not mention counts 0."""
        path = f"events.{name}"
        if path in self.steps:
            return self.steps[path]
        if self.comes(f"{path}.1"):
            count = len(self.values_ahead(path))
            points = [self.given(f"{path}.{index + 1}") for index in range(count)]
            return self.step(path, "datum", "count", points, Fraction(count))
        step = self.datum(path)
        if step is None:
            return self.step(path, "datum", "not_recorded", (), Fraction(0), "missing")
        if not isinstance(step.value, Fraction) or step.value < 0 or step.value.denominator != 1:
            raise Refused("not-a-count")
        return step

    def fact(self, path: str) -> Step:
        """A column of the person or a fact of the cycle."""
        step = self.steps.get(path) or self.datum(path)
        if step is None:
            raise Refused("missing-fact")
        return step

    def bound(self, name: str) -> Step:
        """The first or last day of the cycle, which the record's head names."""
        step = self.fact(f"cycle.{name}")
        for rejection in differences(self.id(step.path), "value", self.trace["cycle"][name], step.value):
            raise Wrong(*rejection)
        return step

    def days(self) -> Step:
        """The days of the cycle, first and last included."""
        if self.trace["cycle"] is None:
            raise Refused("missing-cycle")
        if "cycle.days" in self.steps:
            return self.steps["cycle.days"]
        bounds = (self.bound("from"), self.bound("to"))
        return self.step("cycle.days", "datum", "days", bounds, days_between(*bounds))

    def proration(self) -> Step:
        """The share of the cycle in which the subject was there."""
        path = kind = "proration"
        if path in self.steps or (step := self.datum(path)) is not None:
            return self.steps[path]
        joined, left = (
            self.steps.get(name) or self.datum(name) for name in ("person.joined", "person.left")
        )
        known = [step for step in (joined, left) if step is not None]
        cycle = self.trace["cycle"]
        if cycle is None and known:
            raise Refused("missing-cycle")
        late = joined is not None and day(joined.value) > day(cycle["from"])
        early = left is not None and day(left.value) < day(cycle["to"])
        if not late and not early:
            return self.step(path, kind, "whole_cycle", known, Fraction(1))
        start, end = self.bound("from"), self.bound("to")
        bounds = (joined if joined and late else start, left if left and early else end)
        present = self.step(f"{path}.days", kind, "days", bounds, days_between(*bounds))
        whole = self.days()
        value = self.divided(figure(present), figure(whole), "division")
        return self.step(path, kind, "divide", (present, whole), value, rounding="division")

    # ---- formulas

    def named(self, name: str, inside: str) -> Step:
        """The step that a name means; `inside` is the path of the indicator it stands in."""
        root, _, rest = name.partition(".")
        if (step := self.steps.get(f"{inside}.{name}") or self.results.get(name)) is not None:
            return step
        if not rest:
            return self.proration() if name == "proration" else self.event(name)
        if name == "cycle.days":
            return self.days()
        if root in ("person", "cycle"):
            return self.fact(name)
        if f"indicators.{name}" not in self.steps:
            raise Refused("no-value")
        return self.steps[f"indicators.{name}"]

    def formula(
        self, text: str, at: str, path: str, kind: str, inside: str = "", *, truth: bool = False
    ) -> Step:
        """The step of a formula's value: a single name's own, else one that lists what it read."""
        tree, read, quotients = parsed(text), dict[str, Step](), 0

        def lookup(name: str) -> Value:
            if name not in read:
                read[name] = self.named(name, inside)
            return read[name].value

        def quotient(left: Fraction, right: Fraction) -> Fraction:
            nonlocal quotients
            value = self.divided(left, right, "division")
            if value * right != left:
                quotients += 1
                operands = (Term("", left), Term("", right))
                into = f"{path}.quotient.{quotients}"
                self.step(into, "quotient", "divide", operands, value, rounding="division")
            return value

        value = evaluated(tree, lookup, quotient)
        if not isinstance(value, bool if truth else Fraction):
            raise Refused("wrong-value-type")
        if isinstance(tree, ast.Name | ast.Attribute):
            return next(iter(read.values()))
        value = value if isinstance(value, bool) else limited(value)
        return self.step(path, kind, "formula", tuple(read.values()), value, rule=Rule(at, {"text": text}))

    # ---- steps

    def here(self) -> str:
        """The id of the next step of the trace; empty at its end."""
        steps = self.trace["steps"]
        return str(steps[self.next]["id"]) if self.next < len(steps) else ""

    def id(self, path: str) -> str:
        return f"{self.label}#{path}"

    def step(
        self, path: str, kind: str, operation: str, operands: Sequence[Step | Term], value: Value,
        outcome: str = "applied", rule: Rule | None = None, rounding: str = "",
        not_taken: Sequence[Rule] = (),
    ) -> Step:  # fmt: skip
        """The step that must come next: compares each of its fields with the trace's."""
        if self.next >= len(self.trace["steps"]):
            raise Wrong(self.id(path), "缺少这一步", "this step is missing")
        expected: Json = {
            "id": self.id(path), "kind": kind, "operation": operation,
            "operands": [self.operand(operand) for operand in operands],
            **written(value), "outcome": outcome,
        }  # fmt: skip
        if rule is not None:
            expected["rule"] = self.rule(rule)
        if rounding:
            how = self.policy["rounding"][rounding]
            terms = {"places": int(how["places"]), "mode": how["mode"]}
            expected["rounding"] = self.rule(Rule(f"rounding.{rounding}", terms))
        if not_taken:
            expected["not_taken"] = [self.rule(row) for row in not_taken]
        found = self.trace["steps"][self.next]
        if operation == "given":
            expected["origin"] = {
                key: str(text) for key, text in found["origin"].items()
                if key in ("place", "source", "as_of", "evidence") and text != ""
            }  # fmt: skip
        for rejection in differences(self.here(), "", expected, found):
            raise Wrong(*rejection)
        self.next += 1
        step = self.steps[path] = Step(path, value, operation, tuple(operands))
        return step

    def operand(self, operand: Step | Term) -> Json:
        if isinstance(operand, Step):
            return {"step": self.id(operand.path), **written(operand.value)}
        if not operand.path:
            return written(operand.value)
        place = self.places.get(operand.path, "")
        return {"policy": operand.path, "place": place, **written(operand.value)}

    def rule(self, rule: Rule) -> Json:
        terms = {"terms": rule.terms} if rule.terms else {}
        return {"path": rule.path, "place": self.places.get(rule.path, ""), **terms}

    def divided(self, left: Fraction, right: Fraction, rounding: str) -> Fraction:
        """A quotient, rounded once."""
        if not right:
            raise Refused("division-by-zero")
        how = self.policy["rounding"][rounding]
        return limited(rounded(left / right, int(how["places"]), how["mode"]))


class Chain:
    """A value on its way. Each link takes the one before as its first operand; the last one
    bears the chain's own path, so a link is written when it is known whether another comes."""

    def __init__(self, walk: Walk, path: str, kind: str) -> None:
        self.walk, self.path, self.kind, self.value = walk, path, kind, Fraction(0)
        self.pending: tuple[str, str, tuple[Step | Term, ...], Json] | None = None

    def link(
        self, name: str, operation: str, *operands: Step | Term, value: Fraction, **more: Any
    ) -> None:
        before = () if self.pending is None else (self.written(),)
        self.value = limited(value)
        self.pending = (name, operation, (*before, *operands), more)

    def cut(self, limits: Json, at: str) -> None:
        """To a lower or an upper limit; a link only where that changes the value."""
        for key, sign in (("at_least", 1), ("at_most", -1)):
            if key in limits and sign * (number(limits[key]) - self.value) > 0:
                limit = term(limits[key], f"{at}.{key}")
                more = {"outcome": "capped", "rule": Rule(limit.path, {})}
                self.link("cut", key, limit, value=figure(limit), **more)
                return

    def round(self, rounding: str) -> None:
        """A link only where it changes the value."""
        how = self.walk.policy["rounding"][rounding]
        value = rounded(self.value, int(how["places"]), how["mode"])
        if value != self.value:
            self.link("rounded", "round", value=value, rounding=rounding)

    def written(self) -> Step:
        assert self.pending is not None
        return self.write(f"{self.path}.{self.pending[0]}")

    def end(self) -> Step:
        return self.write(self.path)

    def write(self, path: str) -> Step:
        assert self.pending is not None
        _, operation, operands, more = self.pending
        return self.walk.step(path, self.kind, operation, operands, self.value, **more)


# ---- rules of the policy, as a trace quotes them


def indicator_rule(one: Json, path: str) -> Rule:
    return Rule(path, {"direction": one["direction"], "missing": one["missing"]})


def band_rules(rows: Sequence[Json], at: str) -> list[Rule]:
    """The rows of `bands`; a slope ends at `up_to` or at the threshold above."""
    found, above = [], None
    for index, row in enumerate(rows):
        score = row.get("score", row.get("otherwise"))
        terms = {"score": score, **only(row, "at_least")}
        if isinstance(score, list):
            terms |= {"score": score[0], "high": score[1], "until": row.get("up_to", above)}
        found.append(Rule(f"{at}.{index}", terms))
        above = row.get("at_least")
    return found


def reached_row(rows: Sequence[Rule], value: Fraction) -> tuple[Rule, list[Rule]]:
    """The first row whose threshold is reached (the last has none), and those beside it."""
    for index, row in enumerate(rows):
        if "at_least" not in row.terms or value >= number(row.terms["at_least"]):
            return row, [*rows[max(index - 1, 0) : index], *rows[index + 1 : index + 2]]
    raise Refused("no-otherwise")


def of_actual(form: str, terms: Any, at: str, value: Value) -> tuple[Fraction, Rule]:
    """The score and the rule of the forms that look at the actual alone."""
    if form == "direct":
        actual, low, high = figure_in(value, "not-a-figure"), terms["min"], terms["max"]
        if not number(low) <= actual <= number(high):
            raise Refused("out-of-range")
        return actual, Rule(at, {"low": low, "high": high})
    if form == "yes_no":
        if not isinstance(value, bool):
            raise Refused("not-a-yes-or-no")
        return number(terms["done" if value else "otherwise"]), Rule(at, terms)
    if not isinstance(value, str) or value not in terms:
        raise Refused("unknown-level")
    return number(terms[value]), Rule(f"{at}.{value}", {"name": value, "score": terms[value]})


def only(row: Json, key: str) -> Json:
    return {key: row[key]} if key in row else {}


def term(text: str, path: str) -> Term:
    """A number of the policy."""
    return Term(path, number(text))


def formulas_of(policy: Json) -> Iterator[str]:
    """Every expression of the policy."""
    for one in policy["indicators"].values():
        yield from (one[key] for key in ("attainment",) if key in one)
        yield from (one["score"][key] for key in ("formula",) if key in one["score"])
    yield from (veto["when"] for veto in policy.get("vetoes", {}).values())
    for plan in policy.get("incentives", {}).values():
        yield from (plan[key] for key in ("base", "only_if") if key in plan)
        yield from plan.get("times", [])
        yield from (plan["tiers"]["by"] for key in ("tiers",) if key in plan)


# ---- formulas

WORDS_AND_PERCENTS = re.compile(r"\"[^\"]*\"|'[^']*'|(?<![\w.])([0-9]+(?:\.[0-9]+)?)%")
NUMERAL = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)

COMPARISONS: dict[type[ast.cmpop], Callable[[Fraction, Fraction], bool]] = {
    ast.Lt: lambda left, right: left < right,
    ast.LtE: lambda left, right: left <= right,
    ast.Gt: lambda left, right: left > right,
    ast.GtE: lambda left, right: left >= right,
}


@lru_cache(maxsize=4096)
def parsed(text: str) -> ast.expr:
    """The tree of an expression; `80%` stands in it as 0.8, every number exact."""

    def plainly(match: re.Match[str]) -> str:
        return match[0] if match[1] is None else plain(Fraction(match[1]) / 100) + " "

    source = WORDS_AND_PERCENTS.sub(plainly, text).strip()
    tree = ast.parse(source, mode="eval").body
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and not isinstance(node.value, str):
            numeral = ast.get_source_segment(source, node) or ""
            if not NUMERAL.fullmatch(numeral):
                raise ValueError(numeral)
            node.value = Fraction(numeral)  # type: ignore[assignment]
    return tree


@lru_cache(maxsize=4096)
def names_in(text: str) -> frozenset[str]:
    """What an expression may read, dotted names whole."""
    nodes = list(ast.walk(parsed(text)))
    dotted = {
        f"{node.value.id}.{node.attr}" for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }  # fmt: skip
    return frozenset(dotted | {node.id for node in nodes if isinstance(node, ast.Name)})


def evaluated(
    node: ast.expr, name: Callable[[str], Value], divide: Callable[[Fraction, Fraction], Fraction]
) -> Value:
    """The value of an expression, read from left to right; what is not needed is not read."""

    def value(inner: ast.expr) -> Value:
        return evaluated(inner, name, divide)

    def numbers(*inner: ast.expr) -> list[Fraction]:
        values = [value(one) for one in inner]
        return [figure_in(one, "wrong-value-type") for one in values]

    match node:
        case ast.Constant(value=constant):
            return constant  # type: ignore[return-value]
        case ast.Name(id=word):
            return name(word)
        case ast.Attribute(value=ast.Name(id=root), attr=word):
            return name(f"{root}.{word}")
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return value(body if value(test) else orelse)
        case ast.BoolOp(op=operator, values=inner):
            for one in inner:
                found = value(one)
                if bool(found) is isinstance(operator, ast.Or):
                    break
            return found
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return not value(inner)
        case ast.UnaryOp(op=operator, operand=inner):
            (only_one,) = numbers(inner)
            return {ast.USub: -only_one, ast.UAdd: only_one}[type(operator)]
        case ast.BinOp(op=operator, left=left, right=right):
            first, second = numbers(left, right)
            if isinstance(operator, ast.Div):
                return divide(first, second)
            results = {ast.Add: first + second, ast.Sub: first - second, ast.Mult: first * second}
            return results[type(operator)]
        case ast.Compare(left=left, ops=operators, comparators=comparators):
            first_value = value(left)
            for operator, right in zip(operators, comparators, strict=True):
                if isinstance(operator, ast.In | ast.NotIn):
                    listed = [same(first_value, value(one)) for one in right.elts]  # type: ignore[attr-defined]
                    if any(listed) is isinstance(operator, ast.NotIn):
                        return False
                    continue
                second_value = value(right)
                if not compared(operator, first_value, second_value):
                    return False
                first_value = second_value
            return True
        case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]):
            return called(function, numbers(*arguments))
    raise ValueError(ast.dump(node))


def same(left: Value, right: Value) -> bool:
    if isinstance(left, Fraction) is not isinstance(right, Fraction):
        raise Refused("wrong-value-type")
    return left == right


def compared(operator: ast.cmpop, left: Value, right: Value) -> bool:
    if isinstance(operator, ast.Eq | ast.NotEq):
        return same(left, right) is isinstance(operator, ast.Eq)
    first, second = (figure_in(one, "wrong-value-type") for one in (left, right))
    return COMPARISONS[type(operator)](first, second)


def called(function: str, values: Sequence[Fraction]) -> Fraction:
    match function, *values:
        case "min", *_:
            return min(values)
        case "max", *_:
            return max(values)
        case "abs", one:
            return abs(one)
        case "floor", one:
            return rounded(one, 0, "floor")
        case "ceil", one:
            return rounded(one, 0, "ceiling")
        case "clamp", one, low, high:
            return max(low, min(one, high))
        case "round", one, *places:
            count = places[0] if places else Fraction(0)
            if count not in range(11):
                raise Refused("number-out-of-range")
            return rounded(one, int(count), "half_up")
    raise ValueError(function)


# ---- arithmetic


def rounded(value: Fraction, places: int, mode: str) -> Fraction:
    """`value` with `places` digits behind the point: one of the two neighbours."""
    shifted = value * 10**places
    below = shifted.numerator // shifted.denominator
    rest = shifted - below  # from 0 up to 1
    half, above_nought = Fraction(1, 2), value > 0
    up = {
        "floor": False,
        "ceiling": rest > 0,
        "down": rest > 0 and not above_nought,
        "up": rest > 0 and above_nought,
        "half_up": rest > half or (rest == half and above_nought),
        "half_even": rest > half or (rest == half and below % 2 == 1),
    }[mode]
    return Fraction(below + up, 10**places)


def limited(value: Fraction) -> Fraction:
    if abs(value) >= LIMIT:
        raise Refused("number-out-of-range")
    return value


def total_of(parts: Sequence[Step | Term]) -> Fraction:
    return sum(map(figure, parts), Fraction(0))


def figure(holder: Step | Term, code: str = "wrong-value-type") -> Fraction:
    """The number that a step or term holds; the problem `code` where it holds a word."""
    return figure_in(holder.value, code)


def figure_in(value: object, code: str) -> Fraction:
    if isinstance(value, Fraction):
        return value
    raise Refused(code)


def day(text: object) -> date:
    """A date in its one spelling."""
    found = date.fromisoformat(str(text))
    if found.isoformat() != text:
        raise ValueError(text)
    return found


def days_between(start: Step, end: Step) -> Fraction:
    return Fraction(max((day(end.value) - day(start.value)).days + 1, 0))


# ---- numbers and texts as a trace writes them

NUMBER = re.compile(r"(?!-0$)-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", re.ASCII)


def number(text: object) -> Fraction:
    """A number in its one spelling: no exponent, no closing zeros, no minus nought."""
    if not isinstance(text, str) or not NUMBER.fullmatch(text):
        raise ValueError(text)
    return Fraction(text)


def plain(value: Fraction) -> str:
    """That spelling of a finite decimal."""
    places = next(places for places in range(5000) if 10**places % value.denominator == 0)
    whole, rest = divmod(abs(value.numerator) * 10**places // value.denominator, 10**places)
    return ("-" if value < 0 else "") + str(whole) + (f".{rest:0{places}d}" if places else "")


def written(value: Value) -> Json:
    if isinstance(value, Fraction):
        return {"value": plain(value)}
    return {"value": value} if isinstance(value, bool) else {"value": value, "type": "text"}


def value_in(step: Json) -> Value:
    value = step["value"]
    if "type" in step:
        return str(value)
    return value if isinstance(value, bool) else number(value)


def places_in(node: Any) -> Iterator[tuple[str, str]]:
    """Where a trace says that each path of the policy stands."""
    if isinstance(node, dict) and isinstance(node.get("place"), str):
        yield node.get("path", node.get("policy", "")), node["place"]
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from places_in(child)


def differences(step: str, path: str, expected: Any, found: Any) -> Iterator[Rejection]:
    """The first field in which `found` is not what is expected; a true is not a 1."""
    if type(expected) is dict and type(found) is dict:
        for key in [*expected, *(key for key in found if key not in expected)]:
            below = f"{path}.{key}" if path else key
            pair = (one.get(key, ...) for one in (expected, found))
            yield from differences(step, below, *pair)
        return
    if type(expected) is list and type(found) is list and len(expected) == len(found):
        for index, pair in enumerate(zip(expected, found, strict=True)):
            yield from differences(step, f"{path}.{index}", *pair)
        return
    if type(expected) is not type(found) or expected != found:
        right, wrong = (shown(one) for one in (expected, found))
        zh = f"`{path}` 应为 {right}，记录为 {wrong}"
        yield Rejection(step, zh, f"`{path}` should be {right}, the record says {wrong}")


def shown(node: Any) -> str:
    text = "—" if node is ... else json.dumps(node, ensure_ascii=False)
    return text if len(text) <= 200 else text[:199] + "…"


def canonical(node: Any) -> str:
    return json.dumps(
        node, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def refuse_unreasonable(tree: Any) -> None:
    """Nothing too deep, too large, or that JSON of this format does not hold."""
    waiting, nodes = [(tree, 0)], 0
    while waiting:
        node, depth = waiting.pop()
        nodes += 1
        if depth > MAX_DEPTH or nodes > MAX_NODES or len(waiting) > MAX_NODES:
            raise ValueError("too deep or too large")
        if type(node) is dict:
            waiting += [(one, depth + 1) for pair in node.items() for one in pair]
        elif type(node) is list:
            waiting += [(one, depth + 1) for one in node]
        elif not (node is None or type(node) in (str, int, bool)) or len(str(node)) > MAX_TEXT:
            raise ValueError(type(node))


# ---- the command line


def read_json(text: str | bytes) -> Any:
    """JSON without doubled keys, of which every reader would see another one."""

    def once(pairs: list[tuple[str, Any]]) -> Json:
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=once)


def main(arguments: Sequence[str] | None = None) -> int:
    """Checks each line of a file of traces; 0 where all are accepted, 6 where not, 2 on misuse."""
    parser = argparse.ArgumentParser(prog="checker.py", description=__doc__.partition("\n")[0])
    parser.add_argument("traces", help="a trace a line (JSON)")
    parser.add_argument("policies", nargs="+", help="the resolved policies (JSON)")
    chinese = os.environ.get("PERFRULES_LANG", os.environ.get("LANG", "")).startswith("zh")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh" if chinese else "en")
    asked = parser.parse_args(arguments)
    policies: dict[str, Json] = {}
    accepted = rejected = 0
    try:
        for name in asked.policies:
            policy = read_json(Path(name).read_bytes())
            policies[f"{policy['policy']}@{policy['version']}"] = policy
        with open(asked.traces, "rb") as file:
            for row, line in enumerate(iter(lambda: file.readline(MAX_LINE), b""), 1):
                found = rejections_of(line, policies)
                accepted, rejected = accepted + (not found), rejected + bool(found)
                for one in found:
                    print(f"{asked.traces}:{row}: {one.step} {one.zh if asked.lang == 'zh' else one.en}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"{asked.traces}: {error}", file=sys.stderr)
        return 2
    print(f"{accepted} accepted, {rejected} rejected", file=sys.stderr)
    return 6 if rejected or not accepted else 0


def rejections_of(line: bytes, policies: dict[str, Json]) -> list[Rejection]:
    try:
        trace = read_json(line)
        policy = policies.get(f"{trace['policy']['id']}@{trace['policy']['version']}")
    except Exception:
        return [Rejection("", "不是一条 JSON 记录", "not a record in JSON")]
    if policy is None:
        zh, en = "没有给出该方案", "the policy that it names was not given"
        return [Rejection("", zh, en)]
    return check(trace, policy)


if __name__ == "__main__":
    sys.exit(main())
