"""The shape of an entry in the catalogue of diagnostics, and of any text in two languages."""

import re
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

__all__ = ["LANGUAGES", "Code", "Language", "Severity", "Text"]

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, Language]] = ("zh", "en")
"""In the order of the fields of `Text`."""

Severity = Literal["error", "warning", "note"]


class Text(NamedTuple):
    """One text in Chinese and in English; a text given in one language serves for both."""

    zh: str
    en: str

    def into(self, language: Language) -> str:
        """The text in the language asked for."""
        return self.zh if language == "zh" else self.en

    @classmethod
    def halves(cls, text: str) -> "Text":
        """What `CRM、财务 / CRM and finance` says in each language; any other text in both."""
        halves = text.split(" / ")
        chinese = [bool(_CHINESE.search(half)) for half in halves]
        if len(halves) != 2 or chinese[0] == chinese[1]:
            return cls(text, text)
        first, second = (half.strip() for half in halves)
        return cls(first, second) if chinese[0] else cls(second, first)


_CHINESE: Final = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Code:
    """A diagnostic's severity and sentences.

    The sentences are format strings over the finding's facts: lower-case start, no full
    stop, the user's own words in backticks. The fact belongs in `message`, advice in `help`.
    """

    message: Text
    help: Text | None = None
    severity: Severity = "error"
