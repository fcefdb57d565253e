"""A small result folder with every kind of file, and a forger who makes every hash fit."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.records.manifest import manifest_json
from perfrules.records.seals import CHAIN_START, chained, seal
from perfrules.records.trace_json import canonical
from perfrules.records.write import write_while

__all__ = [
    "Field", "Json", "covered_up", "cycle_of_all", "field_of", "fields_of",
    "forged_cells", "small_results",
]  # fmt: skip

Json = dict[str, Any]

POLICY = """\
policy: sales
title: {zh: 销售, en: Sales}
target_changes: {per_quarter: 1, needs: [reason, approved_by]}
indicators:
  amount: {title: 销售额, unit: 元, weight: 100%, target: required, score: {bands: [
    {at_least: 100%, score: 100}, {at_least: 50%, score: [50, 100]}, {otherwise: 0}]}}
grades: [{grade: A, at_least: 85}, {grade: B, at_least: 70}, {otherwise: C}]
incentives:
  bonus: {title: 季度奖金, base: 900, by_grade: {A: 150%, B: 100%, C: 0%}}
pools: {fund: {title: 奖金池, amount: cycle.fund, share_by: total}}
follow_ups: {plan: {title: 改进计划, when: grade == "C", due_days: 30}}
"""
TABLES = {
    "people": "person_id,name,role,team,department\n"
    "E1,示例员工01,sales,一组,销售部\nE2,示例员工02,sales,二组,销售部\n"
    "E3,示例员工03,sales,二组,销售部\nE4,示例员工04,nobody,二组,销售部\n",
    "actuals": "person_id,indicator,actual,target,source\n"
    "E1,amount,940,1000,CRM\nE2,amount,600,1000,CRM\nE9,amount,7,7,CRM\n",
    "target_changes": "person_id,indicator,date,old,new,reason,approved_by\n"
    "E2,amount,2024-08-01,1000,1200,市场变化,\n",
}
CYCLE = """\
id: 2024Q3
from: 2024-07-01
to: 2024-09-30
policies: policies
facts: {fund: 1000}
"""


def cycle_of_all(folder: Path) -> Path:
    """A cycle whose results need every file: people with and without a result, a row of nobody's, a
    refused change, a pool, a plan that follows."""
    (folder / "policies").mkdir(parents=True)
    (folder / "policies/sales.yaml").write_text(POLICY, "utf-8")
    (folder / "cycle.yaml").write_text(CYCLE, "utf-8")
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def small_results(folder: Path) -> tuple[Path, Path]:
    """The cycle's folder and its results, which revise those of an earlier run beside them."""
    cycle = cycle_of_all(folder / "2024Q3")
    actuals = cycle / "actuals.csv"
    final = actuals.read_text("utf-8")
    actuals.write_text(final.replace("940", "900"), "utf-8")
    earlier, out = (folder / "results" / name for name in ("2024Q3", "2024Q3-revised"))
    for target, revises, text in ((earlier, None, None), (out, earlier, final)):
        if text is not None:
            actuals.write_text(text, "utf-8")
        _, written, findings = write_while(
            target, lambda each: evaluate_cycle(cycle, each=each), revises
        )
        assert written is not None, [one.message() for one in findings]
    return cycle, out


def covered_up(results: Path, *, records: bool = True, outputs: bool = True) -> None:
    """What somebody would do who knows all about the folder: every digest is made to fit.

    Without `records` their own digests stay as they are, without `outputs` what the manifest lists.
    """
    path = results / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    if outputs:
        _refit_outputs(results, manifest, records)
    manifest["digest"] = seal(manifest)
    path.write_text(manifest_json(manifest), "utf-8")


def _refit_outputs(results: Path, manifest: Json, resealed: bool) -> None:
    digests = {}
    for policy in manifest["policies"]:
        digest = hashlib.sha256((results / policy["file"]).read_bytes()).hexdigest()
        digests[policy["digest"]] = policy["digest"] = digest
    head = CHAIN_START
    for name in ("traces.jsonl", "groups.jsonl"):
        if not (results / name).exists():
            continue
        lines = (results / name).read_bytes().splitlines()
        if resealed:
            lines = [_resealed(line, digests) for line in lines]
            (results / name).write_bytes(b"".join(line + b"\n" for line in lines))
        if name == "traces.jsonl":
            for line in lines:
                head = chained(head, line)
            manifest["chain"] = {"head": head, "records": len(lines)}
    for file in manifest["outputs"]:
        data = (results / file["path"]).read_bytes()
        file["sha256"], file["size"] = hashlib.sha256(data).hexdigest(), len(data)


