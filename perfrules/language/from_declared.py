"""From a mapping of a document to a class of the model, key by key as the class declares them.

The document has passed the schema, so that every value has the shape that is asked for; only
expressions can still be wrong. A key that is missing all the same (where another was misspelt
beyond recognition, which is reported) is read as nought or nothing.
"""

import dataclasses
import datetime
import functools
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, Literal, get_args, get_origin

from perfrules.codes.code import Text
from perfrules.formula import Formula
from perfrules.language.source import Source
from perfrules.language.text.document import Mapping as MappingNode
from perfrules.model.declared import ABSENT, Declared, Kind, Names, Rows, Worked, keys_of, parts_of
from perfrules.model.population import Sorting
from perfrules.model.written import Constant, Placed, Word

__all__ = ["ByHand", "Reader", "entries"]

ByHand = Callable[["Reader", Source, str], Any]
"""Reads a block that has a rule of its own: from its mapping and its name to an object of the
model, or to None where an expression in it is wrong."""

_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})
_ZERO: Final = Decimal(0)


class Reader:
    """Reads blocks by their declarations, those of `by_hand` by a rule of their own."""

    def __init__(self, by_hand: Mapping[type[Any], ByHand]) -> None:
        self.by_hand = by_hand

    def block(
        self,
        kept: type[Any],
        source: Source,
        name: str = "",
        absent: Mapping[str, object] = _NOTHING,
    ) -> Any:
        """The object that a mapping writes; None where an expression in it is wrong.

        `absent` has what stands in for its keys where that depends on where the block stands.
        """
        by_hand = self.by_hand.get(kept)
        if by_hand is not None:
            return by_hand(self, source, name)
        return self.declared(kept, source, name, absent=absent)

    def declared(
        self,
        kept: type[Any],
        source: Source,
        name: str = "",
        *,
        absent: Mapping[str, object] = _NOTHING,
        **given: object,
    ) -> Any:
        """The same by the declarations alone, but for the fields that are `given`."""
        values = dict(given)
        if "name" in kept.__dataclass_fields__:
            values["name"] = name
        written = source.node.entries
        for one, usual, single in _ways(kept):
            if one.field in values:
                continue
            if usual is not _OPEN and one.name not in written and one.name not in absent:
                values[one.field] = usual
                continue
            default = absent.get(one.name, one.key.absent)
            value = self._value(one, source, name, default, single)
            if value is None and one.type is Formula:
                return None
            values[one.field] = value
        return kept(**(_placed(source) if issubclass(kept, Placed) else {}), **values)

    def each(self, kept: type[Any], source: Source) -> tuple[Any, ...]:
        """The blocks under all keys, in their order; one with a wrong expression is left out."""
        found = (self.block(kept, below, name) for name, below in source.each())
        return tuple(one for one in found if one is not None)

    def rows(self, kept: type[Any], source: Source, key: str) -> tuple[Any, ...]:
        """The blocks of a list. A row is called by what `otherwise` or its first key says."""
        first = keys_of(kept)[0].name
        named = ((row, row.word(first, row.word("otherwise", ""))) for row in source.rows(key))
        return tuple(self.block(kept, row, name) for row, name in named)

    def _value(
        self, one: Declared, source: Source, name: str, default: object, single: "_Single"
    ) -> Any:
        """The value of a key, or what stands in for it."""
        kind, key = one.key.kind, one.name
        if one.key.otherwise is not None and "otherwise" in source:
            key = "otherwise"
        if one.type is Text:
            return source.title(name, key)
        if isinstance(kind, type):
            absent = default if isinstance(default, Mapping) else _NOTHING
            if key in source or absent is default or one.is_required:
                return self.block(kind, source.below(key), absent=absent)
            return None
        if key not in source:
            is_open = default is ABSENT or isinstance(default, Worked)
            return _nought(one, source) if is_open else default
        if isinstance(kind, Names):
            below = source.below(key)
            if isinstance(kind.of, type):
                return self.each(kind.of, below)
            return entries(one.type, below)
        if isinstance(kind, Rows) and isinstance(kind.of, type):
            return self.rows(kind.of, source, key)
        if isinstance(kind, Kind) and isinstance(source.get(key), MappingNode):
            form = next(part for part in parts_of(one.type) if hasattr(part, "block"))
            return self.block(form, source.below(key))
        return single(source, key)


