"""Statements as one HTML file that needs nothing else, made for sheets of A4."""

from collections.abc import Sequence
from typing import Final

from perfrules.layout.html_page import STYLE, template
from perfrules.papers.feedback.mark import marked
from perfrules.papers.feedback.parts import Statement

__all__ = ["html"]

_STYLE: Final = """
.running { display: flex; justify-content: space-between; color: var(--soft); font-size: .85rem;
  border-bottom: 1px solid var(--line); padding-bottom: .3rem; margin-bottom: 1.2rem; }
.secrecy { color: var(--bad); font-weight: 600; letter-spacing: .2em; }
.points { margin: 0; padding-left: 1.2rem; }
.points li { margin: 0 0 .35rem; break-inside: avoid; }
.sheet { margin: 0 0 .6rem; }
.sheet th, .sheet td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
.sheet th { background: var(--wash); color: var(--soft); font-weight: 500; font-size: .85rem; }
.sheet td:first-child { overflow-wrap: break-word; }
.sheet .figure { text-align: right; white-space: nowrap; overflow-wrap: normal; }
.sheet tfoot { display: table-row-group; font-weight: 600; }
.sheet tfoot tr:first-child td { border-top-width: 2px; }
.result .short { white-space: nowrap; }
.statement { max-width: 66rem; margin: 0 auto; padding: 2rem 1.5rem 3rem; }
.statement + .statement { break-before: page; border-top: 1px solid var(--line); }
.sheet tr { break-inside: avoid; }
.roomy { table-layout: fixed; }
.roomy th:first-child { width: 24%; }
.roomy td { height: 2.6rem; }
.fields th { width: 9rem; white-space: nowrap; }
.fields td { height: 2.6rem; }
.signing { break-inside: avoid; }
.signing p { color: var(--soft); font-size: .85rem; margin: 0; }
@media (min-width: 45rem), print {
  .head { grid-template-columns: max-content 1fr max-content 1fr; }
}
@media print {
  .statement { max-width: none; padding: 0; }
  .statement + .statement { border-top: 0; }
  .sheet { width: calc(100% - 1px); }
  .result div { flex-basis: 7rem; }
  .result dd { font-size: 1.1rem; }
  .roomy td, .fields td { height: 10mm; }
  .sheet th, .sheet td { padding: .2rem .35rem; font-size: 9pt; border-color: #8a93a3; }
  footer { margin-top: .8rem; }
}
"""

_PAGES: Final = """
/* The first page has its head in the text. */
@page { @top-right { content: "保密 · Confidential"; font-size: 8pt; color: #a32020; }
  @bottom-center { content: counter(page) " / " counter(pages); font-size: 8pt; } }
@page :first { @top-right { content: none; } }
"""
"""Of one statement: among many the pages of each cannot be counted."""

_PAGE: Final = """\
<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" \
content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>{{ style|safe }}</style>
</head>
<body>
{% for found in statements %}
<article class="statement">
<div class="running"><span>{{ found.cycle }}</span>\
<span class="secrecy">{{ found.secrecy }}</span></div>
<h1>{{ found.title }}</h1>
<dl class="head">
{% for name, value in found.head %}
<dt>{{ name }}</dt><dd>{{ value }}</dd>
{% endfor %}
</dl>
<h2>{{ found.result_title }}</h2>
<dl class="result">
{% for name, value in found.result %}
<div><dt>{{ name }}</dt>\
<dd{% if value|length <= 16 %} class="short"{% endif %}>{{ value }}</dd></div>
{% endfor %}
</dl>
{% for part in found.parts %}
<section class="{{ part.kind }}">
<h2>{{ part.title }}</h2>
{% if part.remark %}
<p>{{ part.remark }}</p>
{% endif %}
{% if part.points %}
<ul class="points">
{% for point in part.points %}
<li><strong>{{ point.title }}</strong>{{ found.joint }}{{ point.figures }}
{% for note in point.notes %}
<span class="note">{{ note }}</span>
{% endfor %}
</li>
{% endfor %}
</ul>
{% endif %}
{% if part.table %}
{% set words = part.table.head|length - part.table.figures %}
<table class="sheet{% if part.table.roomy %} roomy{% endif %}">
<thead><tr>
{% for cell in part.table.head %}
<th scope="col"{% if loop.index > words %} class="figure"{% endif %}>{{ cell }}</th>
{% endfor %}
</tr></thead>
{% for name, rows in (("tbody", part.table.rows), ("tfoot", part.table.foot)) if rows %}
<{{ name }}>
{% for row in rows %}
<tr>
{% for cell in row %}
<td{% if loop.index > words %} class="figure"{% endif %}>{{ cell }}</td>
{% endfor %}
</tr>
{% endfor %}
</{{ name }}>
{% endfor %}
</table>
{% endif %}
</section>
{% endfor %}
<section class="signing">
<h2>{{ found.talk_title }}</h2>
<table class="sheet fields"><tbody>
{% for name in found.blanks %}
<tr><th scope="row">{{ name }}</th><td colspan="3"></td></tr>
{% endfor %}
{% for name in found.signatures %}
<tr><th scope="row">{{ name }}</th><td></td><th scope="row">{{ found.date_word }}</th><td></td></tr>
{% endfor %}
</tbody></table>
<p>{{ found.remark }}</p>
</section>
<footer>
<p>{{ found.subject }} · {{ found.running_head }}</p>
{% for name, value in found.seal %}
<p>{{ name }}{{ found.colon }}{{ value }}</p>
{% endfor %}
</footer>
</article>
{% endfor %}
</body>
</html>
"""


def html(found: Sequence[Statement]) -> str:
    """The whole file. Raises `MissingExtraError` where jinja2 is not installed."""
    first = found[0]
    language = {"zh": "zh-Hans", "en": "en"}[first.language]
    style = STYLE + _STYLE + ("" if len(found) > 1 else _PAGES)
    page = template(_PAGE).render(
        statements=found, title=first.title, language=language, style=style
    )
    return marked(page + "\n")
