"""A cycle's result -> appraisals.xlsx."""

import datetime
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from perfrules.codes.code import Language, Text
from perfrules.model.cycle_result import CycleResult
from perfrules.papers.overview.from_result import everybody_of
from perfrules.papers.workbook.book import Book
from perfrules.papers.workbook.first_sheet.write_overview import write_overview
from perfrules.papers.workbook.notes import notes
from perfrules.papers.workbook.rejected import not_applied, rejected_people, rejected_units
from perfrules.papers.workbook.results import results_of_people, results_of_units
from perfrules.papers.workbook.scores import left_out, scores_of_people, scores_of_units

__all__ = ["write_workbook"]

_TITLE: Final = Text("结果", "Results")


def write_workbook(
    result: CycleResult,
    file: BinaryIO,
    scratch: Path,
    language: Language,
    digests: Mapping[str, str],
    most: int | None = None,
) -> None:
    """Writes the workbook. Its parts grow in a folder of their own below `scratch`.

    `most` is how many rows each of the sheets of scores may have; the other sheets are whole.

    `digests` has the SHA-256 of the tables beside it, by their names: their sentences in the other
    language stand nowhere else.

    Raises `OSError` where something cannot be written.
    """
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        written = xlsxwriter.Workbook(file, options)
        cycle = result.cycle
        name = (cycle.title.into(language) if cycle.title else cycle.id) if cycle else ""
        title = f"{name} · {_TITLE.into(language)}".removeprefix(" · ")
        if cycle is not None:
            # The same input gives the same bytes: no clock here.
            last = datetime.datetime.combine(cycle.end, datetime.time())
            written.set_properties({"created": last, "title": cycle.id})
        written.use_zip64()
        book = Book(written, title, language)
        write_overview(book, everybody_of(result), language)
        book.table(results_of_people(result, language))
        book.table(results_of_units(result, language))
        book.table(scores_of_people(result, language, most))
        book.table(scores_of_units(result, language, most))
        book.table(rejected_people(result, language))
        book.table(rejected_units(result, language))
        book.table(not_applied(result, language))
        book.table(notes(result, language, digests, left_out(result, most)))
        try:
            written.close()
        except FileCreateError as error:
            if error.args and isinstance(error.args[0], OSError):
                raise error.args[0] from None
            raise
