"""One person's result in sentences, from the stored record and the resolved policy.

There is one way: `perfrules explain` reads a record from a result folder, and an appraisal
in memory goes through `trace_json.trace_record` first.
"""

import json
from collections.abc import Sequence
from typing import Literal

from perfrules.codes.code import Language
from perfrules.words.explanation.to_outline import outline
from perfrules.words.glossary import Glossary, Json

__all__ = ["Format", "explain"]

Format = Literal["text", "json", "markdown", "html"]


def explain(
    record: Json, resolved: Json, language: Language, format: Format, parts: Sequence[Json] = ()
) -> str:
    """The explanation of a record (`trace_json`) under its policy (`to_resolved`).

    As json it is the record itself, as it was sealed.

    `parts` are the policies of the roles that somebody held one after the other, which know what
    the payouts of those roles are called.

    Raises `ValueError` where the record is of another policy, and `MissingExtraError` where html is
    asked for and jinja2 is not installed.
    """
    if format == "json":
        return json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    found = outline(Glossary(record, resolved, language, parts))
    # The layouts are imported when they are asked for: most runs need one of them.
    match format:
        case "text":
            from perfrules.screens.text import text

            return text(found)
        case "markdown":
            from perfrules.screens.markdown import markdown

            return markdown(found)
        case "html":
            from perfrules.screens.html import html

            return html(found)
    raise ValueError(f"unknown format: {format}")
