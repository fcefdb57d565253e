"""Which steps have no line of their own, because another line says all that they have to say."""

from perfrules.words.glossary import Glossary

__all__ = ["is_quoted"]


def is_quoted(told: Glossary, path: str) -> bool:
    """Whether the line of another step prints this one's value and, where it has one, its place."""
    above, _, last = path.rpartition(".")
    match path.split("."):
        case ["vetoes" | "follow_ups", _, "when"]:
            return above in told.steps
        case ["cycle", ("from" | "to" | "announced")]:
            return True  # the head has the dates, and whatever counts from one names it
        case ["pay" | "awards", _, "only_if"]:
            return _does(told, above, "gate") or _awarded_by_condition(told, above)
        case ["distribution", "only_if"]:
            return _does(told, "distribution", "gate")
        case ["pools", name, "only_if"]:
            return _does(told, f"pay.{name}", "gate")
        case ["okr", _, "objective"]:
            return above in told.steps  # the line of its mean is called so
        case ["absences", _, ("from" | "to")] | ["calendar", _] | ["person", _, "since", _]:
            return True  # the line of the days has them
        case ["person", column, "change", _]:
            return _does(told, f"person.{column}", "changed")
        case ["past", _, ("from" | "to")]:
            return True  # the line of the cycle has its days
        case ["history", _, "grade"]:
            return True
        case ["distribution", ("above" | "equal" | "counts"), *_]:
            return _does(told, "grade", "distribute") or "grade.distributed" in told.steps
        case ["awards", _, ("above" | "equal")]:
            return _does(told, above, "award") or _does(told, above, "award_place")
        case ["awards", name, "ahead"]:
            return True  # the line of the prize says it
        case ["indicators", name, "group", ("above" | "equal")]:
            return f"indicators.{name}.percentile" in told.steps
        case ["pools", name, ("left" | "ahead")]:
            return _does(told, f"pay.{name}", "allocate")
        case ["indicators", name, ("members" | "target_members") as which, *_]:
            what = "actual" if which == "members" else "target"
            return _does(told, f"indicators.{name}.{what}", "roll_up")
        case ["indicators", _, "target", "since", _]:
            return True  # the line of the change has the day
        case ["indicators", name, "target", "change", _]:
            return _does(told, f"indicators.{name}.target", "changed")
        case [*_, "revision", _]:
            return _is_applied(told, path)
        case _ if last.isdigit() and (path.startswith("events.") or ".ratings." in path):
            return above in told.steps
    return bool(told.steps[path]["operation"] == "not_recorded")


def _does(told: Glossary, path: str, operation: str) -> bool:
    return path in told.steps and bool(told.steps[path]["operation"] == operation)


def _awarded_by_condition(told: Glossary, path: str) -> bool:
    """Whether all who meet the condition get an award, so that its line quotes the condition."""
    return _does(told, path, "award") and len(told.steps[path]["operands"]) == 1


def _is_applied(told: Glossary, path: str) -> bool:
    return any(
        step["operation"] == "revise" and any(told.path(one) == path for one in step["operands"])
        for step in told.steps.values()
    )
