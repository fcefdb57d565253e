"""An appraisal as JSON: the record that is kept, sent, and checked again.

Its schema is `schemas/trace.schema.json`; docs/trace.md tells it in words. Numbers are
strings in their one spelling, texts are marked as such, and the record ends with the SHA-256
of all that stands before, so that a changed letter shows.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.exact import plain
from perfrules.formula import Formula
from perfrules.model.appraisal import Appraisal, Operand, Rule, Step
from perfrules.model.bands import Bands
from perfrules.model.following import FollowUp, TargetRule
from perfrules.model.grading import Consequence, Points
from perfrules.model.group_figures import GroupFigure
from perfrules.model.incentive import MarginalTiers
from perfrules.model.indicator import Indicator, RollUp
from perfrules.model.policy import Policy
from perfrules.model.population import Award, Distribution, Pool
from perfrules.model.ratings import Scale, Trim
from perfrules.model.rounding import Rounding
from perfrules.model.scorecard import Origin, Value
from perfrules.model.time import ProrationRule
from perfrules.model.weights import GivenWeight, WeightTo
from perfrules.model.written import Constant, Word

__all__ = [
    "FORMAT",
    "TraceLines",
    "TraceWriter",
    "canonical",
    "problem_json",
    "sealed",
    "trace_record",
]

FORMAT = "perfrules-trace/2"

Json = dict[str, Any]


def trace_record(appraisal: Appraisal) -> Json:
    """The whole appraisal as a JSON object, sealed."""
    return TraceWriter(appraisal.policy).record(appraisal)


def canonical(node: object) -> str:
    """The one text of a JSON value: keys sorted, no blanks, letters as they are."""
    return json.dumps(
        node, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def sealed(record: Json) -> Json:
    """The record with the SHA-256 of its canonical text as its last entry."""
    return {**record, "digest": _sealed(record)[0]}


def _sealed(record: Json) -> tuple[str, str]:
    """The record's digest, and the canonical text of the sealed record."""
    entries = {key: f"{canonical(key)}:{canonical(value)}" for key, value in record.items()}
    text = "{" + ",".join(entries[key] for key in sorted(entries)) + "}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    entries["digest"] = f'"digest":"{digest}"'
    return digest, "{" + ",".join(entries[key] for key in sorted(entries)) + "}"


def problem_json(problem: Diagnostic) -> Json:
    """A diagnostic with its sentences in both languages."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "place": str(problem.place) if problem.place is not None else "",
        "message": {"zh": problem.message("zh"), "en": problem.message("en")},
        "help": {"zh": problem.help("zh"), "en": problem.help("en")},
    }


class TraceLines:
    """Writes the appraisals of a cycle, each by its policy's own writer."""

    def __init__(self) -> None:
        self.writers: dict[str, TraceWriter] = {}

    def line(self, appraisal: Appraisal) -> bytes:
        """The canonical text of the sealed record, without a newline."""
        label = appraisal.policy.label
        if label not in self.writers:
            self.writers[label] = TraceWriter(appraisal.policy)
        return self.writers[label].line(appraisal).encode()


