"""A record -> its lines of pay: base, rate, factors, how each came about, the amount."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfrules.papers.feedback.head import About, subject_kind
from perfrules.words.explanation.head import lines_of_pay
from perfrules.words.glossary import Glossary, Json
from perfrules.words.of_step import sentence

__all__ = ["Paid", "PayLine", "paid"]


@dataclass(frozen=True, slots=True)
class PayLine:
    """One plan of one person. Texts are as the record's figures are written; `unit` is the currency
    in the reader's language, empty where no policy names one, `places` those of its amounts."""

    plan: str
    title: str
    base: str
    rate: str
    factors: str
    told: str
    amount: Decimal
    shown: str
    unit: str
    places: int


@dataclass(frozen=True, slots=True)
class Paid:
    """What one subject is paid. `total` is None where there is no plan, `awards` are those that
    pay nothing: titles, days off."""

    subject: str
    kind: str
    about: About
    grade: str
    lines: tuple[PayLine, ...]
    total: Decimal | None
    shown: str
    unit: str
    places: int
    awards: tuple[str, ...]


def paid(told: Glossary, about: About) -> Paid:
    """The lines of a complete record."""
    record = told.record
    prizes = set(told.prizes)
    lines = tuple(_line(told, name) for name in lines_of_pay(told))
    total = record.get("pay_total")
    measure = told.measure("pay_total")
    unit = measure.unit or next((one.unit for one in lines), "")
    return Paid(
        subject=str(record["subject"]),
        kind=subject_kind(told),
        about=about,
        grade=told.grade(record["grade"]) if record["grade"] is not None else "",
        lines=lines,
        total=None if total is None else Decimal(total),
        shown="" if total is None else told.written(total, measure),
        unit=unit,
        places=measure.places,
        awards=tuple(
            told.title("awards", name) for name in record.get("awards", ()) if name not in prizes
        ),
    )


def _line(told: Glossary, name: str) -> PayLine:
    path = f"pay.{name}"
    step, measure = told.steps[path], told.measure(path)
    base, rate, factors = _parts(told, path)
    amount = told.record["pay"][name]
    return PayLine(
        plan=name,
        title=told.plan(name),
        base=base,
        rate=rate,
        factors=factors,
        told=_told(told, step),
        amount=Decimal(amount),
        shown=told.written(amount, measure),
        unit=measure.unit,
        places=measure.places,
    )


def _told(told: Glossary, step: Json) -> str:
    """The calculation; of one that was only rounded in the end, the one before."""
    if step["operation"] == "round" and step["operands"]:
        before = told.steps.get(told.path(step["operands"][0]))
        if before is not None:
            return f"{sentence(told, before).text} → {told.amount(step)}"
    return sentence(told, step).text


def _parts(told: Glossary, path: str) -> tuple[str, str, str]:
    """Base, rate and factors of a product; dashes where the plan is none."""
    for name in (path, f"{path}.product"):
        step = told.steps.get(name)
        if step is not None and step["operation"] == "multiply":
            rate = [one for one in step["operands"] if told.path(one) == f"{path}.rate"]
            rest = [one for one in step["operands"] if one not in rate]
            base = told.amount(rest[0]) if rest else "—"
            factors = " × ".join(_factors(told, rest[1:]))
            return base, told.amount(rate[0]) if rate else "—", factors or "—"
    return "—", "—", "—"


def _factors(told: Glossary, nodes: list[Json]) -> Iterator[str]:
    for node in nodes:
        yield told.value(node)
