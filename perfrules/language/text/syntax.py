"""What a syntax error of YAML means in the user's words, and where the mistake really is.

A parser stops where it gives up, often a line below the mistake, and speaks of tokens. Here
the lines are read again for what people do: full-width colons, tabs, open quotes.
"""

import re
from typing import Final, NamedTuple

from yaml import YAMLError
from yaml.error import MarkedYAMLError

from perfrules.codes.code import Text
from perfrules.diagnostics import Findings, Mend, Related, Span
from perfrules.language.text.decoding import Decoded, report_hidden
from perfrules.language.text.misreadings import BLANK, Slip, in_quotes, key_in_text

__all__ = ["report_syntax_error"]

_LEAD: Final = re.compile(r"\s*(?:- +)*")
_KEY: Final = re.compile(r"\s*(?:- +)*[\"']?[\w.（）()/·-]+[\"']?:\s+")
_FLOW_KEY: Final = re.compile(r"[\w.]+:\s+(?=[^,{}\[\]]*$)")
_NO_COLON: Final = re.compile(r"\s*(?:- +)*([\w.]+) +[\[{]")
_LONGEST_KEY: Final = 1024
_FAR: Final = 80
_NEAR: Final = 4
"""How many lines above the error are looked at."""


class _Scene(NamedTuple):
    decoded: Decoded
    name: str
    error: MarkedYAMLError
    line: int
    column: int

    @property
    def text(self) -> str:
        return self.line_at(self.line)

    @property
    def problem(self) -> str:
        return self.error.problem or ""

    def line_at(self, line: int) -> str:
        return self.decoded.lines[line] if line < len(self.decoded.lines) else ""

    def span(self, line: int, column: int, length: int = 1) -> Span:
        return Span(self.name, line + 1, column + 1, line + 1, column + 1 + max(length, 0))

    def near(self) -> list[int]:
        """The line of the error, the one where its token began, and those just above."""
        context = self.error.context_mark
        lines = {self.line}
        if context is not None:
            lines |= {context.line} if self.line - context.line < _NEAR else set()
        above = [
            line
            for line in range(max(self.line - _NEAR, 0), self.line)
            if self.line_at(line).strip() and not self.line_at(line).lstrip().startswith("#")
        ]
        return sorted(lines | set(above[-1:]), reverse=True)


def report_syntax_error(
    error: YAMLError, decoded: Decoded, name: str, open_quote: Span | None, findings: Findings
) -> None:
    """Reports one finding for an error of the parser.

    `open_quote` is a quoted text that runs over lines which look like entries of their own.
    """
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        findings.report("bad-yaml", Span(name))
        return
    mark = error.problem_mark
    scene = _Scene(decoded, name, error, mark.line, mark.column)
    if open_quote is not None or "quoted scalar" in (error.context or ""):
        _report_quote(scene, open_quote, findings)
        return
    looks = (_tab, _hidden, _slip, _tag, _comma, _brackets, _odd_quote, _value, _layout, _balance)
    for look in looks:
        if look(scene, findings):
            return
    findings.report("bad-yaml", scene.span(scene.line, scene.column))


def _report_quote(scene: _Scene, open_quote: Span | None, findings: Findings) -> None:
    context = scene.error.context_mark
    if open_quote is None and "escape" in scene.problem:
        column = max(scene.text.rfind("\\", 0, scene.column + 1), 0)
        text = scene.text[column : column + 2]
        findings.report("bad-escape", scene.span(scene.line, column, 2), text=text)
        return
    place = open_quote or scene.span(
        *((context.line, context.column) if context else (scene.line, scene.column))
    )
    place = place._replace(end_line=place.line, end_column=place.column + 1)
    where = scene.span(min(scene.line, len(scene.decoded.lines) - 1), scene.column, 0)
    related = (Related(where, Text("读到此处才发现", "this is where it was noticed")),)
    findings.report("quote-not-closed", place, related=related)


