"""目标评估与绩效表: a person on one sheet, from the targets down to the grade, to be signed."""

from collections.abc import Sequence
from typing import Final

from perfrules.codes.code import Language
from perfrules.papers.feedback.changes import changes, vetoes
from perfrules.papers.feedback.compared import Unit
from perfrules.papers.feedback.head import About, Run, cycle_name, head_of, result_of
from perfrules.papers.feedback.masking import NOBODY, Others
from perfrules.papers.feedback.score_parts import score_parts
from perfrules.papers.paper.parts import Paper, Part, Signing
from perfrules.words.glossary import Glossary, Json

__all__ = ["appraisal"]

_NOBODY_KNOWN: Final = About()
_NO_RUN: Final = Run()


def appraisal(
    record: Json,
    resolved: Json,
    language: Language,
    about: About = _NOBODY_KNOWN,
    others: Others = NOBODY,
    roles: Sequence[tuple[Json, Json]] = (),
    units: Sequence[Unit] = (),
    run: Run = _NO_RUN,
) -> Paper:
    """The sheet of a complete record; what it takes, and raises, is what a statement does."""
    if record["status"] != "complete":
        raise ValueError(f"{record['subject']} has no result")
    policies = tuple(policy for _, policy in roles)
    told = Glossary(record, resolved, language, policies, run.currency)
    judged = [Glossary(*role, language, (), run.currency) for role in roles] or [told]
    own = (record["subject"], *about)

    def mask(text: str) -> str:
        return others.masked(text, own, language)

    head = tuple(head_of(told, about, run))
    parts = list(score_parts(told, judged, natures=True))
    held = tuple(point for one in judged for point in vetoes(one, mask))
    if held:
        parts.append(Part("vetoes", told.say("否决项", "Vetoes"), held))
    changed = tuple(point for one in dict.fromkeys((*judged, told)) for point in changes(one, mask))
    if changed:
        parts.append(Part("changes", told.say("加减分与调整", "Adjustments and changes"), changed))
    parts.append(Part("result", told.say("考核结果", "Result"), pairs=tuple(result_of(told))))
    parts.append(_signing(told))
    return Paper(
        kind="appraisal",
        language=language,
        title=told.say("目标评估与绩效表", "Appraisal sheet"),
        cycle=cycle_name(told, run),
        secrecy=told.say("保密", "Confidential"),
        head=head,
        parts=tuple(parts),
        seal=(
            (told.say("方案摘要", "policy digest"), f"sha256:{record['policy']['digest']}"),
            (told.say("记录摘要", "record digest"), f"sha256:{record['digest']}"),
        ),
        subject=head[0][1],
        wide=True,
    )


def _signing(told: Glossary) -> Part:
    names = (
        told.say("被考核人签字", "Signature of the person"),
        told.say("直接上级签字", "Signature of the superior"),
        told.say("部门负责人签字", "Signature of the head"),
        told.say("人力资源签字", "Signature of human resources"),
    )
    signing = Signing((), names, told.say("日期", "Date"))
    return Part("signing", told.say("签字", "Signatures"), signing=signing)
