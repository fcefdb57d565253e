"""Checks a folder of papers again: that none was edited, and that what they are of gives them."""

from collections.abc import Iterator
from os.path import normpath
from pathlib import Path
from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.papers.paper.laid_out import NEEDS, laid_out
from perfrules.papers.paper.mark import text_of
from perfrules.records.intact import altered, broken_seal, check_files
from perfrules.records.manifest import MANIFEST
from perfrules.records.papers.asked import KINDS, Source
from perfrules.records.papers.of_cycle import PapersOfCycle
from perfrules.records.papers.of_results import PapersOfResults
from perfrules.records.papers.paper_manifest import PaperFile, PaperManifest, papers_from
from perfrules.records.read import TRACES, ResultFolder, bytes_of, read_results, results_beside
from perfrules.records.record_checks import Progress
from perfrules.records.seals import UnreadableError
from perfrules.records.signing import PublicKey, check_signature
from perfrules.records.staging import OutputFile
from perfrules.records.tables import APPRAISALS, REJECTED
from perfrules.version import __version__

__all__ = ["ENDINGS", "verify_papers"]

ENDINGS: Final = ("-feedback", "-papers")
"""What folders of papers are called, behind the name of the results."""


def verify_papers(
    folder: Path,
    results: Path | None = None,
    inputs: Path | None = None,
    progress: Progress | None = None,
    signed_by: PublicKey | None = None,
) -> tuple[Diagnostic, ...]:
    """All that is wrong with a folder of papers; empty where it is what was written.

    They are made once more from what they are of: the results in `results`, or the folder beside
    that has their digest, and the cycle's folder in `inputs`, or where the manifest says that it
    lies.
    """
    findings = Findings()
    try:
        manifest = papers_from(bytes_of(folder / MANIFEST) or b"")
    except UnreadableError as error:
        place, part = str(folder / MANIFEST), str(error)[:200]
        findings.report("damaged-manifest", place, path=MANIFEST, part=part)
        return tuple(findings)
    if not manifest.sealed:
        findings.extend((broken_seal(folder),))
    findings.extend(check_signature(folder, signed_by))
    listed = [OutputFile(*one[:3]) for one in manifest.files]
    findings.extend(check_files(folder, listed, "edited-statement"))
    kinds = {KINDS[one.asked.kind].of for one in manifest.files}
    found = None
    if "results" in kinds:
        found = _results(folder, manifest, results, findings)
    cycle = None
    if "cycle" in kinds:
        cycle = _cycle(folder, manifest, inputs, findings)
    if not findings.errors:
        findings.extend(_Compared(folder, manifest, found, cycle).differences(progress))
    return tuple(findings)


def _results(
    folder: Path, manifest: PaperManifest, given: Path | None, findings: Findings
) -> ResultFolder | None:
    """The results that the papers are of; None, with a finding, where there are none, or others."""
    digest = manifest.made_of.results
    if given is not None:
        found, wrong = read_results(given)
        findings.extend(wrong)
        if found is not None and found.manifest.digest != digest:
            findings.report("other-results", str(folder), path=str(given))
            return None
        return found
    for beside in results_beside(folder, digest):
        return beside
    own = folder.absolute()
    names = (own.name.removesuffix(ending) for ending in ENDINGS if own.name.endswith(ending))
    named = own.with_name(next(names, own.name))
    if named != own and read_results(named)[0] is not None:
        findings.report("other-results", str(folder), path=str(named))
    else:
        findings.report("results-not-beside", str(folder))
    return None


def _cycle(
    folder: Path, manifest: PaperManifest, given: Path | None, findings: Findings
) -> PapersOfCycle | None:
    """The cycle that the papers are of; None, with a finding, where its folder is not there. Where
    its files are others now there is a finding too, unless all the papers last."""
    path = given or (folder / manifest.made_of.cycle)
    if not (path / "cycle.yaml").is_file():
        findings.report("cycle-not-found", str(folder), path=normpath(path))
        return None
    found = PapersOfCycle(path, "zh")
    changed = found.digest != manifest.made_of.inputs
    lasting = all(KINDS[one.asked.kind].lasts for one in manifest.files)
    if found.opened.refused is not None or (changed and not lasting):
        findings.report("other-inputs", str(folder), path=normpath(path))
        return None
    return found


class _Compared:
    """Makes each paper once more, and tells which are others."""

    def __init__(
        self, folder: Path, manifest: PaperManifest, results: ResultFolder | None,
        cycle: PapersOfCycle | None,
    ) -> None:  # fmt: skip
        self.folder, self.manifest, self.results, self.cycle = folder, manifest, results, cycle
        self.sources: dict[tuple[str, Language], Source] = {}
        if cycle is not None:
            self.sources["cycle", cycle.language] = cycle

    def differences(self, progress: Progress | None) -> Iterator[Diagnostic]:
        """What differs, where that of which the papers are is whole."""
        if self.results is not None:
            kept = self.results.manifest.policies
            policies = [name for one in kept for name in (one.file, one.places)]
            wrong = list(altered(self.results, (TRACES, APPRAISALS, REJECTED, *policies)))
            yield from wrong
            if wrong:
                return
        known = [one for one in self.manifest.files if self._can_be_made(one)]
        for done, one in enumerate(known, 1):
            if progress is not None:
                progress(done, len(known))
            yield from self._difference(one, self._source(one))

    def _can_be_made(self, one: PaperFile) -> bool:
        of = KINDS[one.asked.kind].of
        return (self.results if of == "results" else self.cycle) is not None

    def _source(self, one: PaperFile) -> Source:
        key = (KINDS[one.asked.kind].of, one.language)
        if key not in self.sources:
            if key[0] == "results" and self.results is not None:
                self.sources[key] = PapersOfResults(self.results, one.language)
            elif self.cycle is not None:
                self.sources[key] = PapersOfCycle(self.cycle.folder, one.language)
        return self.sources[key]

    def _difference(self, one: PaperFile, source: Source) -> Iterator[Diagnostic]:
        reason = _why(self.folder, one, source)
        written = self.manifest.perfrules
        if reason is not None and written != __version__:
            reason = Text(
                f"它是用另一版本 {written} 写的", f"it was written by another version, {written}"
            )
        elif reason is _DIFFERS:
            subject = one.asked.subject or one.asked.whom
            whose = Text(f" `{subject}` ", f"`{subject}`")
            if not subject:
                whose = Text("所有人", "everybody")
            place = str(self.folder / one.path)
            yield Diagnostic("statement-differs", place, {"path": one.path, "subject": whose})
            return
        if reason is not None:
            facts = {"path": one.path, "reason": reason}
            place = str(self.folder / one.path)
            yield Diagnostic("statement-unchecked", place, facts, severity="warning")


_DIFFERS: Final = Text("内容不同", "it says something else")


def _why(folder: Path, one: PaperFile, source: Source) -> Text | None:
    """Why a file is not, or cannot be told to be, what its source gives."""
    made = [paper for _, paper in source.made(one.asked)]
    papers = [paper for paper in made if not isinstance(paper, Diagnostic)]
    if len(papers) < len(made) or not papers:
        return _DIFFERS
    try:
        expected = laid_out(papers, one.layout)
    except ImportError:
        name = NEEDS[one.layout]
        return Text(f"没有安装 {name}", f"{name} is not installed")
    found = bytes_of(folder / one.path) or b""
    if found == expected:
        return None
    if text_of(found) is not None and text_of(found) == text_of(expected):
        return None  # written with another version of a library
    return _DIFFERS
