"""What a rule is told in, and what all sentences about rules share: names, formulas, lists."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from perfrules.codes.code import Language, Text
from perfrules.words.expression_text import expression_text
from perfrules.words.glossary import Glossary, Json
from perfrules.words.value_names import FIGURES, unit_kind

__all__ = [
    "Chapter",
    "Rule",
    "formula",
    "glossary_of",
    "is_true",
    "listed",
    "member_figure",
    "points",
    "shares_weight",
    "within",
]


class Rule(NamedTuple):
    """One rule: its id in the policy, what it is called, what stands out, and a sentence each of
    the rest."""

    name: str
    title: str
    figures: str = ""
    lines: tuple[str, ...] = ()


class Chapter(NamedTuple):
    """Rules of one kind, as people look for them; `kind` is the key of the policy they stand
    under."""

    kind: str
    title: str
    rules: tuple[Rule, ...]


def glossary_of(resolved: Json, language: Language, currency: str = "") -> Glossary:
    """Names and units of a policy of which there is no record; `currency` is meant where it names
    none."""
    record: dict[str, Any] = {
        "policy": {"id": resolved["policy"], "version": resolved["version"]},
        "subject_kind": resolved["subject"],
        "steps": [],
    }
    return Glossary(record, resolved, language, currency=currency)


def formula(told: Glossary, text: str, inside: str = "") -> str:
    """An expression with the names of what it reads; `inside` is the indicator or veto that it
    stands in."""
    return expression_text(
        text, lambda name: told.name(told.of_name(name, inside), inside), told.language
    )


def listed(told: Glossary, words: Iterable[str]) -> str:
    """`甲、乙`."""
    return told.say("、", ", ").join(words)


def is_true(value: object) -> bool:
    """Whether a flag is set; a resolved text has it as a word."""
    return str(value).casefold() == "true"


def points(told: Glossary, value: object) -> str:
    """A number of points: `5 分`."""
    return told.written(value, told.measure("total"))


_WITHIN: Final = {
    "department": Text("同一部门", "the same department"),
    "team": Text("同一团队", "the same team"),
    "role": Text("同一岗位", "the same role"),
    "project": Text("同一项目", "the same project"),
}


def within(told: Glossary, rule: Mapping[str, Any]) -> str:
    """Who is compared: all of a department, all who have the same value in a column, everybody."""
    column = rule.get("within")
    if column is None:
        return told.say("全体", "everybody")
    if column in _WITHIN:
        return _WITHIN[column].into(told.language)
    name = unit_kind(told, column)
    return told.say(f"「{name}」相同的人", f"those with the same {name}")


def member_figure(told: Glossary, name: str) -> str:
    """A figure of a member, whose policy may have another indicator of that name, or one that this
    policy does not know."""
    indicator, _, what = name.partition(".")
    if indicator == "person":
        return unit_kind(told, what)
    if not what:
        return told.name(indicator)
    if indicator in told.part("indicators"):
        return told.name(told.of_name(name))
    return f"{indicator} {FIGURES[what].into(told.language)}"


def shares_weight(told: Glossary, receivers: Sequence[str], titles: Iterable[str]) -> str:
    """Where a weight goes that is passed on."""
    order = told.say(" → ", ", then ").join(titles)
    if len(receivers) == 1:
        return told.say(f"权重全部转给{order}", f"its whole weight goes to {order}")
    return told.say(
        f"权重全部转给其中第一个有数据的：{order}",
        f"its whole weight goes to the first of these that has a figure: {order}",
    )
