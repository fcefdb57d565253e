"""Accepts or rejects a trace, without trusting the program that wrote it.

    python checker.py traces.jsonl policies/sales@2024.2.json ...

Needs nothing but Python, imports nothing of perfrules, and is written to be read from
top to bottom. The method: of a trace only the data are believed (what somebody measured, rated,
recorded). With them the resolved policy is walked once more, rule by rule in the language's
order, and each step that must follow is compared, in every field, with the next step of the
trace. A step too few, too many, or different, and the trace is rejected.

Read from the top: `check`; `Policy` (what the resolved text says); `Walk` (indicators, total,
vetoes, grade, pay, data, formulas, a step); `Chain`; expressions; arithmetic. The format of a
trace is told in docs/trace.md.
"""

import argparse
import ast
import hashlib
import json
import operator
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Rejection", "check"]

Json = dict[str, Any]
Value = Fraction | str | bool
Veto = tuple[str, Json]  # the path of a veto that holds, and its `then`

FORMAT = "perfrules-trace/1"
RECORD = "format subject cycle policy status total grade pay excluded vetoed steps problems digest"
LIMIT = 10**15  # nothing that is worked out may reach this size
MAX_RECORD, MAX_FORMULA, MAX_PLACES = 32_000_000, 500, 10


class Rejection(NamedTuple):
    """Why a trace is wrong: the id of the step (empty for the record's head), and the reason."""

    step: str
    zh: str
    en: str


class Wrong(Exception):
    """The trace is not what the policy makes of the data; the arguments are a rejection's."""


class Refused(Exception):
    """The policy gives no result here; the arguments are the codes that may be the problem's."""


class Held(NamedTuple):
    """A value and its home: a `step` of the trace, a line of the `policy`, or nowhere."""

    path: str
    value: Value
    home: str = "step"
    operation: str = ""
    operands: tuple["Held", ...] = ()

    @property
    def number(self) -> Fraction:
        return figure(self.value)


def check(trace: Json, resolved: Json, places: dict[str, str] | None = None) -> list[Rejection]:
    """Why `trace` is not what the policy `resolved` makes of its data; empty where it is.

    `places` maps each path of the policy to its place in the file; without it, a trace has only
    to agree with itself about places. Garbage is rejected, never raised.
    """
    found: list[Rejection] = []
    walk = None
    try:
        policy = policy_of(json.dumps(resolved, ensure_ascii=False))
        walk = Walk(trace, policy, places)
        for stage in (walk.seal, walk.head, walk.run):
            try:
                stage()
            except Wrong as wrong:
                found.append(Rejection(*wrong.args))
    except Exception:  # whatever is wrong with garbage: too deep, too large, of another shape
        zh, en = "记录或考核方案的格式有误", "the record or the policy is not well formed"
        found.append(Rejection(walk.next_id() if walk else "", zh, en))
    return found


@lru_cache(maxsize=256)
def policy_of(text: str) -> "Policy":
    return Policy(json.loads(text))


class Policy:
    """What the resolved text says. Everything in it has a path: `indicators.sales.weight`."""

    def __init__(self, tree: Json) -> None:
        self.tree, self.node = tree, Json(flat(tree))
        self.digest = sha256(json.dumps(tree, ensure_ascii=False, indent=2) + "\n")
        self.label = f"{tree['policy']}@{tree['version']}#"
        self.indicators: Json = tree["indicators"]
        self.sections: Json = tree.get("sections", {})
        self.adjustments: Json = tree.get("adjustments", {})
        self.vetoes: Json = tree.get("vetoes", {})
        self.plans: Json = tree.get("incentives", {})
        self.grades = [
            self.terms(f"grades.{row}")["grade"] for row in range(len(tree.get("grades", [])))
        ]
        self.order = list(self.in_order())
        read = names_in(*self.formulas())
        self.needs = {name: self.needs_of(name, read) for name in self.indicators}

    def in_order(self) -> Iterator[str]:
        """Always the first in the file whose formulas read only earlier ones."""
        waiting = list(self.indicators)
        while waiting:
            ready = next(name for name in waiting if not self.reads(name) & {*waiting})
            waiting.remove(ready)
            yield ready

    def reads(self, name: str) -> set[str]:
        """The indicators that an indicator's formulas read; its own score would be a circle."""
        one = self.indicators[name]
        names = names_in(one.get("attainment"), one["score"].get("formula"))
        others = {read.partition(".")[0] for read in names} - {name}
        return others | ({name} if f"{name}.score" in names else set())

    def formulas(self) -> Iterator[str | None]:
        """Every expression; None where there is none."""
        for one in self.indicators.values():
            yield from (one.get("attainment"), one["score"].get("formula"))
        yield from (veto["when"] for veto in self.vetoes.values())
        for plan in self.plans.values():
            yield from (plan.get("base"), plan.get("only_if"), plan.get("tiers", {}).get("by"))
            yield from plan.get("times", [])

    def needs_of(self, name: str, read: set[str]) -> tuple[bool, bool]:
        """Whether an indicator needs an actual and an attainment: where anything reads them."""
        one, score = self.indicators[name], self.indicators[name]["score"]
        formula, own = score.get("formula"), one.get("attainment")
        on = {**score, **score.get("per_unit", {}), **score.get("window", {})}.get("on")
        attains = "attainment" in {on, *names_in(formula)} or f"{name}.attainment" in read
        actual = "actual" in names_in(formula) or f"{name}.actual" in read
        actual = actual or (formula is None and on != "attainment")
        return actual or (attains and (own is None or "actual" in names_in(own))), attains

    def term(self, path: str) -> Held:
        """A number of the policy."""
        return Held(path, number(self.node[path]), "policy")

    def rounded(self, value: Fraction, step: str) -> Fraction:
        """`value` as `rounding` says for a step of the work."""
        how = self.tree["rounding"][step]
        return rounded(value, int(number(how["places"])), how["mode"])

    def divided(self, left: Fraction, right: Fraction, step: str) -> Fraction:
        """A quotient, rounded once."""
        if not right:
            raise Refused("division-by-zero")
        return limited(self.rounded(left / right, step))

    def reached(self, table: str, value: Fraction) -> tuple[str, list[str]]:
        """The first row whose threshold is reached (the last has none), and those beside it."""
        rows = [f"{table}.{index}" for index in range(len(self.node[table]))]
        for index, row in enumerate(self.node[table]):
            if "otherwise" in row or value >= number(row["at_least"]):
                return rows[index], rows[max(index - 1, 0) : index] + rows[index + 1 : index + 2]
        raise ValueError(table)

    def terms(self, path: str) -> Json:
        """What the rule at a path says, in the words of a trace."""
        node, (table, _, name) = self.node[path], path.rpartition(".")
        if isinstance(node, str) and ".score.levels." in path:
            return {"name": path.partition(".score.levels.")[2], "score": node}
        if not isinstance(node, dict):
            return {}
        row = {key: node[key] for key in ("at_least",) if key in node}
        result = node.get("otherwise")
        if table.endswith(".score.bands"):
            score: Any = node.get("score", result)
            if isinstance(score, str):
                return {**row, "score": score}
            above = f"{table}.{int(name) - 1}.at_least"
            until = node["up_to"] if "up_to" in node else self.node[above]
            return {**row, "score": score[0], "high": score[1], "until": until}
        if table == "grades":
            return {**row, "grade": node.get("grade", result)}
        if table.endswith(".tiers.whole"):
            return {**row, "pay": node.get("pay", result)}
        if "from" in node:
            until = self.node.get(f"{table}.{int(name) + 1}.from")
            row = {"start": node["from"], "rate": node["rate"]}
            return row if until is None else {**row, "until": until}
        if "direction" in node:
            return {"direction": node["direction"], "missing": node["missing"]}
        if "then" in node:
            return {"name": name, "when": node["when"], **node["then"]}
        if table == "adjustments":
            return {"name": name, **node["points"]}
        if table == "rounding":
            return {"places": int(node["places"]), "mode": node["mode"]}
        if "scale" in node:
            low, high, trim = node["scale"]["min"], node["scale"]["max"], node.get("trim", {})
            terms = {"low": low, "high": high, "empty_group": node["empty_group"]}
            counts = {key: int(number(count)) for key, count in trim.items()}
            return {**terms, "trim": counts} if trim else terms
        return {"low": node["min"], "high": node["max"]} if "min" in node else node


