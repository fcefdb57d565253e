"""考核方案说明书: a policy for those who are judged by it, every rule in plain sentences."""

from perfrules.papers.documents.of_cycle import CycleOf
from perfrules.papers.documents.rule_parts import Pictures, example_part, rule_parts
from perfrules.papers.documents.target_table import target_table
from perfrules.papers.paper.parts import Paper, Part
from perfrules.words.glossary import Glossary, Json
from perfrules.words.rules.of_policy import about

__all__ = ["handbook"]


def handbook(
    told: Glossary,
    digest: str,
    cycle: CycleOf,
    example: Json | None = None,
    pictures: Pictures | None = None,
) -> Paper:
    """The handbook of the policy that `told` has, whose SHA-256 is `digest`.

    `example` is the record of a worked example, None where there is none; `pictures` are the
    curves of incentives, by their ids.
    """
    table = target_table(told, {})
    parts = [Part("overview", told.say("一览", "At a glance"), table=table)]
    parts += rule_parts(told, pictures=pictures)
    if example is not None:
        parts.append(example_part(told, example))
    return Paper(
        kind="handbook",
        language=told.language,
        title=told.say("考核方案说明书", "Handbook of the policy"),
        cycle=cycle.name,
        secrecy=told.say("内部资料", "Internal"),
        head=(*about(told), *cycle.head()),
        parts=tuple(parts),
        seal=((told.say("方案摘要", "policy digest"), f"sha256:{digest}"),),
        subject=told.text(told.resolved.get("title")) or told.resolved["policy"],
    )
