"""What an entry of a manifest has to be: a text, a digest, a number of things, a path inside."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from perfrules.records.seals import UnreadableError

__all__ = ["count_in", "digest_in", "each_in", "file_in", "inside", "mapping_in", "text_in"]

Node = Mapping[str, Any]
T = TypeVar("T")


def mapping_in(node: Node, key: str) -> Node:
    """Raises `UnreadableError`, as all of these do, where the entry is missing or something
    else."""
    found = node.get(key)
    if not isinstance(found, dict):
        raise UnreadableError(key)
    return found


def each_in(node: Node, key: str, read: Callable[[Node], T]) -> tuple[T, ...]:
    """A list of mappings, each as `read` makes it."""
    found = node.get(key)
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise UnreadableError(key)
    return tuple(read(entry) for entry in found)


def text_in(node: Node, key: str) -> str:
    """Any text."""
    found = node.get(key)
    if not isinstance(found, str):
        raise UnreadableError(key)
    return found


def count_in(node: Node, key: str) -> int:
    """0 or more."""
    found = node.get(key)
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise UnreadableError(key)
    return found


_HEX: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


def digest_in(node: Node, key: str) -> str:
    """A SHA-256 in hexadecimal."""
    found = text_in(node, key)
    if not _HEX.fullmatch(found):
        raise UnreadableError(key)
    return found


def file_in(node: Node) -> tuple[str, str, int]:
    """Path, SHA-256 and size."""
    return text_in(node, "path"), digest_in(node, "sha256"), count_in(node, "size")


_INSIDE: Final = re.compile(r"(?:policies/)?(?!\.)[^/\\:\0]+")


def inside(path: str) -> str:
    """A path that stays in the folder."""
    if not _INSIDE.fullmatch(path):
        raise UnreadableError(path)
    return path
