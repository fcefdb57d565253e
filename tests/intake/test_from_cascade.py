"""The target cascade feeds the targets of people and units, and is held against the data."""

from pathlib import Path

from cycle_folder import HEADER, read, shown, subject, value, write_policy

from perfrules.intake.from_tables import Intake

PEOPLE = "person_id,name,role,team\nE1,示例员工01,sales,一组\nE2,乙,sales,一组\nE3,丙,sales,二组\n"
TARGETS = """\
goals:
  revenue:
    indicator: amount
    target: 300
    unit: CNY
    due: 2024-09-30
    parts:
      team:
        一组:
          target: 220
          parts: {person: {E1: {target: 100}, E2: {target: 120}}}
        二组:
          target: 80
          parts: {person: {E3: {target: 80}}}
"""
ACTUALS = HEADER + "E1,amount,90,\nE2,amount,90,120.0\n"


def fed(folder: Path, targets: str = TARGETS, **tables: str) -> Intake:
    (folder / "targets.yaml").write_text(targets, "utf-8")
    return read(folder, **{"people": PEOPLE, "actuals": ACTUALS, **tables})


def target(intake: Intake, person: str) -> object:
    return value(subject(intake, person).scorecard.measures["amount"].target)


def test_an_empty_cell_takes_the_target_of_the_cascade(tmp_path: Path) -> None:
    intake = fed(tmp_path)
    assert shown(intake) == [("E3", "no-figures", "people.csv:4")]
    assert [target(intake, one) for one in ("E1", "E2", "E3")] == [100, 120, 80]
    own = subject(intake, "E1").scorecard.measures["amount"].target
    assert own is not None
    assert own.origin.place.startswith("targets.yaml:11:")
    assert subject(intake, "E3").scorecard.measures["amount"].actual is None
    assert "targets.yaml" in [path.name for path in intake.files]


def test_another_target_in_the_data_is_an_error_of_that_person(tmp_path: Path) -> None:
    intake = fed(tmp_path, actuals=ACTUALS.replace("120.0", "121") + "E3,amount,1,\n")
    assert shown(intake) == [("E2", "target-conflict", "actuals.csv:3")]
    assert target(intake, "E2") == 121


def test_a_unit_is_fed_by_its_id_or_its_name(tmp_path: Path) -> None:
    write_policy(
        tmp_path, "team",
        "subject: team\nindicators:\n  amount: {weight: 100%, unit: CNY, missing: exclude,\n"
        "    score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}\n",
    )  # fmt: skip
    units = "unit_id,role,name\nT1,team,一组\n二组,team,\n"
    rows = ACTUALS + "E3,amount,1,\nT1,amount,5,\n二组,amount,5,\n"
    intake = fed(tmp_path, units=units, actuals=rows)
    assert shown(intake) == []
    assert [target(intake, one) for one in ("T1", "二组")] == [220, 80]


def test_what_is_wrong_with_a_part_is_a_problem_of_whom_it_is_about(tmp_path: Path) -> None:
    wrong = TARGETS.replace("E3: {target: 80}", "E3: {target: 80, unit: 万元}, E9: {target: 0}")
    intake = fed(tmp_path, wrong, actuals=ACTUALS + "E3,amount,1,\n")
    found = [(person, code) for person, code, _ in shown(intake)]
    assert ("E3", "unlike-policy") in found
    assert ("", "unknown-in-targets") in found


def test_a_sum_that_does_not_add_up_is_listed_and_stops_nobody(tmp_path: Path) -> None:
    intake = fed(tmp_path, TARGETS.replace("300", "310"), actuals=ACTUALS + "E3,amount,1,\n")
    assert [(person, code) for person, code, _ in shown(intake)] == [("", "parts-do-not-add-up")]
    assert len(intake.subjects) == 3


def test_a_cascade_that_cannot_be_read_leaves_nobody_half_judged(tmp_path: Path) -> None:
    intake = fed(tmp_path, TARGETS.replace("target: 300", "tagret: 300"))
    assert intake.subjects == ()
    assert "unknown-key" in [code for _, code, _ in shown(intake)]


def test_somebody_who_moved_is_fed_where_the_indicator_is(tmp_path: Path) -> None:
    write_policy(
        tmp_path, "channel",
        "indicators:\n  stores: {weight: 100%, missing: exclude,\n"
        "    score: {direct: {min: 0, max: 9}}}\n",
    )  # fmt: skip
    segments = "person_id,role,from,to\nE3,sales,,2024-07-31\nE3,{},2024-08-01,\n"
    rows = "person_id,indicator,segment,actual,target\nE1,amount,,1,\nE2,amount,,1,\n"
    once = fed(tmp_path, segments=segments.format("channel"),
               actuals=rows + "E3,amount,,1,\nE3,stores,,1,\n")  # fmt: skip
    assert shown(once) == []
    assert target(once, "E3#1") == 80
    twice = rows + "E3,amount,1,1,{0}\nE3,amount,2,1,{0}\n"
    unclear = fed(tmp_path, segments=segments.format("sales"), actuals=twice.format(""))
    assert [one[:2] for one in shown(unclear)] == [("E3", "which-segment")]
    stated = fed(tmp_path, segments=segments.format("sales"), actuals=twice.format("40"))
    assert shown(stated) == []
