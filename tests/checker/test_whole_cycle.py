"""A cycle with every rule between subjects: the checker accepts all of it, with the records of
the groups, and finds whatever is changed in a trace or in a group."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from jsonschema import Draft7Validator
from tampering import (
    ALLOWED,
    Json,
    changes,
    places_of,
    reseal,
    survivors,
    survivors_of_head,
)
from test_checker import PEOPLE, company_judgements, judgement_of, judgements_of
from whole_cycle import write_cycle

from perfrules.checker import Rejection, check, check_group
from perfrules.checker.groups import claims_of
from perfrules.checker.record import sha256
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.language.to_resolved import resolved_json
from perfrules.records.groups import group_record
from perfrules.records.trace_json import trace_record
from perfrules.words.of_step import SENTENCES

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"


class Cycle(NamedTuple):
    """Records by subject and by group; policies and places by label."""

    traces: dict[str, Json]
    groups: dict[str, Json]
    policies: dict[str, Json]
    places: dict[str, dict[str, str]]

    def checker(self, name: str) -> Callable[[], list[Rejection]]:
        """Checks the trace of a subject as it is when it is called, by the policy that it had."""
        trace = self.traces[name]
        label = "{id}@{version}".format(**trace["policy"])
        return lambda: check(trace, self.policies[label], self.places[label], self.groups)


@cache
def text() -> str:
    with TemporaryDirectory() as folder:
        result = evaluate_cycle(write_cycle(Path(folder) / "cycle"))
    assert not result.findings.errors
    traces = {name: trace_record(one) for name, one in result.appraisals.items()}
    groups = {one.name: group_record(one, result.cycle) for one in result.groups}
    policies = {one.label: json.loads(resolved_json(one.resolved)) for one in result.policies}
    places = {one.label: dict(one.places) for one in result.policies}
    return json.dumps([traces, groups, policies, places])  # in the order of the policies


def cycle() -> Cycle:
    """A fresh copy, to be tampered with."""
    return Cycle(*json.loads(text()))


def test_everything_is_accepted() -> None:
    found = cycle()
    assert len(found.traces) == 35
    for record in found.groups.values():
        assert check_group(record, found.policies) == []
    for name, trace in found.traces.items():
        assert found.checker(name)() == []
        policy = found.policies["{id}@{version}".format(**trace["policy"])]
        assert check(trace, policy) == []


def operations() -> set[str]:
    """What the traces of this cycle, of the company, of the whole policy and of all good cases
    show, which the checker accepts."""
    records = [*cycle().traces.values(), *(one for one, _, _ in company_judgements())]
    records += [judgement_of(name)[0] for name in PEOPLE]
    records += [one for one, _, _ in judgements_of(ROOT / "tests" / "cases" / "good")]
    return {step["operation"] for record in records for step in record["steps"]}


def test_every_operation_of_the_evaluator_is_shown() -> None:
    """One that is forgotten here is one that the checker was never asked about; what the evaluator
    writes has a sentence (tests/words). `not_there` needs results of earlier cycles
    (tests/cycle/test_the_year_so_far.py, which asks the checker)."""
    assert operations() | {"days_until", "not_there"} == set(SENTENCES)


@pytest.mark.parametrize("page", ["trace.md", "zh/trace.md"])
def test_the_pages_tell_every_operation(page: str) -> None:
    section = (DOCS / page).read_text("utf-8").partition("\n### ")[2].partition("\n## ")[0]
    told = re.findall(r"^\| `([a-z_]+)` \|", section, re.MULTILINE)
    assert set(told) == set(SENTENCES)
    assert len(told) == len(set(told))


# ---- what differs is rejected


def steps_to_change() -> Iterator[tuple[str, int]]:
    """One step of each shape in which a cycle has more than a subject alone."""
    seen = set()
    for name, trace in cycle().traces.items():
        for index, step in enumerate(trace["steps"]):
            path = re.sub(r"\d+", "1", step["id"])
            shape = (path if step["operation"] != "given" else "", step["operation"])
            if shape not in seen:
                seen.add(shape)
                yield name, index


@pytest.mark.parametrize(("name", "index"), [*steps_to_change()])
def test_every_change_of_a_step_is_found(name: str, index: int) -> None:
    found = cycle()
    passed = survivors(found.traces[name], index, found.checker(name))
    path = found.traces[name]["steps"][index]["id"].partition("#")[2]
    title = {f"steps.{index}.value"} if path.endswith(".objective") else set()
    assert {path for path in passed if not ALLOWED.fullmatch(path)} == title


@pytest.mark.parametrize("name", ["P06", "P90", "P90#1", "T1"])
def test_every_change_of_the_head_is_found(name: str) -> None:
    found = cycle()
    passed = survivors_of_head(found.traces[name], found.checker(name))
    # Where no rule of the policy reads a date, and no group names the cycle.
    unread = {"cycle", "cycle.from", "cycle.to"} if name in ("P90#1", "T1") else set()
    assert {path for path in passed if not ALLOWED.fullmatch(path)} <= unread


def rules() -> list[str]:
    return sorted(cycle().groups)


@pytest.mark.parametrize("name", rules())
def test_every_change_of_a_group_is_found(name: str) -> None:
    """By itself, or by the trace of a member."""
    found = cycle()
    record = found.groups[name]
    claimed = [
        subject
        for subject, trace in found.traces.items()
        if name in {group for group, _ in claims_of(trace)}
    ]
    assert len(claimed) >= 2
    passed = set()
    for path in changes(record):
        if path != "digest":
            reseal(record)
        fresh = json.loads(json.dumps(record))
        found.groups.pop(name, None)
        found.groups[stated := str(fresh.get("group"))] = fresh
        accepted = not check_group(fresh, found.policies)
        if accepted and not any(found.checker(subject)() for subject in claimed):
            passed.add(path)
        found.groups.pop(stated)
    assert passed == set()


# ---- garbage, the schemas and the command line


GARBAGE = [None, [], {}, 5, "x", {"members": []}, {"members": None, "digest": "x"}]


@pytest.mark.parametrize("index", range(len(GARBAGE)))
def test_garbage_is_rejected(index: int) -> None:
    found = cycle()
    record, policies = found.groups["pools.treat · *"], found.policies
    assert check_group(GARBAGE[index], policies)  # type: ignore[arg-type]
    assert check_group(record, {"sales@1": GARBAGE[index]})  # type: ignore[dict-item]
    found.groups["pools.treat · *"] = GARBAGE[index]  # type: ignore[assignment]
    assert found.checker("P01")()


def test_the_policies_of_a_group_must_have_the_same_rule() -> None:
    found = cycle()
    record = found.groups["distribution · team=T1"]
    other = json.loads(json.dumps(found.policies["sales@1"]))
    other["version"] = "2"
    for quota, reason in ((None, ""), ("0.25", "rule of sales@2")):
        if quota is not None:
            other["distribution"]["quotas"]["A"] = quota
        digest = sha256(json.dumps(other, ensure_ascii=False, indent=2) + "\n")
        record["policies"]["sales@2"], record["members"][3]["policy"] = digest, "sales@2"
        reseal(record)
        rejected = check_group(record, {**found.policies, "sales@2": other})
        assert [reason in one.en for one in rejected] == [True] * bool(quota)
    assert "was not given" in check_group(record, found.policies)[0].en


def schema_of(kind: str) -> Draft7Validator:
    schema = json.loads((ROOT / f"schemas/{kind}.schema.json").read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def assert_no_other_shape(validator: Draft7Validator, record: Json) -> None:
    """That nothing in a record can be an empty mapping or a broken number."""
    assert [one.message for one in validator.iter_errors(record)] == []
    for path, holder, key in list(places_of(record)):
        before = holder[key]
        for holder[key] in ({"extra": {}}, 1.5):
            assert not validator.is_valid(record), path
        holder[key] = before


NEW = {
    "revise", "changed", "roll_up", "from_group", "too_small", "percentile", "seats",
    "distribute", "award_seats", "award", "allocate", "follow_up", "objective_mean",
}  # fmt: skip
"""Operations that somebody judged alone does not show (test_checker.py has the others)."""


def test_traces_fit_the_schema_and_nothing_of_another_shape_does() -> None:
    validator, found = schema_of("trace"), cycle()
    for record in found.traces.values():
        assert [one.message for one in validator.iter_errors(record)] == []
    steps = [found.traces[name]["steps"][index] for name, index in steps_to_change()]
    shown = {step["operation"]: step for step in steps if step["operation"] in NEW}
    assert set(shown) == NEW
    for name, step in zip(found.traces, shown.values(), strict=False):
        assert_no_other_shape(validator, {**found.traces[name], "steps": [step]})


def test_groups_fit_the_schema_and_nothing_of_another_shape_does() -> None:
    validator = schema_of("group")
    for record in cycle().groups.values():
        record["members"] = record["members"][:3]
        assert_no_other_shape(validator, record)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """As an auditor runs it, who was given nothing but the folder."""
    command = [sys.executable, "-I", "-S", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def audit(tmp_path: Path) -> tuple[list[str], list[Json]]:
    """A copy of the checker, the files of a cycle, and the traces as they stand there."""
    found = cycle()
    shutil.copytree(ROOT / "perfrules/checker", tmp_path / "the checker")
    for label, policy in found.policies.items():
        (tmp_path / f"{label}.json").write_text(json.dumps(policy), "utf-8")
        places = json.dumps(found.places[label])
        (tmp_path / f"{label}.places.json").write_text(places, "utf-8")
    lines = "".join(json.dumps(one) + "\n" for one in found.groups.values())
    (tmp_path / "groups.jsonl").write_text(lines, "utf-8")
    files = [str(path) for path in sorted(tmp_path.glob("*.json"))]
    traces, groups = str(tmp_path / "traces.jsonl"), str(tmp_path / "groups.jsonl")
    command = [str(tmp_path / "the checker"), traces, "--groups", groups, *files]
    return command, [*found.traces.values()]


def write(command: list[str], traces: list[Json]) -> None:
    text = "".join(json.dumps(one) + "\n" for one in traces)
    Path(command[1]).write_text(text, "utf-8")


def test_the_folder_of_the_checker_can_be_copied(audit: tuple[list[str], list[Json]]) -> None:
    command, traces = audit
    write(command, traces)
    done = run(*command)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "35 accepted, 0 rejected\n"
    done = run(*command[:2], *command[4:])
    assert (done.returncode, done.stderr) == (0, "35 accepted, 0 rejected\n")


def test_every_member_is_one_subject(audit: tuple[list[str], list[Json]]) -> None:
    command, traces = audit
    gone = next(one for one in traces if one["subject"] == "P10")
    twice = next(one for one in traces if one["subject"] == "P12")
    write(command, [*(one for one in traces if one is not gone), {**twice}])
    done = run(*command)
    assert done.returncode == 6
    assert done.stderr == "35 accepted, 0 rejected\n"
    members = {
        mine: {member for _, member in claims_of(one)}
        for mine, one in (("nobody is", gone), ("2 claim to be", twice))
    }
    said = done.stdout.splitlines()
    assert len(said) == len(claims_of(gone)) + len(claims_of(twice))
    for line in said:
        member = line.split(": ")[1]
        assert any(words in line and member in one for words, one in members.items()), line


def test_a_group_that_is_not_accepted_is_none(audit: tuple[list[str], list[Json]]) -> None:
    command, traces = audit
    write(command, traces)
    path = Path(command[3])
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0].replace("M01", "M10"), *lines[1:], lines[1], "{"]), "utf-8")
    done = run(*command)
    assert done.returncode == 6
    accepted, rejected = re.findall(r"\d+", done.stderr)
    assert int(accepted) + int(rejected) == len(traces)
    assert int(rejected) >= 2  # whoever stands in the first group
    rows = re.findall(r"groups\.jsonl:(\d+): : ", done.stdout)
    assert rows == ["1", str(len(lines) + 1), str(len(lines) + 2)]
