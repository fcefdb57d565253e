"""What a result pays: incentives with their tiers, tables of two inputs, limits of all together,
sums that are shared."""

from collections.abc import Iterator
from typing import Final

from perfrules.codes.code import Text
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import RATIO, Measure
from perfrules.words.rules.rule import Rule, formula, listed, within
from perfrules.words.rules.spans import slope, spans
from perfrules.words.sentence import spaced

__all__ = ["plan_rules", "pool_rules", "sum_rules", "table_rules"]

_MOVES: Final = {
    "by_days": Text(
        "周期内调岗的，各段金额按天数加权",
        "for who changes role within the cycle, the amounts are weighted by days",
    ),
    "sum": Text(
        "周期内调岗的，各段金额直接相加",
        "for who changes role within the cycle, the amounts are added up",
    ),
}


def money(told: Glossary) -> Measure:
    """How an amount that the policy writes is spelled."""
    return told.measure("payouts.sum")


def amount(told: Glossary, value: object) -> str:
    """An amount, or the expression that works one out."""
    text = str(value)
    try:
        return told.written(text, money(told))
    except ArithmeticError:
        return formula(told, text)


def plan_rules(told: Glossary) -> Iterator[Rule]:
    """Each incentive: the product that it is, then its rates, condition and limits."""
    for name, plan in told.part("incentives").items():
        yield Rule(name, told.plan(name), _product(told, plan), tuple(_lines(told, name, plan)))


def _product(told: Glossary, plan: Json) -> str:
    """`奖金基数 × 等级系数 × 部门系数`."""
    factors = []
    tiers = plan.get("tiers", {})
    if "marginal" in tiers:
        factors.append(told.say("各段金额之和", "the sum of its slices"))
        if "base" in plan:
            factors.insert(0, formula(told, plan["base"]))
    else:
        factors.append(_bracketed(formula(told, plan["base"])))
    if "whole" in tiers:
        factors.append(told.say("发放比例", "rate"))
    if "by_grade" in plan:
        factors.append(told.say("等级比例", "rate of the grade"))
    factors += [_bracketed(formula(told, one)) for one in plan.get("times", ())]
    text = " × ".join(factors)
    less = "".join(f" − {_bracketed(formula(told, one))}" for one in plan.get("less", ()))
    return told.say(f"金额 = {text}{less}", f"amount = {text}{less}")


def _bracketed(text: str) -> str:
    """A sum in brackets, as one factor."""
    return f"({text})" if any(sign in text for sign in (" + ", " − ", " 若 ", " if ")) else text


def _lines(told: Glossary, name: str, plan: Json) -> Iterator[str]:
    tiers = plan.get("tiers", {})
    if "whole" in tiers:
        yield from _whole(told, name, tiers)
    if "marginal" in tiers:
        yield from _marginal(told, name, tiers)
    if "by_grade" in plan:
        rates = (
            f"{spaced(told.grade(grade))}{told.number(rate, RATIO)}"
            for grade, rate in plan["by_grade"].items()
        )
        text = listed(told, rates)
        yield told.say(f"等级比例：{text}", f"rate of the grade: {text}")
    if "only_if" in plan:
        when = formula(told, plan["only_if"])
        yield told.say(f"发放条件：{when}；不满足的不发", f"paid only where {when}")
    if "at_least" in plan:
        least = amount(told, plan["at_least"])
        yield told.say(f"保底：不低于 {least}", f"not below {least}")
    if "at_most" in plan:
        most = amount(told, plan["at_most"])
        yield told.say(f"封顶：不高于 {most}", f"not above {most}")
    yield _MOVES[plan["moves"]].into(told.language)


def _whole(told: Glossary, name: str, tiers: Json) -> Iterator[str]:
    what, colon = formula(told, tiers["by"]), told.say("：", ": ")
    measure = told.measure(f"pay.{name}.by")._replace(places=0)
    above: Json | None = None

    def named(limit: object) -> str:
        return told.written(limit, measure)

    yield told.say(
        f"发放比例看{what}，全额按所在档计", f"the rate is that of one tier, by the {what}"
    )
    for row, span in spans(told, tiers["whole"], what, named):
        pay = row.get("pay", row.get("otherwise"))
        if isinstance(pay, list | tuple):
            ends = (told.number(pay[0], RATIO), told.number(pay[1], RATIO))
            yield f"{span}{colon}{slope(told, row, above, named, ends)}"
        else:
            yield f"{span}{colon}{told.number(pay, RATIO)}"
        above = row


