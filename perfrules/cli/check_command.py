"""`perfrules check [PATHS]`: every mistake in policies, tests and cycle folders."""

from pathlib import Path

import click

from perfrules.cli.differences import show_difference
from perfrules.cli.exit_codes import Exit
from perfrules.cli.talk import language_option, print_findings, say
from perfrules.codes.code import Text
from perfrules.language.to_resolved import resolved_yaml
from perfrules.workbench.check import check_paths
from perfrules.workbench.mending import mended, save

__all__ = ["command"]


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text",
    envvar="PERFRULES_CHECK_FORMAT", help="text for people, json for tools, github for annotations",
)  # fmt: skip
@click.option("--resolved", is_flag=True, help="print the policies with nothing left unsaid")
@click.option("--no-lint", is_flag=True, help="errors only, no advice on what is legal")
@click.option("--fix", is_flag=True, help="write what is certain into the files")
@click.option("--diff", is_flag=True, help="show what --fix would write, and write nothing")
@language_option
@click.pass_obj
def command(
    language: str, paths: tuple[Path, ...], form: str, resolved: bool, no_lint: bool, fix: bool,
    diff: bool,
) -> None:  # fmt: skip
    """Check policies, policy tests and cycle folders at PATHS (default: policies, or here).

    Every finding has its place, an excerpt and advice. Ends with 0 where there is nothing to
    say, 1 where there are warnings, 3 where a policy cannot be evaluated.
    """
    given = paths or (Path("policies") if Path("policies").is_dir() else Path("."),)
    if diff:
        for file in mended(list(given)):
            show_difference(file)
        return
    if fix:
        _fix(list(given), language)
    checked = check_paths(list(given), lint=not no_lint)
    findings = list(checked.findings)
    print_findings(findings, language, form, to_stdout=form != "text")
    errors = [one for one in findings if one.severity == "error"]
    warnings = [one for one in findings if one.severity == "warning"]
    if resolved and not errors:
        for read in checked.policies:
            click.echo(resolved_yaml(read.policy.resolved), nl=False)
    files, wrong, doubtful = checked.files, len(errors), len(warnings)
    if form == "text":
        say(
            Text(
                f"检查了 {files} 个文件：{wrong} 个错误，{doubtful} 个警告",
                f"files checked: {files}; errors: {wrong}; warnings: {doubtful}",
            ),
            language,
        )
    if any(one.code in ("file-not-found", "no-policies") for one in errors):
        raise click.exceptions.Exit(Exit.USAGE)
    if errors:
        raise click.exceptions.Exit(Exit.POLICY)
    if warnings:
        raise click.exceptions.Exit(Exit.FINDINGS)


def _fix(paths: list[Path], language: str) -> None:
    """Writes what is certain, and says what was written."""
    files = mended(paths)
    for file in files:
        save(file)
        for place, mend in sorted(file.written):
            click.echo(f"{place}: {mend.wrong} → {mend.right}", err=True)
    count = sum(len(file.written) for file in files)
    say(
        Text(
            f"改正了 {count} 处，涉及 {len(files)} 个文件" if count else "没有可以自动改正的内容",
            f"mended: {count}; files: {len(files)}"
            if count
            else "nothing is certain enough to mend",
        ),
        language,
    )
