"""Names and types in a formula, held against what its place in the policy offers."""

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import closest
from perfrules.formula import ROOTS, Formula, Problem, Type

__all__ = ["check_types"]

_TYPES: Final[Mapping[str, Text]] = {
    "number": Text("数值", "a number"),
    "text": Text("文字", "a text"),
    "truth": Text("是否判断", "a condition"),
}

_COMPARISONS: Final = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def check_types(
    formula: Formula, known: Callable[[str], Type | None], names: Mapping[str, Type], wanted: Type
) -> Iterator[Problem]:
    """What does not fit: names that `known` gives no type, and types that do not go together.

    `names` is for the advice only: the names worth listing. `wanted` is the type that the
    place in the policy needs.
    """
    checker = _Checker(formula, known, names)
    found = checker.type_of(formula.tree)
    checker.expect(formula.tree, found, wanted)
    yield from checker.problems


def _meant(name: str) -> str | None:
    """`person.bonus_base` for `persons.bonus_base`: which columns there are is not known here."""
    root, dot, column = name.partition(".")
    near = closest(root, ROOTS) if dot else None
    return near and f"{near}.{column}"


class _Checker:
    def __init__(
        self, formula: Formula, known: Callable[[str], Type | None], names: Mapping[str, Type]
    ) -> None:
        self.formula, self.known, self.names = formula, known, names
        self.problems: list[Problem] = []

    def offset(self, node: ast.AST) -> int:
        before = self.formula.text.encode()[: getattr(node, "col_offset", 0)]
        return len(before.decode(errors="ignore"))

    def expect(self, node: ast.expr, found: Type, wanted: Type) -> None:
        if "any" in (found, wanted) or found == wanted:
            return
        segment = ast.get_source_segment(self.formula.text, node) or self.formula.text
        facts = {"part": segment, "found": _TYPES[found], "expected": _TYPES[wanted]}
        self.problems.append(Problem("type-mismatch", self.offset(node), facts))

    def each(self, nodes: list[ast.expr], wanted: Type) -> None:
        for node in nodes:
            self.expect(node, self.type_of(node), wanted)

    def type_of(self, node: ast.expr) -> Type:
        match node:
            case ast.Constant(value=value):
                return "text" if isinstance(value, str) else "number"
            case ast.Name(id=name):
                return self.name(node, name)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                self.each([operand], "truth")
                return "truth"
            case ast.UnaryOp(operand=operand):
                self.each([operand], "number")
                return "number"
            case ast.BinOp(left=left, right=right):
                self.each([left, right], "number")
                return "number"
            case ast.BoolOp(values=values):
                self.each(values, "truth")
                return "truth"
            case ast.Compare(left=left, ops=operators, comparators=comparators):
                self.compared(left, operators, comparators)
                return "truth"
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self.each([test], "truth")
                first = self.type_of(body)
                self.expect(orelse, second := self.type_of(orelse), first)
                return second if first == "any" else first
            case ast.Call(args=arguments):
                self.each(arguments, "number")
                return "number"
        return "any"

    def name(self, node: ast.expr, name: str) -> Type:
        found = self.known(name)
        if found is None:
            facts = {
                "name": name,
                "known": ", ".join(sorted(self.names)),
                "suggestion": closest(name, self.names) or _meant(name),
            }
            self.problems.append(Problem("unknown-name", self.offset(node), facts))
            return "any"
        return found

    def compared(
        self, left: ast.expr, operators: list[ast.cmpop], comparators: list[ast.expr]
    ) -> None:
        first, first_node = self.type_of(left), left
        for operator, right in zip(operators, comparators, strict=True):
            if isinstance(right, ast.Tuple):
                for element in right.elts:
                    self.expect(element, self.type_of(element), first)
                continue
            second = self.type_of(right)
            if isinstance(operator, _COMPARISONS):
                self.expect(first_node, first, "number")
                self.expect(right, second, "number")
            else:
                self.expect(right, second, first)
            first, first_node = second, right
