"""Checks a folder of statements again: that none was edited, and that the results give them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.papers.paper.laid_out import NEEDS, laid_out
from perfrules.papers.paper.mark import text_of
from perfrules.records.intact import altered, broken_seal, check_files
from perfrules.records.manifest import MANIFEST
from perfrules.records.read import TRACES, ResultFolder, bytes_of, read_results, results_beside
from perfrules.records.record_checks import Progress
from perfrules.records.seals import UnreadableError
from perfrules.records.signing import PublicKey, check_signature
from perfrules.records.staging import OutputFile
from perfrules.records.statement_manifest import (
    StatementFile,
    StatementManifest,
    statements_from,
)
from perfrules.records.statements import Statements
from perfrules.records.tables import APPRAISALS, REJECTED
from perfrules.version import __version__

__all__ = ["BESIDE", "verify_statements"]

BESIDE: Final = "-feedback"
"""What the folder of statements is called, behind the name of the results."""


def verify_statements(
    folder: Path,
    results: Path | None = None,
    progress: Progress | None = None,
    signed_by: PublicKey | None = None,
) -> tuple[Diagnostic, ...]:
    """All that is wrong with a folder of statements; empty where it is what was written.

    They are made once more from the results that they are of: those of `results`, or the folder
    beside that has their digest.
    """
    findings = Findings()
    try:
        manifest = statements_from(bytes_of(folder / MANIFEST) or b"")
    except UnreadableError as error:
        place, part = str(folder / MANIFEST), str(error)[:200]
        findings.report("damaged-manifest", place, path=MANIFEST, part=part)
        return tuple(findings)
    if not manifest.sealed:
        findings.extend((broken_seal(folder),))
    findings.extend(check_signature(folder, signed_by))
    listed = [OutputFile(*one[:3]) for one in manifest.files]
    findings.extend(check_files(folder, listed, "edited-statement"))
    found = _results(folder, manifest, results, findings)
    if found is not None and not findings.errors:
        findings.extend(_compared(folder, manifest, found, progress))
    return tuple(findings)


def _results(
    folder: Path, manifest: StatementManifest, given: Path | None, findings: Findings
) -> ResultFolder | None:
    """The results that the statements are of; None, with a finding, where there are none, or
    others."""
    if given is not None:
        found, wrong = read_results(given)
        findings.extend(wrong)
        if found is not None and found.manifest.digest != manifest.results:
            findings.report("other-results", str(folder), path=str(given))
            return None
        return found
    for beside in results_beside(folder, manifest.results):
        return beside
    own = folder.absolute()
    named = own.with_name(own.name.removesuffix(BESIDE))
    if named != own and read_results(named)[0] is not None:
        findings.report("other-results", str(folder), path=str(named))
    else:
        findings.report("results-not-beside", str(folder))
    return None


def _compared(
    folder: Path, manifest: StatementManifest, results: ResultFolder, progress: Progress | None
) -> Iterator[Diagnostic]:
    """Each statement is the one that the results give, where these are whole."""
    policies = [name for kept in results.manifest.policies for name in (kept.file, kept.places)]
    wrong = list(altered(results, (TRACES, APPRAISALS, REJECTED, *policies)))
    yield from wrong
    if wrong:
        return
    tellers = {one.language: Statements(results, one.language) for one in manifest.files}
    for done, one in enumerate(manifest.files, 1):
        if progress is not None:
            progress(done, len(manifest.files))
        reason = _difference(folder, one, tellers[one.language])
        if reason is not None and manifest.perfrules != __version__:
            reason = Text(
                f"它是用另一版本 {manifest.perfrules} 写的",
                f"it was written by another version, {manifest.perfrules}",
            )
            yield _unchecked(folder, one, reason)
        elif reason is _DIFFERS:
            whose = Text(f" `{one.subject}` ", f"`{one.subject}`")
            if not one.subject:
                whose = Text("所有人", "everybody")
            facts = {"path": one.path, "subject": whose}
            yield Diagnostic("statement-differs", str(folder / one.path), facts)
        elif reason is not None:
            yield _unchecked(folder, one, reason)


_DIFFERS: Final = Text("内容不同", "it says something else")


def _unchecked(folder: Path, one: StatementFile, reason: Text) -> Diagnostic:
    facts = {"path": one.path, "reason": reason}
    place = str(folder / one.path)
    return Diagnostic("statement-unchecked", place, facts, severity="warning")


def _difference(folder: Path, one: StatementFile, teller: Statements) -> Text | None:
    """Why a file is not, or cannot be told to be, what the results give."""
    if one.subject:
        made = [teller.of(one.subject)]
    else:
        made = [found for _, found in teller.all() if found is not None]
    statements = [found for found in made if not isinstance(found, Diagnostic)]
    if len(statements) < len(made):
        return _DIFFERS
    try:
        expected = laid_out(statements, one.layout)
    except ImportError:
        name = NEEDS[one.layout]
        return Text(f"没有安装 {name}", f"{name} is not installed")
    found = bytes_of(folder / one.path) or b""
    if found == expected:
        return None
    if text_of(found) is not None and text_of(found) == text_of(expected):
        return None  # written with another version of a library
    return _DIFFERS
