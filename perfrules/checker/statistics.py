"""The figure that a group comes to, from those of its members."""

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt

from .arithmetic import limited, number, rounded
from .policy import Policy

__all__ = ["statistic"]


def statistic(policy: Policy, by: str, figures: Sequence[Fraction]) -> Fraction | None:
    """The figure; None where it cannot be made of nothing."""
    count, total = Fraction(len(figures)), sum(figures, Fraction(0))
    if by in ("count", "sum"):
        return count if by == "count" else limited(total)
    if not figures:
        return None
    if by in ("min", "max"):
        return min(figures) if by == "min" else max(figures)
    if by == "mean":
        return policy.divided(total, count, "division")
    if by == "median":
        low, high = (sorted(figures)[int(count - 1 + odd) // 2] for odd in (0, 1))
        return policy.divided(low + high, Fraction(2), "division")
    if by == "deviation":
        mean = total / count
        square = sum(((one - mean) ** 2 for one in figures), Fraction(0)) / count
        return _root(policy, square)
    raise ValueError(by)


def _root(policy: Policy, square: Fraction) -> Fraction:
    """The root of a square, rounded like a quotient. It lies between two neighbours of twice the
    digits that are asked for, one of them even; what lies between them stands for it."""
    how = policy.tree["rounding"]["division"]
    places = int(number(how["places"]))
    fine = 10 ** (places + 1)
    low = isqrt(int(square * fine**2))
    exact = Fraction(low, fine) ** 2 == square
    between = Fraction(low, fine) + (0 if exact else Fraction(1, 3 * fine))
    return limited(rounded(between, places, how["mode"]))
