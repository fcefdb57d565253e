"""What a record and its policy are called by: titles of rules, of grades, of groups.

The first half of a glossary; `value_names` and `value_measures` build upon it.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from perfrules.codes.code import Language, Text
from perfrules.model.incentive import LINES

__all__ = ["RATERS", "Json", "Titles"]

Json = Mapping[str, Any]

RATERS: Final = {
    "manager": Text("上级", "manager"), "peer": Text("同事", "peer"),
    "client": Text("客户", "client"), "customer": Text("客户", "customer"),
    "self": Text("本人", "self"), "subordinate": Text("下级", "subordinate"),
}  # fmt: skip
"""Rater groups by the names that policies commonly give them."""

_PLANS: Final = ("pools", "incentives")


class Titles:
    """A record and its resolved policy, in one language.

    `parts` are the resolved policies of the roles that somebody held one after the other, where
    they are at hand: they know what the payouts of those roles are called. `currency` is that of
    the run, which is meant where the policy names none.

    Raises `ValueError` where the record is of another policy or version.
    """

    def __init__(
        self,
        record: Json,
        resolved: Json,
        language: Language,
        parts: Sequence[Json] = (),
        currency: str = "",
    ) -> None:
        policy = record["policy"]
        asked, given = (policy["id"], policy["version"]), (resolved["policy"], resolved["version"])
        if asked != given:
            raise ValueError(f"the record is of {'@'.join(asked)}, not of {'@'.join(given)}")
        self.record, self.resolved, self.language, self.parts = record, resolved, language, parts
        self.currency = currency
        self._label = f"{policy['id']}@{policy['version']}#"
        self.steps: dict[str, Json] = {self.path(step): step for step in record["steps"]}

    def say(self, zh: str, en: str) -> str:
        """The one of two sentences that is in this language."""
        return zh if self.language == "zh" else en

    def path(self, node: Json) -> str:
        """The path of a step, or of what an operand stands for; empty for a bare number."""
        name: str = node.get("id") or node.get("step") or ""
        return name.removeprefix(self._label) if name else node.get("policy", "")

    def part(self, *keys: str) -> Any:
        """What the resolved policy has under these keys; an empty mapping where nothing is."""
        return _below(self.resolved, keys)

    @property
    def kind(self) -> str:
        """What is judged: a person, a team, a department, a project, or a segment of a cycle."""
        return str(self.record.get("subject_kind", "person"))

    @property
    def moved(self) -> bool:
        """Whether somebody held several roles in the cycle, each of which has its own record."""
        return "segments.1.total" in self.steps

    def title(self, block: str, name: str) -> str:
        """The title of an indicator, a section, a veto…; its id where it has none, and its id
        behind it where another of the block has the same title."""
        if block in _PLANS:
            return self.plan(name)
        return self._apart(name, self._titles(block, (self.resolved,)))

    def plan(self, name: str) -> str:
        """The title of an incentive plan, a pool or an award that pays, likewise; its id where no
        policy at hand has it. Plans of several roles and pools stand in one list."""
        return self._apart(name, self._plans)

    @cached_property
    def _plans(self) -> Mapping[str, str]:
        policies = (*self.parts, self.resolved)
        found = {
            name: title for block in _PLANS for name, title in self._titles(block, policies).items()
        }
        if any("payouts" in policy for policy in policies):
            found |= {name: title.into(self.language) for name, title in LINES.items()}
        prizes = self._titles("awards", (self.resolved,))
        return found | {name: prizes[name] for name in self.prizes}

    @property
    def prizes(self) -> list[str]:
        """The awards that pay money."""
        return [name for name, one in self.part("awards").items() if "places" in one]

    def _titles(self, block: str, policies: Sequence[Json]) -> Mapping[str, str]:
        """The titles of a block by id; those of the last policy go before."""
        found: dict[str, str] = {}
        for policy in policies:
            for name, rule in policy.get(block, {}).items():
                found[name] = self.text(rule.get("title")) or found.get(name, "") or name
        return found

    def _apart(self, name: str, titles: Mapping[str, str]) -> str:
        title = titles.get(name, name)
        if title == name or not any(
            other != name and same == title for other, same in titles.items()
        ):
            return title
        return self.say(f"{title}（{name}）", f"{title} ({name})")

    def text(self, title: object) -> str:
        """A text of the policy in this language."""
        if isinstance(title, Mapping):
            other = "en" if self.language == "zh" else "zh"
            return str(title.get(self.language) or title.get(other) or "")
        return str(title or "")

    def group(self, name: str) -> str:
        """What a group of raters is called."""
        return RATERS[name].into(self.language) if name in RATERS else name

    @property
    def grades(self) -> list[str]:
        """The policy's grades, best first."""
        rows = self.resolved.get("grades", ())
        return [str(row.get("grade", row.get("otherwise"))) for row in rows]

    def grade(self, name: str) -> str:
        """A grade with its title, where that says more: `S（卓越）`."""
        for row in self.resolved.get("grades", ()):
            if name == row.get("grade", row.get("otherwise")):
                title = self.text(row.get("title"))
                if title and title != name:
                    return self.say(f"{name}（{title}）", f"{name} ({title})")
        return name

    def event(self, name: str) -> str:
        """What an event is called: like the adjustment or the veto that counts it, or as the
        policy says."""
        for block in ("adjustments", "vetoes", "events"):
            if name in self.part(block):
                return self.title(block, name)
        return name


def _below(node: Any, keys: Sequence[str]) -> Any:
    for key in keys:
        node = node.get(key, {}) if isinstance(node, Mapping) else {}
    return node
