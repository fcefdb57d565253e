"""The tables of scores of a record, with those of the roles that were held in turn."""

from collections.abc import Iterator, Sequence

from perfrules.papers.feedback.beside import roles_in_turn
from perfrules.papers.feedback.scores import scores
from perfrules.papers.paper.parts import Part
from perfrules.words.glossary import Glossary

__all__ = ["score_parts"]


def score_parts(
    told: Glossary, judged: Sequence[Glossary], *, natures: bool = False
) -> Iterator[Part]:
    """The roles that were held in turn, and the scores of each. `judged` are the records that have
    indicators: this one, or those of the roles."""
    in_turn = judged[0] is not told
    if turns := roles_in_turn(told, judged if in_turn else ()):
        yield Part("scores", told.say("任职分段", "Roles held in turn"), table=turns)
    for one in judged:
        title = told.say("各指标得分", "Scores")
        if in_turn:
            role = one.text(one.resolved.get("title")) or one.resolved["policy"]
            title = told.say(f"{title}（{role}）", f"{title} ({role})")
        yield Part("scores", title, table=scores(one, natures=natures))
