"""Settles several rules between subjects at once: who cannot be compared under one of them has no
result, and then counts under none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from perfrules.cycle.groups import Candidate, Resolved, Stands, resolve
from perfrules.diagnostics import Diagnostic
from perfrules.model.standing import Group

__all__ = ["Settled", "settled"]


@dataclass(slots=True)
class Settled:
    """Where subjects stand, by subject and rule, and the groups of all the rules."""

    standing: dict[str, dict[str, Stands]] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)

    def put(self, subject: str, rule: str, found: Stands) -> None:
        self.standing.setdefault(subject, {})[rule] = found


def settled(
    waits: Mapping[str, Sequence[Candidate]], salt: str, taken: Iterable[str] = ()
) -> Settled:
    """The standing of the candidates of each rule; `taken` are names of groups that there are.

    Were somebody who is left without a result to stay in a group, the others would share a pool
    with one who is paid nothing.
    """
    done, out, names = Settled(), set[str](), set(taken)
    while True:
        found = {
            rule: resolve(rule, [one for one in some if one.subject not in out], salt, names)
            for rule, some in waits.items()
        }
        faults = list(_faults(found))
        if not faults:
            break
        for rule, subject, fault in faults:
            done.put(subject, rule, fault)
            out.add(subject)
    for rule, resolved in found.items():
        done.groups += resolved.groups
        for subject, stands in resolved.standing.items():
            done.put(subject, rule, stands)
    return done


def _faults(found: Mapping[str, Resolved]) -> Iterable[tuple[str, str, Diagnostic]]:
    """Who cannot be compared, and why; of groups only where nobody is at fault alone, since the
    group may be right without those."""
    faults = [
        (rule, subject, stands)
        for rule, resolved in found.items()
        for subject, stands in resolved.standing.items()
        if isinstance(stands, Diagnostic)
    ]
    alone = [one for one in faults if one[2].code == "missing-fact"]
    return alone or faults
