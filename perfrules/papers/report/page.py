"""The whole report: its head, its key figures, its chapters in their order, its seal."""

from dataclasses import dataclass

from perfrules.codes.code import Language
from perfrules.exact import plain
from perfrules.papers.overview.figures import mean_of, median_of
from perfrules.papers.overview.pay import pay_in_all
from perfrules.papers.overview.rows import Everybody
from perfrules.papers.report.curves import curves
from perfrules.papers.report.facts import ReportFacts
from perfrules.papers.report.grading import grading
from perfrules.papers.report.listed import due, missing, odd, refused, units
from perfrules.papers.report.parts import DASH, Chapter, Teller
from perfrules.papers.report.paying import paying
from perfrules.papers.report.raters import raters
from perfrules.papers.report.sides import sides
from perfrules.papers.report.totals import totals
from perfrules.papers.report.trend import trend

__all__ = ["Page", "report_page"]

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What is set: all of it is text but the pictures."""

    language: Language
    title: str
    cycle: str
    secrecy: str
    head: Pairs
    key_figures: Pairs
    contents: str
    data_word: str
    chapters: tuple[Chapter, ...]
    seal: Pairs
    colon: str


def report_page(facts: ReportFacts, language: Language) -> Page:
    """The report in one language."""
    everybody = facts.everybody
    told = Teller(language, facts.currency, _places(everybody))
    cycle = everybody.cycle
    title = told.text(everybody.title)
    if title and title != cycle:
        cycle = told.say(f"{title}（{everybody.cycle}）", f"{title} ({everybody.cycle})")
    chapters = (
        missing(everybody, told),
        totals(everybody, told),
        grading(everybody, told),
        sides(everybody, told),
        raters(facts.rated, told),
        paying(everybody, told),
        curves(facts, told),
        trend(facts, told),
        odd(facts, told),
        due(facts, told),
        *refused(facts, told),
        *units(everybody, told),
    )
    return Page(
        language=language,
        title=told.say("绩效考核决策报告", "Appraisal report for those who decide"),
        cycle=cycle,
        secrecy=told.say(
            "保密：含个人成绩与薪酬，仅供有权决策的人阅读",
            "Confidential: results and pay of persons, for those who decide only",
        ),
        head=_head(facts, told, cycle),
        key_figures=_key_figures(facts, told),
        contents=told.say("目录", "Contents"),
        data_word=told.say("数据", "The data"),
        chapters=chapters,
        seal=_seal(facts, told),
        colon=told.say("：", ": "),
    )


def _places(everybody: Everybody) -> int:
    """The most digits that an amount of pay has behind the point."""
    amounts = (amount for line in everybody.lines for amount in line.pay.values())
    return max((len(plain(amount).partition(".")[2]) for amount in amounts), default=0)


def _head(facts: ReportFacts, told: Teller, cycle: str) -> Pairs:
    one = facts.everybody
    return (
        (told.say("考核周期", "Cycle"), cycle),
        (
            told.say("起止日期", "Period"),
            told.say(f"{one.start} 至 {one.end}", f"{one.start} to {one.end}"),
        ),
        (told.say("结果文件夹", "Result folder"), facts.folder),
        (told.say("结果摘要", "Digest of the results"), facts.digest),
    )


def _key_figures(facts: ReportFacts, told: Teller) -> Pairs:
    one = facts.everybody
    values = [line.total for line in one.people if line.total is not None]
    pay = pay_in_all(one)
    found = [
        (told.say("应考核", "Head count"), told.people(one.head_count)),
        (told.say("已出结果", "With a result"), told.people(len(one.people))),
        (told.say("未出结果", "Without a result"), told.people(one.people_missing)),
        (told.say("平均总分", "Mean total"), told.mean(mean_of(values))),
        (told.say("中位数", "Median"), told.figure(median_of(values))),
        (told.say("发放合计", "Pay in all"), told.amount(pay) if one.plans else DASH),
    ]
    return tuple(found)


def _seal(facts: ReportFacts, told: Teller) -> Pairs:
    found = [(told.say("结果摘要 SHA-256", "Results, SHA-256"), facts.digest)]
    found += [(told.text(name), digest) for name, digest in facts.others]
    found += [
        (told.say(f"考核方案 {one.label}", f"Policy {one.label}"), one.digest)
        for one in facts.policies
    ]
    check = told.say(
        "本报告只汇总结果文件夹中的数字，不改变任何结果；perfrules verify 可独立复核该文件夹",
        "this report adds up the figures of the result folder and changes none; perfrules verify "
        "checks the folder independently",
    )
    found.append((told.say("复核", "To check"), check))
    found.append(("perfrules", facts.version))
    return tuple(found)
