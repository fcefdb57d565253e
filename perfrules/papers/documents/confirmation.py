"""个人绩效目标确认书: what somebody is asked to reach, how it scores and what it pays.

Both sign it before the cycle begins.
"""

import hashlib
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfrules.exact import plain
from perfrules.papers.documents.of_cycle import CycleOf
from perfrules.papers.documents.rule_parts import rule_parts
from perfrules.papers.documents.target_table import Agreed, target_table
from perfrules.papers.paper.parts import Paper, Part, Point
from perfrules.words.glossary import Glossary
from perfrules.words.rules.scores import score_lines

__all__ = ["confirmation"]

_CHAPTERS = ("adjustments", "vetoes", "grades", "incentives", "target_changes")


def confirmation(
    subject: str,
    head: Sequence[tuple[str, str]],
    told: Glossary,
    agreed: Agreed,
    digest: str,
    cycle: CycleOf,
) -> Paper:
    """The paper of one person or unit, judged by the policy that `told` has, whose SHA-256 is
    `digest`. `head` says who it is.

    It is bound to the policy and to what is agreed, and not to the other files of the cycle: it
    stays what it was when the actuals come in.
    """
    title = told.say("指标与目标", "Indicators and targets")
    parts = [Part("targets", title, table=target_table(told, agreed)), _scoring(told)]
    parts += rule_parts(told, _CHAPTERS)
    remark = told.say(
        "双方已就以上指标、权重、目标值和计分办法达成一致；周期内只按上述目标调整办法变更。",
        "Both have agreed on these indicators, weights, targets and ways to score; within the "
        "cycle they change only as said above.",
    )
    parts.append(Part("statement", told.say("确认", "Confirmed"), remark=remark))
    parts.append(
        cycle.signing(
            ("本人签字", "Signature of the person"),
            ("直接上级签字", "Signature of the superior"),
            blanks=(told.say("需要的支持", "Support that is needed"),),
        )
    )
    return Paper(
        kind="confirmation",
        language=told.language,
        title=told.say("个人绩效目标确认书", "Confirmation of targets"),
        cycle=cycle.name,
        secrecy=cycle.secrecy,
        head=(*head, *cycle.head()),
        parts=tuple(parts),
        seal=(
            (told.say("方案摘要", "policy digest"), f"sha256:{digest}"),
            (
                told.say("约定摘要", "digest of what is agreed"),
                f"sha256:{_digest((cycle.id, subject, digest, *_sorted(agreed)))}",
            ),
        ),
        subject=subject,
    )


def _sorted(agreed: Agreed) -> Iterator[str]:
    """A line for each figure: `sales.target 1000000`."""
    for name, figures in sorted(agreed.items()):
        for key, value in sorted(figures.items()):
            yield f"{name}.{key} {plain(value) if isinstance(value, Decimal) else value}"


def _digest(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _scoring(told: Glossary) -> Part:
    points = tuple(
        Point(told.title("indicators", name), "", score_lines(told, name))
        for name in told.part("indicators")
    )
    return Part("scoring", told.say("怎么计分", "How each scores"), points)
