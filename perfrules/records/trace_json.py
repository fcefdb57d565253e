"""An appraisal as JSON: the record that is kept, sent, and checked again.

Its schema is `schemas/trace.schema.json`; docs/trace.md tells it in words. Numbers are
strings in their one spelling, texts are marked as such, and the record ends with the SHA-256
of all that stands before, so that a changed letter shows.
"""

import dataclasses
import hashlib
import json
from bisect import bisect
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

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
    "is_sealed_text",
    "problem_json",
    "sealed",
    "trace_record",
]

FORMAT = "perfrules-trace/2"

Json = dict[str, Any]

_MANY: Final = 10_000
"""So many names of steps, and rules, are kept as texts."""

_quoted = json.encoder.encode_basestring


def trace_record(appraisal: Appraisal) -> Json:
    """The whole appraisal as a JSON object, sealed."""
    record: Json = json.loads(TraceWriter(appraisal.policy).line(appraisal))
    return record


def canonical(node: object) -> str:
    """The one text of a JSON value: keys sorted, no blanks, letters as they are."""
    return _CANONICAL.encode(node)


_CANONICAL: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def sealed(record: Json) -> Json:
    """The record with the SHA-256 of its canonical text as its last entry."""
    entries = {key: canonical(value) for key, value in record.items()}
    return {**record, "digest": _digest(*_around_digest(entries))}


def is_sealed_text(record: Json, line: bytes) -> bool:
    """Whether a text is the one canonical text of the record that was read from it, with the right
    digest in it. No key stands twice in such a text."""
    rest = {key: canonical(value) for key, value in record.items() if key != "digest"}
    return _sealed_text(rest) == line


def _sealed_text(entries: Mapping[str, str]) -> bytes:
    """The canonical text of the sealed record that has these entries, each a canonical text."""
    before, after = _around_digest(entries)
    digest = _digest(before, after)
    return b"".join((b"{", before, b',"digest":"', digest.encode(), b'",', after, b"}"))


def _around_digest(entries: Mapping[str, str]) -> tuple[bytes, bytes]:
    """The entries before the place of the digest, and those after it."""
    keys = sorted(entries)
    place = bisect(keys, "digest")
    before, after = (
        ",".join([f'"{key}":{entries[key]}' for key in some])
        for some in (keys[:place], keys[place:])
    )
    return before.encode(), after.encode()


def _digest(before: bytes, after: bytes) -> str:
    digest = hashlib.sha256(b"{" + before)
    digest.update(b"," + after + b"}")
    return digest.hexdigest()


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
        return self.writers[label].line(appraisal)


