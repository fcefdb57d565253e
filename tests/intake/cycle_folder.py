"""A small cycle in a temporary folder, for the tests of what comes in as data."""

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from perfrules.intake.cycle_file import read_cycle_file
from perfrules.intake.files.raw_table import USUAL, Limits
from perfrules.intake.from_tables import Intake, Subject, read_intake
from perfrules.language.read import read_policies
from perfrules.model.scorecard import Datum

POLICY = """\
policy: sales
title: {zh: 销售代表, en: Sales representative}
indicators:
  amount: {title: {zh: 销售额, en: Sales}, weight: 40%, unit: CNY,
    missing: exclude, score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}
  rate: {title: {zh: 回款率, en: Collection}, weight: 20%, unit: "%", missing: exclude,
    target: 95%, score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}
  quality: {weight: 20%, missing: exclude, score: {levels: {优秀（A）: 100, 一般: 60}}}
  launch: {weight: 10%, missing: exclude, score: {yes_no: {done: 100, otherwise: 0}}}
  teamwork: {weight: 10%, missing: exclude,
    score: {ratings: {groups: {peer: 100%}, scale: {min: 0, max: 100}}}}
adjustments:
  initiative: {title: {zh: 主动创新, en: Initiative}, points: {each: 5}}
  idea: {points: {given: [5, 10]}}
events:
  complaint: {title: {zh: 客户投诉, en: Complaint}}
vetoes:
  fraud: {when: fraud > 0, then: {total: 0}}
"""
CYCLE = "id: 2024Q3\ncycle: quarter\nfrom: 2024-07-01\nto: 2024-09-30\npolicies: policies\n"
PEOPLE = "person_id,name,role\nE1,示例员工01,sales\nE2,示例员工02,sales\n"
HEADER = "person_id,indicator,actual,target\n"
RATINGS = "person_id,indicator,group,rater_id,score\n"
EVENTS = "person_id,event,count,points\n"
ACTUALS = "person_id,indicator,actual,target\nE1,amount,120,100\nE2,amount,80,100\n"


def write(folder: Path, more: str = "", **files: str | bytes) -> None:
    """The cycle with `people`, `actuals`, … as CSV files; `more` is added to cycle.yaml."""
    (folder / "policies").mkdir(exist_ok=True)
    (folder / "policies" / "sales.yaml").write_text(POLICY, "utf-8")
    (folder / "cycle.yaml").write_text(CYCLE + more, "utf-8")
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.csv").write_bytes(data)


def read_sourced(folder: Path, **files: str) -> Intake:
    """The same, of a policy that names the source of the sales."""
    write(folder, **{"people": PEOPLE, "actuals": ACTUALS, **files})
    path = folder / "policies" / "sales.yaml"
    path.write_text(POLICY.replace("unit: CNY,", "unit: CNY, source: 财务 / finance,"), "utf-8")
    return intake_of(folder)


def write_policy(folder: Path, name: str, text: str) -> None:
    """Another policy beside that of sales."""
    (folder / "policies").mkdir(exist_ok=True)
    (folder / "policies" / f"{name}.yaml").write_text(f"policy: {name}\n{text}", "utf-8")


def intake_of(folder: Path, limits: Limits = USUAL) -> Intake:
    """What is read from the folder, which has to have a sound cycle.yaml and policies."""
    cycle_file, findings = read_cycle_file(folder / "cycle.yaml")
    assert cycle_file is not None, [one.message() for one in findings]
    policies, findings = read_policies(cycle_file.policies)
    assert policies, [one.message() for one in findings]
    return read_intake(folder, cycle_file, policies, limits)


def read(folder: Path, more: str = "", **files: str | bytes) -> Intake:
    """Writes the cycle, with the usual people and figures where none are given, and reads it."""
    write(folder, more, **{"people": PEOPLE, "actuals": ACTUALS, **files})
    return intake_of(folder)


def shown(intake: Intake) -> list[tuple[str, str, str]]:
    """All findings as (person or nobody, code, place); each has both languages and no gaps."""
    found = [("", one) for one in intake.unattached]
    for subject in intake.subjects:
        found += [(subject.scorecard.subject, one) for one in subject.problems]
    for _, one in found:
        for language in ("zh", "en"):
            assert one.message(language)
            assert not re.search(r"{[a-z_]+}", one.message(language) + one.help(language))
    return [(person, one.code, str(one.place)) for person, one in found]


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ">{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def raw_workbook(
    path: Path, sheets: dict[str, str], calc: str = "", date1904: bool = False
) -> None:
    """A workbook whose sheets are given as XML, as spreadsheet programs would never write them."""
    count = range(1, len(sheets) + 1)
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in count
    )
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(count, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in count
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override '
            'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
            f'officedocument.spreadsheetml.sheet.main+xml"/>{kinds}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        since = ' date1904="1"' if date1904 else ""
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr{since}/>'
            f"<sheets>{names}</sheets>{calc}</workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        )
        for n, xml in zip(count, sheets.values(), strict=True):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", xml)


def text_rows(*rows: list[str]) -> str:
    """Rows of texts as XML of a sheet."""
    return "".join(
        f'<row r="{number}">'
        + "".join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in row)
        + "</row>"
        for number, row in enumerate(rows, 1)
    )


def subject(intake: Intake, person: str = "E1") -> Subject:
    """A person of the roster."""
    return next(one for one in intake.subjects if one.scorecard.subject == person)


def value(datum: Datum | None) -> object:
    return None if datum is None else datum.value
