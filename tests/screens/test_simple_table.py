"""Tables of a terminal."""

from perfrules.screens.simple_table import simple_table


def test_a_table_without_rows_has_its_head() -> None:
    assert simple_table([], ["name", "total"], ["left", "right"]).split()[:2] == ["name", "total"]


def test_texts_stay_as_they_are() -> None:
    text = simple_table([["00123", "1e5"], ["工号", "99.50"]], ["id", "total"], ["left", "right"])
    assert [line.split() for line in text.splitlines()[2:]] == [["00123", "1e5"], ["工号", "99.50"]]
    ends = {len(line.encode("gbk")) for line in text.splitlines()}
    assert len(ends) == 1, "figures end in one column, Chinese letters take two"
