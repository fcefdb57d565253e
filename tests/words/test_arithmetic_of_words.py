"""Sentences worked out again, from nothing but the numbers that they print.

All cases of the project are told in both languages: those of its policies, those of the language,
those of a whole cycle.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from arithmetic import equation_in
from cases_for_everything import CASES
from written_records import Written, titles_in, written, written_cases, written_cycle

from perfrules.codes.code import Language
from perfrules.words.glossary import Glossary, Json
from perfrules.words.of_step import sentence
from perfrules.words.sentence import Sentence

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
POLICY = (HERE / "everything.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Written]:
    folder = tmp_path_factory.mktemp("policies")
    found = [written(folder, POLICY, given) for given in CASES.values()]
    tests = [
        *sorted((ROOT / "policies" / "tests").glob("*.test.yaml")),
        *sorted((ROOT / "tests" / "cases" / "good").glob("*.test.yaml")),
        HERE / "between_people.test.yaml",
    ]
    assert len(tests) > 30
    found += [one for test in tests for one in written_cases(test).values()]
    return [*found, *written_cycle(tmp_path_factory.mktemp("cycle")).values()]


def told_steps(
    records: list[Written], language: Language, *operations: str
) -> Iterator[tuple[Glossary, Json, Sentence]]:
    """Each step with its sentence; only those of the operations where some are named."""
    for found in records:
        told = Glossary(found.record, found.resolved, language)
        for step in told.steps.values():
            if not operations or step["operation"] in operations:
                yield told, step, sentence(told, step)


def unit_of(terms: dict[str, object]) -> Fraction | None:
    """What a step's value was rounded to, where a rule says it."""
    if "to" in terms:
        return Fraction(str(terms["to"]))
    return Fraction(1, 10 ** int(str(terms["places"]))) if "places" in terms else None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_equation_comes_to_what_it_says(records: list[Written], language: Language) -> None:
    exact = close = 0
    operations: Counter[str] = Counter()
    titles_of = cache(lambda told: list(dict.fromkeys(titles_in(told.resolved))))
    for told, step, said in told_steps(records, language):
        formula = step.get("rule", {}).get("terms", {}).get("text", "")
        if isinstance(step["value"], bool) or " if " in formula:
            continue
        titles = titles_of(told)  # of a record once, not of each of its steps
        unit = unit_of(step.get("rounding", {}).get("terms", {}))
        for text in (said.text, *said.notes):
            equation = equation_in(text, titles)
            if equation is not None:
                assert equation.holds(unit), f"{told.path(step)}: {text}"
                exact, close = exact + equation.exact, close + (not equation.exact)
                operations[step["operation"]] += 1
    assert exact > 7000
    assert close > 200
    assert {
        "multiply", "sum", "divide", "formula", "slope", "mean", "improvement", "window", "units",
        "sum_product", "divide_weighted", "roll_up", "percentile", "seats", "award_seats", "part",
        "allocate", "objective_mean",
    } <= set(operations)  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_shown_is_what_is_used(records: list[Written], language: Language) -> None:
    looked_at = 0
    for told, step, said in told_steps(records, language):
        if step.get("type") == "text" or isinstance(step["value"], bool):
            continue
        shown = told.value(step)
        number = Decimal(shown.removesuffix("%")).scaleb(-2 if shown.endswith("%") else 0)
        assert number == Decimal(step["value"]), told.path(step)
        assert shown in said.text, told.path(step)
        looked_at += 1
    assert looked_at > 10000


# Rules between people: places, seats, the last cents. Read from the Chinese sentences.

PLACE = re.compile(
    r"前面(?:有 (\d+) 人|没有人)"
    r"(?:，并列 (\d+) 人（含本人）)?，(?:均按|排)第 (\d+) 名"
)
SPANS = re.compile(r"(\S+) (\d+) 人（第 (\d+)(?:～(\d+))? 名）")


def place_in(text: str) -> int:
    """The place that a sentence states, which must follow from those before and those level."""
    found = PLACE.search(text)
    assert found is not None, text
    before, level, place = int(found[1] or 0), int(found[2] or 1), int(found[3])
    assert place in (before + 1, before + level), text
    return place


def test_a_grade_is_that_of_the_place_in_the_order(records: list[Written]) -> None:
    changed = kept = 0
    for told, step, (text, notes) in told_steps(records, "zh", "distribute"):
        after = next(note for note in notes if note.startswith("分布后："))
        there, last = "", 0
        listed = after.removeprefix("分布后：").replace("、", " ")
        for grade, count, first, end in SPANS.findall(listed):
            assert int(first) == last + 1
            last = int(end or first)
            assert int(count) == last - int(first) + 1
            there = grade if int(first) <= place_in(text) <= last else there
        size = told.steps["distribution.size"]
        assert last == int(size["value"])  # every place has a grade, and nobody is left
        for note in notes:
            if note.startswith("分布前："):
                assert sum(map(int, re.findall(r" (\d+) 人", note))) == last
        lifted = any("不因分布上升" in note for note in notes)
        stated = re.sub(r"（.*?）", "", re.split("等级仍为 |变为 ", text)[1])
        assert stated == step["value"]
        assert lifted or there == stated
        changed, kept = changed + ("变为" in text), kept + ("仍为" in text)
    assert changed > 10
    assert kept > 10


