"""What a cycle would come to under other rules, against what `evaluate` makes of such policies."""

import re
import shutil
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from small_cycle import DIRECT, table, write
from test_what_if_in_any_cycle import asked, told

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.diagnostics import Diagnostic
from perfrules.model.cycle_result import CycleResult
from perfrules.workbench.what_if.simulate import narrowed, simulated

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/2024Q3"
SALES = (ROOT / "policies/sales.yaml").read_text("utf-8")
SHARED = (ROOT / "policies/shared/roles.yaml").read_text("utf-8")


def evaluated(folder: Path, **texts: str) -> CycleResult:
    """The example's cycle by its policies with other texts, each by its path with __ for /."""
    for name, text in texts.items():
        (folder.parents[1] / f"policies/{name.replace('__', '/')}.yaml").write_text(text, "utf-8")
    result = evaluate_cycle(folder)
    assert result.refused is None, [one.message() for one in result.findings]
    return result


def refused(
    changes: Iterable[str], folder: Path = EXAMPLE, files: Iterable[Path] = ()
) -> list[str]:
    given = {f"--set {number}": text for number, text in enumerate(changes, 1)}
    found, findings, stage = simulated(folder, given, list(files))
    assert found is None
    assert stage == "changes"
    return [said(one) for one in findings.errors]


def said(one: Diagnostic) -> str:
    return f"{one.place}: {one.code}: {one.message()}"


def budget(result: CycleResult) -> Decimal:
    return sum((one.pay_total or Decimal(0) for one in result.complete), Decimal(0))


# ---- against two real runs


@pytest.mark.parametrize(
    ("changes", "edits"),
    [
        (
            [
                "sales.indicators.sales_amount.weight=45%",
                "sales.indicators.new_customers.weight=25%",
            ],
            [("    weight: 40%", "    weight: 45%"), ("    weight: 30%", "    weight: 25%")],
        ),
        (
            ["销售代表.incentives.commission.tiers.marginal.2.rate=4%"],
            [("{from: 500000, rate: 2%}", "{from: 500000, rate: 4%}")],
        ),
        (
            ["sales.indicators.新客户签约数.score.bands.1.score=[100, 150]"],
            [("CRM\n    score:\n      bands:\n        - {at_least: 100%, score: [100, 120]",
              "CRM\n    score:\n      bands:\n        - {at_least: 100%, score: [100, 150]")],
        ),
        (
            ["sales.vetoes.unapproved_promise.then.pay=0%"],
            [("then: {pay: 50%}", "then: {pay: 0%}")],
        ),
        (
            ["sales.total.at_most=100", "sales.incentives.quarterly_bonus.by_grade.A=130%"],
            [("incentives:\n", "total: {at_most: 100}\nincentives:\n  quarterly_bonus: "
              "{by_grade: {A: 130%}}\n")],
        ),
    ],
    ids=["weights", "tiers", "bands", "vetoes", "of the shared file"],
)  # fmt: skip
def test_a_value_is_as_if_it_stood_in_the_file(
    changes: list[str], edits: list[tuple[str, str]], folder: Path
) -> None:
    text = SALES
    for then, now in edits:
        assert then in text
        text = text.replace(then, now, 1)
    before = evaluated(folder)
    found = asked(folder, changes)
    assert told(found.before) == told(before)
    after = evaluated(folder, sales=text)
    assert told(found.after) == told(after)
    assert (found.budget.before, found.budget.after) == (budget(before), budget(after))
    assert sum(one.budget for one in found.clauses) == budget(after) - budget(before)


def test_what_all_policies_share_is_changed_in_all_of_them(folder: Path) -> None:
    """A quota that moves people of other policies than the one that is looked at."""
    found = asked(folder, ["*.distribution.quotas.S.at_most=5%"])
    assert "S: {at_most: 15%}" in SHARED
    shared = SHARED.replace("S: {at_most: 15%}", "S: {at_most: 5%}")
    assert told(found.after) == told(evaluated(folder, shared__roles=shared))
    moved = {one.person: (one.before.grade, one.after.grade) for one in found.regraded}
    assert set(moved.values()) == {("S", "A")}
    assert len({one.policy for one in found.grade_moves}) > 1
    (clause,) = found.clauses
    assert len(clause.changes) > 5


