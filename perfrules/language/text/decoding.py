"""From bytes to text: UTF-8 and nothing else, with no character that cannot be seen."""

import codecs
import re
import unicodedata
from typing import Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Findings, Span

__all__ = ["MAX_BYTES", "Decoded", "Hidden", "decoded", "hidden_in", "report_hidden"]

MAX_BYTES: Final = 1024 * 1024
MAX_HIDDEN: Final = 20

# Never needed, even in a comment: YAML refuses control characters, the line separators would
# make two readers count lines differently, and text that runs the other way misleads.
_NOWHERE: Final = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
)
# Harmless in a comment; in a key or value two texts would look alike and differ. The joiner
# inside an emoji is none of these.
_NOT_IN_VALUES: Final = (
    "\u00a0\u1680\u2000-\u200a\u202f\u205f\u00ad\u180e\u200b\u200c\u2060-\u2065\u206a-\u206f"
    "\ufeff\ufff9-\ufffb\u115f\u1160\u3164\uffa0"
)
_HIDDEN: Final = re.compile(
    f"(?:[{_NOWHERE}{_NOT_IN_VALUES}]|(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d)+"
)
_REFUSED_EVERYWHERE: Final = re.compile(f"[{_NOWHERE}]")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")

_CONTROL: Final = Text("控制字符", "a control character")
_DIRECTION: Final = Text("改变文字方向的控制符", "it turns the direction of the text")
_SPACE: Final = Text("特殊空格", "a special space")
_NO_WIDTH: Final = Text("零宽字符", "it has no width")


class Hidden(NamedTuple):
    """An invisible character and where it stands; lines and columns count from 1."""

    character: str
    line: int
    column: int


class Decoded(NamedTuple):
    """A file's text without byte order mark, its lines, and invisible characters in it."""

    text: str
    lines: tuple[str, ...]
    hidden: tuple[Hidden, ...]


def decoded(data: bytes, name: str, findings: Findings) -> Decoded | None:
    """The text that `data` encodes; None where it cannot be read at all."""
    start = Span(name, 1, 1, 1, 1)
    if len(data) > MAX_BYTES:
        findings.report("too-large-document", start, limit="1 MiB")
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:400].count(0) * 4 > len(data[:400]):
        findings.report("utf-16-document", start)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _report_encoding(data, error.start, name, findings)
        return None
    lines = tuple(_LINE_END.split(text))
    hidden = _all_hidden(lines)
    everywhere = [one for one in hidden if _REFUSED_EVERYWHERE.match(one.character)]
    for one in everywhere:
        report_hidden(one, name, findings)
    return None if everywhere else Decoded(text, lines, hidden)


def _report_encoding(data: bytes, at: int, name: str, findings: Findings) -> None:
    before = data[:at].removeprefix(codecs.BOM_UTF8).decode()
    # Chinese that UTF-8 can read comes before: a damaged file rather than another encoding.
    # Letters of two bytes prove nothing, for GBK can look like them: `示` begins as `ʾ` does.
    damaged = max(before, default="") > "\u07ff"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        damaged = True
    if not damaged:
        before = before[: next((n for n, letter in enumerate(before) if letter > "\x7f"), None)]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    place = Span(name, line, column, line, column + 1)
    if damaged:
        findings.report("not-utf-8", place, byte=at + 1)
    else:
        findings.report("gbk-document", place)


def _all_hidden(lines: tuple[str, ...]) -> tuple[Hidden, ...]:
    found = [
        Hidden(match[0][0], number, match.start() + 1)
        for number, line in enumerate(lines, 1)
        if not line.isascii() or not line.isprintable()
        for match in _HIDDEN.finditer(line)
    ]
    # What is refused everywhere must not be crowded out by what may stand in a comment.
    found.sort(key=lambda one: not _REFUSED_EVERYWHERE.match(one.character))
    return tuple(found[:MAX_HIDDEN])


def hidden_in(text: str) -> str | None:
    """The first invisible character of a value, which an escape may have put there."""
    match = _HIDDEN.search(text.translate({10: None, 9: None, 13: None}))
    return match[0][0] if match else None


def report_hidden(hidden: Hidden, name: str, findings: Findings) -> None:
    """Says where an invisible character stands, and which one it is."""
    place = Span(name, hidden.line, hidden.column, hidden.line, hidden.column + 1)
    kind = _kind(hidden.character)
    findings.report("invisible-character", place, found=f"U+{ord(hidden.character):04X}", kind=kind)


def _kind(character: str) -> Text:
    category = unicodedata.category(character)
    if category == "Zs":
        return _SPACE
    if category != "Cf":
        return _NO_WIDTH if category == "Lo" else _CONTROL
    turning = unicodedata.bidirectional(character) not in ("BN", "ON")
    return _DIRECTION if turning else _NO_WIDTH
