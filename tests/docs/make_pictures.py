"""`python tests/docs/make_pictures.py`: makes docs/pictures/ anew, from a checkout's folder.

The first quarter is done as its pages say (tests/docs/tutorial.py), and what comes out is laid out
by LibreOffice (`soffice`), drawn by `pdftoppm` and cut to what is on it. Its people are examples.
Look at each picture afterwards; tests hold their sizes.
"""

import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from openpyxl import load_workbook
from tutorial import PAGES, play

PICTURES: Final = Path("docs/pictures")
_DOTS: Final = 100
"""To the inch: a page of A4 is some 800 dots wide, as a screen shows it."""

_MARGIN: Final = 8
_GAP: Final = 150
_FILLED: Final = {"en": "Sales representative", "zh": "销售代表"}
_RESULTS: Final = {"en": "Results", "zh": "考核结果"}


def sources(language: str, folder: Path) -> Iterator[tuple[str, Path, int]]:
    """Each picture's name, the file that it shows, the page of that file."""
    filled = folder / "fill-in.xlsx"
    _one_sheet(folder / "2024Q3/2024Q3.xlsx", _FILLED[language], filled, "A1:K10")
    yield "fill-in", filled, 1
    (confirmation,) = (folder / "results/2024Q3-papers").glob("confirmation-E002-*.docx")
    yield "confirmation", confirmation, 1
    appraisals, results = folder / "results/2024Q3/appraisals.xlsx", folder / "results.xlsx"
    yield "overview", appraisals, 1
    _one_sheet(appraisals, _RESULTS[language], results, "")
    yield "results", results, 1
    (statement,) = (folder / "results/2024Q3-final-feedback").glob("E002-*.docx")
    yield "statement", statement, 1
    (payout,) = (folder / "results/2024Q3-final-papers").glob("payout-*.docx")
    yield "payout", payout, 1


def _one_sheet(path: Path, title: str, out: Path, area: str) -> None:
    """The workbook with that sheet alone; an area of it on one page, with the lines of its cells,
    as a screen has them."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        if sheet.title != title:
            book.remove(sheet)
    sheet = book[title]
    if area:
        sheet.print_area = area
        sheet.page_setup.orientation = "landscape"
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = 0
    sheet.print_options.gridLines = True
    book.save(out)


def drawn(path: Path, page: int, folder: Path) -> bytes:
    """A page of a document as a PNG."""
    run = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office"]
    subprocess.run(
        [*run, "--convert-to", "pdf", "--outdir", str(folder), str(path)],
        check=True, capture_output=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    pdf = folder / f"{path.stem}.pdf"
    draw = ["pdftoppm", "-r", str(_DOTS), "-f", str(page), "-l", str(page), str(pdf)]
    return png(*_cut(*_ppm(subprocess.run(draw, check=True, capture_output=True).stdout)))


def _ppm(data: bytes) -> tuple[int, int, bytes]:
    kind, size, most, rows = data.split(b"\n", 3)
    assert (kind, most) == (b"P6", b"255")
    width, height = map(int, size.split())
    return width, height, rows


def _cut(width: int, height: int, rows: bytes) -> tuple[int, int, bytes]:
    """The picture without the white around it, but for a margin."""
    lines = [rows[3 * width * row : 3 * width * (row + 1)] for row in range(height)]
    used = _together([row for row, line in enumerate(lines) if line.strip(b"\xff")])
    left = min(len(line) - len(line.lstrip(b"\xff")) for line in lines) // 3
    right = max(len(line.rstrip(b"\xff")) for line in lines) // 3
    first, last = max(used[0] - _MARGIN, 0), min(used[-1] + _MARGIN, height - 1)
    left, right = max(left - _MARGIN, 0), min(right + _MARGIN, width - 1)
    kept = [line[3 * left : 3 * (right + 1)] for line in lines[first : last + 1]]
    return right + 1 - left, last + 1 - first, b"".join(kept)


def _together(rows: list[int]) -> list[int]:
    """The rows down to the first wide gap: without the foot of a page that is mostly empty."""
    for number, (row, following) in enumerate(pairwise(rows), 1):
        if following - row > _GAP:
            return rows[:number]
    return rows


def png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG with a palette: of 256 colours, to which letters' edges are evened out."""
    for step in (1, 3, 5, 15, 17, 51):  # each divides 255, so that white stays white
        shades = bytes(min(255, (value + step // 2) // step * step) for value in range(256))
        even = rows.translate(shades)
        colours = sorted({even[at : at + 3] for at in range(0, len(even), 3)})
        if len(colours) <= 256:
            break
    place = {colour: bytes([number]) for number, colour in enumerate(colours)}
    pixels = b"".join(place[even[at : at + 3]] for at in range(0, len(even), 3))
    lines = b"".join(b"\0" + pixels[width * row : width * (row + 1)] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (
            (b"IHDR", head),
            (b"PLTE", b"".join(colours)),
            (b"IDAT", zlib.compress(lines, 9)),
            (b"IEND", b""),
        )
    )


def main() -> None:
    """Makes them all."""
    PICTURES.mkdir(exist_ok=True)
    for language in PAGES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for _ in play(language, folder):
                pass
            for title, path, page in sources(language, folder / "sales-review"):
                picture = PICTURES / f"first-quarter-{title}-{language}.png"
                picture.write_bytes(drawn(path, page, folder))
                print(picture, picture.stat().st_size, file=sys.stderr)


if __name__ == "__main__":
    main()
