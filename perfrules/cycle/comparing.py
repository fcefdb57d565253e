"""The rules between subjects that a policy has, and the group of each in which a subject is."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from perfrules.exact import plain
from perfrules.intake.from_tables import Subject
from perfrules.model.bands import Bands
from perfrules.model.policy import Policy

__all__ = ["group_rules", "groups_of", "stage", "within"]

_ABOVE: Final = {"team": ("team", "department"), "department": ("department",)}
"""The columns whose groups take in the small groups of a column, nearest first."""


def group_rules(policy: Policy) -> Iterator[str]:
    """The paths of the policy's rules that compare subjects: `indicators.sales` (by percentile),
    `distribution`, `awards.star`, `pools.fund`."""
    for indicator in policy.indicators:
        if isinstance(indicator.score, Bands) and indicator.score.on == "percentile":
            yield indicator.path
    if policy.distribution is not None:
        yield policy.distribution.path
    yield from (award.path for award in policy.awards if award.top is not None)
    yield from (pool.path for pool in policy.pools)


def stage(rule: str) -> int:
    """Percentiles make totals, totals make grades, grades make awards and money."""
    return {"indicators": 0, "distribution": 1}.get(rule.partition(".")[0], 2)


def within(rule: str, policy: Policy) -> str | None:
    """The column that the rule compares within; None where it compares everybody."""
    kind, _, name = rule.partition(".")
    if kind == "distribution":
        return policy.distribution.within if policy.distribution else None
    if kind == "indicators":
        score = policy.indicator[name].score
        return score.within if isinstance(score, Bands) else None
    rules = policy.awards if kind == "awards" else policy.pools
    return next(one.within for one in rules if one.name == name)


def groups_of(
    subject: Subject, policy: Policy, rule: str, units: Mapping[str, str]
) -> tuple[str | None, ...]:
    """The groups that the subject may be in, from the rule's column up to everybody; None where
    the data do not say. `units` are the ids of those that it belongs to, by kind."""
    column = within(rule, policy)
    levels = _ABOVE.get(column, (column,)) if column is not None else ()
    everybody = "*" if policy.subject == "person" else f"{policy.subject} · *"
    return (*(_group(subject, policy, level, units) for level in levels), everybody)


def _group(subject: Subject, policy: Policy, column: str, units: Mapping[str, str]) -> str | None:
    """The group by a column. A unit may be named by its id or its name, and is one all the same."""
    if column == "role":
        return f"role={policy.id}"
    if column in units:
        return f"{column}={units[column]}"
    datum = subject.scorecard.last_fact(column)
    if datum is None:
        return None
    value = datum.value
    return f"{column}={plain(value) if isinstance(value, Decimal) else value}"
