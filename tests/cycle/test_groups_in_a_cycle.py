"""Quotas, awards, pools and percentiles of a whole cycle, from its tables to groups.jsonl."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

from small_cycle import DIRECT, checked, codes, grades, line, pay, table, totals, value, write

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.model.cycle_result import CycleResult

LADDER = """\
grades:
  - {grade: S, at_least: 90}
  - {grade: A, at_least: 60}
  - {otherwise: D}
"""
POLICY = f"indicators:\n  work: {{weight: 100%, {DIRECT}}}\n{LADDER}"
FORCED = "distribution: {quotas: {S: 20%, A: 70%, D: 10%}, order: [total desc]}\n"


def cycle(
    folder: Path, policy: str, scores: dict[str, str], more: str = "", columns: str = "",
    facts: dict[str, str] | None = None, **tables: str,
) -> CycleResult:  # fmt: skip
    """A cycle of people with one figure each; `facts` are their cells in further `columns`."""
    people = [f"{one},示例员工{one},sales{(facts or {}).get(one, '')}" for one in scores]
    given = {
        "people": table(f"person_id,name,role{columns}", *people),
        "actuals": table(
            "person_id,indicator,actual", *(f"{one},work,{score}" for one, score in scores.items())
        ),
        **tables,
    }
    return checked(write(folder / "cycle", {"sales": policy}, more, **given))


def people(count: int, first: int = 1) -> dict[str, str]:
    """So many people, the best first: 95, 94.5, 94 ..."""
    return {
        f"E{row:02}": str(Decimal(95) - Decimal(row - first) / 2)
        for row in range(first, first + count)
    }


def graded(result: CycleResult) -> dict[str, int]:
    return Counter(str(one.grade) for one in result.complete)


def test_quotas_add_up_to_the_group(tmp_path: Path) -> None:
    # G3, G4: by the largest remainder, of equal ones to the better grade.
    for count, expected in ((25, (5, 18, 2)), (23, (5, 16, 2)), (8, (2, 5, 1)), (3, (1, 2, 0))):
        result = cycle(tmp_path / str(count), POLICY + FORCED, people(count))
        found = graded(result)
        assert tuple(found.get(one, 0) for one in ("S", "A", "D")) == expected, count
        (group,) = result.groups
        assert len(group.members) == count


def test_awards_with_their_own_way_of_rounding(tmp_path: Path) -> None:
    # G6: of 27 people 1.35 and 2.7.
    awards = """\
awards:
  gold: {order: [total desc], top: 5%, count: half_up}
  silver: {order: [total desc], top: 10%, count: half_up}
  star: {order: [total desc], top: 20%}
"""
    for count, expected in ((27, (1, 3, 5)), (9, (0, 1, 1)), (7, (0, 1, 1))):
        result = cycle(tmp_path / str(count), POLICY + awards, people(count))
        won = Counter(name for one in result.complete for name in one.awards)
        assert tuple(won[name] for name in ("gold", "silver", "star")) == expected, count


def test_who_misses_the_condition_of_an_award_counts_for_its_seats(tmp_path: Path) -> None:
    award = "awards: {star: {order: [total desc], top: 40%, only_if: work.score < 95}}\n"
    result = cycle(tmp_path, POLICY + award, people(5))
    assert [list(one.awards) for one in result.complete] == [[], ["star"], ["star"], [], []]
    (group,) = result.groups
    assert sorted(one.figures.eligible for one in group.members) == [False, True, True, True, True]


def test_a_distribution_that_lowers_and_never_lifts(tmp_path: Path) -> None:
    rule = "distribution: {quotas: {S: {at_most: 20%}, D: {at_least: 20%}}, order: [total desc]}\n"
    result = cycle(tmp_path, POLICY + rule, people(10))
    assert grades(result, "E01", "E02", "E03", "E08", "E09", "E10") == [
        "S", "S", "A", "A", "D", "D",
    ]  # fmt: skip
    assert value(result, "E03", "grade.by_total") == "S"
    assert codes(result) == {}


def test_small_teams_are_pooled_with_the_department(tmp_path: Path) -> None:
    rule = """\
distribution:
  {within: team, min_group: 4, quotas: {S: {at_most: 25%}}, order: [total desc]}
