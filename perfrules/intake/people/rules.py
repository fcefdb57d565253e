"""What policies look for and what they call it; and which of them a role is judged by on a day."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple, Protocol, TypeVar

from perfrules.codes.code import Text
from perfrules.codes.figure_titles import figure_called
from perfrules.diagnostics import Diagnostic, closest
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.scorecard import Cycle
from perfrules.model.scoring import Levels, YesNo
from perfrules.model.weights import GivenWeight

__all__ = ["UNIT_KINDS", "Figure", "PolicyChoice", "RuleBook", "Rules", "unknown_indicator"]

Thing = TypeVar("Thing")
Kind = Literal["number", "level", "yes_no", "ratings"]

UNIT_KINDS: Final = ("team", "department", "project")

_KINDS: Final = {
    "person": Text("个人", "persons"),
    "team": Text("团队", "teams"),
    "department": Text("部门", "departments"),
    "project": Text("项目", "projects"),
}

_UNITS: Final = Text("团队、部门或项目", "teams, departments or projects")


class PolicyChoice(Protocol):
    """Where policies are found; `perfrules.model.policy_set.PolicySet` is one."""

    def __iter__(self) -> Iterator[Policy]: ...

    def in_force(self, policy_id: str, /, *, on: datetime.date) -> Policy | Diagnostic: ...

    def named(self, text: str, /) -> str | None: ...


class Figure(NamedTuple):
    """What is looked for under an indicator: a number (`unit` only where it is `%`), a word, …"""

    indicator: Indicator
    kind: Kind
    unit: str | None
    sources: set[str]
    """Spellings of the source that were found to be the right one."""
    needs: frozenset[str]
    """The parts without which there is no result."""

    parts: dict[str, str | None]
    """What headings mean that were met."""

    def part(self, word: str) -> str | None:
        """The figure that the indicator declares besides, and that a heading means."""
        if word not in self.parts:
            self.parts[word] = figure_called(word, self.indicator.figures)
        return self.parts[word]


class Rules:
    """What a policy calls things. `figures` and `events` grow by the spellings that are met."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.figures: dict[str, Figure] = {}
        self.events: dict[str, str] = {}
        self.plans: dict[str, str]
        self.levels: dict[str, dict[str, str]] = {}
        self.fetched: list[Indicator] = []
        """Those whose figures the policy takes from members or from earlier cycles."""
        self._similar: dict[str, str | None] = {}
        for indicator in policy.indicators:
            self.figures[indicator.name] = _figure(indicator)
            if indicator.roll_up or indicator.from_history:
                self.fetched.append(indicator)
            if isinstance(indicator.score, Levels):
                names = [level.name for level in indicator.score.rows]
                # `优秀 / excellent` may be told in either language.
                halves = {tidy(half): name for name in names for half in name.split(" / ")}
                self.levels[indicator.name] = halves | {tidy(name): name for name in names}
        _add_titles(self.figures, [(one.name, one.title) for one in policy.indicators])
        titles: list[tuple[str, Iterable[str]]] = [
            *((one.name, one.title) for one in policy.adjustments),
            *((one.name, one.title) for one in policy.vetoes),
            *((one.name, one.title) for one in policy.events),
        ]
        self.events = {name: name for name, _ in titles}
        _add_titles(self.events, titles)
        rewards = [
            *((one.name, one.title) for one in policy.incentives),
            *((one.name, one.title) for one in policy.pools),
            *((one.name, one.title) for one in policy.awards),
        ]
        self.plans = {name: name for name, _ in rewards}
        """What can be paid, by id and by title."""
        _add_titles(self.plans, rewards)

    @property
    def all_fetched(self) -> bool:
        """Whether the data need not give any actual."""
        given = [one for one in self.fetched if one.actual_from_members or one.from_history]
        return len(given) == len(self.policy.indicators)

    def figure(self, text: str) -> Figure | None:
        """What an indicator's id or title stands for, in any spelling."""
        found = self.figures.get(text) or self.figures.get(tidy(text))
        if found is not None:
            self.figures[text] = found
        return found

    def similar(self, word: str, known: Iterable[str]) -> str | None:
        """What an unknown word was probably meant to be; each word is looked for once."""
        if word not in self._similar:
            self._similar[word] = closest(word, known)
        return self._similar[word]

    def event(self, text: str) -> str | None:
        """The event that an id or title stands for, in any spelling."""
        found = self.events.get(text) or self.events.get(tidy(text))
        if found is not None:
            self.events[text] = found
        return found


def _figure(indicator: Indicator) -> Figure:
    kinds: dict[type, Kind] = {Levels: "level", YesNo: "yes_no", Ratings: "ratings"}
    unit = "%" if indicator.in_percent else None
    parts = {"target": indicator.target, "baseline": indicator.baseline}
    needs = {part for part, need in parts.items() if need == "required"}
    if indicator.missing == "error":
        needs.add("actual")
    if isinstance(indicator.weight, GivenWeight):
        needs.add("weight")
    needs |= {*indicator.figures}
    kind = kinds.get(type(indicator.score), "number")
    return Figure(indicator, kind, unit, set(), frozenset(needs), {})


def _add_titles(found: dict[str, Thing], titles: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Lets titles stand for ids, where a title is that of one thing only and no id itself."""
    owners: dict[str, set[str]] = {}
    for name, title in titles:
        for word in title:
            owners.setdefault(tidy(word), set()).add(name)
    for word, names in owners.items():
        if len(names) == 1 and word not in found:
            found[word] = found[names.pop()]


class RuleBook:
    """The policies of a cycle, to be found by what tables call a role."""

    def __init__(self, policies: PolicyChoice, cycle: Cycle) -> None:
        self.cycle = cycle
        self._policies = policies
        self._found: dict[tuple[str, datetime.date, bool], Rules | Refusal] = {}
        self._by_policy: dict[tuple[str, str], Rules] = {}

    def rules(
        self, role: str, *, units: bool = False, on: datetime.date | None = None
    ) -> Rules | Refusal:
        """The rules of a role that are in force on a day (the cycle's last one, if None is named).

        `units` says that a team, department or project is to be judged and not a person.
        """
        key = (role, on or self.cycle.end, units)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._looked_up(*key)
        return found

    def _looked_up(self, role: str, day: datetime.date, units: bool) -> Rules | Refusal:
        policy = self._policies.in_force(self._policies.named(role) or role, on=day)
        if not isinstance(policy, Policy):
            return Refusal(policy.code, policy.facts)
        if (policy.subject in UNIT_KINDS) is not units:
            wanted = _UNITS if units else _KINDS["person"]
            facts = {"policy": policy.label, "judges": _KINDS[policy.subject], "wanted": wanted}
            return Refusal("wrong-subject-kind", facts)
        if policy.cycle is not None and self.cycle.kind not in (None, policy.cycle):
            facts = {"policy": policy.label, "kind": policy.cycle, "cycle": self.cycle.kind}
            return Refusal("other-cycle-kind", facts)
        return self._by_policy.setdefault((policy.id, policy.version), Rules(policy))


def unknown_indicator(word: str, rules: Rules, suggestion: str | None) -> Refusal:
    """The policy has no indicator that is called so."""
    facts = {
        "indicator": word,
        "policy": rules.policy.label,
        "known": ", ".join(one.name for one in rules.policy.indicators),
        "suggestion": suggestion,
    }
    return Refusal("unknown-indicator", facts)
