"""The result folders of earlier cycles -> what became of everybody then.

A folder is believed only as a whole: its manifest has to be sealed and the traces to be those
that the manifest names, to the last byte. Whether the traces are right is for `perfrules verify`
to say. Traces are read line by line; they may be larger than memory.
"""

import datetime
import hashlib
import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Findings
from perfrules.intake.history.cycle_order import CycleOrder
from perfrules.model.datum import Datum, Origin, Value
from perfrules.model.history import Past, PastMeasure
from perfrules.model.scorecard import Cycle

__all__ = ["Lost", "ends_of", "files_of", "past_results"]

_MANIFEST: Final = "manifest.json"
_TRACES: Final = "traces.jsonl"
_FORMAT: Final = "perfrules-results/1"
_RECORDS: Final = ("perfrules-trace/1", "perfrules-trace/2")

_LARGEST: Final = 1 << 26
"""No manifest and no record is longer: 64 MiB."""

_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,60})?", re.ASCII)


class Lost(NamedTuple):
    """An earlier cycle in which somebody's data were at fault, and where it says so."""

    cycle: str
    place: str


class _DamagedError(Exception):
    """Why a folder is not believed."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Text(zh, en)


def past_results(
    folders: tuple[Path, ...],
    findings: Findings,
    *,
    base: Path,
    current: Cycle,
    wanted: Collection[str] | None = None,
    lost: dict[str, Lost] | None = None,
) -> dict[str, tuple[Past, ...]]:
    """What the folders know of each subject with a result, the newest cycle first.

    `base` is the cycle's folder, from which places are named (`../2024Q3-results/traces.jsonl:17`);
    `current` is the cycle that is being judged. `wanted` are the ids that matter, all of them
    with None. A folder that cannot be used is an error among the `findings` and left out as a
    whole; segments of people who moved (`E1005#1`) are no subjects of a history. Into `lost` go
    those who are in a folder and had no result there.
    """
    found: dict[str, list[Past]] = {}
    places: dict[object, str] = {}
    ends: dict[str, datetime.date] = {}
    for folder in folders:
        place = Path(os.path.relpath(folder, base)).as_posix()
        try:
            manifest = _manifest(folder)
            cycle, start, end = _cycle_of(manifest)
            first = places.get(cycle) or places.get((start, end))
            if first is not None:
                findings.report("history-twice", place, cycle=cycle, first=first)
                continue
            places[cycle] = places[start, end] = place
            same = cycle == current.id or (start, end) == (current.start, current.end)
            if same or end > current.end:
                findings.report("later-history", place, cycle=cycle, current=current.id)
                continue
            there = dict(_pasts(folder, manifest, place, wanted))
        except _DamagedError as error:
            findings.report("damaged-history", place, path=place, reason=error.reason)
            continue
        ends[cycle] = end
        for subject, past in there.items():
            if isinstance(past, Past):
                found.setdefault(subject, []).append(past)
            elif lost is not None:
                lost.setdefault(subject, past)
    order = CycleOrder(current, ends)
    return {subject: order.newest_first(pasts)[0] for subject, pasts in found.items()}


def ends_of(found: Mapping[str, tuple[Past, ...]]) -> dict[str, datetime.date]:
    """The last day of each cycle that is known of."""
    return {
        past.cycle: past.end for pasts in found.values() for past in pasts if past.end is not None
    }


def files_of(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files that are read of the folders, for the list of inputs."""
    return tuple(folder / name for folder in folders for name in (_MANIFEST, _TRACES))


