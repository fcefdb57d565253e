"""Pictures are text that cannot act, in colours that everybody and every printer tells apart."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from perfrules.papers.charts.axis import Scale, scale_over, ticks
from perfrules.papers.charts.bars import bars
from perfrules.papers.charts.boxes import Box, boxes
from perfrules.papers.charts.histogram import Bin, histogram
from perfrules.papers.charts.lines import lines
from perfrules.papers.charts.paint import AXIS, BAR, BOX, INK, PERSON, SOFT, paint
from perfrules.papers.charts.series import Line, Series
from perfrules.papers.charts.svg import cut_to, letters

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'\"--></style></script><svg onload=alert(1)>",
    "]]><!ENTITY x>",
    "&lt;b&gt; &amp; &#60;",
    "</text></svg><a href=javascript:alert(1)>",
    "{{7*7}} {% raw %}",
    "a\u202eb\x00c\x1b[31m",
    "url(javascript:alert(1)); } * { color: red",
)

ONE, TWO, HALF = Decimal(1), Decimal(2), Decimal("0.5")

DRAWN: dict[str, Callable[[str], str]] = {
    "bars": lambda name: bars(name, name, [name], [Series(name, (TWO,)), Series(name, (-ONE,))]),
    "stack": lambda name: bars(
        name, "", [name, name], [Series(name, (TWO, None), (name, name))], stacked=True,
        limits=(TWO, None),
    ),
    "boxes": lambda name: boxes(
        name, "", [Box(name, ONE, TWO, TWO, TWO, TWO, (), name)], [Line(TWO, name)]
    ),
    "histogram": lambda name: histogram(
        name, name, [Bin(ONE - ONE, ONE, 2)], name, name, [Line(HALF, name)]
    ),
    "lines": lambda name: lines(name, "", [name], [Series(name, (TWO,)), Series(name, (None,))]),
}  # fmt: skip

TAGS = {"svg", "title", "desc", "text", "rect", "line", "circle", "path"}


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("kind", DRAWN)
def test_a_name_stays_a_text(kind: str, name: str) -> None:
    svg = DRAWN[kind](name)
    root = ET.fromstring(svg)  # also well formed as XML
    plain = DRAWN[kind]("x")
    tags = [one.tag.rpartition("}")[2] for one in root.iter()]
    assert set(tags) <= TAGS
    assert len(tags) == len([*ET.fromstring(plain).iter()])
    for one in root.iter():
        assert not [
            key for key in one.attrib if key.startswith("on") or "href" in key or key == "style"
        ]
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None and title.text is not None
    assert title.text.startswith(name[0])
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(tag)

    Reader().feed(f"<body>{svg}</body>")
    assert set(found) <= {one.lower() for one in TAGS} | {"body"}


@pytest.mark.parametrize("kind", DRAWN)
def test_a_picture_names_itself_and_needs_nothing(kind: str) -> None:
    svg = DRAWN[kind]("销售部")
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="销售部"')
    assert "<title>" in svg and "<desc>" in svg
    assert not re.search(r"url\(|<style|id=|href|@import", svg)
    for number in re.findall(r' (?:x|y|width|height|cx|cy)[12]?="([^"]*)"', svg):
        assert re.fullmatch(r"-?\d+(\.\d{1,2})?", number), number


def luminance(colour: str) -> Decimal:
    parts = [Decimal(int(colour[at : at + 2], 16)) / 255 for at in (1, 3, 5)]
    linear = [
        part / Decimal("12.92")
        if part <= Decimal("0.04045")
        else ((part + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
        for part in parts
    ]
    return sum(
        (
            part * share
            for part, share in zip(
                linear, map(Decimal, ("0.2126", "0.7152", "0.0722")), strict=True
            )
        ),
        Decimal(0),
    )


def contrast(one: str, other: str) -> Decimal:
    low, high = sorted(map(luminance, (one, other)))
    return (high + Decimal("0.05")) / (low + Decimal("0.05"))


def test_what_is_written_can_be_read() -> None:
    for text, ground in ((INK, "#ffffff"), (SOFT, "#ffffff"), (INK, BAR), (INK, BOX)):
        assert contrast(text, ground) >= Decimal("4.5"), (text, ground)
    for number in range(6):
        own = paint(number)
        assert contrast(own.upon, own.fill) >= Decimal("4.5"), own
        assert contrast(own.stroke, "#ffffff") >= 3, own
    assert contrast(PERSON, "#ffffff") >= 3
    assert contrast(AXIS, "#ffffff") < contrast(SOFT, "#ffffff")


def test_series_are_apart_on_a_grey_printer() -> None:
    """Two fills differ in lightness, or one of them has a stripe; lines in their dashes."""
    own = [paint(number) for number in range(6)]
    for place, one in enumerate(own):
        for other in own[place + 1 :]:
            differs = contrast(one.fill, other.fill) >= Decimal("1.35")
            assert differs or one.stripe != other.stripe, (one, other)
            assert one.dash != other.dash


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("0", "0"),
        ("3", "3"),
        ("-5", "-5"),
        ("0", "0.0000000001"),
        ("-0.1", "99.99"),
        ("1", "999999999999999"),
        ("-300", "0"),
        ("79.9", "80.1"),
    ],
)
def test_ticks_are_round_and_reach_around(low: str, high: str) -> None:
    found = ticks(Decimal(low), Decimal(high))
    assert found[0] <= Decimal(low) and Decimal(high) <= found[-1]
    assert 2 <= len(found) <= 12
    steps = {after - before for before, after in pairwise(found)}
    assert len(steps) == 1
    digits = steps.pop().normalize().as_tuple().digits
    assert digits in ((1,), (2,), (2, 5), (5,))
    whole = ticks(Decimal(low), Decimal(high), whole=True)
    assert all(one == one.to_integral_value() for one in whole)


def test_a_scale_loses_no_digit_that_is_seen() -> None:
    scale, marks = scale_over([Decimal("999999999999999"), Decimal("0.0000000001")], 0, 700)
    assert scale.at(Decimal(0)) == 0
    assert marks[-1] == Decimal("1000000000000000")
    assert scale.at(Decimal("999999999999999")) == 700
    assert Scale(Decimal(0), Decimal(3), 0, 100).at(Decimal(1)) == Decimal("33.33")
    assert Scale(Decimal(0), Decimal(3), 0, 100).at(Decimal(99)) == 100


def test_a_long_name_is_cut_where_it_is_drawn() -> None:
    assert cut_to("销售部", 100) == "销售部"
    assert cut_to("销售" * 30, 100).endswith("…")
    svg = bars("t", "", ["长" * 100], [Series("s", (Decimal(1),))])
    assert "长" * 100 in svg  # for those who have it read out
    assert svg.count("长") < 100 + 40


def test_an_attribute_is_escaped_too() -> None:
    assert 'fill="&quot;&gt;&lt;b&gt;"' in letters(0, 0, "t", fill='"><b>')


def test_empty_pictures_are_pictures() -> None:
    for svg in (
        bars("t", "", [], []),
        histogram("t", "", [], "x", "y"),
        boxes("t", "", []),
        lines("t", "", [], []),
    ):
        assert ET.fromstring(svg).tag.endswith("svg")
