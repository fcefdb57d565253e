"""The form of one person: figures, self-assessment, the manager's ratings and comments."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from perfrules.codes.code import Language
from perfrules.exact import percent, plain
from perfrules.intake.forms.cycle_forms import CycleForms, shown_target
from perfrules.intake.forms.raters import MANAGER, SELF
from perfrules.intake.forms.row_keys import FormSubject
from perfrules.intake.forms.slots import Asked
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.written import Constant
from perfrules.papers.forms.form_plan import (
    FormColumn,
    FormPlan,
    FormRow,
    FormTable,
    asked_by,
)
from perfrules.papers.forms.words import (
    FILL_IN_PERSON,
    HEADINGS,
    OVERALL,
    OVERALL_ROWS,
    PERSON_TITLE,
    SAID_ALREADY,
)
from perfrules.papers.sheets.names import Names
from perfrules.papers.sheets.words import part_title
from perfrules.words.bilingual import unit

__all__ = ["person_form"]

_MAIN: Final = ("weight", "target", "baseline")
_WIDTHS: Final = {"evidence": 16, "self_words": 30, "manager_words": 30, "indicator": 22}
_SAID: Final = (
    (SELF, "score", "self_score"), (SELF, "words", "self_words"),
    (MANAGER, "score", "manager_score"), (MANAGER, "words", "manager_words"),
)  # fmt: skip
_WORDS: Final = ("evidence", "comment")


def person_form(forms: CycleForms, person: str, names: Names) -> FormPlan:
    """The form of a person of the cycle, in the language of `names`."""
    language = names.language
    found = forms.of_person(person)
    one = found[-1][0]
    placed = [(subject, _by_place(asked, language)) for subject, asked in found]
    # The tables of the segments stand in one grid, so that they share their columns.
    columns = _columns(placed, language)
    has_sections = any(subject.rules.policy.sections for subject, _ in placed)
    tables = [_table(*each, columns, names, has_sections=has_sections) for each in placed]
    if overall := [_veiled(one, language) for one in forms.overall(person)]:
        tables.append(_overall(overall, tables[-1], language))
    return FormPlan(
        "person", language, forms.cycle.id, person, PERSON_TITLE.into(language),
        f"{_cycle_title(forms, language)} · {PERSON_TITLE.into(language)}",
        _pairs(forms, one, names), tuple(line.into(language) for line in FILL_IN_PERSON),
        tuple(tables), tuple(asked_by(subject) for subject, _ in found),
    )  # fmt: skip


def _cycle_title(forms: CycleForms, language: Language) -> str:
    title = forms.cycle.title
    return " ".join(title.into(language).split()) if title else forms.cycle.id


def _pairs(forms: CycleForms, one: FormSubject, names: Names) -> tuple[tuple[str, str], ...]:
    manager = forms.raters.manager(one) or ""
    called = forms.name(manager)
    cycle = forms.cycle
    pairs = {
        "person_id": one.id,
        "name": one.name,
        "role": names.title(one.rules.policy.title),
        "department": one.department,
        "team": one.team,
        "manager": f"{called}（{manager}）" if called else manager,
        "cycle": f"{cycle.start.isoformat()} – {cycle.end.isoformat()}",
        "policy": one.rules.policy.label,
    }
    return tuple((HEADINGS[name].into(names.language), text) for name, text in pairs.items())


_Placed = dict[tuple[str, str], Asked]
"""What is asked, by indicator and column."""


def _veiled(one: Asked, language: Language) -> Asked:
    """What the manager has said already is not shown to the person: only that it was said."""
    if one.slot.row.group == MANAGER and one.known:
        return dataclasses.replace(one, known=SAID_ALREADY.into(language))
    return one


def _by_place(asked: Iterable[Asked], language: Language) -> _Placed:
    found: _Placed = {}
    for one in asked:
        row = one.slot.row
        kind = "words" if one.slot.column in _WORDS else "score"
        column = one.slot.column if row.table == "actuals" else f"{row.group}.{kind}"
        found[row.indicator, column] = _veiled(one, language)
    return found


def _table(
    one: FormSubject, by_place: _Placed, columns: Mapping[str, tuple[str, int]], names: Names, *,
    has_sections: bool,
) -> FormTable:  # fmt: skip
    """The indicators of a person or of one segment, a row each."""
    policy, language = one.rules.policy, names.language
    rows = []
    for indicator in policy.indicators:
        labels = (
            *((_section(policy, indicator, names),) if has_sections else ()),
            names.indicator(policy, indicator.name),
            _weight(policy, indicator),
            unit(indicator.unit, language) if indicator.unit else "",
        )
        cells = tuple(
            by_place.get((indicator.name, name))
            or (shown_target(one, indicator) or None if name == "target" else None)
            for name in columns
        )
        rows.append(FormRow(labels, cells))
    head = HEADINGS["indicator"].into(language)
    if one.segment:
        segment = HEADINGS["segment"].into(language).format(number=one.segment)
        head = f"{head} · {segment}"
    label_columns = (
        *((FormColumn(HEADINGS["section"].into(language), 12),) if has_sections else ()),
        FormColumn(head, _WIDTHS["indicator"]),
        FormColumn(HEADINGS["weight"].into(language), 8),
        FormColumn(HEADINGS["unit"].into(language), 8),
    )
    title = names.title(policy.title) if one.segment else ""
    shown = tuple(FormColumn(heading, width) for heading, width in columns.values())
    return FormTable(title, label_columns, shown, tuple(rows))


def _columns(
    placed: Iterable[tuple[FormSubject, _Placed]], language: Language
) -> dict[str, tuple[str, int]]:
    """The columns by what they hold, each with heading and width, where anybody needs them."""
    there: set[str] = set()
    own: list[str] = []
    for one, by_place in placed:
        there |= {column for _, column in by_place}
        for indicator in one.rules.policy.indicators:
            own += indicator.figures
            if isinstance(indicator.target, Constant):
                there.add("target")
    found: dict[str, tuple[str, int]] = {}
    for part in dict.fromkeys((*_MAIN, *own, "actual")):
        if part in there:
            heading = part_title(part).into(language)
            if part == "weight":
                heading = f"{heading} %"
            found[part] = heading[:1].upper() + heading[1:], 12
    if "evidence" in there:
        found["evidence"] = HEADINGS["evidence"].into(language), _WIDTHS["evidence"]
    for group, kind, name in _SAID:
        if f"{group}.{kind}" in there:
            found[f"{group}.{kind}"] = HEADINGS[name].into(language), _WIDTHS.get(name, 10)
    return found


def _section(policy: Policy, indicator: Indicator, names: Names) -> str:
    return next(
        (names.title(one.title) for one in policy.sections if one.name == indicator.section), ""
    )


def _weight(policy: Policy, indicator: Indicator) -> str:
    """The weight as the policy writes it; empty where it comes with the data, or from others."""
    weight = indicator.weight
    if not isinstance(weight, Constant):
        return ""
    in_parts = policy.in_parts(indicator.section)
    return plain(weight.value) if in_parts else percent(weight.value)


def _overall(asked: Sequence[Asked], above: FormTable, language: Language) -> FormTable:
    """What is said of the whole, as wide as the table above."""
    rows = []
    for group in (SELF, MANAGER):
        cells = {one.slot.column: one for one in asked if one.slot.row.group == group}
        if cells:
            label = OVERALL_ROWS[group].into(language)
            rows.append(FormRow((label,), (cells["score"], cells["comment"])))
    grid = len(above.labels) + len(above.columns)
    spans = (len(above.labels), 1, max(grid - len(above.labels) - 1, 1))
    named = zip(("item", "points", "words"), spans, strict=True)
    found = tuple(FormColumn(HEADINGS[name].into(language), 0, span) for name, span in named)
    return FormTable(OVERALL.into(language), found[:1], found[1:], tuple(rows))
