"""Somebody who moved within the cycle: each role by its own policy, the total by days."""

from decimal import Decimal
from pathlib import Path

from small_cycle import (
    DIRECT,
    checked,
    codes,
    grades,
    line,
    pay,
    step,
    table,
    totals,
    value,
    write,
)

from perfrules.model.cycle_result import CycleResult

LADDER = "grades: [{grade: S, at_least: 90}, {grade: A, at_least: 80}, {otherwise: B}]\n"
SALES = f"""\
indicators:
  amount: {{weight: 100%, {DIRECT}}}
{LADDER}incentives:
  bonus: {{base: total * 100}}
  gift: {{base: "500", moves: sum}}
"""
SUPPORT = f"""\
indicators:
  care: {{weight: 100%, {DIRECT}}}
{LADDER}incentives:
  bonus: {{base: total * 50}}
  gift: {{base: "300", moves: sum}}
"""
PEOPLE = table(
    "person_id,name,role,team",
    "E1,示例员工01,support,T1",
    "E2,示例员工02,support,T1",
)
SEGMENTS = table(
    "person_id,role,from,to,segment",
    "E1,sales,2024-07-01,2024-07-31,1",
    "E1,support,2024-08-01,2024-09-30,2",
)
ACTUALS = table("person_id,indicator,actual", "E1,amount,90", "E1,care,80", "E2,care,75")


def cycle(folder: Path, policies: dict[str, str] | None = None, **tables: str) -> CycleResult:
    given = {"people": PEOPLE, "segments": SEGMENTS, "actuals": ACTUALS, **tables}
    named = {"sales": SALES, "support": SUPPORT, **(policies or {})}
    return checked(write(folder / "cycle", named, **given))


def test_the_total_is_that_of_the_roles_by_days(tmp_path: Path) -> None:
    # P19: 31 days at 90, 61 days at 80.
    result = cycle(tmp_path)
    assert codes(result) == {}
    assert totals(result, "E1", "E1#1", "E1#2") == ["83.37", "90", "80"]
    assert value(result, "E1", "total.sum") == "7670"
    assert value(result, "E1", "total.weights") == "92"
    assert value(result, "E1", "total.share") == "83.3695652174"
    assert grades(result, "E1", "E1#1", "E1#2") == ["A", "S", "A"]
    assert [(one.person, one.kind) for one in result.judged] == [
        ("E1", "person"), ("E1#1", "segment"), ("E1#2", "segment"), ("E2", "person"),
    ]  # fmt: skip
    # Who moved is one of those with a result, and each role is only a part of that.
    assert [one.person for one in result.complete] == ["E1", "E2"]
    assert result.counts["people"] == 2


def test_each_figure_names_the_record_that_it_comes_from(tmp_path: Path) -> None:
    result = cycle(tmp_path)
    for row, total in (("1", "90"), ("2", "80")):
        read = step(result, "E1", f"segments.{row}.total")
        assert read.origin is not None
        assert (read.origin.record, read.origin.step) == (f"E1#{row}", "total")
        assert value(result, "E1", f"segments.{row}.total") == total
    days = step(result, "E1", "segments.2.days")
    assert days.origin is not None
    assert (str(days.value), days.origin.place) == ("61", "segments.csv:3")


def test_pay_counts_by_days_or_adds_up(tmp_path: Path) -> None:
    result = cycle(tmp_path)
    # (31 x 9000 + 61 x 4000) / 92, and 500 + 300.
    assert pay(result, "bonus", "E1", "E1#1", "E1#2") == ["5684.78", "9000", "4000"]
    assert pay(result, "gift", "E1") == ["800"]
    assert value(result, "E1", "pay.bonus.segments.1.weighted") == "279000"


def test_a_plan_of_one_role_alone_counts_for_its_days(tmp_path: Path) -> None:
    sales = SALES + "  travel: {base: '920'}\n"
    result = cycle(tmp_path, {"sales": sales})
    assert pay(result, "travel", "E1", "E2") == ["310", ""]


def test_days_between_the_roles_do_not_count(tmp_path: Path) -> None:
    # Away for the whole of August: 31 days and 30.
    result = cycle(tmp_path, segments=SEGMENTS.replace("2024-08-01", "2024-09-01"))
    assert value(result, "E1", "total.weights") == "61"
    assert totals(result, "E1") == ["85.08"]  # (31 x 90 + 30 x 80) / 61


