"""Names and types in a formula, held against what its place in the policy offers."""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import closest
from perfrules.exact import percent, plain, share_readings
from perfrules.formula import ROOTS, Formula, Problem, Type, is_percentage

__all__ = ["check_types", "type_of"]

_TYPES: Final[Mapping[str, Text]] = {
    "number": Text("数值", "a number"),
    "share": Text("比率", "a share"),
    "text": Text("文字", "a text"),
    "truth": Text("是否判断", "a condition"),
}

_COMPARISONS: Final = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_FIGURES: Final = ("number", "share")
_SURE: Final = 2
"""From here on nobody means a bare number as a ratio: 2 would be 200 %."""

Known = Callable[[str], Type | None]


def check_types(
    formula: Formula, known: Known, names: Mapping[str, Type], wanted: Type
) -> Iterator[Problem]:
    """What does not fit: names that `known` gives no type, and types that do not go together.

    `names` is for the advice only: the names worth listing. `wanted` is the type that the
    place in the policy needs; a share may stand where a number is wanted.
    """
    checker = _Checker(formula, known, names)
    found = checker.type_of(formula.tree)
    checker.expect(formula.tree, found, wanted)
    yield from checker.problems


def type_of(formula: Formula, known: Known) -> Type:
    """What the formula gives, as far as its names are known."""
    return _Checker(formula, known, {}).type_of(formula.tree)


def _meant(name: str) -> str | None:
    """`person.bonus_base` for `persons.bonus_base`: which columns there are is not known here."""
    root, dot, column = name.partition(".")
    near = closest(root, ROOTS) if dot else None
    return near and f"{near}.{column}"


def _is_bare(node: ast.expr) -> bool:
    """Whether it is a number as it is written, without a percent sign."""
    if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not):
        return _is_bare(node.operand)
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, Decimal)
        and not is_percentage(node)
    )


def _leaf(node: ast.expr) -> ast.expr:
    """The number behind its signs."""
    return _leaf(node.operand) if isinstance(node, ast.UnaryOp) else node


class _Checker:
    def __init__(self, formula: Formula, known: Known, names: Mapping[str, Type]) -> None:
        self.formula, self.known, self.names = formula, known, names
        self.problems: list[Problem] = []

    def offset(self, node: ast.AST) -> int:
        before = self.formula.text.encode()[: getattr(node, "col_offset", 0)]
        return len(before.decode(errors="ignore"))

    def segment(self, node: ast.expr) -> str:
        return ast.get_source_segment(self.formula.text, node) or self.formula.text

    def expect(self, node: ast.expr, found: Type, wanted: Type) -> None:
        if "any" in (found, wanted) or found == wanted:
            return
        if found in _FIGURES and wanted in _FIGURES:
            return
        facts = {"part": self.segment(node), "found": _TYPES[found], "expected": _TYPES[wanted]}
        self.problems.append(Problem("type-mismatch", self.offset(node), facts))

    def each(self, nodes: list[ast.expr], wanted: Type) -> list[Type]:
        found = [self.type_of(node) for node in nodes]
        for node, one in zip(nodes, found, strict=True):
            self.expect(node, one, wanted)
        return found

    def type_of(self, node: ast.expr) -> Type:
        match node:
            case ast.Constant(value=value):
                if isinstance(value, str):
                    return "text"
                return "share" if is_percentage(node) else "number"
            case ast.Name(id=name):
                return self.name(node, name)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                self.each([operand], "truth")
                return "truth"
            case ast.UnaryOp(operand=operand):
                (found,) = self.each([operand], "number")
                return found
            case ast.BinOp(left=left, op=operator, right=right):
                return self.calculated(left, operator, right)
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
                return self.joined([body, orelse], [first, second])
            case ast.Call(func=ast.Name(id=name), args=arguments):
                found_all = self.each(arguments, "number")
                if name == "round":
                    return self.joined(arguments[:1], found_all[:1])  # the rest is a count
                return self.joined(arguments, found_all)
        return "any"

    def calculated(self, left: ast.expr, operator: ast.operator, right: ast.expr) -> Type:
        """A share stays one in a sum of shares; a product or a quotient may be anything."""
        first, second = self.each([left, right], "number")
        if isinstance(operator, ast.Add | ast.Sub):
            return self.joined([left, right], [first, second])
        if "any" in (first, second):
            return "any"
        if isinstance(operator, ast.Mult):
            if "share" not in (first, second):
                return "any" if _is_bare(left) and _is_bare(right) else "number"
            if first == second:
                return "share"
            factor = left if second == "share" else right
            return "any" if _is_bare(factor) else "number"
        return "number" if (first, second) == ("number", "share") else "any"

    def joined(self, nodes: Sequence[ast.expr], types: Sequence[Type]) -> Type:
        """The type of what is one of several values, or their sum; they are of one kind."""
        self.of_one_kind(nodes, types)
        sure = [
            one for node, one in zip(nodes, types, strict=True) if one != "any"
            and not _is_bare(node)
        ]  # fmt: skip
        if not sure:
            return "any"  # of written numbers alone nobody knows what they are
        return sure[0] if len({*sure}) == 1 and "any" not in types else "any"

    def of_one_kind(self, nodes: Sequence[ast.expr], types: Sequence[Type]) -> None:
        """Beside a share no bare number of 2 and more, beside a number no percentage."""
        pairs = list(zip(nodes, types, strict=True))
        has_share = any(one == "share" for _, one in pairs)
        has_number = any(one == "number" and not _is_bare(node) for node, one in pairs)
        for node, _ in pairs:
            leaf = _leaf(node)
            if not isinstance(leaf, ast.Constant) or not isinstance(leaf.value, Decimal):
                continue
            text, value = self.segment(leaf), leaf.value
            text += "%" if is_percentage(leaf) else ""
            facts: dict[str, object] = {}
            if is_percentage(leaf) and has_number:
                facts = {"text": text, "value": plain(value), "write": percent(value)[:-1]}
                self.problems.append(Problem("percent-without-share", self.offset(leaf), facts))
            elif not is_percentage(leaf) and has_share and value >= _SURE:
                facts = {**share_readings(text, value)}
                self.problems.append(Problem("share-without-percent", self.offset(leaf), facts))

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
                types = [self.type_of(element) for element in right.elts]
                for element, one in zip(right.elts, types, strict=True):
                    self.expect(element, one, first)
                self.of_one_kind([first_node, *right.elts], [first, *types])
                continue
            second = self.type_of(right)
            if isinstance(operator, _COMPARISONS):
                self.expect(first_node, first, "number")
                self.expect(right, second, "number")
            else:
                self.expect(right, second, first)
            self.of_one_kind([first_node, right], [first, second])
            first, first_node = second, right
