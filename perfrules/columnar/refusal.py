"""What the columnar twin does not do: told before the first row, with the policy's line."""

from typing import NamedTuple

from perfrules.codes.code import Text

__all__ = ["BeyondLane", "NotColumnar", "Refusal"]


class Refusal(NamedTuple):
    """A place in the policy (`policies/sales.yaml:23:9`), its path there, and the reason."""

    place: str
    path: str
    reason: Text


class NotColumnar(Exception):
    """The policy, or the policy with these data, cannot be worked out by columns.

    `refusals` has what stands in the way, each with the line of the policy. The reference
    evaluator does all of it.
    """

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        self.refusals = refusals
        super().__init__("\n".join(f"{one.place or one.path}: {one.reason.en}" for one in refusals))

    def __reduce__(self) -> tuple[type["NotColumnar"], tuple[tuple[Refusal, ...]]]:
        """So that it survives the way back from another process."""
        return type(self), (self.refusals,)


class BeyondLane(ArithmeticError):
    """A value that 128 bits may not hold, for all that is known of the data."""
