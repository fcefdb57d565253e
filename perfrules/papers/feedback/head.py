"""What stands above the figures of a record: whose it is, of which cycle, and what it came to."""

from collections.abc import Iterator
from typing import NamedTuple

from perfrules.words.explanation.head import lines_of_pay
from perfrules.words.glossary import Glossary

__all__ = ["About", "Run", "cycle_name", "head_of", "result_of", "subject_kind"]


class About(NamedTuple):
    """What the tables say of the person; empty where they say nothing."""

    name: str = ""
    team: str = ""
    department: str = ""


class Run(NamedTuple):
    """What the run says for everybody: the cycle's title in this language, and the currency that
    is meant where a policy names none."""

    title: str = ""
    currency: str = ""


def cycle_name(told: Glossary, run: Run) -> str:
    """`2024年第三季度绩效考核（2024Q3）`."""
    own = str((told.record["cycle"] or {}).get("id", ""))
    if not run.title or run.title == own:
        return own
    return told.say(f"{run.title}（{own}）", f"{run.title} ({own})")


def head_of(told: Glossary, about: About, run: Run) -> Iterator[tuple[str, str]]:
    """Who it is, where they belong, the cycle, the policy, as pairs of a name and a value."""
    record, policy = told.record, told.record["policy"]
    subject = record["subject"]
    named = told.say(f"{about.name}（{subject}）", f"{about.name} ({subject})")
    yield subject_word(told), named if about.name else subject
    if about.department:
        yield told.say("部门", "Department"), about.department
    if about.team:
        yield told.say("团队", "Team"), about.team
    if cycle := record["cycle"]:
        yield told.say("考核周期", "Cycle"), cycle_name(told, run)
        dates = told.say(f"{cycle['from']} 至 {cycle['to']}", f"{cycle['from']} to {cycle['to']}")
        yield told.say("起止日期", "Period"), dates
    title = told.text(told.resolved.get("title")) or policy["id"]
    version = told.say(f"版本 {policy['version']}", f"version {policy['version']}")
    yield told.say("考核方案", "Policy"), told.say(f"{title}（{version}）", f"{title} ({version})")


def subject_word(told: Glossary) -> str:
    """What the one is called whom a record is about."""
    match subject_kind(told):
        case "team":
            return told.say("团队", "Team")
        case "department":
            return told.say("部门", "Department")
        case "project":
            return told.say("项目", "Project")
    return told.say("被考核人", "Name")


def subject_kind(told: Glossary) -> str:
    """person, team, department or project."""
    return str(told.record.get("subject_kind") or told.resolved.get("subject", "person"))


def result_of(told: Glossary) -> Iterator[tuple[str, str]]:
    """Total, grade, pay line by line, awards, as pairs of a name and a value."""
    record = told.record
    yield told.say("总分", "Total"), told.written(record["total"], told.measure("total"))
    if record["grade"] is not None:
        yield told.say("等级", "Grade"), told.grade(record["grade"])
    for name in lines_of_pay(told):
        yield told.plan(name), told.written(record["pay"][name], told.measure(f"pay.{name}"))
    if len(record["pay"]) > 1 and "pay_total" in record:
        total = told.written(record["pay_total"], told.measure("pay_total"))
        yield told.say("奖金合计", "Total pay"), total
    if awards := record.get("awards"):
        titles = (told.title("awards", name) for name in awards)
        yield told.say("奖项", "Awards"), told.say("、", ", ").join(titles)
