"""The last sheet: which cycle, how many of each, by which policies, and how exact."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.codes.code import Language, Text
from perfrules.model.cycle_result import CycleResult
from perfrules.papers.workbook.columns import Cell, Column, Figure, Table
from perfrules.words.of_counts import title_of_count

__all__ = ["Note", "notes"]


class Note(NamedTuple):
    """An item, and what is said of it."""

    item: str
    content: Cell


def notes(
    result: CycleResult, language: Language, digests: Mapping[str, str], without: int = 0
) -> Table[Note]:
    """What one has to know of the workbook; `digests` are those of the tables beside it, `without`
    is how many have no row in the sheets of scores."""
    return Table(
        Text("说明", "Notes"),
        (
            Column(Text("项目", "Item"), lambda note: note.item, widest=36),
            Column(Text("内容", "Content"), lambda note: note.content, widest=76),
        ),
        lambda: _notes(result, language, digests, without),
    )


def _notes(
    result: CycleResult, language: Language, digests: Mapping[str, str], without: int
) -> Iterator[Note]:
    cycle = result.cycle
    if cycle is not None:
        dates = f"{cycle.start.isoformat()} – {cycle.end.isoformat()}"
        title = f"{cycle.title.into(language)}  " if cycle.title else ""
        yield Note(_CYCLE.into(language), f"{cycle.id}  {title}{dates}")
    for name, count in result.counts.items():
        yield Note(title_of_count(name).into(language), Figure(Decimal(count), "#,##0"))
    if without:
        yield Note(_SHORTENED.into(language), _shortened(without).into(language))
    for policy in result.policies:
        title = policy.title.into(language)
        yield Note(f"{title}  {policy.label}", f"SHA-256 {policy.digest}")
    for name, digest in digests.items():
        yield Note(name, f"SHA-256 {digest}")
    yield Note(_EXACT.into(language), _EXACTNESS.into(language))


def _shortened(without: int) -> Text:
    return Text(
        f"按编号排在后面的 {without:,} 个对象未列入“指标得分”各表；"
        "各指标的得分用 perfrules explain 查看，或以更大的 --workbook-rows 重新计算",
        f"{without:,} who come later by their ids are not in the sheets of scores; see their "
        "indicators with perfrules explain, or evaluate again with a larger --workbook-rows",
    )


_SHORTENED: Final = Text("指标得分未全列", "Scores not listed in full")
_CYCLE: Final = Text("考核周期", "Cycle")
_EXACT: Final = Text("精度", "Exactness")

_EXACTNESS: Final = Text(
    "Excel 以 15 位二进制浮点数保存数值，超出的以文本写入；"
    "准确数值以同一文件夹中的 appraisals.csv 和 traces.jsonl 为准。",
    "Excel holds numbers as binary floats of 15 digits, and what has more is written as text; "
    "the exact record is appraisals.csv and traces.jsonl in the same folder.",
)
