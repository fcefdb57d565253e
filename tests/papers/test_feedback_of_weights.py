"""Feedback statements where weights are parts, of the data, or passed on."""

from pathlib import Path

import pytest
from feedback_texts import CHANNEL, given, lines, of, part

PARTS = "weights: parts\n" + CHANNEL
for share, parts_ in (("40%", "4"), ("30%", "3"), ("20%", "2"), ("10%", "1")):
    PARTS = PARTS.replace(f"weight: {share}", f"weight: {parts_}")
PASSED = CHANNEL.replace("missing: exclude", "missing: {weight_to: [customers]}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("policies")


def test_parts_tell_of_the_same_gaps_and_ways_as_shares(folder: Path) -> None:
    """(4 x 80 + 3 x 80 + 2 x 100 + 85) / 10 = 84.5; with 100 for the sales 92.5."""
    figures = given(700000, 12, 4800)
    shares, parts = of(folder, figures), of(folder, figures, PARTS)
    for kind in ("highlights", "gaps", "next"):
        assert lines(parts, kind) == lines(shares, kind)
    assert any("总分 92.5" in one for one in lines(parts, "next"))


def test_the_table_divides_by_the_parts(folder: Path) -> None:
    table = part(of(folder, given(700000, 12, 4800), PARTS), "scores").table
    assert [row[1] for row in table.rows] == ["4", "3", "2", "1"]
    divided = [("合计", "845"), ("按权重折算（845 ÷ 10）", "84.5"), ("总分", "84.5")]
    assert [(row[0], row[-1]) for row in table.foot] == divided
    without_vetoes = PARTS[: PARTS.index("vetoes:")] + PARTS[PARTS.index("grades:") :]
    table = part(of(folder, given(700000, 12, 4800), without_vetoes), "scores").table
    assert [(row[0], row[-1]) for row in table.foot] == [divided[0], ("总分（845 ÷ 10）", "84.5")]


def test_a_weight_that_was_passed_on_is_the_receivers(folder: Path) -> None:
    found = of(folder, given(880000, 12, 4800, None), PASSED)
    assert lines(found, "others") == ["渠道维护 没有数据，不计入；权重 10% 全部转给「新签客户」"]
    rows = part(found, "scores").table.rows
    assert [row[1] for row in rows] == ["40%", "40%", "20%", "10%"]
    # 40 + 40 % of 80 + 20 = 92
    assert rows[1][-1] == "32"
