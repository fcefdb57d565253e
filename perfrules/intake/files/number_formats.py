"""Number formats of a spreadsheet under which a cell shows another size than it holds.

`#,##0,` shows 880000 as 880, `0!.0,"万"` as 88.0万; `0"万"` shows 88 as 88万.
"""

import functools
import re
from decimal import Decimal
from typing import Final

from perfrules.exact import OutOfRange, divided, plain

__all__ = ["moves_point", "shown_otherwise"]

_TOKEN: Final = re.compile(
    r'"([^"]*)"|[\\!](.)|_.|\*.|\[[^\]]*\]|(General|G/通用格式)|(.)', re.DOTALL
)
_SCALE_WORDS: Final = re.compile(r"\s*(?:十|百|千)?[万亿千百](?![克米瓦分])|\s*[kKwWmM]\b")
_MOST_PLACES: Final = 10


@functools.cache
def moves_point(shown_as: str) -> bool:
    """Whether a cell of this format shows another size than it holds. A workbook has few formats,
    and any number of cells."""
    if not any(sign in shown_as for sign in (",", "!", "\\", '"', "万", "千", "K", "k")):
        return False
    slots, _, scale, _, behind = _parsed(shown_as)
    return bool(slots and (scale or "." in "".join(slots[1:]) or _SCALE_WORDS.match(behind)))


def shown_otherwise(number: Decimal, shown_as: str) -> str | None:
    """What a cell shows by a format that `moves_point`; None where it cannot be told."""
    slots, grouped, scale, places, behind = _parsed(shown_as)
    inner = "".join(slots[1:])
    try:
        exact = min(places, _MOST_PLACES)
        moved = divided(abs(number), Decimal(1000) ** scale, exact, "half_up")
    except OutOfRange:
        return None
    text, _, rest = plain(moved).partition(".")
    rest = rest if places >= _MOST_PLACES else rest.ljust(places, "0")
    if inner:
        digits, last = text.rjust(len(slots), "0"), len(slots) - 1
        behind_first = zip(slots[1:], digits[len(digits) - last :], strict=True)
        text = digits[: len(digits) - last] + "".join(before + one for before, one in behind_first)
    elif grouped:
        text = f"{int(text):,}"
    text = f"{text}.{rest}" if rest else text
    return f"{'-' if number < 0 else ''}{text}{behind}"


def _parsed(shown_as: str) -> tuple[list[str], bool, int, int, str]:
    """Of what a format says of positive numbers: for each digit before the point what stands before
    it, whether thousands are set apart, by how many thousands it is divided, the digits behind the
    point, and the text behind the last."""
    slots: list[str] = []
    grouped, commas, places, literal, in_places = False, 0, 0, "", False
    for found in _TOKEN.finditer(shown_as.partition(";")[0]):
        quoted, escaped, general, sign = found.groups()
        if quoted is not None or escaped is not None:
            literal += quoted if quoted is not None else escaped
        elif general is not None:
            slots.append(literal)
            literal, places = "", _MOST_PLACES
        elif sign is None:
            continue
        elif sign in "0#?":
            grouped |= commas > 0 and not in_places
            commas = 0
            if in_places:
                places += 1
            else:
                slots.append(literal)
            literal = ""
        elif sign == ",":
            commas += 1
        elif sign == ".":
            in_places = True
        else:
            literal += sign
    # A comma between digits sets thousands apart, one behind the last digit divides.
    return slots, grouped, commas, places, literal
