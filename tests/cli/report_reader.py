"""A report as a reader of it sees it: its texts, its tables, its pictures."""

from html.parser import HTMLParser

__all__ = ["Seen", "seen"]

_EMPTY = {"meta", "col", "rect", "line", "circle", "path"}


class Seen(HTMLParser):
    """What stands on a page: all tags with their attributes, the titles with the tables below them,
    key figures, and all texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.pairs: dict[str, str] = {}
        self.texts: list[str] = []
        self.pictures: list[str] = []
        """The title above each picture."""
        self._open: list[str] = []
        self._heading = self._name = ""
        self._row: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in _EMPTY:
            self._open.append(tag)
        if tag in ("h2", "h3"):
            self._heading = ""
        elif tag == "svg":
            self.pictures.append(self._heading)
        elif tag == "tr":
            self._row = []
        elif tag in ("th", "td"):
            self._row.append("")
        elif tag == "dt":
            self._name = ""
        elif tag == "dd":
            self.pairs[self._name] = ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open.pop() == tag, f"</{tag}> closes what is not open"
        if tag == "tr":
            self.tables.setdefault(self._heading, []).append(self._row)

    def handle_data(self, data: str) -> None:
        inside = self._open[-1] if self._open else ""
        if inside != "style":
            self.texts.append(data)
        if inside in ("h2", "h3"):
            self._heading += data
        elif inside in ("th", "td"):
            self._row[-1] += data
        elif inside == "dt":
            self._name += data
        elif inside == "dd":
            self.pairs[self._name] += data

    def table(self, words: str) -> list[list[str]]:
        """The rows of the one table below a title that has these words, the head first."""
        (found,) = [rows for title, rows in self.tables.items() if words in title]
        return found


def seen(page: str) -> Seen:
    """The page, read; it has to be well formed."""
    reader = Seen()
    reader.feed(page)
    reader.close()
    assert not reader._open
    return reader
