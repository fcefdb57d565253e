"""What the papers of a cycle have in common: its name and dates, words, and how they are sealed."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfrules.codes.code import Language, Text
from perfrules.papers.paper.parts import Part, Signing
from perfrules.words.amounts import amount

__all__ = ["CycleOf"]

DASH = "—"


@dataclass(frozen=True, slots=True)
class CycleOf:
    """A cycle as a paper in one language names it. `inputs` is the SHA-256 of all that was read."""

    language: Language
    id: str
    title: Text
    start: datetime.date | None
    end: datetime.date | None
    inputs: str

    def say(self, zh: str, en: str) -> str:
        """The one of two sentences that is in the paper's language."""
        return zh if self.language == "zh" else en

    def text(self, text: Text | None) -> str:
        """A text in the paper's language; empty where there is none."""
        return text.into(self.language) if text is not None else ""

    @property
    def name(self) -> str:
        """`2024年第三季度绩效考核（2024Q3）`."""
        title = self.text(self.title)
        if title in ("", self.id):
            return self.id
        return self.say(f"{title}（{self.id}）", f"{title} ({self.id})")

    def head(self) -> tuple[tuple[str, str], ...]:
        """The cycle and its dates, as pairs of a name and a value."""
        pairs = [(self.say("考核周期", "Cycle"), self.name)]
        if self.start is not None and self.end is not None:
            first, last = self.start.isoformat(), self.end.isoformat()
            pairs.append(
                (
                    self.say("起止日期", "Period"),
                    self.say(f"{first} 至 {last}", f"{first} to {last}"),
                )
            )
        return tuple(pairs)

    @property
    def seal(self) -> tuple[tuple[str, str], ...]:
        """What binds the paper to the files that it was made of."""
        return ((self.say("数据摘要", "digest of the inputs"), f"sha256:{self.inputs}"),)

    @property
    def secrecy(self) -> str:
        return self.say("保密", "Confidential")

    def listed(self, texts: Sequence[str]) -> str:
        """`甲、乙`."""
        return self.say("、", ", ").join(texts)

    def amount(self, value: Decimal | None, unit: str) -> str:
        """A number with its unit; a dash where there is none."""
        return DASH if value is None else amount(value, unit, self.language)

    def named(self, subject: str, name: str) -> str:
        """`示例员工01（E1001）`."""
        if name in ("", subject):
            return subject
        return self.say(f"{name}（{subject}）", f"{name} ({subject})")

    def signing(self, *signatures: tuple[str, str], blanks: Sequence[str] = ()) -> Part:
        """Who signs, in both languages, and fields to be filled in before."""
        names = tuple(self.say(*one) for one in signatures)
        part = Signing(tuple(blanks), names, self.say("日期", "Date"))
        return Part("signing", self.say("签字", "Signatures"), signing=part)
