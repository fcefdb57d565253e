"""Names of statement files, and what may be replaced."""

from pathlib import Path

from perfrules.papers.paper.mark import marked
from perfrules.records.papers.paper_files import (
    TOGETHER,
    file_names,
    refused_folder,
    write_paper,
)


def test_an_id_is_its_files_name_where_that_is_safe() -> None:
    ids = ["E1001", "00123", "华东组", "a/b", "..", "E1#1", "con"]
    names = file_names(dict.fromkeys(ids, ""))
    assert names["E1001"] == "E1001"
    assert names["00123"] == "00123"
    assert names["华东组"] == "华东组"
    assert names["a/b"] == "a%2Fb"
    assert names[".."] == "%2E%2E"
    assert names["E1#1"] == "E1%231"
    assert names["con"] != "con"


def test_no_two_ids_share_a_file_on_any_system() -> None:
    ids = ["e1", "E1", "E%31", "x" * 200, "x" * 201, "E1"]
    names = file_names(dict.fromkeys(ids, ""))
    assert len({name.casefold() for name in names.values()}) == len(set(ids)) == 5
    assert max(map(len, names.values())) < 100
    assert names == file_names(dict.fromkeys(reversed(ids), ""))


def test_people_are_found_by_their_names_and_told_apart_by_their_ids() -> None:
    people = {
        "E1": "示例员工01", "E2": "示例员工01", "E3": "A. O'Neil/../x", "E4": "名" * 70, "E5": "E5",
    }  # fmt: skip
    names = file_names(people)
    assert names["E1"] == "E1-示例员工01"
    assert names["E2"] == "E2-示例员工01"
    assert names["E3"] == "E3-A__O_Neil____x"
    assert names["E5"] == "E5"
    assert max(len(name.encode()) for name in names.values()) < 200
    # The id of one and the name of another never meet in one file.
    met = file_names({"E1": "2", "E1-2": "", "e1-2": ""})
    assert len({name.casefold() for name in met.values()}) == 3
    assert TOGETHER not in file_names({"all.print": ""}).values()


def test_a_statement_is_written_whole_or_left(tmp_path: Path) -> None:
    path = tmp_path / "new" / "E1.md"
    first, second = (marked(f"# {word}\n").encode() for word in ("one", "two"))
    assert write_paper(path, first, force=False) is None
    assert write_paper(path, second, force=False) is None
    assert path.read_bytes() == second
    path.write_bytes(second + b"filled in")
    left = write_paper(path, first, force=False)
    assert left is not None
    assert left.code == "statement-changed"
    assert path.read_bytes() == second + b"filled in"
    assert write_paper(path, first, force=True) is None
    assert [one.name for one in path.parent.iterdir()] == ["E1.md"]


def test_a_folder_is_no_file_to_replace(tmp_path: Path) -> None:
    (tmp_path / "E1.md").mkdir()
    assert write_paper(tmp_path / "E1.md", b"x", force=True) is not None


def test_where_statements_may_not_stand(tmp_path: Path) -> None:
    results = tmp_path / "results"
    results.mkdir()
    (tmp_path / "link").symlink_to(results)
    (tmp_path / "file").write_text("", "utf-8")
    for out in (results, results / "a" / "b", tmp_path / "link" / "x"):
        refused = refused_folder(out, results)
        assert refused is not None
        assert refused.code == "feedback-in-results"
    refused = refused_folder(tmp_path / "file", results)
    assert refused is not None
    assert refused.code == "output-not-a-folder"
    assert refused_folder(tmp_path / "results-feedback", results) is None
