"""Words that a policy writes in both languages: `A / B`."""

from pathlib import Path

import pytest

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.intake.people.rules import Rules
from perfrules.language.read import read_policy
from perfrules.words.bilingual import level, unit


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("各平台后台 / platform back offices", "各平台后台", "platform back offices"),
        ("CRM and finance / CRM、财务", "CRM、财务", "CRM and finance"),
        ("CRM", "CRM", "CRM"),
        ("CRM / ERP", "CRM / ERP", "CRM / ERP"),
        ("财务 / 法务", "财务 / 法务", "财务 / 法务"),
        ("次/天", "次/天", "次/天"),
        ("财务 / finance / ERP", "财务 / finance / ERP", "财务 / finance / ERP"),
        ("", "", ""),
    ],
)
def test_halves_are_told_apart_by_their_letters(text: str, zh: str, en: str) -> None:
    assert Text.halves(text) == Text(zh, en)


@pytest.mark.parametrize(
    ("word", "zh", "en"),
    [
        ("CNY", "元", "CNY"), ("元", "元", "CNY"), ("家", "家", "companies"), ("个", "个", ""),
        ("小时", "小时", "hours"), ("hours", "小时", "hours"), ("USD", "USD", "USD"),
        ("座 / towers", "座", "towers"), ("%", "%", "%"), ("座", "座", "座"),
    ],
)  # fmt: skip
def test_units_follow_the_language(word: str, zh: str, en: str) -> None:
    assert (unit(word, "zh"), unit(word, "en")) == (zh, en)


def test_levels_follow_the_language() -> None:
    assert [level("优秀", "en"), level("Excellent", "zh"), level("甲", "en")] == [
        "excellent", "优秀", "甲",
    ]  # fmt: skip


def test_data_may_name_a_level_in_either_language(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(
        "policy: p\nindicators:\n"
        "  effect: {weight: 100%, score: {levels: {出色 / striking: 100, 平平 / plain: 60}}}\n",
        "utf-8",
    )
    policy, findings = read_policy(path)
    assert policy is not None, [one.message() for one in findings.errors]
    levels = Rules(policy).levels["effect"]
    assert {levels[word] for word in ("出色", "striking", "出色 / striking")} == {"出色 / striking"}
    assert levels["plain"] == "平平 / plain"


def test_a_finding_names_the_source_in_the_readers_language() -> None:
    facts = {"indicator": "a", "source": "x", "wanted": Text.halves("财务 / finance")}
    found = Diagnostic("wrong-source", None, facts)
    assert "财务" in found.message("zh")
    assert "finance" not in found.message("zh")
    assert "财务" not in found.message("en")