def _marginal(told: Glossary, name: str, tiers: Json) -> Iterator[str]:
    what = formula(told, tiers["by"])
    measure = told.measure(f"pay.{name}.by")._replace(places=0)
    quota = formula(told, tiers["of"]) if "of" in tiers else ""
    if quota:
        yield told.say(
            f"按{spaced(what)}分段累进，各段起点是{quota}的百分比",
            f"by slices of the {what}, which begin at shares of the {quota}",
        )
        measure = RATIO
    else:
        yield told.say(
            f"按{spaced(what)}分段累进，每段按自己的标准计",
            f"by slices of the {what}, each at its own rate",
        )
    starts = [row["from"] for row in tiers["marginal"]]
    for row, end in zip(tiers["marginal"], (*starts[1:], None), strict=True):
        low = told.written(row["from"], measure)
        price = _price(told, row)
        if end is None:
            yield told.say(f"{spaced(low)}以上的部分：{price}", f"what is above {low}: {price}")
        else:
            high = told.written(end, measure)
            yield told.say(
                f"{spaced(low)}到 {spaced(high)}的部分：{price}", f"from {low} to {high}: {price}"
            )


def _price(told: Glossary, row: Json) -> str:
    if "rate" in row:
        return told.number(row["rate"], RATIO)
    each = told.written(row["each"], money(told))
    return told.say(f"每单位 {each}", f"{each} for each")


def table_rules(told: Glossary) -> Iterator[Rule]:
    """Each table of two inputs: what its rows and columns are, and a line for each row."""
    for name, table in told.part("tables").items():
        rows, columns = (formula(told, table[side]["by"]) for side in ("rows", "columns"))
        head = told.say(f"行看 {rows}，列看 {columns}", f"rows by {rows}, columns by {columns}")
        yield Rule(name, told.title("tables", name), head, tuple(_cells(told, name, table)))


def _cells(told: Glossary, name: str, table: Json) -> Iterator[str]:
    measure = RATIO if table["gives"] == "share" else told.measure(f"table.{name}")
    labels = [_labels(told, name, table, side) for side in ("row", "column")]
    for label, cells in zip(labels[0], table["cells"].values(), strict=True):
        pairs = (
            f"{column} {told.say('→', '→')} {told.number(cell, measure)}"
            for column, cell in zip(labels[1], cells, strict=True)
        )
        yield f"{label}{told.say('：', ': ')}{told.say('；', '; ').join(pairs)}"


def _labels(told: Glossary, name: str, table: Json, side: str) -> list[str]:
    axis = table[f"{side}s"]
    what, measure = formula(told, axis["by"]), told.measure(f"table.{name}.{side}")
    if "is" in axis:
        found = [f"{what} {word}" for word in axis["is"]]
        other = told.say(f"{what}为其他", f"any other {what}")
    else:
        word = "at_least" if "at_least" in axis else "at_most"
        rows = [{word: limit} for limit in axis[word]]
        if str(axis.get("otherwise")).casefold() == "true":
            rows.append({})
        plain = measure._replace(places=0)
        return [span for _, span in spans(told, rows, what, lambda at: told.written(at, plain))]
    if str(axis.get("otherwise")).casefold() == "true":
        found.append(other)
    return found


def sum_rules(told: Glossary) -> Iterator[Rule]:
    """The limits of all incentives of one person together."""
    rule = told.part("payouts")
    if not rule:
        return
    lines = []
    if "at_least" in rule:
        least = amount(told, rule["at_least"])
        lines.append(
            told.say(
                f"合计低于 {spaced(least)}的，差额另列一项补足",
                f"where they come to less than {least}, a line of its own adds the difference",
            )
        )
    if "at_most" in rule:
        most = amount(told, rule["at_most"])
        lines.append(
            told.say(
                f"合计高于 {spaced(most)}的，超出部分另列一项扣减",
                f"where they come to more than {most}, a line of its own takes the rest off",
            )
        )
    title = told.say("全部激励合计", "All incentives together")
    yield Rule("payouts", title, "", tuple(lines))


def pool_rules(told: Glossary) -> Iterator[Rule]:
    """Sums that several share."""
    for name, pool in told.part("pools").items():
        whole, share = formula(told, pool["amount"]), formula(told, pool["share_by"])
        group = within(told, pool)
        lines = []
        if "scale" in pool:
            lines.append(
                told.say(
                    f"在{group}中，每人的份额就是金额：{share}；合计超过总额时按比例调减",
                    f"among {group}, each share is an amount of money: {share}; "
                    "where they exceed the sum, all are reduced in proportion",
                )
            )
        else:
            lines.append(
                told.say(
                    f"在{group}中按份额分配，分毫不差；份额 = {share}",
                    f"shared to the last cent among {group}; share = {share}",
                )
            )
        if "only_if" in pool:
            when = formula(told, pool["only_if"])
            lines.append(told.say(f"参与条件：{when}", f"for those of whom {when}"))
        head = told.say(f"总额 = {whole}", f"sum = {whole}")
        yield Rule(name, told.plan(name), head, tuple(lines))
