"""Files as people hand them in: encodings, broken tables, workbooks with traps, limits."""

import datetime
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from cycle_folder import (
    ACTUALS,
    CYCLE,
    PEOPLE,
    SHEET,
    intake_of,
    raw_workbook,
    read,
    shown,
    text_rows,
    write,
)
from openpyxl import Workbook

from perfrules.reading.raw_table import LARGE, Limits

EXAMPLES = Path(__file__).parents[2] / "examples"
FIGURE = "E1,amount,120,100\n"
HEADER = "person_id,indicator,actual,target\n"
CHINESE = "工号,指标,实际值,目标值\nE1,销售额,120,100\nE2,Sales,80,100\n"


@pytest.fixture(autouse=True)
def _is_quick() -> object:
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < 2


# Text files

ENCODED: dict[str, tuple[bytes, list[str]]] = {
    "utf-8": (CHINESE.encode(), []),
    "utf-8 with a mark": (CHINESE.encode("utf-8-sig"), []),
    "gb18030": (CHINESE.encode("gb18030"), ["read-as-gb18030"]),
    "utf-16 with tabs": (CHINESE.replace(",", "\t").encode("utf-16"), ["read-as-utf-16"]),
    "semicolons": (CHINESE.replace(",", ";").encode(), []),
    "carriage returns": (CHINESE.replace("\n", "\r\n").encode(), []),
    "blank lines": (("\n\n" + CHINESE.replace("\n", "\n,,,\n")).encode(), []),
    "closing commas": (CHINESE.replace("\n", ",,\n").encode(), []),
}


@pytest.mark.parametrize(("data", "codes"), ENCODED.values(), ids=ENCODED.keys())
def test_is_read(tmp_path: Path, data: bytes, codes: list[str]) -> None:
    intake = read(tmp_path, actuals=data)
    assert [code for _, code, _ in shown(intake)] == codes
    amounts = [one.scorecard.measures["amount"].actual for one in intake.subjects]
    assert [one and one.value for one in amounts] == [Decimal(120), Decimal(80)]


UTF_8 = "person_id,indicator,actual,evidence\nE1,amount,120,中文说明\n".encode()

