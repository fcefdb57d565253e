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
            if root == "person" and value is not None:
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


GIVEN = """\
policy: p
indicators:
  sales:
    weight: {given: {at_least: 20%, at_most: 70%}}
    missing: zero
    score: {direct: {min: 0, max: 100}}
  calls: {weight: given, missing: zero, score: {direct: {min: 0, max: 100}}}
  visits: {weight: 10%, missing: exclude, score: {direct: {min: 0, max: 100}}}
"""


def test_weights_of_the_data_that_are_not_in_order(tmp_path: Path) -> None:
    """A sum that is no whole, a weight outside of its limits, none at all, a word: each row has the
    reference's code; a weight with more places than the others needs them in the contribution."""
    columns = {
        "subject": [f"E{number}" for number in range(6)],
        "sales.actual": ["90"] * 6, "calls.actual": ["80"] * 6, "visits.actual": ["70"] * 6,
        "sales.weight": ["0.5", "0.125", "0.3", None, "many", "0.33333"],
        "calls.weight": ["0.4", "0.775", "0.5", "0.5", "0.5", "0.56667"],
    }  # fmt: skip
    found = agree(tmp_path, GIVEN, columns)
    assert found["error"].to_list() == [
        None, "out-of-range", "weights-do-not-sum", "missing-weight", "not-a-figure", None,
    ]  # fmt: skip


def test_missing_with_a_weight_of_nought_given(tmp_path: Path) -> None:
    """Without a weight it is left out, although what is missing counts as nought."""
    columns = {
        "subject": ["E1", "E2", "E3"],
        "sales.actual": ["90", "90", None], "calls.actual": [None, None, "90"],
        "visits.actual": ["70", None, None],
        "sales.weight": ["0.7", "0.6", "0.6"], "calls.weight": ["0.2", "0.3", "0.3"],
    }  # fmt: skip
    text = GIVEN.replace("20%", "0%").replace("70%", "90%")
    agree(tmp_path, text, columns)
    columns["sales.weight"], columns["calls.weight"] = ["0.9"] * 3, ["0"] * 3
    assert agree(tmp_path, text, columns)["calls.score"].to_list() == [None, None, 90]


def test_what_a_team_attained(tmp_path: Path) -> None:
    """By the parts of a section, and none where no indicator with an attainment counts."""
    text = """\
policy: p
subject: team
sections: {work: {weight: 70%, weights: parts}, other: {weight: 30%}}
indicators:
  sales:
    section: work
    weight: 2
    target: 3
    missing: exclude
    score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}
  calls:
    section: work
    weight: 1
    target: 7
    missing: exclude
    score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}
  rest: {section: other, weight: 100%, score: {direct: {min: 0, max: 100}}}
"""
    columns = {
        "subject": ["T1", "T2", "T3"], "sales.actual": ["2", None, None],
        "calls.actual": ["5", "6", None], "rest.actual": ["50", "60", "70"],
    }  # fmt: skip
    found = agree(tmp_path, text, columns)["attainment"].to_list()
    assert found[2] is None
    assert None not in found[:2]


COMPARED = """\
policy: p
indicators:
  sales:
    weight: 60%
    target: 3
    missing: exclude
    score:
      on: percentile
      within: department
      bands: [{at_least: 75%, score: 100}, {at_least: 50%, score: 80}, {otherwise: 40}]
  calls:
    weight: 40%
    target: 100
    score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}
"""


def test_who_takes_part_in_a_percentile(tmp_path: Path) -> None:
    """Who has an error is in no group, whose figure is left out neither; a department's number is
    the same however it is written, and rounded attainments are level."""
    columns = {
        "subject": [f"E{number}" for number in range(9)],
        "person.department": ["7", "7.0", "7", "7.00", "S", "S", "7", None, "s"],
        "sales.actual": ["1", "1.0000000001", "2", "3", "1", "2", None, "5", "1"],
        "calls.actual": ["100", "90", "100", None, "99", "110", "100", None, "1"],
    }  # fmt: skip
    found = agree(tmp_path, COMPARED, columns)
    assert found["error"].to_list()[3] == "missing-actual"
    assert found["sales.score"].to_list() == [40, 40, 100, None, 40, 100, None, None, 80]


def test_a_row_of_the_reference_in_a_group(tmp_path: Path) -> None:
    """A weight that is passed on is done by the reference, and stands in one
    order with the others."""
    text = """\
policy: p
indicators:
  sales:
    weight: 60%
    direction: lower_is_better
    score:
      on: percentile
      of: actual
      bands: [{at_least: 75%, score: 100}, {at_least: 50%, score: 80}, {otherwise: 40}]
  calls:
    weight: 40%
    missing: {weight_to: [sales]}
    score: {direct: {min: 0, max: 100}}
"""
    columns = {
        "subject": ["E1", "E2", "E3", "E4"], "sales.actual": ["2", "1.9", "2", "3"],
        "calls.actual": ["100", None, "90", None],
    }  # fmt: skip
    found = agree(tmp_path, text, columns)
    assert found["sales.score"].to_list() == [80, 100, 80, 40]
