"""Where a row of a table begins or ends: the four words that bands, grades and tiers share.

`at_least` and `above` are lower limits, of rows from high to low; `at_most` and `below` are upper
limits, of rows from low to high, for what is better the lower it is. The first row whose limit is
kept decides.
"""

from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple

from perfrules.codes.code import Text
from perfrules.model.declared import Key, Kind, key
from perfrules.model.kinds import END, FIGURE, NAME_PATTERN

__all__ = ["LIMIT", "LIMITS", "UPPER", "Threshold", "Thresholds", "Word", "limit_key"]

Word = Literal["at_least", "above", "at_most", "below"]

LIMITS: Final[tuple[Word, ...]] = ("at_least", "above", "at_most", "below")
UPPER: Final = ("at_most", "below")
"""The words of upper limits."""

LIMIT: Final = Kind(
    "limit", "界限 · Limit",
    "百分比（如 80%）、普通数字（如 500000），或该指标的 target、baseline 或 figures 中的一个名称。",
    "A percentage such as 80%, a plain number such as 500000, or a name: target, baseline, or one of the indicator's figures.",
    Text("百分比（如 `80%`）、数字（如 `500000`）或数据的名称（如 `target`）",
            "a percentage such as `80%`, a number such as `500000`, or a figure's name such as `target`"),
    {"type": ["string", "number"], "pattern": rf"^(?:{FIGURE.rule['pattern'][1:-len(END)]}|{NAME_PATTERN}){END}"},
    Text("百分比、数字或数据的名称", "percentage, number, or the name of a figure"), "not-a-number", "of a share",
)  # fmt: skip


class Threshold(NamedTuple):
    """A row's limit: its word, and a number or the name of a figure of the person."""

    word: Word
    at: Decimal | str

    @property
    def is_upper(self) -> bool:
        """Whether it is an upper limit, as tables have them where less is better."""
        return self.word in UPPER

    @property
    def is_open(self) -> bool:
        """Whether the limit itself does not belong to the row."""
        return self.word in ("above", "below")


class Thresholds:
    """What has one of the four words, or none in the last row."""

    __slots__ = ()
    at_least: Any
    above: Any
    at_most: Any
    below: Any

    @property
    def threshold(self) -> Threshold | None:
        """The limit of the row; None in the last one, which is for all others."""
        for word in LIMITS:
            at = getattr(self, word)
            if at is not None:
                return Threshold(word, at)
        return None


def limit_key(word: Word, kind: Kind, example: str) -> Key:
    """The declaration of one of the words, besides `at_least`, whose texts a table has itself."""
    title, zh, en = _TEXTS[word]
    instead = Text("代替 `at_least`", "in place of `at_least`")
    return key(kind, title, zh, en, example=example, unless=instead)


_TEXTS: Final[dict[str, tuple[str, str, str]]] = {
    "above": (
        "高于 · Above",
        "高于此值（不含）即适用；可与 at_least 写在同一张表里。",
        "Applies above this value, which does not belong to it; mixes with “at_least” in one table.",
    ),
    "at_most": (
        "不超过 · At most",
        "不超过此值（含）即适用；用于越低越好的表，各行由低到高。",
        "Applies up to this value, inclusive; for tables in which less is better, whose rows go from low to high.",
    ),
    "below": (
        "低于 · Below",
        "低于此值（不含）即适用；用于越低越好的表，可与 at_most 写在同一张表里。",
        "Applies below this value, which does not belong to it; mixes with “at_most” in one table.",
    ),
}
