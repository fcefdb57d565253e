"""Slips of the keyboard, made at random: texts in, spoilt bytes out."""

from collections.abc import Callable
from random import Random

__all__ = ["spoilt_expression", "spoilt_policy"]

LETTERS: tuple[str, ...] = (
    *"abcxyz_0159.%-+*/()[]{}:,#&!|>'\"=<@`? \t\n\\",
    *"，。：；（）％＝１０“”甲\u3000\u200b\u202e\ufeff\x00\x07\x7f\u0301é²𝟗",
)
VALUES: tuple[str, ...] = (
    *("null", "true", "no", "~", "{}", "[]", "''", "0", "-1", "1e9", "007", "1_000", "1,000"),
    *("100%", "-5%", "1000%", ".inf", ".nan", "99999999999999999999", "0.00000000001", "12:30"),
    *("2024-02-30", "required", "none", "actual", "attainment", "total", "*x", "&x 1", "!!int 3"),
    *("a.score", "a.attainment / a.score", "[80, 100]", "{zh: 甲}", "{at_least: 1, score: 2}"),
    *("'x' > 5", "9 ** 9 ** 9", "优秀", "otherwise", '"', "- ", "? ", "%", "－５"),
)
KEYS: tuple[str, ...] = (
    *("weight", "score", "bands", "at_least", "otherwise", "direct", "min", "max", "formula", "on"),
    *("target", "baseline", "missing", "zero_actual", "attainment", "section", "title", "points"),
    *("each", "given", "when", "then", "pay", "total", "grade", "base", "tiers", "by", "whole"),
    *("marginal", "from", "rate", "by_grade", "times", "only_if", "places", "mode", "policy", "a"),
    *("up_to", "ratings", "groups", "scale", "levels", "yes_no", "done", "per_unit", "window"),
)
TOKENS: tuple[str, ...] = (
    *("and", "or", "not", "in", "if", "else", "lambda", "for", "is", "None", "True", "await"),
    *("+", "-", "*", "/", "**", "//", "%", "==", "!=", "<", ">=", ":=", "=", "(", ")", "[", "]"),
    *(",", ".", ":", "'", '"', "0", "1", "0.5", "80%", "1e5", ".5", "5.", "'S'", '"甲"', "()"),
    *("actual", "target", "attainment", "total", "grade", "person.x", "a.score", "cycle.days"),
    *("min", "max(", "round(", "clamp(", "abs", "floor(", "ceil", "且", "≥", "９", "\n", "\\", "#"),
)


def spoilt_policy(text: str, random: Random) -> bytes:
    """The text of a policy with one to three things wrong with it."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        text = random.choice(_OF_TEXT)(text, random)
    data = text.encode("utf-8", "surrogatepass")
    if random.random() < 0.05:
        at = random.randrange(len(data) + 1)
        data = data[:at] + random.randbytes(random.randint(1, 4)) + data[at:]
    if random.random() < 0.03:
        data = data[: random.randrange(len(data) + 1)]
    return data


def spoilt_expression(text: str, random: Random) -> str:
    """An expression with one to three things wrong with it."""
    for _ in range(random.choice((1, 1, 2, 3))):
        text = random.choice(_OF_EXPRESSION)(text, random)
    return text


def _letter(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(LETTERS) + text[at + random.randint(0, 1) :]


def _letter_gone(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + text[at + random.randint(1, 3) :]


def _cut(text: str, random: Random) -> str:
    return text[: random.randrange(len(text) + 1)]


def _lines(change: Callable[[list[str], int, Random], None]) -> Callable[[str, Random], str]:
    """A change of lines as a change of a text."""

    def changed(text: str, random: Random) -> str:
        lines = text.split("\n")
        change(lines, random.randrange(len(lines)), random)
        return "\n".join(lines)

    return changed


def _drop(lines: list[str], at: int, _: Random) -> None:
    del lines[at]
    lines.append("") if not lines else None


def _double(lines: list[str], at: int, _: Random) -> None:
    lines.insert(at, lines[at])


def _swap(lines: list[str], at: int, random: Random) -> None:
    other = random.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def _indent(lines: list[str], at: int, random: Random) -> None:
    lines[at] = random.choice((" ", "  ", "\t", "    ")) + lines[at]


def _outdent(lines: list[str], at: int, random: Random) -> None:
    lines[at] = lines[at][random.randint(1, 4) :] if lines[at].startswith(" ") else lines[at]


def _value(lines: list[str], at: int, random: Random) -> None:
    head, colon, rest = lines[at].partition(":")
    if colon:
        own = random.choice(VALUES) if random.random() < 0.8 else rest * 2
        lines[at] = f"{head}: {own}"


def _key(lines: list[str], at: int, random: Random) -> None:
    head, colon, rest = lines[at].partition(":")
    if colon:
        margin = head[: len(head) - len(head.lstrip(" -"))]
        lines[at] = f"{margin}{random.choice(KEYS)}:{rest}"


def _insert(lines: list[str], at: int, random: Random) -> None:
    margin = lines[at][: len(lines[at]) - len(lines[at].lstrip(" "))]
    lines.insert(at, f"{margin}{random.choice(KEYS)}: {random.choice(VALUES)}")


def _digit(text: str, random: Random) -> str:
    """Another digit, or a number ten times as large: most often still a policy."""
    places = [index for index, letter in enumerate(text) if letter.isdigit()]
    if not places:
        return text
    at = random.choice(places)
    return text[:at] + random.choice("0123456789") + text[at + random.randint(0, 1) :]


def _expression(lines: list[str], at: int, random: Random) -> None:
    """Something else in a line that holds an expression, if there is one from here on."""
    for index in (*range(at, len(lines)), *range(at)):
        head, colon, rest = lines[index].partition(": ")
        if head.strip(" -") in ("formula", "base", "by", "when", "only_if", "attainment"):
            lines[index] = head + colon + spoilt_expression(rest, random)
            return


def _token(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    space = random.choice(("", " "))
    return text[:at] + space + random.choice(TOKENS) + space + text[at:]


def _token_for_word(text: str, random: Random) -> str:
    words = text.split(" ")
    words[random.randrange(len(words))] = random.choice(TOKENS)
    return " ".join(words)


def _words_swapped(text: str, random: Random) -> str:
    words = text.split(" ")
    random.shuffle(words)
    return " ".join(words)


def _wrapped(text: str, random: Random) -> str:
    before, after = random.choice(
        (("(", ")"), ("-", ""), ("not ", ""), ("max(", ", 1)"), (f"{text} / (", ")"), ("[", "]"))
    )
    return before + text + after


_OF_TEXT: tuple[Callable[[str, Random], str], ...] = (
    _letter,
    _letter,
    _letter_gone,
    _digit,
    _digit,
    _digit,
    _lines(_expression),
    *map(_lines, (_drop, _drop, _double, _swap, _indent, _outdent)),
    *map(_lines, (_value, _value, _value, _key, _key, _insert)),
)
_OF_EXPRESSION: tuple[Callable[[str, Random], str], ...] = (
    _letter,
    _letter_gone,
    _cut,
    _token,
    _token,
    _token_for_word,
    _token_for_word,
    _words_swapped,
    _wrapped,
)
