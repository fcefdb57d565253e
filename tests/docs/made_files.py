"""Files that a page can describe and not show: other encodings, workbooks, changed results."""

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from unittest import mock

from made_forms import FORMS_MADE

DIRECT: Final = "score: {direct: {min: 0, max: 100}}"
POLICY: Final = f"policy: sales\nindicators:\n  visits: {{weight: 100%, {DIRECT}}}\n"
CYCLE: Final = "id: 2024Q3\nfrom: 2024-07-01\nto: 2024-09-30\npolicies: ../policies\n"
PEOPLE: Final = [
    ["工号", "姓名", "岗位"],
    ["E001", "示例员工01", "sales"],
    ["E002", "示例员工02", "sales"],
]

Make = Callable[[Path], None]


def _text(name: str, text: str, encoding: str = "utf-8") -> Make:
    return _bytes(name, text.encode(encoding))


def _bytes(name: str, data: bytes) -> Make:
    def make(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    return make


def _chain_of_files(folder: Path) -> None:
    (folder / "policies").mkdir()
    for number in range(1, 11):
        text = POLICY if number == 10 else f"extends: {number + 1}.yaml\npolicy: sales\n"
        (folder / "policies" / f"{number}.yaml").write_text(text, "utf-8")


def _recoded(encoding: str, separator: str = ",") -> Make:
    def make(folder: Path) -> None:
        path = folder / "2024Q3" / "people.csv"
        text = path.read_text("utf-8-sig").replace(",", separator)
        path.write_bytes(text.encode(encoding))

    return make


def _broken_bytes(folder: Path) -> None:
    path = folder / "2024Q3" / "people.csv"
    lines = path.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b"02,", b"02\xff,", 1)
    path.write_bytes(b"\n".join(lines))


def _linked_data(folder: Path) -> None:
    (folder / "outside.json").write_text('{"people": []}', "utf-8")
    (folder / "2024Q3" / "data.json").symlink_to(folder / "outside.json")
    (folder / "2024Q3" / "cycle.yaml").write_text(CYCLE + "data: data.json\n", "utf-8")


# Workbooks


def _named_workbook(data: bytes) -> Make:
    """Something called 2024Q3.xlsx that cycle.yaml points to."""

    def make(folder: Path) -> None:
        for table in (folder / "2024Q3").glob("*.csv"):
            table.unlink()
        (folder / "2024Q3" / "cycle.yaml").write_text(CYCLE + "data: 2024Q3.xlsx\n", "utf-8")
        (folder / "2024Q3" / "2024Q3.xlsx").write_bytes(data)

    return make


def _workbook(change: Callable[[Any], None]) -> Make:
    """A workbook with the sheet 人员, changed by `change`, which gets the book."""

    def make(folder: Path) -> None:
        from openpyxl import Workbook

        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "人员"
        for row in PEOPLE:
            sheet.append(row)
        change(book)
        _named_workbook(b"")(folder)
        book.save(folder / "2024Q3" / "2024Q3.xlsx")

    return make


def _set(cell: str, value: object, form: str | None = None) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book["人员"][cell] = value
        if form:
            book["人员"][cell].number_format = form

    return change


def _uncomputed(book: Any) -> None:
    sheet = book.create_sheet("实际值")
    sheet.append(["工号", "指标", "实际值"])
    sheet.append(["E001", "teamwork", "=40*2"])


def _percent_cell(book: Any) -> None:
    sheet = book.create_sheet("实际值")
    sheet.append(["工号", "指标", "实际值"])
    sheet.append(["E001", "conversion", 70.1])
    sheet["C2"].number_format = "0.00%"


def _in_ten_thousands(book: Any) -> None:
    sheet = book.create_sheet("实际值")
    sheet.append(["工号", "指标", "实际值"])
    sheet.append(["E001", "sales_amount", 412000])
    sheet["C2"].number_format = '0!.0,"万"'


def _forms(book: Any) -> None:
    for number, person in enumerate(PEOPLE[1:], 1):
        sheet = book.create_sheet(person[1])
        sheet.append(["姓名", person[1], "工号", person[0]])
        sheet.append(["指标", "目标值", "实际值"])
        sheet.append(["sales_amount", 400000, 400000 + number])
    del book["人员"]


