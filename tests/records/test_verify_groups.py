"""Verifying what subjects have from one another: groups, units, roles that were held in turn.

Whoever forges here knows all about the folder: every seal, digest and chain is made to fit.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.exact import plain
from perfrules.records.manifest import manifest_json
from perfrules.records.seals import CHAIN_START, chained, seal
from perfrules.records.trace_json import canonical
from perfrules.records.verify import verify
from perfrules.records.write import write_results

Json = dict[str, Any]

SALES = """\
policy: sales
indicators:
  amount: {weight: 60%, target: required, score: {bands: [
    {at_least: 100%, score: 100}, {at_least: 50%, score: [50, 100]}, {otherwise: 0}]}}
  rank: {weight: 40%, target: none, score: {on: percentile, bands: [
    {at_least: 50%, score: 100}, {otherwise: 60}]}}
vetoes: {fraud: {when: fraud > 0, then: {grade: C}}}
grades: [{grade: A, at_least: 85}, {grade: B, at_least: 70}, {otherwise: C}]
distribution: {within: team, min_group: 3, quotas: {A: {at_most: 40%}}, order: [total desc]}
awards: {star: {order: [total desc], top: 20%, only_if: total >= 60}}
incentives:
  bonus: {base: team.total * 10}
  gift: {base: "200", moves: sum}
pools: {fund: {amount: cycle.fund, share_by: "1"}}
follow_ups: {plan: {when: grade == "C", due_days: 30}}
"""
SUPPORT = """\
policy: support
indicators:
  care: {weight: 100%, score: {direct: {min: 0, max: 100}}}
grades: [{grade: A, at_least: 85}, {grade: B, at_least: 70}, {otherwise: C}]
incentives: {bonus: {base: "900"}}
"""
TEAM = """\
policy: team
subject: team
indicators:
  amount:
    {weight: 50%, roll_up: {of: amount.actual, by: mean}, score: {direct: {min: 0, max: 100}}}
  weighted:
    {weight: 50%, roll_up: {of: rank.score, by: weighted_mean, weight: amount.actual},
     score: {direct: {min: 0, max: 100}}}
"""
CYCLE = """\
id: 2024Q3
from: 2024-07-01
to: 2024-09-30
policies: policies
facts: {fund: 1000}
"""
TABLES = {
    "units": "unit_id,role,name\nA1,team,一组\nT2,team,二组\n",
    "events": "person_id,event,count,segment\nE7,fraud,1,1\n",
    "segments": "person_id,role,from,to,segment\n"
    "E7,sales,2024-07-01,2024-07-31,1\nE7,support,2024-08-01,2024-09-30,2\n",
}
FIGURES = {"E1": (94, 9), "E2": (94, 8), "E3": (79, 7), "E4": (75, 6), "E5": (70, 5), "E6": (60, 4)}
"""An id before and an id after those of the people stands for a team."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A cycle with every rule between subjects, and its results."""
    folder = tmp_path_factory.mktemp("whole") / "2024Q3"
    (folder / "policies").mkdir(parents=True)
    for text in (SALES, SUPPORT, TEAM):
        name = text.partition("\n")[0].removeprefix("policy: ")
        (folder / f"policies/{name}.yaml").write_text(text, "utf-8")
    people, actuals = "person_id,role,team\n", "person_id,indicator,actual,target,segment\n"
    for person, (amount, rank) in FIGURES.items():
        people += f"{person},sales,{'A1' if person < 'E4' else '二组'}\n"
        actuals += f"{person},amount,{amount},100,\n{person},rank,{rank},,\n"
    people += "E7,support,T2\n"
    actuals += "E7,amount,88,100,1\nE7,rank,3,,1\nE7,care,90,,2\n"
    tables = {**TABLES, "people": people, "actuals": actuals}
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    (folder / "cycle.yaml").write_text(CYCLE, "utf-8")
    result = evaluate_cycle(folder)
    assert not result.rejected, [one.reasons for one in result.rejected]
    written, _ = write_results(result, folder.parent / "results")
    assert written is not None
    return folder, written.folder


