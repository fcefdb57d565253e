import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from perfrules.cycle.evaluate_cycle import evaluate_cycle, iter_appraisals, open_cycle
from perfrules.cycle.judging import Judging
from perfrules.model.cycle_result import CycleResult, Judged
from perfrules.records.trace_json import canonical, trace_record

EditFile = Callable[[Path, Callable[[list[dict[str, str]]], list[dict[str, str]]]], None]


def line(result: CycleResult, person: str) -> Judged:
    return next(one for one in result.judged if one.person == person)


def traces(result: CycleResult) -> dict[str, str]:
    return {
        person: canonical(trace_record(appraisal))
        for person, appraisal in result.appraisals.items()
    }


def set_value(person: str, indicator: str, column: str, value: str) -> Any:
    def change(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        for row in rows:
            if row["person_id"] == person and row["indicator"] == indicator:
                row[column] = value
                return rows
        raise AssertionError(f"no row of {person}, {indicator}")

    return change


def test_everybody_has_a_result_or_a_reason(folder: Path) -> None:
    result = evaluate_cycle(folder)
    assert result.refused is None
    assert [one.person for one in result.judged] == sorted(one.person for one in result.judged)
    people = [one for one in result.judged if one.kind == "person"]
    assert len(people) == 40
    reasons = {one.person: {reason.code for reason in one.reasons} for one in result.rejected}
    assert reasons == {
        "E1008": {"missing-target"},
        "E1019": {"unit-suffix"},
        "E1035": {"unknown-event"},
        "E1036": {"ambiguous-percent"},
        "E1040": {"unknown-policy"},
        "T103": {"member-without-figure"},
    }
    for one in result.rejected:
        assert (one.total, one.grade, dict(one.pay)) == (None, None, {})
    for one in result.complete:
        assert one.total is not None
        assert one.grade
        assert bool(one.pay) is (one.kind == "person")
        appraisal = result.appraisals[one.person]
        assert (appraisal.total, appraisal.grade, appraisal.pay) == (one.total, one.grade, one.pay)
    counts = result.counts
    assert (counts["people"], counts["teams"], counts["departments"], counts["projects"]) == (
        40, 2, 1, 1,
    )  # fmt: skip
    for kind in ("people", "teams", "departments", "projects", "segments"):
        parts = counts[f"{kind}_with_result"] + counts[f"{kind}_without_result"]
        assert parts == counts[kind]


def test_the_order_of_the_rows_changes_nothing(folder: Path, edit: EditFile) -> None:
    before = evaluate_cycle(folder)
    for name in ("people", "actuals", "ratings", "events"):
        edit(folder / f"{name}.csv", lambda rows: rows[::-1])
    after = evaluate_cycle(folder)

    def results(result: CycleResult) -> list[Judged]:
        return [replace(one, place="", problems=()) for one in result.judged]

    assert results(before) == results(after)


def test_nobodys_data_change_the_record_of_another(folder: Path, edit: EditFile) -> None:
    """But for those whom a rule compares with them, and the units that they are members of."""
    before = evaluate_cycle(folder)
    edit(folder / "actuals.csv", set_value("E1009", "channel_sales", "actual", "not a number"))
    edit(folder / "actuals.csv", set_value("E1003", "sales_amount", "actual", "1"))
    after = evaluate_cycle(folder)
    assert line(before, "E1003").total != line(after, "E1003").total
    assert line(before, "E1009").complete
    assert not line(after, "E1009").complete
    # Who is ranked with the two in their department, and reads what the team came to.
    compared = {one.person for one in before.judged if one.role in ("sales", "channel")}
    one, other = (
        {
            # The numbers of the members are drawn anew wherever an input is another one.
            person: re.sub(r'"(member|digest)":"[^"]*"', "", text)
            for person, text in traces(found).items()
            if person not in compared and line(found, person).kind in ("person", "segment")
        }
        for found in (before, after)
    )
    assert len(one) > 20
    assert one == other


def test_an_attainment_hard_to_believe_is_a_warning(folder: Path, edit: EditFile) -> None:
    (folder / "targets.yaml").unlink(missing_ok=True)  # where the same targets stand
    edit(folder / "actuals.csv", set_value("E1001", "sales_amount", "target", "1000"))
    one = line(evaluate_cycle(folder), "E1001")
    assert one.complete
    assert [problem.code for problem in one.problems] == ["outlier"]
    assert str(one.problems[0].place).startswith("actuals.csv:")
    edit(folder / "actuals.csv", set_value("E1001", "sales_amount", "actual", "10000"))
    assert not line(evaluate_cycle(folder), "E1001").problems, "1000 % itself is none"


def test_a_policy_that_does_not_compile_ends_it(folder: Path) -> None:
    policy = folder.parent.parent / "policies/seo.yaml"
    policy.write_text(policy.read_text("utf-8").replace("weight: ", "wieght: ", 1), "utf-8")
    result = evaluate_cycle(folder)
    assert result.refused == "policies"
    assert not result.judged
    assert "unknown-key" in {one.code for one in result.findings.errors}


def test_a_folder_without_a_cycle_ends_it(tmp_path: Path) -> None:
    result = evaluate_cycle(tmp_path)
    assert (result.refused, result.judged) == ("cycle", ())
    assert result.findings.errors


def test_a_table_that_cannot_be_used_ends_it(folder: Path) -> None:
    people = folder / "people.csv"
    people.write_text(people.read_text("utf-8").replace("person_id", "number", 1), "utf-8")
    result = evaluate_cycle(folder)
    assert (result.refused, result.judged) == ("data", ())
    assert "missing-column" in {one.code for one in result.findings.errors}


def test_a_policy_for_another_kind_of_cycle_judges_nobody(folder: Path) -> None:
    setting = folder / "cycle.yaml"
    setting.write_text(setting.read_text("utf-8").replace("quarter", "month"), "utf-8")
    result = evaluate_cycle(folder)
    codes = {reason.code for one in result.rejected for reason in one.reasons}
    assert not result.complete
    assert codes >= {"other-cycle-kind", "unknown-policy"}


def test_with_a_taker_no_appraisal_is_kept(folder: Path) -> None:
    taken: list[str] = []
    told: list[tuple[int, int]] = []
    result = evaluate_cycle(
        folder,
        each=lambda one, appraisal: taken.append(one.person),
        progress=lambda done, total: told.append((done, total)),
    )
    assert not result.appraisals
    assert taken == [one.person for one in result.judged]
    assert told[0][0] == 1
    assert told[-1][0] == told[-1][1] >= 44


def test_appraisals_come_one_by_one(folder: Path) -> None:
    opened = open_cycle(folder)
    judging = Judging(opened.subjects, "salt")
    judging.prepare()
    stream = iter_appraisals(opened, judging)
    first, appraisal = next(stream)
    assert first.person == "00123"
    assert appraisal is not None
    assert appraisal.total == first.total


@pytest.mark.parametrize("name", ["people.csv", "../../policies/sales.yaml"])
def test_an_input_that_changes_meanwhile_is_noticed(folder: Path, name: str) -> None:
    result = evaluate_cycle(
        folder, each=lambda one, appraisal: (folder / name).write_bytes(b"something else")
    )
    assert result.refused == "data"
    assert [one.facts["path"] for one in result.findings.errors] == [name]
