"""What people, spreadsheets and attackers hand in, row by row as the list of bad inputs numbers it.

Each row goes through the command line and must end in its diagnostic, at its place, with the
documented exit code, while the sound file or person beside it is still looked at. Rows that
could eat memory run once more in a process of their own with a gibibyte of address space.
"""

import csv
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import cycle_folder as cycle
import pytest
import test_workbook_traps as traps
from click.testing import CliRunner
from openpyxl import Workbook

from perfrules.cli.main import main

ROOT: Final = Path(__file__).parents[2]
SECONDS: Final = 20  # a bomb takes minutes; how fast the guards are is not measured here
MEGABYTES: Final = 300

Files = dict[str, str | bytes]
Make = Callable[[Path], object]
Found = tuple[tuple[str, str], ...]


class Row(NamedTuple):
    """What is handed in, and what must come out: codes with their places, and an exit code.

    `beside` is what shows that the rest was looked at too.
    """

    number: int
    what: str
    files: Files
    command: str
    found: Found
    exit: int
    beside: str
    make: Make | None = None
    says: str = ""
    costly: bool = False


# Policies: `check` looks at policies/p.yaml, and at policies/q.yaml with its missing unit.

HEAD: Final = "policy: p\ntitle: {zh: 示例, en: Example}\n"
INDICATOR: Final = "indicators:\n  a: {weight: 100%, score: {direct: {min: 0, max: 100}}}\n"
P: Final = HEAD + INDICATOR
BY_NAME: Final = "check policies/p.yaml policies/q.yaml"
BESIDE: Final = "policies/q.yaml:4:3: 警告："


def policy(
    number: int, what: str, text: str | bytes, *found: str, exit: int = 3, says: str = "",
    costly: bool = False, make: Make | None = None, command: str = "check policies",
) -> Row:  # fmt: skip
    """A policy, with its findings as `line:column code`."""
    places = tuple((f"policies/p.yaml:{at}", code) for at, code in map(str.split, found))
    files: Files = {"policies/p.yaml": text, "policies/q.yaml": P.replace("policy: p", "policy: q")}
    return Row(number, what, files, command, places, exit, BESIDE, make, says, costly)


def formula(
    number: int, what: str, text: str, code: str, says: str = "", costly: bool = False
) -> Row:
    """An expression in line 5 of a policy; test_refused_expressions.py knows the columns."""
    quoted = "'" + text.replace("'", "''") + "'"
    whole = f"{HEAD}events: [n, 销售额]\nindicators:\n  a: {{weight: 100%, score: {{formula: "
    return policy(number, what, f"{whole}{quoted}}}}}\n", f"5: {code}", says=says, costly=costly)


def score(text: str) -> str:
    return P.replace("{direct: {min: 0, max: 100}}", text)


def bands(*rows: str) -> str:
    return score("{bands: [" + ", ".join(rows) + "]}")


def grades(*rows: str) -> str:
    return P + "grades:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


def linked(folder: Path) -> None:
    (folder / "secret.yaml").write_text("cycle: year\n", "utf-8")
    (folder / "policies" / "link.yaml").symlink_to(folder / "secret.yaml")


BOMB: Final = P + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9) if level else 'x, x'}]\n"
    for level in range(10)
)
PERCENT: Final = HEAD + INDICATOR.replace("100%", "１００％")

