"""A table in parts that nobody has all of: the ranges of each part first; then, with the ranges of
all of them, one program for each part by itself.

What comes of the parts is what `evaluate_frame` makes of the whole table, in the same columns.
"""

from collections.abc import Mapping

from perfrules.columnar.cells import Cells, Floats
from perfrules.columnar.evaluate import compile_policy
from perfrules.columnar.from_row import scorecard_of
from perfrules.columnar.plan import TableResult
from perfrules.columnar.ranges import Ranges
from perfrules.columnar.ratings import rated
from perfrules.columnar.run import Judge, read_table, results_of
from perfrules.model.appraisal import Appraisal
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.scorecard import Cycle
from perfrules.model.standing import Standing

__all__ = ["Program", "ranges_of"]


def ranges_of(policy: Policy, part: object, floats: Floats) -> Ranges:
    """What the columns of a part have, whatever the policy then asks of them.

    Raises `ValueError` and `TypeError` as `evaluate_frame` does.
    """
    table, known = read_table(policy, part, floats)
    cells = Cells(table)
    for name, destination in known.items():
        if destination.what not in ("subject", "ratings"):
            for read in (cells.number, cells.word, cells.truth):
                read(name)
    for indicator in policy.indicators:
        if isinstance(indicator.score, Ratings):
            rated(cells, indicator, indicator.score)
    return cells.ranges


class Program:
    """A policy compiled for tables with these ranges and with the columns of `head`, of which no
    row is looked at."""

    def __init__(
        self, policy: Policy, head: object, ranges: Ranges, cycle: Cycle | None, floats: Floats
    ) -> None:
        """Raises `NotColumnar` where the policy is not done by columns, or not with these ranges;
        `ValueError` and `TypeError` as `evaluate_frame` does."""
        self.policy, self.cycle, self.floats = policy, cycle, floats
        table, _ = read_table(policy, head, floats)
        self.cells = Cells(table.head(0), ranges)
        self.compiled = compile_policy(policy, self.cells, cycle)
        self.nothing = self._results(table.head(0), _nobody)
        """The result of a table without rows, for its columns."""

    def evaluate(self, part: object, judge: Judge) -> TableResult:
        """What the policy makes of each row of a part.

        Raises `RangesDoNotHold` where the part has something that the ranges do not have, and
        `ArithmeticError` where the reference finds more decimal places than the columns have.
        """
        found = self._results(part, judge)
        for name, kind in found.frame.schema.items():
            if kind != self.nothing.frame.schema[name]:
                raise ArithmeticError(f"`{name}` has a value with more places than the column")
        return found

    def _results(self, part: object, judge: Judge) -> TableResult:
        table, known = read_table(self.policy, part, self.floats)
        read = self.cells.of_rows(table)

        def judged(row: Mapping[str, object], standing: Standing | None) -> Appraisal:
            return judge(self.policy, scorecard_of(row, known, self.cycle), standing)

        return results_of(self.compiled, table, read, judged)


def _nobody(policy: Policy, scorecard: object, standing: object) -> Appraisal:
    raise AssertionError("a table without rows has none at fault")
