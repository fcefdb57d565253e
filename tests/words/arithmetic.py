"""A pocket calculator for sentences: does what stands left of `=` come to what stands right?

It knows numbers, percentages, `+ − × ÷`, brackets, signs and the functions of the policy language;
every other word is passed over. Fractions only, so that nothing is rounded.
"""

import math
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

__all__ = ["Equation", "equation_in"]

_FUNCTIONS = ("min", "max", "abs", "clamp", "round", "floor", "ceil")
_TOKEN = re.compile(rf"(?<![\w.)])-?\d+(?:\.\d+)?%?|(?:{'|'.join(_FUNCTIONS)})(?=\()|[-+−×÷(),]")
_RESULT = re.compile(r"(-?\d+(?:\.\d+)?)(%?)")


class Equation(NamedTuple):
    left: Fraction
    exact: bool
    right: Fraction
    last_place: Fraction

    def holds(self, unit: Fraction | None = None) -> bool:
        """Whether both sides are equal; or close, where the sentence says no more than that.

        `unit` is what the value was rounded to, where the sentence shows fewer or more places.
        """
        if self.exact:
            return self.left == self.right
        last = self.last_place if unit is None else unit
        return self.left != self.right and abs(self.left - self.right) < last


def equation_in(text: str, names: Iterable[str] = ()) -> Equation | None:
    """The equation that a sentence is; None where it is something else.

    `names` are titles, which may have digits of their own.
    """
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    left, sign, right = _split(text)
    result = _RESULT.match(right)
    if not sign or result is None or re.search("[≥≤<>≠]", left):  # a condition is no equation
        return None
    number, percent = result.groups()
    hundredth = Fraction(1, 100) if percent else Fraction(1)
    places = len(number.partition(".")[2])
    value = _Reader(left).value()
    return Equation(value, sign == "=", Fraction(number) * hundredth, hundredth / 10**places)


def _split(text: str) -> tuple[str, str, str]:
    for sign in ("=", "≈"):
        left, found, right = text.partition(f" {sign} ")
        if found:
            return left, sign, right
    return text, "", ""


class _Reader:
    def __init__(self, text: str) -> None:
        empty = re.sub(r"(?<=[\d%]) ?[(（][^()（）]*[)）]", " ", text)  # remarks behind a number
        empty = re.sub(r"\([^\d()]*\)", " ", empty)  # brackets of titles
        self.text = text
        self.tokens: Iterator[str] = iter(_TOKEN.findall(empty))
        self.token = next(self.tokens, "")

    def take(self) -> str:
        token, self.token = self.token, next(self.tokens, "")
        return token

    def value(self) -> Fraction:
        value = self.sum()
        assert not self.token, f"left over: {self.token} in {self.text}"
        return value

    def sum(self) -> Fraction:
        value = self.product()
        while self.token in ("+", "−"):
            value = value + self.product() if self.take() == "+" else value - self.product()
        return value

    def product(self) -> Fraction:
        value = self.factor()
        while self.token in ("×", "÷"):
            value = value * self.factor() if self.take() == "×" else value / self.factor()
        return value

    def factor(self) -> Fraction:
        token = self.take()
        if token in _FUNCTIONS:
            return self.function(token)
        if token in ("-", "+"):
            return -self.factor() if token == "-" else self.factor()
        if token == "(":
            value = self.sum()
            assert self.take() == ")"
            return value
        return Fraction(token.removesuffix("%")) / (100 if token.endswith("%") else 1)

    def function(self, name: str) -> Fraction:
        assert self.take() == "("
        values = [self.sum()]
        while self.token == ",":
            self.take()
            values.append(self.sum())
        assert self.take() == ")"
        match name:
            case "clamp":
                value, low, high = values
                return max(low, min(value, high))
            case "round":
                return _rounded(values[0], int(values[1]) if len(values) > 1 else 0)
            case "floor" | "ceil":
                return Fraction(getattr(math, name)(values[0]))
            case "abs":
                return abs(values[0])
        return (min if name == "min" else max)(values)


def _rounded(value: Fraction, places: int) -> Fraction:
    """Half up, away from nought."""
    size = math.floor(abs(value) * 10**places + Fraction(1, 2))
    return Fraction(size if value >= 0 else -size, 10**places)
