"""Rows of calibrations and appeals -> dated revisions of figures, totals and grades."""

import datetime
from typing import Final, Literal, NamedTuple

from perfrules.codes.code import Text
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.intake.figures.dated_rows import CannotReadError, DatedRows, lacking
from perfrules.intake.figures.figure_cells import typed, warn_bare
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.roster import Draft, RefusedEntry, Roster
from perfrules.intake.people.rules import Figure, unknown_indicator
from perfrules.intake.people.segment_rows import homes
from perfrules.intake.tables.table import Table
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Datum, Revision, Value

__all__ = ["read_calibrations"]

_TABLE: Final = "calibrations"
_NEEDED: Final = ("date", "what", "before", "after")

_WHOLE: Final = {"total": "total", "总分": "total", "grade": "grade", "等级": "grade"}
_PARTS: Final = {
    "score": "score", "得分": "score", "分数": "score",
    "actual": "actual", "实际值": "actual", "实际": "actual",
    "target": "target", "目标值": "target", "目标": "target",
}  # fmt: skip
_KINDS: Final[dict[str, Literal["calibration", "appeal"]]] = {
    "": "calibration", "calibration": "calibration", "校准": "calibration",
    "appeal": "appeal", "申诉": "appeal",
}  # fmt: skip

_COLUMNS: Final = {
    "date": Text("日期", "date"),
    "before": Text("调整前的值", "value before"),
    "after": Text("调整后的值", "value after"),
    "reason": Text("原因", "reason"),
    "approved_by": Text("批准人", "approver"),
}
_TARGET: Final = Text(
    "目标值应通过目标变更表（target_changes）调整",
    "targets are changed by the table `target_changes`",
)
_RATED: Final = Text(
    "该指标由评分得出，没有实际值，可改为调整得分",
    "the indicator is scored by ratings and has no actual; its score can be calibrated",
)


class _What(NamedTuple):
    """What a row is about: `total`, `grade`, or a figure of an indicator."""

    name: str
    draft: Draft
    figure: Figure | None = None
    part: str = ""


def read_calibrations(table: Table, roster: Roster) -> None:
    """Gives each draft its revisions, by date and then by row.

    A cell that cannot be read, or a `what` that nobody has, is an error. An entry that can be
    read and lacks something (a date, a reason, who approved it) is refused, with a warning.
    """
    reader = _CalibrationReader(table, roster)
    for draft, row in reader.rows.of(_NEEDED):
        try:
            reader.take(draft, row)
        except CannotReadError:
            continue
    for found in reader.found.values():
        draft = found[0][0]
        found.sort(key=lambda one: (one[1], one[2]))
        draft.revisions = tuple(revision for _, _, _, revision in found)


class _CalibrationReader:
    def __init__(self, table: Table, roster: Roster) -> None:
        self.table, self.roster = table, roster
        self.rows = DatedRows(table, roster)
        self.found: dict[str, list[tuple[Draft, datetime.date, int, Revision]]] = {}

    def take(self, draft: Draft, row: Row) -> None:
        what = self.what(draft, row)
        if what is None:
            return
        if what.part == "target":
            self.refuse(what, row, _TARGET)
            return
        if what.part == "actual" and what.figure and what.figure.kind == "ratings":
            self.refuse(what, row, _RATED)
            return
        day = self.rows.day(what.draft, row)
        before, after = (self.value(what, row, column) for column in ("before", "after"))
        kind = _KINDS.get(self.rows.word(row, "kind").casefold())
        origin = self.rows.origin(draft, row, day)
        given = {
            "date": day, "before": before, "after": after,
            "reason": origin.reason, "approved_by": origin.approved_by,
        }  # fmt: skip
        missing = [_COLUMNS[name] for name, one in given.items() if one is None or one == ""]
        if missing:
            self.refuse(what, row, lacking(missing))
        elif kind is None:
            word = self.rows.word(row, "kind")
            chinese = f"类别 `{word}` 应为 校准 或 申诉"
            english = f"its kind is `calibration` or `appeal`, not `{word}`"
            self.refuse(what, row, Text(chinese, english))
        elif day is not None and before is not None and after is not None:
            revision = Revision(kind, what.name, Datum(before, origin), Datum(after, origin))
            entries = self.found.setdefault(what.draft.id, [])
            entries.append((what.draft, day, row.number, revision))

    def what(self, draft: Draft, row: Row) -> _What | None:
        """What is to be calibrated, and whose it is where somebody moved; None after an error."""
        text = self.rows.word(row, "what")
        if (whole := _WHOLE.get(text.casefold())) is not None:
            return _What(whole, draft)
        name, part = _split(text)
        place = self.table.place(row.number, "what")
        if not part:
            draft.problems.append(Refusal("unknown-what", {"what": text}).at(place))
            return None
        for home in homes(self.table, row, draft, self.roster, "indicator", name=name, at="what"):
            if home.rules is None:
                continue
            figure = home.rules.figure(name)
            if figure is not None:
                return _What(f"{figure.indicator.name}.{part}", home, figure, part)
            near = home.rules.similar(name, home.rules.figures)
            home.problems.append(unknown_indicator(name, home.rules, near).at(place))
        return None

    def value(self, what: _What, row: Row, column: str) -> Value | None:
        """A number, a grade or what else the figure is; None where the cell is empty."""
        text, rules = self.table.text(row, column), what.draft.last_rules
        if what.name == "grade":
            word = self.rows.word(row, column)
            return _grade(word, rules.policy) if word and rules else None
        if what.part != "actual" or what.figure is None or rules is None:
            return self.rows.number(what.draft, row, column, None)
        found = typed(what.figure, "actual", text, rules, self.roster)
        if isinstance(found, Refusal):
            place = self.table.place(row.number, column)
            what.draft.problems.append(found.at(place, column=column))
            raise CannotReadError
        place = self.table.place(row.number, column)
        warn_bare(what.draft, what.figure, text, found, place)
        return found

    def refuse(self, what: _What, row: Row, why: Text) -> None:
        draft, place = what.draft, self.table.place(row.number)
        facts = {"person": draft.id, "what": what.name, "why": why}
        found = Refusal("calibration-refused", facts).at(place)
        draft.refused += (RefusedEntry(_TABLE, draft.id, what.name, place, found),)
        draft.problems.append(found)


def _split(text: str) -> tuple[str, str]:
    """The indicator and which of its figures is meant: `sales.score`, `销售额 得分`."""
    for word, part in _PARTS.items():
        name = text[: len(text) - len(word)]
        # An English word needs something before it: `underscore` is no score of anything.
        apart = not word.isascii() or name[-1:] in _BETWEEN
        if text.casefold().endswith(word) and apart and name.rstrip(_BETWEEN):
            return name.rstrip(_BETWEEN), part
    return text, ""


_BETWEEN: Final = " .·:的"


def _grade(word: str, policy: Policy) -> str:
    """A grade by its name or its title."""
    names = [one.grade for one in policy.grades]
    titled = [one.grade for one in policy.grades if word in map(tidy, one.title)]
    return titled[0] if word not in names and len(titled) == 1 else word
