"""A record in the order in which people read it: the result first, then how it came about.

Every layout (text, Markdown, HTML, JSON) shows this outline and nothing else; `to_outline`
makes it.
"""

from dataclasses import dataclass

from perfrules.codes.code import Language

__all__ = ["Block", "Line", "Outline", "Problem", "Row"]


@dataclass(frozen=True, slots=True)
class Line:
    """One step: what it is, what it says, where the rule stands, where the figures are from."""

    step: str
    label: str
    text: str
    notes: tuple[str, ...]
    rules: tuple[str, ...]
    sources: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Block:
    """What belongs together: an indicator, a section, the total, a payout."""

    kind: str
    title: str
    facts: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the overview: section, indicator, weight, attainment, score, weighted score; or,
    of somebody who moved, the segment, its days, its total, and the product of both."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    severity: str
    message: str
    place: str
    help: str
    code: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole explanation.

    `head` and `result` are pairs of a name and a value. The first `overview_words` columns of the
    overview are words, the others figures.
    """

    language: Language
    title: str
    complete: bool
    head: tuple[tuple[str, str], ...]
    result: tuple[tuple[str, str], ...]
    overview_title: str
    overview_words: int
    overview_head: tuple[str, ...]
    overview: tuple[Row, ...]
    problems: tuple[Problem, ...]
    blocks: tuple[Block, ...]
    seal: tuple[tuple[str, str], ...]
