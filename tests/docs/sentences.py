"""Whether a finding brings every fact that its sentences name; for the tests of any room."""

import string
from collections.abc import Iterable

from perfrules.codes.catalogue import CODES
from perfrules.diagnostics import Diagnostic

__all__ = ["assert_sentences_complete", "placeholders"]


def placeholders(code: str) -> frozenset[str]:
    """The facts that the sentences of a code name."""
    texts = filter(None, (CODES[code].message, CODES[code].help))
    found = {
        field
        for text in texts
        for sentence in text
        for _, field, _, _ in string.Formatter().parse(sentence)
        if field
    }
    return frozenset(found)


def assert_sentences_complete(diagnostics: Iterable[Diagnostic]) -> None:
    """Fails where a sentence of a finding cannot be filled, and says which and what is missing."""
    for one in diagnostics:
        missing = placeholders(one.code) - set(one.facts)
        assert not missing, f"{one.code} at {one.place}: no {', '.join(sorted(missing))}"
        for language in ("zh", "en"):
            one.message(language)
            one.help(language)
