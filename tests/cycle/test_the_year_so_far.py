"""A year in several cycles: each evaluated, its results named as the history of the next."""

import json
from pathlib import Path

from perfrules.checker import check
from perfrules.cycle.evaluate_cycle import CycleResult, evaluate_cycle
from perfrules.language.to_resolved import resolved_json
from perfrules.records.trace_json import canonical, trace_record
from perfrules.records.write import write_results

POLICY = """
policy: seller
indicators: {sales: {weight: 100%, target: none, score: {formula: "clamp(actual, 0, 100)"}}}
incentives:
  commission:
    base: min(year.sales.actual, 300000) * 5% + max(0, year.sales.actual - 300000) * 8%
    at_least: 0
  settled: {base: year.sales.actual * 10% - year.paid.settled}
"""
OTHER = """
policy: trainee
indicators: {lessons: {weight: 100%, score: {direct: {min: 0, max: 100}}}}
"""
QUARTERS = {
    "2024Q1": ("2024-01-01", "2024-03-31"),
    "2024Q2": ("2024-04-01", "2024-06-30"),
    "2024Q3": ("2024-07-01", "2024-09-30"),
}


def evaluated(
    folder: Path, quarter: str, figures: dict[str, str], before: tuple[str, ...] = (), **files: str
) -> CycleResult:
    """The results of a quarter, which are kept under `results`; roles are told by the figures."""
    (folder / "policies").mkdir(exist_ok=True)
    (folder / "policies" / "seller.yaml").write_text(POLICY, "utf-8")
    (folder / "policies" / "trainee.yaml").write_text(OTHER, "utf-8")
    own = folder / quarter
    own.mkdir()
    start, end = QUARTERS[quarter]
    text = f"id: {quarter}\nfrom: {start}\nto: {end}\npolicies: ../policies\n"
    text += f"history: [{', '.join(f'../results/{one}' for one in before)}]\n"
    (own / "cycle.yaml").write_text(text, "utf-8")
    people, actuals = "person_id,role\n", "person_id,indicator,actual\n"
    for person, figure in figures.items():
        name, _, value = figure.partition("=")
        people += f"{person},{'seller' if name == 'sales' else 'trainee'}\n"
        actuals += f"{person},{name},{value}\n" if value else ""
    files = {"people": people, "actuals": actuals, **files}
    for name, content in files.items():
        (own / f"{name}.csv").write_text(content, "utf-8")
    result = evaluate_cycle(own)
    write_results(result, folder / "results" / quarter)
    return result


def pay(result: CycleResult, person: str) -> dict[str, str]:
    return {name: str(value) for name, value in result.appraisals[person].pay.items()}


def accepted(result: CycleResult) -> None:
    for one in result.appraisals.values():
        record = json.loads(canonical(trace_record(one)))
        assert check(record, json.loads(resolved_json(one.policy.resolved))) == []


def codes(result: CycleResult, person: str) -> list[str]:
    line = next(one for one in result.judged if one.person == person)
    return [one.code for one in line.problems]


def test_results_of_the_year_are_added_up(tmp_path: Path) -> None:
    first = evaluated(tmp_path, "2024Q1", {"E1": "sales=250000"})
    assert pay(first, "E1") == {"commission": "12500.00", "settled": "25000.00"}
    second = evaluated(tmp_path, "2024Q2", {"E1": "sales=200000", "E2": "sales=100"}, ("2024Q1",))
    # 300 000 x 5 % + 150 000 x 8 %; 45 000 less 25 000. The joiner has what is their own.
    assert pay(second, "E1") == {"commission": "27000.00", "settled": "20000.00"}
    assert pay(second, "E2") == {"commission": "5.00", "settled": "10.00"}
    third = evaluated(tmp_path, "2024Q3", {"E1": "sales=-50000"}, ("2024Q2", "2024Q1"))
    # 40 000 due, 45 000 paid
    assert pay(third, "E1") == {"commission": "23000.00", "settled": "-5000.00"}
    steps = third.appraisals["E1"].steps
    assert [one.path for one in steps["year.sales.actual"].operands] == [
        "past.2.sales.actual",
        "past.1.sales.actual",
        "indicators.sales.actual",
    ]
    origin = steps["past.2.sales.actual"].origin
    assert origin is not None and origin.place == "../results/2024Q1/traces.jsonl:1"
    for result in (first, second, third):
        accepted(result)