# fmt: off
POLICIES: Final = [
    policy(1, "key twice", P + "cycle: month\ncycle: year\n", "6:1 duplicate-key",
        says="p.yaml:5:1"),
    policy(2, "key twice in braces", P.replace("weight: 100%", "weight: 100%, weight: 90%"),
        "4:21 duplicate-key"),
    policy(3, "indicator twice", P + "  a: {weight: 0%, score: {direct: {min: 0, max: 1}}}\n",
        "5:3 duplicate-key", says="p.yaml:4:3"),
    policy(3, "event twice in a list", P + "events: [n, n]\n", "5:13 repeated-item"),
    policy(3, "grade twice", grades("grade: A, at_least: 90", "grade: A, at_least: 80",
        "otherwise: D"), "7:5 duplicate-grade", says="`A`"),
    policy(5, "key no", P + "no: 1\n", "5:1 boolean-key", "5:1 unknown-key"),
    policy(5, "key y in braces", P + "events: {y: {}}\n", "5:10 boolean-key", exit=1),
    policy(5, "key on where it is none of ours", P + "on: 1\n", "5:1 unknown-key"),
    policy(6, "octal", P + "total: {at_most: 010}\n", "5:18 leading-zero"),
    policy(6, "staff number", P + "version: 00123\n", "5:10 leading-zero"),
    policy(7, "time for a number", P + "total: {at_most: 12:30}\n", "5:18 not-a-number"),
    policy(7, "time as a text", P + "version: 190:20:30\n", exit=1, says="policies/p.yaml:4:3:"),
    policy(8, "exponent", P + "total: {at_most: 1e3}\n", "5:18 exponent-number", says="1000"),
    policy(9, "underscore", P + "total: {at_most: 1_000}\n", "5:18 digit-grouping", says="1000"),
    policy(10, "thousands", P + "total:\n  at_most: 1,000\n", "6:12 digit-grouping", says="1000"),
    policy(11, "percentage for a number", P + "total: {at_most: 90%}\n", "5:18 not-a-number"),
    policy(11, "full-width for a number", P + "total: {at_most: ９０％}\n",
        "5:18 full-width-number"),
    policy(11, "full-width percentage", PERCENT, "4:15 full-width-number", says="100%"),
    policy(12, "infinity", P + "total: {at_most: .inf}\n", "5:18 not-a-number"),
    policy(12, "nan for a text", P + "version: .nan\n", "5:10 not-a-number"),
    policy(13, "5 000 digits", P + f"total: {{at_most: {'9' * 5000}}}\n", "5:18 number-too-long"),
    policy(13, "a million hexadecimal digits", P + f"version: 0x{'f' * 1_000_000}\n",
        "5:10 text-too-long", costly=True),
    policy(13, "three million", P + f"version: 0x{'f' * 3_000_000}\n", "1:1 too-large-document",
        costly=True),
    policy(14, "30 February", P + "effective: {from: 2024-02-30}\n", "5:19 no-such-day",
        says="2 月没有 30 日"),
    policy(15, "day of one digit", P + "effective: {from: 2024-1-3}\n", "5:19 bad-date",
        says="2024-01-03"),
    policy(16, "empty", "", "1:1 empty-document", says="perfrules init"),
    policy(16, "comments only", "# nothing\n", "1:1 empty-document", says="perfrules init"),
    policy(17, "a list", "- policy: p\n", "1:1 not-a-mapping"),
    policy(17, "a text", "policy：p\n", "1: full-width-colon"),
    policy(17, "a list of its own", "- sales\n", "1:1 not-a-mapping", command=BY_NAME),
    policy(17, "a word", "sales\n", "1:1 not-a-mapping", command=BY_NAME),
    policy(18, "two documents", P + "---\n" + P, "5:1 several-documents"),
    policy(19, "tab", P + "total:\n\tat_most: 1\n", "6:1 tab-indent", says="空格"),
    policy(20, "full-width colon", P + "总分：\n  at_most: 1\n", "5:3 full-width-colon"),
    policy(21, "full-width comma", P + "events: [甲，乙]\n", "5:11 full-width-comma"),
    policy(22, "curly quotes", P + "version: “甲”\n", "5:10 curly-quotes", exit=1),
    policy(23, "cut by a comment", score("{direct: {min: 0, max: 100}}")
        + "vetoes:\n  v:\n    when: total > # 5\n    then: {total: 0}\n", "7:11 cut-by-comment"),
    *(policy(24, f"expression {text}", P
        + f"vetoes:\n  v:\n    when: {text}\n    then: {{total: 0}}\n", "7:11 quote-expression")
        for text in (">= 3", "!x", "*x", "@x", "a: b")),
    policy(25, "quote never closed", P + 'version: "1\ncycle: year\nsubject: team\n',
        "5:10 quote-not-closed"),
    policy(26, "byte order mark", b"\xef\xbb\xbf" + P.encode(), exit=1,
        says="policies/p.yaml:4:3: 警告："),
    policy(26, "utf-16", P.encode("utf-16"), "1:1 utf-16-document"),
    policy(26, "gbk", P.encode("gbk"), "2:13 gbk-document", says="UTF-8"),
    policy(27, "nul", P + "version: x\x00y\n", "5:11 invisible-character", says="U+0000"),
    policy(27, "control", P + "version: x\x07y\n", "5:11 invisible-character", says="U+0007"),
    policy(27, "bidi", P + "version: x\u202ey\n", "5:11 invisible-character", says="U+202E"),
    policy(27, "zero width in a key", P + "ver\u200bsion: x\n", "5:4 invisible-character",
        says="U+200B"),
    policy(27, "no-break space in a key", P + "ver\u00a0sion: x\n", "5:4 invisible-character",
        says="U+00A0"),
    policy(28, "bomb of aliases", BOMB, "5:5 anchor-not-allowed", "5:1 unknown-key", costly=True),
    policy(29, "itself inside", P + "total: &x {at_most: *x}\n", "5:8 anchor-not-allowed"),
    policy(30, "900 brackets", P + "x: " + "[" * 900, "5:35 too-deep", costly=True),
    policy(30, "5 000 brackets", P + "x: " + "[" * 5_000, "5:35 too-deep", costly=True),
    policy(30, "200 000 brackets", P + "x: " + "[" * 200_000, "5:35 too-deep", costly=True),
    policy(31, "python tag", P + "version: !!python/object/apply:os.system id\n",
        "5:10 tag-not-allowed"),
    policy(31, "include", P + "version: !include q.yaml\n", "5:10 tag-not-allowed"),
    policy(31, "binary", P + "version: !!binary aGk=\n", "5:10 tag-not-allowed"),
    policy(32, "20 MB", P + "version: " + "x" * 20_000_000, "1:1 too-large-document", costly=True),
    policy(32, "300 000 items", P + "events: [" + "1," * 300_000 + "]\n", "5: too-many-values",
        costly=True),
    policy(33, "list as a key", P + "[a, b]: 1\n", "5:1 key-not-text"),
    policy(33, "number as a key", P + "5: 1\n", "5:1 unknown-key"),
    policy(34, "int tag", P + "version: !!int iers\n", "5:10 tag-not-allowed"),
    policy(35, "slip of the pen", P.replace("weight", "weigth"), "4:7 unknown-key",
        says="`weight`"),
    policy(36, "key missing", P.replace("weight: 100%, ", ""), "4:3 missing-key", says="weight"),
    policy(37, "99 %", P.replace("100%", "99%"), "3:1 weights-do-not-sum", says="99%"),
    policy(37, "101 %", P.replace("100%", "51%")
        + "  b: {weight: 50%, score: {direct: {min: 0, max: 100}}}\n", "3: weights-do-not-sum",
        says="101%"),
    policy(37, "ten tenths", HEAD + "indicators:\n"
        + "".join(f"  a{n}: {{weight: 10%, score: {{direct: {{min: 0, max: 100}}}}}}\n"
        for n in range(10)), exit=1),
    policy(38, "grades climb", grades("grade: B, at_least: 80", "grade: A, at_least: 90",
        "otherwise: D"), "7: bands-not-descending"),
    policy(38, "grades of one threshold", grades("grade: A, at_least: 80",
        "grade: B, at_least: 80", "otherwise: D"), "7: duplicate-threshold"),
    policy(38, "gap below the grades", grades("grade: A, at_least: 80"), "6: no-otherwise",
        says="80"),
    policy(39, "bands climb", bands("{at_least: 80%, score: 80}", "{at_least: 100%, score: 100}",
        "{otherwise: 0}"), "4: bands-not-descending"),
    policy(39, "tiers not to the end", P
        + "incentives:\n  i: {base: 1, tiers: {by: total, whole: [{at_least: 80, pay: 100%}]}}\n",
        "6: no-otherwise", says="80"),
    policy(39, "slices fall", P + "incentives:\n  i: {tiers: {by: total, "
        "marginal: [{from: 10, rate: 1%}, {from: 0, rate: 2%}]}}\n", "6: slices-not-ascending"),
    policy(40, "unknown indicator in a rule", P.replace("  a:", "  sales:")
        + "vetoes:\n  v: {when: slaes.score < 1, then: {total: 0}}\n", "6:13 unknown-name",
        says="`sales.score`"),
    policy(41, "circle", HEAD + "indicators:\n  a: {weight: 50%, score: {formula: b.score}}\n"
        "  b: {weight: 50%, score: {formula: a.score}}\n", "4: formula-circle", says="a"),
    policy(42, "schema of the future", P + "schema_version: 9\n", "5:1 unknown-key"),
    policy(44, "regular expression", P + "events: {m: {pattern: ^(a+)+$}}\n", "5:14 unknown-key"),
    *(policy(43, f"extends {text}", P + f"extends: {text}\n", "5:10 extends-outside", make=linked)
        for text in ("../../etc/passwd", "/etc/passwd", "http://example.org/x.yaml", "link.yaml")),
]
# fmt: on

