"""Typed access to a policy's nodes while it is being built.

A `Source` is a mapping of the document with its path. The schema has been checked by then, so
that a node has the shape that is asked for; only expressions can still be wrong.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Findings, Span
from perfrules.exact import Unread, read_number, read_percent
from perfrules.formula import Formula, Problem, parse
from perfrules.language.addresses import Addresses
from perfrules.language.text.document import Mapping, Node, Scalar, Sequence
from perfrules.language.text.scalars import intended_number
from perfrules.model.population import Sorting
from perfrules.model.written import Amount, Constant, Word

__all__ = ["Source", "expression_place", "number_in"]

_WORDS: Final = ("name", "part", "found")
"""The facts of a problem that are words of the expression."""

_PLAIN: Final = Text("不带百分号的数字，例如 `60000`", "a plain number such as `60000`")


def expression_place(span: Span, quoted: bool, problem: Problem) -> Span:
    """The place of a problem in an expression that stands at `span`, on one line.

    As wide as the word that is wrong, where the problem names one.
    """
    if span.end_line != span.line:
        return span
    start = span.column + (1 if quoted else 0) + problem.offset
    start = min(start, max(span.end_column - 1, span.column))
    word = next((problem.facts[key] for key in _WORDS if key in problem.facts), None)
    end = span.end_column if word is None else min(start + len(str(word)), span.end_column)
    return span._replace(column=start, end_column=end)


class Source:
    """A mapping at a path of the document, read key by key."""

    def __init__(self, node: Mapping, path: str, addresses: Addresses, findings: Findings) -> None:
        self.node, self.path = node, path
        self.addresses, self.findings = addresses, findings

    def at(self, key: str) -> str:
        """The path of a key below."""
        return f"{self.path}.{key}" if self.path else key

    def place(self, key: str) -> str:
        return self.addresses.place(self.at(key))

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def get(self, key: str) -> Node | None:
        """The value of a key; None where it is absent or empty."""
        entry = self.node.entries.get(key)
        if entry is None or (isinstance(entry.value, Scalar) and entry.value.value is None):
            return None
        return entry.value

    def below(self, key: str) -> "Source":
        """The mapping under a key; an empty one where it is absent."""
        found = self.get(key)
        node = found if isinstance(found, Mapping) else Mapping({}, self.node.span)
        return Source(node, self.at(key), self.addresses, self.findings)

    def each(self) -> Iterator[tuple[str, "Source"]]:
        """The mappings under all keys, in order."""
        for key in self.node.entries:
            yield key, self.below(key)

    def rows(self, key: str) -> Iterator["Source"]:
        """The mappings in the list under a key, in order."""
        found = self.get(key)
        for index, item in enumerate(found.items if isinstance(found, Sequence) else ()):
            if isinstance(item, Mapping):
                path = f"{self.at(key)}.{index}"
                yield Source(item, path, self.addresses, self.findings)

    def word(self, key: str, default: str) -> str:
        """A text, as it is written."""
        found = self.get(key)
        return found.text if isinstance(found, Scalar) else default

    def optional_word(self, key: str) -> str | None:
        found = self.get(key)
        return found.text if isinstance(found, Scalar) else None

    def placed_word(self, key: str) -> Word | None:
        """A text that knows its place; None where the key is absent."""
        word = self.optional_word(key)
        return None if word is None else Word(word, self.at(key), self.place(key))

    def truth(self, key: str, default: bool) -> bool:
        """A yes or no."""
        found = self.get(key)
        value = found.value if isinstance(found, Scalar) else None
        return value if isinstance(value, bool) else default

    def words(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """A list of texts."""
        found = self.get(key)
        if not isinstance(found, Sequence):
            return default
        return tuple(item.text for item in found.items if isinstance(item, Scalar))

    def placed_words(self, key: str) -> tuple[Word, ...]:
        """A list of texts that know their places."""
        found = self.get(key)
        items = enumerate(found.items if isinstance(found, Sequence) else ())
        paths = ((item, f"{self.at(key)}.{index}") for index, item in items)
        place = self.addresses.place
        return tuple(
            Word(item.text, path, place(path)) for item, path in paths if isinstance(item, Scalar)
        )

    def title(self, default: str, key: str = "title") -> Text:
        """A text in two languages; one given in one language serves for both."""
        found = self.get(key)
        if isinstance(found, Mapping):
            texts = {
                name: entry.value.text
                for name, entry in found.entries.items()
                if isinstance(entry.value, Scalar) and entry.value.value is not None
            }
            chinese, english = texts.get("zh"), texts.get("en")
            return Text(chinese or english or default, english or chinese or default)
        word = found.text if isinstance(found, Scalar) else default
        return Text(word, word)

    def number(self, key: str) -> Decimal | None:
        """A number or a percentage; None where the key is absent."""
        found = self.get(key)
        return number_in(found) if isinstance(found, Scalar) else None

    def number_or_word(self, key: str) -> Decimal | str | None:
        """A number or a percentage, else the text; None where the key is absent."""
        number = self.number(key)
        return self.optional_word(key) if number is None else number

    def numbers(self, key: str) -> tuple[Decimal, ...]:
        """A number or a list of numbers."""
        found = self.get(key)
        items = found.items if isinstance(found, Sequence) else (found,)
        return tuple(
            number
            for item in items
            if isinstance(item, Scalar) and (number := number_in(item)) is not None
        )

    def constant(self, key: str) -> Constant | None:
        """A number that knows its place."""
        value = self.number(key)
        return None if value is None else Constant(value, self.at(key), self.place(key))

    def constants(self, key: str) -> tuple[Constant, ...]:
        """A list of numbers that know their places."""
        found = self.get(key)
        paths = (f"{self.at(key)}.{row}" for row in range(len(self.numbers(key))))
        numbers = zip(self.numbers(key), paths, strict=True) if isinstance(found, Sequence) else ()
        return tuple(Constant(one, path, self.addresses.place(path)) for one, path in numbers)

    def formula(self, key: str) -> Formula | None:
        """An expression; a mistake in it is a finding, and None then stands for it."""
        found = self.get(key)
        return self.parsed(found, self.at(key)) if isinstance(found, Scalar) else None

    def amount(self, key: str) -> Amount | None:
        """A number that knows its place, or an expression that works one out; a number that is
        spelt as none is a finding."""
        found = self.get(key)
        if not isinstance(found, Scalar):
            return None
        read = read_number(found.text)
        if isinstance(read, Decimal):
            return Constant(read, self.at(key), self.place(key))
        meant = intended_number(found.text)
        if read is Unread.NOT_A_NUMBER and (meant is None or meant.endswith("%")):
            return self.parsed(found, self.at(key))
        facts = {"text": found.text, "expected": _PLAIN, "suggestion": meant}
        self.findings.extend((Diagnostic(read.value, found.span, facts),))
        return None

    def formulas(self, key: str) -> tuple[Formula, ...]:
        """A list of expressions."""
        found = self.get(key)
        items = found.items if isinstance(found, Sequence) else ()
        parsed = (
            self.parsed(item, f"{self.at(key)}.{index}")
            for index, item in enumerate(items)
            if isinstance(item, Scalar)
        )
        return tuple(formula for formula in parsed if formula is not None)

    def order(self, key: str) -> tuple[Sorting, ...]:
        """What is compared in turn: a list of expressions, each with `desc` or `asc` behind it."""
        found = self.get(key)
        sortings = []
        for index, item in enumerate(found.items if isinstance(found, Sequence) else ()):
            if isinstance(item, Scalar):
                expression, _, way = item.text.rstrip().rpartition(" ")
                formula = self.parsed(item, f"{self.at(key)}.{index}", expression)
                if formula is not None:
                    sortings.append(Sorting(formula, way == "desc"))
        return tuple(sortings)

    def parsed(self, scalar: Scalar, path: str, text: str | None = None) -> Formula | None:
        """The expression that a scalar writes, or the part of it that is `text`."""
        text = scalar.text if text is None else text
        result = parse(text, path, self.addresses.place(path))
        if isinstance(result, Problem):
            place = expression_place(scalar.span, scalar.quoted, result)
            self.findings.extend((Diagnostic(result.code, place, result.facts),))
            return None
        return result


def number_in(scalar: Scalar) -> Decimal | None:
    """The number that a scalar writes, plain or as a percentage."""
    if isinstance(scalar.value, Decimal):
        return scalar.value
    number = read_percent(scalar.text)
    return number if isinstance(number, Decimal) else None