"""
    scores = people(12)
    facts = dict.fromkeys(list(scores)[:5], ",T1,D1")
    facts |= {"E06": ",T2,D1", "E07": ",T2,D1", "E08": ",T3,D1", "E09": ",,D1"}
    facts |= {"E10": ",T4,D2", "E11": ",T4,D2", "E12": ",T5,D2"}
    result = cycle(tmp_path, POLICY + rule, scores, columns=",team,department", facts=facts)
    groups = {one.name: sorted(m.subject for m in one.members) for one in result.groups}
    assert groups == {
        "distribution · team=T1": ["E01", "E02", "E03", "E04", "E05"],
        "distribution · department=D1": ["E06", "E07", "E08", "E09"],
        # The three of D2 are too few there, and with nobody else left at the top too.
        "distribution · *": ["E10", "E11", "E12"],
    }
    assert grades(result, "E01", "E02", "E06", "E07") == ["S", "A", "S", "A"]
    assert grades(result, "E10") == ["S"]  # 90.5, and no quota
    assert value(result, "E10", "distribution.size") == "3"


def test_a_pool_is_paid_to_the_cent_in_each_unit(tmp_path: Path) -> None:
    # P17: three equal shares of 100 000.
    pool = "pools: {fund: {amount: team.fund, within: team, share_by: '1'}}\n"
    units = table("unit_id,role,name,fund", "T1,team,一队,100000", "T2,team,二队,100")
    scores = people(5)
    facts = {"E01": ",T1", "E02": ",一队", "E03": ",T1", "E04": ",T2", "E05": ",T2"}
    folder = tmp_path / "cycle"
    write(folder, {"team": f"subject: team\nindicators:\n  work: {{weight: 100%, {DIRECT}}}\n"})
    result = cycle(tmp_path, POLICY + pool, scores, "", ",team", facts, units=units)
    assert pay(result, "fund", *scores) == ["33333.34", "33333.33", "33333.33", "50", "50"]


def test_whoever_has_no_column_to_be_compared_in_is_told(tmp_path: Path) -> None:
    pool = "pools: {fund: {amount: '90', within: team, share_by: '1'}}\n"
    facts = {"E01": ",T1", "E02": ",T1"}
    result = cycle(tmp_path, POLICY + pool, people(3), columns=",team", facts=facts | {"E03": ","})
    assert codes(result) == {"E03": ["missing-fact"]}
    assert pay(result, "fund", "E01", "E02") == ["45", "45"]


def test_whoever_has_an_error_stands_in_no_group(tmp_path: Path) -> None:
    everything = """\
awards: {star: {order: [total desc], top: 50%}}
pools: {fund: {amount: '100', share_by: total}}
incentives: {bonus: {base: person.base}}
"""
    scores = people(4)
    facts = {"E01": ",1000", "E02": ",", "E03": ",1000", "E04": ",1000"}
    scores["E04"] = "不详"
    result = cycle(tmp_path, POLICY + everything, scores, columns=",base", facts=facts)
    assert codes(result) == {"E02": ["missing-fact"], "E04": ["not-a-number"]}
    for group in result.groups:
        assert [one.subject for one in sorted(group.members, key=lambda m: m.subject)] == [
            "E01", "E03",
        ]  # fmt: skip
    assert sum(map(Decimal, pay(result, "fund", "E01", "E03"))) == 100
    assert [one.name for one in result.groups] == ["awards.star · *", "pools.fund · *"]


def test_whoever_cannot_be_compared_under_one_rule_takes_nothing_under_another(
    tmp_path: Path,
) -> None:
    rules = """\
awards: {star: {within: team, order: [total desc], top: 50%}}
pools: {fund: {amount: '100', share_by: total}}
"""
    facts = {"E01": ",T1", "E02": ",T1", "E03": ","}
    result = cycle(tmp_path, POLICY + rules, people(3), columns=",team", facts=facts)
    assert codes(result) == {"E03": ["missing-fact"]}
    assert sum(map(Decimal, pay(result, "fund", "E01", "E02"))) == 100


def test_a_pool_that_cannot_be_shared_leaves_the_other_pools_whole(tmp_path: Path) -> None:
    rules = """\
pools:
  fund: {amount: '100', share_by: '1'}
  team: {amount: '60', within: team, share_by: person.part}
