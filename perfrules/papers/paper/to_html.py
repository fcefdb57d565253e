"""Papers as one HTML file that needs nothing else, made for sheets of A4."""

from collections.abc import Sequence
from typing import Final

from perfrules.layout.html_page import STYLE, template
from perfrules.papers.charts.curve import svg_of_curve
from perfrules.papers.paper.mark import marked
from perfrules.papers.paper.parts import Paper

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
.paper { max-width: 66rem; margin: 0 auto; padding: 2rem 1.5rem 3rem; }
.paper + .paper { break-before: page; border-top: 1px solid var(--line); }
.sheet tr { break-inside: avoid; }
.roomy { table-layout: fixed; }
.roomy td { height: 2.6rem; }
.fields th { width: 9rem; white-space: nowrap; }
.fields td { height: 2.6rem; }
.picture { margin: 0 0 .6rem; break-inside: avoid; }
.picture svg { max-width: 100%; height: auto; }
.wide { max-width: 92rem; page: wide; }
@page wide { size: A4 landscape; margin: 14mm 12mm; }
.signing { break-inside: avoid; }
.signing p { color: var(--soft); font-size: .85rem; margin: 0; }
@media (min-width: 45rem), print {
  .head { grid-template-columns: max-content 1fr max-content 1fr; }
}
@media print {
  .paper { max-width: none; padding: 0; }
  .paper + .paper { border-top: 0; }
  .sheet { width: calc(100% - 1px); }
  .result div { flex-basis: 7rem; }
  .result dd { font-size: 1.1rem; }
  .roomy td, .fields td { height: 10mm; }
  .sheet th, .sheet td { padding: .2rem .35rem; font-size: 9pt; border-color: #8a93a3; }
  footer { margin-top: .8rem; }
}
"""

_PAGES: Final = """
@page { @bottom-center { content: counter(page) " / " counter(pages); font-size: 8pt; } }
"""
"""Of one paper: among many the pages of each cannot be counted."""

_SECRET: Final = """
/* The first page has its head in the text. */
@page { @top-right { content: "保密 · Confidential"; font-size: 8pt; color: #a32020; } }
@page :first { @top-right { content: none; } }
"""

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
{% for found in papers %}
<article class="paper{% if found.wide %} wide{% endif %}">
<div class="running"><span>{{ found.cycle }}</span>\
<span class="secrecy">{{ found.secrecy }}</span></div>
<h1>{{ found.title }}</h1>
<dl class="head">
{% for name, value in found.head %}
<dt>{{ name }}</dt><dd>{{ value }}</dd>
{% endfor %}
</dl>
{% for part in found.parts %}
<section class="{{ part.kind }}">
{% if part.title %}
<h2>{{ part.title }}</h2>
{% endif %}
{% if part.remark %}
<p>{{ part.remark }}</p>
{% endif %}
{% if part.pairs %}
<dl class="result">
{% for name, value in part.pairs %}
<div><dt>{{ name }}</dt>\
<dd{% if value|length <= 16 %} class="short"{% endif %}>{{ value }}</dd></div>
{% endfor %}
</dl>
{% endif %}
{% if part.picture %}
<figure class="picture">{{ drawn(part.picture, found.language)|safe }}</figure>
{% endif %}
{% if part.points %}
<ul class="points">
{% for point in part.points %}
<li><strong>{{ point.title }}</strong>\
{% if point.figures %}{{ found.joint }}{{ point.figures }}{% endif %}

{% for note in point.notes %}
<span class="note">{{ note }}</span>
{% endfor %}
</li>
{% endfor %}
</ul>
{% endif %}
{% if part.table %}
<table class="sheet{% if part.table.roomy %} roomy{% endif %}">
{% if part.table.shares %}
<colgroup>
{% for share in part.table.shares %}
<col style="width: {{ share * 100 // part.table.shares|sum }}%">
{% endfor %}
</colgroup>
{% endif %}
<thead><tr>
{% for cell in part.table.head %}
<th scope="col"{% if part.table.is_figure(loop.index0) %} class="figure"{% endif %}>{{ cell }}</th>
{% endfor %}
</tr></thead>
{% for name, rows in (("tbody", part.table.rows), ("tfoot", part.table.foot)) if rows %}
<{{ name }}>
{% for row in rows %}
<tr>
{% for cell in row %}
<td{% if part.table.is_figure(loop.index0) %} class="figure"{% endif %}>{{ cell }}</td>
{% endfor %}
</tr>
{% endfor %}
</{{ name }}>
{% endfor %}
</table>
{% endif %}
{% if part.signing %}
<table class="sheet fields"><tbody>
{% for name in part.signing.blanks %}
<tr><th scope="row">{{ name }}</th><td colspan="3"></td></tr>
{% endfor %}
{% for name in part.signing.signatures %}
<tr><th scope="row">{{ name }}</th><td></td>\
<th scope="row">{{ part.signing.date_word }}</th><td></td></tr>
{% endfor %}
</tbody></table>
<p>{{ part.signing.remark }}</p>
{% endif %}
</section>
{% endfor %}
<footer>
<p>{{ (found.subject, found.running_head)|select|join(" · ") }}</p>
{% for name, value in found.seal %}
<p>{{ name }}{{ found.colon }}{{ value }}</p>
{% endfor %}
</footer>
</article>
{% endfor %}
</body>
</html>
"""


def html(found: Sequence[Paper]) -> str:
    """The whole file. Raises `MissingExtraError` where jinja2 is not installed."""
    first = found[0]
    language = {"zh": "zh-Hans", "en": "en"}[first.language]
    style = STYLE + _STYLE
    if len(found) == 1:
        style += (_SECRET if first.secrecy in ("保密", "Confidential") else "") + _PAGES
    page = template(_PAGE).render(
        papers=found, title=first.title, language=language, style=style, drawn=svg_of_curve
    )
    return marked(page + "\n")
