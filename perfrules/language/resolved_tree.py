"""From an object of the model back to the mapping that writes it, key by key as it is declared."""

import dataclasses
import datetime
import functools
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from perfrules.codes.code import Text
from perfrules.formula import Formula
from perfrules.model.declared import Declared, Kind, Names, Rows, Value, keys_of
from perfrules.model.policy import Policy, Section
from perfrules.model.population import Sorting
from perfrules.model.written import Constant, Word

__all__ = ["Backwards", "Ratio", "Tree", "Writer"]

Tree = dict[str, Any]

Backwards = Callable[["Writer", Any, bool], Tree]
"""Writes an object that has a rule of its own; the flag says whether its figures are shares."""

_EARLIER: Final[Mapping[type[Any], tuple[str, str]]] = {
    Policy: ("events", "adjustments"),
    Section: ("title", "weight"),
}
"""Keys that stand before another, though declared behind it: digests are of this order."""


class Ratio(Decimal):
    """A number that people write as a percentage."""


class Writer:
    """Writes objects by their declarations, those of `by_hand` by a rule of their own."""

    def __init__(self, by_hand: Mapping[type[Any], Backwards]) -> None:
        self.by_hand = by_hand

    def tree(self, one: Any, is_share: bool = False) -> Tree:
        """The mapping that an object writes; `is_share` says whether its figures are shares."""
        by_hand = self.by_hand.get(type(one))
        return by_hand(self, one, is_share) if by_hand else self.declared(one, is_share)

    def declared(self, one: Any, is_share: bool = False, **given: object) -> Tree:
        """The same by the declarations alone, but for the keys that are `given`. What is not there
        is not written."""
        found: Tree = {}
        for key in _in_order(one.__class__):
            value = given.get(key.name, key)
            if value is key:
                value = self.value(key.key.kind, getattr(one, key.field), is_share)
            if value not in (None, {}, []):
                is_last = key.key.otherwise is not None and one.threshold is None
                found["otherwise" if is_last else key.name] = value
        return found

    def value(self, kind: Value, value: Any, is_share: bool) -> Any:
        """A value as it is written: texts, decimals, yes and no, mappings and lists of them."""
        match value:
            case Decimal():
                return Ratio(value) if _is_ratio(kind, is_share) else value
            case Formula():
                return value.text
            case Constant() | Word():
                return self.value(kind, value.value, is_share)
            case Sorting():
                return f"{value.by.text} {'desc' if value.descending else 'asc'}"
            case Text():
                return {"zh": value.zh, "en": value.en}
            case bool() | str() | None:
                return value
            case int():
                return Decimal(value)
            case datetime.date():
                return value.isoformat()
            case tuple():
                return self._many(kind, value, is_share)
        if isinstance(kind, Names):
            (many,) = _held(value)
            return self._many(kind, many, is_share)
        return self.tree(value, is_share)

    def _many(self, kind: Value, many: tuple[Any, ...], is_share: bool) -> Any:
        if isinstance(kind, Rows):
            return [self.value(kind.of, one, is_share) for one in many]
        if isinstance(kind, Names) and not isinstance(kind.of, type):
            pairs = (_held(one)[:2] for one in many)
            return {name: self.value(kind.of, value, is_share) for name, value in pairs}
        if many and isinstance(many[0], Decimal):
            return list(many)
        return {one.name: self.tree(one, is_share) for one in many}


def _held(one: Any) -> list[Any]:
    names = (field.name for field in dataclasses.fields(one))
    return [getattr(one, name) for name in names if name not in ("path", "place")]


def _is_ratio(kind: Value, is_share: bool) -> bool:
    percent = kind.percent if isinstance(kind, Kind) else "never"
    return percent == "always" or (is_share and percent == "of a share")


@functools.cache
def _in_order(kept: type[Any]) -> tuple[Declared, ...]:
    keys = [one for one in keys_of(kept) if one.field]
    if kept in _EARLIER:
        first, other = (next(key for key in keys if key.name == name) for name in _EARLIER[kept])
        keys.remove(first)
        keys.insert(keys.index(other), first)
    return tuple(keys)