REFUSED: dict[str, tuple[dict[str, bytes | str], str, str]] = {
    "bad byte in utf-8": ({"actuals": UTF_8 + b"E2,amount,80,\xff\n"}, "bad-encoding", "actuals.csv:3"),
    "bad byte behind a mark": (
        {"actuals": b"\xef\xbb\xbf" + UTF_8 + b"\xff"}, "bad-encoding", "actuals.csv:3",
    ),
    "bad byte in gb18030": (
        {"actuals": CHINESE.encode("gb18030") + b"\xff\xff"}, "bad-encoding", "actuals.csv:4",
    ),
    "utf-16 without a mark": ({"actuals": CHINESE.encode("utf-16-le")}, "bad-encoding", "actuals.csv:1"),
    "half a letter of utf-16": (
        {"actuals": CHINESE.encode("utf-16") + b"\x00"}, "bad-encoding", "actuals.csv:",
    ),
    "quote never closed": ({"actuals": HEADER + FIGURE + 'E2,"amount,1'}, "broken-csv", "actuals.csv:3"),
    "text behind a quote": ({"actuals": HEADER + 'E1,"am"x,1,\n'}, "broken-csv", "actuals.csv:2"),
    "field of a mebibyte": (
        {"actuals": HEADER + f'E1,amount,"{"x" * 2**20}",1\n'}, "broken-csv", "actuals.csv:2",
    ),
    "column twice": (
        {"actuals": "person_id,indicator,actual,actual\n"}, "duplicate-column", "actuals.csv:1 (D1)",
    ),
    "column twice in two languages": (
        {"actuals": "person_id,指标,actual,indicator\n"}, "duplicate-column", "actuals.csv:1 (D1)",
    ),
    "column missing": ({"actuals": "person_id,indicator\n"}, "missing-column", "actuals.csv:1"),
    "column misspelt": (
        {"people": "person-id,name,role\n"}, "missing-column", "people.csv:1 (A1)",
    ),
    "full-width commas": ({"people": PEOPLE.replace(",", "，")}, "missing-column", "people.csv:1"),
    "nobody": ({"people": "person_id,role\n"}, "empty-table", "people.csv"),
    "nothing": ({"people": ""}, "empty-table", "people.csv"),
    "two tables": ({"人员": PEOPLE}, "table-twice", "人员.csv"),
    "300 columns": (
        {"people": "person_id,role," + ",".join(f"c{n}" for n in range(300)) + "\n"},
        "too-many-columns", "people.csv",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "code", "place"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_cannot_be_used_leaves_no_subjects(
    tmp_path: Path, files: dict[str, bytes | str], code: str, place: str
) -> None:
    intake = read(tmp_path, **files)
    found = [(one.code, str(one.place)) for one in intake.unattached if one.severity == "error"]
    assert [one for one in found if one[0] == code and one[1].startswith(place)], found
    assert intake.subjects == ()
    shown(intake)


def test_bad_bytes_are_told_by_their_offset(tmp_path: Path) -> None:
    intake = read(tmp_path, actuals=UTF_8 + b"E2,amount,80,\xff\n")
    (finding,) = intake.unattached
    assert (finding.facts["offset"], finding.facts["byte"]) == (len(UTF_8) + 13, "FF")


def test_no_people_table(tmp_path: Path) -> None:
    write(tmp_path, actuals=ACTUALS)
    assert shown(intake_of(tmp_path)) == [("", "missing-table", "people.csv")]


def test_limits_of_text_files(tmp_path: Path) -> None:
    write(tmp_path, people=PEOPLE, actuals=HEADER + FIGURE * 5)
    fits = intake_of(tmp_path, Limits(text_rows=5))
    assert len(fits.subjects) == 2
    long = intake_of(tmp_path, Limits(text_rows=4))
    assert (long.subjects, shown(long)) == ((), [("", "too-many-rows", "actuals.csv")])
    large = intake_of(tmp_path, Limits(text_bytes=100))
    assert (large.subjects, shown(large)) == ((), [("", "file-too-large", "actuals.csv")])
    assert LARGE.text_rows > Limits().text_rows == 1_000_000


def test_a_folder_called_like_a_table(tmp_path: Path) -> None:
    write(tmp_path, people=PEOPLE)
    (tmp_path / "actuals.csv").mkdir()
    assert ("", "not-a-file", "actuals.csv") in shown(intake_of(tmp_path))


def test_files_that_nobody_reads(tmp_path: Path) -> None:
    intake = read(tmp_path, actual=ACTUALS, history="a,b\n", 说明="a\n")
    assert [(one.facts["name"], one.severity, one.facts["suggestion"]) for one in intake.unattached] == [
        ("actual", "warning", "actuals"), ("history", "note", None), ("说明", "note", None),
    ]  # fmt: skip
    assert [path.name for path in intake.files] == ["actuals.csv", "people.csv"]


ROWS: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "short": ("E1,amount,120\n" + "E2,amount,80,100\n", [("E1", "short-row", "actuals.csv:2")]),
    "long": ("E1,amount,1,200,100\n" + "E2,amount,80,100\n", [("E1", "long-row", "actuals.csv:2")]),
    "long with blanks only": ("E1,amount,120,100, ,\n" + "E2,amount,80,100\n", []),
    "totals": (ACTUALS.partition("\n")[2] + "合计,,200,\n", [("", "totals-row", "actuals.csv:4")]),
    "totals further in": (
        ACTUALS.partition("\n")[2] + ",Total:,200,\n", [("", "totals-row", "actuals.csv:4")],
    ),
    "nobody's": (
        ACTUALS.partition("\n")[2] + ",amount,200,\n",
        [("", "missing-person-id", "actuals.csv:4 (A4)")],
    ),
    "blank": (ACTUALS.partition("\n")[2] + " , ,,\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), ROWS.values(), ids=ROWS.keys())
def test_rows_that_do_not_fit(
    tmp_path: Path, rows: str, expected: list[tuple[str, str, str]]
) -> None:
    intake = read(tmp_path, actuals=HEADER + rows)
    found = shown(intake)
    assert found == expected
    assert len(intake.subjects) == 2
    assert intake.subjects[1].scorecard.measures["amount"].actual is not None


def test_headers_that_are_not_known(tmp_path: Path) -> None:
    intake = read(tmp_path, actuals="person_id,indicator,actual,traget,,note\nE1,amount,1,2,3,4\n")
    found = {(one.code, str(one.place), one.facts.get("suggestion")) for one in intake.unattached}
    assert ("unknown-column", "actuals.csv:1 (D1)", "target") in found
    assert ("unnamed-column", "actuals.csv:1 (E1)", None) in found
    assert ("unknown-column", "actuals.csv:1 (F1)", None) in found
    assert {one.severity for one in intake.unattached} == {"warning"}


# JSON


def read_json(folder: Path, text: str | bytes) -> list[tuple[str, str, str]]:
    write(folder, more="data: data.json\n")
    (folder / "data.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    return shown(intake_of(folder))


PERSON = '"people": [{"person_id": "E1", "role": "sales"}]'

JSON: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "key twice": (
        '{"people": [{"person_id": "E1", "person_id": "E2", "role": "sales"}]}',
        [("", "repeated-json-key", "data.json")],
    ),
    "table twice": (f"{{{PERSON}, {PERSON}}}", [("", "repeated-json-key", "data.json")]),
    "NaN": (f'{{{PERSON}, "actuals": [{{"actual": NaN}}]}}', [("", "broken-json", "data.json")]),
    "cut off": (f"{{{PERSON}, ", [("", "broken-json", "data.json")]),
    "a list": ("[]", [("", "broken-json", "data.json")]),
    "people as an object": ('{"people": {}}', [("", "broken-json", "data.json[people]")]),
    "deep": ("[" * 200_000, [("", "broken-json", "data.json")]),
    "nobody": ('{"people": []}', [("", "empty-table", "data.json[people]")]),
    "a list in a cell": (
        f'{{{PERSON}, "actuals": [{{"person_id": "E1", "indicator": "amount", "actual": [1]}}]}}',
        [("E1", "nested-value", "data.json[actuals!1]")],
    ),
    "exponent": (
        f'{{{PERSON}, "actuals": [{{"person_id": "E1", "indicator": "amount", "actual": 1e5}}]}}',
        [("E1", "exponent-number", "data.json[actuals!1]")],
    ),
    "5000 digits": (
        f'{{{PERSON}, "actuals": [{{"person_id": "E1", "indicator": "amount", "actual": '
        f"{'9' * 5000}}}]}}",
        [("E1", "too-many-digits", "data.json[actuals!1]")],
    ),
    "id as a number": (
        '{"people": [{"person_id": 1, "role": "sales"}], "actuals": '
        '[{"person_id": "1", "indicator": "amount", "actual": null}]}',
        [],
    ),
}


@pytest.mark.parametrize(("text", "expected"), JSON.values(), ids=JSON.keys())
def test_json(tmp_path: Path, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert read_json(tmp_path, text) == expected


def test_json_keeps_the_digits(tmp_path: Path) -> None:
    figures = '[{"工号": "E1", "indicator": "rate", "实际值": 0.10000000000000000001}]'
    read_json(tmp_path, f'{{{PERSON}, "实际值": {figures}}}')
    actual = intake_of(tmp_path).subjects[0].scorecard.measures["rate"].actual
    assert actual is not None
    assert actual.value == Decimal("0.10000000000000000001")
    assert actual.origin.place == "data.json[实际值!1]"


# Workbooks


def book_of(folder: Path, people: list[list[object]], actuals: list[list[object]]) -> Workbook:
    write(folder, more="data: data.xlsx\n")
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (("人员", people), ("实际值", actuals)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: Workbook, folder: Path) -> list[tuple[str, str, str]]:
    book.save(folder / "data.xlsx")
    return shown(intake_of(folder))


WHO: list[list[object]] = [["工号", "姓名", "岗位"], ["E1", "示例员工01", "销售代表"]]
WHAT: list[object] = ["工号", "指标", "实际值", "目标值", "数据日期"]


def test_cells_as_people_see_them(tmp_path: Path) -> None:
    day = datetime.datetime(2024, 9, 30)
    rows: list[list[object]] = [WHAT, ["E1", "销售额", 0.1 + 0.2, 10 / 3, day], ["E1", "rate", 0.85, 0.95]]
    book = book_of(tmp_path, [[*WHO[0], "入职日期"], [*WHO[1], day]], rows)
    for cell in ("C3", "D3"):
        book["实际值"][cell].number_format = "0.0%"
    assert saved(book, tmp_path) == []
    (subject,) = intake_of(tmp_path).subjects
    amount, rate = (subject.scorecard.measures[name] for name in ("amount", "rate"))
    assert amount.actual is not None and amount.target is not None and rate.actual is not None
    assert amount.actual.value == Decimal("0.3"), "15 digits are what Excel keeps"
    assert amount.target.value == Decimal("3.33333333333333")
    assert rate.actual.value == Decimal("0.85")
    assert amount.actual.origin.as_of == "2024-09-30"
    assert str(getattr(subject.scorecard.proration, "joined", "")) == "2024-09-30"


def test_the_two_examples_say_the_same() -> None:
    if not (EXAMPLES / "2024Q3-excel").is_dir():
        pytest.skip("the examples are not there")

    def values(name: str) -> dict[str, object]:
        from perfrules.reading.cycle_file import read_cycle_file
        from perfrules.reading.from_tables import read_intake
        from perfrules.reading.read import read_policies

        cycle_file, _ = read_cycle_file(EXAMPLES / name / "cycle.yaml")
        assert cycle_file is not None
        policies, _ = read_policies(cycle_file.policies)
        intake = read_intake(EXAMPLES / name, cycle_file, policies)
        assert len(intake.subjects) == 40
        return {
            subject.scorecard.subject: [
                (indicator, what, datum and (datum.value, datum.origin.as_of))
                for indicator, measure in sorted(subject.scorecard.measures.items())
                for what in ("actual", "target", "baseline")
                for datum in [getattr(measure, what)]
            ]
            for subject in intake.subjects
        }

    assert values("2024Q3") == values("2024Q3-excel")


def test_ids_as_numbers_shown_with_zeros(tmp_path: Path) -> None:
    figures: list[list[object]] = [WHAT, [123, "amount", 1], ["00123", "rate", 0.9], [7, "amount", 1]]
    book = book_of(tmp_path, [WHO[0], [123, "示例员工01", "sales"], [7, "示例员工02", "sales"]], figures)
    book["人员"]["A2"].number_format = "00000"
    book["实际值"]["A2"].number_format = "00000"
    assert saved(book, tmp_path) == [
        ("00123", "padded-id", "data.xlsx[人员!A2]"),
        ("00123", "padded-id", "data.xlsx[实际值!A2]"),
    ]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("=1/0", "formula-not-computed"), ("#DIV/0!", "spreadsheet-error"),
        ("#N/A", "spreadsheet-error"), ("85", "ambiguous-percent"), (True, "not-a-number"),
        (datetime.date(2024, 7, 1), "not-a-number"),
    ],
)  # fmt: skip
def test_cells_that_hold_no_figure(tmp_path: Path, cell: object, code: str) -> None:
    book = book_of(tmp_path, WHO, [WHAT, ["E1", "rate", cell, 0.9], ["E1", "amount", 1, 1]])
    assert saved(book, tmp_path) == [("E1", code, "data.xlsx[实际值!C2]")]
    (subject,) = intake_of(tmp_path).subjects
    assert subject.scorecard.measures["amount"].actual is not None


def test_a_fault_beside_the_figures_is_a_warning(tmp_path: Path) -> None:
    people = [[*WHO[0], "奖金基数"], [*WHO[1], "=VLOOKUP(1,A1,1)"]]
    book = book_of(tmp_path, people, [[*WHAT, "佐证"], ["E1", "amount", 1, 1, None, "=1"]])
    found = saved(book, tmp_path)
    assert found == [
        ("E1", "formula-not-computed", "data.xlsx[人员!D2]"),
        ("E1", "formula-not-computed", "data.xlsx[实际值!F2]"),
    ]
    (subject,) = intake_of(tmp_path).subjects
    assert {one.severity for one in subject.problems} == {"warning"}
    assert "bonus_base" not in subject.scorecard.person


def test_merged_cells_hidden_rows_totals(tmp_path: Path) -> None:
    figures: list[list[object]] = [WHAT, ["E1", "amount", 1, 1], [None, "rate", 0.9], ["合计", None, 1.9]]
    book = book_of(tmp_path, WHO, figures)
    book["实际值"].merge_cells("A2:A3")
    book["实际值"].row_dimensions[2].hidden = True
    book.create_sheet("说明")
    book.create_sheet("事件")
    found = saved(book, tmp_path)
    assert set(found) == {
        ("", "merged-cells", "data.xlsx[实际值]"), ("", "hidden-rows", "data.xlsx[实际值]"),
        ("", "totals-row", "data.xlsx[实际值!4]"), ("", "unused-sheet", "data.xlsx[说明]"),
        ("", "missing-person-id", "data.xlsx[实际值!A3]"), ("", "empty-table", "data.xlsx[事件]"),
    }  # fmt: skip


@pytest.mark.parametrize("since_1904", [False, True])
def test_day_numbers_count_from_the_workbooks_epoch(tmp_path: Path, since_1904: bool) -> None:
    serial = 45474 - (1462 if since_1904 else 0)
    head = text_rows(["person_id", "role", "joined"])
    row = (
        '<row r="2"><c t="inlineStr"><is><t>E1</t></is></c>'
        f'<c t="inlineStr"><is><t>sales</t></is></c><c><v>{serial}</v></c></row>'
    )
    write(tmp_path, more="data: data.xlsx\n")
    sheet = SHEET.format(before="", rows=head + row, after="")
    raw_workbook(tmp_path / "data.xlsx", {"people": sheet}, date1904=since_1904)
    (subject,) = intake_of(tmp_path).subjects
    assert getattr(subject.scorecard.proration, "joined", None) == datetime.date(2024, 7, 1)


def _formula_cell(result: str, kind: str = "") -> str:
    head = text_rows(["person_id", "role"], ["E1", "sales"])
    figures = text_rows(["person_id", "indicator", "actual"])
    texts = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("E1", "amount"))
    figures += f'<row r="2">{texts}<c{kind}><f>1+1</f>{result}</c></row>'
    return head + "|" + figures


@pytest.mark.parametrize(
    ("cell", "calc", "codes"),
    [
        (_formula_cell("<v>2</v>"), "", []),
        (_formula_cell("<v></v>"), "", ["formula-not-computed"]),
        (_formula_cell("<v/>"), "", ["formula-not-computed"]),
        (_formula_cell(""), "", ["formula-not-computed"]),
        (_formula_cell("<v></v>", ' t="str"'), "", []),
        (_formula_cell("<v>#REF!</v>", ' t="e"'), "", ["spreadsheet-error"]),
        (_formula_cell("<v>0</v>"), '<calcPr fullCalcOnLoad="1"/>', ["formula-not-computed"]),
    ],
)
def test_results_of_formulas(tmp_path: Path, cell: str, calc: str, codes: list[str]) -> None:
    write(tmp_path, more="data: data.xlsx\n")
    people, actuals = (SHEET.format(before="", rows=rows, after="") for rows in cell.split("|"))
    raw_workbook(tmp_path / "data.xlsx", {"people": people, "actuals": actuals}, calc)
    assert [code for _, code, _ in shown(intake_of(tmp_path))] == codes


# Files that are no workbooks, and workbooks that are traps


def _people(before: str = "", rows: str = "", after: str = "") -> dict[str, str]:
    head = text_rows(["person_id", "role"], ["E1", "sales"])
    return {"people": SHEET.format(before=before, rows=head + rows, after=after)}


def _zip(path: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)


def _with_dtd(path: Path) -> None:
    sheet = _people()["people"]
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    raw_workbook(path, {"people": bomb + sheet})


def _member_twice_as_large(path: Path) -> None:
    """A zip whose list of contents lies about a size."""
    raw_workbook(path, _people())
    data = bytearray(path.read_bytes())
    start = data.rindex(b"PK\x01\x02")
    data[start + 24 : start + 28] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(data))


