"""What makes a changed byte show: digests, and a chain over the records."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from perfrules.records.trace_json import canonical, is_sealed_text

__all__ = [
    "CHAIN_START", "UnreadableError", "chained", "parsed", "parsed_record", "seal", "sha256",
    "trusted",
]  # fmt: skip

CHAIN_START: Final = "0" * 64
"""The head of the chain before the first record."""


class UnreadableError(ValueError):
    """A text that is no JSON object of ours."""


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def seal(record: Mapping[str, object]) -> str:
    """The digest that the record should bear: that of all its entries but the digest."""
    rest = {key: value for key, value in record.items() if key != "digest"}
    return sha256(canonical(rest).encode("utf-8", "surrogatepass"))


def chained(head: str, line: bytes) -> str:
    """The head of the chain after one more record; `line` is its text without the line break."""
    return sha256(head.encode() + b"\n" + line)


def parsed(data: bytes) -> dict[str, Any]:
    """The JSON object in a text; raises `UnreadableError` for anything else.

    Numbers with a point, NaN and a key that stands twice are refused: no record has them.
    """
    try:
        node = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_refuse,
            parse_constant=_refuse,
        )
    except (ValueError, RecursionError) as error:
        raise UnreadableError(str(error)) from None
    if not isinstance(node, dict):
        raise UnreadableError("no object")
    return node


def parsed_record(line: bytes) -> tuple[dict[str, Any], bool]:
    """The record in a line, and whether it bears the digest that it should; raises
    `UnreadableError` where there is none.

    A line as we write it is known by its text, which is what `parsed` looks for key by key.
    """
    try:
        node = json.loads(line, parse_float=_refuse, parse_constant=_refuse)
        if isinstance(node, dict) and is_sealed_text(node, line):
            return node, True
    except (ValueError, RecursionError):
        pass
    record = parsed(line)
    return record, seal(record) == record.get("digest")


def trusted(line: bytes) -> dict[str, Any]:
    """The record in a line that `parsed_record` has read and found to be right."""
    node: dict[str, Any] = json.loads(line)
    return node


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnreadableError("a key stands twice")
    return found


def _refuse(text: str) -> NoReturn:
    raise UnreadableError(f"`{text}` is no value of a record")
