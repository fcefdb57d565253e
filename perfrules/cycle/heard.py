"""What the others are told of an appraisal that is not kept: how far it came, what it waits for,
what it gives to its unit."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from perfrules.model.appraisal import Appraisal
from perfrules.model.datum import Datum, Value
from perfrules.model.standing import Figures

__all__ = ["Heard", "UnitResults", "step_of"]

_NOTHING: Final[Mapping[str, Value | None]] = MappingProxyType({})


class UnitResults(dict[str, Mapping[str, Datum]]):
    """What is known of somebody's units by now, by kind; and whether anybody `asked` for it, so
    that what was made without asking need not be made again when more is known."""

    asked = False

    def get(self, kind: str, default: Any = None) -> Any:
        self.asked = True
        return super().get(kind, default)


class Heard(NamedTuple):
    """What the rounds ask of an appraisal.

    complete: whether there is a result. lacks_unit: whether a unit's own result is all that is
    missing. excluded: the indicators that were left out. waiting: the figures of the rules that
    have to be settled first. asked_units: whether it depends on what the units came to. gives: the
    figures that units roll up of their members, None for what is not there.
    """

    complete: bool
    lacks_unit: bool
    excluded: tuple[str, ...]
    waiting: tuple[Figures, ...]
    asked_units: bool = False
    gives: Mapping[str, Value | None] = _NOTHING

    @classmethod
    def of(cls, one: Appraisal, figures: Collection[str] = ()) -> "Heard":
        """What an appraisal says, with these of its figures (`sales.actual`, `person.age`)."""
        units = one.scorecard.units
        return cls(
            one.complete,
            any(problem.code == "missing-unit-result" for problem in one.problems),
            one.excluded,
            one.waiting,
            isinstance(units, UnitResults) and units.asked,
            {name: _figure(one, name) for name in figures},
        )


def step_of(figure: str) -> str:
    """The step, or the column, that holds a figure which units roll up."""
    if figure == "total" or figure.startswith("person."):
        return figure
    return f"indicators.{figure}"


def _figure(one: Appraisal, name: str) -> Value | None:
    if name.startswith("person."):
        found = one.scorecard.last_fact(name.removeprefix("person."))
        return None if found is None else found.value
    step = one.steps.get(step_of(name))
    return None if step is None else step.value
