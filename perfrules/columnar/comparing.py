"""Rules between the rows of a table: who is compared with whom, and where each then stands.

The twin of `cycle/groups.py`. What a rule compares is worked out for the whole table before anybody
stands anywhere; the rows at fault until then say through the reference whether they take part,
and with which figure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

import polars as pl

from perfrules.codes.code import Text
from perfrules.columnar.cells import Cells
from perfrules.columnar.lanes import INT128, Num
from perfrules.columnar.refusal import NotColumnar, Refusal
from perfrules.columnar.sheet import Sheet
from perfrules.exact import EXACT
from perfrules.model.appraisal import Appraisal
from perfrules.model.standing import Position, Standing

__all__ = ["PLACE", "Compared", "Judged", "Round", "Stood", "group_of", "places_of", "stood"]

Judged = Callable[[Mapping[str, object], Standing | None], Appraisal]
"""What the reference says of a row with this standing."""

_ROW: Final = "#row"
_KEY: Final = "#key"
PLACE: Final = ("size", "above", "equal")


class Compared(NamedTuple):
    """The figure that a rule compares, where it is there (None for everywhere), the columns that
    make up a group, where they say so, and whether the lower figure is the better one."""

    rule: str
    place: str
    figure: Num
    there: pl.Expr | None
    group: tuple[pl.Expr, ...]
    known: pl.Expr | None
    lower: bool


@dataclass(frozen=True, slots=True)
class Round:
    """The rules that compare the rows once so many stages are worked out, and the rows that are at
    fault by then."""

    stages: int
    at_fault: pl.Expr
    compared: tuple[Compared, ...]


class Stood(NamedTuple):
    """The rows with where each stands, and the same by rule: row, size, above, equal."""

    rows: pl.DataFrame
    places: Mapping[str, pl.DataFrame]

    def standing(self, rows: Sequence[int]) -> dict[int, Standing]:
        """Where each of these rows stands under the rules that it takes part in."""
        found: dict[int, dict[str, Position]] = {row: {} for row in rows}
        for rule, places in self.places.items():
            own = places.filter(pl.col(_ROW).is_in(rows)).select(_ROW, *PLACE)
            for row, size, above, equal in own.iter_rows():
                found[row][rule] = Position("", "", size, above, equal)
        return {**found}


def group_of(sheet: Sheet, cells: Cells, column: str | None) -> tuple[
    tuple[pl.Expr, ...], pl.Expr | None
]:  # fmt: skip
    """The columns whose values make up a group, and where there are any; a role is that of all."""
    if column is None or column == "role":
        return (), None
    name = f"person.{column}"
    given = cells.number(name)
    if given.odd is None:
        return (given.number.expr,), given.there
    if cells.frame.schema[name] == pl.Boolean():
        return (cells.truth(name).words,), given.there
    if not cells.is_text(name):
        raise sheet.refuse(f"`{name}` 不能用来分组", f"no groups can be made by `{name}`")
    words = pl.when(given.odd).then(cells.word(name).words).otherwise(pl.lit(""))
    return (given.number.expr, given.odd, words), given.there


def places_of(rule: str, rows: int) -> tuple[Num, Num, Num]:
    """The columns in which `stood` says of each row how many are compared with it, how many of
    them come before, and how many are level."""
    most = max(rows, 1)
    size, above, equal = (pl.col(f"#{what} {rule}") for what in PLACE)
    return Num(size, 0, 1, most), Num(above, 0, 0, most), Num(equal, 0, 1, most)


def stood(one: Round, table: pl.DataFrame, rows: pl.DataFrame, judged: Judged) -> Stood:
    """Where everybody stands; `rows` have the columns of the round's stages.

    Raises `NotColumnar` where somebody's group is not known, where somebody is there twice, and
    for figures of which 128 bits cannot hold all.
    """
    if table["subject"].is_duplicated().any():
        text = Text("有人在表中出现两次，不能比较", "somebody is in the table twice")
        raise NotColumnar((Refusal(one.compared[0].place, one.compared[0].rule, text),))
    rows = rows.with_columns(pl.int_range(pl.len()).alias(_ROW), one.at_fault.alias("#early"))
    early = rows.filter("#early")[_ROW].to_list()
    heard = [judged(row, {}) for row in table[early].iter_rows(named=True)]
    places = {}
    for rule in one.compared:
        places[rule.rule] = _places(rule, rows, dict(zip(early, heard, strict=True)))
    for name, found in places.items():
        own = [pl.col(what).alias(f"#{what} {name}") for what in PLACE]
        everybody = rows.select(_ROW).join(found, on=_ROW, how="left", maintain_order="left")
        filled = everybody.select(own).fill_null(1)  # of whom nobody compares: never read
        rows = pl.concat([rows, filled], how="horizontal")
    return Stood(rows.drop(_ROW, "#early"), places)


def _places(rule: Compared, rows: pl.DataFrame, heard: Mapping[int, Appraisal]) -> pl.DataFrame:
    """Size, above and equal of those who take part."""
    asked = {row: _figure(rule.rule, one) for row, one in heard.items()}
    figures = {row: key for row, key in asked.items() if key is not None}
    scale = max((rule.figure.scale, *(_places_needed(one) for one in figures.values())))
    own = {row: int(key.scaleb(scale, EXACT)) for row, key in figures.items()}
    more = 10 ** (scale - rule.figure.scale)
    ends = (rule.figure.low * more, rule.figure.high * more, *own.values())
    if min(ends) < INT128[0] or max(ends) > INT128[1]:
        text = Text("要比较的数超出 128 位整数", "128 bits cannot hold all figures compared")
        raise NotColumnar((Refusal(rule.place, rule.rule, text),))
    group = {f"#group {number}": expr for number, expr in enumerate(rule.group)}
    here = rows.with_columns(
        (rule.figure.expr.cast(pl.Int128()) * pl.lit(more, dtype=pl.Int128())).alias(_KEY),
        _everywhere(rule.there).alias("#there"), _everywhere(rule.known).alias("#known"), **group,
    ).select(_ROW, _KEY, "#early", "#there", "#known", *group)  # fmt: skip
    by_reference = here.filter(pl.col(_ROW).is_in([*own])).with_columns(
        pl.Series(_KEY, [own[row] for row in sorted(own)], dtype=pl.Int128())
    )
    members = pl.concat([here.filter(~pl.col("#early") & pl.col("#there")), by_reference])
    if not members["#known"].all():
        text = Text("有人没有组别，不能比较", "somebody has no group to be compared in")
        raise NotColumnar((Refusal(rule.place, rule.rule, text),))
    before = pl.col(_KEY).rank("min", descending=not rule.lower).cast(pl.Int64()) - 1
    among = [pl.col(name) for name in group] or [pl.lit(0)]
    return members.select(
        _ROW,
        size=pl.len().cast(pl.Int64()).over(among),
        above=before.over(among),
        equal=pl.len().cast(pl.Int64()).over([*group, _KEY]),
    )


def _everywhere(there: pl.Expr | None) -> pl.Expr:
    return pl.lit(True) if there is None else there


def _figure(rule: str, appraisal: Appraisal) -> Decimal | None:
    """What the reference says that the rule compares of a row; None where it takes no part."""
    if any(one.severity == "error" for one in appraisal.problems):
        return None
    return next((one.keys[0] for one in appraisal.waiting if one.rule == rule), None)


def _places_needed(value: Decimal) -> int:
    exponent: Sequence[int] | int | str = value.normalize(EXACT).as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)
