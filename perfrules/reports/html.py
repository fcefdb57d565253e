"""The explanation as one HTML file that needs nothing else: no scripts, no network.

Everything from policy or data is escaped by jinja2; the content security policy forbids
whatever might get through.
"""

from perfrules.reports.headings import heading, title_of
from perfrules.reports.html_page import PAGE, STYLE
from perfrules.reports.outline import Outline
from perfrules.reports.terminal import visible

__all__ = ["MissingExtraError", "html"]


class MissingExtraError(ImportError):
    """A library that this output needs is not installed; the message says what to do."""


def html(found: Outline) -> str:
    """The whole page. Raises `MissingExtraError` where jinja2 is not installed."""
    try:
        import jinja2
    except ImportError as missing:
        raise MissingExtraError(
            'html needs jinja2: pip install "perfrules[html]"'
            ' · 输出 html 需要 jinja2，请先安装：pip install "perfrules[html]"'
        ) from missing
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )  # fmt: skip
    page = environment.from_string(PAGE).render(
        found=found,
        language={"zh": "zh-Hans", "en": "en"}[found.language],
        word=lambda key: heading(key, found.language),
        title_of=lambda block: title_of(block, found.language),
        style=STYLE,
    )
    return page + "\n"
