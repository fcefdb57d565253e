"""Work that is shared out to the cores of the machine, in the order in which it was given.

The processes are forked when the work begins, so that they know all that this one knows by then
and nothing has to be sent to them; what they come to is sent back. Whatever they note for
themselves is gone with them.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

__all__ = ["all_cores", "spread"]

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")

_FEW: Final = 256
"""For so few there is no gain in further processes."""

_AT_ONCE: Final = 64
"""At most so many are worked on before their results are sent back."""

_work: Callable[[Any], Any] | None = None
_items: Sequence[Any] = ()
"""What a forked process is to do; set there alone."""


def all_cores() -> int:
    """How many cores this process may use; 1 where processes cannot be forked."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(work: Callable[[_Given], _Made], items: Sequence[_Given], jobs: int) -> Iterator[_Made]:
    """What the work makes of each item, in their order, by so many processes.

    With one of them, or of few items, it is done here. An exception of the work is raised here.
    """
    if jobs < 2 or len(items) < _FEW or all_cores() == 1:
        yield from map(work, items)
        return
    size = max(1, min(_AT_ONCE, len(items) // (4 * jobs)))
    spans = [(start, start + size) for start in range(0, len(items), size)]
    context = multiprocessing.get_context("fork")
    with context.Pool(jobs, initializer=_begin, initargs=(work, items)) as pool:
        for made in pool.imap(_part, spans):
            yield from made


def _begin(work: Callable[[Any], Any], items: Sequence[Any]) -> None:
    """The first thing in a forked process. Who is asked to stop is the process that forked it."""
    global _work, _items
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what is shared with the other processes stays where it is
    _work, _items = work, items


def _part(span: tuple[int, int]) -> list[Any]:
    assert _work is not None
    return [_work(one) for one in _items[span[0] : span[1]]]
