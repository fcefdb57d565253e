"""The example cycle, its papers, and copies of it that a test may change."""

from pathlib import Path

from perfrules.diagnostics import Diagnostic
from perfrules.papers.paper.parts import Paper
from perfrules.records.papers.asked import Asked
from perfrules.records.papers.of_cycle import PapersOfCycle
from perfrules.records.papers.of_results import PapersOfResults

EXAMPLE = Path(__file__).parents[2] / "examples" / "2024Q3"


def papers(source: PapersOfCycle | PapersOfResults, asked: Asked) -> list[Paper]:
    found = [paper for _, paper in source.made(asked)]
    assert found and not any(isinstance(one, Diagnostic) for one in found), found
    return [one for one in found if isinstance(one, Paper)]


def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "2024Q3"
    folder.mkdir()
    for path in EXAMPLE.iterdir():
        text = path.read_bytes()
        if path.name == "cycle.yaml":
            policies = (EXAMPLE / "../../policies").resolve()
            text = text.replace(b"../../policies", str(policies).encode())
        (folder / path.name).write_bytes(text)
    return folder
