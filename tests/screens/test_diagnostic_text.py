"""The printer of diagnostics: places that editors follow, marks under the right letters."""

import json
from pathlib import Path

import pytest

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Diagnostic, Place, Related, Span
from perfrules.layout.terminal import width
from perfrules.screens.diagnostic_text import diagnostics_text

NOTE = Text("另一处在此", "the other is here")


def finding(place: Place | str | None, **others: object) -> Diagnostic:
    facts = {"name": "reslts", "known": "results", "suggestion": "results"}
    return Diagnostic("unknown-section", place, facts, **others)  # type: ignore[arg-type]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_finding_with_all_its_parts(here: Path) -> None:
    (here / "sales.yaml").write_text("policy: sales\nsection: reslts\nsections: {}\n", "utf-8")
    related = (Related(Span("sales.yaml", 3, 1, 3, 9), NOTE),)
    found = finding(Span("sales.yaml", 2, 10, 2, 16), related=related)
    assert diagnostics_text([found], "en", "text") == (
        "sales.yaml:2:10: error: "
        f"{found.message('en')} [unknown-section]\n"
        "  2 | section: reslts\n"
        "    |          ^^^^^^\n"
        "  sales.yaml:3:1: note: the other is here\n"
        "  3 | sections: {}\n"
        "    | ^^^^^^^^\n"
        f"  help: {found.help('en')}\n"
    )
    chinese = diagnostics_text([found], "zh", "text").splitlines()
    assert chinese[0] == f"sales.yaml:2:10: 错误：{found.message('zh')} [unknown-section]"
    assert chinese[3] == "  sales.yaml:3:1: 提示：另一处在此"
    assert chinese[-1] == f"  处理办法：{found.help('zh')}"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("title: {zh: 销售额, en: Sales}", "Sales"),
        ("销售额(回款口径): {权重: 40%}", "40%"),
        ("\t\tweight:\t40%", "40%"),
        ("指标：　权重\t40%", "权重"),
        ("e\u0301te\u0301: 40%", "40%"),
        ("a\u200bb: 40%", "40%"),
        ("\x1b[31mred\x1b[0m: 40%", "40%"),
    ],
)
def test_the_mark_stands_under_the_word(here: Path, line: str, word: str) -> None:
    (here / "a.yaml").write_text(f"# 标题\n{line}\n", "utf-8")
    column = line.index(word) + 1
    place = Span("a.yaml", 2, column, 2, column + len(word))
    _, shown, marks, *_ = diagnostics_text([finding(place)], "zh", "text").splitlines()
    start = shown.index(word)
    assert width(shown[:start]) == width(marks[: marks.index("^")])
    assert marks.count("^") == width(word)
    assert shown.replace("\u3000", "").isprintable()


@pytest.mark.parametrize("letter", ["a", "销", "\t"])
@pytest.mark.parametrize("before", [0, 30, 100, 500])
def test_a_long_line_is_cut_around_the_mark(here: Path, letter: str, before: int) -> None:
    line = letter * before + "HERE" + letter * 500
    (here / "a.yaml").write_text(line, "utf-8")
    place = Span("a.yaml", 1, before + 1, 1, before + 5)
    _, shown, marks, *_ = diagnostics_text([finding(place)], "en", "text").splitlines()
    assert width(shown) <= 130
    start = shown.index("HERE")
    assert width(shown[:start]) == marks.index("^")
    assert marks.endswith("^^^^")
    assert shown.endswith("…")


def test_a_span_over_several_lines_is_marked_to_the_end_of_the_first(here: Path) -> None:
    (here / "a.yaml").write_text("indicators:\n  a: {}\n", "utf-8")
    text = diagnostics_text([finding(Span("a.yaml", 1, 1, 2, 8))], "en", "text")
    assert "\n    | ^^^^^^^^^^^\n" in text


