"""Numbers and dates of other places: never off by 1000, by 100 or by a month without a word."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from cycle_folder import PEOPLE, intake_of, read, shown, subject, write, write_policy
from openpyxl import Workbook

from perfrules.intake.cells.notation import Notation, converted, from_comma
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.cycle_file import read_cycle_file
from perfrules.model.scorecard import Datum

GERMAN = 'numbers: {decimal: ",", thousands: "."}\n'
HEAD = "person_id;indicator;actual;target\n"


def figures(folder: Path, actuals: str, more: str = "") -> dict[str, Decimal | None]:
    """Everybody's actual amount."""
    intake = read(folder, more, actuals=actuals)
    found = {}
    for one in intake.subjects:
        measure = one.scorecard.measures.get("amount")
        datum: Datum | None = measure.actual if measure else None
        found[one.scorecard.subject] = None if datum is None else Decimal(str(datum.value))
    return found


# What a cell could mean


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1.234,56", "1234.56"), ("1234,56", "1234.56"), ("0,5", "0.5"), ("-0,125", "-0.125"),
        ("1.234.567,8", "1234567.8"), ("70,1%", "70.1%"), ("12,5", "12.5"),
        ("1234,567", "1234.567"), ("1234.56", "1234.56"), ("1234", "1234"), ("12.5", "12.5"),
        ("1,234.56", "1,234.56"), ("", ""), ("优", "优"),
    ],
)  # fmt: skip
def test_a_decimal_comma_that_proves_itself_is_read(text: str, meant: str) -> None:
    assert from_comma(text) == meant


@pytest.mark.parametrize(
    ("text", "small", "large"),
    [
        ("1.234", "1.234", "1234"), ("1,234", "1.234", "1234"), ("-12.000", "-12.000", "-12000"),
        ("999,999", "999.999", "999999"), (" 1.234 ", "1.234", "1234"),
        ("１.２３４", "1.234", "1234"),
        ("70.125%", "70.125%", "70125%"),
    ],
)  # fmt: skip
def test_what_could_be_two_numbers_is_refused_with_both(text: str, small: str, large: str) -> None:
    found = from_comma(text)
    assert isinstance(found, Refusal)
    assert (found.code, found.facts["small"], found.facts["large"]) == (
        "ambiguous-separator", small, large,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("notation", "text", "meant"),
    [
        (Notation(",", "."), "1.234", "1234"),
        (Notation(",", "."), "1.234,5%", "1234.5%"),
        (Notation(",", " "), "1 234,5", "1234.5"),
        (Notation(",", "'"), "1'234", "1234"),
        (Notation(",", ""), "1234,5", "1234.5"),
        (Notation(".", ","), "1,234.5", "1234.5"),
        (Notation(".", ""), "1.234", "1.234"),
    ],
)
def test_what_is_declared_is_read(notation: Notation, text: str, meant: str) -> None:
    assert converted(notation, text, "actual") == meant


@pytest.mark.parametrize(
    ("notation", "text"),
    [
        (Notation(",", "."), "1234.56"),
        (Notation(",", "."), "12.34"),
        (Notation(",", "."), "1,234,567"),
        (Notation(",", ""), "1.234"),
        (Notation(".", ","), "1.234,5"),
        (Notation(".", ""), "1,234"),
        (Notation(",", "."), "1.23.456"),
    ],
)
def test_what_is_not_as_declared_is_refused(notation: Notation, text: str) -> None:
    found = converted(notation, text, "actual")
    assert isinstance(found, Refusal)
    assert found.code == "other-notation"


@pytest.mark.parametrize("column", ["person_id", "reason", "evidence", "source", "segment"])
def test_texts_stay_as_they_are(column: str) -> None:
    assert converted(Notation(",", ".", "day_first"), "1.234", column) == "1.234"


@pytest.mark.parametrize(
    ("dates", "text", "day"),
    [
        ("day_first", "03/04/2024", "2024-04-03"),
        ("day_first", "3.4.2024", "2024-04-03"),
        ("month_first", "03/04/2024", "2024-03-04"),
        ("month_first", "3-4-2024", "2024-03-04"),
        ("day_first", "2024-04-03", "2024-04-03"),
        (None, "03/04/2024", "03/04/2024"),
    ],
)
def test_dates_are_read_as_declared(dates: str | None, text: str, day: str) -> None:
    assert converted(Notation(dates=dates), text, "as_of") == day


# Whole cycles


def test_a_file_of_semicolons_refuses_one_person_and_reads_the_other(tmp_path: Path) -> None:
    rows = HEAD + "E1;amount;1.234;950\nE2;amount;1.234,56;1000\n"
    assert figures(tmp_path, rows) == {"E1": None, "E2": Decimal("1234.56")}
    assert shown(intake_of(tmp_path)) == [
        ("", "read-decimal-comma", "actuals.csv"),
        ("E1", "ambiguous-separator", "actuals.csv:2 (C2)"),
    ]


def test_a_quoted_comma_in_a_column_casts_doubt_on_its_neighbours_only(tmp_path: Path) -> None:
    rows = 'person_id,indicator,actual,target\nE1,amount,1.234,1.500\nE2,amount,"1234,56",1.500\n'
    assert figures(tmp_path, rows) == {"E1": None, "E2": Decimal("1234.56")}
    assert subject(intake_of(tmp_path), "E2").scorecard.measures["amount"].target is not None


