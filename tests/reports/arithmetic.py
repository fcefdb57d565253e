"""A pocket calculator for sentences: does what stands left of `=` come to what stands right?

It knows numbers, percentages, `+ − × ÷`, brackets, the functions of the policy language and
conditions; every other word is passed over. Fractions only, so that nothing is rounded.
"""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

__all__ = ["Equation", "equation_in"]

_TOKEN = re.compile(r"(?<![\w.)])-?\d+(?:\.\d+)?%?|(?:min|max|abs|clamp)(?=\()|[-+−×÷(),]")
_RESULT = re.compile(r"(-?\d+(?:\.\d+)?)(%?)")


class Equation(NamedTuple):
    left: Fraction
    exact: bool
    right: Fraction
    last_place: Fraction

    @property
    def holds(self) -> bool:
        if self.exact:
            return self.left == self.right
        return self.left != self.right and abs(self.left - self.right) < self.last_place


def equation_in(text: str, names: Iterable[str] = ()) -> Equation | None:
    """The equation that a sentence is; None where it is something else.

    `names` are titles, which may have digits of their own.
    """
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    left, sign, right = _split(text)
    result = _RESULT.match(right)
    if not sign or result is None:
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
        empty = re.sub(r"\([^\d()]*\)", " ", text)  # brackets of titles
        self.tokens: Iterator[str] = iter(_TOKEN.findall(empty))
        self.token = next(self.tokens, "")

    def take(self) -> str:
        token, self.token = self.token, next(self.tokens, "")
        return token

    def value(self) -> Fraction:
        value = self.sum()
        assert not self.token, f"left over: {self.token}"
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
        if token in ("min", "max", "abs", "clamp"):
            return self.function(token)
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
        if name == "clamp":
            value, low, high = values
            return max(low, min(value, high))
        return abs(values[0]) if name == "abs" else (min if name == "min" else max)(values)