# fmt: off
EXPRESSIONS: Final = [
    formula(45, "power", "4000000**4000000", "bad-expression", costly=True),
    formula(45, "powers", "9**9**9", "bad-expression", costly=True),
    formula(46, "wide text", "'a'.ljust(10**9)", "bad-expression", costly=True),
    formula(46, "formatted text", "'%900000000d' % 1", "bad-expression", costly=True),
    formula(46, "f-string", "f'{1:>900000000}'", "bad-expression"),
    *(formula(47, f"construct {text}", text, "bad-expression") for text in ("[x for x in (1, 2)]",
        "lambda: 1", "(n := 5)", "n[0]", "actual.real")),
    formula(48, "method", "n.clear()", "bad-expression"),
    formula(49, "random", "rand()", "unknown-function"),
    formula(50, "assignment", "n = 5", "bad-expression", says="=="),
    formula(50, "two statements", "1; 2", "bad-expression"),
    formula(51, "unfinished", "1 if", "bad-expression"),
    formula(51, "bracket", "max(", "bad-expression"),
    formula(52, "sign", "1 if n ≥ 1 else 2", "full-width-expression", says="`>=`"),
    formula(52, "comma", "max(n，1)", "full-width-expression", says="`,`"),
    formula(52, "slash", "销售额／actual", "full-width-expression", says="`/`"),
    formula(52, "digit", "１+１", "full-width-expression", says="`1`"),
    formula(52, "and", "1 if n > 1 且 n < 5 else 2", "full-width-expression", says="`and`"),
    formula(53, "slip of the pen", "atual*2", "unknown-name", says="`actual`"),
    formula(54, "300 brackets", "(" * 300 + "1" + ")" * 300, "expression-too-long", costly=True),
    formula(54, "100 000 signs", "-" * 60_000 + "1", "expression-too-long", costly=True),
    formula(54, "20 000 terms", "1" + "+1" * 20_000, "expression-too-long", costly=True),
    formula(56, "text for a number", "'abc'", "type-mismatch"),
    formula(56, "infinity", "inf", "unknown-name"),
    formula(57, "text above a number", "'abc' > 5", "type-mismatch"),
]
# fmt: on

