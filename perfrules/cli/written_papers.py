"""Papers as files of a folder: which were written, which were left, and the manifest of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.spoken_help import Failed
from perfrules.cli.talk import ended_by, print_findings, say
from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.layout.html_page import NEEDS_JINJA, MissingExtraError
from perfrules.papers.paper.laid_out import SUFFIXES, Layout, laid_out
from perfrules.papers.paper.parts import Paper
from perfrules.records.papers.asked import Asked
from perfrules.records.papers.paper_files import write_paper
from perfrules.records.papers.paper_manifest import MadeOf, PaperFile, keep_papers, paper_file
from perfrules.records.signing import Signer

__all__ = ["WrittenPapers", "bytes_of_papers"]

_MOST: Final = 20
"""How many files that were left are named."""

_MISSING: Final = {"docx": "no-docx", "xlsx": "no-xlsxwriter"}


class WrittenPapers:
    """The files of a run: those that were written, those that were left as they are.

    `what` is what they are called together: `反馈表`, "statement" and "statements".
    """

    def __init__(
        self,
        folder: Path,
        layout: Layout,
        language: Language,
        *,
        force: bool,
        what: tuple[Text, str],
    ) -> None:
        self.folder, self.layout, self.language = folder, layout, language
        self.force, self.what, self.where = force, what, folder
        self.written, self.left = 0, list[Diagnostic]()
        self.made: list[PaperFile] = []
        """What the manifest lists: a paper that was left, as it would have been written."""

    def write(self, name: str, asked: Asked, found: Sequence[Paper]) -> None:
        """Writes a file with these papers; `name` is without its ending."""
        path = self.folder / (name + SUFFIXES[self.layout])
        data = bytes_of_papers(found, self.layout, self.language)
        left = write_paper(path, data, force=self.force)
        self.made.append(paper_file(path.name, data, self.language, self.layout, asked))
        if left is not None:
            self.left.append(left)
        else:
            self.written += len(found)

    def bind(self, name: str, asked: Asked, found: Sequence[Paper]) -> None:
        """All papers in one file, which is then the place that is told."""
        self.where = self.folder / (name + SUFFIXES[self.layout])
        self.write(name, asked, found)

    def keep(self, made_of: MadeOf, signs: Signer | None) -> None:
        """Writes the manifest, if anything was made."""
        if self.made:
            keep_papers(self.folder, made_of, self.made, signs)

    def tell(self) -> None:
        """How many were written, and which not."""
        print_findings(self.left[:_MOST], self.language)
        if more := len(self.left) - _MOST if len(self.left) > _MOST else 0:
            say(Text(f"……还有 {more} 份没有覆盖", f"… and {more} more were left"), self.language)
        count, where, (one, several) = self.written, self.where, self.what
        files = one.en if count == 1 else several
        text = Text(f"已写入 {count} 份{one.zh}：{where}", f"{count} {files} written to {where}")
        say(text, self.language)
        if self.left:
            raise click.exceptions.Exit(Exit.USAGE)


def bytes_of_papers(found: Sequence[Paper], layout: Layout, language: str) -> bytes:
    """The bytes of a file, or the end of the run where a library is missing."""
    try:
        return laid_out(found, layout)
    except MissingExtraError:
        raise Failed(NEEDS_JINJA) from None
    except ImportError:
        raise ended_by((Diagnostic(_MISSING[layout]),), language) from None