def _hide_sheet(book: Any) -> None:
    book.create_sheet("填写说明")
    book["人员"].sheet_state = "hidden"


def _not_named(folder: Path) -> None:
    _workbook(lambda book: None)(folder)
    (folder / "2024Q3" / "2024Q3.xlsx").rename(folder / "2024Q3" / "q3.xlsx")
    (folder / "2024Q3" / "cycle.yaml").write_text(CYCLE, "utf-8")


def _hide(book: Any) -> None:
    book["人员"].row_dimensions[3].hidden = True


def _repacked(old: bytes, new: bytes) -> Make:
    """A sound workbook in whose files some bytes are replaced, as no spreadsheet would."""

    def make(folder: Path) -> None:
        _workbook(lambda book: None)(folder)
        path = folder / "2024Q3" / "2024Q3.xlsx"
        with zipfile.ZipFile(path) as packed:
            members = {name: packed.read(name) for name in packed.namelist()}
        assert any(old in data for data in members.values())
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, data in members.items():
                packed.writestr(name, data.replace(old, new))

    return make


# Results that somebody has been at

RESULTS: Final = Path("results/2024Q3")


def _lines(change: Callable[[list[str]], list[str]]) -> Make:
    def make(folder: Path) -> None:
        path = folder / RESULTS / "traces.jsonl"
        lines = path.read_text("utf-8").splitlines()
        path.write_text("".join(f"{line}\n" for line in change(lines)), "utf-8")

    return make


def _resealed(change: Callable[[dict[str, Any]], None]) -> Make:
    """The first record changed with care: its digest is made anew."""

    def first(lines: list[str]) -> list[str]:
        record = json.loads(lines[0])
        change(record)
        rest = {key: value for key, value in record.items() if key != "digest"}
        record["digest"] = hashlib.sha256(_canonical(rest).encode()).hexdigest()
        return [_canonical(record), *lines[1:]]

    return _lines(first)


def _as_the_other(record: dict[str, Any]) -> None:
    """Of two members of a group somebody says to be the one that is somebody else."""
    for step in record["steps"]:
        if step["operation"] == "from_group":
            step["origin"]["member"] = {"M1": "M2", "M2": "M1"}[step["origin"]["member"]]


def _read_as(old: str, new: str) -> Callable[[dict[str, Any]], None]:
    """A value changed wherever a record has it, so that it agrees with itself."""

    def change(record: dict[str, Any]) -> None:
        text = _canonical(record)
        assert f'"value":"{old}"' in text
        record.update(json.loads(text.replace(f'"value":"{old}"', f'"value":"{new}"')))

    return change


def _exchanged(lines: list[str]) -> list[str]:
    """Two people who take each other's records."""
    records = [json.loads(line) for line in lines[:2]]
    names = [record["subject"] for record in records]
    for record, name in zip(reversed(records), names, strict=True):
        record["subject"] = name
        del record["digest"]
        record["digest"] = hashlib.sha256(_canonical(record).encode()).hexdigest()
    return [*map(_canonical, reversed(records)), *lines[2:]]


