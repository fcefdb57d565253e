"""The `warnings` of a policy, with their defaults made explicit."""

from decimal import Decimal
from typing import cast

from perfrules.language.source import Source
from perfrules.model.tracking import Every, Gap, ProgressWarning

__all__ = ["warnings_from"]


def warnings_from(source: Source) -> tuple[ProgressWarning, ...]:
    """The warnings of progress under `warnings`, in the order of the file; `source` is the
    policy."""
    return tuple(_warning(name, below) for name, below in source.below("warnings").each())


def _warning(name: str, below: Source) -> ProgressWarning:
    times = below.number("times")
    return ProgressWarning(
        name=name,
        title=below.title(name),
        indicator=below.word("indicator", ""),
        every=cast(Every, below.word("every", "")),
        below=below.fixed("below", Decimal(0)),
        times=1 if times is None else int(times),
        gap=cast(Gap, below.word("gap", "reset")),
        path=below.path,
        place=below.addresses.place(below.path),
    )