def test_another_role_had_no_such_figure(tmp_path: Path) -> None:
    evaluated(tmp_path, "2024Q1", {"E1": "lessons=80"})
    result = evaluated(tmp_path, "2024Q2", {"E1": "sales=100"}, ("2024Q1",))
    assert pay(result, "E1") == {"commission": "5.00", "settled": "10.00"}
    assert result.appraisals["E1"].steps["past.1.sales.actual"].operation == "not_there"
    accepted(result)


def test_a_quarter_without_a_result_stops_the_year(tmp_path: Path) -> None:
    evaluated(tmp_path, "2024Q1", {"E1": "sales=", "E2": "sales=5"})
    figures = {"E1": "sales=100", "E2": "lessons=70"}
    result = evaluated(tmp_path, "2024Q2", figures, ("2024Q1",))
    assert codes(result, "E1") == ["no-result-then"]
    assert "E1" not in result.appraisals
    assert codes(result, "E2") == []


def test_a_row_of_history_fills_the_gap(tmp_path: Path) -> None:
    evaluated(tmp_path, "2024Q1", {"E1": "sales="})
    history = (
        "person_id,cycle,indicator,actual,incentive,paid\n"
        "E1,2024Q1,sales,1000,settled,100\nE1,2024Q1,,,commission,50\n"
    )
    result = evaluated(tmp_path, "2024Q2", {"E1": "sales=100"}, ("2024Q1",), history=history)
    assert pay(result, "E1") == {"commission": "55.00", "settled": "10.00"}
    accepted(result)


def test_a_history_without_the_figure_stops_the_year(tmp_path: Path) -> None:
    history = "person_id,cycle,total\nE1,2024Q1,80\n"
    result = evaluated(tmp_path, "2024Q2", {"E1": "sales=100"}, history=history)
    assert codes(result, "E1") == ["figure-not-in-history"]
    (problem,) = result.appraisals["E1"].problems
    assert str(problem.place) == "people.csv:2"
    accepted(result)


def test_a_cycle_that_no_dates_are_known_of_stops_the_year(tmp_path: Path) -> None:
    history = "person_id,cycle,indicator,actual\nE1,第1期,sales,80\n"
    text = POLICY.replace("year.paid.settled", "0").strip()
    folder = tmp_path / "cycle"
    (folder / "policies").mkdir(parents=True)
    (folder / "policies" / "seller.yaml").write_text(text, "utf-8")
    (folder / "cycle.yaml").write_text(
        "id: 第2期\nfrom: 2024-04-01\nto: 2024-06-30\npolicies: policies\n", "utf-8"
    )
    (folder / "people.csv").write_text("person_id,role\nE1,seller\n", "utf-8")
    (folder / "actuals.csv").write_text("person_id,indicator,actual\nE1,sales,9\n", "utf-8")
    (folder / "history.csv").write_text(history, "utf-8")
    assert codes(evaluate_cycle(folder), "E1") == ["undated-cycle"]


def test_who_moved_before_has_figures_by_segment(tmp_path: Path) -> None:
    segments = "person_id,role,from,to\nE1,seller,,2024-02-15\nE1,seller,2024-02-16,\n"
    actuals = "person_id,indicator,actual\nE1#1,sales,10\nE1#2,sales,20\n"
    files = {"segments": segments, "actuals": actuals}
    first = evaluated(tmp_path, "2024Q1", {"E1": "sales=1"}, **files)
    # In the quarter itself nobody can add up the year by halves.
    assert codes(first, "E1#1") == ["year-of-segment"]
    plain = POLICY.replace("year.", "").replace("paid.settled", "0").replace("sales.actual", "1")
    (tmp_path / "again").mkdir()
    again = tmp_path / "again" / "2024Q1"
    again.mkdir()
    for path in (tmp_path / "2024Q1").iterdir():
        (again / path.name).write_bytes(path.read_bytes())
    (tmp_path / "again" / "policies").mkdir()
    (tmp_path / "again" / "policies" / "seller.yaml").write_text(plain, "utf-8")
    result = evaluate_cycle(again)
    assert codes(result, "E1") == []
    write_results(result, tmp_path / "again" / "results" / "2024Q1")
    later = evaluated(tmp_path / "again", "2024Q2", {"E1": "sales=100"}, ("2024Q1",))
    assert codes(later, "E1") == ["figure-not-in-history"]