def _canonical(node: object) -> str:
    return json.dumps(node, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _replaced(name: str, old: str, new: str) -> Make:
    def make(folder: Path) -> None:
        path = folder / RESULTS / name
        text = path.read_bytes().decode()
        assert old in text
        path.write_bytes(text.replace(old, new, 1).encode())

    return make


def _table(change: Callable[[list[str]], list[str]]) -> Make:
    def make(folder: Path) -> None:
        path = folder / RESULTS / "appraisals.csv"
        lines = path.read_bytes().decode().splitlines(keepends=True)
        path.write_bytes("".join(change(lines)).encode())

    return make


def _covered_up(folder: Path) -> None:
    """Every digest of the manifest made to fit what lies in the folder."""
    path = folder / RESULTS / "manifest.json"
    node = json.loads(path.read_text("utf-8"))
    for kind, where in (("outputs", folder / RESULTS), ("inputs", folder / "2024Q3")):
        for file in node[kind]:
            data = (where / file["path"]).read_bytes()
            file.update(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    _sealed(path, node)


def _from_other_figures(folder: Path) -> None:
    """Results that were made from a figure that nobody handed in."""
    from perfrules.cycle.evaluate_cycle import evaluate_cycle
    from perfrules.records.write import write_results

    actuals = folder / "2024Q3" / "actuals.csv"
    honest = actuals.read_bytes()
    assert b"412,000" in honest
    actuals.write_bytes(honest.replace(b"412,000", b"512000"))
    write_results(evaluate_cycle(folder / "2024Q3"), folder / RESULTS)
    actuals.write_bytes(honest)
    _covered_up(folder)


def _revised_alone(folder: Path) -> None:
    """A run that revises one which is no longer there."""
    from perfrules.cycle.evaluate_cycle import evaluate_cycle
    from perfrules.records.write import write_while

    target = folder / "results" / "2024Q3-appeal"
    write_while(target, lambda each: evaluate_cycle(folder / "2024Q3", each=each), folder / RESULTS)
    shutil.rmtree(folder / RESULTS)


def _keys(folder: Path, name: str, seed: int) -> None:
    """A pair of keys that is always the same, so that its fingerprint is."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(bytes([seed] * 32))
    pem = form.Encoding.PEM
    secret = key.private_bytes(pem, form.PrivateFormat.PKCS8, form.NoEncryption())
    shared = key.public_key().public_bytes(pem, form.PublicFormat.SubjectPublicKeyInfo)
    (folder / name).write_bytes(secret)
    (folder / f"{name}.pub").write_bytes(shared)


def _signed(*names: str) -> Make:
    """Keys of these names; the last of them signs the results, where there are two."""

    def make(folder: Path) -> None:
        from perfrules.records.signing import Signer, signer

        for seed, name in enumerate(names, 1):
            _keys(folder, name, seed)
        if len(names) > 1:
            found = signer(folder / names[-1])
            assert isinstance(found, Signer)
            manifest = (folder / RESULTS / "manifest.json").read_bytes()
            path = folder / RESULTS / "manifest.json.sig"
            path.write_bytes(found.signature(manifest))

    return make


def _changed_after_signing(folder: Path) -> None:
    _signed("other", "hr")(folder)
    _replaced("manifest.json", '"warnings": 0', '"warnings": 1')(folder)
    _covered_up(folder)


def _statements(change: Make) -> Make:
    """The statements beside the results, then changed."""

    def make(folder: Path) -> None:
        from click.testing import CliRunner

        from perfrules.cli.main import main

        assert CliRunner().invoke(main, ["feedback", str(folder / RESULTS)]).exit_code == 0
        change(folder)

    return make


def _change_of_cycle(change: Make) -> Make:
    """An empty request to change a target, then something changed."""

    def make(folder: Path) -> None:
        from click.testing import CliRunner

        from perfrules.cli.main import main

        words = ["--layout", "blank", "--for", "E001", "--out", str(folder / PAPERS)]
        done = CliRunner().invoke(main, ["paper", "change", str(folder / "2024Q3"), *words])
        assert done.exit_code == 0, done.output
        change(folder)

    return make


def _alone(folder: Path) -> None:
    shutil.move(folder / PAPERS, folder / "papers")


PAPERS: Final = Path("results/2024Q3-papers")
STATEMENTS: Final = Path("results/2024Q3-feedback")
OF_E001: Final = "E001-示例员工01.md"


def _evaluated_again(folder: Path) -> None:
    from perfrules.cycle.evaluate_cycle import evaluate_cycle
    from perfrules.records.write import write_results

    actuals = folder / "2024Q3" / "actuals.csv"
    actuals.write_bytes(actuals.read_bytes().replace(b"412,000", b"402,000"))
    write_results(evaluate_cycle(folder / "2024Q3"), folder / RESULTS)


def _date_forged(folder: Path) -> None:
    from perfrules.papers.paper.mark import marked

    path = folder / STATEMENTS / OF_E001
    lines = path.read_text("utf-8").splitlines(keepends=True)[:-1]
    path.write_text(marked("".join(lines).replace("2024-09-30", "2024-09-29")), "utf-8")
    _relisted(lambda node: None)(folder)


def _relisted(change: Callable[[dict[str, Any]], None]) -> Make:
    """The manifest of the statements changed, and made to fit what lies in the folder."""

    def make(folder: Path) -> None:
        path = folder / STATEMENTS / "manifest.json"
        node = json.loads(path.read_text("utf-8"))
        change(node)
        for file in node["papers"]:
            data = (path.parent / file["path"]).read_bytes()
            file.update(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
        _sealed(path, node)

    return make


def _sealed(path: Path, node: dict[str, Any]) -> None:
    """A manifest with the digest that it should have."""
    del node["digest"]
    node["digest"] = hashlib.sha256(_canonical(node).encode()).hexdigest()
    text = json.dumps(node, ensure_ascii=False, sort_keys=True, indent=1)
    path.write_text(text + "\n", "utf-8")


def _older(folder: Path) -> None:
    _date_forged(folder)
    _relisted(lambda node: node.update(perfrules="0.0.9"))(folder)


def _moved_away(folder: Path) -> None:
    shutil.move(folder / STATEMENTS, folder / "statements")


def _opened(change: Callable[[Any], None]) -> Make:
    """The workbook changed, of which `change` gets the sheet with results, and every digest."""

    def make(folder: Path) -> None:
        from openpyxl import load_workbook

        path = folder / RESULTS / "appraisals.xlsx"
        book = load_workbook(path)
        change(book.worksheets[1])
        book.save(path)
        _covered_up(folder)

    return make


def _paid_more(sheet: Any) -> None:
    cell = next(one for row in sheet.iter_rows() for one in row if one.value == 7200)
    cell.value = 9200


def _third_hidden(sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def _without(name: str) -> Make:
    return lambda folder: (folder / name).unlink()


def _added(name: str, text: str) -> Make:
    def make(folder: Path) -> None:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return make


def _link_to_folder(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    (folder / "latest").symlink_to(folder / "elsewhere")


def _results(*names: str, first: str = "2024-07-01", last: str = "2024-09-30") -> Make:
    """Results of the example's people in folders of these names, of a cycle with these dates."""

    def make(folder: Path) -> None:
        from perfrules.cycle.evaluate_cycle import evaluate_cycle
        from perfrules.records.write import write_results

        earlier = folder / "earlier"
        shutil.copytree(folder / "2024Q3", earlier)
        shutil.copytree(folder / "policies", folder / "earlier-policies")
        policy = folder / "earlier-policies" / "sales.yaml"
        policy.write_text(policy.read_text("utf-8").replace("2024-07-01", "2024-01-01"), "utf-8")
        text = CYCLE.replace("2024-07-01", first).replace("2024-09-30", last)
        text = text.replace("2024Q3", names[0]).replace("../policies", "../earlier-policies")
        (earlier / "cycle.yaml").write_text(text, "utf-8")
        for name in names:
            write_results(evaluate_cycle(earlier), folder / "results" / name)
        shutil.rmtree(earlier)
        shutil.rmtree(folder / "earlier-policies")

    return make


def _without_a_result(folder: Path) -> None:
    """Results of the quarter before, in which the first person had no figure."""
    path = folder / "2024Q3" / "actuals.csv"
    head, first, *rest = (text := path.read_text("utf-8")).splitlines(keepends=True)
    path.write_text("".join((head, *rest)), "utf-8")
    _results("2024Q2", first="2024-04-01", last="2024-06-30")(folder)
    path.write_text(text, "utf-8")
    assert first.startswith("E001,")


MADE: Final[dict[str, Make]] = {
    **FORMS_MADE,
    "too-large-document": _text("sales.yaml", POLICY + "# " + "x" * 1_153_434),
    "utf-16-document": _bytes("sales.yaml", b"\xff\xfe" + POLICY.encode("utf-16-le")),
    "gbk-document": _text("sales.yaml", "policy: sales\ntitle: 销售\n", "gb18030"),
    "unreadable-file": _bytes("policies/sales.yaml", POLICY.encode()),
    "not-utf-8": _bytes("sales.yaml", b"policy: sales\n# comment \xff\n"),
    "too-deep": _text("sales.yaml", "policy: sales\ntitle: " + "[" * 40 + "]" * 40 + "\n"),
    "too-many-values": _text("big.test.yaml", "cases: [" + "1, " * 100_001 + "1]\n"),
    "text-too-long": _text("sales.yaml", f'policy: sales\ntitle: "{"x" * 70_000}"\n'),
    "too-many-mistakes": _text(
        "sales.yaml",
        POLICY + "events:\n" + "".join(f"  - 00{number}\n" for number in range(1, 121)),
    ),
    "expression-too-long": _text(
        "sales.yaml",
        POLICY.replace(DIRECT, f'score: {{formula: "{" + ".join(["actual"] * 200)}"}}'),
    ),
    "extends-too-deep": _chain_of_files,
    "file-too-large": _bytes("2024Q3/actuals.csv", b"x" * (51 << 20)),
    "too-many-rows": _workbook(_set("A100002", "x")),
    "too-many-columns": _bytes(
        "2024Q3/people.csv", b",".join([b"x%d" % n for n in range(257)]) + b"\n"
    ),
    "cell-too-long": _repacked(b"E002", b"x" * 32_768),
    "bad-encoding": _broken_bytes,
    "read-as-gb18030": _recoded("gb18030"),
    "read-as-utf-16": _recoded("utf-16", "\t"),
    "not-a-workbook": _named_workbook("工号,姓名\n".encode()),
    "old-workbook": _named_workbook(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)),
    "locked-workbook": _named_workbook(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    ),
    "workbook-bomb": _repacked(b"<worksheet ", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet '),
    "no-openpyxl": _workbook(lambda book: None),
    "data-outside": _linked_data,
    "merged-cells": _workbook(lambda book: book["人员"].merge_cells("A2:A3")),
    "hidden-rows": _workbook(_hide),
    "hidden-sheet": _workbook(_hide_sheet),
    "scaled-format": _workbook(_in_ten_thousands),
    "sheet-a-person": _workbook(_forms),
    "data-not-named": _not_named,
    "formula-not-computed": _workbook(_uncomputed),
    "percent-cell": _workbook(_percent_cell),
    "padded-id": _workbook(_set("A2", 123, "00000")),
    "output-is-link": _link_to_folder,
    "damaged-manifest": _replaced("manifest.json", '"people": 3', '"people": 4'),
    "damaged-record": _replaced("traces.jsonl", '"total":"93.2"', '"total":"99.2"'),
    "several-of-that-name": _replaced("appraisals.csv", "示例员工02", "示例员工01"),
    "missing-output": _without(f"{RESULTS}/appraisals.csv"),
    "extra-output": _added(f"{RESULTS}/notes.txt", "looked at by HR\n"),
    "changed-output": _replaced("appraisals.csv", "93.2", "99.2"),
    "unordered-record": _lines(lambda lines: [lines[1], lines[0], *lines[2:]]),
    "broken-chain": _lines(lambda lines: lines[:-1]),
    "wrong-count": _lines(lambda lines: lines[:-1]),
    "wrong-cycle-in-record": _resealed(lambda record: record["cycle"].update(id="2024Q2")),
    "unknown-policy-in-record": _resealed(lambda record: record["policy"].update(version="2023.1")),
    "record-without-row": _table(lambda rows: [row for row in rows if "E001" not in row]),
    "row-without-record": _table(lambda rows: [*rows, rows[1].replace("E001", "E009")]),
    "row-disagrees": _replaced("appraisals.csv", "93.2", "99"),
    "rejected-record": _resealed(lambda record: record.update(grade="B")),
    "wrong-member": _resealed(_as_the_other),
    "wrong-reference": _resealed(_read_as("93.2", "99.2")),
    "wrong-turn": _lines(_exchanged),
    "missing-input": _without("2024Q3/events.csv"),
    "replay-differs": _from_other_figures,
    "key-exists": _bytes("hr", b"a key of last year\n"),
    "not-that-key": _signed("hr"),
    "not-signed": _signed("hr"),
    "signed-by-another": _signed("hr", "other"),
    "wrong-signature": _changed_after_signing,
    "edited-statement": _statements(
        _added(f"{STATEMENTS}/E001-示例员工01.md", "measures: visit clients\n")
    ),
    "other-results": _statements(_evaluated_again),
    "statement-differs": _statements(_date_forged),
    "statement-unchecked": _statements(_older),
    "results-not-beside": _statements(_moved_away),
    "other-inputs": _change_of_cycle(_added("2024Q3/events.csv", "E001,data_fraud,1,\n")),
    "cycle-not-found": _change_of_cycle(_alone),
    "deltas-unchecked": _revised_alone,
    "cell-disagrees": _opened(_paid_more),
    "workbook-differs": _opened(_third_hidden),
    "cannot-revise": _results("2024Q3"),
    "history-twice": _results("2024Q2", "2024Q2-revised", first="2024-04-01", last="2024-06-30"),
    "no-result-then": _without_a_result,
    "changed-input": _added("2024Q3/events.csv", "E001,data_fraud,1,\n"),
}
"""What sets an example up beyond the files that its page shows, by code."""


@contextlib.contextmanager
def _no_xlsxwriter() -> Iterator[None]:
    real = importlib.util.find_spec

    def find(name: str, package: str | None = None) -> object:
        return None if name == "xlsxwriter" else real(name, package)

    with mock.patch("importlib.util.find_spec", find):
        yield


@contextlib.contextmanager
def _no_openpyxl() -> Iterator[None]:
    with mock.patch.dict("sys.modules", {"openpyxl": None}):
        yield


@contextlib.contextmanager
def _no_cryptography() -> Iterator[None]:
    parts = ("cryptography.exceptions", "cryptography.hazmat.primitives")
    with mock.patch.dict("sys.modules", dict.fromkeys(parts)):
        yield


@contextlib.contextmanager
def _no_docx() -> Iterator[None]:
    with mock.patch.dict("sys.modules", {"docx": None}):
        yield


@contextlib.contextmanager
def _no_writer_of_workbooks() -> Iterator[None]:
    gone = {"xlsxwriter": None, "xlsxwriter.exceptions": None}
    for name in [name for name in sys.modules if name.startswith("perfrules.papers.paper.to_")]:
        del sys.modules[name]
    with mock.patch.dict("sys.modules", gone):
        yield


@contextlib.contextmanager
def _held_lock() -> Iterator[None]:
    from perfrules.records.lock import locked
    from perfrules.records.staging import lock_path

    RESULTS.parent.mkdir(exist_ok=True)
    with locked(lock_path(Path(os.path.abspath(RESULTS)))):
        yield


@contextlib.contextmanager
def _edited_meanwhile() -> Iterator[None]:
    from perfrules.evaluation.evaluate import evaluate as real

    def judged(*arguments: Any) -> object:
        with Path("2024Q3/actuals.csv").open("a", encoding="utf-8") as file:
            file.write("E001,teamwork,100,,,\n")
        return real(*arguments)

    with mock.patch("perfrules.cycle.judging.evaluate", judged):
        yield


@contextlib.contextmanager
def _refused_by_the_system() -> Iterator[None]:
    """Even root may not read: the tests may run as root, where permissions mean nothing."""
    real = Path.open

    def refuse(path: Path, *arguments: Any, **more: Any) -> Any:
        if path.suffix == ".yaml":
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **more)

    with mock.patch.object(Path, "open", refuse):
        yield


SWITCHED_OFF: Final[dict[str, Callable[[], contextlib.AbstractContextManager[None]]]] = {
    "no-workbook": _no_xlsxwriter,
    "workbook-unchecked": _no_xlsxwriter,
    "no-openpyxl": _no_openpyxl,
    "no-docx": _no_docx,
    "no-xlsxwriter": _no_writer_of_workbooks,
    "no-cryptography": _no_cryptography,
    "output-locked": _held_lock,
    "input-changed": _edited_meanwhile,
    "unreadable-file": _refused_by_the_system,
}
"""What an example needs while its command runs: a missing package, another run, a busy file."""
