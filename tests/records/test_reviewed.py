"""Who is looked at in a calibration meeting: persons, in their teams, with all their ratings."""

from decimal import Decimal

import pytest

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.model.review import Reviewed
from perfrules.records.read import ResultFolder
from perfrules.records.reviewed import reviewed
from perfrules.records.write import write_results

FILES = {
    "policies/team_policy.yaml": """\
policy: team_policy
subject: team
indicators:
  amount: {weight: 100%, score: {direct: {min: 0, max: 100}}}
""",
    "policies/content.yaml": """\
policy: content
indicators:
  amount: {weight: 50%, score: {direct: {min: 0, max: 100}}}
  teamwork:
    title: {zh: 团队协作, en: Teamwork}
    weight: 50%
    score: {ratings: {groups: {peer: 100%}, scale: {min: 0, max: 100}}}
follow_ups:
  talk: {when: previous.total < 70}
""",
    "cycle.yaml": "id: 2024Q3\nfrom: 2024-07-01\nto: 2024-09-30\npolicies: policies\n",
    "units.csv": "unit_id,role,name\nT1,team_policy,一组\n",
    "people.csv": (
        "person_id,name,role,team\n"
        "E3,=示例员工03,content,T1\nE4,示例员工04,content,一组\nE5,示例员工05,content,\n"
    ),
    "segments.csv": (
        "person_id,role,from,to\nE4,content,2024-07-01,2024-07-31\nE4,content,2024-08-01,2024-09-30\n"
    ),
    "actuals.csv": (
        "person_id,indicator,actual,segment\n"
        "T1,amount,90,\nE3,amount,80,\nE4,amount,70,1\nE4,amount,80,2\nE5,amount,不详,\n"
    ),
    "ratings.csv": (
        "person_id,indicator,group,score,segment\n"
        "E3,teamwork,peer,80,\nE4,teamwork,peer,60,1\nE4,teamwork,peer,90,1\nE4,teamwork,peer,90,2\n"
    ),
    "history.csv": "person_id,cycle,total,grade\nE3,2024Q2,60,C\nE4,2024Q2,61.5,C\n",
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> ResultFolder:
    root = tmp_path_factory.mktemp("cycle")
    for name, text in FILES.items():
        path = root / "2024Q3" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    written, findings = write_results(evaluate_cycle(root / "2024Q3"), root / "results")
    assert written is not None, [one.message() for one in findings]
    return written


def people(results: ResultFolder) -> dict[str, Reviewed]:
    found, findings = reviewed(results, "team")
    assert not list(findings)
    return {one.person: one for one in found}


def test_persons_with_a_result_are_looked_at_and_nobody_else(results: ResultFolder) -> None:
    # T1 is a team, E4#1 and E4#2 are parts of E4, E5 has no result.
    assert list(people(results)) == ["E3", "E4"]
    assert people(results)["E3"].name == "=示例员工03"


def test_a_team_is_one_whether_it_is_named_by_its_id_or_not(results: ResultFolder) -> None:
    assert {one.group for one in people(results).values()} == {"一组"}
    found, _ = reviewed(results, "role")
    assert {one.group for one in found} == {"content"}
    found, _ = reviewed(results, "department")
    assert {one.group for one in found} == {""}


def test_a_total_of_the_cycle_before_comes_from_the_rule_that_read_it(
    results: ResultFolder,
) -> None:
    before = people(results)["E4"].before
    assert before is not None
    assert (before.total, before.place) == (Decimal("61.5"), "history.csv:3")


def test_somebody_who_moved_brings_the_ratings_of_each_role(results: ResultFolder) -> None:
    moved = people(results)["E4"]
    assert moved.ratings == {
        "teamwork#1": {"peer": (Decimal(60), Decimal(90))},
        "teamwork#2": {"peer": (Decimal(90),)},
    }
    assert moved.titles["teamwork#1"].zh == "团队协作（任职段 1）"
    assert people(results)["E3"].ratings == {"teamwork": {"peer": (Decimal(80),)}}
