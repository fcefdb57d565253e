"""The parser of YAML and the limits that hold before anything is built.

The events are counted first: that is ten times as fast as building, and the parser's own time
grows with the square of the depth.
"""

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

import yaml

from perfrules.diagnostics import Findings, Span

__all__ = ["Stopped", "event_span", "events", "head", "refuse_too_much"]

MAX_DEPTH: Final = 32
MAX_NODES: Final = 100_000
MAX_TEXT: Final = 64 * 1024

# The C parser is ten times as fast; neither of the two works by recursion.
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Stopped(Exception):
    """A limit is reached, or reading on would say nothing true; what and where is reported."""


def events(text: str) -> Iterator[Any]:
    """The events of a text; raises `yaml.YAMLError` where it is no YAML."""
    return iter(yaml.parse(text, Loader=_LOADER))


def refuse_too_much(text: str, name: str, findings: Findings) -> None:
    """Reports what is beyond a limit and raises `Stopped`."""
    # A syntax error is met again, and reported, by who builds.
    try:
        _count(events(text), name, findings)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        read = text[: mark.index] if mark else ""
        if read.count("[") + read.count("{") > MAX_DEPTH:
            # libyaml 0.2.6 gives up at a depth of its own, before it tells of the first
            # bracket; the pure parser has no such limit and is asked how deep it went.
            with contextlib.suppress(yaml.YAMLError):
                _count(yaml.parse(text, Loader=yaml.SafeLoader), name, findings)
    except yaml.YAMLError:
        pass


def _count(found: Iterable[Any], name: str, findings: Findings) -> None:
    depth = nodes = 0
    for event in found:
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        nodes += 1
        if nodes > MAX_NODES:
            _stop("too-many-values", event, name, findings, MAX_NODES)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                _stop("too-deep", event, name, findings, MAX_DEPTH)
        elif isinstance(event, yaml.ScalarEvent) and len(event.value) > MAX_TEXT:
            _stop("text-too-long", event, name, findings, MAX_TEXT)


def _stop(code: str, event: Any, name: str, findings: Findings, limit: int) -> None:
    findings.report(code, head(event_span(event, name)), limit=limit)
    raise Stopped


def event_span(event: Any, name: str) -> Span:
    """Where an event stands."""
    start, end = event.start_mark, event.end_mark
    return Span(name, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def head(span: Span) -> Span:
    """The first letter of a span, for what may run over many lines."""
    return span._replace(end_line=span.line, end_column=span.column + 1)
