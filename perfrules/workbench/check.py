"""Checks whatever stands at some paths: policies, policy tests, cycle folders, target cascades."""

from dataclasses import dataclass, field
from pathlib import Path

from perfrules.diagnostics import Findings, Span
from perfrules.intake.cycle_file import read_cycle_file
from perfrules.intake.plans.check_targets import check_targets
from perfrules.intake.plans.targets import TARGETS_FILE, read_targets
from perfrules.language.read import ReadPolicy, policy_files, read_all
from perfrules.language.schema import check_schema
from perfrules.language.text.document import read_document
from perfrules.language.text.misnamed import misnamed_yaml
from perfrules.workbench.lint.all_rules import lint
from perfrules.workbench.policy_tests import test_files

__all__ = ["Checked", "check_paths"]


@dataclass(slots=True)
class Checked:
    """What was found, the policies that could be read, and how many files were looked at."""

    findings: Findings = field(default_factory=Findings)
    policies: list[ReadPolicy] = field(default_factory=list)
    files: int = 0


def check_paths(paths: list[Path], *, lint: bool = True) -> Checked:
    """Everything at and below the paths. A cycle folder is one that has a cycle.yaml."""
    checked = Checked()
    for path in paths:
        if not path.exists():
            checked.findings.report("file-not-found", str(path), path=str(path))
        elif path.name == "cycle.yaml":
            _check_cycle(path.parent, checked)
            if (path.parent / TARGETS_FILE).exists():
                _check_targets(path.parent / TARGETS_FILE, checked, lint)
        elif path.name == TARGETS_FILE:
            _check_targets(path, checked, lint)
        elif ".test." in path.name:
            _check_test(path, checked)
        else:
            _check_policies(path, checked, lint)
            if path.is_dir():
                for test in test_files([path]):
                    _check_test(test, checked)
                for cycle in sorted(path.rglob("cycle.yaml")):
                    _check_cycle(cycle.parent, checked)
                for targets in sorted(path.rglob(TARGETS_FILE)):
                    _check_targets(targets, checked, lint)
                checked.findings.extend(misnamed_yaml(path))
                if not checked.files and not checked.findings.errors:
                    checked.findings.report("no-policies", str(path), path=str(path))
    return checked


def _check_policies(path: Path, checked: Checked, with_lint: bool) -> None:
    files = [file for file in policy_files(path) if file.name != "cycle.yaml"]
    root = path if path.is_dir() else _policies_root(path)
    found, findings = read_all(files, root)
    checked.files += len(files)
    checked.findings.extend(findings)
    checked.policies += found
    # Advice on a policy that cannot be evaluated would only hide what is wrong with it.
    broken = {one.place.file for one in findings.errors if isinstance(one.place, Span)}
    for read in found:
        if with_lint and read.addresses.whole.file not in broken:
            lint(read, checked.findings)


def _policies_root(path: Path) -> Path:
    """The folder that a single policy may extend from: the nearest one called `policies`."""
    folder = path.resolve().parent
    return next((one for one in (folder, *folder.parents) if one.name == "policies"), folder)


def _check_test(path: Path, checked: Checked) -> None:
    checked.files += 1
    document, findings = read_document(path, str(path))
    if document is not None and not findings.errors:
        check_schema(document.root, "policy-test", findings)
    checked.findings.extend(findings)


def _check_cycle(folder: Path, checked: Checked) -> None:
    checked.files += 1
    path = folder / "cycle.yaml"
    _, findings = read_cycle_file(path)
    checked.findings.extend(findings)


def _check_targets(path: Path, checked: Checked, with_lint: bool) -> None:
    """A target cascade by itself; who is in it is looked up where the cycle's data are read."""
    checked.files += 1
    setting = None
    if (path.parent / "cycle.yaml").exists():
        setting, _ = read_cycle_file(path.parent / "cycle.yaml")  # which is checked by itself
    targets, findings = read_targets(path, setting.cycle if setting else None)
    found = check_targets(targets) if targets is not None else ()
    findings.extend(one for one in found if with_lint or one.severity == "error")
    checked.findings.extend(findings)
