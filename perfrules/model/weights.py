"""Weights that are more than a share written in the policy: of the data's, and passed on.

`weight: 40%` and `weight: 2` are a `Constant`, and so is `weight: rest` once the policy is built.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal

from perfrules.codes.code import Text
from perfrules.model.declared import Block, Choice, Kind, Rows, key
from perfrules.model.kinds import END, ID, SHARE, SHARE_PATTERN
from perfrules.model.written import Constant, Limited, Placed, Word

__all__ = [
    "COUNTING",
    "EMPTY_GROUP",
    "MISSING",
    "SECTION_WEIGHT",
    "SHARES",
    "WEIGHT",
    "Counting",
    "GivenLimits",
    "GivenWeight",
    "WeightTo",
]

# fmt: off

Counting = Literal["shares", "parts"]

COUNTING: Final = Choice(("百分比，合计 100% · percentages that add up to 100%", "份数，不必合计 · parts that need no sum"),
    ("shares", "parts"),
    "counting", "权重写法 · Weights",
    "权重写百分比（合计 100%），还是写份数（按份数之比折算）。",
    "Whether weights are percentages that add up to 100%, or parts that count in proportion.")


@dataclass(frozen=True, slots=True)
class GivenLimits(Limited):
    """What a weight of the data has to lie within; None where it is 0 % or 100 %."""

    block: ClassVar = Block("given_limits", "权重上下限 · Limits of a given weight",
        "数据中的权重至少、至多是多少；不写则为 0% 到 100%。",
        "The least and the greatest weight that the data can give; 0% to 100% if absent.",
        Text("上下限，例如 `{at_least: 10%, at_most: 40%}`", "limits such as `{at_least: 10%, at_most: 40%}`"))
    at_least: Annotated[Constant | None, key(SHARE,
        "至少 · At least", "数据中的权重不得低于此数。", "The least weight that the data can give.", unless=Text("0%", "0%"), example="10%")]
    at_most: Annotated[Constant | None, key(SHARE,
        "至多 · At most", "数据中的权重不得高于此数。", "The greatest weight that the data can give.", unless=Text("100%", "100%"), example="40%",
        more=Text("不得低于 `at_least`", "not below `at_least`"))]

    @property
    def low(self) -> Decimal:
        """The least weight that there may be, a ratio."""
        return Decimal(0) if self.at_least is None else self.at_least.value

    @property
    def high(self) -> Decimal:
        """The greatest weight that there may be, a ratio."""
        return Decimal(1) if self.at_most is None else self.at_most.value


@dataclass(frozen=True, slots=True)
class GivenWeight(Placed):
    """A weight that comes with the data, in the column `weight` of each person's row."""

    block: ClassVar = Block("given_weight", "随数据提供的权重 · Given weight",
        "权重随数据提供，并限定上下限，例如 {given: {at_least: 10%, at_most: 40%}}；不限则写 weight: given。",
        "A weight that comes with the data, within limits: {given: {at_least: 10%, at_most: 40%}}; without limits it is “weight: given”.",
        Text("随数据提供的权重，例如 `{given: {at_least: 10%, at_most: 40%}}`", "a given weight such as `{given: {at_least: 10%, at_most: 40%}}`"))
    limits: Annotated[GivenLimits, key(GivenLimits,
        "上下限 · Limits",
        "数据中的权重须在此范围内。",
        "What the data's weight has to lie within.", name="given", example="{at_least: 10%, at_most: 40%}")]


@dataclass(frozen=True, slots=True)
class WeightTo(Placed):
    """The weight of what is missing goes whole to the first of these that has a figure of its
    own."""

    block: ClassVar = Block("weight_to", "权重转给 · Weight to",
        "缺数据时，权重全部转给所列各项中第一个有数据的，例如 {weight_to: [quality, records]}。",
        "The weight of what is missing goes whole to the first of those listed that has a figure, as in {weight_to: [quality, records]}.",
        Text("权重的去处，例如 `{weight_to: [quality]}`", "where the weight goes, such as `{weight_to: [quality]}`"))
    names: Annotated[tuple[Word, ...], key(Rows(ID, Text("名称列表，例如 `[quality, records]`", "a list of names such as `[quality, records]`")),
        "依次 · Receivers",
        "依次看所列各项，权重转给第一个自己有数据的；都没有则报错。",
        "Looked at in this order: the first that has a figure of its own takes the weight; an error where none has.",
        name="weight_to", example="[quality, records]")]


