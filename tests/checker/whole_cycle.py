"""A small cycle in which every rule between subjects and every kind of entry comes to something."""

from pathlib import Path

__all__ = ["write_cycle"]

SALES = """\
policy: sales
version: "1"
indicators:
  amount:
    {weight: 40%, target: required, score: {bands: [
      {at_least: 100%, score: 100}, {at_least: 50%, score: [50, 100]}, {otherwise: 0}]}}
  rank:
    {weight: 20%, target: 50, score: {on: percentile, within: department, bands: [
      {at_least: 75%, score: [90, 100], up_to: 100%}, {at_least: 30%, score: 80}, {otherwise: 60}]}}
  cost:
    {weight: 20%, direction: lower_is_better, target: required, score: {on: percentile, of: actual,
      bands: [{at_least: 50%, score: 100}, {otherwise: 70}]}}
  growth:
    {weight: 20%, attainment: actual / previous.actual,
     score: {formula: "min(120, 100 * attainment)"}}
adjustments:
  praise: {points: {each: 2, at_most: 6}}
total: {at_least: 0, at_most: 110}
vetoes:
  fraud: {when: fraud > 0, then: {total: 79, grade: C, pay: 50%}}
grades:
  - {grade: S, at_least: 95}
  - {grade: A, at_least: 85}
  - {grade: B, at_least: 70}
  - {grade: C, at_least: 60}
  - {otherwise: D}
distribution:
  {within: team, min_group: 4, quotas: {S: {at_most: 20%}, A: 30%, D: {at_least: 10%}},
   order: [total desc, amount.attainment * 2 desc], ties: keep_together_lower}
awards:
  star: {within: department, order: [total desc, cost.actual asc], top: 20%, count: half_up,
         at_least_one: true, only_if: total >= 80}
  solid: {only_if: 'total >= 60 and team.grade in ("A", "B")'}
incentives:
  bonus: {base: person.base, by_grade: {S: 150%, A: 120%, B: 100%, C: 50%, D: 0%}}
  prize: {base: "777.77", only_if: total > 90, moves: sum}
pools:
  fund: {amount: department.fund, within: department, share_by: total * person.factor}
  treat: {amount: cycle.treat, share_by: total, only_if: team.attainment >= 80%}
follow_ups:
  plan: {when: 'grade == "D"', due_days: 30}
  talk: {when: 'streak("D") >= 2 or previous.total - total > 20'}
target_changes: {per_quarter: 2, weighting: months}
"""

SUPPORT = """\
policy: support
version: "1"
indicators:
  calls: {weight: 60%, target: required, score: {bands: [
    {at_least: 100%, score: 100}, {otherwise: 40}]}}
  quality: {weight: 40%, score: {direct: {min: 0, max: 100}}}
vetoes:
  fraud: {when: fraud > 0, then: {total: 60, grade: B}}
grades: [{grade: A, at_least: 85}, {grade: B, at_least: 60}, {otherwise: C}]
distribution:
  {quotas: {A: 20%, B: 70%, C: 10%}, order: [total desc, quality.score desc]}
incentives:
  bonus: {base: person.base, times: [proration]}
  piece: {base: calls.actual * 1.5, moves: sum}
target_changes: {needs: [reason]}
"""

TEAM = """\
policy: team
version: "1"
subject: team
sections: {money: {weight: 70%}, people: {weight: 30%}}
indicators:
  amount:
    {section: money, weight: 60%, roll_up: {actual: {of: amount.actual, by: sum},
     target: {of: amount.target, by: sum}}, score: {bands: [
      {at_least: 100%, score: 100}, {at_least: 50%, score: [50, 100]}, {otherwise: 0}]}}
  spread:
    {section: money, weight: 40%, roll_up: {of: amount.attainment, by: min},
     score: {formula: "100 * actual"}}
  quality:
    {section: people, weight: 50%, target: 0.8, roll_up: {of: growth.attainment, by: weighted_mean,
      weight: person.factor}, score: {bands: [{at_least: 90%, score: 100}, {otherwise: 55}]}}
  care:
    {section: people, weight: 50%, roll_up: {of: growth.score, by: mean},
     score: {direct: {min: 0, max: 120}}}
grades: [{grade: A, at_least: 90}, {grade: B, at_least: 70}, {otherwise: C}]
"""

DEPARTMENT = """\
policy: department
version: "1"
subject: department
indicators:
  last: {weight: 50%, from_history: 2024Q2, score: {direct: {min: 0, max: 100}}}
  most: {weight: 50%, roll_up: {of: amount.score, by: max}, score: {direct: {min: 0, max: 100}}}
"""

