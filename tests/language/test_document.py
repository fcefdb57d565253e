"""YAML as it comes from people: each bad text has a code, a place and a sentence."""

import datetime
import os
import time
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from perfrules.diagnostics import Findings, Span
from perfrules.language.text import guard
from perfrules.language.text.dates import BadDate, read_date
from perfrules.language.text.document import (
    Document,
    Mapping,
    Scalar,
    Sequence,
    parse_document,
    read_document,
    to_plain,
)

ALIASES = b"a0: &a0 [x, x]\n" + b"".join(
    b"a%d: &a%d [*a%d, *a%d, *a%d]\n" % (level, level, *[level - 1] * 3) for level in range(1, 10)
)

# name, the file's bytes, the code, line and column of the one finding
BAD: list[tuple[str, bytes, str, int, int]] = [
    # the file as a whole
    ("empty", b"", "empty-document", 1, 1),
    ("comments only", b"# nothing yet\n", "empty-document", 1, 1),
    ("nothing but ---", b"---\n", "empty-document", 1, 1),
    ("a list", b"- a: 1\n", "not-a-mapping", 1, 1),
    ("a text", b"sales\n", "not-a-mapping", 1, 1),
    ("two documents", b"a: 1\n---\nb: 2\n", "several-documents", 2, 1),
    ("utf-16", "a: 1\n".encode("utf-16"), "utf-16-document", 1, 1),
    ("utf-16 without mark", "a: 1\n".encode("utf-16-le"), "utf-16-document", 1, 1),
    ("gbk", "a: 1\ntitle: 销售\n".encode("gbk"), "gbk-document", 2, 8),
    ("no encoding at all", b"a: 1\nb: x\xff\xff\xff\n", "not-utf-8", 2, 5),
    ("20 MB", b"a: " + b"x" * 20_000_000, "too-large-document", 1, 1),
    ("200 000 brackets", b"[" * 200_000, "too-deep", 1, 33),
    ("a megabyte of brackets", b"[" * 1024 * 1024, "too-deep", 1, 33),
    ("100 000 braces", b"{a: " * 100_000, "too-deep", 1, 129),
    ("200 000 dashes", b"- " * 200_000, "too-deep", 1, 65),
    ("300 000 items", b"a: [" + b"1," * 300_000 + b"]", "too-many-values", 1, 199_999),
    ("long text", b"a: " + b"x" * 70_000, "text-too-long", 1, 4),
    ("long hexadecimal", b"a: 0x" + b"f" * 1_000_000, "text-too-long", 1, 4),
    # what only YAML has
    ("self reference", b"x: &x [1]\nb: *x\n", "anchor-not-allowed", 1, 4),
    ("python tag", b"a: !!python/object/apply:os.system [ls]\n", "tag-not-allowed", 1, 4),
    ("include", b"a: !include other.yaml\n", "tag-not-allowed", 1, 4),
    ("binary", b"a: !!binary aGk=\n", "tag-not-allowed", 1, 4),
    ("int tag", b"a: !!int iers\n", "tag-not-allowed", 1, 4),
    ("unknown handle", b"a: !e!x 1\n", "tag-not-allowed", 1, 4),
    ("merge key", b"a:\n  <<: {b: 1}\n", "merge-key", 2, 3),
    # keys
    ("key twice", b"a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1),
    ("key twice in braces", b"x: {a: 1, 'a': 2}\n", "duplicate-key", 1, 11),
    ("key twice, composed", "é: 1\ne\u0301: 2\n".encode(), "duplicate-key", 2, 1),
    ("list as key", b"[a, b]: 1\n", "key-not-text", 1, 1),
    ("mapping as key", b"? {a: 1}\n: 1\n", "key-not-text", 1, 3),
    ("null as key", b"~: 1\n", "key-not-text", 1, 1),
    ("no key", b": 1\n", "key-not-text", 1, 1),
    ("no", b"no: 0\n", "boolean-key", 1, 1),
    ("y", b"a: {y: 1}\n", "boolean-key", 1, 5),
    # plain values
    ("octal", b"a: 010\n", "leading-zero", 1, 4),
    ("staff number", b"a: 00123\n", "leading-zero", 1, 4),
    ("exponent", b"a: [1e3]\n", "exponent-number", 1, 5),
    ("underscore", b"a: 1_000\n", "digit-grouping", 1, 4),
    ("infinity", b"a: .inf\n", "not-a-number", 1, 4),
    ("minus infinity", b"a: -.Inf\n", "not-a-number", 1, 4),
    ("not a number", b"a: .nan\n", "not-a-number", 1, 4),
    ("5 000 digits", b"a: " + b"9" * 5000, "number-too-long", 1, 4),
    ("bank account", b"a: 6222020200012345678\n", "number-too-long", 1, 4),
    ("curly quotes", "title: “甲”\n".encode(), "curly-quotes", 1, 8),
    ("curly quotes round a key", "“a”: 1\n".encode(), "curly-quotes", 1, 1),
    # characters
    ("nul", b"a: x\x00y\n" + b"b: 1\n" * 9, "invisible-character", 1, 5),
    ("control", b"a: 1\nb: x\x07\n", "invisible-character", 2, 5),
    ("line separator", "a: x\u2028b: 1\n".encode(), "invisible-character", 1, 5),
    ("bidi in a comment", "a: 1 # \u202e x\n".encode(), "invisible-character", 1, 8),
    ("bidi by escape", b'a: "\\u202e"\n', "invisible-character", 1, 4),
    ("zero width in a key", "we\u200bight: 1\n".encode(), "invisible-character", 1, 3),
    ("zero width in a value", "a: x\u200b\n".encode(), "invisible-character", 1, 5),
    ("nbsp in a key", "a\u00a0b: 1\n".encode(), "invisible-character", 1, 2),
    ("nbsp behind the colon", "a: 1\nb:\u00a02\nc: 3\n".encode(), "invisible-character", 2, 3),
    ("nbsp as indentation", "a:\n\u00a0\u00a0b: 1\n".encode(), "invisible-character", 2, 1),
    ("full-width space behind colon", "a: 1\nb:\u30002\nc: 3\n".encode(), "full-width-space", 2, 3),
    ("full-width space as indentation", "a:\n\u3000b: 1\n".encode(), "full-width-space", 2, 1),
    ("full-width space in braces", "a: {b:\u30002}\n".encode(), "full-width-space", 1, 7),
    ("full-width space at the end", "a: 甲\u3000\n".encode(), "full-width-space", 1, 5),
    # full-width punctuation
    ("colon of a block", "规则：\n  a: 1\n".encode(), "full-width-colon", 1, 3),
    ("colon of a line", "a: 1\nweight：30%\nb: 2\n".encode(), "full-width-colon", 2, 7),
    ("colon of the last line", "a: 1\nweight：30%\n".encode(), "full-width-colon", 2, 7),
    ("colon of the only line", "weight：30%\n".encode(), "full-width-colon", 1, 7),
    ("colon in braces", "a: {weight：30%, b: 1}\n".encode(), "full-width-colon", 1, 11),
    ("colon in a list", "a:\n  - at_least：80%\n".encode(), "full-width-colon", 2, 13),
    ("colon below a key", "a:\n  weight：30%\n".encode(), "full-width-colon", 2, 9),
    ("comma in a list", "a: [1，2]\n".encode(), "full-width-comma", 1, 6),
    ("comma in braces", "a: {b: 80%，c: 80}\n".encode(), "full-width-comma", 1, 11),
    # expressions
    ("greater", b"a: 1\nwhen: >= 3\nb: 2\n", "quote-expression", 2, 7),
    ("not", b"when: !x\n", "quote-expression", 1, 7),
    ("not, and more", b"when: !x and y\n", "quote-expression", 1, 7),
    ("star", b"when: *x\n", "quote-expression", 1, 7),
    ("star and more", b"when: *x > 3\n", "quote-expression", 1, 7),
    ("at sign", b"when: @x\n", "quote-expression", 1, 7),
    ("percent sign", b"when: %x\n", "quote-expression", 1, 7),
    ("backtick", b"when: `x`\n", "quote-expression", 1, 7),
    ("colon", b"when: a: b\n", "quote-expression", 1, 7),
    ("text in front", b'a: 1\nwhen: "S" == grade\nb: 2\n', "quote-expression", 2, 7),
    ("call in braces", b"t: {by: max(a, b), whole: 1}\n", "quote-expression", 1, 9),
    ("list in braces", b'v: {when: grade in ("S", "A"), x: 1}\n', "quote-expression", 1, 11),
    ("call in a list", b"times: [max(a, b), c]\n", "quote-expression", 1, 9),
    ("cut behind an operator", b"base: total * # 5\n", "cut-by-comment", 1, 7),
    ("cut within brackets", b"base: max(total # , 5)\n", "cut-by-comment", 1, 7),
    ("cut before `and`", b"only_if: total > 80 #and x > 3\n", "cut-by-comment", 1, 10),
    # layout
    ("tab", b"a:\n\tb: 1\n", "tab-indent", 2, 1),
    ("tab behind spaces", b"a:\n  b: 1\n  \tc: 2\n", "tab-indent", 3, 3),
    ("no space", b"a: 1\nweight:30%\nb: 2\n", "no-space-after-colon", 2, 7),
    ("no space in braces", b"a: {weight:30%, b: 1}\n", "no-space-after-colon", 1, 11),
    ("no colon", b"a: 1\nweight 30%\nb: 2\n", "missing-colon", 2, 1),
    ("no comma", b"a: {b: 1 c: 2}\n", "missing-comma", 1, 9),
    ("open quote", b'a: 1\nb: "abc\nc: 2\nd: 3\n', "quote-not-closed", 2, 4),
    ("open quote, others after it", b'a: "abc\nb: "x"\nc: 2\n', "quote-not-closed", 1, 4),
    ("open bracket", b"a: [1, 2\nb: 3\n", "bracket-not-closed", 1, 4),
    ("open brace", b"a: {x: 1\nb: 3\nc: 4", "bracket-not-closed", 1, 4),
    ("open brackets at the end", b"a: " + b"[" * 20, "bracket-not-closed", 1, 23),
    ("open bracket, comma at the end", b"a: [1,\n", "bracket-not-closed", 1, 4),
    ("open brace in a list", b"a: [[1], {b: [2],\n", "bracket-not-closed", 1, 10),
    ("brace too many", b"a: {x: 1}}\n", "bracket-not-opened", 1, 10),
    ("backslash", b'a: "C:\\q"\n', "bad-escape", 1, 7),
    ("half a surrogate", b'a: "\\ud800"\n', "bad-escape", 1, 5),
    ("less indented", b"a:\n  b: 1\n c: 2\n", "bad-indent", 3, 2),
    ("more indented", b"a: 1\n  b: 2\n", "bad-indent", 2, 3),
    ("list below keys", b"a: 1\n- b\n", "bad-indent", 2, 1),
    ("yaml of the future", b"%YAML 3.0\n---\na: 1\n", "bad-yaml", 1, 1),
]  # fmt: skip

# The pure parser, where there is no C one, takes these otherwise.
ONLY_C = {"half a surrogate", "300 000 items"}


def check(findings: Findings, code: str, line: int, column: int) -> None:
    found = [(one.code, one.place) for one in findings]
    assert [code for code, _ in found] == [code]
    place = found[0][1]
    assert isinstance(place, Span)
    assert (place.file, place.line, place.column) == ("p.yaml", line, column)
    assert (place.end_line, place.end_column) >= (place.line, place.column)
    for one in findings:
        for language in ("zh", "en"):
            assert one.message(language), one
            assert " `` " not in one.message(language)
            assert "{" not in one.message(language).replace("`{`", "").replace("{x", "")
            one.help(language)


@pytest.mark.parametrize(
    ("data", "code", "line", "column"), [pytest.param(*row[1:], id=row[0]) for row in BAD]
)
def test_bad_text(data: bytes, code: str, line: int, column: int) -> None:
    start = time.process_time()
    _, findings = parse_document(data, "p.yaml")
    assert time.process_time() - start < 2
    check(findings, code, line, column)


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [pytest.param(*row[1:], id=row[0]) for row in BAD if row[0] not in ONLY_C],
)
def test_bad_text_with_the_pure_parser(
    data: bytes, code: str, line: int, column: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "_LOADER", yaml.SafeLoader)
    check(parse_document(data, "p.yaml")[1], code, line, column)


