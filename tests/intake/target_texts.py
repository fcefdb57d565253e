"""A targets.yaml in a temporary folder, for the tests of what it says and what is said of it."""

import datetime
from collections.abc import Iterable
from pathlib import Path

from perfrules.codes.code import LANGUAGES
from perfrules.diagnostics import Diagnostic
from perfrules.intake.plans.check_targets import check_targets
from perfrules.intake.plans.targets import read_targets
from perfrules.model.scorecard import Cycle
from perfrules.model.targets import Targets

Q3 = Cycle("2024Q3", datetime.date(2024, 7, 1), datetime.date(2024, 9, 30))
WHOLE = "target: 300, unit: 万元, due: 2024-09-30"


def read_all(folder: Path, text: str, cycle: Cycle | None = Q3) -> tuple[Targets, list[Diagnostic]]:
    """The cascade, and everything that is said of it."""
    path = folder / "targets.yaml"
    path.write_text(text, "utf-8")
    targets, findings = read_targets(path, cycle)
    assert targets is not None, [(one.code, str(one.place)) for one in findings]
    findings.extend(check_targets(targets))
    assert_sentences_complete(findings)
    return targets, list(findings)


def assert_sentences_complete(findings: Iterable[Diagnostic]) -> None:
    for one in findings:
        for language in LANGUAGES:  # a fact that is missing raises
            assert one.message(language)
            assert one.help(language) is not None
