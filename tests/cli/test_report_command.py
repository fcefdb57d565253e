"""`perfrules report` as those who decide meet it."""

import csv
import hashlib
import re
import shutil
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from in_process import in_process
from report_reader import Seen, seen

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.layout.terminal import visible
from perfrules.records.write import write_results

ROOT = Path(__file__).parents[2]
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "p", "h1", "h2", "h3", "dl",
    "dt", "dd", "div", "nav", "ul", "li", "a", "section", "figure", "svg", "desc", "text", "rect",
    "line", "circle", "path", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot",
    "tr", "th", "td", "footer",
}  # fmt: skip


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the results of both example quarters."""
    folder = tmp_path_factory.mktemp("quarters")
    for name in ("2024Q3", "2024Q4"):
        written, findings = write_results(evaluate_cycle(ROOT / "examples" / name), folder / name)
        assert written is not None, list(findings)
    return folder


def report(folder: Path, *words: object, language: str = "zh") -> Seen:
    done = in_process("report", *words, "--out", "-", folder=folder, language=language)
    assert done.returncode == 0, done.stderr
    return seen(done.stdout)


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "appraisals.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_needs_nothing_and_can_do_nothing(quarters: Path, language: str) -> None:
    done = in_process("report", "2024Q3", "--out", "-", folder=quarters, language=language)
    assert done.returncode == 0
    page = done.stdout
    assert len(page.encode()) < 300_000
    found = seen(page)
    assert {tag for tag, _ in found.tags} <= TAGS
    policies = [
        own for tag, own in found.tags if own.get("http-equiv") == "Content-Security-Policy"
    ]
    assert [own["content"] for own in policies] == [POLICY]
    for tag, own in found.tags:
        assert not {key for key in own if key.startswith("on") or key in ("src", "srcset", "data")}
        assert own.get("href", "#").startswith("#"), tag
    assert not re.search(r"url\(|@import", page)
    (html,) = (own for tag, own in found.tags if tag == "html")
    assert html["lang"] == {"zh": "zh-Hans", "en": "en"}[language]
    anchors = {own["href"] for tag, own in found.tags if tag == "a"}
    ids = [own["id"] for _, own in found.tags if "id" in own]
    assert anchors <= {f"#{one}" for one in ids}
    assert len(ids) == len(set(ids))
    secret = {"zh": "保密", "en": "Confidential"}[language]
    assert any(text.startswith(secret) for text in found.texts)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_picture_has_its_title_and_its_figures_as_a_table(
    quarters: Path, language: str
) -> None:
    found = report(quarters, "2024Q3", language=language)
    assert len(found.pictures) >= 12
    for title in found.pictures:
        assert len(found.tables[title]) >= 2, title
        assert re.search(r"\d", title), f"the title says no figure: {title}"
    pictures = [own for tag, own in found.tags if tag == "svg"]
    assert all(own["role"] == "img" and own["aria-label"] for own in pictures)


def test_key_figures_are_those_of_the_records(quarters: Path) -> None:
    found = report(quarters, "2024Q3")
    people = [row for row in rows_of(quarters / "2024Q3") if row["kind"] == "person"]
    totals = [Fraction(row["total"]) for row in people]
    assert found.pairs["应考核"] == "40 人"
    assert found.pairs["已出结果"] == f"{len(people)} 人" == "35 人"
    assert found.pairs["未出结果"] == "5 人"
    mean = Fraction(found.pairs["平均总分"].removeprefix("≈"))
    assert abs(mean - sum(totals) / len(totals)) <= Fraction(1, 200)
    assert Fraction(found.pairs["中位数"]) == median(totals)
    pay = sum(Decimal(row["pay_total"] or 0) for row in people)
    assert found.pairs["发放合计"] == f"{pay:,.2f} 元"


def test_tables_are_those_of_the_records(quarters: Path) -> None:
    found = report(quarters, "2024Q3")
    rows = rows_of(quarters / "2024Q3")
    people = [row for row in rows if row["kind"] == "person"]

    grades = Counter(row["grade"] for row in people)
    for grade, _, after, _ in found.table("强制分布和校准改变了")[1:-1]:
        assert int(after) == grades[grade]

    bins = found.table("人数最多的是")[1:-1]
    for place, (name, many, _) in enumerate(bins):
        low, high = map(Decimal, name.split("–"))
        is_last = place == len(bins) - 1
        inside = [
            row for row in people
            if low <= Decimal(row["total"]) and (Decimal(row["total"]) < high or is_last)
        ]  # fmt: skip
        assert int(many) == len(inside)

    names = {"D100": "销售部"}
    departments: dict[str, list[Fraction]] = {}
    for row in people:
        name = names.get(row["department"], row["department"])
        departments.setdefault(name, []).append(Fraction(row["total"]))
    listed = found.table("部门：")[1:]
    assert {row[0] for row in listed} == set(departments)
    for name, many, low, _, middle, _, high, _ in listed:
        own = departments[name]
        assert (int(many), Fraction(low), Fraction(high)) == (len(own), min(own), max(own))
        assert Fraction(middle) == median(own)

    titles = {
        "季度奖金": "quarterly_bonus",
        "销售提成": "commission",
        "渠道提成": "channel_commission",
    }
    plans = {row[0]: row for row in found.table("季度奖金最多")[1:]}
    for title, plan in titles.items():
        amounts = [Decimal(row[f"pay.{plan}"] or 0) for row in rows]
        assert plans[title][2] == f"{sum(amounts):,.2f}"
        assert int(plans[title][1]) == sum(1 for amount in amounts if amount)


def test_who_is_missing_is_named_with_the_reason(quarters: Path) -> None:
    found = report(quarters, "2024Q3")
    missing = found.table("未出结果，另有 1 个团队")
    assert [row[0] for row in missing[1:]] == [
        "E1008",
        "E1019",
        "E1035",
        "E1036",
        "E1040",
        "T103",
        "T103",
    ]
    assert missing[1][3] == "指标 `销售额(回款口径) (sales_amount)` 没有目标值"
    english = report(quarters, "2024Q3", language="en").table("have no result")
    assert english[1][3] == "`Sales, cash received (sales_amount)` has no target"


def test_the_curve_counts_everybody_with_a_result(quarters: Path) -> None:
    found = report(quarters, "2024Q3")
    totals = [
        Decimal(row["total"]) for row in rows_of(quarters / "2024Q3") if row["kind"] == "person"
    ]
    counts = [int(row[2]) for row in found.table("季度奖金：35 人中")[1:]]
    ends = (Decimal(-1), Decimal(60), Decimal(70), Decimal(90), Decimal(100), Decimal(1000))
    assert counts == [sum(low <= total < high for total in totals) for low, high in pairwise(ends)]
    commission = found.table("销售提成：7 人中")
    assert commission[0][0] == "销售额(回款口径) 实际值"
    assert sum(int(row[2]) for row in commission[1:]) == 7


def test_outliers_are_those_of_the_command(quarters: Path) -> None:
    found = report(quarters, "2024Q4")
    done = in_process("outliers", "2024Q4", "--format", "csv", folder=quarters, language="zh")
    listed = {row["person_id"] for row in csv.DictReader(done.stdout.lstrip("\ufeff").splitlines())}
    assert f"{len(listed)} 人应复核" in "".join(found.texts)
    assert {row[0] for row in found.table("理由最多的排在前面")[1:]} == listed


def test_the_page_is_bound_to_the_results(quarters: Path) -> None:
    found = report(quarters, "2024Q3")
    manifest = (quarters / "2024Q3" / "manifest.json").read_text("utf-8")
    digest = found.pairs["结果摘要"]
    assert f'"digest": "{digest}"' in manifest


def test_an_earlier_cycle_makes_a_trend(quarters: Path) -> None:
    found = report(quarters, "2024Q4", "--against", "2024Q3")
    old, new = (
        {
            row["person_id"]: Fraction(row["total"])
            for row in rows_of(quarters / name)
            if row["kind"] == "person"
        }
        for name in ("2024Q3", "2024Q4")
    )
    both = sorted(old.keys() & new.keys())
    rows = found.table(f"两期都有总分的 {len(both)} 人")
    assert [row[0] for row in rows[1:]] == ["2024Q3", "2024Q4"]
    assert rows[1][2:4] == ["40", "35"]
    assert Fraction(rows[2][5]) == median(new.values())
    mean = Fraction(rows[1][4].removeprefix("≈"))
    assert abs(mean - sum(old.values()) / len(old)) <= Fraction(1, 200)
    jumps = {row[0]: row[1] for row in found.table("人应复核")}
    assert int(jumps["比上一周期变化大"]) == sum(abs(new[one] - old[one]) > 15 for one in both)


def test_the_history_of_the_cycle_joins_the_trend(quarters: Path) -> None:
    found = report(quarters, "2024Q3", "--inputs", ROOT / "examples/2024Q3")
    rows = found.table("两期都有总分")
    assert [row[0] for row in rows[1:]] == ["2024Q1", "2024Q2", "2024Q3"]
    assert [row[3] for row in rows[1:]] == ["2", "10", "35"]
    # history.csv has 52.1 and 64.75
    assert rows[1][5] == "58.425"


def test_without_earlier_cycles_it_says_how_to_name_them(quarters: Path) -> None:
    assert "--against" in "".join(report(quarters, "2024Q3").texts)


def test_a_file_that_is_there_is_left(quarters: Path, tmp_path: Path) -> None:
    shutil.copytree(quarters / "2024Q3", tmp_path / "results")
    first = in_process("report", "results", folder=tmp_path)
    path = tmp_path / "results-report.html"
    assert (first.returncode, first.stdout, path.exists()) == (0, "", True)
    again = in_process("report", "results", folder=tmp_path)
    assert again.returncode == 0  # the same to the last byte
    path.write_text("notes", "utf-8")
    left = in_process("report", "results", folder=tmp_path)
    assert (left.returncode, "[report-exists]" in left.stderr) == (2, True)
    assert path.read_text("utf-8") == "notes"
    forced = in_process("report", "results", "--force", folder=tmp_path)
    assert (forced.returncode, path.read_text("utf-8")[:15]) == (0, "<!doctype html>")


def test_what_cannot_be_reported_ends_with_2(quarters: Path, tmp_path: Path) -> None:
    shutil.copytree(quarters / "2024Q3", tmp_path / "results")
    shutil.copytree(quarters / "2024Q4", tmp_path / "later")
    inside = in_process("report", "results", "--out", "results/r.html", folder=tmp_path)
    assert (inside.returncode, "[feedback-in-results]" in inside.stderr) == (2, True)
    nowhere = in_process("report", "nowhere", folder=tmp_path)
    assert (nowhere.returncode, "[not-a-result-folder]" in nowhere.stderr) == (2, True)
    later = in_process("report", "results", "--against", "later", folder=tmp_path)
    assert (later.returncode, "[later-history]" in later.stderr) == (2, True)
    words = ("report", "later", "--against", "results", "--against", "results")
    twice = in_process(*words, folder=tmp_path)
    assert (twice.returncode, "[history-twice]" in twice.stderr) == (2, True)
    table = tmp_path / "results" / "appraisals.csv"
    table.write_bytes(table.read_bytes().replace(b"98.43", b"99.43"))
    changed = in_process("report", "results", folder=tmp_path)
    assert (changed.returncode, "[changed-output]" in changed.stderr) == (2, True)
    assert not (tmp_path / "results-report.html").exists()


def test_pay_is_held_against_a_table_of_budgets(quarters: Path, tmp_path: Path) -> None:
    table = tmp_path / "budget.csv"
    table.write_bytes(
        '项目,部门,预算\r\n季度奖金,,"300,000"\r\ncommission,,100000\r\n,增长部,117600\r\n,,\r\n'.encode(
            "gb18030"
        )
    )
    found = report(quarters, "2024Q3", "--budget", table)
    assert hashlib.sha256(table.read_bytes()).hexdigest() in "".join(found.texts)
    plans = {row[0]: row[4:] for row in found.table("季度奖金超出预算")[1:]}
    assert plans["季度奖金"] == ["300,000.00", "-16,257.52", "≈105.4%"]
    assert plans["销售提成"] == ["100,000.00", "2,464.22", "≈97.5%"]
    assert plans["降本奖"] == ["未给出", "—", "—"]
    departments = {row[0]: row[-2:] for row in found.table("销售部最多")[1:]}
    assert departments["增长部"] == ["117,600.00", "100%"]
    assert departments["销售部"] == ["未给出", "—"]
    table.write_text("department,budget\n增长部,117599\n", "utf-8")
    assert found_title(report(quarters, "2024Q3", "--budget", table), "超出预算：增长部")


def found_title(page: Seen, words: str) -> bool:
    return any(words in title for title in page.tables)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",,5", "budget-row"), ("commission,增长部,5", "budget-row"), ("bonus,,5", "budget-row"),
        (",市场部,5", "budget-row"), (",增长部,", "budget-row"), (",增长部,-1", "budget-row"),
        (",增长部,1\n,增长部,1", "budget-row"), ("commission,,1\n销售提成,,2", "budget-row"),
        (",增长部,1万", "unit-suffix"),
    ],
)  # fmt: skip
def test_a_row_of_a_budget_that_cannot_be_used_ends_it(
    quarters: Path, tmp_path: Path, row: str, code: str
) -> None:
    table = tmp_path / "budget.csv"
    table.write_text(f"plan,department,budget\n{row}\n", "utf-8")
    done = in_process("report", "2024Q3", "--budget", table, "--out", "-", folder=quarters)
    assert (done.returncode, done.stdout, done.stderr.count(f"[{code}]")) == (2, "", 1)
    table.write_text("plan,department\n", "utf-8")
    done = in_process("report", "2024Q3", "--budget", table, "--out", "-", folder=quarters)
    assert (done.returncode, "[missing-column]" in done.stderr) == (2, True)


def test_other_data_of_the_cycle_are_refused(quarters: Path, folder: Path) -> None:
    """`folder` is a copy of the cycle, in which a figure is then changed."""
    path = folder / "history.csv"
    path.write_text(path.read_text("utf-8").replace("91.2", "91.3"), "utf-8")
    done = in_process("report", "2024Q3", "--inputs", folder, "--out", "-", folder=quarters)
    assert (done.returncode, "[changed-input]" in done.stderr) == (2, True)


ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'\"--></style></script><svg onload=alert(1)>",
    "</text></svg><a href=javascript:alert(1)>",
    "]]><!ENTITY x>",
    "&lt;b&gt; &amp; &#60;",
    "{{7*7}} {% raw %}",
    "a\u202eb",
    "=cmd|'/C calc'!A0",
    "url(javascript:alert(1)); } * { color: red",
)
SMALL = """\
policy: sales
title: {zh: "<b>销售</b>", en: "<b>Sales</b>"}
indicators:
  amount: {weight: 60%, score: {direct: {min: 0, max: 120}}}
  teamwork:
    weight: 40%
    score:
      ratings:
        groups: {manager: 50%, peer: 30%, client: 20%}
        scale: {min: 0, max: 100}
        empty_group: exclude