def _far_row(path: Path) -> None:
    raw_workbook(path, _people(rows='<row r="1048576"><c><v>1</v></c></row>'))


def _far_column(path: Path) -> None:
    raw_workbook(path, _people(rows='<row r="3"><c r="XFD3"><v>1</v></c></row>'))


def _long_cell(path: Path) -> None:
    text = os.urandom(40_000).hex()
    raw_workbook(path, _people(rows=f'<row r="3"><c t="inlineStr"><is><t>{text}</t></is></c></row>'))


def _flat_bomb(path: Path) -> None:
    raw_workbook(path, _people(rows="<row><c><v>1</v></c></row>" * 3_000_000))


def _big_cell(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as member:
            for _ in range(300):
                member.write(b"x" * 2**20)


TRAPS: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (lambda path: path.write_text(PEOPLE), "not-a-workbook"),
    "nothing": (lambda path: path.write_bytes(b""), "not-a-workbook"),
    "cut off": (lambda path: path.write_bytes(b"PK\x03\x04" + b"\0" * 50), "not-a-workbook"),
    "another zip": (lambda path: _zip(path, "a.txt", b"hello"), "not-a-workbook"),
    "xml that is none": (lambda path: _zip(path, "xl/workbook.xml", b"<a><b>"), "not-a-workbook"),
    "old xls": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99), "old-workbook"),
    "password": (
        lambda path: path.write_bytes(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
        ),
        "locked-workbook",
    ),
    "document type": (_with_dtd, "workbook-bomb"),
    "wrong size": (_member_twice_as_large, "not-a-workbook"),
    "value in the last row": (_far_row, "too-many-rows"),
    "value in the last column": (_far_column, "too-many-columns"),
    "cell of 80 000 letters": (_long_cell, "cell-too-long"),
    "78 MB from 200 KB": (_flat_bomb, "workbook-bomb"),
    "cell of 300 MB": (_big_cell, "workbook-bomb"),
}


