"""What a veto puts in doubt: figures that a statement does not praise.

A veto that holds because an event was recorded (bought followers, made-up data) does not say
which figures it concerns, so that none is praised. One that holds because of figures alone (a
budget overspent) concerns those that its condition reads.
"""

from collections.abc import Iterator

from perfrules.papers.feedback.shown import number
from perfrules.words.glossary import Glossary, Json

__all__ = ["in_doubt"]


def in_doubt(told: Glossary, indicator: str) -> bool:
    """Whether a veto that holds speaks against praising the indicator."""
    for veto in told.record["vetoed"]:
        step = told.steps.get(f"vetoes.{veto}")
        for path in _read(told, step) if step is not None else ():
            if path.startswith(f"indicators.{indicator}."):
                return True
            if path.startswith("events.") and number(told.steps[path]["value"]) > 0:
                return True
    return False


def _read(told: Glossary, step: Json) -> Iterator[str]:
    """The paths that a veto's condition names."""
    for operand in step["operands"]:
        path = told.path(operand)
        if path.startswith("vetoes."):
            yield from _read(told, told.steps[path])
        elif path in told.steps:
            yield path