"""
    facts = {"E01": ",T1,1", "E02": ",T1,2", "E03": ",T2,0", "E04": ",T2,0"}
    result = cycle(tmp_path, POLICY + rules, people(4), columns=",team,part", facts=facts)
    assert codes(result) == {"E03": ["nothing-to-share"], "E04": ["nothing-to-share"]}
    assert pay(result, "team", "E01", "E02") == ["20", "40"]
    assert pay(result, "fund", "E01", "E02") == ["50", "50"]


def test_two_roles_with_the_same_rule_are_compared(tmp_path: Path) -> None:
    shared = f"{LADDER}{FORCED}"
    work = f"indicators:\n  work: {{weight: 100%, {DIRECT}}}\n"
    calls = f"indicators:\n  calls: {{weight: 100%, {DIRECT}}}\n"
    folder = write(
        tmp_path / "cycle",
        {
            "sales": work + shared,
            "support": calls + shared,
            # Other quotas: these people are among themselves.
            "clerk": work + LADDER + FORCED.replace("S: 20%, A: 70%", "S: 50%, A: 40%"),
        },
        people=table(
            "person_id,role", "E1,sales", "E2,sales", "E3,support", "E4,support", "E5,support",
            "E6,clerk", "E7,clerk",
        ),
        actuals=table(
            "person_id,indicator,actual", "E1,work,70", "E2,work,40", "E3,calls,95",
            "E4,calls,60", "E5,calls,50", "E6,work,99", "E7,work,98",
        ),
    )  # fmt: skip
    result = checked(folder)
    groups = {one.name: sorted(m.subject for m in one.members) for one in result.groups}
    assert sorted(groups.values()) == [["E1", "E2", "E3", "E4", "E5"], ["E6", "E7"]]
    assert grades(result, "E3", "E1", "E2") == ["S", "A", "A"]  # 5 people: 1, 4 and 0
    assert grades(result, "E6", "E7") == ["S", "A"]


RANKED = """\
  {name}:
    weight: 50%
    target: none
    attainment: {figure}
    score: {{on: percentile, bands: [{{at_least: 50%, score: 100}}, {{otherwise: 60}}]}}
"""


def test_a_percentile_may_read_another_whoever_has_it(tmp_path: Path) -> None:
    pace = RANKED.format(name="pace", figure="actual").replace("50%", "100%", 1)
    depth = RANKED.format(name="depth", figure="actual")
    reads = depth + RANKED.format(name="pace", figure="actual + depth.score")
    rows = ("E1,pace,140", "E2,pace,80", "E3,depth,9", "E3,pace,50", "E4,depth,8", "E4,pace,10")
    folder = write(
        tmp_path / "cycle",
        {"plain": f"indicators:\n{pace}", "reads": f"indicators:\n{reads}"},
        people=table("person_id,role", "E1,plain", "E2,plain", "E3,reads", "E4,reads"),
        actuals=table("person_id,indicator,actual", *rows),
    )
    result = checked(folder)
    assert codes(result) == {}
    # 140, 80, and 50 + 100, 10 + 60: all four are one group.
    assert value(result, "E1", "indicators.pace.group.size") == "4"
    assert totals(result, "E1", "E2", "E3", "E4") == ["100", "60", "100", "60"]


def test_percentiles_that_wait_for_each_other_come_to_an_end(tmp_path: Path) -> None:
    def policy(first: str, then: str) -> str:
        ranked = RANKED.format(name=first, figure="actual")
        return f"indicators:\n{ranked}" + RANKED.format(name=then, figure=f"actual + {first}.score")

    folder = write(
        tmp_path / "cycle",
        {"one": policy("x", "y"), "two": policy("y", "x")},
        people=table("person_id,role", "E1,one", "E2,two"),
        actuals=table("person_id,indicator,actual", "E1,x,1", "E1,y,2", "E2,x,3", "E2,y,4"),
    )
    assert codes(checked(folder)) == {"E1": ["needs-group"], "E2": ["needs-group"]}


def test_the_groups_know_nobody(tmp_path: Path) -> None:
    pool = "pools: {fund: {amount: '100', share_by: total}}\n"
    cycle(tmp_path, POLICY + FORCED + pool, people(12))
    data = (tmp_path / "cycle-results" / "groups.jsonl").read_text("utf-8")
    records = [json.loads(row) for row in data.splitlines()]
    assert [one["group"] for one in records] == ["distribution · *", "pools.fund · *"]
    assert "E0" not in data
    assert "示例员工" not in data
    orders = []
    for record in records:
        assert [one["member"] for one in record["members"]] == [f"M{n:02}" for n in range(1, 13)]
        orders.append([one.get("keys", [one.get("share")])[0] for one in record["members"]])
    # The numbers follow neither the ids nor the results, nor one another from group to group.
    assert orders[0] != orders[1]
    assert all(order not in (sorted(order), sorted(order, reverse=True)) for order in orders)


def test_the_progress_counts_the_rounds_as_well(tmp_path: Path) -> None:
    awards = "awards: {star: {order: [total desc], top: 20%}}\n"
    cycle(tmp_path, POLICY + FORCED + awards, people(5))
    told: list[tuple[int, int]] = []
    evaluate_cycle(tmp_path / "cycle", progress=lambda *numbers: told.append(numbers))
    # Each is judged for the order of the totals, for that of the award, and at the end.
    assert told == [(done, 15) for done in range(1, 16)]


def test_the_same_inputs_give_the_same_numbers_in_any_order(tmp_path: Path) -> None:
    result = cycle(tmp_path, POLICY + FORCED, people(9))
    again = evaluate_cycle(tmp_path / "cycle")
    assert result.groups == again.groups
    one = line(result, "E01")
    assert (one.complete, one.grade) == (True, "S")
