"""The rules between subjects, and those on what follows, back to their resolved text."""

from perfrules.language.resolved_tree import Ratio, Tree, order, text_of, title, without_none
from perfrules.model.following import FollowUp, TargetRule
from perfrules.model.population import Award, Distribution, Pool, Quota

__all__ = [
    "award_tree",
    "distribution_tree",
    "follow_up_tree",
    "pool_tree",
    "target_rule_tree",
]


def distribution_tree(rule: Distribution) -> Tree:
    """The mapping that `distribution` writes, quotas in the order of the grades."""
    return without_none(
        {
            "within": rule.within,
            "min_group": rule.min_group and rule.min_group.value,
            "quotas": {quota.grade: _quota(quota) for quota in rule.quotas},
            "order": order(rule.order),
            "ties": rule.ties,
        }
    )


def _quota(quota: Quota) -> object:
    share = Ratio(quota.share.value)
    return share if quota.bound == "exactly" else {quota.bound: share}


def award_tree(award: Award) -> Tree:
    """The mapping that an award writes; what ranks stands there only where somebody is ranked."""
    ranked: Tree = {}
    if award.top is not None:
        ranked = {
            "within": award.within,
            "order": order(award.order),
            "top": Ratio(award.top.value),
            "count": award.count,
            "at_least_one": award.at_least_one,
            "ties": award.ties,
        }
    whole = {"title": title(award.title), **ranked, "only_if": text_of(award.only_if)}
    return without_none(whole)


def pool_tree(pool: Pool) -> Tree:
    """The mapping that a pool writes."""
    return without_none(
        {
            "title": title(pool.title),
            "amount": pool.amount.text,
            "within": pool.within,
            "share_by": pool.share_by.text,
            "only_if": text_of(pool.only_if),
        }
    )


def follow_up_tree(rule: FollowUp) -> Tree:
    """The mapping that a follow-up writes."""
    days = rule.due_days and rule.due_days.value
    return without_none({"title": title(rule.title), "when": rule.when.text, "due_days": days})


def target_rule_tree(rule: TargetRule) -> Tree:
    """The mapping that `target_changes` writes."""
    needs = list(rule.needs)
    return without_none(
        {"per_quarter": rule.per_quarter, "needs": needs, "weighting": rule.weighting}
    )
