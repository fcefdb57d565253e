"""What roles, indicators and events are called in the workbook: titles where these are understood.

A title that two of them share would be read as neither, so that the id stands in its place.
"""

from collections.abc import Iterable, Mapping, Sequence

from perfrules.codes.code import Language, Text
from perfrules.intake.cells.numerals import tidy
from perfrules.intake.people.rules import Rules
from perfrules.intake.tables.layouts import LAYOUTS
from perfrules.intake.tables.sheet_names import RoleSheets, sheet_name
from perfrules.model.policy import Policy

__all__ = ["Names"]


class Names:
    """The names of all that the policies have, in one language."""

    def __init__(self, policies: Sequence[Policy], language: Language) -> None:
        self.language = language
        self._rules = {policy.label: Rules(policy) for policy in policies}
        self._sheets = RoleSheets(policies)
        self._events = {
            policy.label: {
                one.name: one.title
                for block in (policy.adjustments, policy.vetoes, policy.events)
                for one in block
            }
            for policy in policies
        }

    def title(self, title: Text) -> str:
        """A title, in one line."""
        return " ".join(title.into(self.language).split())

    def either(self, text: str) -> str:
        """The half of `财务 / finance` that is in the language; the whole of any other text."""
        halves = text.split(" / ")
        return halves[0 if self.language == "zh" else 1] if len(halves) == 2 else text

    def role(self, policy: Policy) -> str:
        """What the table of people calls a role."""
        word = self.title(policy.title)
        return word if self._sheets.ids(word) == {policy.id} else policy.id

    def sheet(self, policy: Policy) -> str:
        """The sheet of a role, which no other table is called by."""
        word = sheet_name(self.title(policy.title))
        tables = {name.casefold() for one in LAYOUTS for name in (one.name, one.alias)}
        is_own = self._sheets.ids(word) == {policy.id} and word.casefold() not in tables
        return word if is_own else sheet_name(policy.id)

    def indicator(self, policy: Policy, name: str) -> str:
        """An indicator, by its title where the policy has no other of that title."""
        rules = self._rules[policy.label]
        word = self.title(policy.indicator[name].title)
        figure = rules.figure(word)
        return word if figure is not None and figure.indicator.name == name else name

    def plan(self, policy: Policy, name: str, title: Text) -> str:
        """An incentive, by its title where that means no other."""
        word = self.title(title)
        return word if self._rules[policy.label].plans.get(word) == name else name

    def events(self, policies: Iterable[Policy]) -> tuple[str, ...]:
        """All events of the policies, each once."""
        found = [
            self.event(policy, name, title)
            for policy in policies
            for name, title in self._titles(policy).items()
        ]
        return tuple(dict.fromkeys(found))

    def event(self, policy: Policy, name: str, title: Text) -> str:
        """An event, by its title where that means no other."""
        word = self.title(title)
        return word if self._rules[policy.label].event(word) == name else name

    def event_of(self, policy: Policy | None, text: str) -> str:
        """What a row's event is called; as it stands where the policy does not know it."""
        name = self._rules[policy.label].event(tidy(text)) if policy else None
        if policy is None or name is None:
            return text
        return self.event(policy, name, self._titles(policy)[name])

    def indicator_of(self, policy: Policy | None, text: str) -> str:
        """What a row's indicator is called; as it stands where the policy does not know it."""
        figure = self._rules[policy.label].figure(tidy(text)) if policy else None
        return self.indicator(policy, figure.indicator.name) if policy and figure else text

    def _titles(self, policy: Policy) -> Mapping[str, Text]:
        return self._events[policy.label]
