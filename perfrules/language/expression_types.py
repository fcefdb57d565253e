"""Names and types in a formula, held against what its place in the policy offers."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.codes.vocabulary import MEANT
from perfrules.diagnostics import Mend, closest, nearest
from perfrules.exact import percent, plain, share_readings
from perfrules.formula import ROOTS, Formula, Problem, Type, is_percentage

__all__ = ["Known", "Offered", "check_types", "type_of"]

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

_OF_PEOPLE: Final = tuple(name for name in MEANT if name.startswith(("person.", "cycle.")))
"""Columns and facts that people call by Chinese names, and that every policy may read."""

_TURNED: Final[Mapping[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offered:
    """What a place in the policy offers to an expression.

    `names` are those worth listing, `titles` what people call them, `loose` what they call
    something of which a name is only the likeliest figure; `words` are the texts that a name can
    be, `grades` from the best to the worst.
    """

    names: Mapping[str, Type] = field(default_factory=dict)
    titles: Mapping[str, Iterable[str]] = field(default_factory=dict)
    loose: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    grades: Sequence[str] = ()


def check_types(
    formula: Formula, known: Known, offered: Offered, wanted: Type
) -> Iterator[Problem]:
    """What does not fit: names that `known` gives no type, and types that do not go together.

    `offered` is for what is said of it. `wanted` is the type that the place in the policy needs;
    a share may stand where a number is wanted.
    """
    checker = _Checker(formula, known, offered)
    found = checker.type_of(formula.tree)
    checker.expect(formula.tree, found, wanted)
    yield from checker.problems


def type_of(formula: Formula, known: Known) -> Type:
    """What the formula gives, as far as its names are known."""
    return _Checker(formula, known, Offered()).type_of(formula.tree)


def _meant(name: str) -> str | None:
    """`person.bonus_base` for `persons.bonus_base`: which columns there are is not known here."""
    root, dot, column = name.partition(".")
    near = closest(root, ROOTS) if dot else None
    return near and f"{near}.{column}"


def _is_grade(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and (node.id == "grade" or node.id.endswith(".grade"))


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
    def __init__(self, formula: Formula, known: Known, offered: Offered) -> None:
        self.formula, self.known, self.offered = formula, known, offered
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
            case ast.Call(func=ast.Name(id="default"), args=[first, second]):
                own = self.type_of(first)
                self.expect(second, other := self.type_of(second), own)
                return self.joined([first, second], [own, other])
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
        by_share = (first, second) == ("number", "share") and not _is_bare(left)
        return "number" if by_share else "any"

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
                "known": ", ".join(sorted(self.offered.names)),
                **self.near(name),
            }
            self.problems.append(Problem("unknown-name", self.offset(node), facts))
            return "any"
        return found

    def near(self, name: str) -> dict[str, object]:
        """The name that was meant, or the grade that lacks its quotes."""
        if name in self.offered.grades:
            return {"suggestion": f'"{name}"', "mend": Mend(name, f'"{name}"')}
        names = (*self.offered.names, *_OF_PEOPLE)
        near = nearest(name, names, self.offered.titles)
        if near["mend"] is None:
            likely = self.offered.loose.get(name) or near["suggestion"] or _meant(name)
            near["suggestion"] = likely
        return near

    def graded(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> bool:
        """Reports a grade that is compared by size, with the grades that are meant."""
        grade, other = (left, right) if _is_grade(left) else (right, left)
        if not _is_grade(grade):
            return False
        kind = type(operator) if grade is left else _TURNED[type(operator)]
        grades = list(self.offered.grades)
        text = self.between(left, right)
        facts: dict[str, object] = {"text": text, "known": ", ".join(grades)}
        word = other.id if isinstance(other, ast.Name) else getattr(other, "value", None)
        if word in grades and self.segment(grade) in ("grade", "previous.grade"):
            at = grades.index(str(word))
            better = kind in (ast.Gt, ast.GtE)
            meant = grades[: at + (kind is ast.GtE)] if better else grades[at + (kind is ast.Lt) :]
            if meant:
                listed = ", ".join(f'"{one}"' for one in meant)
                name = self.segment(grade)
                right_text = f"{name} in ({listed})" if meant[1:] else f"{name} == {listed}"
                facts |= {"suggestion": right_text, "mend": Mend(text, right_text)}
        self.problems.append(Problem("grade-by-size", self.offset(left), facts))
        return True

    def between(self, left: ast.expr, right: ast.expr) -> str:
        """The text from the beginning of one node to the end of another."""
        end = getattr(right, "end_col_offset", 0)
        return self.formula.text.encode()[left.col_offset : end].decode(errors="ignore")

    def spoken(self, name_node: ast.expr, constants: Iterable[ast.expr]) -> None:
        """Reports words that a grade or a level can never be."""
        words = self.offered.words.get(name_node.id, ()) if isinstance(name_node, ast.Name) else ()
        for node in constants:
            if words and isinstance(node, ast.Constant) and isinstance(node.value, str):
                if node.value in words:
                    continue
                near = nearest(node.value, words)
                facts = {"name": node.value, "of": self.segment(name_node), **near}
                facts["known"] = ", ".join(words)
                self.problems.append(Problem("word-never-comes", self.offset(node) + 1, facts))

    def compared(
        self, left: ast.expr, operators: list[ast.cmpop], comparators: list[ast.expr]
    ) -> None:
        by_size = len(operators) == 1 and isinstance(operators[0], _COMPARISONS)
        if by_size and self.graded(left, operators[0], comparators[0]):
            return
        first, first_node = self.type_of(left), left
        for operator, right in zip(operators, comparators, strict=True):
            self.spoken(left, right.elts if isinstance(right, ast.Tuple) else (right,))
            self.spoken(right, (left,))
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
