"""What people write in an expression that is none of the language, and what to write instead.

Signs of another keyboard, of a spreadsheet, and of other languages. Nothing here decides what is
allowed, `perfrules.formula` does; here it gets its name, its place, and its mend.
"""

import ast
import re
import unicodedata
from collections.abc import Mapping
from typing import Final, NamedTuple

from perfrules.codes.code import Text

__all__ = ["Fault", "construct", "full_width", "misleading", "of_spreadsheet", "syntax"]


class Fault(NamedTuple):
    """How far into the text it is, what it is, and what stands there and what should."""

    offset: int
    reason: Text
    wrong: str = ""
    right: str = ""


_SIGNS: Final[Mapping[str, str]] = {
    "≥": ">=", "≤": "<=", "≧": ">=", "≦": "<=", "≠": "!=", "×": "*", "✕": "*", "÷": "/", "／": "/",
    "＊": "*", "＋": "+", "－": "-", "\u3000": " ", "−": "-", "–": "-", "，": ",", "、": ",",
    "（": "(", "）": ")", "＞": ">", "＜": "<", "＝": "==", "％": "%", "“": '"', "”": '"',
    "‘": "'", "’": "'", "．": ".", "＆": "and", "｜": "or", "！": "not ",
    **{chr(ord("０") + digit): str(digit) for digit in range(10)},
    **{chr(ord("Ａ") + letter): chr(ord("A") + letter) for letter in range(26)},
    **{chr(ord("ａ") + letter): chr(ord("a") + letter) for letter in range(26)},
}  # fmt: skip
_PAIRS: Final = re.compile("[＞＜！＝]＝|＆＆|｜｜")
_WORDS: Final[Mapping[str, str]] = {
    word: sign
    for sign, words in {
        "and": "且 并且 和 与 以及 同时 而且", "or": "或 或者 或是", "not": "非 不是 没有",
        ">=": "大于等于 不低于 不小于 不少于", "<=": "小于等于 不高于 不大于 不超过",
        ">": "大于 高于 超过", "<": "小于 低于 不足", "==": "等于", "!=": "不等于",
        "*": "乘 乘以", "/": "除以", "+": "加 加上", "-": "减 减去", "in": "属于",
        "if": "如果", "else": "否则",
    }.items()
    for word in words.split()
}  # fmt: skip
_WORD: Final = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?!\w)")


def full_width(outside: str) -> tuple[int, str, str] | None:
    """Where a sign or a word of another keyboard stands, the sign, and ours."""
    for offset, letter in enumerate(outside):
        if letter in _SIGNS:
            pair = _PAIRS.match(outside, offset)
            if pair is None:
                return offset, letter, _SIGNS[letter]
            meant = unicodedata.normalize("NFKC", pair[0])
            return offset, pair[0], {"&&": "and", "||": "or"}.get(meant, meant)
    if match := _WORD.search(outside):
        return match.start(), match[0], _WORDS[match[0]]
    return None


_MISLEADING: Final = (
    (re.compile("[\"']"), Text("引号没有成对", "a quote is not closed")),
    (re.compile("#"), Text("# 之后会被当作注释", "what follows # would be a comment")),
    (
        re.compile(r"(?<![\w.])[0-9][0-9.]*[^\W0-9]"),
        Text(
            "数字后面紧跟着文字；单位不写在表达式里，万、亿请写成完整的数字",
            "letters stand right behind a number; write it without a unit, with all its digits",
        ),
    ),
)


def misleading(outside: str, shown: str) -> Fault | None:
    """What Python would read, and otherwise than people do."""
    for pattern, reason in _MISLEADING:
        if match := pattern.search(outside):
            return Fault(match.start(), reason)
    if "\\" in shown:
        reason = Text("不能使用反斜杠", "a backslash cannot stand in it")
        return Fault(shown.index("\\"), reason)
    for offset, letter in enumerate(outside):
        if unicodedata.normalize("NFKC", letter) != letter:
            reason = Text(f"`{letter}` 与其他字符相似", f"`{letter}` looks like something else")
            return Fault(offset, reason)
    return None