# Policy tests

CASES: Final = "policy: policies/q.yaml\ncases:\n"


def case(
    number: int, what: str, text: str, *found: str, exit: int = 4, beside: str = "", **files: str
) -> Row:
    places = tuple((f"t.test.yaml:{at}", code) for at, code in map(str.split, found))
    return Row(number, what, {"t.test.yaml": text, **files}, "test .", places, exit, beside)


IN_PLACE: Final = "policy:\n  policy: p\n  indicators: {a: {weight: 100%%, score: %s}}\ncases:\n"
# fmt: off
TESTS: Final = [
    *(case(4, f"{word} for true", IN_PLACE % "{yes_no: {done: 100, otherwise: 0}}"
        + f"  - {{name: x, given: {{a: {{done: {word}}}}}, expect: {{total: 100}}}}\n",
        "5:33 wrong-type") for word in ("yes", "on", "no")),
    case(58, "decimal times 0.07", IN_PLACE % "{formula: actual * 0.07}"
        + "  - {name: x, given: {a: {actual: 1200}}, expect: {total: 84}}\n", exit=0,
        beside="1 个通过"),
]
# fmt: on
# Data: `evaluate` judges E1 and E2 of a small cycle; E2 is sound and has a result.

HEADER: Final = cycle.HEADER
SOUND: Final = "E2,amount,80,100\n"