CYCLE = """\
id: 2024Q3
cycle: quarter
from: 2024-07-01
to: 2024-09-30
announced: 2024-10-10
policies: policies
facts: {treat: 1000}
"""

TABLES = {
    "units.csv": """\
unit_id,role,name,fund
T1,team,一队,
T2,team,二队,
T3,team,三队,
D1,department,一部,100000
D2,department,二部,50000.01
""",
    "segments.csv": """\
person_id,role,from,to,segment,team,department
P90,sales,2024-07-01,2024-07-31,1,T1,D1
P90,support,2024-08-01,2024-09-30,2,T2,D1
""",
    "events.csv": """\
person_id,event,count,segment
P04,fraud,1,
P05,praise,2,
P90,fraud,1,1
""",
    "target_changes.csv": """\
person_id,indicator,date,old,new,reason,approved_by
P01,amount,2024-08-01,100,80,市场变化,示例经理01
P02,cost,2024-08-01,60,70,价格上调,示例经理01
P02,cost,2024-09-01,70,75,价格再次上调,示例经理01
P21,calls,2024-08-15,105,100,设备检修,
P03,amount,2024-08-15,100,80,不在月初,示例经理01
""",
    "calibrations.csv": """\
person_id,date,what,before,after,kind,reason,approved_by
P05,2024-10-08,amount.score,95,96.5,calibration,区域停业两周,示例总监01
P06,2024-10-12,amount.actual,102,104,appeal,漏记一单,示例总监01
P07,2024-10-08,total,0,88,calibration,不再成立,示例总监01
P08,2024-10-08,grade,B,A,calibration,跨部门支援,示例总监01
P08,2024-10-09,grade,A,B,calibration,撤回,示例总监01
P04,2024-10-08,grade,D,A,calibration,不能越过否决,示例总监01
""",
    "okrs.csv": """\
person_id,objective,key_result,score,evidence
P01,开拓新市场,签约三家,0.7,
P01,开拓新市场,拜访二十家,1,
P01,团队建设,带教一人,0.5,
""",
}


def write_cycle(folder: Path) -> Path:
    """Writes the cycle's folder; returns it."""
    (folder / "policies").mkdir(parents=True)
    for text in (SALES, SUPPORT, TEAM, DEPARTMENT):
        name = text.partition("\n")[0].removeprefix("policy: ")
        (folder / f"policies/{name}.yaml").write_text(text, "utf-8")
    for name, text in {"cycle.yaml": CYCLE, **TABLES, **rows()}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def rows() -> dict[str, str]:
    """The tables with a row for everybody."""
    people = ["person_id,role,name,team,department,base,factor"]
    actuals = ["person_id,indicator,actual,target,segment"]
    history = ["person_id,cycle,total,grade,indicator,actual"]
    for row in range(1, 17):
        person, team = f"P{row:02d}", ("T1" if row <= 9 else "T2" if row <= 14 else "T3")
        department = "D1" if row <= 14 else "D2"
        people.append(f"{person},sales,示例员工{row:02d},{team},{department},10000,{row % 3 + 1}")
        actuals.append(f"{person},amount,{60 + row * 7 % 50},100,")
        actuals.append(f"{person},rank,{row * 5 % 7 * 10},,")
        actuals.append(f"{person},cost,{50 + row * 3 % 8},60,")
        actuals.append(f"{person},growth,{80 + row},,")
        history.append(f"{person},2024Q2,{60 + row},{'D' if row % 2 else 'B'},,")
        history.append(f"{person},2024Q2,,,growth,{100 - row}")
        history.append(f"{person},2024Q1,55,D,,")
    for row in range(21, 32):
        people.append(f"P{row},support,示例员工{row},,,5000,1")
        actuals.append(f"P{row},calls,{80 + row},105,")
        actuals.append(f"P{row},quality,{60 + row % 4 * 10},,")
    people.append("P90,support,示例员工90,T2,D1,8000,2")
    actuals += ["P90,amount,90,100,1", "P90,rank,40,,1", "P90,cost,55,60,1", "P90,growth,95,,1"]
    actuals += ["P90,calls,70,70,2", "P90,quality,88,,2"]
    history += ["P90,2024Q2,90,A,,", "P90,2024Q2,,,growth,91"]
    history += [f"{unit},2024Q2,{total},,," for unit, total in (("D1", 71), ("D2", 90))]
    tables = {"people": people, "actuals": actuals, "history": history}
    return {f"{name}.csv": "\n".join(lines) + "\n" for name, lines in tables.items()}
