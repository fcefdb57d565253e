"""`python -m perfrules.declared_files`: writes what follows from declarations, where one stands.

That is the schema of policies and the tables of docs/language and its twin, from the keys of the
model; and the operations in the schema of traces, in docs/trace.md and its twin, from the sentences
on them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from perfrules.codes.code import Language
from perfrules.language.schema import schema_text
from perfrules.language.to_pages import page_of
from perfrules.words.of_step import OPERATIONS
from perfrules.words.sentence import Operation

__all__ = ["declared_files"]

_LISTS: Final = re.compile(
    r'(?s)(\n    "operation": \{.*?"enum": \[).*?(\n\s*\],\s*"enumDescriptions": \[).*?(\n\s*\])'
)
_TABLE: Final = re.compile(r"(?s)(<!-- operations: ([\w -]+) -->\n).*?(<!-- end -->)")
_HEADS: Final = {
    "trace.md": "| operation | the value, and how to check it |\n| --- | --- |\n",
    "zh/trace.md": "| 运算 | 值，以及怎样核对 |\n| --- | --- |\n",
}


def declared_files(root: Path) -> Mapping[Path, str]:
    """The files of a checkout that follow from declarations, wholly or in part, as they are to be.

    Raises `OSError` where one of them cannot be read.
    """
    trace = root / "schemas/trace.schema.json"
    return {
        root / "schemas/policy.schema.json": schema_text("policy"),
        trace: _with_operations(trace.read_text("utf-8")),
        **dict(_language_pages(root / "docs/language", "en")),
        **dict(_language_pages(root / "docs/zh/language", "zh")),
        **dict(_trace_pages(root / "docs")),
    }


def _language_pages(folder: Path, language: Language) -> Iterator[tuple[Path, str]]:
    pages = {path: path.read_text("utf-8") for path in sorted(folder.glob("*.md"))}
    told = "".join(pages.values())
    for path, text in pages.items():
        yield path, page_of(text, told, language)


def _with_operations(schema: str) -> str:
    every = {name: one for table in OPERATIONS.values() for name, one in table.items()}

    def lists(found: re.Match[str]) -> str:
        names = ",".join(f"\n        {json.dumps(name)}" for name in every)
        labels = (json.dumps(one.label, ensure_ascii=False) for one in every.values())
        return (
            found[1] + names + found[2] + ",".join(f"\n        {one}" for one in labels) + found[3]
        )

    return _LISTS.sub(lists, schema, count=1)


def _trace_pages(docs: Path) -> Iterator[tuple[Path, str]]:
    for name, head in _HEADS.items():

        def table(found: re.Match[str], name: str = name, head: str = head) -> str:
            every = {key: one for part in found[2].split() for key, one in OPERATIONS[part].items()}
            rows = (f"| `{key}` | {_told(one, name)} |\n" for key, one in every.items())
            return found[1] + head + "".join(rows) + found[3]

        path = docs / name
        yield path, _TABLE.sub(table, path.read_text("utf-8"))


def _told(one: Operation, page: str) -> str:
    return one.zh if page.startswith("zh/") else one.en


def main() -> None:
    """Writes them."""
    for path, text in declared_files(Path()).items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