def _tab(scene: _Scene, findings: Findings) -> bool:
    """A tab before the first letter of the line, or right where the parser stopped."""
    lead = scene.text[: len(scene.text) - len(scene.text.lstrip())]
    column = lead.find("\t")
    if column < 0 and scene.text[scene.column : scene.column + 1] == "\t":
        column = scene.column
    if column >= 0:
        findings.report("tab-indent", scene.span(scene.line, column))
    return column >= 0


def _hidden(scene: _Scene, findings: Findings) -> bool:
    near = [line + 1 for line in scene.near()]
    for one in scene.decoded.hidden:
        if one.line in near:
            report_hidden(one, scene.name, findings)
            return True
    return False


def _slip(scene: _Scene, findings: Findings) -> bool:
    """A key that YAML did not see: the colon is full-width, or has no space behind it."""
    flow = "flow" in (scene.error.context or "")
    for line in scene.near():
        text = scene.line_at(line)
        lead = _LEAD.match(text)
        start = lead.end() if lead else 0
        if flow:
            start = max(text.rfind(mark, 0, scene.column) for mark in "{[,") + 1
            start += len(text[start:]) - len(text[start:].lstrip())
        if text[start : start + 1] in ("#", '"', "'"):
            continue
        if "\u3000" in text[:start]:
            findings.report("full-width-space", scene.span(line, text.index("\u3000")), mend=BLANK)
            return True
        slip: Slip | None = key_in_text(text[start:])
        if slip:
            findings.report(slip.code, scene.span(line, start + slip.offset), **slip.facts)
            return True
    return False


def _tag(scene: _Scene, findings: Findings) -> bool:
    if "tag" not in scene.problem and "tag" not in (scene.error.context or ""):
        return False
    word = scene.text[scene.column :].split(maxsplit=1)
    context = scene.error.context_mark
    if (not word or not word[0].startswith("!")) and context and context.line == scene.line:
        word = scene.text[context.column :].split(maxsplit=1)
    found = word[0] if word else "!"
    findings.report("tag-not-allowed", scene.span(scene.line, scene.column), text=found)
    return True


def _comma(scene: _Scene, findings: Findings) -> bool:
    """A Chinese comma between two entries, or none at all."""
    if "flow" not in (scene.error.context or ""):
        return False
    context = scene.error.context_mark
    start = context.column if context and context.line == scene.line else 0
    before = scene.text[start : scene.column]
    # The comma may be where reading ends: `{…}， {…}`.
    upto = scene.text[start : scene.column + 1]
    column = max(upto.rfind(letter) for letter in "，、；")
    if column >= 0:
        found = upto[column]
        place = scene.span(scene.line, start + column)
        findings.report("full-width-comma", place, found=found, mend=Mend(found, ", "))
        return True
    value = _FLOW_KEY.search(before)
    if scene.text[scene.column : scene.column + 1] == ":" and value:
        gap = max(before.rstrip().rfind(" "), 0)
        findings.report("missing-comma", scene.span(scene.line, start + gap))
        return True
    return False


def _brackets(scene: _Scene, findings: Findings) -> bool:
    letter = scene.text[scene.column : scene.column + 1]
    context = scene.error.context_mark
    if "flow" in (scene.error.context or "") and context is not None:
        inside = scene.text[: scene.column]
        if context.line == scene.line and inside.count("(") > inside.count(")"):
            return False
        later = context.line != scene.line or not scene.text[scene.column :].strip()
        if later or letter in "]}":
            line, column = _opening(scene, context.line, context.column)
            opened = scene.line_at(line)[column : column + 1]
            findings.report("bracket-not-closed", scene.span(line, column), bracket=opened)
            return True
    elif letter and letter in "]}":
        findings.report("bracket-not-opened", scene.span(scene.line, scene.column), bracket=letter)
        return True
    return False