class TraceWriter:
    """Writes the appraisals of one policy as canonical text.

    A cycle writes millions of steps, so each is put together of parts with its keys in their
    order; what the policy says, and the names of its steps, are put into words once.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy, self.label = policy, policy.label
        self.rules: dict[int, tuple[str, Rule | Rounding]] = {}
        """The text of each rule by its identity; with the rule, so that no other takes that."""
        self.ids: dict[str, str] = {}
        self.stated_policy = canonical(
            {"id": policy.id, "version": policy.version, "digest": policy.digest}
        )

    def line(self, appraisal: Appraisal) -> bytes:
        """The canonical text of the sealed record, without a newline."""
        cycle, total = appraisal.scorecard.cycle, appraisal.total
        stated_cycle = cycle and {
            "id": cycle.id, "from": cycle.start.isoformat(), "to": cycle.end.isoformat(),
        }  # fmt: skip
        due = {name: day and day.isoformat() for name, day in appraisal.follow_ups.items()}
        rest = {
            "format": FORMAT,
            "subject": appraisal.subject,
            "subject_kind": _kind(appraisal),
            "cycle": stated_cycle,
            "status": "complete" if appraisal.complete else "rejected",
            "total": None if total is None else plain(total),
            "grade": appraisal.grade,
            "pay": {name: plain(value) for name, value in appraisal.pay.items()},
            **({} if appraisal.pay_total is None else {"pay_total": plain(appraisal.pay_total)}),
            "awards": list(appraisal.awards),
            "follow_ups": due,
            "okr": None if appraisal.okr is None else plain(appraisal.okr),
            "excluded": list(appraisal.excluded),
            "vetoed": list(appraisal.vetoed),
            "problems": [problem_json(problem) for problem in appraisal.problems],
        }
        entries = {key: canonical(value) for key, value in rest.items()}
        entries["policy"] = self.stated_policy
        entries["steps"] = self.steps(appraisal.steps.values())
        return _sealed_text(entries)

    def steps(self, steps: Iterable[Step]) -> str:
        """All steps, in their order."""
        read: dict[int, str] = {}
        return f"[{','.join([self.step(one, read) for one in steps])}]"

    def step(self, step: Step, read: dict[int, str]) -> str:
        """One step; `read` has, by identity, those that are written as operands."""
        path, kind, operation, operands, value, outcome, rule, others, origin, rounding = step
        name, written = self.ids.get(path) or self.id(path), _value(value)
        read[id(step)] = f'{{"step":{name},{written}}}'
        shown = ",".join([read.get(id(one)) or self.operand(one, read) for one in operands])
        beside = origin_at = rounded = decided = ""
        if others:
            beside = f'"not_taken":[{",".join([self.rule(row) for row in others])}],'
        if origin is not None:
            origin_at = f'"origin":{_origin(origin)},'
        if rounding is not None:
            rounded = f'"rounding":{self.rule(rounding)},'
        if rule is not None:
            decided = f'"rule":{self.rule(rule)},'
        return (
            f'{{"id":{name},"kind":"{kind}",{beside}"operands":[{shown}],'
            f'"operation":"{operation}",{origin_at}"outcome":"{outcome}",{rounded}{decided}'
            f"{written}}}"
        )

    def operand(self, operand: Operand, read: dict[int, str]) -> str:
        """A step that stands elsewhere, a line of the policy, or a number alone."""
        written = _value(operand.value)
        if isinstance(operand, Step):
            text = read[id(operand)] = f'{{"step":{self.id(operand.path)},{written}}}'
            return text
        if not operand.path:
            return f"{{{written}}}"
        return f'{{"place":{_quoted(operand.place)},"policy":{_quoted(operand.path)},{written}}}'

    def id(self, path: str) -> str:
        """The id of a step, in quotes."""
        found = self.ids.get(path)
        if found is None:
            if len(self.ids) >= _MANY:
                self.ids.clear()
            found = self.ids[path] = _quoted(f"{self.label}#{path}")
        return found

    def rule(self, rule: Rule | Rounding) -> str:
        """Where a rule stands, and its terms."""
        known = self.rules.get(id(rule))
        if known is not None:
            return known[0]
        terms = self.stated(rule) if isinstance(rule, _STATED) else _terms(rule)
        stated = {"path": rule.path, "place": rule.place, **({"terms": terms} if terms else {})}
        text = canonical(stated)
        if len(self.rules) >= _MANY:
            self.rules.clear()
        self.rules[id(rule)] = text, rule
        return text

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


def _value(value: Value) -> str:
    """The last entries of a step or an operand."""
    if isinstance(value, bool):
        return '"value":true' if value else '"value":false'
    if isinstance(value, Decimal):
        return f'"value":"{plain(value)}"'
    return f'"type":"text","value":{_quoted(value)}'


_NOTHING_ELSE: Final = Origin()[1:]
_NO_PLACE: Final = Origin()[:-2]


def _origin(origin: Origin) -> str:
    """Where a value was found, as far as anything is said of it."""
    if origin[1:] == _NOTHING_ELSE:  # as of most figures of tables
        return f'{{"place":{_quoted(origin.place)}}}' if origin.place else "{}"
    if origin[:-2] == _NO_PLACE and origin.group and origin.member:
        return f'{{"group":{_quoted(origin.group)},"member":{_quoted(origin.member)}}}'
    return canonical({name: text for name, text in origin._asdict().items() if text})


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
