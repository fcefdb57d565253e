"""A user's mistake as data: where it is, what it is called, what it says in both languages.

`Diagnostic` is the only shape of error in perfrules. It carries a named code and the
facts; the sentences are in `perfrules.codes`, so that wording and finding stay apart.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from perfrules.codes.catalogue import CODES
from perfrules.codes.code import Language, Severity, Text
from perfrules.codes.vocabulary import meant_by

__all__ = [
    "Cell",
    "Diagnostic",
    "Findings",
    "Mend",
    "Place",
    "Related",
    "Span",
    "closest",
    "nearest",
]


class Span(NamedTuple):
    """A stretch of a text file; lines and columns count from 1, the end is exclusive."""

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Cell(NamedTuple):
    """A cell of a table; rows and columns count from 1, `sheet` is empty in a CSV file.

    Row 0 is the whole file or sheet, column 0 the whole row.
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def address(self) -> str:
        """The cell's name in a spreadsheet (`C12`), the row's number, or nothing."""
        letters, rest = "", self.column
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(ord("A") + digit) + letters
        return f"{letters}{self.row}" if self.row else ""

    def __str__(self) -> str:
        if self.sheet:
            inside = f"{self.sheet}!{self.address}" if self.row else self.sheet
            return f"{self.file}[{inside}]"
        if not self.row:
            return self.file
        return f"{self.file}:{self.row}" + (f" ({self.address})" if self.column else "")


Place = Span | Cell


class Related(NamedTuple):
    """Another place that has to do with a finding, and why."""

    place: Place
    note: Text


class Mend(NamedTuple):
    """The text at a finding's place, and the one text that can be meant by it."""

    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `code` is a key of `perfrules.codes.catalogue.CODES`; `facts` fill its sentences (a
    fact may itself be a `Text` in two languages, and the fact `mend` is a `Mend` where there is
    only one way to put it right); `severity` is the code's own unless a
    policy raises it. `place` is a text where only the printed form of the place is kept.
    """

    code: str
    place: Place | str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    severity: Severity = "error"

    def message(self, language: Language = "en") -> str:
        """What is wrong, in one sentence, with the nearest right word where there is one."""
        text = self._filled(CODES[self.code].message, language)
        suggestion = self.facts.get("suggestion")
        if suggestion:
            text += {"en": f", did you mean `{suggestion}`?", "zh": f"，是否想写 `{suggestion}`？"}[
                language
            ]
        return text

    def help(self, language: Language = "en") -> str:
        """What to do about it; empty where the message says all."""
        advice = CODES[self.code].help
        return self._filled(advice, language) if advice else ""

    def _filled(self, text: Text, language: Language) -> str:
        facts = {
            name: _short(fact.into(language) if isinstance(fact, Text) else str(fact))
            for name, fact in self.facts.items()
        }
        return text.into(language).format_map(facts)

    def sort_key(self) -> tuple[str, str, int, int, str]:
        """By file, then by place in the file."""
        place = self.place
        if isinstance(place, Span):
            return (place.file, "", place.line, place.column, self.code)
        if isinstance(place, Cell):
            return (place.file, place.sheet, place.row, place.column, self.code)
        return (place or "", "", 0, 0, self.code)


def _short(fact: str) -> str:
    """A fact fit for a line: control characters spelled out, no longer than 200 characters."""
    shown = "".join(
        letter if letter.isprintable() or letter == "\u3000" else f"U+{ord(letter):04X}"
        for letter in fact[:201]
    )
    return shown if len(fact) <= 200 else shown[:199] + "…"


class Findings:
    """Diagnostics as they are found; read them sorted by place."""

    def __init__(self, diagnostics: Iterable[Diagnostic] = ()) -> None:
        self._found = list(diagnostics)

    def report(
        self,
        code: str,
        place: Place | str | None,
        *,
        related: tuple[Related, ...] = (),
        severity: Severity | None = None,
        **facts: object,
    ) -> Diagnostic:
        """Adds a finding and returns it. An unknown code is a programmer's `KeyError`."""
        diagnostic = Diagnostic(code, place, facts, related, severity or CODES[code].severity)
        self._found.append(diagnostic)
        return diagnostic

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        self._found.extend(diagnostics)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self._found, key=Diagnostic.sort_key))

    def __len__(self) -> int:
        return len(self._found)

    def of(self, severity: Literal["error", "warning", "note"]) -> tuple[Diagnostic, ...]:
        """The findings of one severity, sorted by place."""
        return tuple(one for one in self if one.severity == severity)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return self.of("error")


def closest(
    word: str, known: Iterable[str], titles: Mapping[str, Iterable[str]] | None = None
) -> str | None:
    """The one of `known` that `word` was probably meant to be, if any is close enough.

    A Chinese word for it, or one of its `titles`, is closer than any spelling; and a Chinese word
    that is a part of one name only, or has one only as a part, is close enough.
    """
    names = sorted(known)
    if meant := meant_by(word, names, titles):
        return meant[0]
    found = difflib.get_close_matches(word[:64], names, n=1, cutoff=0.7)
    if found or len(word) < 2 or word.isascii():
        return found[0] if found else None
    # Chinese is shortened and lengthened by whole words: 客诉 for 客诉次数, 迟到早退 for 迟到.
    within = [one for one in names if word in one or (one in word and len(one) > 1)]
    return within[0] if len(within) == 1 else None


def nearest(
    word: str, known: Iterable[str], titles: Mapping[str, Iterable[str]] | None = None
) -> dict[str, object]:
    """The fact `suggestion` as `closest` has it, and `mend` where nothing else can be meant."""
    names = tuple(known)
    meant = meant_by(word, names, titles)
    mend = Mend(word, meant[0]) if len(meant) == 1 else None
    return {"suggestion": closest(word, names, titles), "mend": mend}
