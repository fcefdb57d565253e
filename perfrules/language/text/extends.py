"""`extends`: a policy that starts from another file and changes parts of it.

Mappings merge key by key, lists and single values are replaced; every key and value keeps the
place in the file that it came from.
"""

import itertools
import os.path
from collections.abc import Callable
from pathlib import Path, PureWindowsPath
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Findings, Span, closest
from perfrules.language.text.document import Document, Entry, Mapping, Node, Scalar, read_document
from perfrules.language.text.guard import head

__all__ = ["Load", "merged", "resolve_extends"]

MAX_FILES: Final = 8
"""How many files may extend one another, the first included. As each names one file at most,
this bounds the files that are read, too."""

Load = Callable[[Path, str], tuple[Document | None, Findings]]

_SOMETHING: Final = Text("其他内容", "something else")
_A_FILE: Final = Text("文件名，例如 `shared/base.yaml`", "a file such as `shared/base.yaml`")


def resolve_extends(
    document: Document, path: Path, root: Path, load: Load = read_document
) -> tuple[Mapping, Findings]:
    """The document's root merged with what it extends, without the key `extends`.

    `path` is where the document was read from, `root` the folder of policies, which no file
    may lie outside of; `load` reads a file under a display name. With errors in the findings,
    what could be merged comes back.
    """
    folder = (root if root.is_dir() else root.parent).resolve()
    findings = Findings()
    chain = ((path.resolve(), document.name),)
    return _Resolver(folder, load, findings).resolve(document.root, path, chain), findings


def merged(base: Node, change: Node) -> Node:
    """`base` with the keys of `change`; anything but two mappings is `change`."""
    if not isinstance(base, Mapping) or not isinstance(change, Mapping):
        return change
    entries = dict(base.entries)
    for key, entry in change.entries.items():
        below = base.entries.get(key)
        value = merged(below.value, entry.value) if below else entry.value
        entries[key] = Entry(key, entry.key_span, value, entry.reported)
    return Mapping(entries, change.span)


Chain = tuple[tuple[Path, str], ...]
"""The files on the way, each as it really lies on disk and as it is shown."""


class _Resolver:
    def __init__(self, folder: Path, load: Load, findings: Findings) -> None:
        self.folder, self.load, self.findings = folder, load, findings

    def resolve(self, root: Mapping, path: Path, chain: Chain) -> Mapping:
        """The root of the last file of the chain, which stands at `path`, with its base."""
        entry = root.entries.get("extends")
        if entry is None:
            return root
        entries = {key: one for key, one in root.entries.items() if key != "extends"}
        own = Mapping(entries, root.span)
        base = self.base(entry, path, chain)
        whole = merged(base, own) if base is not None else own
        assert isinstance(whole, Mapping)
        return whole

    def base(self, entry: Entry, path: Path, chain: Chain) -> Mapping | None:
        """What the file that `extends` names comes to; None where that is a mistake."""
        written = entry.value
        if not isinstance(written, Scalar) or not isinstance(written.value, str):
            empty = isinstance(written, Scalar) and written.value is None
            code = "missing-value" if empty else "wrong-type"
            place = entry.key_span if empty else head(written.span)
            self.findings.report(code, place, key="extends", found=_SOMETHING, expected=_A_FILE)
            return None
        text, span = written.value, written.span
        target = self.target(path.parent, text, span)
        if target is None:
            return None
        shown = os.path.normpath(os.path.join(os.path.dirname(chain[-1][1]), text))
        files = [file for file, _ in chain]
        if target in files:
            circle = [label for _, label in chain[files.index(target) :]]
            self.findings.report("extends-circle", span, circle=" → ".join([*circle, circle[0]]))
            return None
        if len(chain) >= MAX_FILES:
            self.findings.report("extends-too-deep", span, limit=MAX_FILES)
            return None
        document, found_there = self.load(target, shown)
        self.findings.extend(found_there)
        if document is None:
            return None
        return self.resolve(document.root, target, (*chain, (target, shown)))

    def target(self, start: Path, text: str, span: Span) -> Path | None:
        """The file itself, behind all links; None where it is outside or missing."""
        if "://" in text or Path(text).is_absolute() or PureWindowsPath(text).anchor:
            self.findings.report("extends-outside", span, text=text)
            return None
        try:
            target = (start / text).resolve()
            inside, there = target.is_relative_to(self.folder), target.is_file()
        except (OSError, RuntimeError, ValueError):
            inside, there, target = True, False, start
        if not inside:
            self.findings.report("extends-outside", span, text=text)
        elif not there:
            suggestion = self.suggestion(start, text)
            self.findings.report("extends-missing", span, text=text, suggestion=suggestion)
        return target if inside and there else None

    def suggestion(self, start: Path, text: str) -> str | None:
        """The name of a file of the policies' folder that was probably meant."""
        files = itertools.islice(self.folder.rglob("*.yaml"), 1000)
        names = [Path(os.path.relpath(file, start)).as_posix() for file in files]
        return closest(text.replace("\\", "/"), names)
