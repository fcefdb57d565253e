"""The explanation as one HTML file."""

from typing import Final

from perfrules.layout.html_page import STYLE, template
from perfrules.words.explanation.headings import heading, title_of
from perfrules.words.explanation.outline import Outline

__all__ = ["html"]

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
