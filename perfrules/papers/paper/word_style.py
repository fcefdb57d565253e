"""The look of the Word file: fonts, sizes, the sheet, what stands above and below each page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from perfrules.layout.terminal import visible

if TYPE_CHECKING:
    from docx.document import Document

__all__ = [
    "FONT_TABLE",
    "GREY",
    "WASH",
    "coloured",
    "dressed",
    "headed",
    "laid",
    "width_mm",
    "with_fallbacks",
]

FONT_TABLE: Final = "/word/fontTable.xml"
_SHEET: Final = (210, 297)
_MARGIN: Final = 20
"""A4, and what is left free at its sides, in millimetres."""

INK, GREY, RED, WASH = "1F3864", "5B6577", "A32020", "EEF2F7"

_BODY: Final = ("Times New Roman", "宋体")
_HEADS: Final = ("Arial", "微软雅黑")
"""For Latin letters and figures, and for Chinese."""

_FALLBACKS: Final = {
    "宋体": ("SimSun", "02010600030101010101"),
    "微软雅黑": ("Microsoft YaHei", "020B0503020204020204"),
}
"""Other names of a font, and the shape (PANOSE) by which a program finds one like it."""


def with_fallbacks(font_table: bytes) -> bytes:
    """The font table with the Chinese fonts, so that a machine without them takes the like."""
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:panose1 w:val="{shape}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, (other, shape) in _FALLBACKS.items()
    )
    return font_table.replace(b"</w:fonts>", rows.encode() + b"</w:fonts>")


def dressed(document: "Document") -> None:
    """Its styles."""
    _styles(document)


def width_mm(*, wide: bool) -> int:
    """What the margins leave of a sheet."""
    return _SHEET[wide] - 2 * _MARGIN


def laid(section: Any, *, wide: bool) -> None:
    """The sheet of a section, upright or on its long side."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(_SHEET[wide]), Mm(_SHEET[not wide])
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin, section.bottom_margin = Mm(22), Mm(18)
    section.header_distance = section.footer_distance = Mm(10)


def headed(section: Any, running_head: str, secrecy: str, page_of: Sequence[str]) -> None:
    """The lines above and below the pages of a section, which are counted from 1; `page_of`
    stands round the number of the page and, where it has a third part, that of all pages."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    count = section._sectPr.find(qn("w:pgNumType"))
    if count is None:
        count = OxmlElement("w:pgNumType")
        section._sectPr.find(qn("w:pgMar")).addnext(count)
    count.set(qn("w:start"), "1")
    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    _line(above, visible(running_head.removesuffix(secrecy)), right=True)
    coloured(above.add_run(visible(secrecy)), RED, 9, bold=True)
    _line(below, page_of[0], right=False)
    for field, text in zip(("PAGE", "NUMPAGES"), page_of[1:], strict=False):
        _field(below, field)
        coloured(below.add_run(text), GREY, 9)


def _styles(document: "Document") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    styles: Any = document.styles
    defaults = styles.element.find(qn("w:docDefaults"))
    _fonts(defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}"), _BODY)
    for tag, settings in (
        ("w:lang", styles.element),
        ("w:themeFontLang", document.settings.element),
    ):
        for found in settings.iter(qn(tag)):
            found.set(qn("w:eastAsia"), "zh-CN")
    normal = styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(3), 1.15
    for name, size, before, after in (("Title", 20, 0, 8), ("Heading 1", 12.5, 12, 4)):
        style = styles[name]
        _fonts(style.element.get_or_add_rPr(), _HEADS)
        style.font.size, style.font.bold = Pt(size), True
        style.font.color.rgb = RGBColor.from_string(INK)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    title = styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in title.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break


def _fonts(properties: Any, names: tuple[str, str]) -> None:
    """Names the fonts outright; what the theme says would go first."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    latin, chinese = names
    for key, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{key}"), name)


def _line(paragraph: Any, text: str, *, right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    side = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.CENTER
    paragraph.alignment = side
    coloured(paragraph.add_run(text), GREY, 9)


def coloured(run: Any, colour: str, size: float, *, bold: bool = False) -> None:
    """Colour and size (in points) of a run of text."""
    from docx.shared import Pt, RGBColor

    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = RGBColor.from_string(colour)


def _field(paragraph: Any, name: str) -> None:
    """A number that the word processor fills in."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    coloured(run, GREY, 9)
    field.append(run._r)
    paragraph._p.append(field)
