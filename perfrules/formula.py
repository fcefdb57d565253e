"""Expressions of the policy language: from text to a checked tree.

`parse` turns a text into a `Formula`, whose tree holds only the node kinds listed here,
with every number as a `Decimal`, and every dotted name (`person.bonus_base`) and every
`streak("D")` as one name.
Nothing is computed here; `perfrules.evaluation.expression` does that.
"""

import ast
import keyword
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Mend, nearest
from perfrules.exact import read_number
from perfrules.wrong_formulas import (
    Fault,
    construct,
    full_width,
    misleading,
    of_spreadsheet,
    syntax,
)

__all__ = [
    "DEEP_ROOTS",
    "DEFAULT",
    "FUNCTIONS",
    "RESERVED",
    "ROOTS",
    "Formula",
    "Problem",
    "Type",
    "defaults_in",
    "is_percentage",
    "parse",
    "streak_of",
    "summed_of",
]

Type = Literal["number", "share", "text", "truth", "any"]
"""A share is a ratio that people write with `%`; a number is money, points or a count."""

MAX_LENGTH: Final = 500
MAX_NODES: Final = 200
MAX_DEPTH: Final = 20
MAX_ARGUMENTS: Final = 20
MAX_STRING: Final = 64

FUNCTIONS: Final[Mapping[str, tuple[int, int]]] = {
    "min": (1, MAX_ARGUMENTS),
    "max": (1, MAX_ARGUMENTS),
    "abs": (1, 1),
    "round": (1, 2),
    "floor": (1, 1),
    "ceil": (1, 1),
    "clamp": (3, 3),
    "default": (2, 2),
}
"""Each function with the fewest and the most arguments that it takes."""

VALUES: Final = ("actual", "target", "baseline", "attainment", "total", "grade", "proration")
ROOTS: Final = (
    "person", "cycle", "team", "department", "project", "previous", "year", "paid", "pay",
    "table", "group",
)  # fmt: skip
DEEP_ROOTS: Final = ("year",)
"""After these come two names: `year.sales.actual`."""
STREAK: Final = "streak"
DEFAULT: Final = "default"
PERHAPS: Final = ("previous", "person", "cycle", "team", "department", "project")
"""After these come names that the data need not have: `default(previous.total, 0)`."""
RESERVED: Final = frozenset((*VALUES, *ROOTS, *FUNCTIONS, STREAK, "pay_total", *keyword.kwlist))
"""Words that no indicator, event or section may be called."""

_BREAK: Final = re.compile(r"[\t\n\r\f\v]")
_STRING: Final = re.compile(r"\"[^\"\t\n\r\f\v]*\"|'[^'\t\n\r\f\v]*'")
_UNREAD: Final = Text("写法不完整或有误", "it is not complete or not well formed")
_PERCENT_SIGN: Final = "%"
_PERCENT: Final = re.compile(r"(?<![\w.])[0-9]+(?:\.[0-9]+)?%")
_AFTER_DOT: Final = re.compile(rf"(?<=\w\.)(?:{'|'.join(keyword.kwlist)})(?!\w)")


@dataclass(frozen=True, slots=True)
class Formula:
    """A checked expression. Two formulas are equal where their texts are.

    `names` lists what it reads, in order of appearance; `place` is the policy line.
    """

    text: str
    names: tuple[str, ...]
    tree: ast.expr = field(compare=False, repr=False)
    path: str = field(default="", compare=False)
    place: str = field(default="", compare=False)

    @property
    def is_name(self) -> bool:
        """Whether it is a single name, so that its value is that of the name."""
        return isinstance(self.tree, ast.Name)

    @property
    def reads(self) -> tuple[str, ...]:
        """The names, and the figures that names of the year add up."""
        summed = (summed_of(name) for name in self.names)
        return (*self.names, *(one for one in summed if one is not None))


class Problem(NamedTuple):
    """What is wrong in an expression: a code, its facts, and how far into the text."""

    code: str
    offset: int
    facts: Mapping[str, object]


class _Refused(Exception):
    def __init__(self, code: str, offset: int, **facts: object) -> None:
        super().__init__(code)
        self.problem = Problem(code, offset, facts)


def is_percentage(node: ast.expr) -> bool:
    """Whether a node of a formula's tree is a number written with `%`."""
    return isinstance(node, ast.Constant) and node.kind == _PERCENT_SIGN


def streak_of(name: str) -> str | None:
    """The grade that the name `streak("D")` asks for; None for any other name."""
    before, after = f'{STREAK}("', '")'
    is_streak = name.startswith(before) and name.endswith(after)
    return name[len(before) : -len(after)] if is_streak else None