def test_aliases_are_refused_before_they_grow() -> None:
    start = time.process_time()
    document, findings = parse_document(ALIASES, "p.yaml")
    assert time.process_time() - start < 0.5
    assert {one.code for one in findings} == {"anchor-not-allowed"}
    assert document is not None
    assert to_plain(document.root)["a9"] == [None, None, None]


def test_a_repeated_key_names_both_lines_and_keeps_the_first() -> None:
    document, findings = parse_document(b"a: 1\nb: 2\na: 3\n", "p.yaml")
    (finding,) = findings
    assert [related.place for related in finding.related] == [Span("p.yaml", 1, 1, 1, 2)]
    assert "1" in finding.message("zh")
    assert document is not None
    assert to_plain(document.root) == {"a": Decimal(1), "b": Decimal(2)}


def test_thousands_of_mistakes_are_not_all_told() -> None:
    _, findings = parse_document(b"a: 1\n" * 20_000, "p.yaml")
    assert len(findings) == 102
    assert [one.code for one in findings.of("note")] == ["too-many-mistakes"]


@pytest.mark.parametrize(
    ("data", "fix"),
    [
        (b"when: >= 3\n", '">= 3"'),
        (b'when: "S" == grade\n', "'\"S\" == grade'"),
        (b"when: 'it's'\n", '"it\'s"'),
        (b"t: {by: max(a, b), c: 1}\n", '"max(a, b)"'),
    ],
)
def test_an_expression_is_shown_in_quotes(data: bytes, fix: str) -> None:
    (finding,) = parse_document(data, "p.yaml")[1]
    assert fix in finding.help("en")
    assert fix in finding.help("zh")