def test_a_veto_in_one_role_caps_the_grade_of_the_whole(tmp_path: Path) -> None:
    veto = "vetoes: {fraud: {when: fraud > 0, then: {grade: B}}}\n"
    events = table("person_id,event,count,segment", "E1,fraud,1,1")
    result = cycle(tmp_path, {"sales": SALES + veto}, events=events)
    assert totals(result, "E1") == ["83.37"]
    assert grades(result, "E1", "E1#1", "E1#2") == ["B", "B", "A"]
    cap = step(result, "E1", "segments.1.cap")
    assert cap.origin is not None
    assert (cap.value, cap.origin.record) == ("B", "E1#1")


def test_a_calibration_does_not_lift_the_grade_over_such_a_cap(tmp_path: Path) -> None:
    veto = "vetoes: {fraud: {when: fraud > 0, then: {grade: B}}}\n"
    result = cycle(
        tmp_path,
        {"sales": SALES + veto},
        events=table("person_id,event,count,segment", "E1,fraud,1,1"),
        calibrations=table(
            "person_id,date,what,before,after,reason,approved_by",
            "E1,2024-10-08,grade,B,S,示例,示例经理01",
        ),
    )
    assert grades(result, "E1") == ["B"]
    assert value(result, "E1", "grade.revised.1") == "S"


def test_a_segment_at_fault_leaves_the_person_without_a_result(tmp_path: Path) -> None:
    result = cycle(tmp_path, actuals=ACTUALS.replace("E1,amount,90\n", ""))
    assert codes(result)["E1#1"] == ["missing-actual"]
    assert codes(result)["E1"] == ["segment-at-fault"]
    assert line(result, "E1#2").complete
    result = cycle(tmp_path, actuals=ACTUALS.replace("E1,amount,90", "E1,amount,101"))
    assert codes(result) == {"E1": ["segment-at-fault"], "E1#1": ["out-of-range"]}


def test_quotas_compare_those_who_moved_with_those_who_stayed(tmp_path: Path) -> None:
    quotas = "distribution: {quotas: {S: {at_most: 20%}}, order: [total desc]}\n"
    ladder = LADDER.replace("at_least: 90", "at_least: 82")
    policies = {
        "sales": SALES.replace(LADDER, ladder),
        "support": SUPPORT.replace(LADDER, ladder + quotas),
    }
    people, actuals = PEOPLE, ACTUALS
    for row in range(3, 6):
        people += f"E{row},示例员工0{row},support,T1\n"
        actuals += f"E{row},care,{80 + row}\n"
    result = cycle(tmp_path, policies, people=people, actuals=actuals)
    # E5 has 85, E4 84, the one who moved 83.37, E3 83: one seat of five.
    assert grades(result, "E5", "E4", "E1", "E3", "E2") == ["S", "A", "A", "A", "B"]
    assert value(result, "E1", "distribution.size") == "5"
    assert value(result, "E1", "distribution.above") == "2"
    assert len(result.groups) == 1
    # A role alone stands in no quota: the person does.
    assert grades(result, "E1#1") == ["S"]
    assert "distribution.size" not in result.appraisals["E1#2"].steps


def test_a_percentile_compares_a_role_with_those_who_held_it(tmp_path: Path) -> None:
    ranked = """\
indicators:
  calls:
    weight: 100%
    target: none
    score: {on: percentile, bands: [{at_least: 75%, score: 100}, {at_least: 25%, score: 80},
      {otherwise: 60}]}
"""
    people, actuals = PEOPLE, ACTUALS.replace("care", "calls")
    for row in range(3, 5):
        people += f"E{row},示例员工0{row},support,T1\n"
        actuals += f"E{row},calls,{60 + row}\n"
    pool = "pools: {fund: {amount: '100', share_by: total}}\n"
    result = cycle(tmp_path, {"support": ranked + pool}, people=people, actuals=actuals)
    assert codes(result) == {}
    # 80 of the role, 75, 64, 63: percentiles 87.5, 62.5, 37.5, 12.5.
    assert totals(result, "E1#2", "E2", "E4", "E3") == ["100", "80", "80", "60"]
    assert value(result, "E1#2", "indicators.calls.group.size") == "4"
    assert totals(result, "E1") == ["96.63"]  # (31 x 90 + 61 x 100) / 92
    # The pool waits for everybody's total, also for that of the one who waited for the roles.
    assert sum(map(Decimal, pay(result, "fund", "E1", "E2", "E3", "E4"))) == 100
    assert pay(result, "fund", "E1#2") == [""]


def test_the_names_of_indicators_mean_the_last_role(tmp_path: Path) -> None:
    follow = "follow_ups: {talk: {when: care.score < 85}}\n"
    result = cycle(tmp_path, {"support": SUPPORT + follow})
    assert list(line(result, "E1").follow_ups) == ["talk"]
    read = step(result, "E1", "indicators.care.score")
    assert read.origin is not None
    assert (read.origin.record, read.origin.step) == ("E1#2", "indicators.care.score")


