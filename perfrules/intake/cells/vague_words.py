"""Words that say nothing definite: 大概, 看情况, about; and aims without a number: 提升知名度.

One list for what is promised (policies, goals, actions) and for what is brought forward afterwards
(evidence, reasons).
"""

import re
from typing import Final

__all__ = ["hedge", "vague_word"]

_DIGITS: Final = "0-9０-９"
_COUNTED: Final = (
    "[一二两三四五六七八九十百千万半数]+"
    "(?:倍|成|个|家|人|次|条|篇|场|项|份|天|周|月|名|位|点|万|元|％|%)"
)
_NUMBER: Final = re.compile(rf"[{_DIGITS}]|百分之|翻番|翻一番|{_COUNTED}")

# Evidence may stand in a million rows: every word begins with its own letters, so that most places
# of a text are passed over at once; what may not stand before it is looked for afterwards.
_CHINESE: Final = re.compile(
    "大概|大约|大致|差不多|左右|看情况|视情况|视具体情况|还行|还可以|过得去|一般般|马马虎虎|凭感觉|凭印象"
    "|据说|听说|好像|似乎|应该是|诸如此类|(?:等等|之类)(?=[，。；,.;）)]|$)|若有需要|必要时|按需(?!求)"
    "|尽量|尽可能|尽快|尽早|争取|力争|适当|适度|若干"
    "|可能(?<!尽可能)(?!性)"
    # 约 80 家, and not 签约 80 家.
    rf"|约(?<![签预合节违续履相邀解]约)(?=\s*[{_DIGITS}])"
)
_ENGLISH: Final = re.compile(
    r"(?=[a-z])\b(?:"
    r"(?:approximately|approx|roughly|maybe|perhaps|possibly|probably|asap)\b"
    r"|(?:etc|tbd|tba)\b\.?|and so (?:on|forth)\b|as (?:needed|required|appropriate)\b"
    r"|if (?:possible|needed|necessary)\b|when (?:possible|needed|necessary)\b|it depends\b"
    r"|(?:more or less|so-so|kind of|sort of|not bad|okay-ish)\b"
    r"|as (?:soon|far|much|many) as possible\b|try to\b"
    # About 80, around half, and not: a video about the product.
    r"|(?:about|around|some)(?= (?:[0-9]|an? (?:few|dozen|hundred|half|third|quarter)\b"
    r"|half|double|twice|one|two|three|ten|several|most)\b|\s[0-9])"
    r")",
    re.IGNORECASE,
)
_AIMS: Final = re.compile(
    "提升|提高|加强|增强|改善|改进|强化|扩大|加大|进一步"
    r"|\b(?:improv|enhanc|strengthen|increas|rais|boost)(?:e|es|ed|ing|s)?\b",
    re.IGNORECASE,
)


def vague_word(text: str) -> str | None:
    """The first word of a text that leaves open what was promised; None where there is none.

    An aim such as 提升 or "improve" is vague only where the text has no number.
    """
    if (word := hedge(text)) is not None:
        return word
    aim = None if _NUMBER.search(text) else _AIMS.search(text)
    return aim[0] if aim else None


def hedge(text: str) -> str | None:
    """The first word by which a text avoids saying what it is about; None where there is none."""
    found = [word for one in (_CHINESE, _ENGLISH) if (word := one.search(text)) is not None]
    return min(found, key=re.Match.start)[0] if found else None