grades: [{grade: A, at_least: 90}, {otherwise: B}]
incentives:
  bonus: {title: {zh: "<i>奖金</i>", en: "<i>Bonus</i>"}, base: "100", by_grade: {A: 100%, B: 0%}}
follow_ups: {talk: {title: {zh: "<u>面谈</u>", en: "<u>Talk</u>"}, when: total < 70}}
"""


def small(
    folder: Path, people: list[tuple[str, str, str, int]], ratings: list[tuple[str, str, int]]
) -> Path:
    """Evaluates a cycle of people (name, team, department, total) with ratings."""
    cycle = folder / "cycle"
    (cycle / "policies").mkdir(parents=True)
    (cycle / "policies" / "sales.yaml").write_text(SMALL, "utf-8")
    head = "id: 2024Q1\nfrom: 2024-01-01\nto: 2024-03-31\npolicies: policies\n"
    (cycle / "cycle.yaml").write_text(head, "utf-8")

    def table(name: str, *rows: tuple[object, ...]) -> None:
        with (cycle / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    ids = [f"E{place}" for place in range(1, len(people) + 1)]
    listed = [
        (one, name, "sales", team, department)
        for one, (name, team, department, _) in zip(ids, people, strict=True)
    ]
    table("people", ("person_id", "name", "role", "team", "department"), *listed)
    table(
        "actuals", ("person_id", "indicator", "actual"),
        *((one, "amount", total) for one, (*_, total) in zip(ids, people, strict=True)),
    )  # fmt: skip
    table(
        "ratings",
        ("person_id", "indicator", "group", "score"),
        *((one, "teamwork", group, score) for one, group, score in ratings),
    )
    written, findings = write_results(evaluate_cycle(cycle), folder / "results")
    assert written is not None, list(findings)
    return folder / "results"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_that_attack_are_shown_as_text(tmp_path: Path, language: str) -> None:
    people = [(name, name, name, 30 + place) for place, name in enumerate(ATTACKS)]
    ratings = [
        (f"E{place}", group, score)
        for place in range(1, len(ATTACKS) + 1)
        for group, score in (("manager", 20), ("peer", 90))
    ]
    small(tmp_path, people, ratings)
    found = report(tmp_path, "results", language=language)
    assert {tag for tag, _ in found.tags} <= TAGS
    for _, own in found.tags:
        assert not {key for key in own if key.startswith("on") or key in ("src", "xlink:href")}
        assert own.get("href", "#").startswith("#")
    text = "\n".join(found.texts)
    for name in ATTACKS:
        assert text.count(visible(name)) >= 4, name
    for title in ("<b>", "<i>", "<u>"):
        assert title in text


def test_strictness_by_hand(tmp_path: Path) -> None:
    """E1: 80 against (90 + 70) / 2 of two groups; E2: 60 against 90; E3: 95 against 85."""
    ratings = [
        ("E1", "manager", 80), ("E1", "peer", 100), ("E1", "peer", 80), ("E1", "client", 70),
        ("E2", "manager", 60), ("E2", "peer", 90), ("E3", "manager", 95), ("E3", "peer", 85),
        ("E4", "peer", 10),
    ]  # fmt: skip
    people = [
        ("甲", "一组", "部", 80),
        ("乙", "一组", "部", 80),
        ("丙", "二组", "部", 80),
        ("丁", "二组", "部", 80),
    ]
    small(tmp_path, people, ratings)
    rows = report(tmp_path, "results").table("一组的上级最严")
    assert rows[1:] == [
        ["一组", "2", "2", "70", "85", "-15"],
        ["二组", "1", "1", "95", "85", "+10"],
    ]
    english = "".join(report(tmp_path, "results", language="en").texts)
    assert "The managers of 一组 are the strictest: 15 below the other raters" in english


def test_a_run_in_which_nobody_has_a_result_is_reported(tmp_path: Path) -> None:
    results = small(tmp_path, [("甲", "一组", "部", 999)], [])
    for language in ("zh", "en"):
        found = report(tmp_path, results.name, language=language)
        assert len(found.pictures) == 1  # the curve of the bonus, on which nobody stands
    assert found.pairs["Without a result"] == "1 person"
    assert found.pairs["Mean total"] == "—"