def data(
    number: int, what: str, *found: tuple[str, str], exit: int = 5, beside: str = "",
    more: str = "",
    says: str = "", costly: bool = False, make: Make | None = None, **tables: str | bytes,
) -> Row:  # fmt: skip
    """A cycle with tables that replace the usual ones; findings as (place, code)."""

    def made(folder: Path) -> None:
        here = folder / "cycle"
        here.mkdir()
        usual = {"people": cycle.PEOPLE, "actuals": cycle.ACTUALS} if not more else {}
        cycle.write(here, more, **{**usual, **tables})
        if make:
            make(here)

    beside = beside or ("没有计算任何人" if exit == 2 else "示例员工02")
    return Row(number, what, {}, "evaluate cycle --all", found, exit, beside, made, says, costly)


def cell(number: int, text: str, code: str, says: str = "", indicator: str = "amount") -> Row:
    """A cell that holds no figure, in line 3 of actuals.csv."""
    place = "actuals.csv:3 (C3)"
    rows = (
        f'{HEADER}{SOUND}E1,{indicator},"{text}",100%\n'
        if indicator == "rate"
        else f'{HEADER}{SOUND}E1,{indicator},"{text}",100\n'
    )
    return data(number, f"cell {text}", (place, code), says=says, actuals=rows)


def book(
    number: int,
    what: str,
    change: Callable[[Any], object],
    *found: tuple[str, str],
    exit: int = 5,
    says: str = "",
    beside: str = "",
) -> Row:
    """A workbook with sheets 人员 and 实际值, changed with openpyxl."""

    def make(folder: Path) -> None:
        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        for name, text in (
            ("人员", cycle.PEOPLE),
            ("实际值", HEADER + SOUND + "E1,amount,120,100\n"),
        ):
            sheet = workbook.create_sheet(name)
            for line in text.splitlines():
                sheet.append([int(one) if one.isdigit() else one for one in line.split(",")])
        change(workbook)
        workbook.save(folder / "data.xlsx")

    return data(
        number,
        what,
        *found,
        exit=exit,
        says=says,
        beside=beside,
        more="data: data.xlsx\n",
        make=make,
    )


def put(sheet: str, at: str, value: object, form: str = "") -> Callable[[Any], object]:
    def change(workbook: Any) -> None:
        workbook[sheet][at] = value
        if form:
            workbook[sheet][at].number_format = form

    return change


def padded(workbook: Any) -> None:
    put("人员", "A2", 123, "00000")(workbook)
    put("实际值", "A3", 123, "00000")(workbook)


def trap(name: str, costly: bool = False) -> Row:
    make, code = traps.TRAPS[name]
    number = 82 if code in ("not-a-workbook", "old-workbook", "locked-workbook") else 83
    return data(
        number,
        name,
        ("data.xlsx", code),
        exit=2,
        more="data: data.xlsx\n",
        costly=costly,
        make=lambda folder: make(folder / "data.xlsx"),
    )


