"""The explanation as one HTML file that needs nothing else: no scripts, no network.

Everything from policy or data is escaped by jinja2; the content security policy forbids
whatever might get through.
"""

from functools import cache
from typing import TYPE_CHECKING, Final

from perfrules.codes.code import Text
from perfrules.reports.headings import heading, title_of
from perfrules.reports.html_page import PAGE, STYLE
from perfrules.reports.outline import Outline
from perfrules.reports.terminal import visible

if TYPE_CHECKING:
    import jinja2

__all__ = ["NEEDS_JINJA", "MissingExtraError", "html", "template"]

NEEDS_JINJA: Final = Text(
    '输出 html 需要 jinja2，请先安装：pip install "perfrules[html]"',
    'html needs jinja2: pip install "perfrules[html]"',
)


class MissingExtraError(ImportError):
    """A library that this output needs is not installed; the message says what to do."""


def template(text: str) -> "jinja2.Template":
    """A page that escapes whatever is put into it.

    Raises `MissingExtraError` where jinja2 is not installed.
    """
    try:
        import jinja2  # noqa: F401 - whether it is there
    except ImportError as missing:
        raise MissingExtraError(NEEDS_JINJA.en) from missing
    return _read(text)


@cache
def _read(text: str) -> "jinja2.Template":
    """The page, read once for all whom it is about."""
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )  # fmt: skip
    return environment.from_string(text)


def html(found: Outline) -> str:
    """The whole page. Raises `MissingExtraError` where jinja2 is not installed."""
    page = template(PAGE).render(
        found=found,
        language={"zh": "zh-Hans", "en": "en"}[found.language],
        word=lambda key: heading(key, found.language),
        title_of=lambda block: title_of(block, found.language),
        style=STYLE,
    )
    return page + "\n"
