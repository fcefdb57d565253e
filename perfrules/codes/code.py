"""The shape of an entry in the catalogue of diagnostics, and of any text in two languages."""

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


@dataclass(frozen=True, slots=True)
class Code:
    """A diagnostic's severity and sentences.

    The sentences are format strings over the finding's facts: lower-case start, no full
    stop, the user's own words in backticks. The fact belongs in `message`, advice in `help`.
    """

    message: Text
    help: Text | None = None
    severity: Severity = "error"