class Forger:
    """The records of a copy of the results, to be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.traces, self.groups = (
            [json.loads(line) for line in (folder / name).read_bytes().splitlines()]
            for name in ("traces.jsonl", "groups.jsonl")
        )

    def trace(self, subject: str) -> Json:
        return next(one for one in self.traces if one["subject"] == subject)

    def group(self, name: str) -> Json:
        return next(one for one in self.groups if one["group"] == name)

    def step(self, subject: str, path: str) -> Json:
        steps = self.trace(subject)["steps"]
        return next(one for one in steps if one["id"].endswith(f"#{path}"))

    def found(self) -> set[tuple[str, str]]:
        """What `verify` says when all seals are made anew: the code, and whose record."""
        for name, records in (("traces.jsonl", self.traces), ("groups.jsonl", self.groups)):
            for record in records:
                record["digest"] = seal(record)
            lines = [canonical(record).encode() + b"\n" for record in records]
            (self.folder / name).write_bytes(b"".join(lines))
        path = self.folder / "manifest.json"
        manifest = json.loads(path.read_text("utf-8"))
        for file in manifest["outputs"]:
            data = (self.folder / file["path"]).read_bytes()
            file["sha256"], file["size"] = hashlib.sha256(data).hexdigest(), len(data)
        head = CHAIN_START
        for record in self.traces:
            head = chained(head, canonical(record).encode())
        manifest["chain"] = {"head": head, "records": len(self.traces)}
        manifest["digest"] = seal(manifest)
        path.write_text(manifest_json(manifest), "utf-8")
        said = verify(self.folder)
        for one in said:
            assert one.message("zh")
            assert one.message("en")
        return {(one.code, str(one.facts.get("record", one.facts.get("group")))) for one in said}


@pytest.fixture
def forger(made: tuple[Path, Path], tmp_path: Path) -> Forger:
    return Forger(Path(shutil.copytree(made[1], tmp_path / "results")))


def test_all_of_it_is_accepted(made: tuple[Path, Path], forger: Forger) -> None:
    folder, results = made
    assert verify(results) == ()
    assert verify(results, folder) == ()
    assert [one["group"] for one in forger.groups] == [
        "awards.star · *", "distribution · team=A1", "distribution · team=T2",
        "indicators.rank · *", "pools.fund · *",
    ]  # fmt: skip
    assert forger.found() == set(), "made anew and nothing changed"


# Groups

GROUP = "distribution · team=A1"


def member_of(forger: Forger, person: str, rule: str) -> str:
    return str(forger.step(person, f"{rule}.size")["origin"]["member"])


def test_a_changed_figure_of_a_member_is_not_that_of_its_trace(forger: Forger) -> None:
    wanted = member_of(forger, "E3", "distribution")
    (member,) = (one for one in forger.group(GROUP)["members"] if one["member"] == wanted)
    member["keys"] = ["79.5"]
    assert ("rejected-record", "E3") in forger.found()
    member["keys"] = ["99"]  # now the places of the others are wrong too
    assert {("rejected-record", one) for one in ("E1", "E2", "E3")} <= forger.found()


def test_a_member_that_is_taken_out_is_missed(forger: Forger) -> None:
    group = forger.group(GROUP)
    gone = group["members"].pop()["member"]
    people = [one for one in ("E1", "E2", "E3") if member_of(forger, one, "distribution") == gone]
    found = forger.found()
    # All have another size now, and one is a member that the group has not.
    assert {("rejected-record", one) for one in ("E1", "E2", "E3")} <= found
    assert len(people) == 1
    assert ("wrong-member", GROUP) in found


def test_a_group_that_is_taken_out_is_missed(forger: Forger) -> None:
    forger.groups.remove(forger.group(GROUP))
    assert {("rejected-record", one) for one in ("E1", "E2", "E3")} <= forger.found()


def test_two_people_cannot_be_one_member(forger: Forger) -> None:
    mine, other = (member_of(forger, one, "distribution") for one in ("E1", "E2"))
    for step in forger.trace("E1")["steps"]:
        if step.get("origin", {}).get("group") == GROUP:
            assert step["origin"]["member"] == mine
            step["origin"]["member"] = other
    # Their figures are equal, so that each trace is right by itself.
    assert forger.found() == {("wrong-member", GROUP)}
    assert {one.facts["count"] for one in verify(forger.folder)} == {0, 2}


def test_a_changed_place_is_not_what_the_group_gives(forger: Forger) -> None:
    for name, value in (("above", "1"), ("equal", "1"), ("size", "4"), ("counts.A", "2")):
        step = forger.step("E1", f"distribution.{name}")
        before, step["value"] = step["value"], value
        assert before != value
        assert ("rejected-record", "E1") in forger.found(), name
        step["value"] = before
    assert forger.found() == set()


def test_equal_shares_take_their_turns_by_id(forger: Forger) -> None:
    # 1000 in six: four cents are left, and the first four have one each.
    paid = [forger.trace(one)["pay"]["fund"] for one in FIGURES]
    assert paid == ["166.67"] * 4 + ["166.66"] * 2
    for person, turn, pay in (("E4", "4", "166.66"), ("E5", "3", "166.67")):
        forger.trace(person)["pay"]["fund"] = pay
        forger.step(person, "pools.fund.ahead")["value"] = turn
        step = forger.step(person, "pay.fund")
        step["value"] = pay
        next(one for one in step["operands"] if one["step"].endswith(".ahead"))["value"] = turn
        added_up(forger, person)
    edit_table(forger.folder, {"E4": ("166.67", "166.66"), "E5": ("166.66", "166.67")})
    assert forger.found() == {("wrong-turn", "E4")}


def added_up(forger: Forger, person: str) -> None:
    """Makes the sum of all pay, in the record and in the table, what the forged lines come to."""
    record, step = forger.trace(person), forger.step(person, "pay_total")
    before, paid = record["pay_total"], record["pay"]
    for one in step["operands"]:
        one["value"] = paid[one["step"].rpartition("#pay.")[2]]
    step["value"] = record["pay_total"] = plain(sum(map(Decimal, paid.values()), Decimal(0)))
    path = forger.folder / "appraisals.csv"
    rows = path.read_bytes().decode().splitlines(keepends=True)
    for index, row in enumerate(rows):
        if row.startswith(f"{person},"):
            assert row.endswith(f",{before}\r\n")
            rows[index] = row.removesuffix(f"{before}\r\n") + f"{step['value']}\r\n"
    path.write_bytes("".join(rows).encode())


def edit_table(folder: Path, changes: dict[str, tuple[str, str]]) -> None:
    """Makes the rows of people say what their forged records do, and has no workbook that could
    say otherwise."""
    (folder / "appraisals.xlsx").unlink(missing_ok=True)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["outputs"] = [one for one in manifest["outputs"] if one["path"] != "appraisals.xlsx"]
    (folder / "manifest.json").write_text(manifest_json(manifest), "utf-8")
    path = folder / "appraisals.csv"
    rows = path.read_bytes().decode().splitlines(keepends=True)
    for index, row in enumerate(rows):
        if (person := row.partition(",")[0]) in changes:
            assert changes[person][0] in row
            rows[index] = row.replace(*changes[person])
    path.write_bytes("".join(rows).encode())


def test_with_the_inputs_every_file_is_made_once_more(
    made: tuple[Path, Path], forger: Forger
) -> None:
    table = forger.folder / "follow_ups.csv"
    text = table.read_bytes().decode()
    assert "E6," in text
    table.write_bytes("".join(row for row in text.splitlines(True) if "E6," not in row).encode())
    assert {code for code, _ in forger.found()} == {"cell-disagrees"}, "the record has it"
    table.write_bytes(text.encode())
    places = next(forger.folder.glob("policies/support@*.places.json"))
    here = places.read_text("utf-8")
    places.write_text(here.replace("support.yaml:3:41", "support.yaml:3:42", 1), "utf-8")
    assert places.read_text("utf-8") != here
    assert forger.found() == set(), "nothing else has it"
    (one,) = verify(forger.folder, made[0])
    assert (one.code, str(one.place)) == ("replay-differs", str(places))


# Units and roles


def everywhere(record: Json, old: str, new: str) -> None:
    """A value changed wherever it stands in a record, so that it agrees with itself."""
    text = canonical(record)
    assert f'"value":"{old}"' in text
    changed = json.loads(text.replace(f'"value":"{old}"', f'"value":"{new}"'))
    record.clear()
    record.update(changed)


def test_what_a_team_came_to_is_what_its_members_read(forger: Forger) -> None:
    assert forger.step("E1", "team.total")["value"] == "94.5"
    record = forger.trace("E1")
    everywhere(record, "94.5", "95.5")
    everywhere(record, "945", "955")
    record["pay"]["bonus"] = "955"
    added_up(forger, "E1")
    edit_table(forger.folder, {"E1": (",945,", ",955,")})
    # By itself the trace is right.
    assert forger.found() == {("wrong-reference", "E1")}


@pytest.mark.parametrize(
    "origin",
    [{}, {"place": "units.csv:2"}, {"record": "T9", "step": "total"},
     {"record": "A1", "step": "indicators.amount.actual"}, {"record": "E2", "step": "total"},
     {"record": "E7#1", "step": "total"}],
)  # fmt: skip
def test_a_result_of_a_unit_is_taken_from_a_unit(forger: Forger, origin: Json) -> None:
    forger.step("E1", "team.total")["origin"] = origin
    assert forger.found() == {("wrong-reference", "E1")}


def test_the_order_of_the_ids_does_not_matter(forger: Forger) -> None:
    for team in ("A1", "T2"):  # one is read before its members, one after them
        shown = forger.step(team, "total")["value"]
        record = forger.trace(team)
        people = [one for one in FIGURES if (one < "E4") is (team == "A1")]
        before = canonical(record)
        everywhere(record, shown, "11")
        assert {("wrong-reference", one) for one in people} <= forger.found()
        record.update(json.loads(before))


def test_a_figure_that_no_member_has_is_noticed(forger: Forger) -> None:
    everywhere(forger.trace("T2"), "75", "85")
    assert ("wrong-reference", "T2") in forger.found()


def test_a_role_counts_with_what_came_of_it(forger: Forger) -> None:
    everywhere(forger.trace("E7"), forger.step("E7#1", "total")["value"], "100")
    assert ("wrong-reference", "E7") in forger.found()


def drop(forger: Forger, subject: str, path: str) -> None:
    record = forger.trace(subject)
    record["steps"] = [
        one for one in record["steps"] if not one["id"].partition("#")[2].startswith(path)
    ]
    for step in record["steps"]:
        step["operands"] = [
            one for one in step["operands"] if f"#{path}" not in one.get("step", "")
        ]


@pytest.mark.parametrize("path", ["segments.1.cap", "pay.gift.segments.1", "segments.2"])
def test_nothing_of_a_role_is_left_out(forger: Forger, path: str) -> None:
    drop(forger, "E7", path)
    assert ("wrong-reference", "E7") in forger.found()


def test_a_role_that_is_not_there_counts_for_nothing(forger: Forger) -> None:
    forger.traces.remove(forger.trace("E7#2"))
    assert forger.found() >= {("wrong-reference", "E7")}


def test_figures_of_the_last_role_are_those_of_its_record(forger: Forger) -> None:
    step = forger.step("E7", "segments.2.total")
    step["origin"] = {"record": "E7#1", "step": "total"}
    assert ("wrong-reference", "E7") in forger.found()


# Garbage


@pytest.mark.parametrize(
    "garble",
    [lambda one: one.update(steps=None), lambda one: one.update(steps=[None]),
     lambda one: one.update(steps=[{"id": 5}]), lambda one: one["steps"][0].pop("id"),
     lambda one: one["steps"][0].update(origin=5), lambda one: one.update(subject_kind=[]),
     lambda one: one["steps"][-1].pop("operation"), lambda one: one["steps"][0].update(value=[])],
)  # fmt: skip
def test_no_garbage_makes_it_stumble(forger: Forger, garble: Callable[[Json], object]) -> None:
    for subject in ("E1", "E7", "E7#1", "A1"):
        garble(forger.trace(subject))
    assert forger.found()


@pytest.mark.parametrize(
    "garble",
    [lambda one: one.update(members=None), lambda one: one.update(members=[None]),
     lambda one: one["members"][0].pop("policy"), lambda one: one.update(rule=5),
     lambda one: one.update(policies=[])],
)  # fmt: skip
def test_no_group_of_garbage_makes_it_stumble(
    forger: Forger, garble: Callable[[Json], object]
) -> None:
    for group in forger.groups:
        garble(group)
    assert forger.found()
