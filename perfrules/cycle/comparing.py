"""The rules between subjects that a policy has, and the group of each in which a subject is."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from perfrules.exact import plain
from perfrules.intake.from_tables import Subject
from perfrules.model.bands import Bands
from perfrules.model.policy import Policy

__all__ = ["FIGURES", "LAST", "group_rules", "groups_of", "stage", "within"]

_ABOVE: Final = {"team": ("team", "department"), "department": ("department",)}
"""The columns whose groups take in the small groups of a column, nearest first."""


def group_rules(policy: Policy) -> Iterator[str]:
    """The paths of the policy's rules that compare subjects: `indicators.sales` (by percentile),
    `group_figures.mean`, `distribution`, `awards.star`, `pools.fund`."""
    for indicator in policy.indicators:
        if isinstance(indicator.score, Bands) and indicator.score.on == "percentile":
            yield indicator.path
    yield from (figure.path for figure in policy.group_figures)
    if policy.distribution is not None:
        yield policy.distribution.path
    yield from (award.path for award in policy.awards if award.ranks)
    yield from (pool.path for pool in policy.pools)


LAST: Final = 3
"""The stage of the rules after which nothing is compared any more."""

FIGURES: Final = 1
"""The last stage whose rules wait for one another: figures of groups may be made of totals, which
may read other figures of groups."""


def stage(rule: str) -> int:
    """Percentiles and figures of groups make totals, totals make grades, grades make awards and
    money."""
    kinds = {"indicators": 0, "group_figures": FIGURES, "distribution": 2}
    return kinds.get(rule.partition(".")[0], LAST)


def within(rule: str, policy: Policy) -> str | None:
    """The column that the rule compares within; None where it compares everybody."""
    kind, _, name = rule.partition(".")
    if kind == "distribution":
        return policy.distribution.within if policy.distribution else None
    if kind == "indicators":
        score = policy.indicator[name].score
        return score.within if isinstance(score, Bands) else None
    if kind == "group_figures":
        return next(one.within for one in policy.group_figures if one.name == name)
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
