"""A cycle in which everything happens that a feedback statement may have to tell.

Seven people and their team: a distribution that lowers a grade, an award, a pool, percentiles,
a calibration with somebody's name in its reason, a changed target, objectives, earlier cycles,
somebody who changed role, follow-ups.
"""

from pathlib import Path
from typing import Final

__all__ = ["PEOPLE", "write_cycle"]

PEOPLE: Final = {f"E{number:03}": f"示例员工{number:02}" for number in range(1, 8)}

SALES: Final = """
policy: sales
title: {zh: 销售代表, en: Sales representative}
indicators:
  sales:
    title: {zh: 销售额, en: Sales}
    weight: 40%
    unit: CNY
    score:
      bands:
        - {at_least: 110%, score: 110}
        - {at_least: 100%, score: 100}
        - {at_least: 80%, score: 80}
        - {at_least: 60%, score: 60}
        - {otherwise: 0}
  customers:
    title: {zh: 新签客户, en: New customers}
    weight: 30%
    unit: 个
    target: 15
    score:
      bands:
        - {at_least: 100%, score: 100}
        - {at_least: 80%, score: 80}
        - {at_least: 60%, score: 60}
        - {otherwise: 0}
  cac:
    title: {zh: 获客成本, en: Acquisition cost}
    weight: 10%
    unit: CNY
    direction: lower_is_better
    target: 5000
    zero_actual: 120%
    score: {on: percentile, bands: [{at_least: 50%, score: 100}, {otherwise: 60}]}
  teamwork:
    title: {zh: 团队协作, en: Teamwork}
    weight: 20%
    unit: 分
    score:
      ratings:
        groups: {manager: 50%, peer: 30%, client: 20%}
        scale: {min: 0, max: 100}
        empty_group: exclude
grades:
  - {grade: A, at_least: 90}
  - {grade: B, at_least: 80}
  - {grade: C, at_least: 60}
  - {otherwise: D}
distribution: {within: department, quotas: {A: {at_most: 20%}}, order: [total desc]}
awards:
  star:
    title: {zh: 季度销售之星, en: Star of the quarter}
    order: [total desc]
    top: 20%
    at_least_one: true
incentives:
  bonus:
    title: {zh: 季度奖金, en: Quarterly bonus}
    base: person.bonus_base
    tiers:
      by: sales.attainment
      whole:
        - {at_least: 100%, pay: 120%}
        - {at_least: 80%, pay: 100%}
        - {at_least: 60%, pay: 80%}
        - {otherwise: 0%}
pools:
  fund:
    title: {zh: 团队奖金包, en: Team fund}
    amount: cycle.fund
    share_by: total
follow_ups:
  improvement_plan:
    title: {zh: 30天改进计划, en: 30-day plan}
    when: grade == "D"
    due_days: 30
  talk: {title: {zh: 绩效面谈, en: Performance talk}, when: streak("D") >= 2}
target_changes: {per_quarter: 1}
"""

ADS: Final = """
policy: ads
title: {zh: 广告投放, en: Ad buying}
indicators:
  spend:
    title: {zh: 预算执行率, en: Budget spent}
    weight: 100%
    unit: CNY
    target: 100000
    score: {window: {low: 95%, high: 105%, score: 100, per: 1%, points: -2, at_least: 0}}
grades: [{grade: A, at_least: 90}, {otherwise: B}]
"""

TEAM: Final = """
policy: team
title: {zh: 团队, en: Team}
subject: team
indicators:
  revenue:
    title: {zh: 团队销售额, en: Team sales}
    weight: 100%
    unit: CNY
    target: 500000
    roll_up: {of: sales.actual, by: sum}
    score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}
grades: [{grade: A, at_least: 90}, {otherwise: B}]
"""

CYCLE: Final = """
id: 2024Q3
from: 2024-07-01
to: 2024-09-30
announced: 2024-10-10
policies: ../policies
facts: {fund: 10000}
"""

FIGURES: Final = {
    "E001": (110000, 100000, 16, 4800), "E002": (105000, 100000, 15, 4900),
    "E003": (100000, 100000, 12, 5000), "E004": (80000, 100000, 12, 5200),
    "E005": (50000, 100000, 6, 6000), "E006": (76000, 100000, 15, 4700),
}  # fmt: skip
"""Sales and their target, new customers, cost of one."""

OTHERS: Final = {
    "units.csv": "unit_id,role,name\nT1,team,华东组\n",
    "calibrations.csv": "person_id,date,what,before,after,kind,reason,approved_by,evidence\n"
    "E004,2024-10-08,grade,C,D,calibration,与示例员工03和e005相比偏高,示例员工06,HY-1\n",
    "history.csv": "person_id,cycle,total,grade\nE005,2024Q2,50,D\n",
    "okrs.csv": "person_id,objective,key_result,score\n"
    "E001,打开华东市场,与 E002 签下三家客户,0.8\nE001,打开华东市场,口碑推荐,0.6\n",
    "target_changes.csv": "person_id,indicator,date,old,new,reason,approved_by\n"
    "E006,sales,2024-08-01,100000,80000,大客户退出,示例员工05\n",
    "segments.csv": "person_id,role,from,to,segment,team,department\n"
    "E007,sales,2024-07-01,2024-07-31,1,T1,销售部\nE007,ads,2024-08-01,2024-09-30,2,T1,销售部\n",
}


def write_cycle(folder: Path) -> Path:
    """Writes the policies and the cycle into `folder`; the cycle's own folder."""
    (folder / "policies").mkdir()
    for name, text in (("sales", SALES), ("ads", ADS), ("team", TEAM)):
        (folder / "policies" / f"{name}.yaml").write_text(text, "utf-8")
    cycle = folder / "2024Q3"
    cycle.mkdir()
    (cycle / "cycle.yaml").write_text(CYCLE, "utf-8")
    people = "person_id,name,role,team,department,bonus_base\n"
    for person, name in PEOPLE.items():
        people += f"{person},{name},{'ads' if person == 'E007' else 'sales'},T1,销售部,10000\n"
    actuals = "person_id,segment,indicator,actual,target\n"
    ratings = "person_id,segment,indicator,group,rater_id,score\n"
    for row, (person, (sales, target, customers, cost)) in enumerate(FIGURES.items()):
        actuals += f"{person},,sales,{sales},{target}\n{person},,customers,{customers},\n"
        actuals += f"{person},,cac,{cost},\n"
        ratings += f"{person},,teamwork,manager,M1,{90 - row}.125\n"
        for rater, points in enumerate((f"{80 + row}.375", f"{81 + row}.625", f"{84 + row}.5")):
            ratings += f"{person},,teamwork,peer,P{rater},{points}\n"
        ratings += f"{person},,teamwork,client,K1,{91 + row}.625\n"
    actuals += "E007,1,sales,99000,100000\nE007,1,customers,15,\nE007,1,cac,5100,\n"
    actuals += "E007,2,spend,112000,\n"
    ratings += "E007,1,teamwork,manager,M1,90\n"
    tables = {"people.csv": people, "actuals.csv": actuals, "ratings.csv": ratings, **OTHERS}
    for name, text in tables.items():
        (cycle / name).write_text(text, "utf-8")
    return cycle