def test_the_seats_of_all_grades_are_the_group(records: list[Written]) -> None:
    looked_at = 0
    for found in records:
        told = Glossary(found.record, found.resolved, "zh")
        seats = [one for one in told.steps.values() if one["operation"] == "seats"]
        if not seats:
            continue
        total = 0
        for step in seats:
            text = sentence(told, step).text
            exact = Fraction(re.split(" = | →", text)[1].removesuffix(" 人"))
            number = int(re.findall(r"(\d+) 人$", text)[0])
            assert abs(exact - number) < 1, text
            total += number
        assert total == int(told.steps["distribution.size"]["value"])
        looked_at += 1
    assert looked_at > 30


def test_an_award_goes_to_the_places_that_there_are_seats_for(records: list[Written]) -> None:
    outcomes = Counter[bool]()
    for _, step, (text, _) in told_steps(records, "zh", "award"):
        if "名额" not in text or "团队" in text:
            continue
        seats = int(re.findall(r"名额 (\d+)", text)[0])
        won = text.endswith("→ 获得")
        assert won is (place_in(text) <= seats), text
        assert won is step["value"]
        outcomes[won] += 1
    assert outcomes[True] > 5
    assert outcomes[False] > 5


def test_a_cent_that_is_over_goes_to_those_who_come_first(records: list[Written]) -> None:
    outcomes = Counter[bool]()
    for _, _, (text, notes) in told_steps(records, "zh", "allocate"):
        if notes[0] == "没有尾数要分":
            continue
        over = int(re.findall(r"还有 (\d+) 份尾数", notes[0])[0])
        ahead = int((re.findall(r"前面有 (\d+) 人", notes[1]) or ["0"])[0])
        assert ("分得一份" in notes[1]) is (ahead < over) is (" + " in text), notes
        outcomes[ahead < over] += 1
    assert outcomes[True] > 3
    assert outcomes[False] > 3


def test_days_months_and_due_dates_are_those_of_the_calendar(records: list[Written]) -> None:
    operations: Counter[str] = Counter()
    for _, step, (text, _) in told_steps(
        records, "zh", "days", "days_until", "months", "months_until", "due"
    ):
        operation = step["operation"]
        first, last = map(datetime.date.fromisoformat, re.findall(r"\d{4}-\d\d-\d\d", text))
        number = int(re.findall(r"(\d+) (?:天|个月)", text)[0])
        if operation in ("days", "months"):
            last += datetime.timedelta(days=1)
        if operation.startswith("months"):
            assert number == (last.year - first.year) * 12 + last.month - first.month, text
        else:
            assert number == max((last - first).days, 0), text
        operations[operation] += 1
    assert len(operations) == 5


def test_a_streak_counts_the_grades_that_it_lists(records: list[Written]) -> None:
    counts = Counter[int]()
    for told, step, (text, _) in told_steps(records, "zh", "streak"):
        found = re.fullmatch(r"本期 (\S+?)(?:，往前依次 (.+?))? → 连续评为 (\S+)：(\d+) 次", text)
        assert found is not None, text
        listed = [found[1], *(found[2].split("、") if found[2] else ())]
        row = 0
        while row < len(listed) and listed[row] == found[3]:
            row += 1
        assert row == int(found[4]), text
        assert row in (len(listed), len(listed) - 1)  # the first that differs ends it
        assert told.grade(told.path(step).removeprefix("streak.")) == found[3]
        counts[row] += 1
    assert set(counts) >= {0, 1, 2, 3}


def test_an_entry_shows_the_value_before_and_after_it(records: list[Written]) -> None:
    looked_at = 0
    for told, step, (text, notes) in told_steps(records, "zh", "revise", "changed"):
        before, *entries = step["operands"]
        if step["kind"] == "grade":
            first, last = told.grade(before["value"]), told.grade(step["value"])
            assert re.fullmatch(rf"由 {re.escape(first)} ?调整为 {re.escape(last)}", text)
        else:
            values = [told.value(one) for one in (before, *entries)]
            assert text.startswith(" → ".join(values))
        assert len(notes) == len(entries)
        for note, entry in zip(notes, entries, strict=True):
            origin = told.steps[told.path(entry)]["origin"]
            for key in ("as_of", "reason", "approved_by"):
                assert origin.get(key, "") in note  # a fact's change need not say why
        looked_at += 1
    assert looked_at > 10
