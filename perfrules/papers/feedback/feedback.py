"""Statements -> the bytes of a file, in the layout that is asked for."""

from collections.abc import Sequence
from typing import Literal

from perfrules.papers.feedback.parts import Statement

__all__ = ["SUFFIXES", "Format", "laid_out"]

Format = Literal["markdown", "html", "docx"]

SUFFIXES: dict[Format, str] = {"markdown": ".md", "html": ".html", "docx": ".docx"}


def laid_out(found: Sequence[Statement], format: Format) -> bytes:
    """Markdown and HTML in UTF-8, or a Word file; each statement begins a page.

    Raises `MissingExtraError` where html is asked for without jinja2, and `ImportError` where
    docx is asked for without python-docx.
    """
    # The layouts are imported when they are asked for: a run needs one of them.
    match format:
        case "markdown":
            from perfrules.papers.feedback.markdown import markdown

            return markdown(found).encode()
        case "html":
            from perfrules.papers.feedback.html import html

            return html(found).encode()
        case "docx":
            from perfrules.papers.feedback.word import word

            return word(found)
    raise ValueError(f"unknown format: {format}")
