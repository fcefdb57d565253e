"""Steps of many traces, found without reading all of them.

A line of traces.jsonl is canonical: keys are sorted, there are no blanks, and each step begins with
its id. So a step is found by its first letters, and only it is read as JSON. A quotation mark
within a text has a backslash before it, so that no text can look like the beginning of a step.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from perfrules.records.seals import UnreadableError

__all__ = ["RATINGS", "Found", "found_in"]

RATINGS: Final = r"indicators\.[^\".]+\.ratings\.[^\".]+\.[0-9]+"
"""The paths of single ratings."""

_TAIL: Final = b',"subject":'
_BEGIN: Final = b'{"id":"'
_DECODER: Final = json.JSONDecoder()


class Found(NamedTuple):
    """A record: whose it is, of which kind, the label of its policy, and the steps that were asked
    for, by path."""

    subject: str
    kind: str
    policy: str
    steps: Mapping[str, Mapping[str, Any]]


def found_in(
    lines: Iterable[bytes], paths: Sequence[str], patterns: Sequence[str] = ()
) -> Iterator[Found]:
    """The steps at `paths`, and at those that regular expressions match, of each record.

    Raises `UnreadableError` where a line is no record as it is written.
    """
    wanted = "|".join([*map(re.escape, sorted(paths)), *patterns])
    begins = re.compile(rf'\{{"id":"([^"#]*)#({wanted})"'.encode())
    for line in lines:
        try:
            yield _read(line, begins)
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableError(str(error)[:60]) from None


def _read(line: bytes, begins: re.Pattern[bytes]) -> Found:
    tail = _tail(line)
    steps: dict[str, Mapping[str, Any]] = {}
    label = b""
    for match in begins.finditer(line):
        end = line.find(_BEGIN, match.end())
        text = line[match.start() : end if end > 0 else len(line)].decode()
        step, _ = _DECODER.raw_decode(text)
        label = match[1]
        steps[match[2].decode()] = step
    kind = tail.get("subject_kind", "person")
    return Found(str(tail["subject"]), str(kind), label.decode(), steps)


def _tail(line: bytes) -> dict[str, Any]:
    """What stands behind the steps of a record."""
    start = line.rindex(_TAIL)
    node = json.loads(b"{" + line[start + 1 :])
    if not isinstance(node, dict):
        raise UnreadableError("no object")
    return node
