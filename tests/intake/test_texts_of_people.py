"""What people write in their own words stays as they wrote it, in every column that holds such."""

from pathlib import Path

import pytest
from cycle_folder import read, shown, subject, write_policy

from perfrules.model.scorecard import Origin

SAID = "因“双11”延期，客户 ① 已同意（见㎡表）；ＯＫ～"
"""Each sign of it is another in Unicode's compatible form."""

SELLER = """\
indicators:
  amount: {title: {zh: 销售额, en: Sales}, weight: 90%, missing: exclude,
    score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}
  peers: {weight: 10%, missing: exclude,
    score: {ratings: {groups: {peer: 100%}, scale: {min: 0, max: 100}}}}
events:
  complaint: {title: {zh: 客户投诉, en: Complaint}}
target_changes: {needs: [reason, approved_by, evidence]}
"""
PEOPLE = "person_id,name,role\nＥ1,示例（一）,seller\n"


def origins(folder: Path, **tables: str) -> dict[str, Origin]:
    """Where each thing of E1 is from, by what it is."""
    write_policy(folder, "seller", SELLER)
    intake = read(folder, people=PEOPLE, **tables)
    found = [one for one in shown(intake) if one[1] not in ("tidied-id", "no-figures")]
    assert found == []
    card = subject(intake).scorecard
    (amount, *_) = [*card.measures.values(), None]
    seen: dict[str, Origin] = {}
    if amount is not None and amount.actual is not None:
        seen["actuals"] = amount.actual.origin
    if amount is not None and amount.changes:
        seen["target_changes"] = amount.changes[0].new.origin
    for ratings in (amount.ratings or {}).values() if amount else ():
        seen["ratings"] = ratings[0].origin
    for record in card.events.values():
        if record.count is not None:
            seen["events"] = record.count.origin
    if card.revisions:
        seen["calibrations"] = card.revisions[0].after.origin
    if card.objectives:
        seen["okrs"] = card.objectives[0].key_results[0].origin
    return seen


ROWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "actuals": (
        f"工号,指标,实际值,目标值,数据来源,佐证\nE1,ａｍｏｕｎｔ,１２０,100,{SAID},{SAID}\n",
        ("source", "evidence"),
    ),
    "ratings": (
        f"person_id,indicator,group,rater_id,score,evidence\nE1,peers,peer,R1,80,{SAID}\n",
        ("evidence",),
    ),
    "events": (f"person_id,event,count,evidence\nE1,客户投诉,1,{SAID}\n", ("evidence",)),
    "target_changes": (
        "person_id,indicator,date,old,new,reason,approved_by,evidence\n"
        f"E1,amount,2024-08-01,100,80,{SAID},{SAID},{SAID}\n",
        ("reason", "approved_by", "evidence"),
    ),
    "calibrations": (
        "person_id,date,what,before,after,reason,approved_by,evidence\n"
        f"E1,２０２４-10-08,总分,80,85,{SAID},{SAID},{SAID}\n",
        ("reason", "approved_by", "evidence"),
    ),
    "okrs": (
        f"person_id,objective,key_result,score,evidence\nE1,{SAID},{SAID},0.5,{SAID}\n",
        ("source", "evidence"),
    ),
}


@pytest.mark.parametrize("table", ROWS)
def test_a_text_stays_as_it_was_written(tmp_path: Path, table: str) -> None:
    rows, columns = ROWS[table]
    tables = {"actuals": "person_id,indicator,actual,target\nE1,amount,120,100\n"}
    if table == "ratings":
        tables = {"actuals": "person_id,indicator,actual\n"}
    origin = origins(tmp_path, **{**tables, table: rows})[table]
    assert {column: getattr(origin, column) for column in columns} == dict.fromkeys(columns, SAID)


def test_names_and_objectives_too_while_ids_and_headings_are_brought_to_one_form(
    tmp_path: Path,
) -> None:
    rows = (
        "ｐｅｒｓｏｎ＿ｉｄ,目标,关键结果,评分\n"
        f'E1,{SAID},a，b,0.5\nE1,{SAID},c,0.7\nE1,甲,"a,b",0.4\n'
    )
    write_policy(tmp_path, "seller", SELLER)
    card = subject(read(tmp_path, people=PEOPLE, okrs=rows)).scorecard
    assert card.person["name"].value == "示例（一）"
    assert [one.title.value for one in card.objectives] == [SAID, "甲"]
    results = [[one.origin.source for one in each.key_results] for each in card.objectives]
    assert results == [["a，b", "c"], ["a,b"]]


def test_a_key_result_with_another_comma_is_still_the_same(tmp_path: Path) -> None:
    rows = 'person_id,objective,key_result,score\nE1,甲，乙,丙，丁,0.5\nE1,"甲,乙","丙,丁",0.6\n'
    write_policy(tmp_path, "seller", SELLER)
    intake = read(tmp_path, people=PEOPLE, okrs=rows)
    assert ("E1", "duplicate-figure", "okrs.csv:3") in shown(intake)
    (objective,) = subject(intake).scorecard.objectives
    assert (objective.title.value, len(objective.key_results)) == ("甲，乙", 1)


def test_a_refused_name_is_shown_as_it_stands(tmp_path: Path) -> None:
    write_policy(tmp_path, "seller", SELLER)
    rows = "person_id,name,indicator,actual,target\nE1,示例（二）,amount,1,1\n"
    (one,) = [
        one for one in subject(read(tmp_path, people=PEOPLE, actuals=rows)).problems
        if one.code == "wrong-name"
    ]  # fmt: skip
    assert "示例（二）" in one.message("zh")
    # Another kind of bracket is no other name.
    rows = rows.replace("示例（二）", "示例(一)")
    assert "wrong-name" not in {
        one.code for one in subject(read(tmp_path, people=PEOPLE, actuals=rows)).problems
    }