CHINESE: Final = "工号,指标,实际值,目标值\nE1,销售额,120,100\nE2,销售额,80,100\n"


def scored(text: str) -> Make:
    """The policy's first indicator scored by this, and asked for."""

    def make(folder: Path) -> None:
        path = folder / "policies" / "sales.yaml"
        old = "score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}\n  rate"
        assert old in cycle.POLICY
        path.write_text(cycle.POLICY.replace(old, f"score: {text}}}\n  rate"), "utf-8")

    return make


def needed(folder: Path) -> None:
    """The policy's first indicator, which may not be missing."""
    text = cycle.POLICY.replace("missing: exclude, score: {bands", "score: {bands", 1)
    (folder / "policies" / "sales.yaml").write_text(text, "utf-8")


def many(folder: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 100_003))
    head = cycle.text_rows(["person_id", "role"])
    cycle.raw_workbook(
        folder / "data.xlsx", {"people": cycle.SHEET.format(before="", rows=head + rows, after="")}
    )


def figures(text: str) -> str:
    return HEADER + SOUND + text


PLACE3: Final = "actuals.csv:3"
DATES: Final = "person_id,name,role,joined\nE1,示例员工01,sales,{}\nE2,示例员工02,sales,\n"
XLSX: Final = "data.xlsx[实际值!"
# fmt: off
DATA: Final = [
    data(55, "division by zero", ("policies/sales.yaml:5:31", "division-by-zero"),
        make=scored("{formula: 100 / (actual - 120)}")),
    data(56, "a result beyond all bounds", ("policies/sales.yaml:5:31", "number-out-of-range"),
        make=scored("{formula: actual * 100000000000000}"),
        actuals=figures("E1,amount,10000,1\n").replace("80,", "0,")),
    data(59, "gbk", ("actuals.csv", "read-as-gb18030"), exit=0, actuals=CHINESE.encode("gbk")),
    data(60, "byte order mark", exit=0, actuals=CHINESE.encode("utf-8-sig")),
    data(61, "utf-16 with tabs", ("actuals.csv", "read-as-utf-16"), exit=0,
        actuals=CHINESE.replace(",", "\t").encode("utf-16")),
    data(62, "bad bytes", (PLACE3, "bad-encoding"), exit=2,
        actuals=CHINESE.encode("utf-8-sig").replace(b",80", b",\xff80")),
    data(63, "full-width digits", exit=0, says="示例员工01",
        actuals=figures("E1,amount,１２３．５,１００\n")),
    cell(63, "٣", "foreign-digits", "`3`"),
    data(64, "thousands", exit=0, actuals=figures('E1,amount,"1,200","1,000"\n')),
    cell(64, "¥1,200", "unit-suffix", "`1200`"),
    cell(64, "1.2万", "unit-suffix", "`12000`"),
    cell(64, "3亿", "unit-suffix", "`300000000`"),
    cell(65, "(500)", "bracketed-negative", "`-500`"),
    cell(65, "−5", "odd-minus", "`-5`"),
    cell(65, "–5", "odd-minus", "`-5`"),
    cell(66, "NaN", "not-a-number"),
    cell(66, "inf", "not-a-number"),
    cell(66, "1_000", "digit-grouping", "`1000`"),
    cell(66, "1e5", "exponent-number", "`100000`"),
    *(data(67, f"missing as {marker}", ("actuals.csv:3 (C3)", "missing-actual"), make=needed,
        actuals=figures(f"E1,amount,{marker},100\n")) for marker in ("-", "—", "/", "无",
        "N/A", "")),
    cell(68, "#DIV/0!", "spreadsheet-error"),
    cell(68, "#N/A", "spreadsheet-error"),
    book(68, "an Excel error", put("实际值", "C3", "#DIV/0!"),
        (XLSX + "C3]", "spreadsheet-error")),
    book(69, "a formula without result", put("实际值", "C3", "=1+1"), (XLSX + "C3]",
        "formula-not-computed")),
    book(70, "an id with zeros for show", padded, ("data.xlsx[人员!A2]", "padded-id"), (XLSX
        + "A3]", "padded-id")),
    data(71, "full-width id", ("people.csv:2 (A2)", "tidied-id"), exit=0,
        people=cycle.PEOPLE.replace("E1", "Ｅ１")),
    data(71, "ambiguous id", ("people.csv:4 (A4)", "duplicate-person"), ("people.csv:4 (A4)",
        "tidied-id"), people=cycle.PEOPLE + "Ｅ１,丙,sales\n"),
    data(72, "person twice", ("people.csv:4 (A4)", "duplicate-person"), says="第 2 行",
        people=cycle.PEOPLE + "E1,丙,sales\n"),
    data(72, "the same row twice", ("people.csv:4 (A4)", "repeated-person"), exit=0,
        people=cycle.PEOPLE + cycle.PEOPLE.splitlines()[1] + "\n"),
    data(73, "one name, two ids", ("people.csv", "same-name"), exit=0, people=cycle.PEOPLE
        + "E3,示例员工02,sales\n", actuals=cycle.ACTUALS + "E3,amount,1,1\n"),
    data(74, "a row of a stranger", ("actuals.csv:4 (A4)", "unknown-person"),
        actuals=cycle.ACTUALS + "E9,amount,1,1\n"),
    data(74, "no figures", ("policies/sales.yaml:3:1", "nothing-to-count"), says="[no-figures]",
        people=cycle.PEOPLE + "E3,丙,sales\n"),
    data(75, "no target", (PLACE3, "missing-target"), actuals=figures("E1,amount,120,\n")),
    data(75, "target of nought", (PLACE3, "zero-target"), actuals=figures("E1,amount,120,0\n")),
    data(75, "target below nought", (PLACE3, "negative-target"),
        actuals=figures("E1,amount,120,-100\n")),
    data(76, "actual below nought", exit=0, says="示例员工01",
        actuals=figures("E1,amount,-120,100\n")),
    data(77, "attainment of 100000 %", (PLACE3, "outlier"), exit=0,
        actuals=figures("E1,amount,100000,100\n")),
    cell(78, "85", "ambiguous-percent", "`85%`", "rate"),
    book(78, "a percentage of money", put("实际值", "C3", 0.85, "0%"), (XLSX + "C3]",
        "unexpected-percent")),
    data(79, "column twice", ("actuals.csv:1 (E1)", "duplicate-column"), exit=2,
        actuals="person_id,indicator,actual,target,actual\n"),
    data(79, "column missing", ("actuals.csv:1", "missing-column"), exit=2,
        actuals="person_id,indicator\n"),
    data(79, "column misspelt", ("actuals.csv:1 (D1)", "missing-column"), exit=2, says="`target`",
        actuals="person_id,indicator,actual,traget\nE2,rate,0.9,\n"),
    data(79, "short row", (PLACE3, "short-row"), actuals=figures("E1,amount,120\n")),
    data(79, "long row", (PLACE3, "long-row"), actuals=figures("E1,amount,1,200,100\n")),
    book(80, "merged cells", lambda workbook: workbook["实际值"].merge_cells("E2:E3"),
        ("data.xlsx[实际值]", "merged-cells"), exit=0),
    book(80, "hidden rows", lambda workbook: setattr(workbook["实际值"].row_dimensions[2], "hidden",
        True), ("data.xlsx[实际值]", "hidden-rows"), exit=0),
    data(80, "totals", ("actuals.csv:4", "totals-row"), exit=0, actuals=cycle.ACTUALS
        + "合计,,200,\n"),
    data(81, "a day number in text", ("people.csv:2 (D2)", "bad-date"), says="`2024-01-01`",
        people=DATES.format("45292")),
    data(81, "slashes", exit=0, people=DATES.format("2024/1/31")),
    data(81, "30 February", ("people.csv:2 (D2)", "no-such-day"),
        people=DATES.format("2024-02-30")),
    data(82, "text called a workbook", ("data.xlsx", "not-a-workbook"), exit=2,
        more="data: data.xlsx\n", make=lambda folder: (folder / "data.xlsx").write_text("工号\n",
        "utf-8")),
    *(trap(name) for name in ("cut off", "another zip", "old xls", "password", "document type",
        "wrong size", "value in the last row", "value in the last column")),
    *(trap(name, costly=True) for name in ("cell of 80 000 letters", "78 MB from 200 KB",
        "cell of 300 MB")),
    data(84, "nobody", ("people.csv", "empty-table"), ("actuals.csv:2 (A2)", "unknown-person"),
        exit=2, people="person_id,role\n"),
    data(84, "one person", exit=0, beside="E1", people="person_id,role\nE1,sales\n",
        actuals=HEADER + "E1,amount,120,100\n"),
    data(84, "100 001 rows", ("data.xlsx", "too-many-rows"), exit=2, more="data: data.xlsx\n",
        make=many, costly=True),
]
# fmt: on
ROWS: Final = [*POLICIES, *EXPRESSIONS, *TESTS, *DATA]


