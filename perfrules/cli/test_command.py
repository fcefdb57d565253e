"""`perfrules test [PATHS]`: runs policy tests and tells which rows they reach."""

from pathlib import Path
from typing import cast

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.spoken_help import Failed
from perfrules.cli.talk import ended_by, language_option, print_findings, say
from perfrules.cli.test_outcome import coverage_lines, failure_lines, junit_xml
from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.workbench.policy_tests import run_tests, test_files

__all__ = ["command"]


@click.command("test")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("-k", "--only", default="", help="run the cases whose names contain this text")
@click.option("-v", "--verbose", is_flag=True, help="show every case, and the trace of failures")
@click.option("--junit", type=click.Path(path_type=Path, dir_okay=False), help="write JUnit XML")
@click.option("--no-coverage", is_flag=True, help="do not tell which rows no case reaches")
@language_option
@click.pass_obj
def command(
    language: str, paths: tuple[Path, ...], only: str, verbose: bool, junit: Path | None,
    no_coverage: bool,
) -> None:  # fmt: skip
    """Run the policy tests (*.test.yaml) at PATHS (default: here).

    A failure is one line: the case, what was expected, what came out. Ends with 4 where a case
    fails or a test is wrong in itself.
    """
    given = list(paths or (Path("."),))
    for path in given:
        if not path.exists():
            raise Failed(Text(f"找不到 {path}", f"{path}: no such file or folder"))
    speech = cast(Language, language)
    if not test_files(given):
        shown = ", ".join(map(str, given))
        raise ended_by([Diagnostic("no-cases", shown, {"path": shown})], language)
    report = run_tests(given, only)
    print_findings(report.findings, language)
    for line in failure_lines(report, speech, verbose=verbose):
        click.echo(line)
    if not no_coverage and not only:
        for line in coverage_lines(report, speech, verbose=verbose):
            click.echo(line)
    passed, failed = len(report.cases) - len(report.failed), len(report.failed)
    wrong = len(report.findings.errors)
    say(
        Text(
            f"{passed} 个通过，{failed} 个失败" + (f"，{wrong} 个测试本身有误" if wrong else ""),
            f"{passed} passed, {failed} failed" + (f", {wrong} mistakes in tests" if wrong else ""),
        ),
        language,
    )
    if junit is not None:
        junit.write_text(junit_xml(report), encoding="utf-8")
    if failed or wrong or not report.cases:
        raise click.exceptions.Exit(Exit.TESTS)