class Walk:
    """One way through the policy, side by side with the trace."""

    def __init__(self, trace: Json, policy: Policy, places: dict[str, str] | None) -> None:
        self.trace, self.policy = trace, policy
        self.places = dict(places_in(trace["steps"])) if places is None else places
        self.ahead = list[Json](trace["steps"])
        self.count = 0
        self.steps: dict[str, Held] = {}
        self.results: dict[str, Held] = {}
        self.excluded: list[str] = []
        self.vetoed: list[str] = []

    def seal(self) -> None:
        """The record's `digest` is the SHA-256 of all else in it."""
        text = canonical({key: one for key, one in self.trace.items() if key != "digest"})
        if len(text) > MAX_RECORD or self.trace["digest"] != sha256(text):
            zh, en = "记录的摘要与内容不符", "the record's digest does not fit its content"
            raise Wrong("", zh, en)

    def head(self) -> None:
        """Format, policy and cycle."""
        trace, tree = self.trace, self.policy.tree
        require_keys(trace, RECORD)
        policy = {"id": tree["policy"], "version": tree["version"], "digest": self.policy.digest}
        stated = {"format": FORMAT, "subject": str(trace["subject"]), "policy": policy}
        require("", "", stated, {key: trace[key] for key in stated})
        cycle, dates = trace["cycle"], tree.get("effective", {})
        if cycle is not None:
            require_keys(cycle, "id from to")
            require("", "cycle.id", str(cycle["id"]), cycle["id"])
            start, end = day(cycle["from"]).isoformat(), day(cycle["to"]).isoformat()
            if start > end or not dates.get("from", "") <= end <= dates.get("to", "9999-12-31"):
                zh = "周期日期有误，或周期最后一天不在方案有效期内"
                raise Wrong("", zh, "the policy is not in force on the last day of the cycle")

    def run(self) -> None:
        """All steps, then what the head says of them."""
        scores: dict[str, Held] = {}
        problems: list[tuple[str, tuple[str, ...]]] = []
        for name in self.policy.order:
            try:
                score = self.indicator(name, f"indicators.{name}")
            except Refused as refused:
                # An indicator that reads another which failed has nothing to add.
                if "no-value" not in refused.args or not problems:
                    problems.append((self.next_id(), refused.args))
                continue
            if score is None:
                self.excluded.append(name)
            else:
                scores[name] = score
        if not problems:
            try:
                self.judge(scores)
            except Refused as refused:
                problems.append((self.next_id(), refused.args))
        self.require_problems(problems)
        if self.count < len(self.ahead):
            raise Wrong(self.next_id(), "多出的步骤", "a step that nothing asks for")
        self.require_result(complete=not problems)

    def require_problems(self, found: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        """The errors of the record are those that the policy has with these data."""
        stated = []
        for problem in self.trace["problems"]:
            require_keys(problem, "code severity place message help")
            for texts in (problem["message"], problem["help"]):
                require_keys(texts, "zh en")
                "".join([problem["place"], *texts.values()])  # raises where one is no text
            if problem["severity"] not in ("error", "warning", "note"):
                raise Wrong("", "问题的级别有误", "a problem of no known severity")
            stated += [problem["code"]] if problem["severity"] == "error" else []
        for (step, codes), code in zip(found, [*stated, *[None] * len(found)], strict=False):
            if code not in codes:
                zh = f"按方案此处得不出结果（{'、'.join(codes)}），记录写的是 {code or '—'}"
                en = f"no result here ({', '.join(codes)}); the record says {code or '—'}"
                raise Wrong(step, zh, en)
        for code in stated[len(found) :]:
            raise Wrong("", f"并不存在的问题：{code}", f"a problem that is none: {code}")

    def require_result(self, *, complete: bool) -> None:
        """Total, grade and pay are those of the steps; without a result there are none."""
        shown = {path: written(step.value)["value"] for path, step in self.steps.items()}
        stated = {
            "status": "complete" if complete else "rejected",
            "total": shown["total"] if complete else None,
            "grade": shown.get("grade") if complete else None,
            "pay": {name: shown[f"pay.{name}"] for name in self.policy.plans} if complete else {},
            "excluded": self.excluded,
            "vetoed": self.vetoed,
        }
        require("", "", stated, {key: self.trace[key] for key in stated})

    # ---- indicators

    def indicator(self, name: str, path: str) -> Held | None:
        """Actual, target, baseline, attainment, score; None where it is left out."""
        one, (needed, attains) = self.policy.indicators[name], self.policy.needs[name]
        form = next(key for key in one["score"] if key != "on")
        if form == "ratings":
            return self.ratings(one, path)
        actual = self.datum(f"{path}.actual")
        if actual is None and needed:
            actual = self.missing(one, path, "score" if form == "levels" else "actual")
            if actual is None or form == "levels":
                return actual
        target, baseline = self.need(path, "target"), self.need(path, "baseline")
        if actual is not None and form not in ("levels", "yes_no"):
            figure(actual.value, "not-a-figure")
        if attains:
            self.attainment(one, path, actual, target, baseline)
        return self.score(form, one["score"], path)

    def missing(self, one: Json, path: str, what: str) -> Held | None:
        """Nothing was recorded: it counts as nought, is left out, or is an error."""
        if one["missing"] == "zero":
            nought = False if what == "actual" and "yes_no" in one["score"] else Fraction(0)
            kind = "datum" if what == "actual" else "score"
            return self.step(f"{path}.{what}", kind, "count_as_nought", [], nought, "missing", path)
        if one["missing"] == "exclude":
            weight = [self.policy.term(f"{path}.weight")]
            self.step(f"{path}.excluded", "datum", "exclude", weight, True, "missing", path)
            return None
        raise Refused("missing-actual")

    def need(self, at: str, what: str) -> Held | None:
        """A target or baseline: the data's, else the policy's number; None where it has none."""
        need = self.policy.node[path := f"{at}.{what}"]
        if need == "none":
            return None
        if step := self.datum(path):
            figure(step.value, "not-a-figure")
            return step
        if need == "required":
            raise Refused(f"missing-{what}")
        fixed = self.policy.term(path)
        return self.step(path, "datum", "from_policy", [fixed], fixed.value, rule=path)

    def attainment(
        self, one: Json, at: str, actual: Held | None, target: Held | None, baseline: Held | None
    ) -> None:
        """The policy's own formula; or a ratio of the figures, rounded once."""
        path = f"{at}.attainment"
        if "attainment" in one:
            own = self.formula(path, f"{path}.formula", "attainment", inside=at)
            chain = Chain(self, path, "attainment")
            chain.link("unrounded", "same", own, value=own.number)
            chain.round("attainment").end()
            return
        assert actual is not None
        assert target is not None
        reached, wanted = actual.number, target.number
        operation, operands = "divide", [actual, target]
        if baseline is not None:
            operation, operands = "improvement", [actual, target, baseline]
            reached, wanted = reached - baseline.number, wanted - baseline.number
        elif wanted <= 0:
            raise Refused("negative-target" if wanted else "zero-target")
        elif one["direction"] == "lower_is_better":
            if reached <= 0 and (reached or "zero_actual" not in one):
                raise Refused("negative-actual" if reached else "zero-actual")
            if not reached:
                fixed = self.policy.term(rule := f"{at}.zero_actual")
                operands, value = [actual, fixed], fixed.value
                self.step(path, "attainment", "zero_actual", operands, value, rule=rule)
                return
            operands, reached, wanted = [target, actual], wanted, reached
        value = self.policy.divided(reached, wanted, "attainment")
        self.step(path, "attainment", operation, operands, value, rule=at, rounding="attainment")

    def score(self, form: str, score: Json, at: str) -> Held:
        """One of the forms, then rounded."""
        path, terms = f"{at}.score", score[form]
        rule, chain = f"{path}.{form}", Chain(self, path, "score")
        if form == "formula":
            own = self.formula(rule, rule, "score", inside=at)
            chain.link("unrounded", "same", own, value=own.number)
        elif form == "bands":
            self.banded(chain, rule, self.steps[f"{at}.{score['on']}"])
        elif form in ("per_unit", "window"):
            work = self.per_unit if form == "per_unit" else self.window
            work(chain, rule, terms, self.steps[f"{at}.{terms['on']}"])
            chain.cut(terms, rule)
        else:
            actual = self.steps[f"{at}.actual"]
            value, name = of_actual(form, terms, actual.value), form.removesuffix("s")
            rule = f"{rule}.{actual.value}" if form == "levels" else rule
            chain.link(name, name, actual, value=value, rule=rule)
        return chain.round("score").end()

    def banded(self, chain: "Chain", at: str, reading: Held) -> None:
        """The score of the row that is reached; on a slope, a straight line up to its end."""
        rule, beside = self.policy.reached(at, reading.number)
        terms = self.policy.terms(rule)
        low, more = number(terms["score"]), {"rule": rule, "not_taken": beside}
        if "high" not in terms:
            chain.link("band", "band", reading, value=low, **more)
            return
        start, until, high = numbers(terms, "at_least", "until", "high")
        rise = low * (until - start) + (min(reading.number, until) - start) * (high - low)
        value = self.policy.divided(rise, until - start, "score")
        chain.link("slope", "slope", reading, value=value, rounding="score", **more)

    def per_unit(self, chain: "Chain", rule: str, terms: Json, reading: Held) -> None:
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

    def window(self, chain: "Chain", rule: str, terms: Json, reading: Held) -> None:
        """Full score inside, ends included; `points` for every `per` outside."""
        low, high, full, per, points = numbers(terms, "low", "high", "score", "per", "points")
        outside = max(low - reading.number, reading.number - high, Fraction(0))
        value = self.policy.divided(full * per + outside * points, per, "score")
        chain.link("points", "window", reading, value=value, rule=rule, rounding="score")

    def ratings(self, one: Json, at: str) -> Held | None:
        """The mean of each group, then the groups by weight."""
        rule, form = f"{at}.score.ratings", one["score"]["ratings"]
        if one["missing"] != "error" and self.comes(f"{at}.excluded", f"{at}.score"):
            return self.missing(one, at, "score")
        # A rating that makes no sense is a problem before any rating of its group is a step.
        codes = ["unknown-group", "not-a-figure", "out-of-range"]
        codes += ["missing-actual"] if one["missing"] == "error" else []
        codes += ["empty-group"] if form["empty_group"] == "error" else []
        means = []
        for name in form["groups"]:
            path, weight = f"{at}.ratings.{name}", self.policy.term(f"{rule}.groups.{name}")
            if self.comes(f"{path}.1"):
                means.append((self.mean(path, rule, self.values_ahead(path)), weight))
            elif form["empty_group"] == "exclude" and self.comes(f"{path}.excluded"):
                self.step(f"{path}.excluded", "datum", "exclude", [weight], True, "missing", rule)
            else:
                raise Refused(*codes)
            codes = [code for code in codes if code not in ("missing-actual", "unknown-group")]
        complete = len(means) == len(form["groups"])
        return self.weighed(f"{at}.score", "score", means, complete).round("score").end()

    def mean(self, path: str, rule: str, values: Sequence[Value]) -> Held:
        """The mean of a group; a large one loses its highest and lowest ratings first."""
        figures, terms = (
            [figure(value, "not-a-figure") for value in values],
            self.policy.terms(rule),
        )
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
        value = self.policy.divided(total_of(kept), Fraction(len(kept)), "division")
        return self.step(path, "score", "mean", kept, value, rule=rule, rounding="division")

    # ---- total, vetoes, grade, pay

    def judge(self, scores: dict[str, Held]) -> None:
        """What follows once each indicator has a score or is left out."""
        chain, vetoes, term = self.total(scores), self.policy.vetoes, self.policy.term
        self.results["total"] = chain.written() if vetoes else chain.end()
        holding = [(f"vetoes.{name}", vetoes[name]["then"]) for name in vetoes if self.holds(name)]
        if vetoes:
            caps = [term(f"{at}.then.total") for at, then in holding if "total" in then]
            value = min([chain.value, *(cap.number for cap in caps)])
            outcome = "capped" if value != chain.value else "applied"
            operands = [self.results["total"], *caps]
            self.results["total"] = self.step("total", "total", "at_most", operands, value, outcome)
        self.vetoed = [at.removeprefix("vetoes.") for at, _ in holding]
        if self.policy.grades:
            self.results["grade"] = self.grade(holding)
        for name, plan in self.policy.plans.items():
            self.pay(f"pay.{name}", plan, f"incentives.{name}", holding)

    def total(self, scores: dict[str, Held]) -> "Chain":
        """Scores by weight, sections by weight, adjustments, limits, rounding."""
        sections, indicators = self.policy.sections, self.policy.indicators
        parts: list[tuple[Held, Held]] = []
        for name in sections:
            at, weight = f"sections.{name}", self.policy.term(f"sections.{name}.weight")
            members = [key for key, one in indicators.items() if one["section"] == name]
            inside = self.by_weight(members, scores)
            if any(share.number for _, share in inside):
                chain = self.weighed(at, "section", inside, len(inside) == len(members))
                parts.append((chain.end(), weight))
            else:
                into, rule = f"{at}.excluded", weight.path
                self.step(into, "section", "exclude", [weight], True, "missing", rule)
        if not sections:
            parts = self.by_weight(indicators, scores)
        chain = self.weighed("total", "total", parts, len(parts) == len(sections or indicators))
        if self.policy.adjustments:
            points = [self.points(name, one) for name, one in self.policy.adjustments.items()]
            chain.link("adjusted", "sum", *points, value=chain.value + total_of(points))
        return chain.cut(self.policy.tree.get("total", {}), "total").round("total")

    def by_weight(self, names: Iterable[str], scores: dict[str, Held]) -> list[tuple[Held, Held]]:
        """The scores that count, each with its weight, in the order of the file."""
        counted = [name for name in names if name in scores]
        return [(scores[name], self.policy.term(f"indicators.{name}.weight")) for name in counted]

    def weighed(
        self, path: str, kind: str, parts: Sequence[tuple[Held, Held]], complete: bool
    ) -> "Chain":
        """The sum of value x weight; over the sum of the weights where parts were left out."""
        if not any(weight.number for _, weight in parts):
            raise Refused("nothing-to-count")
        shares = []
        for pair in parts:
            into, value, rule = (
                f"{pair[0].path}.weighted",
                pair[0].number * pair[1].number,
                pair[1].path,
            )
            shares.append(self.step(into, "contribution", "multiply", pair, value, rule=rule))
        chain = Chain(self, path, kind)
        chain.link("sum", "sum", *shares, value=total_of(shares))
        if not complete:
            weights = [weight for _, weight in parts]
            left = self.step(f"{path}.weights", kind, "sum", weights, total_of(weights))
            value = self.policy.divided(chain.value, left.number, "division")
            chain.link("share", "divide", left, value=value, rounding="division")
        return chain

    def points(self, name: str, one: Json) -> Held:
        """What an adjustment adds: so much an event, or what the events name; then cut."""
        at, points, count = f"adjustments.{name}", one["points"], self.event(name)
        chain = Chain(self, at, "adjustment")
        if "each" in points:
            if count.operation == "count":
                raise Refused("unexpected-points")
            each = self.policy.term(f"{at}.points.each")
            value = count.number * each.number
            chain.link("points", "multiply", count, each, value=value, rule=at)
        else:
            if count.operation == "given" and count.value:
                raise Refused("missing-points")
            low, high = (number(limit) for limit in points["given"])
            if not all(low <= figure(one.value, "not-a-figure") <= high for one in count.operands):
                raise Refused("out-of-range")
            value = total_of(count.operands)
            chain.link("points", "sum", *count.operands, value=value, rule=at)
        return chain.cut(points, f"{at}.points").end()

    def holds(self, name: str) -> bool:
        """Whether a veto's condition is met."""
        at = f"vetoes.{name}"
        met = self.formula(f"{at}.when", f"{at}.when", "veto", truth=True)
        outcome = "applied" if met.value else "skipped"
        return bool(self.step(at, "veto", "condition", [met], met.value, outcome, at).value)

    def grade(self, holding: Sequence[Veto]) -> Held:
        """The grade of the total; a veto may lower it."""
        total, names = self.results["total"], self.policy.grades
        row, beside = self.policy.reached("grades", total.number)
        caps = [
            Held(f"{at}.then.grade", then["grade"], "policy")
            for at, then in holding
            if "grade" in then
        ]
        path, name = "grade.by_total" if caps else "grade", self.policy.terms(row)["grade"]
        step = self.step(path, "grade", "grade", [total], name, rule=row, not_taken=beside)
        if not caps:
            return step
        lowest = max([name, *(cap.value for cap in caps)], key=names.index)
        outcome = "capped" if lowest != name else "applied"
        return self.step("grade", "grade", "cap", [step, *caps], lowest, outcome)

    def pay(self, path: str, plan: Json, at: str, holding: Sequence[Veto]) -> None:
        """base x rate x factors, or the slices; gated, cut, lowered by vetoes, rounded."""
        if "only_if" in plan:
            met = self.formula(gate := f"{at}.only_if", f"{path}.only_if", "pay", truth=True)
            if not met.value:
                self.step(path, "pay", "gate", [met], Fraction(0), "skipped", gate)
                return
        chain, factors, tiers = Chain(self, path, "pay"), list[Held](), plan.get("tiers", {})
        if "base" in plan:
            factors.append(self.formula(f"{at}.base", f"{path}.base", "pay"))
        if "by_grade" in plan:
            grade = self.results["grade"]
            rate = self.policy.term(rule := f"{at}.by_grade.{grade.value}")
            into, both = f"{path}.rate", [grade, rate]
            factors.append(self.step(into, "pay", "by_grade", both, rate.value, rule=rule))
        if "whole" in tiers:
            by = self.formula(f"{at}.tiers.by", f"{path}.by", "pay")
            row, beside = self.policy.reached(f"{at}.tiers.whole", by.number)
            rates, into = number(self.policy.terms(row)["pay"]), f"{path}.rate"
            factors.append(self.step(into, "pay", "tier", [by], rates, rule=row, not_taken=beside))
        for index in range(len(plan.get("times", []))):
            into = f"{path}.times.{index + 1}"
            factors.append(self.formula(f"{at}.times.{index}", into, "pay"))
        value = Fraction(1)
        if "marginal" in tiers:
            slices = self.slices(path, f"{at}.tiers")
            value, rule = total_of(slices), f"{at}.tiers.marginal"
            chain.link("slices", "sum", *slices, value=value, rule=rule)
        for factor in factors:
            value *= factor.number
        if factors or "marginal" not in tiers:
            chain.link("product", "multiply", *factors, value=value)
        chain.cut(plan, at)
        paying = [veto for veto, then in holding if "pay" in then]
        for index, veto in enumerate(paying, 1):
            name, share = "vetoed" if index == 1 else f"vetoed.{index}", f"{veto}.then.pay"
            factor = self.policy.term(share)
            chain.link(name, "multiply", factor, value=chain.value * factor.number, rule=veto)
        chain.round("pay").end()

    def slices(self, path: str, at: str) -> list[Held]:
        """The part of the figure in each slice that it reaches into, x the slice's rate."""
        by, steps = self.formula(f"{at}.by", f"{path}.by", "pay"), []
        starts = [number(row["from"]) for row in self.policy.node[f"{at}.marginal"]]
        for index, (start, end) in enumerate(zip(starts, [*starts[1:], by.number], strict=True)):
            if by.number > start:
                rule = f"{at}.marginal.{index}"
                rate, into = self.policy.term(f"{rule}.rate"), f"{path}.slices.{index + 1}"
                value = (min(by.number, end) - start) * rate.number
                steps.append(self.step(into, "pay", "slice", [by, rate], value, rule=rule))
        return steps

    # ---- data

    def next_id(self) -> str:
        """The id of the next step of the trace (or its number); empty at the end."""
        if self.count >= len(self.ahead):
            return ""
        step: object = self.ahead[self.count]
        return str(step.get("id", "")) if isinstance(step, dict) else f"{self.count + 1}"

    def comes(self, *paths: str) -> bool:
        """Whether the next step of the trace has one of these paths."""
        return self.next_id() in [self.policy.label + path for path in paths]

    def datum(self, path: str) -> Held | None:
        """A data point, where it stands in the trace next; None where the data have none."""
        given = self.comes(path) and self.ahead[self.count]["operation"] == "given"
        return self.given(path) if given else None

    def given(self, path: str, outcome: str = "applied", rule: str = "") -> Held:
        """A data point: its value and its origin are believed, nothing else of it."""
        value = value_in(self.ahead[self.count])
        return self.step(path, "datum", "given", [], value, outcome, rule)

    def values_ahead(self, path: str) -> list[Value]:
        """The values of the data points `path.1`, `path.2`, ... that come next."""
        values: list[Value] = []
        for step in self.ahead[self.count :]:
            if step["id"] != f"{self.policy.label}{path}.{len(values) + 1}":
                break
            values.append(value_in(step))
        return values

    def event(self, name: str) -> Held:
        """How often an event was recorded; one that the data do not mention counts 0."""
        path = f"events.{name}"
        if path in self.steps:
            return self.steps[path]
        rows = range(1, len(self.values_ahead(path)) + 1)
        if points := [self.given(f"{path}.{row}") for row in rows]:
            return self.step(path, "datum", "count", points, Fraction(len(points)))
        step = self.datum(path)
        if step is None:
            return self.step(path, "datum", "not_recorded", [], Fraction(0), "missing")
        if figure(step.value, "not-a-count") < 0 or step.number.denominator != 1:
            raise Refused("not-a-count")
        return step

    def fact(self, path: str) -> Held:
        """A column of the person or a fact of the cycle."""
        step = self.steps.get(path) or self.datum(path)
        if step is None:
            raise Refused("missing-fact")
        return step

    def bound(self, name: str) -> Held:
        """The first or last day of the cycle, as the record's head has it."""
        step = self.fact(f"cycle.{name}")
        require(self.policy.label + step.path, "value", self.trace["cycle"][name], step.value)
        return step

    def days(self) -> Held:
        """The days of the cycle, first and last included."""
        if self.trace["cycle"] is None:
            raise Refused("missing-cycle")
        if "cycle.days" not in self.steps:
            bounds = (self.bound("from"), self.bound("to"))
            self.step("cycle.days", "datum", "days", bounds, days_between(*bounds))
        return self.steps["cycle.days"]

    def proration(self) -> Held:
        """The share of the cycle in which the subject was there, unless the data state it."""
        path, cycle = "proration", self.trace["cycle"]
        if path in self.steps:
            return self.steps[path]
        if stated := self.datum(path):
            if not 0 <= figure(stated.value, "not-a-figure") <= 1:
                raise Refused("out-of-range")
            return stated
        dates = ("person.joined", "person.left")
        joined, left = (self.steps.get(name) or self.datum(name) for name in dates)
        known = [step for step in (joined, left) if step is not None]
        if cycle is None and known:
            raise Refused("missing-cycle")
        late = joined if joined and day(joined.value) > day(cycle["from"]) else None
        early = left if left and day(left.value) < day(cycle["to"]) else None
        if late is None and early is None:
            return self.step(path, path, "whole_cycle", known, Fraction(1))
        start, end = self.bound("from"), self.bound("to")
        there = (late or start, early or end)
        present = self.step(f"{path}.days", path, "days", there, days_between(*there))
        both = (present, self.days())
        value = self.policy.divided(present.number, both[1].number, "division")
        return self.step(path, path, "divide", both, value, rounding="division")

    # ---- names and formulas

    def named(self, name: str, inside: str) -> Held:
        """The step that a name means; `inside` is the indicator in whose formula it stands."""
        root, _, column = name.partition(".")
        if found := self.steps.get(f"{inside}.{name}") or self.results.get(name):
            return found
        if not column:
            return self.proration() if name == "proration" else self.event(name)
        if root in ("person", "cycle"):
            return self.days() if name == "cycle.days" else self.fact(name)
        if f"indicators.{name}" not in self.steps:
            raise Refused("no-value")
        return self.steps[f"indicators.{name}"]

    def formula(
        self, rule: str, path: str, kind: str, *, inside: str = "", truth: bool = False
    ) -> Held:
        """The step of a formula's value: a single name's own, else one that lists what it read."""
        tree, read, quotients = parsed(self.policy.node[rule]), dict[str, Held](), list[Held]()

        def lookup(name: str) -> Value:
            if name not in read:
                read[name] = self.named(name, inside)
            return read[name].value

        def divide(left: Fraction, right: Fraction) -> Fraction:
            value = self.policy.divided(left, right, "division")
            if value * right != left:  # what had to be rounded is a step of its own
                both = [Held("", left, ""), Held("", right, "")]
                into, more = f"{path}.quotient.{len(quotients) + 1}", {"rounding": "division"}
                quotients.append(self.step(into, "quotient", "divide", both, value, **more))
            return value

        value = evaluated(tree, lookup, divide)
        if not isinstance(value, bool if truth else Fraction):
            raise Refused("wrong-value-type")
        if isinstance(tree, ast.Name | ast.Attribute):
            return next(iter(read.values()))
        if isinstance(value, Fraction):
            limited(value)
        return self.step(path, kind, "formula", list(read.values()), value, rule=rule)

    # ---- a step

    def step(
        self, path: str, kind: str, operation: str, operands: Sequence[Held], value: Value,
        outcome: str = "applied", rule: str = "", rounding: str = "", not_taken: Sequence[str] = (),
    ) -> Held:  # fmt: skip
        """The step that must come next; each field of it is compared with the trace's."""
        expected: Json = {
            "id": self.policy.label + path, "kind": kind, "operation": operation,
            "operands": [self.operand(one) for one in operands],
            **written(value), "outcome": outcome,
        }  # fmt: skip
        if self.count >= len(self.ahead):
            raise Wrong(expected["id"], "缺少这一步", "this step is missing")
        found = self.ahead[self.count]
        if rule:
            expected["rule"] = self.rule(rule)
            if operation in ("formula", "gate"):
                expected["rule"]["terms"] = {"text": self.policy.node[rule]}
        if rounding:
            expected["rounding"] = self.rule(f"rounding.{rounding}")
        if not_taken:
            expected["not_taken"] = [self.rule(row) for row in not_taken]
        if operation == "given":
            texts = {
                key: found["origin"].get(key) for key in ("place", "source", "as_of", "evidence")
            }
            expected["origin"] = {key: str(text) for key, text in texts.items() if text}
        require(self.next_id(), "", expected, found)
        self.count += 1
        self.steps[path] = Held(path, value, "step", operation, tuple(operands))
        return self.steps[path]

    def operand(self, one: Held) -> Json:
        """An operand as a trace writes it, with its value."""
        if one.home == "step":
            return {"step": self.policy.label + one.path, **written(one.value)}
        home = {"policy": one.path, "place": self.places.get(one.path, "")} if one.home else {}
        return {**home, **written(one.value)}

    def rule(self, path: str) -> Json:
        """A rule as a trace writes it: where it stands and what it says."""
        rule, terms = {"path": path, "place": self.places.get(path, "")}, self.policy.terms(path)
        return {**rule, "terms": terms} if terms else rule


class Chain:
    """A value on its way. Each link takes the one before as its first operand. The last one bears
    the chain's own path, so a link becomes a step when it is known whether another follows."""

    def __init__(self, walk: Walk, path: str, kind: str) -> None:
        self.walk, self.path, self.kind, self.value = walk, path, kind, Fraction(0)
        self.pending: tuple[str, str, tuple[Held, ...], Json] | None = None

    def link(
        self, name: str, operation: str, *operands: Held, value: Fraction, **more: Any
    ) -> None:
        before = () if self.pending is None else (self.written(),)
        self.value = limited(value)
        self.pending = (name, operation, (*before, *operands), more)

    def cut(self, limits: Json, at: str) -> "Chain":
        """To a lower or an upper limit; a link only where that changes the value."""
        for key, beyond in (("at_least", operator.lt), ("at_most", operator.gt)):
            if key in limits and beyond(self.value, number(limits[key])):
                limit = self.walk.policy.term(f"{at}.{key}")
                more = {"outcome": "capped", "rule": limit.path}
                self.link("cut", key, limit, value=limit.number, **more)
                break
        return self

    def round(self, step: str) -> "Chain":
        """A link only where it changes the value."""
        value = self.walk.policy.rounded(self.value, step)
        if value != self.value:
            self.link("rounded", "round", value=value, rounding=step)
        return self

    def written(self) -> Held:
        """The pending link as a step under its own name."""
        assert self.pending is not None
        return self.end(f"{self.path}.{self.pending[0]}")

    def end(self, path: str = "") -> Held:
        assert self.pending is not None
        _, operation, operands, more = self.pending
        into = path or self.path
        return self.walk.step(into, self.kind, operation, operands, self.value, **more)


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


# ---- expressions

PERCENT = re.compile(r"\"[^\"]*\"|'[^']*'|(?<![\w.])([0-9]+(?:\.[0-9]+)?)%")
NUMERAL = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)


