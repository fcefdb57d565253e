"""`perfrules simulate`: what is printed, in both languages, and how it ends."""

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import perfrules
from perfrules.cli.main import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/2024Q3"
WEIGHTS = (
    "sales.indicators.sales_amount.weight=45%",
    "sales.indicators.new_customers.weight=25%",
)
TIER = "sales.incentives.commission.tiers.marginal.2.rate=3%"


def run(*words: object, cycle: Path = EXAMPLE) -> Result:
    done = CliRunner(env={"NO_COLOR": "1"}).invoke(main, ["simulate", str(cycle), *map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def sets(*changes: str) -> list[str]:
    return [word for change in changes for word in ("--set", change)]


@pytest.fixture
def start(tmp_path: Path) -> Path:
    """The cycle of `perfrules init`, in which everybody has a result."""
    shutil.copytree(ROOT / "perfrules/starter", tmp_path / "start")
    return tmp_path / "start/2024Q3"


def test_the_answer_in_english() -> None:
    done = run("--lang", "en", *sets(*WEIGHTS, TIER))
    assert done.exit_code == 5  # some of the example have no result on purpose
    text = done.stdout
    assert "whose grade changes: 1; whose pay changes: 6" in text
    assert re.search(
        r"1 +sales\.indicators\.sales_amount\.weight: 40% → 45%;.*--set 1, --set 2", text
    )
    assert re.search(r"2 +sales\.incentives.*2% → 3% +--set 3 +0 +6 +\+23,731\.03", text)
    assert "Total pay by department" in text
    assert re.search(r"Sales representative +销售部 +A +B +1\n", text)
    assert re.search(r"E1005 .* 90\.25 → 89\.55 +A → B ", text)
    assert "each line is what it adds to those before it" in text
    assert not re.search(
        "[\u4e00-\u9fff]", re.sub("示例员工|销售部|品牌市场部|增长部|良好", "", text)
    )


def test_the_answer_in_chinese() -> None:
    done = run("--lang", "zh", *sets(*WEIGHTS, TIER))
    assert "等级有变化 1；奖金有变化 6" in done.stdout
    assert re.search(r"销售代表 +销售部 +A +B +1\n", done.stdout)
    assert "合计恰为总变化" in done.stdout
    words = set(re.findall("[A-Za-z]{4,}", done.stdout))
    assert words <= set(re.findall("[A-Za-z]{4,}", " ".join((*WEIGHTS, TIER))))


def test_nothing_changes_for_anybody(start: Path) -> None:
    done = run("--lang", "en", *sets("sales.grades.A.at_least=90"), cycle=start)
    assert done.exit_code == 0
    assert "nothing changes for anybody" in done.stdout
    assert "Whose result changes" not in done.stdout
    assert (
        "没有任何人的结果因此改变"
        in run("--lang", "zh", *sets("sales.title=X"), cycle=start).stdout
    )


def test_the_json_has_all_of_it_and_adds_up() -> None:
    done = run("--format", "json", *sets(*WEIGHTS, TIER))
    found = json.loads(done.stdout)
    assert found["format"] == "perfrules-simulation/1"
    clauses, whole = found["clauses"], found["budget"]
    assert [one["arguments"] for one in clauses] == [["--set 1", "--set 2"], ["--set 3"]]
    assert sum(Decimal(one["change"]) for one in clauses) == Decimal(whole["change"])
    for part in ("by_plan", "by_department"):
        for name, amount in whole[part].items():
            moved = sum(Decimal(one[part].get(name, "0")) for one in clauses)
            assert moved == Decimal(amount["change"])
        after = sum(Decimal(amount["after"]) for amount in whole[part].values())
        assert after == Decimal(whole["after"])
    changes = sum(Decimal(one["change"]) for one in found["people"])
    assert changes == Decimal(whole["change"])
    assert found["people_not_listed"] == 0
    assert "." not in str([*filter(lambda one: isinstance(one, float), found.values())])


def test_as_many_people_as_are_asked_for() -> None:
    text = run("--lang", "en", "--people", 2, *sets(TIER)).stdout
    assert "… and 4 more" in text
    few = json.loads(run("--people", 2, "--format", "json", *sets(TIER)).stdout)
    assert (len(few["people"]), few["people_not_listed"]) == (2, 4)
    none = run("--lang", "en", "--people", 0, *sets(TIER)).stdout
    assert "… and 6 more" in none


def test_markdown_shows_the_same_tables() -> None:
    text = run("--lang", "en", "--format", "markdown", *sets(*WEIGHTS, TIER)).stdout
    assert text.startswith("# What if 2024Q3\n")
    assert "| Sales representative | 销售部 | A | B | 1 |" in text
    for table in re.findall(r"(?:^\|.*\n)+", text, re.M):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


def test_for_a_department_or_a_person() -> None:
    changes = sets(TIER, "*.distribution.quotas.S.at_most=5%")
    everybody = json.loads(run("--format", "json", *changes).stdout)
    sales = json.loads(run("--format", "json", "--for", "销售部", *changes).stdout)
    assert sales["subjects"] < everybody["subjects"]
    assert {"D100", "E1001"} <= {*perfrules.simulate(EXAMPLE, only="销售部").looked_at}
    (name,) = (one for one in sales["budget"]["by_department"] if one)
    assert name == "销售部"
    assert sales["budget"]["by_department"][name] == everybody["budget"]["by_department"][name]
    one = json.loads(run("--format", "json", "--for", "E1001", *changes).stdout)
    assert [person["person"] for person in one["people"]] == ["E1001"]
    nobody = run("--for", "E1O01", "--lang", "en", *changes)
    assert nobody.exit_code == 2
    assert (
        "--for: error: `E1O01` is no person, team or department here, did you mean" in nobody.stderr
    )


def test_out_writes_the_answer_and_prints_none(tmp_path: Path, start: Path) -> None:
    file = tmp_path / "answer.md"
    words = ("--format", "markdown", "--lang", "zh", *sets("sales.grades.A.at_least=95"))
    done = run(*words, "--out", file, cycle=start)
    assert (done.stdout, done.exit_code) == ("", 0)
    assert file.read_text("utf-8") == run(*words, cycle=start).stdout
    assert str(file) in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (sets("sales.grade.A.at_least=95"), 3, "--set 1: error: unknown key `grade`, did you mean"),
        (sets("sales.indicators.teamwork.weight=20%"), 3, "--set 1: error: the weights"),
        (["--policy", "nowhere.yaml"], 3, "there is no file `nowhere.yaml`"),
        (["--people", "-1"], 2, "-1"),
        (["--format", "html"], 2, "html"),
    ],
)
def test_how_it_ends(words: list[str], code: int, said: str, start: Path) -> None:
    done = run("--lang", "en", *words, cycle=start)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr


