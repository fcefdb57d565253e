"""The usual form of departments: where its head, its table and its columns are.

A sheet an employee: a title, pairs of a label and a value, the head of the table, a row an
indicator. What the words mean is told here; what the values are, in `department_form`.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from perfrules.intake.cells.numerals import tidy
from perfrules.intake.cells.units import split_unit
from perfrules.intake.files.raw_table import Row
from perfrules.intake.forms.form_file import FormSheet
from perfrules.intake.tables.form_words import COLUMNS_OF_FORMS, LABELS_OF_FORMS, plain_word

__all__ = ["Column", "DepartmentSheet", "Pair", "department_sheet", "is_remark"]

_DEEPEST: Final = 15
"""The head of the table begins within so many rows."""

_REMARKS: Final = ("签字", "签名", "盖章", "日期", "合计", "总分", "总计", "等级", "signature")


class Column(NamedTuple):
    """A column of the table, from 0; `unit` is what stands in brackets behind its heading."""

    name: str
    heading: str
    at: int
    unit: str = ""


class Pair(NamedTuple):
    """A label of the head that is known, and the value beside it with its place."""

    name: str
    value: str
    row: Row
    at: int


class DepartmentSheet(NamedTuple):
    """A sheet of one employee; `rows` are those below the head of the table."""

    sheet: FormSheet
    pairs: tuple[Pair, ...]
    head: Row
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def column(self, name: str) -> Column | None:
        """The first column of a name."""
        return next((one for one in self.columns if one.name == name), None)


def department_sheet(sheet: FormSheet) -> DepartmentSheet | None:
    """The parts of a sheet that is such a form; None of any other."""
    for at, row in enumerate(sheet.rows[:_DEEPEST]):
        columns = tuple(_columns(row))
        names = {one.name for one in columns}
        if "indicator" not in names or not names & {"actual", "target", "weight", "score"}:
            continue
        pairs = tuple(pair for above in sheet.rows[:at] for pair in _pairs(above))
        is_somebodys = any(pair.name in ("person_id", "name") for pair in pairs)
        if names & {"actual", "target"} or is_somebodys:
            return DepartmentSheet(sheet, pairs, row, columns, sheet.rows[at + 1 :])
    return None


def _columns(row: Row) -> Iterator[Column]:
    seen: set[str] = set()
    for at, text in enumerate(row.texts):
        word = plain_word(text)
        if not word:
            continue
        name, unit = COLUMNS_OF_FORMS.get(word), ""
        if name is None and (beside := split_unit(text)) is not None:
            name, unit = COLUMNS_OF_FORMS.get(plain_word(beside[0])), beside[1]
        # Of two columns of a name the first counts; scores may have several.
        if name in seen and name not in ("", "score"):
            name = None
        seen.add(name or "")
        yield Column(name if name is not None else "?", " ".join(text.split()), at, unit)


def _pairs(row: Row) -> Iterator[Pair]:
    """`工号 | E001`, and `工号：E001` in one cell."""
    texts = [*enumerate(row.texts)]
    for place, (at, text) in enumerate(texts):
        label, colon, value = tidy(text).partition(":")
        name = LABELS_OF_FORMS.get(plain_word(label))
        if name is None:
            continue
        if colon and value.strip():
            yield Pair(name, value.strip(), row, at)
            continue
        after = next(((i, one) for i, one in texts[place + 1 :] if one.strip()), None)
        if after is not None and plain_word(after[1].partition(":")[0]) not in LABELS_OF_FORMS:
            yield Pair(name, row.shown(after[0]).strip(), row, after[0])


def is_remark(text: str) -> bool:
    """Whether a text below the table asks for something (签字：) and says nothing itself."""
    word = tidy(text)
    return word.endswith((":", "_")) or any(one in word.casefold() for one in _REMARKS)
