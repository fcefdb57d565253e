"""Rewrites policies of earlier versions where the language now means something else.

A share without its sign was a ratio: `0.4` was 40 %, and is written so. From 2 on nobody meant a
ratio, so that what was meant is for people to say. A table of lower limits over what is better
the lower it is, is turned round; it gives the same to everybody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Mend, Span
from perfrules.exact import percent, read_number
from perfrules.language.text.unsaved import unsaved
from perfrules.workbench.check import check_paths
from perfrules.workbench.mending import MendedFile, mended

__all__ = ["Left", "Upgraded", "upgraded"]

_SHARES: Final = "share-without-percent"
_TABLES: Final = "at-most-meant"
_OLD_PLACES: Final = "rounding.attainment.places"
_MEANT: Final = 2
"""From here on a bare number was hardly meant as a ratio: 2 would be 200 %."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to people: the finding, or the place of a policy, and why in words."""

    place: str
    why: Text


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The files as they would be, what is left to people, and the policies whose attainments keep
    ten places from now on, where they kept four."""

    files: tuple[MendedFile, ...]
    left: tuple[Left, ...]
    ten_places: tuple[str, ...]


def upgraded(paths: list[Path]) -> Upgraded:
    """What an upgrade would write at and below the paths; nothing is written."""
    files = tuple(mended(paths, _of_old))
    with unsaved({one.path.resolve(): one.data for one in files}):
        checked = check_paths(paths, lint=False)
    left = tuple(_left(one) for one in checked.findings.errors if one.code in (_SHARES, _TABLES))
    ten = (one for one in checked.policies if _OLD_PLACES not in one.policy.places)
    attaining = (one for one in ten if any(own.attains for own in one.policy.indicators))
    names = dict.fromkeys(one.addresses.whole.file for one in attaining)
    return Upgraded(files, left, tuple(names))


def _of_old(found: Iterable[Diagnostic]) -> Iterator[tuple[Span, Mend]]:
    """Shares first: a table that is turned round moves its limits, which may be shares."""
    findings = [*found]
    shares = [pair for one in findings if one.code == _SHARES for pair in _share(one)]
    yield from shares
    if shares:
        return
    for one in findings:
        if one.code == _TABLES:
            turning = one.facts["turning"]
            assert isinstance(turning, tuple)
            yield from turning


def _share(one: Diagnostic) -> Iterator[tuple[Span, Mend]]:
    text = str(one.facts["text"])
    value = read_number(text)
    if isinstance(one.place, Span) and isinstance(value, Decimal) and abs(value) < _MEANT:
        yield one.place, Mend(text, percent(value))


def _left(one: Diagnostic) -> Left:
    zh, en = f"{one.message('zh')}；{one.help('zh')}", f"{one.message('en')}; {one.help('en')}"
    return Left(str(one.place), Text(zh, en))