def test_a_cycle_that_is_not_there(tmp_path: Path) -> None:
    done = run(*sets("sales.title=X"), cycle=tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")


def test_who_has_no_result_any_more_is_told(start: Path) -> None:
    done = run(
        "--lang", "en", *sets("sales.incentives.quarterly_bonus.base=person.what"), cycle=start
    )
    assert done.exit_code == 5
    assert "with no result any more: 3, whose pay counts as 0 then" in done.stdout
    assert "→ no result" in done.stdout


def test_as_a_function(start: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.yaml"
    text = (start.parent / "policies/sales.yaml").read_text("utf-8")
    new.write_text(text.replace("C: 80%", "C: 90%"), "utf-8")
    found = perfrules.simulate(start, ["sales.grades.A.at_least=95"], [new])
    assert [one.arguments for one in found.clauses] == [(str(new),), ("changes[0]",)]
    assert found.before.complete == perfrules.evaluate_cycle(start).complete
    with pytest.raises(perfrules.PolicyErrors, match=r"^changes\[1\]: `grades` has no row `S`"):
        perfrules.simulate(start, ["sales.title=X", "sales.grades.S.at_least=95"])
    with pytest.raises(perfrules.PolicyErrors, match="is no person, team or department"):
        perfrules.simulate(start, only="nobody")
    with pytest.raises(TypeError):
        perfrules.simulate(start, "sales.title=X")
