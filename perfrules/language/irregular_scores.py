"""The forms of a score that are read and written by a rule of their own: bands and formulas."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from perfrules.language.from_declared import Reader, entries
from perfrules.language.resolved_tree import Tree, Writer
from perfrules.language.source import Source
from perfrules.model.bands import Band, Bands
from perfrules.model.declared import Names, keys_of, parts_of
from perfrules.model.scoring import FormulaScore, Levels, Score, Scoring
from perfrules.model.thresholds import LIMIT

__all__ = ["scoring_from", "scoring_tree"]


def scoring_from(
    reader: Reader, source: Source, compared: Literal["attainment", "actual"]
) -> Score | None:
    """The form that `score` writes; None where its formula is wrong, which is a finding by then.

    `compared` is what a percentile is of where the policy does not say.
    """
    forms = {one.name: one for one in keys_of(Scoring) if one.name in source}
    form = next((name for name in forms if name not in Scoring.block.beside), "formula")
    if form == "bands":
        return _bands(reader, source, compared)
    if form == "formula":
        formula = source.formula(form)
        place = {"path": source.at(form), "place": source.place(form)}
        return None if formula is None else FormulaScore(formula, **place)
    below, one = source.below(form), forms[form]
    if isinstance(one.key.kind, Names):
        levels: Levels = entries(one.type, below)
        return levels
    # `on` may stand inside a form or beside it.
    beside = {"on": source.word("on", "")} if "on" in source else {}
    found: Score = reader.block(one.key.kind, below, absent=beside)  # type: ignore[arg-type]
    return found


def _bands(reader: Reader, source: Source, compared: Literal["attainment", "actual"]) -> Bands:
    basis: Any = source.word("on", "attainment")
    return Bands(
        on=basis,
        rows=tuple(_rows(reader, source)),
        path=source.at("bands"),
        place=source.place("bands"),
        within=source.optional_word("within"),
        of=source.word("of", compared) if basis == "percentile" else "attainment",  # type: ignore[arg-type]
    )


def _rows(reader: Reader, source: Source) -> Iterator[Band]:
    """A slope ends at the limit of the row above, the first where it says."""
    above: Decimal | str | None = None
    for row in source.rows("bands"):
        if "otherwise" in row:
            yield reader.declared(Band, row, high=None, until=None)
            continue
        low, *rest = row.numbers("score")
        high = rest[0] if rest else None
        end = row.number_or_word("up_to")
        until = None if high is None else above if end is None else end
        band: Band = reader.declared(Band, row, score=low, high=high, until=until)
        yield band
        above = band.threshold and band.threshold.at


def scoring_tree(writer: Writer, score: Score, in_percent: bool) -> Tree:
    """The mapping that `score` writes; `in_percent` says so of the indicator's figures."""
    is_share = getattr(score, "on", "actual") != "actual" or in_percent
    if isinstance(score, Bands):
        compared = {"within": score.within, "of": score.of} if score.on == "percentile" else {}
        found = {"on": score.on, **compared, "bands": _bands_tree(writer, score, is_share)}
        return {key: value for key, value in found.items() if value is not None}
    if isinstance(score, FormulaScore):
        return {"formula": score.formula.text}
    form = next(one for one in keys_of(Scoring) if type(score) in parts_of(one.type))
    return {form.name: writer.value(form.key.kind, score, is_share)}


def _bands_tree(writer: Writer, bands: Bands, is_share: bool) -> list[Tree]:
    rows: list[Tree] = []
    is_first = True
    for band in bands.rows:
        limit = band.threshold
        if limit is None:
            rows.append({"otherwise": band.score})
            continue
        score = band.score if band.high is None else [band.score, band.high]
        row = {limit.word: writer.value(LIMIT, limit.at, is_share), "score": score}
        if band.until is not None and is_first:
            row["up_to"] = writer.value(LIMIT, band.until, is_share)
        rows.append(row)
        is_first = False
    return rows