@pytest.mark.parametrize(
    ("text", "fix"),
    [("00123", "123"), ("1e3", "1000"), ("1_000", "1000"), ("1.50e-2", "0.015"), ("-007", "-7")],
)
def test_a_number_is_shown_in_its_right_spelling(text: str, fix: str) -> None:
    (finding,) = parse_document(f"a: {text}\n".encode(), "p.yaml")[1]
    assert f"`{fix}`" in finding.message("en")


def good(text: str) -> Document:
    document, findings = parse_document(text.encode(), "p.yaml")
    assert list(findings) == []
    assert document is not None
    return document


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", Decimal(1)),
        ("-0.50", Decimal("-0.50")),
        ("123456789012345.0123456789", Decimal("123456789012345.0123456789")),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("190:20:30", "190:20:30"),
        ("2024-01-03", "2024-01-03"),
        ("2024-1-3", "2024-1-3"),
        ("0x1F", "0x1F"),
        ("90%", "90%"),
        ("1,000", "1,000"),
        ("1.2.3", "1.2.3"),
        ("", None),
        ("~", None),
        ("null", None),
        ('"1"', "1"),
        ("'true'", "true"),
        ('""', ""),
        ('"00123"', "00123"),
        ("é", "é"),
        ("e\u0301", "é"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("“甲”类与“乙”类", "“甲”类与“乙”类"),
        ("“甲”类", "“甲”类"),
        ("销售额：回款口径", "销售额：回款口径"),
        ("a、b，c", "a、b，c"),
        ("http://example.org/a", "http://example.org/a"),
    ],
)
def test_values_are_typed_by_their_text(text: str, value: object) -> None:
    plain = to_plain(good(f"title: {text}\n").root)
    assert plain == {"title": value}
    assert type(plain["title"]) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "on: actual\n",
        "when: fraud > 0             # the count of events of that name\n",
        "base: person.bonus_base # - and no more\n",
        "base: person.bonus_base # or what the contract says\n",
        "title: Sales + # more to come\n",
        'only_if: "grade in (\\"S\\", \\"A\\")"   # the better ones\n',
        'only_if: grade in ("S", "A")\n',
        "a: {title: {zh: 销售额，回款口径, en: x}}\n",
        "a: 1 # 注释里可以有“引号”，　全角空格和\u200b零宽字符\n",
        "reason:\n  说明：经人力资源部同意\n",
        "a: |\n  x: 1\n  y：2\n",
        'a: "x\n  and more"\n',
        "? a\n: 1\n",
        "a: []\nb: {}\n",
        "order: [total desc, a.attainment desc]\n",
        "a: [N/A, -, —]\n",
    ],
)
def test_no_false_alarm(text: str) -> None:
    good(text)


