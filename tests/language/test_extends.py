"""`extends`: what is merged, where values come from, and what is refused."""

from pathlib import Path

import pytest

from perfrules.diagnostics import Findings, Span
from perfrules.language.text.document import Document, Mapping, read_document, to_plain
from perfrules.language.text.extends import resolve_extends

BASE = "total: {at_least: 0, at_most: 120}\ngrades: [S, A]\ncycle: quarter\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    (folder / "shared").mkdir(parents=True)
    (folder / "shared" / "base.yaml").write_text(BASE, "utf-8")
    (tmp_path / "secret.yaml").write_text("total: {}\n", "utf-8")
    return folder


def resolved(root: Path, text: str, name: str = "sales.yaml") -> tuple[Mapping, Findings]:
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    document, findings = read_document(path, f"policies/{name}")
    assert document is not None
    assert not list(findings)
    return resolve_extends(document, path, root)


def test_mappings_merge_and_all_else_is_replaced(root: Path) -> None:
    text = "policy: p\nextends: shared/base.yaml\ntotal: {at_most: 100}\ngrades: [B]\n"
    merged, findings = resolved(root, text)
    assert list(findings) == []
    assert [*merged.entries] == ["total", "grades", "cycle", "policy"]
    assert str(to_plain(merged)) == str(
        {
            "total": {"at_least": to_plain(merged)["total"]["at_least"], "at_most": 100},
            "grades": ["B"],
            "cycle": "quarter",
            "policy": "p",
        }
    ).replace("100", "Decimal('100')")


def test_values_keep_their_file(root: Path) -> None:
    merged, _ = resolved(root, "extends: shared/base.yaml\ntotal: {at_most: 100}\n")
    total = merged.entries["total"].value
    assert isinstance(total, Mapping)
    base = "policies/shared/base.yaml"
    assert total.entries["at_least"].value.span == Span(base, 1, 19, 1, 20)
    assert total.entries["at_most"].key_span == Span("policies/sales.yaml", 2, 9, 2, 16)
    assert merged.entries["cycle"].key_span == Span(base, 3, 1, 3, 6)


def test_without_extends_nothing_changes(root: Path) -> None:
    merged, findings = resolved(root, "policy: p\n")
    assert list(findings) == []
    assert to_plain(merged) == {"policy": "p"}


def test_a_null_replaces(root: Path) -> None:
    merged, _ = resolved(root, "extends: shared/base.yaml\ntotal:\n")
    assert to_plain(merged)["total"] is None


def test_paths_begin_at_the_file_that_names_them(root: Path) -> None:
    (root / "shared" / "more.yaml").write_text("extends: base.yaml\nsubject: team\n", "utf-8")
    merged, findings = resolved(root, "extends: ../shared/more.yaml\n", "east/sales.yaml")
    assert list(findings) == []
    assert to_plain(merged)["subject"] == "team"
    assert to_plain(merged)["cycle"] == "quarter"
    assert merged.entries["cycle"].key_span.file == "policies/shared/base.yaml"


def refused(root: Path, text: str, code: str, name: str = "sales.yaml") -> Findings:
    merged, findings = resolved(root, text, name)
    assert [one.code for one in findings] == [code]
    for one in findings:
        assert one.message("zh")
        assert one.message("en")
        one.help("zh")
        one.help("en")
    assert "extends" not in merged.entries
    return findings


@pytest.mark.parametrize(
    "text",
    [
        "../secret.yaml",
        "shared/../../secret.yaml",
        "/etc/passwd",
        "../../../../../../etc/passwd",
        "http://example.org/base.yaml",
        "file:///etc/passwd",
        "C:\\base.yaml",
        "\\\\server\\base.yaml",
        "../no-such-file.yaml",
    ],
)
def test_outside_the_folder(root: Path, text: str) -> None:
    (finding,) = refused(root, f"policy: p\nextends: '{text}'\n", "extends-outside")
    assert str(finding.place) == "policies/sales.yaml:2:10"


def test_a_link_that_leads_outside(root: Path) -> None:
    (root / "link.yaml").symlink_to(root.parent / "secret.yaml")
    refused(root, "extends: link.yaml\n", "extends-outside")
    (root / "folder").symlink_to(root.parent)
    refused(root, "extends: folder/secret.yaml\n", "extends-outside")


def test_a_link_that_stays_inside(root: Path) -> None:
    (root / "link.yaml").symlink_to(root / "shared" / "base.yaml")
    merged, findings = resolved(root, "extends: link.yaml\n")
    assert list(findings) == []
    assert to_plain(merged)["cycle"] == "quarter"


def test_links_in_a_circle(root: Path) -> None:
    (root / "one.yaml").symlink_to(root / "two.yaml")
    (root / "two.yaml").symlink_to(root / "one.yaml")
    refused(root, "extends: one.yaml\n", "extends-missing")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("shared/bsae.yaml", "shared/base.yaml"),
        ("shared\\base.yaml", "shared/base.yaml"),
        ("shared", None),
        ("x" * 5000, None),
    ],
)
def test_missing_file(root: Path, text: str, meant: str | None) -> None:
    (finding,) = refused(root, f"extends: '{text}'\n", "extends-missing")
    assert finding.facts["suggestion"] == meant


def test_a_circle_is_printed(root: Path) -> None:
    (root / "b.yaml").write_text("extends: shared/c.yaml\n", "utf-8")
    (root / "shared" / "c.yaml").write_text("extends: ../b.yaml\ncycle: year\n", "utf-8")
    (finding,) = refused(root, "extends: b.yaml\n", "extends-circle")
    assert finding.facts["circle"] == ("policies/b.yaml → policies/shared/c.yaml → policies/b.yaml")
    assert str(finding.place) == "policies/shared/c.yaml:1:10"


def test_a_file_that_extends_itself(root: Path) -> None:
    (finding,) = refused(root, "extends: sales.yaml\n", "extends-circle")
    assert finding.facts["circle"] == "policies/sales.yaml → policies/sales.yaml"


def test_eight_files_and_nine(root: Path) -> None:
    for number in range(9):
        text = f"extends: f{number + 1}.yaml\n" if number < 8 else "cycle: year\n"
        (root / f"f{number}.yaml").write_text(text, "utf-8")
    merged, findings = resolved(root, "extends: f2.yaml\n")
    assert list(findings) == []
    assert to_plain(merged)["cycle"] == "year"
    refused(root, "extends: f1.yaml\n", "extends-too-deep")


@pytest.mark.parametrize(
    ("value", "code"), [("", "missing-value"), ("[a.yaml]", "wrong-type"), ("5", "wrong-type")]
)
def test_extends_is_a_file_name(root: Path, value: str, code: str) -> None:
    refused(root, f"extends: {value}\n", code)


def test_mistakes_in_the_base_are_told_there(root: Path) -> None:
    (root / "bad.yaml").write_text("a: 1\na: 2\n", "utf-8")
    (finding,) = refused(root, "extends: bad.yaml\n", "duplicate-key")
    assert str(finding.place) == "policies/bad.yaml:2:1"


def test_files_are_read_by_what_is_given(root: Path) -> None:
    asked: list[tuple[Path, str]] = []

    def load(path: Path, name: str) -> tuple[Document | None, Findings]:
        asked.append((path, name))
        return read_document(path, name)

    path = root / "sales.yaml"
    path.write_text("extends: shared/base.yaml\n", "utf-8")
    document, _ = read_document(path, "sales.yaml")
    assert document is not None
    resolve_extends(document, path, root, load)
    assert asked == [((root / "shared" / "base.yaml").resolve(), "shared/base.yaml")]
