"""Steps of many traces, found without reading all of them.

A line of traces.jsonl is canonical: keys are sorted, there are no blanks, and each step begins with
its id and ends with its value. So a step is found by its first letters, and only it is read. A
quotation mark within a text has a backslash before it, so that no text can look like the beginning
of a step.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from perfrules.records.seals import UnreadableError

__all__ = ["Found", "found_in"]

_RATING: Final = r"indicators\.[^\".]+\.ratings\.[^\".]+\.[0-9]+"

_COMPLETE: Final = b'"status":"complete","steps":['
_TAIL: Final = b',"subject":'
_BEGIN: Final = b'{"id":"'
_GIVEN: Final = b'"operation":"given"'
_VALUE: Final = b'"value":"'
_DECODER: Final = json.JSONDecoder()


class Found(NamedTuple):
    """A record: whose it is, of which kind, the label of its policy (empty where nothing was
    found), the steps that were asked for, and the ratings that were given, both by path."""

    subject: str
    kind: str
    policy: str
    steps: Mapping[str, Mapping[str, Any]]
    ratings: Mapping[str, Decimal]


def found_in(lines: Iterable[bytes], paths: Sequence[str]) -> Iterator[Found]:
    """The steps at `paths`, and the ratings, of each record with a result.

    Raises `UnreadableError` where a line is no record as it is written.
    """
    wanted = "|".join(map(re.escape, sorted(paths)))
    begins = re.compile(rf'\{{"id":"([^"#]*)#(?:({wanted})|({_RATING}))"'.encode())
    for line in lines:
        try:
            tail = _tail(line)
            if _COMPLETE in line:
                yield _read(line, tail, begins)
        except (ArithmeticError, ValueError, KeyError, TypeError) as error:
            raise UnreadableError(str(error)[:60]) from None


def _read(line: bytes, tail: Mapping[str, Any], begins: re.Pattern[bytes]) -> Found:
    steps: dict[str, Mapping[str, Any]] = {}
    ratings: dict[str, Decimal] = {}
    label = b""
    for match in begins.finditer(line):
        end = line.find(_BEGIN, match.end())
        text = line[match.start() : end if end > 0 else len(line)]
        label, path, rating = match.groups()
        if rating is None:
            steps[path.decode()], _ = _DECODER.raw_decode(text.decode())
        elif _GIVEN in text:
            value = text[text.rindex(_VALUE) + len(_VALUE) :].partition(b'"')[0]
            ratings[rating.decode()] = Decimal(value.decode())
    kind = tail.get("subject_kind", "person")
    return Found(str(tail["subject"]), str(kind), label.decode(), steps, ratings)


def _tail(line: bytes) -> dict[str, Any]:
    """What stands behind the steps of a record."""
    start = line.rindex(_TAIL)
    node = json.loads(b"{" + line[start + 1 :])
    if not isinstance(node, dict):
        raise UnreadableError("no object")
    return node