def test_byte_order_mark_and_line_ends() -> None:
    document, findings = parse_document(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - 2\r\n", "p.yaml")
    assert list(findings) == []
    assert document is not None
    assert document.root.entries["a"].key_span == Span("p.yaml", 1, 1, 1, 2)
    assert document.lines == ("a: 1", "b:", "  - 2", "")
    assert to_plain(document.root) == {"a": Decimal(1), "b": [Decimal(2)]}


def test_every_key_and_value_has_its_place() -> None:
    root = good("指标:\n  销售额: {weight: 40%, 'x': \"a b\"}\n  b:\n  - 1\n  - c: 2\n\nz:\n").root
    top = root.entries["指标"]
    assert top.key_span == Span("p.yaml", 1, 1, 1, 3)
    assert isinstance(top.value, Mapping)
    assert top.value.span == Span("p.yaml", 2, 3, 5, 9)
    sales = top.value.entries["销售额"].value
    assert isinstance(sales, Mapping)
    assert sales.span == Span("p.yaml", 2, 8, 2, 33)
    assert sales.entries["weight"].value.span == Span("p.yaml", 2, 17, 2, 20)
    assert sales.entries["x"].key_span == Span("p.yaml", 2, 22, 2, 25)
    quoted = sales.entries["x"].value
    assert quoted == Scalar("a b", "a b", Span("p.yaml", 2, 27, 2, 32), quoted=True)
    listed = top.value.entries["b"].value
    assert isinstance(listed, Sequence)
    assert listed.span == Span("p.yaml", 4, 3, 5, 9)
    assert listed.items[1].span == Span("p.yaml", 5, 5, 5, 9)
    assert root.entries["z"].value.span == Span("p.yaml", 7, 3, 7, 3)


def test_what_is_reported_is_marked() -> None:
    document, _ = parse_document("a: 010\nb: {c：1}\nd: 1\n".encode(), "p.yaml")
    assert document is not None
    entries = document.root.entries
    below = entries["b"].value
    assert isinstance(below, Mapping)
    marks = [one.value.reported for one in entries.values() if isinstance(one.value, Scalar)]
    assert marks == [True, False]
    assert below.entries["c：1"].reported


def test_a_policy_of_300_lines_is_quick() -> None:
    lines = [
        f"i{n}: {{weight: 5%, title: {{zh: 指标, en: x}}, bands: [{{at_least: 100%, score: 100}}]}}"
        for n in range(300)
    ]
    data = "\n".join(lines).encode()
    times = []
    for _ in range(5):
        start = time.process_time()
        parse_document(data, "p.yaml")
        times.append(time.process_time() - start)
    assert min(times) < 0.2


# ---- files


def test_missing_file(tmp_path: Path) -> None:
    document, findings = read_document(tmp_path / "no.yaml", "p.yaml")
    assert document is None
    check(findings, "file-not-found", 1, 1)


def test_directory_is_no_file(tmp_path: Path) -> None:
    check(read_document(tmp_path, "p.yaml")[1], "not-a-file", 1, 1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    check(read_document(tmp_path / "pipe", "p.yaml")[1], "not-a-file", 1, 1)


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("a: 1\n", "utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "open", refuse)
    check(read_document(path, "p.yaml")[1], "unreadable-file", 1, 1)


def test_impossible_path() -> None:
    check(read_document(Path("a\0b"), "p.yaml")[1], "unreadable-file", 1, 1)
    check(read_document(Path("a" * 5000), "p.yaml")[1], "unreadable-file", 1, 1)


def test_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("a: 1\n", "utf-8")
    document, findings = read_document(path, "p.yaml")
    assert document is not None
    assert document.name == "p.yaml"
    assert not list(findings)


# ---- dates


def test_a_day() -> None:
    assert read_date("2024-02-29") == datetime.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("2024-02-30", "no-such-day", None),
        ("2023-02-29", "no-such-day", None),
        ("2024-1-3", "bad-date", "2024-01-03"),
        ("2024/9/30", "bad-date", "2024-09-30"),
        ("2024年9月3日", "bad-date", "2024-09-03"),
        ("2024-13-01", "bad-date", None),
        ("0000-01-01", "bad-date", None),
        ("30.9.2024", "bad-date", None),
        ("２０２４-01-01", "bad-date", None),
        ("2024-01-01\n", "bad-date", "2024-01-01"),
        ("x" * 5000, "bad-date", None),
    ],
)
def test_no_day(text: str, code: str, suggestion: str | None) -> None:
    bad = read_date(text)
    assert isinstance(bad, BadDate)
    assert (bad.code, bad.facts.get("suggestion")) == (code, suggestion)
    finding = Findings().report(bad.code, None, **bad.facts)
    assert finding.message("zh")
    assert finding.message("en")