class TraceWriter:
    """Writes the appraisals of one policy; what the policy says is put into words once."""

    def __init__(self, policy: Policy) -> None:
        self.policy, self.label = policy, policy.label
        self.rules: dict[int, Json] = {}

    def record(self, appraisal: Appraisal) -> Json:
        """The sealed record of an appraisal."""
        return sealed(self._unsealed(appraisal))

    def line(self, appraisal: Appraisal) -> str:
        """The canonical text of the sealed record, without a newline."""
        return _sealed(self._unsealed(appraisal))[1]

    def _unsealed(self, appraisal: Appraisal) -> Json:
        policy, cycle = self.policy, appraisal.scorecard.cycle
        total = appraisal.total
        return {
            "format": FORMAT,
            "subject": appraisal.subject,
            "subject_kind": _kind(appraisal),
            "cycle": cycle
            and {"id": cycle.id, "from": cycle.start.isoformat(), "to": cycle.end.isoformat()},
            "policy": {"id": policy.id, "version": policy.version, "digest": policy.digest},
            "status": "complete" if appraisal.complete else "rejected",
            "total": None if total is None else plain(total),
            "grade": appraisal.grade,
            "pay": {name: plain(value) for name, value in appraisal.pay.items()},
            **({} if appraisal.pay_total is None else {"pay_total": plain(appraisal.pay_total)}),
            "awards": list(appraisal.awards),
            "follow_ups": {
                name: day and day.isoformat() for name, day in appraisal.follow_ups.items()
            },
            "okr": None if appraisal.okr is None else plain(appraisal.okr),
            "excluded": list(appraisal.excluded),
            "vetoed": list(appraisal.vetoed),
            "steps": [self.step(step) for step in appraisal.steps.values()],
            "problems": [problem_json(problem) for problem in appraisal.problems],
        }

    def step(self, step: Step) -> Json:
        written: Json = {
            "id": f"{self.label}#{step.path}",
            "kind": step.kind,
            "operation": step.operation,
            "operands": [self.operand(operand) for operand in step.operands],
            **_value(step.value),
            "outcome": step.outcome,
        }
        if step.rule is not None:
            written["rule"] = self.rule(step.rule)
        if step.rounding is not None:
            written["rounding"] = self.rule(step.rounding)
        if step.not_taken:
            written["not_taken"] = [self.rule(row) for row in step.not_taken]
        if step.origin is not None:
            written["origin"] = _origin(step.origin)
        return written

    def operand(self, operand: Operand) -> Json:
        if isinstance(operand, Step):
            return {"step": f"{self.label}#{operand.path}", **_value(operand.value)}
        if not operand.path:
            return _value(operand.value)
        return {"policy": operand.path, "place": operand.place, **_value(operand.value)}

    def rule(self, rule: Rule | Rounding) -> Json:
        written = self.rules.get(id(rule))
        if written is None:
            terms = self.stated(rule) if isinstance(rule, _STATED) else _terms(rule)
            written = self.rules[id(rule)] = {
                "path": rule.path,
                "place": rule.place,
                **({"terms": terms} if terms else {}),
            }
        return written

    def stated(self, rule: Rule | Rounding) -> Json:
        """The whole rule as the resolved policy has it, with its name where it has one."""
        if isinstance(rule, Bands):
            within = {"within": rule.within} if rule.within is not None else {}
            return {"on": rule.on, "of": rule.of, **within}
        node: Any = self.policy.resolved
        for key in rule.path.split("."):
            node = node[key]
        name = getattr(rule, "name", None)
        named = {} if name is None else {"name": name}
        return {**named, **{key: _plainly(one) for key, one in node.items() if key != "title"}}


_STATED = (
    Distribution, Award, Pool, GroupFigure, FollowUp, TargetRule, ProrationRule, RollUp, Bands,
)  # fmt: skip
"""Rules whose terms are all that the policy says of them."""


def _plainly(node: object) -> object:
    """A part of the resolved policy with its numbers as texts."""
    if isinstance(node, Decimal):
        return plain(node)
    if isinstance(node, Mapping):
        return {key: _plainly(one) for key, one in node.items()}
    return [_plainly(one) for one in node] if isinstance(node, list | tuple) else node


def _kind(appraisal: Appraisal) -> str:
    return "segment" if appraisal.scorecard.in_cycle_part else appraisal.policy.subject


def _value(value: Value) -> Json:
    if isinstance(value, bool):
        return {"value": value}
    if isinstance(value, Decimal):
        return {"value": plain(value)}
    return {"value": value, "type": "text"}


def _origin(origin: Origin) -> Json:
    return {name: text for name, text in origin._asdict().items() if text}


def _terms(rule: Rule | Rounding | Scale | Consequence | Points) -> Json:
    """What the rule says, as far as the step needs it; a formula's text, a band's threshold."""
    if isinstance(rule, Indicator):
        return {"direction": rule.direction, "missing": _term(rule.missing)}
    if isinstance(rule, Formula):
        return {"text": rule.text}
    if isinstance(rule, Constant | GivenWeight | MarginalTiers | Word):
        return {}
    shown: Json = {}
    for field in dataclasses.fields(rule):
        value = getattr(rule, field.name)
        if field.name in ("path", "place", "title", "rows", "groups", "by") or value is None:
            continue
        if isinstance(value, Scale | Consequence | Points):
            shown |= _terms(value)
        else:
            shown[field.name] = _term(value)
    return shown


def _term(value: object) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Constant):
        return plain(value.value)
    if isinstance(value, Word):
        return value.value
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, WeightTo):
        return {"weight_to": [_term(one) for one in value.names]}
    if isinstance(value, Trim):
        return {"drop": value.drop, "from_raters": value.from_raters}
    if isinstance(value, tuple) and not isinstance(value, Text):
        return [_term(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _term(one) for key, one in value.items()}
    return value
