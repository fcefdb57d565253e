"""An HTML page that needs nothing else, and whatever is put into it is escaped.

No scripts, no network: jinja2 escapes, and a page's content security policy forbids whatever
might get through.
"""

from functools import cache
from typing import TYPE_CHECKING, Final

from perfrules.codes.code import Text
from perfrules.layout.terminal import visible

if TYPE_CHECKING:
    import jinja2

__all__ = ["NEEDS_JINJA", "STYLE", "MissingExtraError", "template"]

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


STYLE: Final = """
:root { --ink: #1d2433; --soft: #5b6577; --line: #d9dee7; --wash: #f4f6f9; --mark: #1f5fa8;
  --warn: #9a5b00; --bad: #a32020; }
* { box-sizing: border-box; }
html { font-size: 15px; }
body { margin: 0; background: #fff; color: var(--ink); line-height: 1.6; font-size: 1rem;
  font-family: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
  "Source Han Sans SC", sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 66rem; margin: 0 auto; padding: 2rem 1.5rem 3rem; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .6rem; }
.head { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: 0; }
.head dt { color: var(--soft); }
.head dd { margin: 0; overflow-wrap: anywhere; }
.result { display: flex; flex-wrap: wrap; gap: .8rem; margin: 0; }
.result div { flex: 1 1 10rem; border: 1px solid var(--line); border-radius: .5rem;
  padding: .7rem 1rem; background: var(--wash); }
.result dt { color: var(--soft); font-size: .85rem; }
.result dd { margin: 0; font-size: 1.35rem; font-weight: 600; overflow-wrap: anywhere; }
.result div:first-child dd { color: var(--mark); }
.result dd.words { font-size: 1rem; line-height: 1.45; padding-top: .25rem; }
.problems { margin: 0; padding: 0; list-style: none; }
.problems li { border-left: .25rem solid var(--warn); background: var(--wash);
  padding: .5rem .9rem; margin: 0 0 .6rem; }
.problems li.error { border-color: var(--bad); }
.problems p { margin: 0; }
table { border-collapse: collapse; width: 100%; }
.overview th, .overview td { padding: .4rem .6rem; border-bottom: 1px solid var(--line);
  text-align: left; vertical-align: baseline; }
.overview thead th { color: var(--soft); font-weight: 500; font-size: .85rem;
  border-bottom-width: 2px; white-space: nowrap; }
.overview .figure { text-align: right; white-space: nowrap; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: 0 0 .7rem; }
summary { cursor: pointer; padding: .55rem 1rem; background: var(--wash);
  border-radius: .5rem; }
details[open] > summary { border-bottom: 1px solid var(--line); border-radius: .5rem .5rem 0 0; }
summary strong { font-size: 1rem; }
summary .fact { color: var(--soft); font-size: .85rem; margin-left: .9rem; }
.lines { padding: .3rem 1rem .6rem; }
.line { display: grid; grid-template-columns: 9rem 1fr 16rem; gap: 0 1rem; padding: .4rem 0;
  border-bottom: 1px dotted var(--line); break-inside: avoid; }
.line:last-child { border-bottom: 0; }
.label { color: var(--soft); }
.text { overflow-wrap: anywhere; }
.note, .place { display: block; color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; }
.place { font-size: .75rem; }
.places { text-align: right; padding-top: .2rem; }
.capped .text > b, .missing .text > b { color: var(--warn); }
.skipped .text > b { color: var(--soft); }
.text > b { font-weight: 500; }
footer { margin-top: 2rem; padding-top: .8rem; border-top: 1px solid var(--line);
  color: var(--soft); font-size: .75rem; }
footer p { margin: 0; overflow-wrap: anywhere; }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  html { font-size: 9.5pt; }
  body { line-height: 1.4; }
  main { max-width: none; padding: 0; }
  h2 { margin: 1rem 0 .4rem; break-after: avoid; }
  .result div { background: none; padding: .35rem .7rem; }
  .overview th, .overview td { padding: .2rem .4rem; }
  details { border: 0; border-top: 1px solid var(--line); border-radius: 0; margin: 0 0 .3rem; }
  details[open] > summary { border: 0; }
  summary { background: none; padding: .35rem 0 .1rem; list-style: none; break-after: avoid; }
  .lines { padding: 0; }
  .line { padding: .12rem 0; grid-template-columns: 8rem 1fr 15rem; }
  .places { padding-top: .1rem; }
}
@media (max-width: 45rem) {
  .line { grid-template-columns: 1fr; }
  .places { text-align: left; padding: 0; }
}
"""