_Single = Callable[[Source, str], Any]
_OPEN: Final = object()
"""Says of a key that what stands in for it depends on where the block stands."""


def _ways(kept: type[Any]) -> tuple[tuple[Declared, Any, _Single], ...]:
    """The keys whose values a class keeps, each with what stands in for it, and how a single value
    of it is read."""
    return _ways_of(kept)  # type: ignore[arg-type]  # mypy doubts that a class can be hashed


@functools.cache
def _ways_of(kept: type[Any]) -> tuple[tuple[Declared, Any, _Single], ...]:
    keys = (one for one in keys_of(kept) if one.field)
    return tuple((one, _usual(one), _single(one.type)) for one in keys)


def _usual(one: Declared) -> object:
    default = one.key.absent
    if one.type is Text or one.key.otherwise is not None or isinstance(default, Mapping):
        return _OPEN
    if default is ABSENT or isinstance(default, Worked):
        return _OPEN if one.is_required else None
    return default


def entries(kept: Any, source: Source) -> Any:
    """The entries of a mapping from names to single values; where `kept` is a class that holds
    them, that."""
    if get_origin(kept) is tuple:
        entry = get_args(kept)[0]
        return tuple(_entry(entry, source, name) for name in source.node.entries)
    kept = next(one for one in parts_of(kept) if one is not type(None))
    (field,) = (one.name for one in dataclasses.fields(kept) if one.name not in ("path", "place"))
    found: Any = kept
    return found(entries(kept.__annotations__[field], source), **_placed(source))


def _entry(entry: type[Any], source: Source, name: str) -> Any:
    value_type = entry.__annotations__[list(entry.__annotations__)[1]]
    value = _single(value_type)(source, name) or _empty(value_type, source.at(name))
    is_placed = issubclass(entry, Placed)
    placed = {"path": source.at(name), "place": source.place(name)} if is_placed else {}
    made: Any = entry
    return made(name, value, **placed)


def _placed(source: Source) -> dict[str, str]:
    return {"path": source.path, "place": source.addresses.place(source.path)}


def _date(source: Source, key: str) -> datetime.date:
    return datetime.date.fromisoformat(source.word(key, ""))


def _whole(source: Source, key: str) -> int:
    return int(source.number(key) or 0)


def _pair(source: Source, key: str) -> tuple[Decimal, ...] | None:
    found = source.numbers(key)
    return found if len(found) == 2 else None


def _need(source: Source, key: str) -> object:
    """`required`, `none` or a number."""
    number = source.constant(key)
    return number or ("required" if source.optional_word(key) == "required" else "none")


_SINGLE: Final[Mapping[Any, _Single]] = {
    Decimal: Source.number,
    Constant: Source.constant,
    Formula: Source.formula,
    Word: Source.placed_word,
    int: _whole,
    bool: lambda source, key: source.truth(key, False),
    datetime.date: _date,
    tuple[Formula, ...]: Source.formulas,
    tuple[Sorting, ...]: Source.order,
    tuple[Word, ...]: Source.placed_words,
    tuple[Constant, ...]: Source.constants,
    tuple[str, ...]: lambda source, key: source.words(key, ()),
    tuple[Decimal, Decimal]: _pair,
}


@functools.cache
def _single(kept_type: Any) -> _Single:
    """How a value of a type is read; words of a choice are read as they stand."""
    parts = parts_of(kept_type)
    if Constant in parts and Formula in parts:
        return Source.amount
    if Constant in parts and any(get_origin(one) is Literal for one in parts):
        return _need
    if Decimal in parts and str in parts:
        return Source.number_or_word
    return next((_SINGLE[one] for one in parts if one in _SINGLE), Source.optional_word)


def _nought(one: Declared, source: Source) -> Any:
    """What is read where a key is missing that has to be there, or None where it need not be."""
    optional = type(None) in parts_of(one.type) or not one.is_required
    return None if optional else _empty(one.type, source.at(one.name))


def _empty(kept_type: Any, path: str) -> Any:
    if kept_type is Constant:
        return Constant(_ZERO, path)
    if get_origin(kept_type) is tuple:
        return ()
    return {Decimal: _ZERO, int: 0, Formula: None}.get(kept_type, "")
