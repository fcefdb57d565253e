"""The one currency that the policies of a run name."""

from collections.abc import Iterable

from perfrules.codes.code import Language
from perfrules.words.bilingual import CURRENCIES, unit
from perfrules.words.glossary import Json

__all__ = ["common_currency"]


def common_currency(policies: Iterable[Json], language: Language) -> str:
    """What it is called; empty where the resolved policies name none, or several."""
    words = {
        str(one.get("unit", ""))
        for policy in policies
        for one in policy.get("indicators", {}).values()
    }
    money = {unit(one, language) for one in words & CURRENCIES.keys()}
    return money.pop() if len(money) == 1 else ""
