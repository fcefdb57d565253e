"""Words that people wrote into the data, with the names of everybody else taken out.

A reason or an objective may say "as good as 示例员工02". The statement goes to one person, so
names and ids of others are replaced. A name that is also a common word may be replaced where it
means no one; the record keeps the sentence as it was written.
"""

from collections.abc import Iterable
from typing import Final

from perfrules.codes.code import Language, Text

__all__ = ["NOBODY", "Others"]

_SOMEBODY: Final = Text("（他人）", "(somebody else)")

_SHORTEST_NUMBER: Final = 4
"""An id of fewer digits is more likely a count than an id."""


class Others:
    """Names and ids of a cycle, apart from `own`, and what takes their place in a text."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(_folded(name) for name in names if _is_telling(name))
        self.lengths = sorted({len(name) for name in self.names}, reverse=True)

    def masked(self, text: str, own: Iterable[str], language: Language) -> str:
        """The text without others' names; names in `own` stay."""
        kept = {_folded(name) for name in own}
        folded, index = _folded(text), 0
        shown: list[str] = []
        while index < len(text):
            length = self._named(folded, index, kept)
            if length < 0:
                shown.append(text[index : index - length])
            else:
                shown.append(_SOMEBODY.into(language) if length else text[index])
            index += abs(length) or 1
        return "".join(shown)

    def _named(self, folded: str, index: int, kept: set[str]) -> int:
        """How long the name is that begins here; negative where it is one's own, 0 for none."""
        for length in self.lengths:
            found = folded[index : index + length]
            if found in self.names and _stands_alone(folded, index, index + length):
                return -length if found in kept else length
        return 0


def _folded(text: str) -> str:
    """The text without regard to capitals, each letter in its place."""
    return "".join(low if len(low := letter.casefold()) == 1 else letter for letter in text)


def _is_telling(name: str) -> bool:
    return len(name) >= (_SHORTEST_NUMBER if name.isdigit() else 2)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter of the same word goes before or behind; Chinese has no such marks."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_joins(before, text[start]) or _joins(text[end - 1], after))


def _joins(first: str, second: str) -> bool:
    return all(one.isascii() and one.isalnum() for one in (first, second))


NOBODY: Final = Others(())
