"""Files that are no workbooks, and workbooks that are traps."""

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cycle_folder import (
    PEOPLE,
    SHEET,
    intake_of,
    raw_workbook,
    shown,
    text_rows,
    write,
)

from perfrules.intake.files.raw_table import Limits


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
    raw_workbook(
        path, _people(rows=f'<row r="3"><c t="inlineStr"><is><t>{text}</t></is></c></row>')
    )


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
    "old xls": (
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99),
        "old-workbook",
    ),
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
    start = time.process_time()
    intake = intake_of(tmp_path)
    assert time.process_time() - start < 1
    assert intake.subjects == ()
    assert shown(intake) == [("", code, "data.xlsx")]


# What `resource` reports of a child holds the parent's peak too.
MEASURE = """
import re, sys
from pathlib import Path
from cycle_folder import intake_of
assert not intake_of(Path(sys.argv[1])).subjects
peak = re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())
print(int(peak[1]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
@pytest.mark.parametrize("make", [_flat_bomb, _big_cell])
def test_bombs_do_not_fill_the_memory(tmp_path: Path, make: Callable[[Path], object]) -> None:
    write(tmp_path, more="data: data.xlsx\n")
    make(tmp_path / "data.xlsx")
    here = Path(__file__).parent
    paths = os.pathsep.join([str(here), str(here.parents[1])])
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(done.stdout) < 300


def test_what_openpyxl_grumbles_about_stays_inside(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    write(tmp_path, more="data: data.xlsx\n")
    uri = "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"
    raw_workbook(tmp_path / "data.xlsx", _people(after=f'<extLst><ext uri="{uri}"/></extLst>'))
    assert len(intake_of(tmp_path).subjects) == 1
    assert [str(one.message) for one in recwarn] == []


def test_styled_emptiness_is_no_data(tmp_path: Path) -> None:
    """Whole rows and columns with a format and no value are common, and no reason to refuse."""
    write(tmp_path, more="data: data.xlsx\n")
    empty = (
        '<row r="3"><c r="XFD3" s="0"/></row><row r="1048576" s="0"><c r="A1048576" s="0"/></row>'
    )
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
