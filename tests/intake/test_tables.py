"""Text files as people hand them in: encodings, headers and rows that do not fit, limits."""

from decimal import Decimal
from pathlib import Path

import pytest
from cycle_folder import (
    ACTUALS,
    PEOPLE,
    intake_of,
    read,
    shown,
    write,
)

from perfrules.intake.files.raw_table import LARGE, Limits

FIGURE = "E1,amount,120,100\n"
HEADER = "person_id,indicator,actual,target\n"
CHINESE = "工号,指标,实际值,目标值\nE1,销售额,120,100\nE2,Sales,80,100\n"


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
    "bad byte in utf-8": (
        {"actuals": UTF_8 + b"E2,amount,80,\xff\n"}, "bad-encoding", "actuals.csv:3",
    ),
    "bad byte behind a mark": (
        {"actuals": b"\xef\xbb\xbf" + UTF_8 + b"\xff"}, "bad-encoding", "actuals.csv:3",
    ),
    "bad byte in gb18030": (
        {"actuals": CHINESE.encode("gb18030") + b"\xff\xff"}, "bad-encoding", "actuals.csv:4",
    ),
    "utf-16 without a mark": (
        {"actuals": CHINESE.encode("utf-16-le")}, "bad-encoding", "actuals.csv:1",
    ),
    "half a letter of utf-16": (
        {"actuals": CHINESE.encode("utf-16") + b"\x00"}, "bad-encoding", "actuals.csv:",
    ),
    "quote never closed": (
        {"actuals": HEADER + FIGURE + 'E2,"amount,1'}, "broken-csv", "actuals.csv:3",
    ),
    "text behind a quote": ({"actuals": HEADER + 'E1,"am"x,1,\n'}, "broken-csv", "actuals.csv:2"),
    "field of a mebibyte": (
        {"actuals": HEADER + f'E1,amount,"{"x" * 2**20}",1\n'}, "broken-csv", "actuals.csv:2",
    ),
    "column twice": (
        {"actuals": "person_id,indicator,actual,actual\n"},
        "duplicate-column", "actuals.csv:1 (D1)",
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
    intake = read(tmp_path, actual=ACTUALS, archive="a,b\n", 说明="a\n")
    found = [
        (one.facts["name"], one.severity, one.facts["suggestion"]) for one in intake.unattached
    ]
    assert found == [
        ("actual", "warning", "actuals"), ("archive", "note", None), ("说明", "note", None),
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
    assert ("missing-column", "actuals.csv:1 (D1)", None) in found
    assert ("unnamed-column", "actuals.csv:1 (E1)", None) in found
    assert ("unknown-column", "actuals.csv:1 (F1)", None) in found
    severities = {one.code: one.severity for one in intake.unattached}
    assert severities.pop("missing-column") == "error", "the policy's own target would be taken"
    assert set(severities.values()) == {"warning"}


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