def test_without_a_comma_a_point_is_a_point(tmp_path: Path) -> None:
    rows = "person_id,indicator,actual,target\nE1,amount,1.234,1.5\nE2,amount,2.500,1.5\n"
    assert figures(tmp_path, rows) == {"E1": Decimal("1.234"), "E2": Decimal("2.500")}
    assert shown(intake_of(tmp_path)) == []


def test_what_cycle_yaml_says_goes_first(tmp_path: Path) -> None:
    rows = HEAD + "E1;amount;1.234;950\nE2;amount;1234,56;1.000\n"
    assert figures(tmp_path, rows, GERMAN) == {"E1": Decimal(1234), "E2": Decimal("1234.56")}
    assert shown(intake_of(tmp_path)) == []


def test_dates_alone_leave_commas_doubtful(tmp_path: Path) -> None:
    rows = HEAD + "E1;amount;1.234;950\nE2;amount;1234,56;1000\n"
    found = figures(tmp_path, rows, "dates: day_first\n")
    assert found == {"E1": None, "E2": Decimal("1234.56")}


def test_one_table_may_be_written_otherwise(tmp_path: Path) -> None:
    more = GERMAN + 'tables: {actuals: {numbers: {decimal: "."}}}\n'
    rows = "person_id,indicator,actual,target\nE1,amount,1.234,1.5\nE2,amount,80,100\n"
    assert figures(tmp_path, rows, more)["E1"] == Decimal("1.234")


def test_a_number_of_a_workbook_or_of_json_has_no_notation(tmp_path: Path) -> None:
    write(tmp_path, more=GERMAN + "data: data.json\n")
    tables = {
        "people": [{"person_id": "E1", "role": "sales"}, {"person_id": "E2", "role": "sales"}],
        "actuals": [
            {"person_id": "E1", "indicator": "amount", "actual": 1.234, "target": 1},
            {"person_id": "E2", "indicator": "amount", "actual": "1.234", "target": "1.000"},
        ],
    }
    (tmp_path / "data.json").write_text(json.dumps(tables), "utf-8")

    def read_again() -> list[object]:
        return [
            datum and datum.value
            for one in intake_of(tmp_path).subjects
            for datum in [one.scorecard.measures["amount"].actual]
        ]

    assert read_again() == [Decimal("1.234"), Decimal(1234)]
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    book.save(tmp_path / "data.xlsx")
    (tmp_path / "cycle.yaml").write_text(
        (tmp_path / "cycle.yaml").read_text("utf-8").replace("data.json", "data.xlsx"), "utf-8"
    )
    assert read_again() == [Decimal("1.234"), Decimal(1234)]


# Percent cells


PERCENT_POLICY = """\
indicators:
  rate: {weight: 100%, unit: "%", missing: exclude,
    score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}
"""


def percent_book(folder: Path, **cells: float) -> list[tuple[str, str, str]]:
    """The findings over a book in which the columns given hold numbers in percent format."""
    write_policy(folder, "share", PERCENT_POLICY)
    write(folder, more="data: data.xlsx\n")
    book = Workbook()
    book.remove(book.worksheets[0])
    people = book.create_sheet("people")
    people.append(["person_id", "role", "proration", "discount"])
    people.append(["E1", "share", cells.get("proration"), cells.get("discount")])
    actuals = book.create_sheet("actuals")
    actuals.append(["person_id", "indicator", "actual", "target", "baseline"])
    values = {"actual": 0.9, "target": 0.8, **cells}
    actuals.append(["E1", "rate", *(values.get(one) for one in ("actual", "target", "baseline"))])
    for sheet in book.worksheets:
        for cell in sheet[2]:
            if isinstance(cell.value, int | float):
                cell.number_format = "0.00%"
    book.save(folder / "data.xlsx")
    return [found for found in shown(intake_of(folder)) if found[1] == "percent-cell"]


@pytest.mark.parametrize(
    ("column", "place"),
    [
        ("actual", "actuals!C2"), ("target", "actuals!D2"), ("baseline", "actuals!E2"),
        ("proration", "people!C2"), ("discount", "people!D2"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", [70.1, 2, 100, -3.5])
def test_a_percent_cell_of_two_or_more_is_refused(
    tmp_path: Path, column: str, place: str, value: float
) -> None:
    assert percent_book(tmp_path, **{column: value}) == [
        ("E1", "percent-cell", f"data.xlsx[{place}]")
    ]


@pytest.mark.parametrize("value", [0.701, 1.999, 0, 1, -0.5])
def test_a_percent_cell_below_two_is_what_it_shows(tmp_path: Path, value: float) -> None:
    assert percent_book(tmp_path, actual=value) == []
    (one,) = intake_of(tmp_path).subjects
    actual = one.scorecard.measures["rate"].actual
    assert actual is not None and actual.value == Decimal(str(value))


# cycle.yaml


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('numbers: {decimal: ";"}', "unknown-value"),
        ('numbers: {thousands: "."}', "missing-key"),
        ("dates: day_frist", "unknown-value"),
        ("tables: {actual: {dates: day_first}}", "unknown-value"),
        ("tables: {actuals: {date: day_first}}", "unknown-key"),
        ('numbers: {decimal: ",", thousands: ","}', "same-signs"),
    ],
)
def test_a_notation_that_cannot_be(tmp_path: Path, text: str, code: str) -> None:
    write(tmp_path, more=text + "\n", people=PEOPLE)
    _, findings = read_cycle_file(tmp_path / "cycle.yaml")
    assert [one.code for one in findings] == [code]