_SLIPS: Final[tuple[tuple[re.Pattern[str], Text, str], ...]] = tuple(
    (re.compile(pattern), Text(chinese, english), right)
    for pattern, chinese, english, right in (
        (r"&&?", "“并且”写作 and", "write `and`", "and"),
        (r"\|\|?", "“或者”写作 or", "write `or`", "or"),
        (r"<>", "“不等于”写作 !=", "write `!=` for not equal", "!="),
        (r"(?<![=<>!])=\s*>(?!=)", "“不低于”写作 >=", "write `>=`", ">="),
        (r"(?<![=<>!])=\s*<(?!=)", "“不高于”写作 <=", "write `<=`", "<="),
        (r"===", "比较是否相等写作 ==", "write `==` to compare", "=="),
        (r"[<>]\s+=(?!=)", "比较符号中间不能有空格", "a comparison has no blank inside", ""),
        (r"!(?!=)", "“不”写作 not", "write `not`", "not "),
        (
            r"\?", "不支持 `条件 ? 甲 : 乙`，请写 甲 if 条件 else 乙",
            "`c ? x : y` is written `x if c else y`", "",
        ),
        (
            r"(?i)(?<![\w.])if\s*\(", "不支持 IF(条件, 甲, 乙)，请写 甲 if 条件 else 乙",
            "`IF(c, x, y)` is written `x if c else y`", "",
        ),
        (
            r"(?<![=<>!:])=(?!=)", "比较是否相等要写 ==，不能赋值",
            "write == to compare; nothing can be assigned", "==",
        ),
        (r";", "只能写一个表达式，不用分号", "only one expression can stand here", ""),
        (
            r"(?<=[0-9])\s+%", "百分号要紧跟在数字后面",
            "a percent sign stands right behind its number",
            "%",
        ),
    )
)  # fmt: skip
_SPREADSHEET: Final[Mapping[str, Text]] = {
    "if": _SLIPS[9][1],
    "and": Text("不支持 AND(甲, 乙)，请写 甲 and 乙", "`AND(x, y)` is written `x and y`"),
    "or": Text("不支持 OR(甲, 乙)，请写 甲 or 乙", "`OR(x, y)` is written `x or y`"),
    "not": Text("不支持 NOT(甲)，请写 not 甲", "`NOT(x)` is written `not x`"),
    "sum": Text("不支持 SUM，请用 + 相加", "there is no SUM, write `a + b`"),
    "average": Text(
        "不支持 AVERAGE，请写 (甲 + 乙) / 2", "there is no AVERAGE, write `(a + b) / 2`"
    ),
}
_CLOSING: Final = {")": "(", "]": "[", "}": "{"}
_LAST: Final = re.compile(r"(\*\*|//|[<>=!]=|[-+*/<>,]|(?<!\w)(?:and|or|not|in|if|else))\s*$")
_FIRST: Final = re.compile(r"\s*([<>=!]=|[*/<>,]|(?:and|or|in|if|else)(?!\w))")
_STATEMENT: Final = re.compile(
    r"(?<!\w)(import|return|for|while|def|class|del|global|with|yield|pass|raise|assert|from)(?!\w)"
)
_BESIDE: Final = re.compile(
    r"(?<![\w.])(?!(?:and|or|not|in|if|else|is|lambda|await)(?!\w))([\w.]+)\s+"
    r"(?!(?:and|or|not|in|if|else|is)(?!\w))([\w.]+)"
)


def syntax(outside: str) -> Fault | None:
    """What keeps an expression from being read, where it can be told."""
    for pattern, reason, right in _SLIPS:
        if match := pattern.search(outside):
            wrong = match[0]
            return Fault(match.start(), reason, wrong if right else "", right)
    if match := _STATEMENT.search(outside):
        word = match[1]
        reason = Text(f"`{word}` 不能用在表达式里", f"`{word}` cannot stand in an expression")
        return Fault(match.start(), reason)
    if (bracket := _brackets(outside)) is not None:
        return bracket
    if not outside.strip():
        return Fault(0, Text("没有写内容", "it is empty"))
    if match := _LAST.search(outside):
        reason = Text(f"`{match[1]}` 后面还缺内容", f"something is missing behind `{match[1]}`")
        return Fault(match.start(), reason)
    if match := _FIRST.match(outside):
        reason = Text(f"`{match[1]}` 前面还缺内容", f"something is missing before `{match[1]}`")
        return Fault(match.start(1), reason)
    if match := _BESIDE.search(outside):
        first, second = match[1], match[2]
        reason = Text(
            f"`{first}` 和 `{second}` 之间缺少运算符",
            f"there is no sign between `{first}` and `{second}`",
        )
        return Fault(match.start(2), reason)
    if re.search(r"(?<!\w)if(?!\w)", outside) and not re.search(r"(?<!\w)else(?!\w)", outside):
        return Fault(
            0,
            Text(
                "if 后面还缺 else，请写 甲 if 条件 else 乙",
                "`if` needs its `else`: `x if c else y`",
            ),
        )
    return None