def _manifest(folder: Path) -> dict[str, Any]:
    """The manifest, sealed and of a format that is known."""
    try:
        with _opened(folder / _MANIFEST) as file:
            node = _object(file.read(_LARGEST))
    except OSError:
        raise _DamagedError(
            "没有可读的 manifest.json，不是结果文件夹",
            "it has no manifest.json that can be read, so it is no result folder",
        ) from None
    if node.get("format") != _FORMAT:
        raise _DamagedError("manifest.json 的格式不认识", "the format of manifest.json is unknown")
    rest = {key: value for key, value in node.items() if key != "digest"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != node.get("digest"):
        raise _DamagedError("manifest.json 已被改动", "manifest.json was changed")
    return node


def _cycle_of(manifest: Mapping[str, Any]) -> tuple[str, datetime.date, datetime.date]:
    try:
        cycle = manifest["cycle"]
        start, end = (datetime.date.fromisoformat(cycle[key]) for key in ("from", "to"))
        return str(cycle["id"]), start, end
    except (KeyError, TypeError, ValueError):
        raise _DamagedError(
            "manifest.json 没有写明周期", "manifest.json does not state its cycle"
        ) from None


def _pasts(
    folder: Path, manifest: Mapping[str, Any], place: str, wanted: Collection[str] | None
) -> Iterator[tuple[str, Past | Lost]]:
    """Every wanted subject, with its result if it has one. The last act is to see whether the bytes
    were right: nothing of it counts before the end."""
    cycle, *days = _cycle_of(manifest)
    digest, number = hashlib.sha256(), 0
    try:
        with _opened(folder / _TRACES) as file:
            for line in _lines(file):
                digest.update(line)
                number += 1
                record = _object(line)
                origin = Origin(f"{place}/{_TRACES}:{number}")
                if (past := _past(record, cycle, days, origin)) is not None:
                    subject = str(record["subject"])
                    if wanted is None or subject in wanted:
                        yield subject, past
    except OSError:
        raise _DamagedError("读不到 traces.jsonl", "traces.jsonl cannot be read") from None
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _DamagedError(
            f"traces.jsonl 第 {number} 行不是计算记录",
            f"line {number} of traces.jsonl is no record",
        ) from None
    outputs = manifest.get("outputs")
    stated = [one for one in outputs if isinstance(one, dict)] if isinstance(outputs, list) else []
    if not any((one.get("path"), one.get("sha256")) == (_TRACES, digest.hexdigest())
               for one in stated):  # fmt: skip
        raise _DamagedError(
            "traces.jsonl 与 manifest.json 中的摘要不符",
            "traces.jsonl does not fit its digest in manifest.json",
        )


def _opened(path: Path) -> BinaryIO:
    """An ordinary file; a pipe would keep us waiting."""
    if not path.is_file():
        raise FileNotFoundError(path)
    return path.open("rb")


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(_LARGEST):
        yield line


def _object(data: bytes) -> dict[str, Any]:
    try:
        node = json.loads(data)
    except (ValueError, RecursionError):
        node = None
    if not isinstance(node, dict):
        raise _DamagedError("不是 JSON", "something in it is no JSON")
    return node


_FIGURES: Final = {name: at for at, name in enumerate(PastMeasure._fields)}


def _past(
    record: Mapping[str, Any], cycle: str, days: list[datetime.date], origin: Origin
) -> Past | Lost | None:
    """What a record says of its subject; None of a segment.

    Raises `KeyError`, `TypeError` or `ValueError` where it is none of our records.
    """
    if record["format"] not in _RECORDS or record["cycle"]["id"] != cycle:
        raise ValueError
    if record.get("subject_kind") == "segment":
        return None
    if record["status"] != "complete":
        return Lost(cycle, origin.place)
    measures: dict[str, list[Datum | None]] = {}
    moved = False
    for step in record["steps"]:
        parts = step["id"].partition("#")[2].split(".")
        moved = moved or parts[0] == "segments"
        if len(parts) == 3 and parts[0] == "indicators" and parts[2] in _FIGURES:
            figures = measures.setdefault(parts[1], [None] * len(_FIGURES))
            figures[_FIGURES[parts[2]]] = Datum(_value(step), origin)
    total, grade = record["total"], record["grade"]
    start, end = days
    return Past(
        cycle,
        end,
        None if total is None else Datum(_number(total), origin),
        None if grade is None else Datum(_text(grade), origin),
        {name: PastMeasure(*figures) for name, figures in measures.items()},
        start,
        {name: Datum(_number(paid), origin) for name, paid in record.get("pay", {}).items()},
        # Of somebody who moved, the figures are in the records of the segments.
        has_all_figures=not moved,
        has_all_pay="pay" in record,
    )


def _value(step: Mapping[str, Any]) -> Value:
    value = step["value"]
    if isinstance(value, bool):
        return value
    return _text(value) if step.get("type") == "text" else _number(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> Decimal:
    if not isinstance(value, str) or _NUMBER.fullmatch(value) is None:
        raise ValueError
    return Decimal(value)
