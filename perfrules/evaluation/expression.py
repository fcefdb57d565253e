"""The calculator: runs a checked formula on the values of steps.

Names are looked up when they are read, so that `a if c else b` asks only for what it
uses. Each division that had to be rounded is a step of its own.
"""

import ast
import decimal
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

from simpleeval import SimpleEval

from perfrules.codes.code import Text
from perfrules.evaluation.trace import Refusal, Trace
from perfrules.exact import OutOfRange, divided, plain, rounded, within_limit
from perfrules.formula import DEFAULT, Formula, defaults_in
from perfrules.model.appraisal import Kind, Step
from perfrules.model.rounding import Rounding
from perfrules.model.scorecard import Value
from perfrules.model.written import Constant

__all__ = ["Lookup", "condition", "figure", "value_of"]

Lookup = Callable[[str], Step]
"""From a name in an expression to the step that holds its value; raises `Refusal`."""

_NUMBER = Text("数值", "a number")
_TRUTH = Text("是否判断", "a condition")
_KINDS = {Decimal: _NUMBER, bool: _TRUTH, str: Text("文字", "a text")}
_SAME = Text("两边同为数值或同为文字", "a number on both sides or a text on both sides")


class _WrongType(Exception):
    def __init__(self, value: object, expected: Text) -> None:
        super().__init__()
        self.value, self.expected = value, expected


def value_of(
    trace: Trace, path: str, kind: Kind, formula: Formula, lookup: Lookup, wanted: type
) -> Step:
    """The step that holds the formula's value.

    A formula that is a single name needs no step of its own: its value is the name's. `wanted`
    is `Decimal`, `bool` or `str`. Raises `Refusal` where a value is missing, of another type,
    divided by nought, or too large.
    """
    try:
        if formula.is_name:
            step = lookup(formula.names[0])
            _require(step.value, wanted)
            return step
        return _computed(trace, path, kind, formula, lookup, wanted)
    except _WrongType as wrong:
        shown = plain(wrong.value) if isinstance(wrong.value, Decimal) else wrong.value
        facts = {"name": formula.text, "value": shown, "expected": wrong.expected}
        place = _place_of(wrong.value, formula, trace)
        raise Refusal("wrong-value-type", place, **facts) from None
    except (decimal.DivisionByZero, ZeroDivisionError):
        raise Refusal("division-by-zero", formula.place, name=formula.text) from None
    except (OutOfRange, decimal.DecimalException):
        raise Refusal("number-out-of-range", formula.place, name=formula.text) from None


def _place_of(value: object, formula: Formula, trace: Trace) -> str:
    """Where a value of the wrong type stands: in the data, if it came from there."""
    for name in formula.names:
        step = trace.steps.get(name)
        if step is not None and step.origin is not None and step.value == value:
            return step.origin.place or formula.place
    return formula.place


def figure(trace: Trace, path: str, kind: Kind, formula: Formula, lookup: Lookup) -> Step:
    """The step of a formula that is a number."""
    return value_of(trace, path, kind, formula, lookup, Decimal)


def condition(trace: Trace, path: str, kind: Kind, formula: Formula, lookup: Lookup) -> Step:
    """The step of a formula that is true or false."""
    return value_of(trace, path, kind, formula, lookup, bool)


def _computed(
    trace: Trace, path: str, kind: Kind, formula: Formula, lookup: Lookup, wanted: type
) -> Step:
    read = _Names(lookup)
    quotients = _Quotients(trace, path, trace.policy.rounding.division)
    calculator = _calculator(trace)
    # A name may stand for what another formula gives, which is worked out in the midst of this one.
    operators, nodes = calculator.operators, calculator.nodes
    outer = calculator.names, operators.get(ast.Div), nodes.get(ast.Call)
    calculator.names, operators[ast.Div] = read, quotients.divide
    nodes[ast.Call] = calculator._eval_call
    if DEFAULT in formula.text:
        nodes[ast.Call] = _Defaults(trace, path, kind, formula, read, calculator).call
    try:
        value = calculator.eval(formula.text, previously_parsed=formula.tree)
    finally:
        calculator.names, operators[ast.Div], nodes[ast.Call] = outer
    _require(value, wanted)
    if isinstance(value, Decimal):
        within_limit(value)
    return trace.add(path, kind, "formula", tuple(read.steps.values()), value, rule=formula)


