"""Which rows the tests of a policy reach: of its tables, and its awards, pools, follow-ups."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from perfrules.model.appraisal import Appraisal
from perfrules.model.bands import Bands
from perfrules.model.incentive import ByGrade, MarginalTiers, WholeTiers
from perfrules.model.policy import Policy
from perfrules.model.scoring import Levels

__all__ = ["Coverage", "coverage"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many rows there are, and those that no case reached: path and place."""

    rows: int
    unreached: tuple[tuple[str, str], ...]

    @property
    def reached(self) -> int:
        return self.rows - len(self.unreached)


def coverage(policy: Policy, appraisals: Iterable[Appraisal]) -> Coverage:
    """The rows of a policy's tables, held against the appraisals of its cases."""
    reached: set[str] = set()
    for appraisal in appraisals:
        for step in appraisal.steps.values():
            idle = step.value is False or step.outcome == "skipped"
            idle |= step.kind == "adjustment" and not step.value
            if step.rule is not None and not idle:
                reached.add(step.rule.path)
    rows = list(_rows(policy))
    unreached = tuple((path, place) for path, place in rows if path not in reached)
    return Coverage(len(rows), unreached)


def _rows(policy: Policy) -> Iterator[tuple[str, str]]:
    for indicator in policy.indicators:
        if isinstance(indicator.score, Bands | Levels):
            yield from ((row.path, row.place) for row in indicator.score.rows)
    yield from ((one.path, one.place) for one in policy.adjustments)
    yield from ((veto.path, veto.place) for veto in policy.vetoes)
    yield from ((row.path, row.place) for row in policy.grades)
    for table in policy.tables:
        yield from ((cell.path, cell.place) for row in table.cells for cell in row.cells)
    for plan in policy.incentives:
        match plan.rate:
            case WholeTiers(rows=tiers):
                yield from ((row.path, row.place) for row in tiers)
            case MarginalTiers(rows=slices):
                yield from ((row.path, row.place) for row in slices)
            case ByGrade(rates=rates):
                yield from ((one.rate.path, one.rate.place) for one in rates)
    yield from ((award.path, award.place) for award in policy.awards)
    yield from ((one.path, one.place) for one in policy.follow_ups)
    yield from ((pool.path, pool.place) for pool in policy.pools)