def defaults_in(tree: ast.expr) -> list[ast.Call]:
    """Every `default(name, value)` of a formula's tree, in the order of the text."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    found = [one for one in calls if isinstance(one.func, ast.Name) and one.func.id == DEFAULT]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def summed_of(name: str) -> str | None:
    """The figure that a name of the year adds up: `sales.actual` of `year.sales.actual`."""
    root, _, rest = name.partition(".")
    return rest if root == "year" and not rest.startswith("paid.") else None


def parse(text: str, path: str = "", place: str = "") -> Formula | Problem:
    """The formula that `text` writes, or what is wrong with it."""
    try:
        return _parsed(text, path, place)
    except _Refused as refused:
        return refused.problem


def _parsed(text: str, path: str, place: str) -> Formula:
    if len(text) > MAX_LENGTH:
        many = Text(
            f"{len(text)} 个字符，上限 {MAX_LENGTH}", f"{len(text)} characters of {MAX_LENGTH}"
        )
        raise _Refused("expression-too-long", 0, reason=many)
    # Whatever is replaced keeps its length, so that offsets stay what they are.
    shown = _BREAK.sub(" ", text)
    outside = _STRING.sub(lambda match: "_" * len(match[0]), text)
    _refuse_slips(outside, shown)
    if outside.count("(") > MAX_DEPTH * 2:
        raise _Refused("expression-too-long", 0, reason=Text("括号过多", "too many brackets"))
    indent = len(shown) - len(shown.lstrip())
    percents = {match.start() - indent: match.end() - 1 for match in _PERCENT.finditer(outside)}
    # `person.class` is a name like any other; Python is shown `person.Class`.
    words = {match.start() for match in _AFTER_DOT.finditer(outside)}
    source = "".join(
        " " if index in percents.values() else letter.swapcase() if index in words else letter
        for index, letter in enumerate(shown)
    ).strip()
    try:
        module = ast.parse(source, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        offset = max((getattr(error, "offset", None) or 1) - 1, 0) + indent
        raise _unread(outside, shown, offset) from None
    reader = _Reader(source, shown.strip(), frozenset(percents), indent)
    if words:
        reader.restore({at - indent for at in words}, module.body)
    tree = reader.read(module.body, 0)
    return Formula(shown.strip(), tuple(dict.fromkeys(reader.names)), tree, path, place)


def _refuse_slips(outside: str, shown: str) -> None:
    """Signs of another keyboard, and what Python would read otherwise than people do."""
    if (sign := full_width(outside)) is not None:
        offset, found, fix = sign
        raise _Refused("full-width-expression", offset, found=found, fix=fix, mend=Mend(found, fix))
    if (fault := misleading(outside, shown)) is not None:
        raise _Refused("bad-expression", fault.offset, text=shown, reason=fault.reason)


def _unread(outside: str, shown: str, offset: int) -> _Refused:
    """Why Python could not read an expression, at `offset` for all that it knows."""
    fault = syntax(outside) or Fault(offset, _UNREAD)
    mend = Mend(fault.wrong, fault.right) if fault.right else None
    return _Refused("bad-expression", fault.offset, text=shown, reason=fault.reason, mend=mend)


class _Reader:
    """Walks a fresh tree once: refuses what is not of the language, makes numbers exact."""

    def __init__(self, source: str, shown: str, percents: frozenset[int], indent: int) -> None:
        self.source, self.shown, self.percents, self.indent = source, shown, percents, indent
        self.lines = source.encode()
        self.names: list[str] = []
        self.nodes = 0

    def refuse(self, node: ast.AST, reason: Text) -> _Refused:
        return _Refused("bad-expression", self.offset(node), text=self.shown, reason=reason)

    def offset(self, node: ast.AST) -> int:
        return self.indent + self.position(node)

    def position(self, node: ast.AST) -> int:
        """How far into the source, in characters; the tree counts bytes."""
        return len(self.lines[: getattr(node, "col_offset", 0)].decode(errors="ignore"))

    def restore(self, words: Collection[int], tree: ast.expr) -> None:
        """Gives back the first letter of each word of Python that stands behind a point."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                end = len(self.lines[: node.end_col_offset].decode(errors="ignore"))
                if end - len(node.attr) in words:
                    node.attr = node.attr[0].swapcase() + node.attr[1:]

    def read(self, node: ast.expr, depth: int) -> ast.expr:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            reason = Text("嵌套过深或项数过多", "too many terms, or too many inside each other")
            raise _Refused("expression-too-long", self.offset(node), reason=reason)
        match node:
            case ast.Constant():
                return self.constant(node)
            case ast.Name(id=name):
                self.names.append(name)
                return node
            case ast.Attribute(value=ast.Name(id=root), attr=attribute):
                return self.dotted(node, root, attribute)
            case ast.Attribute(
                value=ast.Attribute(value=ast.Name(id=root), attr=middle), attr=attribute
            ) if root in DEEP_ROOTS:
                return self.dotted(node, root, middle, attribute)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Not()):
                node.operand = self.read(node.operand, depth + 1)
            case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div()):
                node.left = self.read(node.left, depth + 1)
                node.right = self.read(node.right, depth + 1)
            case ast.BoolOp():
                node.values = [self.read(value, depth + 1) for value in node.values]
            case ast.Compare():
                self.comparison(node, depth)
            case ast.IfExp():
                node.test = self.read(node.test, depth + 1)
                node.body = self.read(node.body, depth + 1)
                node.orelse = self.read(node.orelse, depth + 1)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                self.arguments(node, name, len(arguments))
                if name == STREAK:
                    return self.streak(node, arguments[0])
                if name == DEFAULT:
                    self.perhaps(arguments[0])
                node.args = [self.read(argument, depth + 1) for argument in arguments]
            case _:
                raise self.refuse(node, construct(node))
        return node

    def arguments(self, node: ast.Call, name: str, count: int) -> None:
        """Refuses functions that there are not, and too few or too many arguments."""
        known = {**FUNCTIONS, STREAK: (1, 1)}
        if name not in known:
            if (reason := of_spreadsheet(name)) is not None:
                raise self.refuse(node, reason)
            near = nearest(name, known)
            raise _Refused("unknown-function", self.offset(node), name=name, **near)
        fewest, most = known[name]
        if not fewest <= count <= most:
            expected = str(fewest) if fewest == most else f"{fewest}-{most}"
            facts = {"name": name, "expected": expected, "found": count}
            raise _Refused("wrong-arguments", self.offset(node), **facts)

    def perhaps(self, first: ast.expr) -> None:
        """`default` takes the place of what the data need not have, and of nothing else."""
        if not (
            isinstance(first, ast.Attribute)
            and isinstance(first.value, ast.Name)
            and first.value.id in PERHAPS
        ):
            reason = Text(
                "default 的第一个参数只能是数据中可能没有的名称，"
                "例如 previous.actual、person.bonus_base",
                "the first of `default` is a name that the data may not have, "
                "such as previous.actual or person.bonus_base",
            )
            raise self.refuse(first, reason)

    def streak(self, node: ast.Call, grade: ast.expr) -> ast.Name:
        """`streak("D")` is one name: what it is follows from the history, not from a sum."""
        if not isinstance(grade, ast.Constant) or not isinstance(grade.value, str):
            reason = Text(
                'streak 的括号里要写带引号的等级，例如 streak("D")',
                'streak takes a grade in quotes, such as streak("D")',
            )
            raise self.refuse(grade, reason)
        self.constant(grade)
        name = f'{STREAK}("{grade.value}")'
        self.names.append(name)
        return ast.copy_location(ast.Name(name, ast.Load()), node)

    def constant(self, node: ast.Constant) -> ast.Constant:
        value = node.value
        written = ast.get_source_segment(self.source, node) or ""
        if isinstance(value, str):
            if len(value) > MAX_STRING:
                raise self.refuse(node, Text("文字过长", "the text in it is too long"))
            if written[1:-1] != value:
                raise self.refuse(node, Text("文字的写法有误", "a text in it is not well formed"))
            return node
        if isinstance(value, bool) or not isinstance(value, int | float):
            reason = Text(
                f"`{written}` 不是数字也不是文字；是与否请直接写条件",
                f"`{written}` is neither a number nor a text; a condition stands by itself",
            )
            raise self.refuse(node, reason)
        number = read_number(written)
        if not isinstance(number, Decimal):
            reason = Text(f"`{written}` 不是有效的数字", f"`{written}` is not a number here")
            raise self.refuse(node, reason)
        # `80%` stands in the tree as the number 0.8.
        sign = self.position(node) in self.percents
        exact = number.scaleb(-2) if sign else number
        kind = _PERCENT_SIGN if sign else None
        return ast.copy_location(ast.Constant(exact, kind), node)  # type: ignore[arg-type]

    def dotted(self, node: ast.Attribute, root: str, *parts: str) -> ast.Name:
        if any(part.startswith("_") for part in parts) or root in (*VALUES, *FUNCTIONS, STREAK):
            raise self.refuse(node, Text("不能取值的属性", "a value has no attributes"))
        name = ".".join((root, *parts))
        self.names.append(name)
        return ast.copy_location(ast.Name(name, ast.Load()), node)

    def comparison(self, node: ast.Compare, depth: int) -> None:
        node.left = self.read(node.left, depth + 1)
        for index, (operator, right) in enumerate(zip(node.ops, node.comparators, strict=True)):
            if isinstance(operator, ast.In | ast.NotIn):
                if not isinstance(right, ast.Tuple | ast.List) or not right.elts:
                    reason = Text(
                        'in 后面要写一组值，例如 ("S", "A")',
                        'after `in` comes a list such as ("S", "A")',
                    )
                    raise self.refuse(right, reason)
                if len(right.elts) > MAX_ARGUMENTS or not all(
                    isinstance(one, ast.Constant | ast.UnaryOp) for one in right.elts
                ):
                    reason = Text("in 后面只能是常量", "only constants can stand after `in`")
                    raise self.refuse(right, reason)
                elements = [self.read(one, depth + 2) for one in right.elts]
                node.comparators[index] = ast.copy_location(ast.Tuple(elements, ast.Load()), right)
            elif isinstance(operator, ast.Is | ast.IsNot):
                raise self.refuse(node, Text("请用 == 比较", "use == to compare"))
            else:
                node.comparators[index] = self.read(right, depth + 1)
