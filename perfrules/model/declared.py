"""What a key of the language is, declared once: on the field of the model that holds its value.

    weight: Annotated[Constant, key(SHARE, "权重 · Weight", "占总分的权重。", "Its share.")]

A declaration names the kind of value, what stands there where the key is absent, and the text in
Chinese and in English. The JSON Schema with its hover texts, the reading, the resolved text and
the tables of docs/language follow from it (`perfrules.language`). Whether a key is required
follows from its type, and so does how it is read: a `Constant` knows its place, a `Decimal` does
not, a class with a `block` is a mapping of its own.
"""

import functools
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final, Literal, Union, get_args, get_origin

from perfrules.codes.code import Text

__all__ = [
    "ABSENT",
    "NAME",
    "Block",
    "Choice",
    "Declared",
    "Key",
    "Kind",
    "Names",
    "Rows",
    "Value",
    "Worked",
    "blocks_of",
    "choose_one",
    "key",
    "keys_of",
    "parts_of",
]

Keywords = Mapping[str, Any]
"""Keywords of JSON Schema. A `Kind` or a class with a block in it stands for a reference."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of single value. `rule` tells which values can stand there, `code` names the finding
    where another one does, `expected` says what is expected, `values` the same for the tables of
    the language in few words. `percent` says when such a number is written as a percentage."""

    name: str
    title: str
    zh: str
    en: str
    expected: Text
    rule: Keywords
    values: Text
    code: str | None = None
    percent: Literal["always", "of a share", "never"] = "never"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words of a `Literal`, each with its label `zh · en`, in the order of the type.

    One that several keys share has a name and texts of its own.
    """

    labels: tuple[str, ...]
    words: tuple[Any, ...] = ()
    name: str = ""
    title: str = ""
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """A mapping from names of the kind `names` to values of one kind, or to blocks.

    One that is told besides has a name and texts of its own.
    """

    names: Kind
    of: "Kind | type[Any]"
    expected: Text
    at_least_one: bool = False
    name: str = ""
    title: str = ""
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of values of one kind, or of blocks; it has at least one."""

    of: "Kind | Choice | type[Any]"
    expected: Text


_NO_TEXT: Final = Text("", "")


@dataclass(frozen=True, slots=True)
class Block:
    """A mapping with keys of its own: those that the class declares on which this stands.

    What is said of keys that go together: `either` are two of which one alone can stand there;
    `rule` (keywords of JSON Schema) holds in every file, once all keys are known, `whole` in a
    policy that is merged with what it extends. Of the keys that are not `beside` others there is
    exactly one; `{forms}` in a text stands for them and `{count}` for how many there are. Of the
    keys of a row that are `one_of` there is exactly one, but in a last row.

    One without a name stands at one place only, where its key's texts serve.
    """

    name: str = ""
    title: str = ""
    zh: str = ""
    en: str = ""
    expected: Text = _NO_TEXT
    either: tuple[str, str, Text] | None = None
    rule: Keywords | None = None
    whole: Keywords | None = None
    at_least_one: bool = False
    beside: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()


Value = Kind | Choice | Names | Rows | type

ABSENT: Final = object()
"""Says of a key that it has no default."""

NAME: Final = object()
"""Says of a title that the name stands in for it."""


@dataclass(frozen=True, slots=True)
class Worked:
    """Says of a key that what stands in for it is worked out from other keys: how, in words."""

    words: Text


@dataclass(frozen=True, slots=True)
class Key:
    """The declaration of a key. `title` is `zh · en`; `example` is a value as a file writes it.

    `unless` says for the tables what holds without the key where no value stands in for it, `more`
    what they tell besides. `otherwise` is the key by which a table's last row gives the value.
    """

    kind: Value
    title: str
    zh: str
    en: str
    absent: object = ABSENT
    name: str = ""
    example: str = ""
    unless: Text = _NO_TEXT
    more: Text = _NO_TEXT
    required: bool | None = None
    otherwise: "Key | None" = None


key: Final = Key


def choose_one(expected: Text, keywords: Keywords, besides: Keywords | None = None) -> Keywords:
    """Keywords of JSON Schema about keys that go together: what is expected where they fail, and
    what is asked `besides`."""
    return {**keywords, "x-code": "choose-one", "x-expected": expected, **(besides or {})}


@dataclass(frozen=True, slots=True)
class Declared:
    """A key as a class declares it: `name` in a file, `field` of the class (empty where the key is
    read without being kept), and the type of the field."""

    name: str
    field: str
    type: Any
    key: Key
    is_required: bool


def keys_of(block: type[Any]) -> tuple[Declared, ...]:
    """The keys that a class declares, in their order."""
    return _keys_of(block)  # type: ignore[arg-type]  # mypy doubts that a class can be hashed


@functools.cache
def _keys_of(block: type[Any]) -> tuple[Declared, ...]:
    found = (_declared(name, annotation) for name, annotation in _annotations(block).items())
    return tuple(one for one in found if one is not None)


def _annotations(block: type[Any]) -> dict[str, Any]:
    """Those of the dataclasses above first, as their fields are ordered."""
    found: dict[str, Any] = {}
    for one in reversed(block.__mro__):
        if "__dataclass_fields__" in one.__dict__:
            found |= one.__annotations__
    return found


def _declared(field: str, annotation: Any) -> Declared | None:
    is_kept = get_origin(annotation) is not ClassVar
    annotation = annotation if is_kept else get_args(annotation)[0]
    if get_origin(annotation) is not Annotated:
        return None
    kept_type, one = get_args(annotation)
    if isinstance(one.kind, Choice) and not one.kind.words:
        words = next(get_args(part) for part in parts_of(kept_type) if get_origin(part) is Literal)
        kind = Choice(one.kind.labels, words)
        one = Key(**{name: getattr(one, name) for name in Key.__slots__} | {"kind": kind})
    optional = type(None) in parts_of(kept_type)
    required = one.absent is ABSENT and not optional if one.required is None else one.required
    return Declared(one.name or field, field if is_kept else "", kept_type, one, required)


def parts_of(kept_type: Any) -> tuple[Any, ...]:
    """What a union is made of; any other type by itself."""
    return (
        get_args(kept_type) if get_origin(kept_type) in (Union, types.UnionType) else (kept_type,)
    )


def blocks_of(kept: type[Any]) -> Mapping[str, type[Any]]:
    """A class with keys and those below it, by their names."""
    found = {kept.__name__: kept}
    for one in keys_of(kept):
        below = one.key.kind.of if isinstance(one.key.kind, Names | Rows) else one.key.kind
        if isinstance(below, type) and below.__name__ not in found:
            found |= blocks_of(below)
        for other in _in_rule(below):
            found |= blocks_of(other)
    return found


def _in_rule(value: object) -> Iterator[type[Any]]:
    """The blocks that can stand in the place of a single value, as a limit can of a quota."""
    if isinstance(value, Kind):
        yield from (one for one in value.rule.values() if isinstance(one, type))
