"""The workbook in the hands of LibreOffice: it opens, the charts are on the first page."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from workbook_reading import charts_of

from perfrules.codes.code import Language
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.records.verify import verify
from perfrules.records.write import write_results

EXAMPLE = Path(__file__).parent.parent.parent / "examples/2024Q3"
OFFICE, READER = shutil.which("soffice") or "", shutil.which("pdftotext") or ""

pytestmark = pytest.mark.skipif(
    not (OFFICE and READER), reason="LibreOffice is not on this machine"
)


def run(*words: str | Path) -> str:
    clean = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(words, check=True, capture_output=True, timeout=240, env=clean)
    return done.stdout.decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_charts_stand_on_the_first_page(tmp_path: Path, language: Language) -> None:
    out = tmp_path / "results"
    assert write_results(evaluate_cycle(EXAMPLE), out, language)[0] is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    book = out / "appraisals.xlsx"
    run(OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, book)
    pdf = tmp_path / "appraisals.pdf"
    first = "".join(run(READER, "-f", "1", "-l", "1", pdf, "-").split())
    titles = [one.title for one in charts_of(out)]
    assert len(titles) == 7
    for title in titles:
        assert "".join(title.split()) in first, title
    for figure in ("448,247.30", "89.94", "85.86"):
        assert figure in first
    # One page wide: the last column of the results stands on the page of the first.
    pages = run(READER, "-layout", pdf, "-").split("\f")
    (results,) = [page for page in pages if "00123" in page and "sales@2024.3" in page
                  and "448,247.30" in page]  # fmt: skip
    assert "E1039" in results
    # What LibreOffice saves has the same figures and charts: only its bytes are others.
    run(OFFICE, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
        "--outdir", tmp_path / "saved", book)  # fmt: skip
    shutil.copy(tmp_path / "saved" / book.name, book)
    assert {one.code for one in verify(out)} == {"changed-output"}
