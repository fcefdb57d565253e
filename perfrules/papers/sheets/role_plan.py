"""A policy and its people -> the sheet of a role: one row a person, a column a figure."""

from collections.abc import Sequence
from typing import Final

from perfrules.codes.code import Text
from perfrules.exact import percent, plain
from perfrules.intake.as_given import GivenRow
from perfrules.intake.figures.asked_figures import figures_of
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.scoring import Direct, Levels, YesNo
from perfrules.model.weights import GivenWeight
from perfrules.model.written import Constant
from perfrules.papers.sheets.names import Names
from perfrules.papers.sheets.plan import Form, SheetColumn, SheetPlan
from perfrules.papers.sheets.words import (
    BANNER,
    CHOICES_OF_YES_NO,
    IF_EMPTY,
    PERCENT_DUE,
    SOURCE,
    UNIT,
    WITHIN,
    heading,
    part_title,
)

__all__ = ["role_plan", "unit_of"]

_MONEY: Final = frozenset(("CNY", "RMB", "元", "人民币", "USD", "EUR", "HKD"))

_SEPARATOR: Final = "; "


def role_plan(
    policies: Sequence[Policy], rows: Sequence[GivenRow], names: Names, ids: str, *,
    blank_rows: int, dates: str = "",
) -> SheetPlan:  # fmt: skip
    """The sheet of a role, whose versions are `policies`, with the rows of its people.

    `ids` is the range of another sheet that has all ids.
    """
    policy, language = policies[-1], names.language
    # The head has its labels in the id's column, where no person can be meant.
    id_column = "person_id" if policy.subject == "person" else "unit_id"
    columns = [
        SheetColumn(
            heading(id_column, language), unit=UNIT.into(language), source=SOURCE.into(language),
            choose_from=ids, sure=False, given=True,
        ),
        SheetColumn(heading("name", language), given=True),
    ]  # fmt: skip
    cells: list[list[str]] = [[row.id, row.name] for row in rows]
    for name in ("team", "department", "segment"):
        texts = [str(getattr(row, name)) for row in rows]
        if any(texts):
            columns.append(SheetColumn(heading(name, language), given=True))
            for line, text in zip(cells, texts, strict=True):
                line.append(text)
    frozen = len(columns) if any(row.segment for row in rows) else 2
    for version, indicator, part in figures_of(policies):
        columns.append(_column(version, indicator, part, names))
        for line, row in zip(cells, rows, strict=True):
            line.append(row.figures.get((indicator.name, part), ""))
    columns += [
        SheetColumn(heading("as_of", language), "date"),
        SheetColumn(heading("evidence", language)),
    ]
    for line, row in zip(cells, rows, strict=True):
        line.append(row.dates[0] if len(row.dates) == 1 else "")
        line.append(_SEPARATOR.join(row.evidence))
    banner = "  ".join(
        word
        for word in (names.title(policy.title), policy.label, dates, BANNER.into(language))
        if word
    )
    return SheetPlan(
        names.sheet(policy), banner, tuple(columns), tuple(map(tuple, cells)), blank_rows,
        frozen=frozen, has_parts=True,
    )  # fmt: skip


def _column(policy: Policy, indicator: Indicator, part: str, names: Names) -> SheetColumn:
    language = names.language
    source, hint = names.either(indicator.source or ""), ""
    choices: tuple[str, ...] = ()
    low = high = None
    form = _form(indicator)
    if part == "weight":
        source, form, hint = "", "percent", _within(indicator).into(language)
    elif part == "actual":
        if isinstance(indicator.score, Levels):
            choices, form = tuple(level.name for level in indicator.score.rows), "text"
        elif isinstance(indicator.score, YesNo):
            choices, form = tuple(one.into(language) for one in CHOICES_OF_YES_NO), "text"
        elif isinstance(indicator.score, Direct):
            low, high = indicator.score.low, indicator.score.high
    elif part in indicator.figures:
        source = ""
    else:
        source = ""
        known = indicator.target if part == "target" else indicator.baseline
        if isinstance(known, Constant):
            shown = percent(known.value) if form == "percent" else plain(known.value)
            source = hint = IF_EMPTY.into(language).format(value=shown)
    return SheetColumn(
        names.indicator(policy, indicator.name), form, part_title(part).into(language),
        "%" if part == "weight" else unit_of(indicator, choices), source, choices,
        low=low, high=high, hint=hint,
        refusal=PERCENT_DUE.into(language) if form == "percent" else "", signed=part == "weight",
    )  # fmt: skip


def _within(indicator: Indicator) -> Text:
    """What a weight of the data has to lie within."""
    assert isinstance(indicator.weight, GivenWeight)
    limits = indicator.weight.limits
    low, high = percent(limits.low), percent(limits.high)
    return Text(*(one.format(low=low, high=high) for one in WITHIN))


def _form(indicator: Indicator) -> Form:
    if indicator.in_percent:
        return "percent"
    return "money" if indicator.unit in _MONEY else "number"


def unit_of(indicator: Indicator, choices: Sequence[str]) -> str:
    """The unit, or the words that are to choose from."""
    return "/".join(choices) if choices else indicator.unit or ""
