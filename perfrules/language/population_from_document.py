"""The rules between subjects and those on what follows, with their defaults made explicit."""

from collections.abc import Iterator, Sequence
from typing import cast, get_args

from perfrules.language.source import Source
from perfrules.model.following import FollowUp, TargetRule, Weighting
from perfrules.model.grading import Grade
from perfrules.model.population import Award, Bound, Distribution, Pool, Quota, Ties

__all__ = [
    "awards_from",
    "distribution_from",
    "follow_ups_from",
    "pools_from",
    "target_rule_from",
]

_TIES = "keep_together"
_NEEDS = ("reason", "approved_by")


def distribution_from(policy: Source, grades: Sequence[Grade]) -> Distribution | None:
    """The quotas, in the order of `grades`; None where the policy distributes nothing."""
    if "distribution" not in policy:
        return None
    below = policy.below("distribution")
    rows = [grade.grade for grade in grades]

    def place(quota: Quota) -> int:
        # A grade that there is not comes last, and is a finding of the checks.
        return rows.index(quota.grade) if quota.grade in rows else len(rows)

    return Distribution(
        within=below.optional_word("within"),
        min_group=below.constant("min_group"),
        quotas=tuple(sorted(_quotas(below.below("quotas")), key=place)),
        order=below.order("order"),
        ties=cast("Ties", below.word("ties", _TIES)),
        place=policy.place("distribution"),
    )


def _quotas(source: Source) -> Iterator[Quota]:
    """A share alone is exact; otherwise it says whether it is the least or the most."""
    for grade in source.node.entries:
        share = source.constant(grade)
        if share is not None:
            yield Quota(grade, "exactly", share)
        bounded = source.below(grade)
        for bound in get_args(Bound):
            share = bounded.constant(bound)
            if share is not None:
                yield Quota(grade, bound, share)


def awards_from(policy: Source) -> tuple[Award, ...]:
    """The awards, in the order of the file."""
    return tuple(
        Award(
            name=name,
            title=below.title(name),
            within=below.optional_word("within"),
            order=below.order("order"),
            top=below.constant("top"),
            count=below.word("count", "floor"),
            at_least_one=below.truth("at_least_one", False),
            ties=cast("Ties", below.word("ties", _TIES)),
            only_if=below.formula("only_if"),
            path=below.path,
            place=below.addresses.place(below.path),
        )
        for name, below in policy.below("awards").each()
    )


def pools_from(policy: Source) -> tuple[Pool, ...]:
    """The pools; one with a wrong expression is left out, and the mistake is a finding."""
    found = []
    for name, below in policy.below("pools").each():
        amount, share_by = below.formula("amount"), below.formula("share_by")
        if amount is not None and share_by is not None:
            found.append(
                Pool(
                    name=name,
                    title=below.title(name),
                    amount=amount,
                    within=below.optional_word("within"),
                    share_by=share_by,
                    only_if=below.formula("only_if"),
                    path=below.path,
                    place=below.addresses.place(below.path),
                )
            )
    return tuple(found)


def follow_ups_from(policy: Source) -> tuple[FollowUp, ...]:
    """The follow-ups; one with a wrong condition is left out, and the mistake is a finding."""
    found = []
    for name, below in policy.below("follow_ups").each():
        when = below.formula("when")
        if when is not None:
            due_days, place = below.constant("due_days"), below.addresses.place(below.path)
            found.append(FollowUp(name, below.title(name), when, due_days, below.path, place))
    return tuple(found)


def target_rule_from(policy: Source) -> TargetRule | None:
    """How targets may change; None where the policy does not let them."""
    if "target_changes" not in policy:
        return None
    below = policy.below("target_changes")
    return TargetRule(
        per_quarter=below.number("per_quarter"),
        needs=below.words("needs", _NEEDS),
        weighting=cast("Weighting", below.word("weighting", "none")),
        place=policy.place("target_changes"),
    )
