"""What a data cell may hold where a number is due, or a yes or no: a grammar without guesses.

A cell is brought to Unicode's compatible form (NFKC: `１２３．５` is `123.5`) and trimmed; what
is left must be plain ASCII digits, with thousands separators only where they stand right.
Whatever a person would still understand is refused with the number to write instead.
"""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.codes.catalogue import CODES
from perfrules.codes.code import Severity
from perfrules.diagnostics import Diagnostic, Place, Related
from perfrules.exact import EXACT, WHOLE_DIGITS, in_percent, plain, share_readings

__all__ = [
    "DEFAULT_MARKERS",
    "DOUBTFUL",
    "SCALES",
    "Refusal",
    "ambiguous_share",
    "read_cell_number",
    "read_ratio",
    "read_yes_no",
    "spreadsheet_error",
    "tidy",
    "yes_no_meant",
]

PLACES: Final = 20
"""Digits behind the point. More than policies may write: `=3/7` in a spreadsheet has 15."""

DEFAULT_MARKERS: Final = frozenset(("-", "—", "–", "/", "无", "N/A", "n/a", "NA"))
"""Texts that mean "no value" where cycle.yaml does not list its own."""

DOUBTFUL: Final = frozenset(("ambiguous-separator", "other-notation", "percent-cell"))
"""Refusals of a cell that could be two numbers: whatever its column is for, it is not used."""

_LONGEST: Final = 64

_PLAIN: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_GROUPED: Final = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_LEADING_ZERO: Final = re.compile(r"-?0[0-9]+(?:\.[0-9]+)?", re.ASCII)
_EXPONENT: Final = re.compile(r"[-+]?[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]{1,3}", re.ASCII)
_SEPARATED: Final = re.compile(r"-?[0-9]+(?:[,_' ][0-9]+)+(?:\.[0-9]+)?", re.ASCII)
_BRACKETED: Final = re.compile(r"\(\s*([0-9][0-9,]*(?:\.[0-9]+)?)\s*(%?)\)(%?)", re.ASCII)
_LOOSE: Final = re.compile(
    r"\+([0-9][0-9,.]*)|([0-9][0-9,.]*)-|(-?)(\.[0-9]+)|(-?[0-9]+)\.", re.ASCII
)
_WITH_UNIT: Final = re.compile(
    r"(-?)(?:[¥$€£]|RMB|CNY|USD)?\s?(-?[0-9][0-9,]*(?:\.[0-9]+)?)\s?"
    r"(万亿|千万|百万|十万|亿|万|千|百)?([\u4e00-\u9fffA-Za-z]{0,8})"
)
SCALES: Final[Mapping[str, int]] = {
    "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12,
}  # fmt: skip
"""By how many places the words of large numbers move the point."""

_ODD_MINUS: Final = re.compile("^[\u2010-\u2015\u2212\u207b\u02d7\ufe58]\\s*(?=[0-9])")
_SPREADSHEET_ERROR: Final = re.compile(r"#(?:[A-Z][A-Z0-9_]*[/A-Z0-9]*[!?]?|#+)", re.ASCII)

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}月[0-9]{1,2}日", re.ASCII)
_LETTERS: Final = str.maketrans("OoＯｏIlｌ", "0000111")
_TIMES: Final = {word: str(count) for count, word in enumerate("零一两三四五六七八九十")} | {
    "二": "2"
}

_YES: Final = frozenset(("是", "完成", "yes", "true", "done"))
_TICKS: Final = frozenset("√✓✔☑vy1对有")
_CROSSES: Final = frozenset("×✗✘☒xn0错无")
_NO: Final = frozenset(("否", "未完成", "no", "false", "not done"))


class Refusal(NamedTuple):
    """Why a cell cannot be read: a diagnostic's code and facts, without the place."""

    code: str
    facts: Mapping[str, object]

    def at(
        self, place: Place | str, severity: Severity | None = None,
        related: tuple[Related, ...] = (), **facts: object,
    ) -> Diagnostic:  # fmt: skip
        """The finding at a place, with the facts known there."""
        severity = severity or CODES[self.code].severity
        return Diagnostic(self.code, place, {**self.facts, **facts}, related, severity)


