"""Where everything in a policy stands: from a path (`indicators.sales.weight`) to its span."""

from collections.abc import Callable, Mapping

from perfrules.diagnostics import Span
from perfrules.language.text.document import Mapping as MappingNode
from perfrules.language.text.document import Node, Sequence

__all__ = ["Addresses"]


class Addresses:
    """The spans of all keys and values of a document, and the texts of single values, by path.

    A path names the keys from the top, and the numbers of list items from 0, with dots
    between. `label` turns a file's display name into the one that traces print.
    """

    def __init__(self, root: MappingNode, label: Callable[[str], str]) -> None:
        self.keys: dict[str, Span] = {}
        self.values: dict[str, Span] = {}
        self.texts: dict[str, str] = {}
        self.whole = root.span
        self.label = label
        self._walk(root, "")
        self.places: Mapping[str, str] = {
            path: str(span._replace(file=label(span.file))) for path, span in self.keys.items()
        }

    def _walk(self, node: Node, path: str) -> None:
        prefix = f"{path}." if path else ""
        if isinstance(node, MappingNode):
            for entry in node.entries.values():
                below = f"{prefix}{entry.key}"
                self.keys[below], self.values[below] = entry.key_span, entry.value.span
                self._walk(entry.value, below)
        elif isinstance(node, Sequence):
            for index, item in enumerate(node.items):
                below = f"{prefix}{index}"
                self.keys[below] = self.values[below] = item.span
                self._walk(item, below)
        else:
            self.texts[path] = node.text

    def key(self, path: str) -> Span:
        """The span of the key at `path`, or of the nearest one above that the file has."""
        while path not in self.keys and path:
            path = path.rpartition(".")[0]
        return self.keys.get(path, self.whole)

    def value(self, path: str) -> Span:
        """The span of the value at `path`, or of the nearest key above that the file has."""
        return self.values[path] if path in self.values else self.key(path)

    def place(self, path: str) -> str:
        """The place as traces print it; empty for what the file leaves to the default."""
        return self.places.get(path, "")