def _opening(scene: _Scene, line: int, column: int) -> tuple[int, int]:
    """The bracket that a place is within: the place itself, or the last one open before it.

    The parser names the bracket where it misses a comma, and the place itself where it misses
    a value, which may be the end of the file.
    """
    if scene.line_at(line)[column : column + 1] in ("[", "{"):
        return line, column
    closed = 0
    for above in range(line, -1, -1):
        text = scene.line_at(above).split(" #")[0]
        for left in range(min(column if above == line else len(text), len(text)) - 1, -1, -1):
            if text[left] in "]}":
                closed += 1
            elif text[left] in "[{":
                if not closed:
                    return above, left
                closed -= 1
    return line, column


def _odd_quote(scene: _Scene, findings: Findings) -> bool:
    """A quote far above that swallowed everything up to the quotes of this line."""
    if '"' not in scene.text:
        return False
    for line in range(scene.line - 1, max(scene.line - _FAR, -1), -1):
        text = scene.line_at(line).split(" #")[0]
        if text.count('"') % 2 and not text.lstrip().startswith("#"):
            place = scene.span(line, text.rindex('"'))
            _report_quote(scene, place, findings)
            return True
    return False


def _balance(scene: _Scene, findings: Findings) -> bool:
    """A bracket of the line that has no partner in it."""
    opened: list[int] = []
    for column, letter in enumerate(scene.text.split(" #")[0]):
        if letter in "[{":
            opened.append(column)
        elif letter in "]}" and not opened:
            findings.report("bracket-not-opened", scene.span(scene.line, column), bracket=letter)
            return True
        elif letter in "]}":
            opened.pop()
    if opened:
        place = scene.span(scene.line, opened[-1])
        findings.report("bracket-not-closed", place, bracket=scene.text[opened[-1]])
    return bool(opened)


def _value(scene: _Scene, findings: Findings) -> bool:
    """A value that needs quotes: it has a second colon, or a special character in it."""
    line, column = scene.line, scene.column
    text = scene.text
    if "flow" in (scene.error.context or ""):
        keys = list(re.finditer(r"[\w.]+:\s+", text[:column]))
        match = keys[-1] if keys else None
    else:
        match = _KEY.match(text)
    if match is None or column < match.end():
        return False
    value = text[match.end() :].rstrip()
    if "flow" in (scene.error.context or ""):
        # Up to the next entry, or to the end of the braces.
        value = re.split(r",\s*[\w.]+:\s|[}\]]\s*,?\s*$", value)[0].rstrip()
    place = scene.span(line, match.end(), len(value))
    findings.report("quote-expression", place, text=value, fix=in_quotes(value))
    return True


def _layout(scene: _Scene, findings: Findings) -> bool:
    """No colon, or a key that begins in the wrong column."""
    context = scene.error.context_mark
    if "simple key" in (scene.error.context or "") and context is not None:
        text = scene.line_at(context.line)
        word = text[context.column :].strip()
        findings.report(
            "missing-colon", scene.span(context.line, context.column, len(word)), text=word
        )
        return True
    indent = len(scene.text) - len(scene.text.lstrip())
    if match := _NO_COLON.match(scene.text):
        place = scene.span(scene.line, match.start(1), len(match[1]))
        findings.report("missing-colon", place, text=match[1])
        return True
    if scene.text[indent : indent + 1] == ":":
        place = scene.span(scene.line, indent)
        findings.report("key-not-text", place, found=Text("空值", "nothing"))
        return True
    if scene.column - indent > _LONGEST_KEY or scene.text.startswith("%"):
        return False
    lead = _LEAD.match(scene.text)
    first = _KEY.match(scene.text) or re.match(r"\s*[^\s:]+:$", scene.text)
    if scene.column <= (lead.end() if lead else indent) or (first and scene.column < first.end()):
        findings.report("bad-indent", scene.span(scene.line, indent, len(scene.text) - indent))
        return True
    return False
