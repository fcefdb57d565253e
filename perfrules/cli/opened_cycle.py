"""A cycle's folder as commands get it: cycle.yaml and the policies, or the end of the run."""

from pathlib import Path
from typing import NoReturn

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.talk import print_findings
from perfrules.diagnostics import Findings
from perfrules.intake.cycle_file import CycleFile, read_cycle_file
from perfrules.language.read import read_policies
from perfrules.model.policy_set import PolicySet

__all__ = ["is_cycle", "opened_cycle", "stop", "stop_at_errors"]


def is_cycle(path: Path) -> bool:
    """Whether a path is a cycle's folder, or its cycle.yaml."""
    return path.name == "cycle.yaml" or (path / "cycle.yaml").is_file()


def opened_cycle(path: Path, language: str) -> tuple[CycleFile, Path, PolicySet]:
    """What cycle.yaml says, its folder, and the policies; ends the run where they cannot be used,
    with 2, or 3 for a policy."""
    folder = path.parent if path.name == "cycle.yaml" else path
    setting, findings = read_cycle_file(folder / "cycle.yaml")
    if setting is None:
        stop(findings, language, Exit.USAGE)
    policies, findings = read_policies(setting.policies)
    stop_at_errors(findings, language)
    return setting, folder, policies


def stop_at_errors(findings: Findings, language: str) -> None:
    """Ends the run where policies cannot be used."""
    if findings.errors:
        is_file = any(one.code in ("file-not-found", "no-policies") for one in findings.errors)
        stop(findings, language, Exit.USAGE if is_file else Exit.POLICY)


def stop(findings: Findings, language: str, code: Exit) -> NoReturn:
    """Prints the errors and ends the run."""
    print_findings(findings.errors, language)
    raise click.exceptions.Exit(code)
