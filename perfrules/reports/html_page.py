"""The page and its style; `html` fills it."""

from typing import Final

__all__ = ["PAGE", "STYLE"]

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

PAGE: Final = """\
<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" \
content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ found.title }}</title>
<style>{{ style|safe }}</style>
</head>
<body>
<main>
<h1>{{ found.title }}</h1>
<dl class="head">
{% for name, value in found.head %}
<dt>{{ name }}</dt><dd>{{ value }}</dd>
{% endfor %}
</dl>
<h2>{{ word("result" if found.complete else "none") }}</h2>
{% if found.result %}
<dl class="result">
{% for name, value in found.result %}
<div><dt>{{ name }}</dt>
<dd class="{{ "words" if value|length > 11 else "figure" }}">{{ value }}</dd></div>
{% endfor %}
</dl>
{% endif %}
{% if found.problems %}
{% if found.complete %}<h2>{{ word("notices") }}</h2>
{% endif %}
<ul class="problems">
{% for problem in found.problems %}
<li class="{{ problem.severity }}">
<p><b>{{ problem.message }}</b></p>
{% if problem.help %}<p>{{ word("help") }}{{ word("colon") }}{{ problem.help }}</p>
{% endif %}
<p class="place">{{ problem.place }} [{{ problem.code }}]</p>
</li>
{% endfor %}
</ul>
{% endif %}
<h2>{{ found.overview_title }}</h2>
{% macro figure(place) %}
{{ ' class="figure"' | safe if place >= found.overview_words else "" }}
{%- endmacro %}
<table class="overview">
<thead><tr>
{% for cell in found.overview_head %}
<th scope="col"{{ figure(loop.index0) }}>{{ cell }}</th>
{% endfor %}
</tr></thead>
<tbody>
{% for row in found.overview %}
<tr>
{% for cell in row.cells %}
<td{{ figure(loop.index0) }}>{{ cell }}</td>
{% endfor %}
</tr>
{% endfor %}
</tbody>
</table>
{% if found.blocks %}
<h2>{{ word("details" if found.complete else "so far") }}</h2>
{% endif %}
{% for block in found.blocks %}
<details open>
<summary><strong>{{ title_of(block) }}</strong>
{% for fact in block.facts %}
<span class="fact">{{ fact }}</span>
{% endfor %}
</summary>
<div class="lines">
{% for line in block.lines %}
<div class="line {{ line.outcome }}">
<div class="label">{{ line.label }}</div>
<div class="text"><b>{{ line.text }}</b>
{% for note in line.notes %}
<span class="note">{{ note }}</span>
{% endfor %}
</div>
<div class="places">
{% if line.rules %}
<span class="place">{{ word("rule") }} {{ line.rules|join(word("semicolon")) }}</span>
{% endif %}
{% for source in line.sources %}
<span class="place">{{ word("source") }} {{ source }}</span>
{% endfor %}
</div>
</div>
{% endfor %}
</div>
</details>
{% endfor %}
<footer>
{% for name, value in found.seal %}
<p>{{ name }}{{ word("colon") }}{{ value }}</p>
{% endfor %}
</footer>
</main>
</body>
</html>
"""