FINDING: Final = re.compile(r"^(?:(.*?): )?(?:错误|警告|提示)：.*\[([a-z0-9-]+)\]$", re.M)
LINT: Final = {"missing-unit", "missing-source", "missing-dates", "missing-grades", "missing-title"}


def written(row: Row, folder: Path) -> None:
    for name, content in row.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if row.make:
        row.make(folder)


def found_in(output: str, folder: Path) -> set[tuple[str, str]]:
    """All (place, code) that are printed or in the table of those without a result."""
    found = {(place, code) for place, code in FINDING.findall(output) if code not in LINT}
    rejected = folder / "results/cycle/rejected.csv"
    if rejected.exists():
        with rejected.open(encoding="utf-8-sig", newline="") as file:
            found |= {(line["place"], line["code"]) for line in csv.DictReader(file)}
    return found


def check(row: Row, code: int, output: str, folder: Path) -> None:
    found = found_in(output, folder)
    assert code == row.exit, output
    for place, name in row.found:
        assert [one for one in found if one[0].startswith(place) and one[1] == name], found
    assert {name for _, name in found} == {name for _, name in row.found}
    assert row.beside in output
    assert row.says in output
    assert "Traceback" not in output
    assert "internal error" not in output
    if row.command.startswith("evaluate"):
        assert (folder / "results/cycle").exists() == (code != 2)


