"""The public face: a table in, a table out, each cell as `Policy.evaluate` has it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import perfrules

POLICY = """\
policy: p
indicators:
  sales:
    weight: 50%
    score:
      bands: [{at_least: 100%, score: 100}, {at_least: 80%, score: [60, 100]}, {otherwise: 0}]
  service: {weight: 30%, missing: exclude, score: {direct: {min: 0, max: 100}}}
  teamwork:
    weight: 20%
    score:
      ratings:
        groups: {manager: 60%, peer: 40%}
        scale: {min: 0, max: 100}
        trim: {drop: 1, from_raters: 3}
adjustments:
  praise: {points: {each: 2, at_most: 5}}
vetoes:
  fraud: {when: fraud > 0, then: {total: 59.5, grade: C, pay: 0%}}
grades: [{grade: A, at_least: 90}, {grade: B, at_least: 80}, {otherwise: C}]
incentives:
  bonus:
    base: person.base
    by_grade: {A: 120%, B: 100%, C: 50%}
    only_if: person.office in ("North", "South")
  commission: {tiers: {by: sales.actual, marginal: [{from: 0, rate: 1%}, {from: 100, rate: 2.5%}]}}
payouts: {at_most: 1100}
"""


@pytest.fixture
def policy(tmp_path: Path) -> perfrules.Policy:
    (tmp_path / "p.yaml").write_text(POLICY, "utf-8")
    return perfrules.read_policy(tmp_path / "p.yaml")


ROWS: list[dict[str, Any]] = [
    {"subject": "E1", "sales.actual": "99.99", "service.actual": "88.125"},
    {"subject": "E2", "sales.actual": "100", "service.actual": None, "event.praise": 3},
    {"subject": "E3", "sales.actual": None},
    {"subject": "E4", "sales.actual": "80", "event.fraud": 1, "person.base": "999.99"},
    {"subject": "E5", "sales.actual": "many"},
    {"subject": "E6", "sales.actual": "250.5", "person.office": "West"},
    {"subject": "E7", "sales.actual": "1", "sales.target": "0"},
    {"subject": "E8", "sales.actual": "120", "event.praise": -1},
    {"subject": "E9", "teamwork.ratings.peer": []},
    {"subject": "E10", "teamwork.ratings.manager": ["101"]},
]
WHOLE: dict[str, Any] = {
    "sales.actual": "90", "sales.target": "100", "service.actual": "70", "event.praise": None,
    "event.fraud": 0, "person.base": "1000.50", "person.office": "North",
    "teamwork.ratings.manager": ["90"], "teamwork.ratings.peer": ["60", "70.5", "100"],
}  # fmt: skip


def table() -> pl.DataFrame:
    return pl.DataFrame([{**WHOLE, **row} for row in ROWS])


def test_each_row_is_what_the_reference_says(policy: perfrules.Policy) -> None:
    found = perfrules.evaluate_table(policy, table())
    lines = {line["subject"]: line for line in found.frame.to_dicts()}
    assert [*lines] == [row["subject"] for row in ROWS]
    errors = {name: line["error"] for name, line in lines.items() if line["error"]}
    assert errors == {
        "E3": "missing-actual", "E5": "not-a-figure", "E7": "zero-target", "E8": "not-a-count",
        "E9": "empty-group", "E10": "out-of-range",
    }  # fmt: skip
    assert found.by_reference == len(errors)
    for line in found.frame.to_dicts():
        row = {**WHOLE, **next(one for one in ROWS if one["subject"] == line["subject"])}
        ratings = {key: row[f"teamwork.ratings.{key}"] for key in ("manager", "peer")}
        card = perfrules.scorecard(
            row["subject"],
            {
                "sales": {"actual": row["sales.actual"], "target": row["sales.target"]},
                "service": {"actual": row["service.actual"]},
                "teamwork": {"ratings": ratings},
            },
            person={"base": row["person.base"], "office": row["person.office"]},
            events={
                name: row[f"event.{name}"]
                for name in ("praise", "fraud")
                if row[f"event.{name}"] is not None
            },
        )
        alone = policy.evaluate(card)
        assert line["total"] == alone.total
        assert line["grade"] == alone.grade
        assert line["pay_total"] == alone.pay_total
        assert line["sales.score"] == alone.score("sales")
        assert line["service.score"] == alone.score("service")
        for name in ("bonus", "commission", "cut"):
            assert line[f"pay.{name}"] == alone.pay.get(name)
    assert lines["E1"]["sales.attainment"] == Decimal("0.9999")
    assert lines["E1"]["sales.score"] == Decimal("99.98")
    assert lines["E2"]["service.score"] is None
    assert lines["E4"]["vetoes"] == ["fraud"]
    assert lines["E6"]["pay.bonus"] == 0


class Arrow:
    """Something that speaks Arrow and is otherwise unknown."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.frame.__arrow_c_stream__(requested_schema)


