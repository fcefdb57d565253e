"""The pieces that every block of a resolved policy is made of."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from perfrules.codes.code import Text
from perfrules.formula import Formula
from perfrules.model.population import Sorting
from perfrules.model.scoring import Limits

__all__ = ["Ratio", "Tree", "figure", "limits", "order", "text_of", "title", "without_none"]

Tree = dict[str, object]


class Ratio(Decimal):
    """A number that people write as a percentage."""


def title(text: Text) -> Tree:
    """A text in both languages."""
    return {"zh": text.zh, "en": text.en}


def without_none(tree: Mapping[str, object]) -> Tree:
    """What there is of a tree; what is not there is not written."""
    return {key: value for key, value in tree.items() if value is not None}


def limits(ends: Limits) -> Tree:
    """The lower and the upper limit, where there are any."""
    low, high = ends.at_least, ends.at_most
    return without_none({"at_least": low and low.value, "at_most": high and high.value})


def text_of(formula: Formula | None) -> str | None:
    """An expression as it is written."""
    return None if formula is None else formula.text


def figure(value: Decimal, is_share: bool) -> Decimal:
    """A number, as a percentage where it is a share."""
    return Ratio(value) if is_share else value


def order(sortings: Iterable[Sorting]) -> list[str]:
    """What is compared in turn, such as `total desc`."""
    return [f"{one.by.text} {'desc' if one.descending else 'asc'}" for one in sortings]