def named(row: Row) -> str:
    return f"{row.number}: {row.what}".encode("unicode_escape").decode()


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_a_row_ends_in_its_diagnostic(
    row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(row, tmp_path)
    monkeypatch.chdir(tmp_path)
    began = time.process_time()
    done = CliRunner().invoke(main, ["--lang", "zh", *row.command.split()])
    assert time.process_time() - began < SECONDS
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    check(row, done.exit_code, done.output, tmp_path)


# The parent's peak would count in what `resource` reports of a child.
COLD: Final = """
import re, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
from perfrules.cli.main import run
try:
    run()
finally:
    status = Path("/proc/self/status").read_text()
    print("peak", re.search(r"VmHWM:\\s*(\\d+) kB", status)[1], file=sys.stderr)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
@pytest.mark.parametrize("row", [row for row in ROWS if row.costly], ids=named)
def test_a_costly_row_costs_little(row: Row, tmp_path: Path) -> None:
    written(row, tmp_path)
    began = time.process_time()
    done = subprocess.run(
        [sys.executable, "-c", COLD, *row.command.split()],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PERFRULES_LANG": "zh"},
    )  # fmt: skip
    assert time.process_time() - began < SECONDS
    check(row, done.returncode, done.stdout + done.stderr, tmp_path)
    peak = re.search(r"^peak (\d+)$", done.stderr, re.M)
    assert peak is not None
    assert int(peak[1]) < MEGABYTES * 1000


def test_every_row_of_the_list_is_here() -> None:
    assert {row.number for row in ROWS} == set(range(1, 85))
