"""An expression of the policy for readers: with its values put in, in the signs of school.

`×` and `÷` stand for `*` and `/`; everything else stays what the policy says, so that the
calculation can be done again by hand.
"""

import ast
from collections.abc import Callable, Iterable
from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.exact import percent, plain
from perfrules.formula import Formula, defaults_in, parse
from perfrules.words.measure import Measure

__all__ = ["dimension", "expression_text", "second_of_default"]

_BINARY: Final[dict[type, tuple[str, int]]] = {
    ast.Add: ("+", 6), ast.Sub: ("−", 6), ast.Mult: ("×", 7), ast.Div: ("÷", 7),
}  # fmt: skip
_COMPARISONS: Final[dict[type, Text]] = {
    ast.Lt: Text("<", "<"), ast.LtE: Text("≤", "≤"), ast.Gt: Text(">", ">"),
    ast.GtE: Text("≥", "≥"), ast.Eq: Text("=", "="), ast.NotEq: Text("≠", "≠"),
    ast.In: Text("属于", "in"), ast.NotIn: Text("不属于", "not in"),
}  # fmt: skip
_JOINTS: Final[dict[type, tuple[Text, int]]] = {
    ast.And: (Text(" 且 ", " and "), 3), ast.Or: (Text(" 或 ", " or "), 2),
}  # fmt: skip
_ATOM: Final = 9


def expression_text(
    text: str,
    value_of: Callable[[str], str],
    language: Language,
    instead: Callable[[int], str] | None = None,
) -> str:
    """The expression with `value_of` of each name in its place.

    `instead` says what the so-manieth `default(name, value)` came to where its name had no value,
    and nothing where it had one. Without it the expression is told as a rule.
    """
    formula = parse(text)
    if not isinstance(formula, Formula):
        return text
    # A choice between two values is put in brackets, so that what follows speaks of both.
    return _Printer(formula, value_of, language, instead).read(formula.tree, 2)


def second_of_default(text: str, number: int) -> str:
    """The second value of the so-manieth `default(name, value)` of an expression."""
    formula = parse(text)
    if not isinstance(formula, Formula):
        return ""
    second = defaults_in(formula.tree)[number - 1].args[1]
    letters, end = formula.text.encode(), second.end_col_offset or 0
    end += letters[end : end + 1] == b"%"
    return letters[second.col_offset : end].decode()


class _Printer:
    def __init__(
        self,
        formula: Formula,
        value_of: Callable[[str], str],
        language: Language,
        instead: Callable[[int], str] | None,
    ) -> None:
        self.letters, self.value_of, self.language = formula.text.encode(), value_of, language
        self.instead, self.defaults = instead, defaults_in(formula.tree)

    def read(self, node: ast.expr, least: int) -> str:
        """The node's text; in brackets where it binds less tightly than `least`."""
        text, strength = self.unbracketed(node)
        return f"({text})" if strength < least else text

    def unbracketed(self, node: ast.expr) -> tuple[str, int]:
        match node:
            case ast.Constant():
                return self.constant(node), _ATOM
            case ast.Name(id=name):
                return self.value_of(name), _ATOM
            case ast.Tuple(elts=elements):
                return f"({self.each(elements)})", _ATOM
            case ast.Call(func=ast.Name(id="default"), args=[name_node, other]):
                return self.default(self.defaults.index(node) + 1, name_node, other), _ATOM
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return f"{name}({self.each(arguments)})", _ATOM
            case ast.BinOp(left=left, op=operator, right=right):
                sign, strength = _BINARY[type(operator)]
                first, second = self.read(left, strength), self.read(right, strength + 1)
                return f"{first} {sign} {second}", strength
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Text("非 ", "not ").into(self.language) + self.read(operand, 4), 4
            case ast.UnaryOp(op=operator, operand=operand):
                sign = "-" if isinstance(operator, ast.USub) else "+"
                return sign + self.read(operand, _ATOM), 8
            case ast.Compare(left=left, ops=operators, comparators=comparators):
                text = self.read(left, 6)
                for one, right in zip(operators, comparators, strict=True):
                    sign = _COMPARISONS[type(one)].into(self.language)
                    text += f" {sign} {self.read(right, 6)}"
                return text, 5
            case ast.BoolOp(op=operator, values=values):
                word, strength = _JOINTS[type(operator)]
                joint = word.into(self.language)
                return joint.join(self.read(one, strength + 1) for one in values), strength
            case ast.IfExp(test=test, body=body, orelse=orelse):
                first, condition, second = (self.read(one, 2) for one in (body, test, orelse))
                if self.language == "zh":
                    return f"若 {condition} 则 {first}，否则 {second}", 1
                return f"{first} if {condition}, otherwise {second}", 1
        raise AssertionError(ast.dump(node))

    def default(self, number: int, first: ast.expr, second: ast.expr) -> str:
        """The name's value, or what stood in for it; where nobody knows which, both."""
        name = self.read(first, 2)
        if self.instead is not None:
            return self.instead(number) or name
        other = self.read(second, 2)
        return Text(f"{name}（没有则为 {other}）", f"{name} (if there is none: {other})").into(
            self.language
        )

    def each(self, nodes: Iterable[ast.expr]) -> str:
        return ", ".join(self.read(node, 2) for node in nodes)

    def constant(self, node: ast.Constant) -> str:
        if isinstance(node.value, str):
            return node.value
        value: object = node.value
        return percent(value) if self.is_percent(node) else plain(value)  # type: ignore[arg-type]

    def is_percent(self, node: ast.Constant) -> bool:
        return self.letters[node.end_col_offset : (node.end_col_offset or 0) + 1] == b"%"


def dimension(text: str, measure_of: Callable[[str], Measure]) -> "Measure | None":
    """What all that an expression adds, compares or chooses between is measured in.

    None where nothing is common to all of it: a reader then sees plain numbers.
    """
    formula = parse(text or "")
    return _common(formula.tree, measure_of) if isinstance(formula, Formula) else None


def _common(node: ast.expr, measure_of: Callable[[str], Measure]) -> "Measure | None":
    parts: list[ast.expr]
    match node:
        case ast.Name(id=name):
            return measure_of(name)
        case ast.BinOp(op=ast.Add() | ast.Sub(), left=left, right=right):
            parts = [left, right]
        case ast.IfExp(body=body, orelse=orelse):
            parts = [body, orelse]
        case ast.Call(func=ast.Name(id="min" | "max" | "abs" | "clamp" | "default"), args=parts):
            pass
        case _:
            return None
    found = {_common(part, measure_of) for part in parts if not isinstance(part, ast.Constant)}
    return found.pop() if len(found) == 1 else None