def test_a_quota_of_one_policy_changes_whom_its_people_are_compared_with(folder: Path) -> None:
    found = asked(folder, ["sales.distribution.quotas.S.at_most=90%"])
    text = f"{SALES}\ndistribution: {{quotas: {{S: {{at_most: 90%}}}}}}\n"
    assert told(found.after) == told(evaluated(folder, sales=text))


def test_another_version_takes_the_place_of_the_policy_whatever_its_dates(folder: Path) -> None:
    text = SALES.replace('"2024.3"', '"2025.1"').replace("from: 2024-07-01}", "from: 2025-01-01}")
    text = text.replace("rate: 2%", "rate: 2.5%").replace("then: {pay: 50%}", "then: {pay: 20%}")
    file = folder.parent / "new.yaml"
    file.write_text(text, "utf-8")
    found = asked(folder, [], [file])
    in_force = text.replace("from: 2025-01-01}", "from: 2024-07-01}")
    assert told(found.after) == told(evaluated(folder, sales=in_force))
    paths = [change.path for clause in found.clauses for change in clause.changes]
    assert paths == [
        "vetoes.unapproved_promise.then.pay", "incentives.commission.tiers.marginal.2.rate",
        "version", "effective.from",
    ]  # fmt: skip
    assert {one.arguments for one in found.clauses} == {(str(file),)}


def test_a_score_of_another_form_is_one_clause(small: Path, tmp_path: Path) -> None:
    bands = "score: {bands: [{at_least: 90%, score: 100}, {otherwise: 0}]}"
    file = tmp_path / "new.yaml"
    file.write_text(f"policy: q\n{Q.replace(DIRECT, f'target: 100, {bands}')}", "utf-8")
    found = asked(small, [], [file])
    paths = [[one.path for one in clause.changes] for clause in found.clauses]
    assert ["indicators.x.score"] in [[p for p in some if "score" in p] for some in paths]
    assert told(found.after) == told(asked(small, ["q.indicators.x.target=100"], [file]).after)
    (moved,) = found.people
    assert (moved.before.total, moved.after.total) == (85, 0)


def test_files_go_first_and_values_on_top_of_them(folder: Path) -> None:
    file = folder.parent / "new.yaml"
    file.write_text(SALES.replace("rate: 2%", "rate: 2.5%"), "utf-8")
    found = asked(folder, ["sales.incentives.commission.tiers.marginal.2.rate=3%"], [file])
    (first, second) = found.clauses
    assert (first.changes[0].before, first.changes[0].after) == ("2%", "2.5%")
    assert (second.changes[0].before, second.changes[0].after) == ("2.5%", "3%")
    text = SALES.replace("rate: 2%", "rate: 3%", 1)
    assert told(found.after) == told(evaluated(folder, sales=text))


def test_the_policies_of_the_cycle_stay_as_they_are(folder: Path) -> None:
    def files() -> dict[str, bytes]:
        found = folder.parents[1].rglob("*")
        return {str(path): path.read_bytes() for path in found if path.is_file()}

    before = files()
    asked(folder, ["sales.grades.A.at_least=85"])
    assert files() == before


# ---- clauses

