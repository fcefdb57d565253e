"""Prizes: the money that goes with the places of an award."""

from decimal import Decimal

from perfrules.evaluation.trace import Chain, Trace, number
from perfrules.exact import divided
from perfrules.model.appraisal import Step
from perfrules.model.grading import Veto
from perfrules.model.population import Award
from perfrules.model.standing import Figures, Position

__all__ = ["prize_paid"]


def prize_paid(trace: Trace, award: Award, won: Step, vetoes: tuple[Veto, ...]) -> None:
    """What the place pays, an amount of money: 0 behind the last place and for who is not in the
    running, nothing for who is judged alone.

    Places are those of sport: behind two firsts comes a third. Who are level get each the prize of
    their place or split, to the smallest unit, those of the places that they take up.
    """
    path = f"pay.{award.name}"
    if won.operation == "alone":
        return
    if not won.value:
        trace.add(path, "pay", "no_prize", (won,), Decimal(0), "skipped", award)
        return
    place = trace.stands(Figures(award.path))
    assert isinstance(place, Position)
    above, equal = (trace.steps[f"{award.path}.{name}"] for name in ("above", "equal"))
    if award.ties == "share" and place.equal > 1:
        chain = _split(trace, award, place, above, equal)
    else:
        prize = award.places[place.above]
        chain = Chain(
            trace, path, "pay", "prize", "prize", above, prize, value=prize.value, rule=award
        )
    paying = [(veto, veto.then.pay) for veto in vetoes if veto.then.pay is not None]
    for row, (veto, share) in enumerate(paying, 1):
        name = "vetoed" if row == 1 else f"vetoed.{row}"
        chain.then(name, "multiply", share, value=chain.value * share.value, rule=veto)
    chain.round(trace.policy.rounding.pay)
    chain.end()


def _split(trace: Trace, award: Award, place: Position, above: Step, equal: Step) -> Chain:
    """An equal part of the prizes, cut to whole units; the units that are left go one by one to
    those who come first by their ids, so that all parts together are the prizes."""
    path, rounding = f"pay.{award.name}", trace.policy.rounding.pay
    taken = award.places[place.above : place.above + place.equal]
    total = sum((prize.value for prize in taken), Decimal(0))
    prizes = trace.add(f"{path}.prizes", "pay", "sum", taken, total)
    part = divided(total, number(equal), rounding.places, "floor")
    chain = Chain(
        trace, path, "pay", "part", "split", prizes, equal, value=part, rule=award,
        rounding=rounding,
    )  # fmt: skip
    unit = Decimal(1).scaleb(-rounding.places)
    left = total - part * number(equal)
    if left:
        ahead = trace.from_group(f"{award.path}.ahead", place.ahead, place)
        gets = (place.ahead - place.above) * unit < left
        value = part + unit if gets else part
        rest = (prizes, equal, above, ahead)
        chain.then("whole", "split_rest", *rest, value=value, rule=award, rounding=rounding)
    return chain
