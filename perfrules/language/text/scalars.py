"""What a plain scalar of YAML means here: our own typing, from the text alone.

`true` and `false`, nothing (`null`, `~`, empty), numbers of `exact.read_number`; all else is
text. What another reader of YAML would turn into a different value has a code here.
"""

import re
import unicodedata
from decimal import Decimal
from typing import Final

from perfrules.exact import EXACT, Unread, plain, read_number, read_percent

__all__ = ["BOOLEAN_KEYS", "intended_number", "refusal", "typed"]

Value = Decimal | bool | str | None

BOOLEAN_KEYS: Final = frozenset(("yes", "no", "y", "n", "off", "true", "false"))
"""Keys, in lower case, that YAML 1.1 takes for truth values. `on` is a key of the language."""

_WORDS: Final[dict[str, Value]] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMERIC: Final = re.compile(r"[-+.0-9]")
_NO_NUMBER: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DECORATION: Final = str.maketrans({"−": "-", "–": "-", "—": "-", "¥": "", "￥": "", "+": ""})
_GROUPED: Final = re.compile(r"-?[0-9]{1,3}(?:[,_' ][0-9]{3})+(?:\.[0-9]+)?%?", re.ASCII)
_SEPARATORS: Final = str.maketrans("", "", ",_' ")


def typed(text: str) -> Value:
    """The value of a plain scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if not _NUMERIC.match(text):
        return text
    number = read_number(text)
    return number if isinstance(number, Decimal) else text


def refusal(text: str) -> Unread | None:
    """Why a plain scalar is refused wherever it stands: readers of YAML disagree on it."""
    if not _NUMERIC.match(text):
        return None
    if _NO_NUMBER.fullmatch(text):
        return Unread.NOT_A_NUMBER
    found = read_number(text)
    if isinstance(found, Decimal) or (found is Unread.GROUPED and "_" not in text):
        return None
    return None if found in (Unread.NOT_A_NUMBER, Unread.FULL_WIDTH) else found


def intended_number(text: str) -> str | None:
    """The right spelling of the number, or percentage, that `text` was probably meant to be."""
    if len(text) > 64:
        return None
    digits = unicodedata.normalize("NFKC", text).strip().translate(_DECORATION)
    if _GROUPED.fullmatch(digits):
        digits = digits.translate(_SEPARATORS)
    sign = "%" if digits.endswith("%") else ""
    try:
        number = Decimal(digits.removesuffix("%"))
    except ArithmeticError:
        return None
    if not number.is_finite() or not -20 < number.adjusted() < 20:
        return None
    spelling = plain(number.normalize(EXACT)) + sign
    read = read_percent(spelling) if sign else read_number(spelling)
    return spelling if isinstance(read, Decimal) and spelling != text else None