def _brackets(outside: str) -> Fault | None:
    """The first bracket that closes nothing, or the last that is not closed."""
    opened: list[int] = []
    for offset, letter in enumerate(outside):
        if letter in "([{":
            opened.append(offset)
        elif letter in _CLOSING:
            if not opened or outside[opened[-1]] != _CLOSING[letter]:
                return Fault(offset, Text(f"多了一个 `{letter}`", f"`{letter}` closes nothing"))
            opened.pop()
    if not opened:
        return None
    letter = outside[opened[0]]
    return Fault(
        opened[0], Text(f"括号 `{letter}` 没有结束", f"the bracket `{letter}` is not closed")
    )


_OPERATORS: Final[Mapping[type[ast.AST], Text]] = {
    ast.Pow: Text("不支持乘方 **，请写成 a * a", "there are no powers, write `a * a`"),
    ast.FloorDiv: Text(
        "不支持整除 //，请写 floor(a / b)", "there is no `//`, write `floor(a / b)`"
    ),
    ast.Mod: Text(
        "不支持求余数；百分号要紧跟在数字后面，例如 80%",
        "there is no remainder; a percent sign stands right behind a number, such as `80%`",
    ),
    ast.BitAnd: Text("“并且”写作 and", "write `and`"),
    ast.BitOr: Text("“或者”写作 or", "write `or`"),
    ast.BitXor: Text("不支持乘方 ^，请写成 a * a", "there are no powers, write `a * a`"),
    ast.LShift: Text("不支持移位 <<", "there is no `<<`"),
    ast.RShift: Text("不支持移位 >>", "there is no `>>`"),
    ast.Invert: Text("“不”写作 not", "write `not`"),
}
_A_LIST: Final = Text(
    '一组值只能写在 in 后面，例如 grade in ("S", "A")',
    'a list of values stands behind `in` only, such as `grade in ("S", "A")`',
)
_A_LOOP: Final = Text("不支持 for 循环，请逐项写出", "there are no loops, write out each item")
_WAITING: Final = Text("不能使用 await 和 yield", "`await` and `yield` cannot stand here")
_TEMPLATE: Final = Text("不能使用 f'…' 拼文字", "texts cannot be put together with f'…'")
_NODES: Final[Mapping[type[ast.AST], Text]] = {
    ast.Lambda: Text("不能用 lambda 定义函数", "no function can be defined with `lambda`"),
    ast.NamedExpr: Text("不能用 := 赋值", "nothing can be assigned with `:=`"),
    ast.Subscript: Text(
        "不能用方括号取值，请写名称，例如 sales.actual",
        "nothing is looked up in brackets, write a name such as `sales.actual`",
    ),
    ast.Starred: Text(
        "不能用 * 展开，请逐项写出", "nothing is unpacked with `*`, write out each item"
    ),
    ast.Tuple: _A_LIST,
    ast.List: _A_LIST,
    ast.Set: _A_LIST,
    ast.Dict: Text("不能用大括号写一组键值", "keys and values in braces cannot stand here"),
    ast.ListComp: _A_LOOP,
    ast.SetComp: _A_LOOP,
    ast.DictComp: _A_LOOP,
    ast.GeneratorExp: _A_LOOP,
    ast.Await: _WAITING,
    ast.Yield: _WAITING,
    ast.YieldFrom: _WAITING,
    ast.JoinedStr: _TEMPLATE,
    ast.Attribute: Text(
        "点号后面只能再写一个名称，例如 person.bonus_base",
        "one name stands behind a dot, such as `person.bonus_base`",
    ),
}
_OTHER: Final = Text("含有不允许的写法", "it has a construct that is not allowed")


def construct(node: ast.AST) -> Text:
    """What a node is that the language does not have, and what to write instead."""
    match node:
        case ast.BinOp(op=operator) | ast.UnaryOp(op=operator):
            return _OPERATORS.get(type(operator), _OTHER)
        case ast.Call(func=ast.Name(id=name)):
            return _by_name(name, node)
        case ast.Call(func=ast.Attribute(attr=method)):
            return Text(
                f"不能调用方法 .{method}()；文字请用 == 或 in 比较",
                f"there is no method `.{method}()`; texts are compared with `==` or `in`",
            )
        case ast.Call():
            return Text(
                "括号前面要写函数名，乘号不能省略",
                "a function's name or a `*` is missing before a bracket",
            )
    return _NODES.get(type(node), _OTHER)


def _by_name(name: str, call: ast.Call) -> Text:
    """Arguments with names, which there are not."""
    words = [one.arg for one in call.keywords if one.arg]
    if not words:
        return _NODES[ast.Starred]
    return Text(
        f"不能按名称传参数 {words[0]}=，请按顺序写，例如 {name}(a, b)",
        f"arguments have no names (`{words[0]}=`), write them in order: `{name}(a, b)`",
    )


def of_spreadsheet(name: str) -> Text | None:
    """What to write for a function that a spreadsheet has."""
    return _SPREADSHEET.get(name.casefold())
