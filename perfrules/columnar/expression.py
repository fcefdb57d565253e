"""The calculator: a checked formula as an expression over columns.

The twin of `evaluation/expression.py`. Both branches of a condition are worked out for every row:
what one of them cannot do in a row is the row's fault, though the reference may not need it.
"""

import ast
from decimal import Decimal
from functools import reduce
from typing import Final

import polars as pl

from perfrules.columnar.lanes import (
    Comparison,
    Num,
    absolute,
    added,
    compared,
    constant,
    greatest,
    least,
    less,
    multiplied,
    negated,
    picked,
    scaled_constant,
)
from perfrules.columnar.names import Names, Word
from perfrules.columnar.rounding import divide, divide_as
from perfrules.columnar.sheet import Sheet
from perfrules.columnar.two_way import looked_up
from perfrules.exact import PLACES
from perfrules.formula import DEFAULT, Formula

__all__ = ["condition", "figure", "word"]


def figure(sheet: Sheet, names: Names, formula: Formula) -> Num:
    """A formula that is a number."""
    with sheet.at(formula.path, formula.place):
        value = _Calculator(sheet, names).number(formula.tree)
        return value if formula.is_name else sheet.limited(value)


def condition(sheet: Sheet, names: Names, formula: Formula) -> pl.Expr:
    """A formula that is true or false."""
    with sheet.at(formula.path, formula.place):
        return sheet.column(_Calculator(sheet, names).truth(formula.tree))


def word(sheet: Sheet, names: Names, formula: Formula) -> Word:
    """A formula that is a word."""
    with sheet.at(formula.path, formula.place):
        return _Calculator(sheet, names).word(formula.tree)


_SIGNS: Final[dict[type, Comparison]] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip


def _written(node: ast.AST) -> object:
    """What a constant holds: a Decimal or a text, since a formula's tree is exact."""
    return node.value if isinstance(node, ast.Constant) else None