def test_each_role_counts_for_the_team_that_it_was_held_in(tmp_path: Path) -> None:
    team = f"""\
subject: team
indicators:
  level: {{weight: 100%, roll_up: {{of: total, by: mean}}, {DIRECT}}}
"""
    result = cycle(
        tmp_path,
        {"team": team},
        units=table("unit_id,role,name", "T1,team,一队", "T2,team,二队"),
        segments=table(
            "person_id,role,from,to,segment,team",
            "E1,sales,2024-07-01,2024-07-31,1,T2",
            "E1,support,2024-08-01,2024-09-30,2,T1",
        ),
    )
    assert codes(result) == {}
    assert totals(result, "T1", "T2") == ["77.5", "90"]  # 80 and 75; 90 alone


def test_the_same_role_twice_needs_rows_that_name_the_segment(tmp_path: Path) -> None:
    segments = SEGMENTS.replace("E1,sales", "E1,support")
    result = cycle(tmp_path, segments=segments, actuals=ACTUALS.replace("E1,amount", "E1,care"))
    assert "which-segment" in codes(result)["E1"]
    assert totals(result, "E1", "E2") == ["", "75"]
    actuals = table(
        "person_id,indicator,actual,segment", "E1,care,90,1", "E1,care,80,2", "E2,care,75,"
    )
    result = cycle(tmp_path, segments=segments, actuals=actuals)
    assert totals(result, "E1") == ["83.37"]


LIMITED = SUPPORT + "payouts: {at_least: person.promised, at_most: total * 60}\n"
PROMISED = table(
    "person_id,name,role,team,promised",
    "E1,示例员工01,support,T1,7000",
    "E2,示例员工02,support,T1,4500",
)


def test_limits_of_all_incentives_are_those_of_the_last_role_and_hold_once(tmp_path: Path) -> None:
    sales = SALES + "payouts: {at_most: 1}\n"
    people = PROMISED.replace("7000", "0")
    result = cycle(tmp_path, {"sales": sales, "support": LIMITED}, people=people)
    # 5684.78 + 800 = 6484.78; 83.37 x 60 = 5002.2. The roles by themselves are not limited.
    assert pay(result, "bonus", "E1", "E1#1", "E1#2") == ["5684.78", "9000", "4000"]
    assert pay(result, "cut", "E1", "E1#1", "E1#2") == ["-1482.58", "", ""]
    assert value(result, "E1", "payouts.sum") == "6484.78"
    # 75 x 50 + 300 = 4050, and 4500 is promised: 75 x 60 is the most.
    assert pay(result, "top_up", "E1", "E2") == ["", "450"]
    assert [line(result, one).pay_total for one in ("E1", "E1#1", "E2")] == [
        Decimal("5002.2"), None, Decimal(4500),
    ]  # fmt: skip


def test_no_floor_gives_back_what_a_veto_took_in_one_of_the_roles(tmp_path: Path) -> None:
    support = LIMITED.replace("total * 60", "90000")
    veto = "vetoes: {fraud: {when: fraud > 0, then: {pay: 50%}}}\n"
    events = table("person_id,event,count,segment", "E1,fraud,1,1")
    honest = cycle(tmp_path / "a", {"sales": SALES + veto, "support": support}, people=PROMISED)
    # 7000 - 6484.78
    assert pay(honest, "top_up", "E1") == ["515.22"]
    named = {"sales": SALES + veto, "support": support}
    result = cycle(tmp_path / "b", named, people=PROMISED, events=events)
    # (31 x 4500 + 61 x 4000) / 92 = 4168.478..., and 250 + 300
    assert pay(result, "bonus", "E1") == ["4168.48"]
    assert pay(result, "gift", "E1") == ["550"]
    assert pay(result, "top_up", "E1") == [""]
    lowered = step(result, "E1", "segments.1.lowered")
    assert lowered.origin is not None
    assert (lowered.origin.record, lowered.origin.step) == ("E1#1", "vetoes.fraud")
    assert value(result, "E1", "payouts.at_least.waived") == "True"


def test_an_event_that_such_a_limit_reads_is_not_one_of_a_role_alone(tmp_path: Path) -> None:
    support = "events: [praise]\n" + LIMITED.replace("total * 60", "praise * 1000 + 90000")
    events = table("person_id,event,count,segment", "E1,praise,1,2")
    result = cycle(tmp_path, {"support": support}, people=PROMISED, events=events)
    assert codes(result) == {"E1": ["event-in-segment"]}
