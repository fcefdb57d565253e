"""Counter-examples that random policies found, each by its name."""

from pathlib import Path
from typing import Any

import polars as pl
from compared import compare

import perfrules


def agree(folder: Path, text: str, columns: dict[str, list[Any]]) -> pl.DataFrame:
    (folder / "p.yaml").write_text(text, "utf-8")
    policy = perfrules.read_policy(folder / "p.yaml")
    table = pl.DataFrame(columns)
    cards = []
    for row in table.iter_rows(named=True):
        indicators: dict[str, dict[str, Any]] = {}
        person = {}
        for column, value in row.items():
            root, _, rest = column.partition(".")
            if root == "person":
                person[rest] = value
            elif rest and value is not None:
                indicators.setdefault(root, {})[rest] = value
        cards.append(perfrules.scorecard(row["subject"], indicators, person=person))
    frame: pl.DataFrame = compare(policy.rules, table, cards, None).frame
    return frame


def test_nought_with_more_places_than_a_lane_has_digits(tmp_path: Path) -> None:
    """A column of noughts beside one of 24 places: 10^24 is no 64-bit integer, 0 x 10^24 is."""
    text = """\
policy: p
indicators:
  sales: {weight: 100%, score: {formula: "actual * person.a * person.a * person.a + person.b"}}
"""
    columns = {
        "subject": ["E1"], "sales.actual": ["0"], "person.a": ["0.00000001"], "person.b": ["0"],
    }  # fmt: skip
    assert agree(tmp_path, text, columns)["total"].item() == 0


def test_an_excluded_indicator_whose_own_figures_are_odd(tmp_path: Path) -> None:
    """What is left out is not looked at: neither its target of nought nor its missing figure."""
    text = """\
policy: p
indicators:
  sales: {weight: 60%, missing: exclude, score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}
  calls: {weight: 40%, score: {direct: {min: 0, max: 100}}}
"""  # noqa: E501
    columns = {
        "subject": ["E1", "E2"], "sales.actual": [None, "5"], "sales.target": ["0", "5"],
        "calls.actual": ["77.775", "50"],
    }  # fmt: skip
    found = agree(tmp_path, text, columns)
    assert [str(one) for one in found["total"]] == ["77.78", "80.00"]


def test_what_is_left_has_no_weight(tmp_path: Path) -> None:
    """All that counts is left out, and an indicator of 0 % remains: an error, not a total of 0."""
    text = """\
policy: p
indicators:
  sales: {weight: 100%, missing: exclude, score: {direct: {min: 0, max: 100}}}
  calls: {weight: 0%, score: {direct: {min: 0, max: 100}}}
"""
    columns = {
        "subject": ["E1", "E2"], "sales.actual": [None, "5"], "calls.actual": ["77.775", "50"],
    }  # fmt: skip
    found = agree(tmp_path, text, columns)
    assert found["error"].to_list() == ["nothing-to-count", None]


def test_a_section_of_which_nothing_is_left(tmp_path: Path) -> None:
    """Its weight goes to the other section, and the contribution of its 0 % is none."""
    text = """\
policy: p
sections: {one: {weight: 70%}, two: {weight: 30%}}
indicators:
  sales: {section: one, weight: 100%, missing: exclude, score: {direct: {min: 0, max: 100}}}
  calls: {section: one, weight: 0%, score: {direct: {min: 0, max: 100}}}
  visits: {section: two, weight: 100%, score: {direct: {min: 0, max: 100}}}
"""
    columns = {
        "subject": ["E1", "E2"], "sales.actual": [None, "5"], "calls.actual": ["77.775", "50"],
        "visits.actual": ["33.335", "10"],
    }  # fmt: skip
    found = agree(tmp_path, text, columns)
    assert [str(one) for one in found["total"]] == ["33.34", "6.50"]
    assert found["calls.contribution"].to_list() == [None, 0]


def test_what_the_data_give_no_weight_is_not_asked_for(tmp_path: Path) -> None:
    """An indicator of 0 % that is missing is left out, also where it would count as nought."""
    text = """\
policy: p
indicators:
  sales: {weight: given, missing: zero, score: {direct: {min: 0, max: 100}}}
  calls: {weight: {given: {at_least: 40%}}, score: {direct: {min: 0, max: 100}}}
"""
    columns: dict[str, list[Any]] = {
        "subject": ["E1", "E2", "E3", "E4", "E5", "E6"],
        "sales.actual": [None, None, "100", "50", "50", "50"],
        "sales.weight": ["0", "0.4", "0.25", "0.7", "0.5", None],
        "calls.actual": ["80", "80", "80", "80", "80", "80"],
        "calls.weight": ["1", "0.6", "0.75", "0.3", "0.4", "1"],
    }
    found = agree(tmp_path, text, columns)
    assert [one and str(one) for one in found["total"]] == [
        "80.00", "48.00", "85.00", None, None, None,
    ]  # fmt: skip
    assert found["sales.score"].to_list()[:2] == [None, 0]
    assert found["error"].to_list()[3:] == [
        "out-of-range", "weights-do-not-sum", "missing-weight",
    ]  # fmt: skip


def test_what_is_left_has_a_weight_of_the_data(tmp_path: Path) -> None:
    """The weights of the data that are left are what the sum is divided by; none may be left."""
    text = """\
policy: p
indicators:
  sales: {weight: given, missing: exclude, score: {direct: {min: 0, max: 100}}}
  calls: {weight: given, score: {direct: {min: 0, max: 100}}}
  visits: {weight: given, score: {direct: {min: 0, max: 100}}}
"""
    columns: dict[str, list[Any]] = {
        "subject": ["E1", "E2", "E3"], "sales.actual": [None, None, "50"],
        "sales.weight": ["0.25", "1", "0.5"], "calls.actual": ["80", "80", "80"],
        "calls.weight": ["0.5", "0", "0.25"], "visits.actual": ["50", "50", "50"],
        "visits.weight": ["0.25", "0", "0.25"],
    }  # fmt: skip
    found = agree(tmp_path, text, columns)
    assert [one and str(one) for one in found["total"]] == ["70.00", None, "57.50"]
    assert found["error"].to_list() == [None, "nothing-to-count", None]
