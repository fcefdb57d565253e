"""Where a line of an explanation comes from: the lines of the policy, the cells of the data."""

from collections.abc import Iterator, Mapping, Sequence

from perfrules.reports.glossary import Glossary, Json

__all__ = ["is_quoted", "rules", "sources"]


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
    """Where a figure was found; for a mean or a count, where each of its figures was."""
    if "origin" in step:
        yield from _origin(told, step["origin"])
        return
    above = f"{told.path(step)}."
    quoted = [path for path in told.steps if path.startswith(above) and is_quoted(told, path)]
    found = [_place(told, told.steps[path].get("origin", {})) for path in quoted]
    if any(found):
        yield told.say("、", ", ").join(dict.fromkeys(filter(None, found)))


def _place(told: Glossary, origin: Mapping[str, str]) -> str:
    """The place of one figure among many, with its evidence where there is any."""
    place, evidence = origin.get("place", ""), origin.get("evidence", "")
    if not evidence:
        return place
    return told.say(f"{place}（佐证 {evidence}）", f"{place} (evidence {evidence})").strip()


def _origin(told: Glossary, origin: Mapping[str, str]) -> Iterator[str]:
    words = {
        "source": "{}",
        "as_of": told.say("截至 {}", "as of {}"),
        "evidence": told.say("佐证 {}", "evidence {}"),
        "place": "{}",
    }
    said = [words[key].replace("{}", origin[key]) for key in words if origin.get(key)]
    if said:
        yield told.say("，", ", ").join(said)


def is_quoted(told: Glossary, path: str) -> bool:
    """Whether another step says all that this one has to say."""
    above, _, last = path.rpartition(".")
    if last == "when" and path.startswith("vetoes."):
        return above in told.steps
    if last == "objective" and path.startswith("okr."):
        return True
    if last == "only_if" and path.startswith(("pay.", "awards.")):
        return above in told.steps and bool(told.steps[above]["operation"] == "gate")
    if last.isdigit() and (path.startswith("events.") or ".ratings." in path):
        return above in told.steps
    return bool(told.steps[path]["operation"] == "not_recorded")
