"""A table of texts for a terminal: a head, a rule, rows."""

from collections.abc import Iterable, Sequence

from tabulate import tabulate

__all__ = ["simple_table"]


def simple_table(rows: Iterable[Sequence[str]], head: Sequence[str], sides: Sequence[str]) -> str:
    """The table; `sides` says of each column whether it stands `left` or `right`. Every cell is a
    text already: nothing is read as a number, or padded as one."""
    found = list(rows)
    return tabulate(
        found,
        headers=head,
        tablefmt="simple",
        disable_numparse=True,
        colalign=sides if found else None,  # earlier versions fail where there is no row
    )
