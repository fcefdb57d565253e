"""A stored record and its policy -> the statement for the one person it is about."""

from collections.abc import Iterator, Sequence
from typing import Final

from perfrules.codes.code import Language
from perfrules.papers.feedback.beside import objectives
from perfrules.papers.feedback.changes import Mask, changes, vetoes
from perfrules.papers.feedback.compared import Unit, last_cycle, trend
from perfrules.papers.feedback.head import About, Run, cycle_name, head_of, result_of, subject_kind
from perfrules.papers.feedback.indicators import sorted_out
from perfrules.papers.feedback.masking import NOBODY, Others
from perfrules.papers.feedback.missing import to_the_next_grade, to_the_next_tiers
from perfrules.papers.feedback.score_parts import score_parts
from perfrules.papers.paper.parts import Paper, Part, Point, Signing, Table
from perfrules.words.glossary import Glossary, Json

__all__ = ["About", "Run", "statement"]

_OF_MEASURES = (28, 52, 38, 24, 28)
"""The widths of the columns of measures."""

_LEAST_LINES = 3
"""So many lines are there to be filled in with measures."""


_NOTHING_MORE: Final = About()
_NO_RUN: Final = Run()


def statement(
    record: Json,
    resolved: Json,
    language: Language,
    about: About = _NOTHING_MORE,
    others: Others = NOBODY,
    roles: Sequence[tuple[Json, Json]] = (),
    units: Sequence[Unit] = (),
    run: Run = _NO_RUN,
) -> Paper:
    """The statement of a complete record (`trace_json`) under its policy (`to_resolved`).

    `others` are taken out of whatever somebody wrote. `roles` are the records, with their
    policies, of the roles that a person held in turn; `units` those of which the person is a
    part. Raises `ValueError` where the record is
    of another policy, or has no result.
    """
    if record["status"] != "complete":
        raise ValueError(f"{record['subject']} has no result")
    policies = tuple(policy for _, policy in roles)
    told = Glossary(record, resolved, language, policies, run.currency)
    held = [Glossary(*role, language, (), run.currency) for role in roles]
    own = (record["subject"], *about)

    def mask(text: str) -> str:
        return others.masked(text, own, language)

    return Paper(
        kind="feedback",
        language=language,
        title=told.say("绩效反馈表", "Performance feedback"),
        cycle=cycle_name(told, run),
        secrecy=told.say("保密", "Confidential"),
        head=(head := tuple(head_of(told, about, run))),
        parts=(
            Part("result", told.say("考核结果", "Result"), pairs=tuple(result_of(told))),
            *_parts(told, held or [told], units, mask),
            _talk(told),
        ),
        seal=(
            (told.say("方案摘要", "policy digest"), f"sha256:{record['policy']['digest']}"),
            (told.say("记录摘要", "record digest"), f"sha256:{record['digest']}"),
        ),
        subject=head[0][1],
    )


def _talk(told: Glossary) -> Part:
    whose = told.say("被考核人签字", "Signature of the person")
    if subject_kind(told) in ("team", "department", "project"):
        whose = told.say("负责人签字", "Signature of the person in charge")
    signing = Signing(
        blanks=(
            told.say("面谈日期", "Date of the talk"),
            told.say("本人意见", "Own comments"),
            told.say("上级意见", "Comments of the superior"),
        ),
        signatures=(whose, told.say("直接上级签字", "Signature of the superior")),
        date_word=told.say("日期", "Date"),
        remark=told.say(
            "签字表示双方已就以上内容当面沟通，不表示同意考核结果。",
            "The signatures say that this was talked over, not that the result is agreed with.",
        ),
    )
    return Part("signing", told.say("面谈与签字", "Talk and signatures"), signing=signing)


# The parts


def _parts(
    told: Glossary, judged: Sequence[Glossary], units: Sequence[Unit], mask: Mask
) -> Iterator[Part]:
    """`judged` are the records that have indicators: this one, or those of the roles in turn."""
    found = sorted_out(judged, units)
    held = tuple(point for one in judged for point in vetoes(one, mask))
    if held:
        yield Part("vetoes", told.say("否决项", "Vetoes"), held)
    if found.met or not held:
        none = told.say(
            "没有指标达到目标值或满分。", "No indicator is at its target or full score."
        )
        title = told.say("亮点", "Highlights")
        yield Part("highlights", title, found.met, remark=_if(found.met, none))
    none = told.say(
        "所有指标都达到目标值或满分。", "Every indicator is at its target or full score."
    )
    title = told.say("差距与提升空间", "Gaps and room for more")
    yield Part("gaps", title, found.short, remark=_if(found.short, none))
    if found.untold:
        yield Part("others", told.say("其他指标", "Other indicators"), found.untold)
    yield from score_parts(told, judged)
    changed = tuple(point for one in dict.fromkeys((*judged, told)) for point in changes(one, mask))
    if changed:
        title = told.say("加减分与调整", "Adjustments and changes")
        yield Part("changes", title, changed)
    yield from _ways_up(told)
    if points := tuple(Point(*one) for one in trend(told)):
        cycle = last_cycle(told)
        yield Part("trend", told.say(f"与 {cycle} 相比", f"Against {cycle}"), points)
    if table := objectives(told, mask):
        title = told.say("OKR（不计入总分和奖金）", "OKR (no part of the total or of pay)")
        yield Part("okr", title, table=table)
    to_mend = [one.title for one in held if one.title != told.say("总分", "Total")]
    yield from _plans(told, [*to_mend, *(one.title for one in found.short)])


def _if(points: Sequence[Point], none: str) -> str:
    return "" if points else none


def _ways_up(told: Glossary) -> Iterator[Part]:
    grade, tiers = tuple(to_the_next_grade(told)), tuple(to_the_next_tiers(told))
    if tiers:
        title = told.say("距下一等级和下一档奖金", "To the next grade and the next tier of pay")
        yield Part("next", title, (*grade, *tiers))
    elif grade:
        yield Part("next", told.say("距下一等级", "To the next grade"), grade)


def _plans(told: Glossary, short: Sequence[str]) -> Iterator[Part]:
    """What is to be filled in, and what the result has set going."""
    title = told.say("改进措施与支持", "Measures and support")
    yield Part("measures", title, table=_measures(told, short))
    follow_ups: Json = told.record.get("follow_ups") or {}
    if follow_ups:
        head = told.say("事项", "follow-up"), told.say("到期日", "due")
        rows = tuple(
            (told.title("follow_ups", name), due or "") for name, due in follow_ups.items()
        )
        yield Part("follow_ups", told.say("后续安排", "Follow-ups"), table=Table(head, rows))


def _measures(told: Glossary, short: Sequence[str]) -> Table:
    """A line for each veto and gap, to be filled in, and never fewer than a few."""
    head = (
        told.say("差距", "gap"),
        told.say("改进措施", "measure"),
        told.say("所需支持", "support"),
        told.say("负责人", "owner"),
        told.say("完成日期", "date"),
    )
    named = [*short]
    named += [""] * (_LEAST_LINES - len(named))
    return Table(
        head, tuple((name, "", "", "", "") for name in named), roomy=True, shares=_OF_MEASURES
    )