@pytest.mark.parametrize(("make", "code"), TRAPS.values(), ids=TRAPS.keys())
def test_traps(tmp_path: Path, make: Callable[[Path], object], code: str) -> None:
    write(tmp_path, more="data: data.xlsx\n")
    make(tmp_path / "data.xlsx")
    start = time.perf_counter()
    intake = intake_of(tmp_path)
    assert time.perf_counter() - start < 1
    assert intake.subjects == ()
    assert shown(intake) == [("", code, "data.xlsx")]


MEASURE = """
import resource, sys
from pathlib import Path
from cycle_folder import intake_of
assert not intake_of(Path(sys.argv[1])).subjects
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.parametrize("make", [_flat_bomb, _big_cell])
def test_bombs_do_not_fill_the_memory(tmp_path: Path, make: Callable[[Path], object]) -> None:
    pytest.importorskip("resource")
    write(tmp_path, more="data: data.xlsx\n")
    make(tmp_path / "data.xlsx")
    here = Path(__file__).parent
    paths = os.pathsep.join([str(here), str(here.parents[1])])
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(done.stdout) < 300


def test_styled_emptiness_is_no_data(tmp_path: Path) -> None:
    """Whole rows and columns with a format and no value are common, and no reason to refuse."""
    write(tmp_path, more="data: data.xlsx\n")
    empty = '<row r="3"><c r="XFD3" s="0"/></row><row r="1048576" s="0"><c r="A1048576" s="0"/></row>'
    raw_workbook(tmp_path / "data.xlsx", _people(rows=empty))
    intake = intake_of(tmp_path)
    assert [one.scorecard.subject for one in intake.subjects] == ["E1"]


def test_rows_of_a_sheet_are_limited(tmp_path: Path) -> None:
    write(tmp_path, more="data: data.xlsx\n")
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(3, 7))
    raw_workbook(tmp_path / "data.xlsx", _people(rows=rows))
    assert len(intake_of(tmp_path, Limits(workbook_rows=5)).subjects) == 5
    beyond = intake_of(tmp_path, Limits(workbook_rows=4))
    assert (beyond.subjects, shown(beyond)) == ((), [("", "too-many-rows", "data.xlsx")])
    assert Limits().workbook_rows == 100_000


def test_a_workbook_without_openpyxl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, more="data: data.xlsx\n")
    raw_workbook(tmp_path / "data.xlsx", _people())
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert shown(intake_of(tmp_path)) == [("", "no-openpyxl", "data.xlsx")]


# cycle.yaml


def cycle_codes(folder: Path, text: str) -> set[str]:
    from perfrules.reading.cycle_file import read_cycle_file

    write(folder)
    (folder / "cycle.yaml").write_text(text, "utf-8")
    cycle_file, findings = read_cycle_file(folder / "cycle.yaml")
    assert (cycle_file is None) == bool(findings.errors)
    assert all(one.message("zh") and one.message("en") for one in findings)
    return {one.code for one in findings}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CYCLE.replace("to: 2024-09-30", "to: 2024-06-30"), "dates-reversed"),
        (CYCLE.replace("2024-09-30", "2024-09-31"), "no-such-day"),
        (CYCLE.replace("policies: policies", "policies: nowhere"), "missing-folder"),
        (CYCLE + "data: nothing.xlsx\n", "file-not-found"),
        (CYCLE + "data: ../data.xlsx\n", "bad-data-file"),
        (CYCLE + "data: data.csv\n", "bad-data-file"),
        (CYCLE + "colour: red\n", "unknown-key"),
        ("id: x\n", "missing-key"),
    ],
)
def test_cycle_files_that_cannot_be_used(tmp_path: Path, text: str, code: str) -> None:
    assert code in cycle_codes(tmp_path, text)


def test_a_data_file_that_leads_outside(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.json").write_text(json.dumps({"people": []}))
    (inside / "data.json").symlink_to(tmp_path / "secret.json")
    assert cycle_codes(inside, CYCLE + "data: data.json\n") == {"data-outside"}


def test_what_a_cycle_file_says(tmp_path: Path) -> None:
    from perfrules.reading.cycle_file import read_cycle_file

    more = 'facts: {team_fund: 50000, share: 5%, city: 上海, code: "007"}\nmissing_markers: [x, 未报]\n'
    write(tmp_path, more=more)
    cycle_file, _ = read_cycle_file(tmp_path / "cycle.yaml")
    assert cycle_file is not None
    cycle = cycle_file.cycle
    assert (cycle.id, cycle.days, cycle.kind) == ("2024Q3", 92, "quarter")
    assert {name: datum.value for name, datum in cycle.facts.items()} == {
        "team_fund": Decimal(50000), "share": Decimal("0.05"), "city": "上海", "code": "007",
    }  # fmt: skip
    assert cycle.facts["team_fund"].origin.place.startswith("cycle.yaml:6:")
    assert cycle_file.missing_markers == {"x", "未报"}
    assert cycle_file.policies == tmp_path / "policies"
    assert cycle_file.data is None