PEOPLE = table(
    "person_id,role,department,base", "A,p,D1,100", "B,p,D1,200", "C,p,,300", "D,q,D2,50"
)
ACTUALS = table(
    "person_id,indicator,actual",
    "A,x,95",
    "B,x,85",
    "C,x,70",
    "D,x,85",
    "A,y,80",
    "B,y,60",
    "C,y,90",
)
P = f"""\
indicators:
  x: {{weight: 60%, {DIRECT}}}
  y: {{weight: rest, {DIRECT}}}
grades: [{{grade: S, at_least: 90}}, {{grade: A, at_least: 80}}, {{otherwise: B}}]
incentives:
  bonus: {{base: person.base, by_grade: {{S: 200%, A: 100%, B: 0%}}}}
  extra: {{base: total}}
"""
Q = f"""\
title: {{zh: 岗位Q, en: Role Q}}
indicators:
  x: {{weight: 100%, {DIRECT}}}
grades: [{{grade: S, at_least: 90}}, {{grade: A, at_least: 80}}, {{otherwise: B}}]
incentives:
  bonus: {{base: person.base, by_grade: {{S: 200%, A: 100%, B: 0%}}}}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write(tmp_path / "small", {"p": P, "q": Q}, people=PEOPLE, actuals=ACTUALS)


def test_each_clause_counts_what_it_adds_to_those_before_it(small: Path) -> None:
    """Totals 89, 75, 78 and 85: grades A, B, B and A; bonuses 100, 0, 0 and 50."""
    changes = [
        "p.grades.S.at_least=88",
        "p.incentives.bonus.by_grade.S=300%",
        "*.grades.A.at_least=76",
    ]
    found = asked(small, changes)
    first, second, third = found.clauses
    assert (found.budget.before, found.budget.after) == (Decimal(392), Decimal(892))
    assert [one.budget for one in (first, second, third)] == [100, 100, 300]  # A to 2 x, to 3 x; C
    assert third.by_department == {"": 300}
    assert second.by_plan == {"bonus": 100}
    assert [one.regraded for one in (first, second, third)] == [{"A"}, set(), {"C"}]
    turned = asked(small, [changes[1], changes[0], changes[2]])
    assert [one.budget for one in turned.clauses] == [0, 200, 300]
    assert told(turned.after) == told(found.after)


def test_what_each_clause_moves_adds_up_by_plan_and_department_too(small: Path) -> None:
    found = asked(small, ["p.indicators.x.weight=80%", "q.incentives.bonus.base=person.base / 3"])
    for whole, part in (
        (found.budget.by_plan, "by_plan"), (found.budget.by_department, "by_department"),
    ):  # fmt: skip
        added: dict[str, Decimal] = {}
        for clause in found.clauses:
            for name, change in getattr(clause, part).items():
                added[name] = added.get(name, Decimal(0)) + change
        assert {name: one.change for name, one in whole.items() if one.change} == {
            name: change for name, change in added.items() if change
        }
        assert sum(one.change for one in whole.values()) == found.budget.change


def test_weights_that_only_hold_together_are_one_clause(small: Path) -> None:
    text = P.replace("weight: rest", "weight: 40%")
    (small / "policies/p.yaml").write_text(f"policy: p\n{text}", "utf-8")
    changes = ["p.indicators.x.weight=50%", "p.grades.A.at_least=79", "p.indicators.y.weight=50%"]
    found = asked(small, changes)
    assert [one.arguments for one in found.clauses] == [("--set 1", "--set 3"), ("--set 2",)]
    (one,) = refused(changes[:2], small)
    assert (
        one == "--set 1: weights-do-not-sum: the weights of the indicators add up to 90%, not 100%"
    )


def test_the_rest_of_the_weights_follows(small: Path) -> None:
    found = asked(small, ["p.indicators.x.weight=50%"])
    (policy,) = [one for one in found.after.policies if one.id == "p"]
    assert [getattr(one.weight, "value", None) for one in policy.indicators] == [
        Decimal("0.5"), Decimal("0.5")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change", ["p.grades.S.at_least=90", "p.title=岗位P", "p.incentives.bonus.by_grade.A=100%"]
)
def test_where_nothing_changes_nothing_moves(change: str, small: Path) -> None:
    found = asked(small, [change])
    assert found.people == ()
    assert found.budget.change == 0
    assert found.clauses[0].pay == {}
    assert told(found.after) == told(found.before)


def test_without_any_change_there_is_none(small: Path) -> None:
    found = asked(small, [])
    assert found.clauses == ()
    assert found.after is found.before


def test_whom_nothing_concerns_is_not_judged_again(small: Path) -> None:
    found = asked(small, ["q.grades.A.at_least=86"])
    assert found.judged_again == 1
    assert [one.person for one in found.people] == ["D"]


def test_a_list_that_grows_is_one_clause(small: Path) -> None:
    rows = "[{grade: S, at_least: 90}, {grade: A, at_least: 80}, {grade: B, at_least: 75}, "
    rows += "{otherwise: C}]"
    found = asked(small, [f"q.grades={rows}", "q.incentives.bonus.by_grade.C=0%"])
    (clause,) = found.clauses  # a grade for which nothing is said does not hold
    assert clause.arguments == ("--set 1", "--set 2")
    assert found.people == ()


def test_who_has_no_result_any_more_counts_as_nothing(small: Path) -> None:
    found = asked(small, ["p.incentives.extra.base=person.nobody_has_it"])
    assert [one.after.complete for one in found.people] == [False] * 3
    assert found.budget.after == 50
    assert {one.after for one in found.grade_moves} == {None}


def test_a_change_that_asks_for_other_data_reads_them_again(small: Path) -> None:
    levels = "{levels: {好: 100, 差: 0}}"
    found = asked(small, [f"q.indicators.x.score={levels}"])
    (one,) = [line for line in found.after.judged if line.person == "D"]
    assert [reason.code for reason in one.reasons] == ["unknown-level"]


def test_a_cycle_with_people_without_a_result(folder: Path) -> None:
    found = asked(folder, ["content.grades.A.at_least=75"])
    assert {one.person for one in found.before.rejected} == {
        one.person for one in found.after.rejected
    }
    assert "E1019" in {one.person for one in found.after.rejected}
    assert "E1019" not in {one.person for one in found.people}


def test_only_those_who_are_meant(small: Path) -> None:
    found = asked(small, ["p.indicators.x.weight=80%", "p.incentives.extra.base=total * 2"])
    some = narrowed(found, frozenset("A"))
    assert [one.person for one in some.people] == ["A"]
    assert some.budget.by_department.keys() == {"D1"}
    assert sum(one.budget for one in some.clauses) == some.budget.change
    assert some.budget.change != found.budget.change


# ---- mistakes


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("p.grades.S.at_least", "change-not-readable: `p.grades.S.at_least` does not say"),
        ("p=3", "change-not-readable: `p=3`"),
        ("p..at_least=3", "change-not-readable: `p..at_least=3`"),
        ("=3", "change-not-readable: `=3`"),
        ("pp.grades.S.at_least=3", "unknown-policy: there is no policy for the role `pp`"),
        ("p.grade.S.at_least=3", "unknown-key: unknown key `grade`, did you mean `grades`?"),
        ("p.indicators.z.weight=3%", "unknown-key: unknown key `z`"),
        ("q.indicators.x.wieght=3%", "unknown-key: unknown key `wieght`, did you mean `weight`?"),
        (
            "*.grade.S.at_least=3",
            "unknown-key: unknown key `grade.S.at_least`, did you mean `grades`?",
        ),
        ("p.grades.X.at_least=3", "no-such-row: `grades` has no row `X`"),
        ("p.grades.4.at_least=3", "no-such-row: `grades` has no row `4`"),
        ("p.grades.0.at_least=3", "no-such-row: `grades` has no row `0`"),
        ("p.grades.S.at_least=ninety", "not-a-number: `ninety` is not a number"),
        ("p.grades.S.at_least=75", "bands-not-descending: "),
        ("p.grades.S.at_least=[90", "bracket-not-closed: "),
        ("p.grades.S.at_least=", "missing-value: `at_least` has no value"),
        ("p.indicators.x.weight=", "missing-value: `weight` has no value"),
        ("p.indicators.x.weight=120%", "not-a-percentage: "),
        ("p.incentives.bonus.base=person.base +", "bad-expression: "),
        ("p.incentives.bonus.base=totl", "unknown-name: "),
        ("p.indicators.x.weight.share=3", "unknown-key: unknown key `share`"),
        ("p.policy=z", "not-to-be-set: `policy` cannot be set"),
        ("p.extends=shared/base.yaml", "not-to-be-set: `extends` cannot be set"),
    ],
)
def test_a_mistake_is_told_at_its_argument(change: str, message: str, small: Path) -> None:
    found = refused(["q.grades.S.at_least=91", change], small)
    assert found, change
    assert found[0].startswith("--set 2: "), found
    assert any(one.startswith(f"--set 2: {message}") for one in found), found


def test_a_finding_tells_where_the_policy_has_it(small: Path) -> None:
    text = P.replace("weight: rest", "weight: 40%")
    (small / "policies/p.yaml").write_text(f"policy: p\n{text}", "utf-8")
    _, findings, _ = simulated(small, {"--set 1": "p.indicators.x.weight=61%"})
    (one,) = findings.errors
    places = [re.sub(r".*/", "", str(related.place)) for related in one.related]
    assert places == ["p.yaml:2:1", "--set 1", "p.yaml:4:15"]


def test_files_that_cannot_take_the_place_of_a_policy(small: Path, tmp_path: Path) -> None:
    unknown, broken = tmp_path / "unknown.yaml", tmp_path / "broken.yaml"
    unknown.write_text(f"policy: r\n{P}", "utf-8")
    broken.write_text(f"policy: p\n{P.replace('60%', '120%')}", "utf-8")
    good = tmp_path / "good.yaml"
    good.write_text(f"policy: p\n{P.replace('60%', '70%')}", "utf-8")
    (one,) = refused([], small, [unknown])
    assert one == f"{unknown}:1:9: unknown-policy: there is no policy for the role `r`"
    assert all(one.startswith(f"{broken}:3:") for one in refused([], small, [broken]))
    titled = tmp_path / "titled.yaml"
    titled.write_text(f"policy: 岗位Q\n{Q}", "utf-8")
    (one,) = refused([], small, [titled])
    assert "did you mean `q`?" in one
    (one,) = refused([], small, [good, good])
    assert "replaced-twice" in one
    (one,) = refused([], small, [tmp_path / "nowhere.yaml"])
    assert "file-not-found" in one


def test_what_a_new_version_extends_is_looked_for_beside_the_old_one(small: Path) -> None:
    shared = small / "policies/shared"
    shared.mkdir()
    (shared / "base.yaml").write_text("total: {at_most: 88}\n", "utf-8")
    file = small.parent / "elsewhere.yaml"
    file.write_text(f"policy: p\nextends: shared/base.yaml\n{P}", "utf-8")
    found = asked(small, [], [file])
    assert [one.path for clause in found.clauses for one in clause.changes] == ["total"]
    assert max(one.total or 0 for one in found.after.judged) == 88


def test_a_warning_is_told_that_only_the_changed_policy_gives(small: Path) -> None:
    guarded = f"{Q}guardrails: {{indicators: {{min: 1, max: 3}}}}\n"
    (small / "policies/q.yaml").write_text(f"policy: q\n{guarded}", "utf-8")
    found = asked(small, ["q.guardrails.indicators.min=2"])
    assert [f"{one.place}: {one.severity}" for one in found.warnings] == ["--set 1: warning"]
    assert asked(small, ["q.guardrails.indicators.max=2"]).warnings == ()


def test_a_policy_that_judges_nobody_is_told(small: Path) -> None:
    shutil.copy(small / "policies/q.yaml", small / "policies/r.yaml")
    text = (small / "policies/r.yaml").read_text("utf-8")
    (small / "policies/r.yaml").write_text(text.replace("policy: q", "policy: r"), "utf-8")
    found = asked(small, ["r.grades.A.at_least=70"])
    assert [one.code for one in found.warnings] == ["judges-nobody"]
    assert asked(small, ["*.grades.A.at_least=70"]).warnings == ()


def test_a_cycle_that_cannot_be_used_is_told_as_evaluate_tells_it(tmp_path: Path) -> None:
    found, findings, stage = simulated(tmp_path, {"--set 1": "p.x=1"})
    assert found is None
    assert stage == "cycle"
    assert [one.code for one in findings.errors] == ["file-not-found"]
