"""Spoilt policies and expressions: nothing but diagnostics comes out, and what still compiles
can be evaluated. The same 20 000 every time, in shares for the workers of pytest-xdist."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, localcontext
from functools import cache
from pathlib import Path
from random import Random

import pytest
from mutations import spoilt_expression, spoilt_policy

from perfrules.diagnostics import Diagnostic, Findings, Span
from perfrules.evaluation.evaluate import evaluate
from perfrules.evaluation.expression import value_of
from perfrules.evaluation.trace import Refusal, Trace
from perfrules.exact import EXACT
from perfrules.formula import Problem, Type, parse
from perfrules.language.expression_types import Offered, check_types
from perfrules.language.formulas_of_policy import formulas_of
from perfrules.language.read import ReadPolicy, policy_in
from perfrules.language.text.document import Mapping, Node, Scalar, Sequence, parse_document
from perfrules.language.to_resolved import resolved_yaml
from perfrules.model.appraisal import Step
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Datum, EventRecord, Measure, Scorecard, Value
from perfrules.model.scoring import Levels, YesNo
from perfrules.workbench.lint.all_rules import lint

ROOT = Path(__file__).parent.parent.parent
SHARES = 20
POLICIES_A_SHARE = 400
EXPRESSIONS_A_SHARE = 600

GIVEN: tuple[Value, ...] = (
    *map(Decimal, ("0", "1", "-1", "50", "99.99", "100", "250.5", "0.0000000001")),
    *map(Decimal, ("999999999999999", "-999999999999999")),
    *("优秀", "x", ""),
    *(True, False),
)


@cache
def seeds() -> tuple[str, ...]:
    """Small policies: those of the good cases, one key a line."""
    found: list[str] = []
    for path in sorted((ROOT / "tests" / "cases" / "good").glob("*.test.yaml")):
        document, _ = parse_document(path.read_bytes(), path.name)
        assert document is not None
        for node in policies_below(document.root):
            text = "".join(lines_of(node, ""))
            assert read_or_refused(text.encode()) is not None, text
            if len(text) < 1500:
                found.append(text)
    assert len(found) > 40
    return tuple(found)


def policies_below(node: Node) -> list[Mapping]:
    if isinstance(node, Sequence):
        return [one for item in node.items for one in policies_below(item)]
    if not isinstance(node, Mapping):
        return []
    below = [one for entry in node.entries.values() for one in policies_below(entry.value)]
    return [node] if "indicators" in node.entries else below


def lines_of(node: Node, margin: str) -> Iterator[str]:
    """The node in block style, texts in quotes only where they were."""
    if isinstance(node, Mapping):
        for entry in node.entries.values():
            yield from headed(f"{margin}{entry.key}:", entry.value, margin)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from headed(f"{margin}-", item, margin)


def headed(head: str, node: Node, margin: str) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield f"{head} {json.dumps(node.text, ensure_ascii=False) if node.quoted else node.text}\n"
    else:
        yield f"{head}\n"
        yield from lines_of(node, margin + "  ")


@cache
def real_policies() -> tuple[str, ...]:
    found = tuple(path.read_text("utf-8") for path in sorted((ROOT / "policies").glob("*.yaml")))
    assert found
    return found


@cache
def expressions() -> tuple[str, ...]:
    """All expressions of the small policies."""
    found: dict[str, None] = {}
    for text in seeds():
        read = read_or_refused(text.encode())
        assert read is not None
        found |= dict.fromkeys(formula.text for formula in formulas_of(read.policy))
    assert len(found) > 50
    return tuple(found)


@pytest.mark.parametrize("share", range(SHARES))
def test_spoilt_policies(share: int) -> None:
    random = Random(f"policies {share}")
    compiled = 0
    for number in range(POLICIES_A_SHARE):
        texts = real_policies() if number % 200 == 199 else seeds()
        data = spoilt_policy(random.choice(texts), random)
        try:
            read = read_or_refused(data)
            if read is not None:
                compiled += 1
                assert_usable(read, random)
        except Exception as error:
            error.add_note(f"share {share}, number {number}:\n{data!r}")
            raise
    # Mistakes that change nothing that matters are part of it; most have to be found.
    assert 0.05 < compiled / POLICIES_A_SHARE < 0.9


def read_or_refused(data: bytes) -> ReadPolicy | None:
    """The policy, or None where there are findings that say why not."""
    document, findings = parse_document(data, "spoilt.yaml")
    read = None
    if document is not None:
        findings = Findings(findings)
        read = policy_in(document.root, lambda name: name, findings)
        if read is not None:
            lint(read, findings)
    for one in findings:
        assert_readable(one)
        assert isinstance(one.place, Span)
        assert one.place.line >= 1
        assert one.place.column >= 1
    assert read is not None or findings.errors
    return None if findings.errors else read


def assert_readable(one: Diagnostic) -> None:
    for language in ("zh", "en"):
        assert one.message(language)
        assert "\n" not in one.message(language)
        one.help(language)


def assert_usable(read: ReadPolicy, random: Random) -> None:
    policy = read.policy
    document, findings = parse_document(resolved_yaml(policy.resolved).encode(), "resolved.yaml")
    assert document is not None
    assert not findings.errors
    again = policy_in(document.root, lambda name: name, Findings())
    assert again is not None
    assert again.policy.digest == policy.digest
    for wild in (False, True):
        appraisal = evaluate(policy, scorecard(policy, random, wild))
        assert appraisal.complete is (appraisal.total is not None)
        for problem in appraisal.problems:
            assert_readable(problem)


def scorecard(policy: Policy, random: Random, wild: bool) -> Scorecard:
    """Data that fit, or anything."""

    def value(fitting: Value) -> Datum | None:
        if wild and random.random() < 0.3:
            return random.choice((None, *map(Datum, GIVEN)))
        return Datum(fitting)

    measures = {}
    for one in policy.indicators:
        fitting: Value = Decimal(random.randint(0, 120))
        if isinstance(one.score, Levels):
            fitting = random.choice(one.score.rows).name
        elif isinstance(one.score, YesNo):
            fitting = random.random() < 0.5
        rating = value(Decimal(random.randint(0, 5)))
        groups = getattr(one.score, "groups", ())
        measures[one.name] = Measure(
            value(fitting),
            value(Decimal(100)),
            value(Decimal(10)),
            {group.name: () if rating is None else (rating,) * 3 for group in groups},
        )
    read = {name for formula in formulas_of(policy) for name in formula.names}
    facts = {name.removeprefix("person."): value(Decimal(100)) for name in sorted(read)}
    return Scorecard(
        "示例员工 01",
        measures,
        {one.name: EventRecord(value(Decimal(random.randint(0, 3)))) for one in policy.events},
        {name: datum for name, datum in facts.items() if datum is not None},
        Cycle("2024Q3", date(2024, 7, 1), date(2024, 9, 30)) if random.random() < 0.9 else None,
    )


KNOWN: dict[str, Type] = {
    **dict.fromkeys(
        ("actual", "target", "attainment", "total", "proration", "cycle.days"), "number"
    ),
    **dict.fromkeys(("a.score", "sales.actual", "sales.attainment", "late", "fraud"), "number"),
    **dict.fromkeys(("grade", "quality.actual", "word"), "text"),
    "done.actual": "truth",
}


@pytest.mark.parametrize("share", range(SHARES))
def test_spoilt_expressions(share: int) -> None:
    random = Random(f"expressions {share}")
    read = read_or_refused(b"{policy: p, indicators: {a: {weight: 100%, score: {formula: '1'}}}}")
    assert read is not None
    accepted = 0
    for number in range(EXPRESSIONS_A_SHARE):
        text = spoilt_expression(random.choice(expressions()), random)
        try:
            accepted += computed(text, read.policy, random)
        except Exception as error:
            error.add_note(f"share {share}, number {number}: {text!r}")
            raise
    assert 0.1 < accepted / EXPRESSIONS_A_SHARE < 0.9


def computed(text: str, policy: Policy, random: Random) -> bool:
    """Parses, checks and computes; whether it could be parsed."""
    formula = parse(text)
    if isinstance(formula, Problem):
        assert_problem(formula, text)
        return False
    for problem in check_types(formula, known, Offered(KNOWN), random.choice(("number", "truth"))):
        assert_problem(problem, text)
    again = parse(formula.text)
    assert again == formula
    for _ in range(3):
        trace = Trace(policy, Scorecard("示例员工 01"))

        def lookup(name: str, trace: Trace = trace) -> Step:
            return trace.given(name, Datum(random.choice(GIVEN)))

        wanted = random.choice((Decimal, bool))
        with localcontext(EXACT):
            try:
                step = value_of(trace, "x", "score", formula, lookup, wanted)
            except Refusal as refusal:
                assert_readable(refusal.diagnostic)
            else:
                assert isinstance(step.value, wanted)
    return True


def known(name: str) -> Type | None:
    return "any" if name.startswith("person.") else KNOWN.get(name)


def assert_problem(problem: Problem, text: str) -> None:
    assert 0 <= problem.offset <= len(text)
    assert_readable(Diagnostic(problem.code, None, problem.facts))