@pytest.mark.parametrize(
    "place",
    [
        Span("missing.yaml", 1, 1, 1, 2),
        Span("short.yaml", 9, 1, 9, 2),
        Span("short.yaml", 0, 0, 0, 0),
        Span(".", 1, 1, 1, 2),
        Span("a\0b", 1, 1, 1, 2),
        Cell("people.csv", "", 3, 2),
        "somewhere",
    ],
)
def test_without_the_line_there_is_no_excerpt(here: Path, place: Place | str) -> None:
    (here / "short.yaml").write_text("policy: a\n", "utf-8")
    text = diagnostics_text([finding(place)], "en", "text")
    assert " | " not in text
    assert text.isprintable() is False  # the ends of lines
    assert "\0" not in text


def test_places_of_every_kind_begin_the_line() -> None:
    def head(place: Place | str | None) -> str:
        return diagnostics_text([finding(place)], "en", "text").partition("error")[0]

    assert head(Cell("people.csv", "", 3, 2)) == "people.csv:3 (B3): "
    assert head(Cell("q3.xlsx", "人员", 3, 2)) == "q3.xlsx[人员!B3]: "
    assert head("policies") == "policies: "
    assert head(None) == ""


def test_files_of_old_chinese_windows_have_excerpts_too(here: Path) -> None:
    (here / "a.yaml").write_bytes("标题: 销售\r\n权重: 40%\r\n".encode("gb18030"))
    text = diagnostics_text([finding(Span("a.yaml", 2, 5, 2, 8))], "zh", "text")
    assert "  2 | 权重: 40%\n    |       ^^^\n" in text


def test_escape_sequences_from_the_user_do_nothing() -> None:
    facts = {"name": "\x1b]0;x\x07", "known": "\x9b31m"}
    evil = Diagnostic("unknown-section", Span("\x1b[2J.yaml"), facts)
    for form in ("text", "github"):
        text = diagnostics_text([evil], "zh", form)
        assert all(line.isprintable() for line in text.split("\n"))
        assert "U+001B" in text


def test_github_annotations_are_escaped() -> None:
    place = Span("a,b:c%.yaml", 2, 10, 2, 16)
    text = diagnostics_text([finding(place)], "en", "github")
    where = "file=a%2Cb%3Ac%25.yaml,line=2,endLine=2,col=10,endColumn=16"
    assert text.startswith(f"::error {where},title=unknown-section::")
    assert text.count("\n") == 1
    assert "%0A" in text
    warning = Diagnostic(
        "unused-waiver", Cell("p.csv", "", 4, 1), {"rule": "outcome"}, (), "warning"
    )
    assert diagnostics_text([warning], "en", "github").startswith("::warning file=p.csv,line=4,")
    note = Diagnostic("unused-waiver", None, {"rule": "100%"}, (), "note")
    assert diagnostics_text([note], "en", "github") == (
        "::notice title=unused-waiver::the waiver of `100%25` waives nothing\n"
    )


def test_json_has_places_as_objects() -> None:
    related = (Related(Cell("q3.xlsx", "人员", 3, 2), NOTE),)
    one, other = json.loads(
        diagnostics_text(
            [finding(Span("a.yaml", 2, 10, 2, 16), related=related), finding("here")], "zh", "json"
        )
    )
    assert one["code"] == "unknown-section"
    assert one["severity"] == "error"
    assert one["place"] == {
        "at": "a.yaml:2:10", "file": "a.yaml", "line": 2, "column": 10,
        "end_line": 2, "end_column": 16,
    }  # fmt: skip
    assert one["related"][0]["note"] == "另一处在此"
    assert one["related"][0]["place"]["sheet"] == "人员"
    assert other["place"] == {"at": "here"}
    assert json.loads(diagnostics_text([], "zh", "json")) == []


def test_nothing_to_say_is_nothing() -> None:
    assert diagnostics_text([], "zh", "text") == ""
    assert diagnostics_text([], "zh", "github") == ""
    with pytest.raises(ValueError, match="unknown format"):
        diagnostics_text([], "zh", "xml")
