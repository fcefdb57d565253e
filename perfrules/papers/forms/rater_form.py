"""The form of one rater: everybody whom they have to rate, a row for each indicator."""

from perfrules.codes.code import Language
from perfrules.exact import plain
from perfrules.intake.forms.cycle_forms import CycleForms
from perfrules.intake.forms.raters import Assignment, groups_of
from perfrules.papers.forms.form_plan import (
    FormColumn,
    FormPlan,
    FormRow,
    FormTable,
    asked_by,
)
from perfrules.papers.forms.words import FILL_IN_RATER, HEADINGS, RATER_TITLE, group_title
from perfrules.papers.sheets.names import Names

__all__ = ["rater_form"]


def rater_form(forms: CycleForms, rater: str, names: Names) -> FormPlan:
    """The form of somebody who rates others, in the language of `names`."""
    language, cycle = names.language, forms.cycle
    rows, bands = [], dict[str, int]()
    policies = {}
    for one, asked in sorted(forms.of_rater(rater), key=lambda found: found[0].subject.id):
        subject = one.subject
        policies[subject.id, subject.segment] = asked_by(subject)
        score, basis = asked
        low, high = (plain(end) if end is not None else "" for end in (score.low, score.high))
        labels = (
            f"{subject.id}#{subject.segment}" if subject.segment else subject.id,
            subject.name,
            subject.department or subject.team,
            _as_whom(one, language),
            names.indicator(subject.rules.policy, one.indicator),
            f"{low} – {high}",
        )
        band = bands.setdefault(subject.id, len(bands))
        rows.append(FormRow(labels, (score, basis), band))
    head = [("person_id", 12), ("name", 16), ("department", 16), ("group", 12), ("indicator", 24)]
    labels_of = tuple(
        FormColumn(HEADINGS[name].into(language), width) for name, width in (*head, ("scale", 12))
    )
    columns = (
        FormColumn(HEADINGS["score"].into(language), 10),
        FormColumn(HEADINGS["basis"].into(language), 46),
    )
    title = " ".join(cycle.title.into(language).split()) if cycle.title else cycle.id
    called = forms.name(rater)
    pairs = {
        "rater": f"{called}（{rater}）" if called else rater,
        "count": str(len(rows)),
        "cycle": f"{cycle.start.isoformat()} – {cycle.end.isoformat()}",
    }
    return FormPlan(
        "rater", language, cycle.id, rater, RATER_TITLE.into(language),
        f"{title} · {RATER_TITLE.into(language)}",
        tuple((HEADINGS[name].into(language), text) for name, text in pairs.items()),
        tuple(line.into(language) for line in FILL_IN_RATER),
        (FormTable("", labels_of, columns, tuple(rows)),), tuple(policies.values()),
    )  # fmt: skip


def _as_whom(one: Assignment, language: Language) -> str:
    """The group that a rating is of; with its id where two groups are called the same."""
    title = group_title(one.group).into(language)
    same = {
        group
        for name, group in groups_of(one.subject)
        if name == one.indicator and group_title(group).into(language) == title
    }
    return title if len(same) == 1 else f"{title} ({one.group})"