WEIGHT: Final = Kind(
    "weight", "权重 · Weight",
    "百分比（如 40%）；rest 表示平分其余各项留下的；given 表示随数据提供，可限定 {given: {at_least: 10%, at_most: 40%}}；在 weights: parts 之下写份数（如 2）。",
    "A percentage such as 40%; “rest” shares what the others leave; “given” comes with the data, perhaps within {given: {at_least: 10%, at_most: 40%}}; under “weights: parts” a plain number such as 2.",
    Text("权重，例如 `40%`、`rest` 或 `given`", "a weight such as `40%`, `rest` or `given`"),
    {"type": ["string", "number", "object"], "pattern": rf"^(rest|given|{SHARE_PATTERN}){END}", "minimum": 0, "if": {"type": "object"}, "then": GivenWeight},
    Text("0%–100%、`rest`、`given`，或份数", "0%–100%, `rest`, `given`, or a number of parts"), "not-a-percentage", "always",
)

_BARE: Final = {"properties": {"weight": {"maximum": 0, "x-code": WEIGHT.code, "x-expected": WEIGHT.expected}}}

SHARES: Final = {
    "if": {"properties": {"weights": False, "sections": {"additionalProperties": {"properties": {"weights": False}}}}},
    "then": {"properties": {"indicators": {"additionalProperties": _BARE}, "sections": {"additionalProperties": _BARE}}},
}
"""Keywords of JSON Schema: a policy that says nowhere how weights are written has no bare ones."""

SECTION_WEIGHT: Final = Kind(
    "section_weight", "板块权重 · Section weight",
    "百分比（如 70%）；rest 表示平分其余板块留下的；在方案的 weights: parts 之下写份数（如 2）。",
    "A percentage such as 70%; “rest” shares what the other sections leave; under the policy's “weights: parts” a plain number such as 2.",
    Text("权重，例如 `70%` 或 `rest`", "a weight such as `70%` or `rest`"),
    {"type": ["string", "number"], "pattern": rf"^(rest|{SHARE_PATTERN}){END}", "minimum": 0},
    Text("0%–100%、`rest`，或份数", "0%–100%, `rest`, or a number of parts"), "not-a-percentage", "always",
)


def _or_weight_to(name: str, title: str, zh: str, en: str, labels: dict[str, str]) -> Kind:
    """One of some words, or where the weight goes."""
    words = list(labels)
    listed = Text("、".join(f"`{word}`" for word in words), ", ".join(f"`{word}`" for word in words))
    expected = Text(f"{listed.zh} 或 `{{weight_to: […]}}`", f"{listed.en} or `{{weight_to: […]}}`")
    values = " ".join(f"`{word}`" for word in words) + " `{weight_to: […]}`"
    choice = {"enum": words, "enumDescriptions": [*labels.values()], "x-expected": expected}
    return Kind(name, title, zh, en, expected,
        {"type": ["string", "object"], "if": {"type": "object"}, "then": WeightTo, "else": choice},
        Text(values, values))


MISSING: Final = _or_weight_to("missing", "缺数据时 · Missing",
    "没有实际值时：报错、按 0 计、剔除，或把权重转给指定的指标 {weight_to: [quality, records]}。",
    "Without an actual: an error, nought, left out, or the weight goes to a named indicator with {weight_to: [quality, records]}.",
    {"error": "报错，该对象本次不出总分 · an error, no total", "zero": "按 0 计 · counts as 0",
     "exclude": "剔除该指标，其余指标重新折算 · its weight is taken out"})

EMPTY_GROUP: Final = _or_weight_to("empty_group", "某组无人评分时 · Empty group",
    "某个评分组没有评分时：报错、剔除，或把权重转给指定的评分组 {weight_to: [manager]}。",
    "Where a group has no rating: an error, left out, or its weight goes to a named group with {weight_to: [manager]}.",
    {"error": "报错 · an error", "exclude": "剔除该组，其余组重新折算 · its weight is taken out"})
