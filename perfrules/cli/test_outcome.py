"""The outcome of policy tests: one line a failure, coverage, JUnit."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from perfrules.codes.code import Language, Text
from perfrules.records.trace_json import trace_record
from perfrules.screens.explain import explain
from perfrules.workbench.coverage import coverage
from perfrules.workbench.policy_tests import CaseResult, TestReport

__all__ = ["coverage_lines", "failure_lines", "junit_xml"]


def failure_lines(
    report: TestReport, language: Language, *, verbose: bool = False
) -> Iterator[str]:
    """A line for each expectation that was not met; with `verbose` every case and the traces."""
    for case in report.cases:
        if case.passed:
            if verbose:
                yield f"PASS {case.file}: {case.name}"
            continue
        for one in case.mismatches:
            text = Text(
                f"{one.what} 期望 {one.expected.zh}，得到 {one.got.zh}",
                f"{one.what} expected {one.expected.en}, got {one.got.en}",
            )
            yield f"FAIL {one.place}: {case.name}: {text.into(language)}"
        for appraisal in case.appraisals if verbose else ():
            resolved = appraisal.policy.resolved
            yield explain(trace_record(appraisal), resolved, language, "text")


def coverage_lines(
    report: TestReport, language: Language, *, verbose: bool = False
) -> Iterator[str]:
    """For each policy tested: how many of its rows the cases reach, and which they do not.

    Policies written in place in a test are examples; they count only with `verbose`.
    """
    for name, policy in report.policies.items():
        if not (verbose or Path(name).is_file()):
            continue
        appraisals = [
            appraisal
            for case in report.cases
            for appraisal in case.appraisals
            if appraisal.policy is policy
        ]
        found = coverage(policy, appraisals)
        if not found.rows or not appraisals:
            continue
        text = Text(
            f"{policy.label}：{found.rows} 行规则中有 {found.reached} 行被用例走到",
            f"{policy.label}: {found.reached} of {found.rows} rows reached by the cases",
        )
        yield text.into(language)
        for path, place in found.unreached:
            missed = Text(f"  未走到 {path}", f"  not reached: {path}").into(language)
            yield f"{missed}  ({place})" if place else missed


def junit_xml(report: TestReport) -> str:
    """The report as JUnit XML, for continuous integration."""
    suites = ElementTree.Element("testsuites", name="perfrules")
    by_file: dict[str, list[CaseResult]] = {}
    for case in report.cases:
        by_file.setdefault(case.file, []).append(case)
    for file, cases in by_file.items():
        failed = sum(not case.passed for case in cases)
        suite = ElementTree.SubElement(
            suites, "testsuite", name=file, tests=str(len(cases)), failures=str(failed)
        )
        for case in cases:
            element = ElementTree.SubElement(
                suite, "testcase", classname=case.policy or file, name=case.name, file=file,
                line=str(case.place.line),
            )  # fmt: skip
            for one in case.mismatches:
                message = f"{one.what} expected {one.expected.en}, got {one.got.en}"
                failure = ElementTree.SubElement(element, "failure", message=message)
                failure.text = str(one.place)
    for problem in report.findings.errors:
        suite = ElementTree.SubElement(suites, "testsuite", name=str(problem.place), errors="1")
        element = ElementTree.SubElement(suite, "testcase", name=problem.code)
        ElementTree.SubElement(element, "error", message=problem.message("en"))
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"
