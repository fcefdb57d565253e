"""Slips of the pen that YAML takes for something else without a word.

`weight：30%` is a text to YAML, `[1，2]` a list of one, `{by: max(a, b)}` two entries. Each
function looks at one text and says which slip it probably is: a code, facts, and how far in.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from perfrules.codes.code import Severity
from perfrules.diagnostics import Mend

__all__ = [
    "BLANK",
    "EXPRESSION_KEYS",
    "Slip",
    "call_in_braces",
    "cut_by_comment",
    "in_quotes",
    "key_in_text",
    "quoted_in_curls",
    "split_by_comma",
    "starts_an_entry",
]

EXPRESSION_KEYS: Final = frozenset(
    ("when", "only_if", "base", "by", "formula", "attainment", "times", "amount", "share_by")
)
"""Keys of the policy language whose values are expressions."""

_FULL_COLON: Final = re.compile(r"([\w()（）·/ -]{1,64}?)：")
_FULL_SPACE: Final = re.compile(r"([\w()（）·/ -]{1,64}?):\u3000")
_NO_SPACE: Final = re.compile(r"([^\W\d]\w{0,63}):(?![/\\])[^\s:]")
_ENTRY: Final = re.compile(r"[\s-]*[\"']?[^\W\d][\w.]{0,63}[\"']?:(?:\s|$)")
_UNFINISHED: Final = re.compile(r"(?:[-+*/<>=(,]|(?<!\w)(?:and|or|not|in|if|else))$")
# `# 5 % off` is a comment, `#and total > 3` hardly one.
_GOES_ON: Final = re.compile(r"#\s*(?:(?:and|or)\s+[\w.]+\s*[<>=!]|[*/]\s*[\w(]|[<>=!]=\s*\w)")
_CURLS: Final = re.compile("[“”„＂]([^“”„＂]*)[“”„＂]|[‘’]([^‘’]*)[‘’]")


_COLON: Final = Mend("：", ": ")
_SPACED: Final = Mend(":", ": ")
BLANK: Final = Mend("\u3000", " ")


class Slip(NamedTuple):
    """A probable slip: the code that says it, its facts, and how far into the text it is."""

    code: str
    facts: Mapping[str, Any]
    offset: int = 0
    severity: Severity = "error"


def key_in_text(text: str) -> Slip | None:
    """A key and value that YAML did not see as such, at the beginning of `text`."""
    if match := _FULL_COLON.match(text):
        return Slip("full-width-colon", {"text": match[1].strip(), "mend": _COLON}, match.end() - 1)
    if match := _FULL_SPACE.match(text):
        return Slip("full-width-space", {"mend": BLANK}, match.end() - 1)
    if match := _NO_SPACE.match(text):
        return Slip("no-space-after-colon", {"text": match[1], "mend": _SPACED}, match.end() - 2)
    return None


def split_by_comma(text: str) -> Slip | None:
    """A Chinese comma where a list was meant."""
    for offset, letter in enumerate(text):
        if letter in "，、":
            return Slip("full-width-comma", {"found": letter, "mend": Mend(letter, ", ")}, offset)
    return None


def quoted_in_curls(text: str) -> Slip | None:
    """A whole text between curly quotes."""
    match = _CURLS.fullmatch(text)
    inside = match and (match[1] or match[2])
    return Slip("curly-quotes", {"text": text, "inside": inside}) if inside else None


def cut_by_comment(text: str, rest: str) -> Slip | None:
    """An expression that looks unfinished, or goes on in the comment behind it."""
    if not rest[:1].isspace() or not rest.lstrip().startswith("#"):
        return None
    if _UNFINISHED.search(text) or text.count("(") > text.count(")"):
        return Slip("cut-by-comment", {"text": text})
    if _GOES_ON.match(rest.lstrip()):
        return Slip("cut-by-comment", {"text": text}, severity="warning")
    return None


def starts_an_entry(line: str) -> bool:
    """Whether a line begins as `key: value` does."""
    return _ENTRY.match(line) is not None


def call_in_braces(text: str) -> str | None:
    """The whole of an expression that begins `text`, where a comma of its own cuts it short.

    Inside braces `max(a, b)` ends at the comma.
    """
    depth = 0
    for offset, letter in enumerate(text):
        depth += (letter in "([") - (letter in ")]")
        if depth == 0 and letter in ")]":
            return text[: offset + 1]
        if depth < 0 or letter in "{}#":
            break
    return None


def in_quotes(text: str) -> str:
    """`text` as it would stand in quotes."""
    bare = text.strip()
    match = _CURLS.fullmatch(bare)
    if match:
        bare = match[1] or match[2] or ""
    elif bare[:1] in ("'", '"') and bare[-1:] == bare[:1] and bare[1:-1].count(bare[0]) % 2:
        bare = bare[1:-1]
    if '"' not in bare and "\\" not in bare:
        return f'"{bare}"'
    return "'" + bare.replace("'", "''") + "'"
