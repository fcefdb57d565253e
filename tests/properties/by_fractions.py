"""Rounding worked out with whole numbers, as in a school book: what `perfrules.exact` is held
against. Nothing here is taken from there."""

from decimal import Decimal
from fractions import Fraction

__all__ = ["MODES", "rounded"]

MODES = ("half_up", "half_even", "floor", "ceiling", "down", "up")


def rounded(value: Fraction | Decimal, places: int, mode: str) -> Fraction:
    """The multiple of 1/10^places that the mode chooses."""
    scaled = Fraction(value) * 10**places
    below = scaled.numerator // scaled.denominator
    rest = scaled - below
    if rest == 0 or mode == "floor":
        chosen = below
    elif mode == "ceiling":
        chosen = below + 1
    elif mode == "down":
        chosen = below if scaled > 0 else below + 1
    elif mode == "up":
        chosen = below + 1 if scaled > 0 else below
    elif rest != Fraction(1, 2):
        chosen = below + 1 if rest > Fraction(1, 2) else below
    elif mode == "half_even":
        chosen = below if below % 2 == 0 else below + 1
    else:
        assert mode == "half_up"
        chosen = below + 1 if scaled > 0 else below
    return Fraction(chosen, 10**places)