def test_arrow_in_and_arrow_out(policy: perfrules.Policy) -> None:
    found = perfrules.evaluate_table(policy, Arrow(table()))
    assert pl.DataFrame(found).equals(found.frame)
    assert found.frame.schema["total"] == pl.Decimal(38, 2)
    assert len(found) == len(ROWS)


def test_tables_of_other_libraries(policy: perfrules.Policy) -> None:
    arrow, duckdb = pytest.importorskip("pyarrow"), pytest.importorskip("duckdb")
    here = perfrules.evaluate_table(policy, table())
    there = perfrules.evaluate_table(policy, table().to_arrow())
    assert there.frame.equals(here.frame)
    assert arrow.table(here).num_rows == len(ROWS)
    local = table().to_arrow()
    assert local.num_rows
    relation = duckdb.sql("select * from local")
    assert perfrules.evaluate_table(policy, relation).frame.equals(here.frame)


@pytest.mark.parametrize(
    "kind", [pl.Int8(), pl.UInt64(), pl.Int128(), pl.Decimal(20, 6), pl.String()]
)
def test_numbers_of_any_exact_type(policy: perfrules.Policy, kind: Any) -> None:
    whole = (
        table()
        .filter(pl.col("subject") == "E2")
        .with_columns(
            pl.col("sales.target").cast(kind), pl.lit(100).cast(kind).alias("sales.actual")
        )
    )
    found = perfrules.evaluate_table(policy, whole)
    assert found.frame["sales.score"].item() == 100
    assert found.by_reference == 0


def test_floats_are_refused_or_the_shortest_decimal(policy: perfrules.Policy) -> None:
    floats = table().with_columns(
        pl.lit(0.1 + 99.9).alias("sales.target"), pl.lit(1e-7).alias("sales.actual")
    )
    with pytest.raises(TypeError, match=r"'sales.target' holds binary floats|'sales.actual' holds"):
        perfrules.evaluate_table(policy, floats)
    found = perfrules.evaluate_table(policy, floats, floats="shortest").frame
    assert found["sales.attainment"][0] == Decimal("0.000000001")
    odd = floats.with_columns(pl.lit(float("nan")).alias("sales.actual"))
    assert (
        perfrules.evaluate_table(policy, odd, floats="shortest").frame["error"][0] == "not-a-figure"
    )


def test_what_a_program_gets_wrong(policy: perfrules.Policy) -> None:
    with pytest.raises(TypeError, match="no table"):
        perfrules.evaluate_table(policy, [1, 2])
    with pytest.raises(ValueError, match=r"'sales.actaul', did you mean 'sales.actual'"):
        perfrules.evaluate_table(policy, table().rename({"sales.actual": "sales.actaul"}))
    with pytest.raises(ValueError, match="subject"):
        perfrules.evaluate_table(policy, table().drop("subject"))


def test_a_table_without_rows(policy: perfrules.Policy) -> None:
    found = perfrules.evaluate_table(policy, table().head(0))
    assert (len(found), found.by_reference) == (0, 0)
    assert "total" in found.frame.columns


def test_many_rows_keep_their_order(policy: perfrules.Policy) -> None:
    """More than go through the stages together, with rows at fault in both parts."""
    rows = pl.concat([table()] * 15_000).with_columns(
        subject=pl.int_range(pl.len()).cast(pl.String()),
        **{"person.base": pl.int_range(pl.len()).cast(pl.String())},
    )
    sound = rows.filter(pl.int_range(pl.len()) % 10 != 2, pl.int_range(pl.len()) % 10 < 2)
    some = pl.concat([sound, rows[2:5], sound])
    found = perfrules.evaluate_table(policy, some)
    assert found.frame["subject"].to_list() == some["subject"].to_list()
    assert found.frame["error"].drop_nulls().to_list() == ["missing-actual", "not-a-figure"]
    again = perfrules.evaluate_table(policy, some[-7:]).frame
    assert found.frame[-7:].equals(again)


def test_the_plan_says_what_fits(policy: perfrules.Policy) -> None:
    lanes = {one.path: one for one in perfrules.plan_table(policy, table())}
    assert lanes["indicators.sales"].bits == 64
    assert lanes["incentives.bonus"].place.endswith("p.yaml:21:3")
    assert all(one.low <= one.high for one in lanes.values())
    large = table().with_columns(pl.lit("999999999999999.99").alias("person.base"))
    wide = {one.path: one for one in perfrules.plan_table(policy, large)}
    assert wide["incentives.bonus"].bits == 128 or wide["incentives.bonus"].high > 10**17
