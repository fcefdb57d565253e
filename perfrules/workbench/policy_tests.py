"""Runs policy tests: cases in the users' own format, compared exactly, as decimals."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from perfrules.codes.code import LANGUAGES, Text
from perfrules.diagnostics import Diagnostic, Findings, Span
from perfrules.evaluation.evaluate import evaluate
from perfrules.intake.people.ids import same_id
from perfrules.language.read import policy_in, read_policy
from perfrules.language.schema import check_schema
from perfrules.language.text.document import Mapping, Node, Scalar, Sequence, read_document
from perfrules.model.appraisal import Appraisal
from perfrules.model.policy import Policy
from perfrules.workbench.comparison import Mismatch, compared, same
from perfrules.workbench.given import scorecard_from
from perfrules.workbench.given_each import judged_each

__all__ = ["CaseResult", "TestReport", "run_tests", "test_files"]


_FAULTLESS: Final = Text("没有错误的方案", "a policy without errors")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: what was expected and did not come out, and the appraisals that it made."""

    file: str
    policy: str
    name: str
    place: Span
    mismatches: tuple[Mismatch, ...]
    appraisals: tuple[Appraisal, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.mismatches


@dataclass(slots=True)
class TestReport:
    """All cases that ran, the mistakes in the tests themselves, and the policies tested."""

    cases: list[CaseResult] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    policies: dict[str, Policy] = field(default_factory=dict)

    @property
    def failed(self) -> list[CaseResult]:
        return [case for case in self.cases if not case.passed]


def test_files(paths: list[Path]) -> list[Path]:
    """The test files at and below some paths, each once, in order."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            below = (one for one in sorted(path.rglob("*")) if one.suffix in (".yaml", ".yml"))
            found.update({one: None for one in below if ".test." in one.name})
        else:
            found[path] = None
    return list(found)


def run_tests(paths: list[Path], only: str = "") -> TestReport:
    """Runs the cases of all test files whose names contain `only`."""
    report = TestReport()
    for path in test_files(paths):
        document, findings = read_document(path, str(path))
        if document is not None:
            check_schema(document.root, "policy-test", findings)
            suites = [(suite, _of_policy(suite, findings)) for suite in _suites(document.root)]
            inside = [one for _, own in suites for one in own]
            findings = Findings(one for one in findings if one not in inside)
            for suite, own in suites if not findings.errors else ():
                _run_suite(path, suite, own, only, report)
        report.findings.extend(findings)
    return report


def _of_policy(suite: Mapping, findings: Findings) -> list[Diagnostic]:
    """The findings inside a policy that is written in place: they are the policy's, and a case
    may expect them."""
    entry = suite.entries.get("policy")
    if entry is None or not isinstance(entry.value, Mapping):
        return []
    _, line, column, end_line, end_column = entry.value.span
    return [
        one
        for one in findings
        if isinstance(one.place, Span)
        and (line, column) <= (one.place.line, one.place.column) < (end_line, end_column)
    ]


def _suites(root: Mapping) -> Iterator[Mapping]:
    """A file is one suite, or a list of them under `suite`."""
    entry = root.entries.get("suite")
    if entry is None:
        yield root
    elif isinstance(entry.value, Sequence):
        yield from (item for item in entry.value.items if isinstance(item, Mapping))


def _run_suite(
    path: Path, suite: Mapping, found: list[Diagnostic], only: str, report: TestReport
) -> None:
    entry = suite.entries.get("policy")
    if entry is None:
        report.findings.report("no-policy-in-test", suite.span)
        return
    policy, problems = _policy(path, entry.value, found)
    if policy is not None:
        report.policies[_policy_name(path, entry.value, policy)] = policy
    cases = suite.entries.get("cases")
    for case in _items(cases.value if cases else None):
        name = _text(case, "name")
        if only in name:
            result = _run_case(str(path), name, case, policy, problems, report.findings)
            if result is not None:
                report.cases.append(result)


def _policy_name(path: Path, node: Node, policy: Policy) -> str:
    """A policy in a file is known by its file, one in place by the test's line."""
    if isinstance(node, Scalar):
        return str((path.parent / node.text).resolve())
    return f"{path}:{node.span.line}:{policy.id}"


def _items(node: Node | None) -> Iterator[Mapping]:
    if isinstance(node, Sequence):
        yield from (item for item in node.items if isinstance(item, Mapping))


def _text(node: Mapping, key: str) -> str:
    entry = node.entries.get(key)
    return entry.value.text if entry is not None and isinstance(entry.value, Scalar) else ""


def _policy(
    path: Path, node: Node, found: list[Diagnostic]
) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    """The policy under test, in a file beside or in place, or the errors it is refused with."""
    if isinstance(node, Scalar):
        file = Path(os.path.normpath(path.parent / node.text))
        policy, findings = read_policy(file, _common_folder(path, file))
        return policy, findings.errors
    findings = Findings(found)
    read = policy_in(node, _file_name, findings) if isinstance(node, Mapping) else None
    return (None if read is None or findings.errors else read.policy), findings.errors


def _file_name(name: str) -> str:
    return Path(name).name


def _common_folder(test: Path, policy: Path) -> Path:
    """The folder that holds both the test and its policy: what the policy extends is in there."""
    folder = policy.resolve().parent
    for parent in (folder, *folder.parents):
        if test.resolve().is_relative_to(parent):
            return parent
    return folder


def _run_case(
    file: str,
    name: str,
    case: Mapping,
    policy: Policy | None,
    problems: tuple[Diagnostic, ...],
    findings: Findings,
) -> CaseResult | None:
    expect = _below(case, "expect")
    each = _below(case, "expect_each")
    if not (expect is not None and expect.entries) and not _expects_something(each):
        findings.report("expects-nothing", case.span, name=name)
        return None
    label = policy.label if policy is not None else ""
    wanted = expect.entries.get("policy_error") if expect is not None else None
    if wanted is not None and isinstance(wanted.value, Scalar):
        codes = [problem.code for problem in problems]
        got = ", ".join(dict.fromkeys(codes)) or "—"
        missed = wanted.value.text not in codes
        mismatch = Mismatch("policy_error", same(wanted.value.text), same(got), wanted.value.span)
        return CaseResult(file, label, name, case.span, (mismatch,) if missed else ())
    if policy is None:
        mismatch = Mismatch("policy", _FAULTLESS, _reasons(problems), case.span)
        return CaseResult(file, label, name, case.span, (mismatch,))
    own = Findings()
    mismatches: tuple[Mismatch, ...] = ()
    appraisals: tuple[Appraisal, ...] = ()
    if expect is not None and expect.entries:
        appraisals = (evaluate(policy, scorecard_from(_below(case, "given"), policy, own)),)
        mismatches = compared(expect, appraisals[0], own)
    if each is not None:
        found = judged_each(_below(case, "given_each"), policy, own)
        appraisals += tuple(found.values())
        mismatches += _compared_each(each, found, own)
    # A change that is refused is what a case may be about: it explains one that fails.
    findings.extend(own if mismatches else own.errors)
    if own.errors:
        return None
    return CaseResult(file, label, name, case.span, mismatches, appraisals)


def _below(case: Mapping, key: str) -> Mapping | None:
    entry = case.entries.get(key)
    return entry.value if entry is not None and isinstance(entry.value, Mapping) else None


def _expects_something(each: Mapping | None) -> bool:
    found = each.entries.values() if each is not None else ()
    return any(isinstance(one.value, Mapping) and one.value.entries for one in found)


def _compared_each(
    each: Mapping, found: dict[str, Appraisal], findings: Findings
) -> tuple[Mismatch, ...]:
    """What does not fit, of each person that the case expects something of."""
    missed: list[Mismatch] = []
    for person, entry in each.entries.items():
        if person not in found:
            known = ", ".join(found)
            near = same_id(person, found)
            findings.report(
                "unknown-in-test", entry.key_span, name=person, known=known, suggestion=near
            )
        elif isinstance(entry.value, Mapping):
            own = compared(entry.value, found[person], findings)
            missed += [replace(one, what=f"{person}: {one.what}") for one in own]
    return tuple(missed)


def _reasons(problems: tuple[Diagnostic, ...]) -> Text:
    """Why a policy is refused, in both languages."""
    return Text(
        *(
            "; ".join(f"{one.place} {one.message(language)} [{one.code}]" for one in problems)
            for language in LANGUAGES
        )
    )