def _resealed(line: bytes, digests: dict[str, str]) -> bytes:
    record = json.loads(line)
    _refit(record, digests)
    record["digest"] = seal(record)
    return canonical(record).encode()


def _refit(node: object, digests: dict[str, str]) -> None:
    """A record's digests of policies, made those of the policies' files."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "digest" and value in digests:
                node[key] = digests[value]
            _refit(value, digests)
    elif isinstance(node, list):
        for one in node:
            _refit(one, digests)


class Field(NamedTuple):
    """A value in a file of a result folder, and what writes the file with it forged."""

    file: str
    path: str
    forge: Callable[[], bytes]

    def put_into(self, results: Path) -> None:
        """Forges it, and makes every digest fit but itself, where it is one."""
        (results / self.file).write_bytes(self.forge())
        root = self.path.partition(".")[0]
        if self.file != "manifest.json":
            covered_up(results, records=not self.path.endswith(".digest"))
        elif root != "digest":
            covered_up(results, outputs=root not in ("outputs", "chain", "policies"))


def fields_of(results: Path) -> Iterator[Field]:
    """Every field of every file, cells of the workbook among them, with its forgery."""
    for path in sorted(one for one in results.rglob("*") if one.is_file()):
        name, data = path.relative_to(results).as_posix(), path.read_bytes()
        if path.suffix == ".csv":
            yield from _table_fields(name, data)
        elif path.suffix == ".xlsx":
            yield from _cells(name, data)
        elif path.suffix in (".json", ".jsonl"):
            yield from _json_fields(name, data)


def field_of(results: Path, file: str, path: str) -> Field:
    """One of them."""
    return next(one for one in fields_of(results) if (one.file, one.path) == (file, path))


def forged(text: str) -> str:
    """Another digit in the place of the last; where there is none, one behind the text."""
    for index in range(len(text) - 1, -1, -1):
        if text[index] in "0123456789":
            return f"{text[:index]}{(int(text[index]) + 1) % 10}{text[index + 1 :]}"
    return f"{text}1"


def _table_fields(name: str, data: bytes) -> Iterator[Field]:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):

            def forge(number: int = number, column: int = column, cell: str = cell) -> bytes:
                changed = [list(row) for row in rows]
                changed[number][column] = forged(cell)
                text = io.StringIO(newline="")
                csv.writer(text, lineterminator="\r\n").writerows(changed)
                return ("\ufeff" + text.getvalue()).encode()

            yield Field(name, f"{number + 1}:{rows[0][column]}", forge)


def _json_fields(name: str, data: bytes) -> Iterator[Field]:
    """The scalars of JSON, or of each line of it; each file is written as it was."""
    lined = name.endswith(".jsonl")
    nodes = [json.loads(line) for line in (data.splitlines() if lined else [data])]

    def text() -> bytes:
        if lined:
            return b"".join(canonical(node).encode() + b"\n" for node in nodes)
        if name == "manifest.json":
            return manifest_json(nodes[0]).encode()
        return (canonical(nodes[0]) + "\n").encode()

    plain = name != "manifest.json" and not lined
    spaced = plain and text() != data

    def written() -> bytes:
        if spaced:
            return (json.dumps(nodes[0], ensure_ascii=False, indent=1) + "\n").encode()
        return text()

    for number, node in enumerate(nodes):
        for holder, key, path in _scalars(node, str(number + 1) if lined else ""):

            def forge(holder: Any = holder, key: Any = key) -> bytes:
                kept = holder[key]
                holder[key] = _other(kept)
                try:
                    return written()
                finally:
                    holder[key] = kept

            yield Field(name, path, forge)


def _other(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if value is None:
        return "1"
    return value + 1 if isinstance(value, int) else forged(str(value))


def _scalars(node: Any, path: str) -> Iterator[tuple[Any, Any, str]]:
    inside = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in inside:
        here = f"{path}.{key}" if path else str(key)
        if isinstance(value, dict | list):
            yield from _scalars(value, here)
        else:
            yield node, key, here


def _cells(name: str, data: bytes) -> Iterator[Field]:
    from openpyxl import load_workbook

    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    path = f"{sheet.title}!{cell.coordinate}"
                    yield Field(name, path, partial(forged_cells, data, [path]))


def forged_cells(data: bytes, paths: Iterable[str]) -> bytes:
    """A workbook with a digit forged in each of these cells (`sheet!C2`)."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    for path in paths:
        title, _, name = path.rpartition("!")
        cell: Any = book[title][name]
        number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
        cell.value = cell.value + 1 if number else forged(str(cell.value))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