def _calculator(trace: Trace) -> SimpleEval:
    """The subject's calculator; making one costs as much as using it."""
    if not isinstance(trace.calculator, SimpleEval):
        made = SimpleEval(operators={**_OPERATORS}, functions=_FUNCTIONS, names={})
        made.nodes[ast.Tuple] = lambda node: tuple(made._eval(one) for one in node.elts)
        trace.calculator = made
    return trace.calculator


class _Names:
    """Looks names up for the calculator and remembers which were read."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup, self.steps = lookup, dict[str, Step]()

    def __getitem__(self, name: str) -> Value:
        if name not in self.steps:
            self.steps[name] = self.lookup(name)
        return self.steps[name].value


MISSING: Final = ("no-history", "missing-fact", "missing-unit-result")
"""What `default` is for: a value that the data do not have, and no other fault."""


class _Defaults:
    """`default(name, value)`: the value only where the data do not have the name's, and then a
    step says so."""

    def __init__(
        self, trace: Trace, path: str, kind: Kind, formula: Formula, read: _Names,
        calculator: SimpleEval,
    ) -> None:  # fmt: skip
        self.trace, self.path, self.kind, self.formula = trace, path, kind, formula
        self.read, self.calculator = read, calculator
        self.calls = defaults_in(formula.tree)

    def call(self, node: ast.Call) -> object:
        if node not in self.calls:
            return self.calculator._eval_call(node)
        first, second = node.args
        try:
            return self.calculator._eval(first)
        except Refusal as refusal:
            if refusal.diagnostic.code not in MISSING:
                raise
        number = self.calls.index(node) + 1
        before, self.read.steps = self.read.steps, {}
        value = self.calculator._eval(second)
        read, self.read.steps = tuple(self.read.steps.values()), before
        into = f"{self.path}.default.{number}"
        step = self.trace.add(into, self.kind, "default", read, value, "missing", rule=self.formula)
        self.read.steps[into] = step
        return value


class _Quotients:
    """Division inside a formula: rounded as the policy says, and written down where it was."""

    def __init__(self, trace: Trace, path: str, rounding: Rounding) -> None:
        self.trace, self.path, self.rounding, self.count = trace, path, rounding, 0

    def divide(self, left: object, right: object) -> Decimal:
        numerator, denominator = _number(left), _number(right)
        if not denominator:
            raise ZeroDivisionError
        rounding = self.rounding
        value = divided(numerator, denominator, rounding.places, rounding.mode)
        if value * denominator != numerator:
            self.count += 1
            self.trace.add(
                f"{self.path}.quotient.{self.count}",
                "quotient",
                "divide",
                (Constant(numerator, ""), Constant(denominator, "")),
                value,
                rounding=rounding,
            )
        return value


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    raise _WrongType(value, _NUMBER)


def _require(value: object, wanted: type) -> None:
    if not isinstance(value, wanted):
        raise _WrongType(value, _KINDS[wanted])


def _same(left: object, right: object) -> bool:
    if isinstance(left, Decimal) is not isinstance(right, Decimal):
        raise _WrongType(right, _SAME)
    return left == right


def _is_among(value: object, others: Iterable[object]) -> bool:
    # A list, so that one of another type is found wherever it stands.
    return any([_same(value, one) for one in others])  # noqa: C419


def _round(value: object, places: object = Decimal(0)) -> Decimal:
    count = _number(places)
    if count not in _PLACES:
        raise OutOfRange
    return rounded(_number(value), int(count), "half_up")


_PLACES = tuple(Decimal(places) for places in range(11))

_OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: lambda left, right: _number(left) + _number(right),
    ast.Sub: lambda left, right: _number(left) - _number(right),
    ast.Mult: lambda left, right: _number(left) * _number(right),
    ast.USub: lambda value: -_number(value),
    ast.UAdd: _number,
    ast.Not: lambda value: not value,
    ast.Eq: _same,
    ast.NotEq: lambda left, right: not _same(left, right),
    ast.Gt: lambda left, right: _number(left) > _number(right),
    ast.GtE: lambda left, right: _number(left) >= _number(right),
    ast.Lt: lambda left, right: _number(left) < _number(right),
    ast.LtE: lambda left, right: _number(left) <= _number(right),
    ast.In: _is_among,
    ast.NotIn: lambda left, right: not _is_among(left, right),
}

_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "min": lambda *values: min(map(_number, values)),
    "max": lambda *values: max(map(_number, values)),
    "abs": lambda value: abs(_number(value)),
    "round": _round,
    "floor": lambda value: rounded(_number(value), 0, "floor"),
    "ceil": lambda value: rounded(_number(value), 0, "ceiling"),
    "clamp": lambda value, low, high: max(_number(low), min(_number(value), _number(high))),
}