class _Calculator:
    """Walks a tree, by what is asked for: a number, a truth, a word."""

    def __init__(self, sheet: Sheet, names: Names) -> None:
        self.sheet, self.names = sheet, names

    def number(self, node: ast.AST) -> Num:
        match node:
            case ast.Constant() if isinstance(value := _written(node), Decimal):
                return constant(value)
            case ast.Name(id=name):
                return self._named(name)
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return negated(self.number(inner))
            case ast.UnaryOp(op=ast.UAdd(), operand=inner):
                return self.number(inner)
            case ast.BinOp(left=left, op=sign, right=right):
                return self._binary(sign, self.number(left), self.number(right))
            case ast.IfExp(test=test, body=body, orelse=other):
                return picked(self.truth(test), self.number(body), self.number(other))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self.sheet.kept(self._called(name, arguments))
        raise self._unread(node)

    def _named(self, name: str) -> Num:
        root, _, rest = name.partition(".")
        tables = {one.name: one for one in self.names.policy.tables}
        if root == "table" and rest in tables:
            return looked_up(self.sheet, self.names, tables[rest], figure, word)
        return self.names.number(name)

    def _binary(self, sign: ast.operator, one: Num, two: Num) -> Num:
        match sign:
            case ast.Add():
                return added(one, two)
            case ast.Sub():
                return less(one, two)
            case ast.Mult():
                return multiplied(one, two)
            case ast.Div():
                rounding = self.names.policy.rounding.division
                return divide_as(self.sheet, one, two, rounding)
        raise self._unread(sign)

    def _called(self, name: str, arguments: list[ast.expr]) -> Num:
        if name == DEFAULT:
            return self._default(arguments)
        if name == "round":
            places = self._places(arguments[1:])
            return self._to_places(self.number(arguments[0]), places, "half_up")
        read = [self.sheet.kept(self.number(one)) for one in arguments]
        match name, read:
            case "min", _:
                return least(*read)
            case "max", _:
                return greatest(*read)
            case "abs", [value]:
                return absolute(value)
            case "floor", [value]:
                return self._to_places(value, 0, "floor")
            case "ceil", [value]:
                return self._to_places(value, 0, "ceiling")
            case "clamp", [value, low, high]:
                return greatest(low, least(value, high))
        raise self._unread(ast.Name(name))

    def _places(self, arguments: list[ast.expr]) -> int:
        if not arguments:
            return 0
        places = _written(arguments[0])
        if isinstance(places, Decimal) and places in range(PLACES + 1):
            return int(places)
        raise self.sheet.refuse(
            "round 的位数须为 0 到 10 的整数",
            "the places of `round` are not a whole number from 0 to 10",
        )

    def _to_places(self, value: Num, places: int, mode: str) -> Num:
        if value.scale <= places:
            return value
        return divide(self.sheet, value, scaled_constant(1, 0), places, mode)

    def _default(self, arguments: list[ast.expr]) -> Num:
        first, second = arguments
        assert isinstance(first, ast.Name)
        given = self.names.given(first.id, "number")
        if given is None:
            return self.number(second)
        if given.odd is not None:
            self.sheet.fault(given.odd)
        if given.there is None:
            return given.number
        with self.sheet.within(~given.there):
            other = self.number(second)
        return picked(given.there, given.number, other)

    # ---- truths

    def truth(self, node: ast.AST) -> pl.Expr:
        match node:
            case ast.Name(id=name):
                return self.names.truth(name)
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                return ~self.truth(inner)
            case ast.BoolOp(op=ast.And(), values=values):
                return reduce(lambda one, two: one & two, map(self.truth, values))
            case ast.BoolOp(op=ast.Or(), values=values):
                return reduce(lambda one, two: one | two, map(self.truth, values))
            case ast.Compare(left=left, ops=signs, comparators=others):
                pairs = zip([left, *others[:-1]], signs, others, strict=True)
                return reduce(lambda one, two: one & two, (self._pair(*one) for one in pairs))
            case ast.IfExp(test=test, body=body, orelse=other):
                held = self.truth(body)
                return pl.when(self.truth(test)).then(held).otherwise(self.truth(other))
        raise self._unread(node)

    def _pair(self, left: ast.expr, sign: ast.cmpop, right: ast.expr) -> pl.Expr:
        if isinstance(sign, ast.In | ast.NotIn):
            assert isinstance(right, ast.Tuple)
            found = self._among(left, right.elts)
            return found if isinstance(sign, ast.In) else ~found
        if isinstance(sign, ast.Eq | ast.NotEq) and (self._is_word(left) or self._is_word(right)):
            equal = self._same_words(left, right)
            return equal if isinstance(sign, ast.Eq) else ~equal
        return compared(self.number(left), _SIGNS[type(sign)], self.number(right))

    def _among(self, left: ast.expr, others: list[ast.expr]) -> pl.Expr:
        are_words = [self._is_word(one) for one in others]
        if all(are_words):
            value = self.word(left)
            words = [one.value for one in others if isinstance(one, ast.Constant)]
            found = [value.equals(str(one)) for one in words]
        elif any(are_words):
            raise self.sheet.refuse("in 后面既有数值又有文字", "after `in` stand numbers and texts")
        else:
            number = self.sheet.kept(self.number(left))
            found = [compared(number, "==", self.number(one)) for one in others]
        return reduce(lambda one, two: one | two, found)

    def _same_words(self, left: ast.expr, right: ast.expr) -> pl.Expr:
        for one, two in ((left, right), (right, left)):
            if isinstance(two, ast.Constant):
                return self.word(one).equals(str(two.value))
        return self.word(left).text == self.word(right).text

    # ---- words

    def _is_word(self, node: ast.expr) -> bool:
        match node:
            case ast.Constant(value=str()):
                return True
            case ast.Name(id=name):
                return self.names.has_word(name)
            case ast.IfExp(body=body, orelse=other):
                return self._is_word(body) or self._is_word(other)
            case ast.Call(func=ast.Name(id=name), args=[_, second]) if name == DEFAULT:
                return self._is_word(second)
        return False

    def word(self, node: ast.AST) -> Word:
        match node:
            case ast.Constant(value=str() as value):
                return Word(pl.lit(value))
            case ast.Name(id=name):
                return self.names.word(name)
            case ast.IfExp(test=test, body=body, orelse=other):
                held = self.word(body).text
                return Word(pl.when(self.truth(test)).then(held).otherwise(self.word(other).text))
            case ast.Call(func=ast.Name(id=name), args=[ast.Name(id=first), second]) if (
                name == DEFAULT
            ):
                given = self.names.given(first, "word")
                if given is None:
                    return self.word(second)
                if given.odd is not None:
                    self.sheet.fault(given.odd)
                if given.there is None:
                    return Word(given.words)
                instead = self.word(second).text
                return Word(pl.when(given.there).then(given.words).otherwise(instead))
        raise self._unread(node)

    def _unread(self, node: ast.AST) -> Exception:
        shown = ast.unparse(node) if isinstance(node, ast.expr) else type(node).__name__
        return self.sheet.refuse(
            f"表达式 `{shown}` 不能按列计算", f"`{shown}` has no columnar form"
        )
