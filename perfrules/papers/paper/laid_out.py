"""Papers -> the bytes of a file, in the layout that is asked for."""

from collections.abc import Sequence
from typing import Final, Literal

from perfrules.papers.paper.parts import Paper

__all__ = ["NEEDS", "SUFFIXES", "Layout", "laid_out"]

Layout = Literal["markdown", "html", "docx", "xlsx"]

SUFFIXES: Final[dict[Layout, str]] = {
    "markdown": ".md", "html": ".html", "docx": ".docx", "xlsx": ".xlsx",
}  # fmt: skip

NEEDS: Final[dict[Layout, str]] = {"html": "jinja2", "docx": "python-docx", "xlsx": "xlsxwriter"}
"""The library that a layout needs, where it needs one."""


def laid_out(found: Sequence[Paper], layout: Layout) -> bytes:
    """Markdown and HTML in UTF-8, a Word file or a workbook; each paper begins a page or a sheet.

    Raises `ImportError` where the library of the layout is not installed.
    """
    # The layouts are imported when they are asked for: a run needs one of them.
    match layout:
        case "markdown":
            from perfrules.papers.paper.to_markdown import markdown

            return markdown(found).encode()
        case "html":
            from perfrules.papers.paper.to_html import html

            return html(found).encode()
        case "docx":
            from perfrules.papers.paper.to_word import word

            return word(found)
        case "xlsx":
            from perfrules.papers.paper.to_excel import excel

            return excel(found)
    raise ValueError(f"unknown layout: {layout}")
