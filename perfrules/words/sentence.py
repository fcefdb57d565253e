"""What sentences about steps are made of: equations, rounding, thresholds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.exact import percent
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import Measure
from perfrules.words.rounding import MODES, unit_of

__all__ = [
    "Operation",
    "Sentence",
    "added",
    "bracketed",
    "by_division",
    "equation",
    "rounded_how",
    "rounding",
    "spaced",
    "subtracted",
    "terms",
]


class Sentence(NamedTuple):
    """What a step says: the calculation, and what there is to add, a line each."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of a trace: the sentence about a step of it, its label `zh · en`, and how its
    value is checked by hand (*a*, *b*, *c* are the operands, `words` the rule's terms).

    The trace's JSON Schema and docs/trace.md have both from here (`perfrules.declared_files`).
    """

    words: Callable[[Glossary, Json], Sentence]
    label: str
    zh: str
    en: str


def terms(step: Json) -> Json:
    """What the rule that decided a step says."""
    found: Json = step.get("rule", {}).get("terms", {})
    return found


def equation(told: Glossary, left: str, step: Json) -> str:
    """`left = value`, with the unit of the value."""
    return f"{left} = {told.amount(step)}"


def by_division(
    told: Glossary, left: str, step: Json, exact: Decimal, divisor: Decimal
) -> Sentence:
    """An equation whose result may have been rounded in the same breath.

    `exact` and `divisor` are what was divided by what. Multiplying back tells whether the
    value is the quotient itself; a reader must not find `=` where it is only close.
    """
    if Decimal(step["value"]) * divisor == exact:
        return Sentence(equation(told, left, step))
    return Sentence(f"{left} ≈ {told.amount(step)}", (rounding(told, step),))


_COUNTED: Final = 4
"""From here on digits of a ratio are counted: `0.00000001%` is read by nobody."""


def rounding(told: Glossary, step: Json) -> str:
    """How a step was rounded."""
    return rounded_how(told, terms({"rule": step["rounding"]}), told.measure(told.path(step)))


def rounded_how(told: Glossary, rule: Json, measure: Measure) -> str:
    """How a rule rounds what is written by `measure`."""
    mode = MODES[rule["mode"]]
    if "to" in rule:
        unit = told.number(unit_of(rule), measure._replace(places=0))
        return told.say(f"{mode.zh}到 {unit} 的整数倍", f"{mode.en} to a multiple of {unit}")
    places = int(rule["places"])
    if measure.is_ratio and places > _COUNTED:
        many = places - 2
        return told.say(
            f"{mode.zh}，百分数保留 {many} 位小数", f"{mode.en} to {many} places of the percentage"
        )
    if measure.is_ratio:
        unit = percent(Decimal(1).scaleb(-places))
        return told.say(f"{mode.zh}，精确到 {unit}", f"{mode.en} to {unit}")
    if not places:
        return told.say(f"{mode.zh}到整数", f"{mode.en} to a whole number")
    plural = "" if places == 1 else "s"
    return told.say(f"{mode.zh}到 {places} 位小数", f"{mode.en} to {places} place{plural}")


def spaced(text: str) -> str:
    """With a blank behind it where a Chinese word follows: none behind Chinese brackets."""
    return f"{text} " if text[-1:].isascii() else text


def added(numbers: Sequence[str]) -> str:
    """`92.5 + 5 − 2`."""
    first, *rest = numbers
    return first + "".join(
        f" − {number[1:]}" if number.startswith("-") else f" + {number}" for number in rest
    )


def bracketed(number: str) -> str:
    """A number as it stands behind a sign: a negative one in brackets."""
    return f"({number})" if number.startswith("-") else number


def subtracted(told: Glossary, left: object, right: object, measure: Measure) -> str:
    """`(95% − 91%)`, each in the spelling of `measure`; a negative number in brackets."""
    first, second = told.number(left, measure), told.number(right, measure)
    return f"({first} − {bracketed(second)})"
