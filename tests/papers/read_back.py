"""Papers as somebody reads them back out of their files."""

import io
import re
from decimal import Decimal

import docx
import openpyxl

from perfrules.papers.paper.laid_out import Layout


def bare(text: str) -> str:
    return re.sub(r"[\s\\]", "", text)


def read_back(data: bytes, format: Layout) -> str:
    if format in ("markdown", "html"):
        return data.decode()
    if format == "xlsx":
        return read_sheets(data)
    document = docx.Document(io.BytesIO(data))
    texts = [one.text for one in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    texts += [one.text for one in document.sections[0].header.paragraphs]
    return "\n".join(texts)


def read_sheets(data: bytes) -> str:
    """All cells, figures as their formats show them, and what stands above the pages."""
    texts = []
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        texts.append(str(sheet.oddHeader.right.text).replace("&&", "&"))
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            texts.append(as_shown(cell.value, cell.number_format))
    return "\n".join(texts)


def as_shown(value: object, form: str) -> str:
    """What a cell shows, for the formats that papers use: `#,##0.00%" 个"`."""
    if not isinstance(value, int | float):
        return str(value)
    number, _, unit = form.partition('"')
    exact = Decimal(repr(value)).scaleb(2 if "%" in number else 0)
    places = len(number.rstrip("%").partition(".")[2])
    text = f"{exact:{',' if ',' in number else ''}.{places}f}"
    return text + "%" * ("%" in number) + unit.rstrip('"')


def rows_of(data: bytes, layout: Layout) -> list[list[str]]:
    """The rows of all tables, cells as they are read."""
    if layout == "docx":
        document = docx.Document(io.BytesIO(data))
        return [
            [cell.text.replace("\u00a0", " ") for cell in row.cells]
            for table in document.tables
            for row in table.rows
        ]
    if layout == "xlsx":
        return [
            [
                as_shown(cell.value, cell.number_format) if cell.value is not None else ""
                for cell in row
            ]
            for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets
            for row in sheet.iter_rows()
        ]
    if layout == "html":
        body = data.decode().replace("&gt;", ">").replace("&lt;", "<").replace("&#39;", "'")
        body = body.replace("&amp;", "&")
        return [
            re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
            for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
        ]
    text = data.decode().replace("\u00a0", " ")
    lines = [line for line in text.splitlines() if line.startswith("|") and "---" not in line]
    return [
        [
            re.sub(r"\\(.)", r"\1", cell.strip()).removeprefix("**").removesuffix("**")
            for cell in re.split(r"(?<!\\)\|", line)[1:-1]
        ]
        for line in lines
    ]