def tidy(text: str) -> str:
    """The text in Unicode's compatible form, without space around it."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def read_cell_number(text: str, unit: str | None) -> Decimal | Refusal:
    """The number that a cell holds, or why it holds none; `85%` is 0.85 where the unit is `%`.

    The cell is not empty and no marker of a missing value: that was looked at before.
    """
    if len(text) <= WHOLE_DIGITS and _PLAIN.fullmatch(text) is not None:
        number: Decimal | Refusal = Decimal(text)  # most cells, and there may be millions
    else:
        if len(text) > _LONGEST:
            digits = text[:_LONGEST].strip("-0123456789.,") == ""
            return _refused("too-many-digits" if digits else "not-a-number", text)
        if not text.isascii() and any(unicodedata.category(letter) == "No" for letter in text):
            return _refused("not-a-number", text)  # NFKC would make 52 of `5²`
        text = tidy(text)
        if text.endswith("%"):
            return _percentage(text, in_percent(unit))
        number = _number(text)
    if unit is None or not in_percent(unit):
        return number
    if isinstance(number, Refusal):
        return _of_share(number)
    if not -2 <= number <= 2:
        return ambiguous_share(number, text)
    return number


def _of_share(refusal: Refusal) -> Refusal:
    """The refusal of a share; what should be written, 92 for `92分`, bears its sign."""
    meant = refusal.facts.get("suggestion")
    number = Decimal(str(meant)) if meant else Decimal(0)
    if -2 <= number <= 2:
        return refusal
    return Refusal(refusal.code, {**refusal.facts, "suggestion": f"{meant}%"})


def ambiguous_share(number: Decimal, text: str) -> Refusal:
    """Refuses a share without its sign: `92` could be 92 % or 9200 %."""
    readings = share_readings(text, number)
    meant = readings["low"] if abs(number) > 2 else None
    return Refusal("ambiguous-percent", {**readings, "suggestion": meant})


def read_ratio(text: str) -> Decimal | Refusal:
    """A number with or without a percent sign: `110%` is 1.1, and so is `1.1`."""
    return read_cell_number(text, "%" if text.rstrip().endswith(("%", "％")) else None)


def _percentage(text: str, wanted: bool) -> Decimal | Refusal:
    number = _number(text[:-1].rstrip())
    if isinstance(number, Refusal):
        suggestion = number.facts.get("suggestion")
        return _refused(number.code, text, f"{suggestion}%" if suggestion else None)
    ratio = number.scaleb(-2, EXACT)
    return ratio if wanted else _refused("unexpected-percent", text, plain(ratio))


def _number(text: str) -> Decimal | Refusal:
    """The number that a tidy text writes."""
    if _PLAIN.fullmatch(text) is None:
        if _GROUPED.fullmatch(text) is None:
            return _explained(text)
        text = text.replace(",", "")
    if len(text) > WHOLE_DIGITS:
        whole, _, places = text.lstrip("-").partition(".")
        if len(whole) > WHOLE_DIGITS or len(places) > PLACES:
            return _refused("too-many-digits", text)
    return Decimal(text)


def _explained(text: str) -> Refusal:
    """Why a text is no number, with the number to write where it is plain what was meant."""
    if spreadsheet_error(text):
        return _refused("spreadsheet-error", text)
    if _LEADING_ZERO.fullmatch(text):
        sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
        digits = digits.lstrip("0")
        whole = digits if digits[:1].isdigit() else f"0{digits}"
        return _refused("leading-zero", text, sign + whole)
    if _EXPONENT.fullmatch(text):
        return _refused("exponent-number", text, _written_out(text))
    if _SEPARATED.fullmatch(text):
        # `1,5` may be one and a half; only `_` and spaces are sure to be separators.
        return _refused("digit-grouping", text, None if "," in text else _joined(text))
    if found := _BRACKETED.fullmatch(text):
        amount = _suggested(f"-{found[1].replace(',', '')}")
        return _refused("bracketed-negative", text, amount and amount + (found[2] or found[3]))
    if _ODD_MINUS.match(text):
        return _refused("odd-minus", text, _suggested(_ODD_MINUS.sub("-", text)))
    if _DAY.fullmatch(text):
        return _refused("date-for-number", text)
    western = _western(text)
    if western != text:
        return _refused("foreign-digits", text, _suggested(western))
    if found := _LOOSE.fullmatch(text):
        plus, trailing, sign, places, whole = found.groups()
        meant = plus or (trailing and f"-{trailing}") or (places and f"{sign}0{places}") or whole
        return _refused("not-a-number", text, _suggested(meant or ""))
    return _with_unit(text)


def _with_unit(text: str) -> Refusal:
    """`¥1,200`, `1.2万`, `15 人`: a number with something beside it."""
    found = _WITH_UNIT.fullmatch(text)
    spoken = _TIMES.get(text.rstrip("次个件项"), text.translate(_LETTERS))
    if spoken != text and text[:1] not in "OoIl" and _suggested(spoken):
        return _refused("not-a-number", text, spoken)
    if found is None or found[0] == found[2] or (found[1] and found[2].startswith("-")):
        return _refused("not-a-number", text)
    number = _number(found[1] + found[2])
    if isinstance(number, Refusal):
        return _refused("not-a-number", text)
    if found[4].casefold() in ("k", "w", "m", "b"):
        return _refused("unit-suffix", text)  # thousands, ten thousands, metres: who knows
    amount = number.scaleb(SCALES[found[3]], EXACT) if found[3] else number
    return _refused("unit-suffix", text, _suggested(plain(amount)))


def _joined(text: str) -> str | None:
    return _suggested(re.sub("[_' ]", "", text))


def _written_out(text: str) -> str | None:
    return _suggested(plain(Decimal(text)))


def _suggested(text: str) -> str | None:
    """The text, if it is a number that would be read."""
    return text if isinstance(_number(text), Decimal) else None


def _western(text: str) -> str:
    """The text with the digits of other scripts (٣, ३) in ASCII."""
    return "".join(
        str(unicodedata.decimal(letter)) if not letter.isascii() and letter.isdecimal() else letter
        for letter in text
    )


def _refused(code: str, text: str, suggestion: str | None = None) -> Refusal:
    return Refusal(code, {"text": text, "suggestion": suggestion})


def spreadsheet_error(text: str) -> bool:
    """Whether a spreadsheet wrote this instead of a result: `#DIV/0!`, `#N/A`, `####`."""
    return text.startswith("#") and _SPREADSHEET_ERROR.fullmatch(text) is not None


def read_yes_no(text: str) -> bool | None:
    """A yes or a no in Chinese or English; None where it is neither."""
    word = tidy(text).casefold()
    return True if word in _YES else False if word in _NO else None


def yes_no_meant(text: str) -> str | None:
    """Which of 是 and 否 a tick, a cross or a single letter was probably meant to be."""
    word = tidy(text).casefold()
    return "是" if word in _TICKS else "否" if word in _CROSSES else None
