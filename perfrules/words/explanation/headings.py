"""The words that the layouts of an explanation put around its lines."""

from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.words.explanation.outline import Block

__all__ = ["heading", "title_of"]

_HEADINGS: Final = {
    "result": Text("考核结果", "Result"),
    "none": Text("没有结果：数据有问题，改正后重新计算", "No result: the data are at fault"),
    "problems": Text("问题", "Problems"),
    "notices": Text("提示", "Notices"),
    "so far": Text("已完成的计算", "What was worked out"),
    "details": Text("计算过程", "How it was worked out"),
    "rule": Text("依据", "rule"),
    "source": Text("数据", "data"),
    "help": Text("处理办法", "what to do"),
    "colon": Text("：", ": "),
    "semicolon": Text("；", "; "),
    "comma": Text("，", ", "),
}
_KINDS: Final = {
    "indicators": Text("指标", "Indicator"),
    "sections": Text("板块", "Section"),
    "awards": Text("奖项", "Award"),
    "pay": Text("奖金", "Pay"),
}


def heading(key: str, language: Language) -> str:
    """One of the words, in a language."""
    return _HEADINGS[key].into(language)


def title_of(block: Block, language: Language) -> str:
    """A block's title with its kind where the title is a name: `指标：回款率`."""
    if block.kind not in _KINDS:
        return block.title
    return _KINDS[block.kind].into(language) + heading("colon", language) + block.title
