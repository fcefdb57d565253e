"""From a record to the outline of its explanation."""

from perfrules.words.explanation.blocks import blocks
from perfrules.words.explanation.head import head, result
from perfrules.words.explanation.outline import Outline, Problem
from perfrules.words.explanation.overview import overview
from perfrules.words.glossary import Glossary, Json

__all__ = ["outline"]


def outline(told: Glossary) -> Outline:
    """The outline of the record that `told` speaks of."""
    record = told.record
    table = overview(told)
    return Outline(
        language=told.language,
        title=told.say("绩效考核结果说明", "How the appraisal came about"),
        complete=record["status"] == "complete",
        head=tuple(head(told)),
        result=tuple(result(told)),
        overview_title=table.title,
        overview_words=table.words,
        overview_head=table.head,
        overview=table.rows,
        problems=tuple(_problem(told, problem) for problem in record["problems"]),
        blocks=tuple(blocks(told)),
        seal=(
            (told.say("方案摘要", "policy digest"), f"sha256:{record['policy']['digest']}"),
            (told.say("记录摘要", "record digest"), f"sha256:{record['digest']}"),
        ),
    )


def _problem(told: Glossary, problem: Json) -> Problem:
    language = told.language
    return Problem(
        problem["severity"], problem["message"][language], problem["place"],
        problem["help"][language], problem["code"],
    )  # fmt: skip