def round_half_up(value: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    if places not in range(MAX_PLACES + 1):
        raise Refused("number-out-of-range")
    return rounded(value, int(places), "half_up")


OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.USub: operator.neg, ast.UAdd: operator.pos,
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip
FUNCTIONS: dict[str, Callable[..., Fraction]] = {
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
    "abs": abs,
    "round": round_half_up,
    "floor": lambda value: rounded(value, 0, "floor"),
    "ceil": lambda value: rounded(value, 0, "ceiling"),
    "clamp": lambda value, low, high: max(low, min(value, high)),
}


@lru_cache(maxsize=4096)
def parsed(text: str) -> ast.expr:
    """The tree of an expression; `80%` stands in it as 0.8, every number exact."""

    def plainly(match: re.Match[str]) -> str:
        return match[0] if match[1] is None else plain(Fraction(match[1]) / 100) + " "

    if len(text) > MAX_FORMULA:
        raise ValueError(text)
    source = PERCENT.sub(plainly, text).strip()
    tree = ast.parse(source, mode="eval").body
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and not isinstance(node.value, str):
            numeral = ast.get_source_segment(source, node) or ""
            if not NUMERAL.fullmatch(numeral):
                raise ValueError(numeral)
            node.value = Fraction(numeral)  # type: ignore[assignment]
    return tree


def names_in(*texts: str | None) -> set[str]:
    """What expressions may read, dotted names whole."""
    nodes = [node for text in texts if text is not None for node in ast.walk(parsed(text))]
    return {dotted(node) for node in nodes if isinstance(node, ast.Name | ast.Attribute)}


def dotted(node: Any) -> str:
    return node.id if isinstance(node, ast.Name) else f"{dotted(node.value)}.{node.attr}"


def evaluated(
    node: ast.expr, name: Callable[[str], Value], divide: Callable[[Fraction, Fraction], Fraction]
) -> Any:
    """The value of an expression, read from left to right; what is not needed is not read."""

    def value(inner: ast.expr) -> Any:
        return evaluated(inner, name, divide)

    def figures(*inner: ast.expr) -> list[Fraction]:
        return [figure(one) for one in [value(one) for one in inner]]

    match node:
        case ast.Constant():
            return node.value
        case ast.Name() | ast.Attribute():
            return name(dotted(node))
        case ast.Tuple() | ast.List():
            return [value(one) for one in node.elts]
        case ast.IfExp():
            return value(node.body if value(node.test) else node.orelse)
        case ast.BoolOp():
            for one in node.values:
                found = value(one)
                if bool(found) is isinstance(node.op, ast.Or):
                    break
            return found
        case ast.UnaryOp(op=ast.Not()):
            return not value(node.operand)
        case ast.UnaryOp():
            return OPERATORS[type(node.op)](*figures(node.operand))
        case ast.BinOp(op=ast.Div()):
            return divide(*figures(node.left, node.right))
        case ast.BinOp():
            return OPERATORS[type(node.op)](*figures(node.left, node.right))
        case ast.Call(func=ast.Name(id=function), keywords=[]):
            return FUNCTIONS[function](*figures(*node.args))
        case ast.Compare():
            left = value(node.left)
            for sign, comparator in zip(node.ops, node.comparators, strict=True):
                right = value(comparator)
                if not compared(sign, left, right):
                    return False
                left = right
            return True
    raise ValueError(ast.dump(node))


def compared(sign: ast.cmpop, left: Any, right: Any) -> bool:
    if isinstance(sign, ast.In | ast.NotIn):
        found = [same(left, one) for one in right]
        return any(found) is isinstance(sign, ast.In)
    if isinstance(sign, ast.Eq | ast.NotEq):
        return same(left, right) is isinstance(sign, ast.Eq)
    return bool(OPERATORS[type(sign)](figure(left), figure(right)))


def same(left: Value, right: Value) -> bool:
    if isinstance(left, Fraction) is not isinstance(right, Fraction):
        raise Refused("wrong-value-type")
    return left == right


# ---- arithmetic


def rounded(value: Fraction, places: int, mode: str) -> Fraction:
    """`value` with `places` digits behind the point: the neighbour below, or the one above."""
    if not 0 <= places <= MAX_PLACES:
        raise ValueError(places)
    shifted = value * 10**places
    below = shifted.numerator // shifted.denominator
    rest, half, positive = shifted - below, Fraction(1, 2), value > 0
    above = {
        "floor": False,
        "ceiling": rest > 0,
        "down": rest > 0 and not positive,
        "up": rest > 0 and positive,
        "half_up": rest > half or (rest == half and positive),
        "half_even": rest > half or (rest == half and below % 2 == 1),
    }[mode]
    return Fraction(below + above, 10**places)


def limited(value: Fraction) -> Fraction:
    if abs(value) >= LIMIT:
        raise Refused("number-out-of-range")
    return value


def figure(value: object, code: str = "wrong-value-type") -> Fraction:
    """`value` where it is a number; else there is a problem."""
    if isinstance(value, Fraction):
        return value
    raise Refused(code)


def total_of(held: Sequence[Held]) -> Fraction:
    return sum((one.number for one in held), Fraction(0))


def day(text: object) -> date:
    """A date in its one spelling."""
    found = date.fromisoformat(str(text))
    if found.isoformat() != text:
        raise ValueError(text)
    return found


def days_between(start: Held, end: Held) -> Fraction:
    return Fraction(max((day(end.value) - day(start.value)).days + 1, 0))


# ---- numbers, texts and trees as a trace writes them

NUMBER = re.compile(r"(?!-0$)-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", re.ASCII)


@lru_cache(maxsize=4096)
def number(text: object) -> Fraction:
    """A number in its one spelling: no exponent, no closing zeros, no minus nought."""
    if not isinstance(text, str) or not NUMBER.fullmatch(text):
        raise ValueError(text)
    return Fraction(text)


def numbers(tree: Json, *keys: str) -> list[Fraction]:
    return [number(tree[key]) for key in keys]


@lru_cache(maxsize=4096)
def plain(value: Fraction) -> str:
    """That spelling."""
    places = 0
    while 10**places % value.denominator:
        places += 1
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


def children(node: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(node, dict):
        return node.items()
    return enumerate(node) if isinstance(node, list) else ()


def flat(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Everything in the policy, by its path."""
    for key, child in children(node):
        below = f"{path}.{key}" if path else str(key)
        yield below, child
        yield from flat(child, below)


def places_in(node: Any) -> Iterator[tuple[str, str]]:
    """Where a trace says that each path of the policy stands."""
    if isinstance(node, dict) and "place" in node:
        yield str(node.get("path", node.get("policy"))), str(node["place"])
    for _, child in children(node):
        yield from places_in(child)


def require(step: str, path: str, expected: Any, found: Any) -> None:
    """That `found` is what is expected, down to the types: a true is not a 1."""
    if type(expected) is dict and type(found) is dict:
        for key in {**expected, **found}:
            right, wrong = expected.get(key, ...), found.get(key, ...)
            if type(right) is not str or right != wrong:
                require(step, f"{path}.{key}" if path else key, right, wrong)
    elif type(expected) is list and type(found) is list and len(expected) == len(found):
        for index, (right, wrong) in enumerate(zip(expected, found, strict=True)):
            require(step, f"{path}.{index}", right, wrong)
    elif type(expected) is not type(found) or expected != found:
        right, wrong = shown(expected), shown(found)
        en = f"`{path}` should be {right}, the record says {wrong}"
        raise Wrong(step, f"`{path}` 应为 {right}，记录为 {wrong}", en)


def require_keys(tree: Json, keys: str) -> None:
    require("", "keys", sorted(keys.split()), sorted(tree))


def shown(node: Any) -> str:
    text = "—" if node is ... else json.dumps(node, ensure_ascii=False)
    return text if len(text) <= 200 else text[:199] + "…"


def canonical(node: Any) -> str:
    """The one text of a JSON value: keys sorted, no blanks, letters as they are."""
    return json.dumps(node, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# ---- the command line


def read_json(text: bytes) -> Any:
    """JSON without doubled keys, of which different readers would see different ones."""

    def once(pairs: list[tuple[str, Any]]) -> Json:
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=once)


def check_line(line: bytes, policies: dict[str, tuple[Json, Json | None]]) -> list[Rejection]:
    try:
        trace = read_json(line)
        policy = policies.get(f"{trace['policy']['id']}@{trace['policy']['version']}")
    except Exception:  # as in `check`
        return [Rejection("", "不是一条 JSON 记录", "not a record in JSON")]
    if policy is None:
        return [Rejection("", "没有给出该方案", "the policy that it names was not given")]
    return check(trace, *policy)


def policy_in(path: Path) -> tuple[Json, Json | None]:
    """A resolved policy, and the places that stand in `NAME.places.json` beside it."""
    places = path.with_name(f"{path.stem}.places.json")
    read = read_json(places.read_bytes()) if places.exists() else None
    return read_json(path.read_bytes()), read


def main(arguments: Sequence[str] | None = None) -> int:
    """Checks a file of traces; 0 where all are accepted, 6 where not, 2 where it cannot be read."""
    parser = argparse.ArgumentParser(prog="checker.py", description="checks traces of perfrules")
    parser.add_argument("traces", help="a trace a line (JSON)")
    parser.add_argument("policies", nargs="+", type=Path, help="the resolved policies (JSON)")
    asked = parser.parse_args(arguments)
    rejected = row = 0
    try:
        paths = [path for path in asked.policies if not path.name.endswith(".places.json")]
        read = [policy_in(path) for path in paths]
        policies = {f"{one[0]['policy']}@{one[0]['version']}": one for one in read}
        with open(asked.traces, "rb") as file:
            for row, line in enumerate(iter(lambda: file.readline(MAX_RECORD), b""), 1):
                found = check_line(line, policies)
                rejected += bool(found)
                for one in found:
                    print(f"{asked.traces}:{row}: {one.step}: {one.zh} · {one.en}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"{asked.traces}: {error}", file=sys.stderr)
        return 2
    print(f"{row - rejected} accepted, {rejected} rejected", file=sys.stderr)
    return 6 if rejected or not row else 0


if __name__ == "__main__":
    sys.exit(main())
