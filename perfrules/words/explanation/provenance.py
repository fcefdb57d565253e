"""Where a line of an explanation comes from: the lines of the policy, the cells of the data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from perfrules.codes.code import Text
from perfrules.words.explanation.quoted import is_quoted
from perfrules.words.glossary import Glossary, Json
from perfrules.words.of_changes import is_change

__all__ = ["rules", "sources"]


def rules(told: Glossary, step: Json) -> Sequence[str]:
    """The lines of the policy that decided; a default of the language by its name.

    Where a figure of the rule took part, its own place says more than that of the rule.
    """
    figures = [one for one in step["operands"] if one.get("place")]
    if step["operation"] == "sum":
        figures = []  # a sum of weights, each of which has its place where it is used
    found = []
    for key in ("rule", "rounding"):
        rule = step.get(key)
        if rule is None or any(told.path(one).startswith(f"{rule['path']}.") for one in figures):
            continue
        if rule["place"]:
            found.append(rule["place"])
        elif key == "rule" or step["operation"] == "round":
            found.append(told.say(f"默认规则 {rule['path']}", f"default of {rule['path']}"))
    return list(dict.fromkeys((*found, *(one["place"] for one in figures))))


def sources(told: Glossary, step: Json) -> Iterator[str]:
    """Where a figure was found; for a mean, a count or a sum of members, where each of them was."""
    if "origin" in step:
        yield from _origin(told, step)
        return
    own = told.path(step)
    below = [path for path in told.steps if path.rpartition(".")[0] == own]
    read = [told.path(one) for one in step["operands"]]
    quoted = [one for one in (*below, *read) if one in told.steps and is_quoted(told, one)]
    origins = [told.steps[path].get("origin", {}) for path in dict.fromkeys(quoted)]
    yield from _joined(told, (_place(told, one) for one in origins))
    if step["operation"] == "roll_up":
        members = _listed(told, (one.get("member", "") for one in origins))
        if members:
            yield told.say(f"成员代号 {members}", f"members {members}")


def _joined(told: Glossary, parts: Iterable[str]) -> Iterator[str]:
    if found := _listed(told, parts):
        yield found


def _listed(told: Glossary, parts: Iterable[str]) -> str:
    return told.say("、", ", ").join(dict.fromkeys(filter(None, parts)))


def _place(told: Glossary, origin: Mapping[str, str]) -> str:
    """The place of one figure among many, with its evidence where there is any."""
    place, evidence = origin.get("place", ""), origin.get("evidence", "")
    if not evidence:
        return place
    return told.say(f"{place}（佐证 {evidence}）", f"{place} (evidence {evidence})").strip()


def _origin(told: Glossary, step: Json) -> Iterator[str]:
    origin = step["origin"]
    if "group" in origin:
        yield f"groups.jsonl{told.say('：', ': ')}{origin['group']}"
        return
    words = {
        "source": "{}",
        "as_of": told.say("截至 {}", "as of {}"),
        "evidence": told.say("佐证 {}", "evidence {}"),
        "place": "{}",
    }
    if is_change(told, step):
        del words["as_of"]  # the day of the entry, which its sentence says
    if step["kind"] == "objective":
        del words["source"]  # the key result's own words, which are the name of the line
    own = {**origin, "source": Text.halves(origin.get("source", "")).into(told.language)}
    said = [words[key].replace("{}", own[key]) for key in words if own.get(key)]
    if said:
        yield told.say("，", ", ").join(said)
