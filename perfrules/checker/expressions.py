"""The language of formulas: text to tree, and a tree to its value."""

import ast
import operator
import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from keyword import kwlist
from typing import Any

from .arithmetic import MAX_PLACES, Refused, Value, figure, plain, rounded

__all__ = ["defaults_in", "evaluated", "is_name", "names_in", "parsed"]

MAX_FORMULA = 500

PERCENT = re.compile(r"\"[^\"]*\"|'[^']*'|(?<![\w.])([0-9]+(?:\.[0-9]+)?)%")
KEYWORD = re.compile(rf"\"[^\"]*\"|'[^']*'|(?<=\w\.)({'|'.join(kwlist)})(?!\w)")
NUMERAL = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)


def round_half_up(value: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    if places not in range(MAX_PLACES + 1):
        raise Refused("number-out-of-range")
    return rounded(value, int(places), "half_up")


OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.USub: operator.neg, ast.UAdd: operator.pos,
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip
FUNCTIONS: dict[str, Callable[..., Fraction]] = {
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
    "abs": abs,
    "round": round_half_up,
    "floor": lambda value: rounded(value, 0, "floor"),
    "ceil": lambda value: rounded(value, 0, "ceiling"),
    "clamp": lambda value, low, high: max(low, min(value, high)),
}


@lru_cache(maxsize=4096)
def parsed(text: str) -> ast.expr:
    """The tree of an expression; `80%` stands in it as 0.8, every number exact."""

    def plainly(match: re.Match[str]) -> str:
        return match[0] if match[1] is None else plain(Fraction(match[1]) / 100) + " "

    def wide(match: re.Match[str]) -> str:
        # Python takes a wide letter in a name for the plain one, and a word with it for no keyword.
        return match[0] if match[1] is None else chr(ord(match[1][0]) + 0xFEE0) + match[1][1:]

    if len(text) > MAX_FORMULA:
        raise ValueError(text)
    source = KEYWORD.sub(wide, PERCENT.sub(plainly, text)).strip()
    tree: ast.expr = Streaks().visit(ast.parse(source, mode="eval").body)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and not isinstance(node.value, str):
            numeral = ast.get_source_segment(source, node) or ""
            if not NUMERAL.fullmatch(numeral):
                raise ValueError(numeral)
            node.value = Fraction(numeral)  # type: ignore[assignment]
    return tree


class Streaks(ast.NodeTransformer):
    """Makes a name of each `streak("D")`: it is looked up, not worked out."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Name(id="streak"), args=[ast.Constant(value=str(grade))]):
                return ast.Name(f'streak("{grade}")')
        return node


def is_name(tree: ast.expr) -> bool:
    """Whether a formula is a single name, so that it needs no step of its own."""
    return isinstance(tree, ast.Name | ast.Attribute)


def defaults_in(tree: ast.expr) -> list[ast.expr]:
    """Every `default(name, value)`, in the order of the text."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    calls = [one for one in found if isinstance(one.func, ast.Name) and one.func.id == "default"]
    return sorted(calls, key=lambda node: (node.lineno, node.col_offset))


def names_in(*texts: str | None) -> set[str]:
    """What expressions may read, dotted names whole."""
    return {name for text in texts if text is not None for name in _names_in(text)}


@lru_cache(maxsize=4096)
def _names_in(text: str) -> frozenset[str]:
    nodes = ast.walk(parsed(text))
    names = frozenset(dotted(node) for node in nodes if isinstance(node, ast.Name | ast.Attribute))
    # A name of the year adds up the figure behind it: whoever reads the one reads the other.
    years = (name.partition(".")[2] for name in names if name.startswith("year."))
    return names | {name for name in years if not name.startswith("paid.")}


def dotted(node: Any) -> str:
    return node.id if isinstance(node, ast.Name) else f"{dotted(node.value)}.{node.attr}"


def evaluated(
    node: ast.expr,
    name: Callable[[str], Value],
    divide: Callable[[Fraction, Fraction], Fraction],
    default: Callable[[ast.expr, str, Callable[[], Value]], Value],
) -> Any:
    """The value of an expression, read from left to right; what is not needed is not read."""

    def value(inner: ast.expr) -> Any:
        return evaluated(inner, name, divide, default)

    def figures(*inner: ast.expr) -> list[Fraction]:
        return [figure(one) for one in [value(one) for one in inner]]

    match node:
        case ast.Constant():
            return node.value
        case ast.Name() | ast.Attribute():
            return name(dotted(node))
        case ast.Tuple() | ast.List():
            return [value(one) for one in node.elts]
        case ast.IfExp():
            return value(node.body if value(node.test) else node.orelse)
        case ast.BoolOp():
            for one in node.values:
                found = value(one)
                if bool(found) is isinstance(node.op, ast.Or):
                    break
            return found
        case ast.UnaryOp(op=ast.Not()):
            return not value(node.operand)
        case ast.UnaryOp():
            return OPERATORS[type(node.op)](*figures(node.operand))
        case ast.BinOp(op=ast.Div()):
            return divide(*figures(node.left, node.right))
        case ast.BinOp():
            return OPERATORS[type(node.op)](*figures(node.left, node.right))
        case ast.Call(func=ast.Name(id="default"), args=[first, second], keywords=[]):
            return default(node, dotted(first), lambda: value(second))
        case ast.Call(func=ast.Name(id=function), keywords=[]):
            return FUNCTIONS[function](*figures(*node.args))
        case ast.Compare():
            left = value(node.left)
            for sign, comparator in zip(node.ops, node.comparators, strict=True):
                right = value(comparator)
                if not compared(sign, left, right):
                    return False
                left = right
            return True
    raise ValueError(ast.dump(node))


def compared(sign: ast.cmpop, left: Any, right: Any) -> bool:
    if isinstance(sign, ast.In | ast.NotIn):
        found = [same(left, one) for one in right]
        return any(found) is isinstance(sign, ast.In)
    if isinstance(sign, ast.Eq | ast.NotEq):
        return same(left, right) is isinstance(sign, ast.Eq)
    return bool(OPERATORS[type(sign)](figure(left), figure(right)))


def same(left: Value, right: Value) -> bool:
    if isinstance(left, Fraction) is not isinstance(right, Fraction):
        raise Refused("wrong-value-type")
    return left == right
