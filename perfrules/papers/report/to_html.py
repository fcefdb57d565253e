"""The report as one HTML file that needs nothing else: no script, no network, made for A4."""

from typing import Final

from perfrules.layout.html_page import STYLE, template
from perfrules.papers.paper.mark import marked
from perfrules.papers.report.page import Page

__all__ = ["html"]

_STYLE: Final = """
main { max-width: 58rem; }
.secrecy { color: var(--bad); font-weight: 600; margin: 0 0 .4rem; }
.lead { color: var(--soft); margin: 0 0 1rem; }
.result { margin: 1.2rem 0; }
.result div { flex-basis: 7.5rem; padding: .6rem .8rem; }
.result dd { font-size: 1.15rem; overflow-wrap: break-word; }
.result div:first-child dd { color: inherit; }
nav ul { margin: 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap;
  gap: .2rem 1.2rem; }
nav a { color: var(--mark); }
h2 { border-bottom: 2px solid var(--line); padding-bottom: .2rem; margin-top: 2.4rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 .6rem; overflow-wrap: anywhere; }
figure { margin: 0 0 .6rem; break-inside: avoid; }
figure svg { display: block; width: 100%; max-width: 720px; height: auto; }
.data { margin: 0 0 .4rem; font-size: .85rem; width: auto; min-width: 55%; }
.data.wide { width: 100%; }
.data thead th, .data th:first-child { overflow-wrap: break-word; }
.data caption { text-align: left; color: var(--soft); padding-bottom: .2rem; }
.data th, .data td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
.data thead th { background: var(--wash); color: var(--soft); font-weight: 500; }
.data tbody th { font-weight: 400; }
.data .figure { text-align: right; overflow-wrap: normal; }
.data td.figure { white-space: nowrap; }
.data tfoot { display: table-row-group; font-weight: 600; }
.data tfoot th { font-weight: 600; }
.data tfoot tr:first-child > * { border-top-width: 2px; }
.data tr { break-inside: avoid; }
.notes { color: var(--soft); font-size: .8rem; margin: 0 0 .3rem; padding: 0; list-style: none; }
@media print {
  main { max-width: none; }
  nav { display: none; }
  h3 { break-after: avoid; }
  .data.wide { width: calc(100% - 1px); }
  figure svg { max-width: 165mm; }
  .data th, .data td { font-size: 8.5pt; padding: .12rem .3rem; border-color: #8a93a3; }
  .keep { break-inside: avoid; }
  .result div { flex-basis: 5.5rem; padding: .3rem .5rem; }
  .result dd { font-size: 1rem; white-space: nowrap; }
  h2 { margin-top: 1.4rem; }
}
@page { @top-right { content: "保密 · Confidential"; font-size: 8pt; color: #a32020; }
  @bottom-center { content: counter(page) " / " counter(pages); font-size: 8pt; } }
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
<title>{{ page.title }} {{ page.cycle }}</title>
<style>{{ style|safe }}</style>
</head>
<body>
<main>
<header>
<p class="secrecy">{{ page.secrecy }}</p>
<h1>{{ page.title }}</h1>
<dl class="head">
{% for name, value in page.head %}
<dt>{{ name }}</dt><dd>{{ value }}</dd>
{% endfor %}
</dl>
</header>
<dl class="result">
{% for name, value in page.key_figures %}
<div><dt>{{ name }}</dt><dd>{{ value }}</dd></div>
{% endfor %}
</dl>
<nav aria-label="{{ page.contents }}"><ul>
{% for chapter in page.chapters %}
<li><a href="#{{ chapter.key }}">{{ chapter.title }}</a></li>
{% endfor %}
</ul></nav>
{% for chapter in page.chapters %}
<section id="{{ chapter.key }}" aria-labelledby="{{ chapter.key }}-title">
<h2 id="{{ chapter.key }}-title">{{ chapter.title }}</h2>
{% for one in chapter.shown %}
{% if not (one.picture or one.table) %}
<p>{{ one.title }}</p>
{% else %}
<div{% if one.picture %} class="keep"{% endif %}>
<h3>{{ one.title }}</h3>
{% if one.picture %}
<figure>{{ one.picture|safe }}</figure>
{% endif %}
</div>
{% endif %}
{% if one.table %}
<table class="data{{ " wide" if one.table.shares or one.table.head|length > 6 }}\
{{ " keep" if one.table.rows|length <= 14 }}">
{% if one.picture %}
<caption>{{ page.data_word }}</caption>
{% endif %}
{% if one.table.shares %}
<colgroup>
{% for share in one.table.shares %}
<col style="width: {{ share * 100 // one.table.shares|sum }}%">
{% endfor %}
</colgroup>
{% endif %}
<thead><tr>
{% for cell in one.table.head %}
<th scope="col"{% if one.table.is_figure(loop.index0) %} class="figure"{% endif %}>{{ cell }}</th>
{% endfor %}
</tr></thead>
{% for name, rows in (("tbody", one.table.rows), ("tfoot", one.table.foot)) if rows %}
<{{ name }}>
{% for row in rows %}
<tr>
{% for cell in row %}
{% if loop.first %}
<th scope="row">{{ cell }}</th>
{% else %}
<td{% if one.table.is_figure(loop.index0) %} class="figure"{% endif %}>{{ cell }}</td>
{% endif %}
{% endfor %}
</tr>
{% endfor %}
</{{ name }}>
{% endfor %}
</table>
{% endif %}
{% if one.notes %}
<ul class="notes">
{% for note in one.notes %}
<li>{{ note }}</li>
{% endfor %}
</ul>
{% endif %}
{% endfor %}
</section>
{% endfor %}
</main>
<footer>
{% for name, value in page.seal %}
<p>{{ name }}{{ page.colon }}{{ value }}</p>
{% endfor %}
</footer>
</body>
</html>
"""


def html(page: Page) -> str:
    """The whole file. Raises `MissingExtraError` where jinja2 is not installed."""
    language = {"zh": "zh-Hans", "en": "en"}[page.language]
    text = template(_PAGE).render(page=page, language=language, style=STYLE + _STYLE)
    return marked(text + "\n")
