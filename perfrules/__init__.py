"""perfrules: performance appraisal and incentive pay from YAML policies.

    import perfrules

    policies = perfrules.read_policies("policies")
    appraisal = policies.in_force("sales", on="2024-09-30").evaluate(scorecard)
    appraisal.total, appraisal.grade, appraisal.pay["quarterly_bonus"]
    print(appraisal.explain("zh"))

What stands in `__all__` is the public face; it is loaded when it is first used, so that the
import itself costs next to nothing.
"""

from typing import TYPE_CHECKING

from perfrules.version import __version__

if TYPE_CHECKING:
    from perfrules.api import (
        Appraisal,
        Lane,
        NotColumnar,
        Policies,
        Policy,
        PolicyErrors,
        Streamed,
        TableResult,
        evaluate_cycle,
        evaluate_files,
        evaluate_table,
        plan_table,
        read_policies,
        read_policy,
        scorecard,
        simulate,
    )
    from perfrules.diagnostics import Diagnostic
    from perfrules.model.appraisal import Step
    from perfrules.model.calendar import WorkCalendar
    from perfrules.model.cycle_result import (
        CycleResult,
        IndicatorLine,
        InputFile,
        Judged,
        NotApplied,
    )
    from perfrules.model.history import Past, PastMeasure
    from perfrules.model.scorecard import (
        Absence,
        Cycle,
        Datum,
        EventRecord,
        FactChange,
        Measure,
        Member,
        Objective,
        Origin,
        Presence,
        Revision,
        Scorecard,
        Segment,
        TargetChange,
    )
    from perfrules.model.simulation import (
        Amount,
        Budget,
        Changed,
        Clause,
        GradeMove,
        Moved,
        Simulation,
    )

__all__ = [
    "Absence",
    "Amount",
    "Appraisal",
    "Budget",
    "Changed",
    "Clause",
    "Cycle",
    "CycleResult",
    "Datum",
    "Diagnostic",
    "EventRecord",
    "FactChange",
    "GradeMove",
    "IndicatorLine",
    "InputFile",
    "Judged",
    "Lane",
    "Measure",
    "Member",
    "Moved",
    "NotApplied",
    "NotColumnar",
    "Objective",
    "Origin",
    "Past",
    "PastMeasure",
    "Policies",
    "Policy",
    "PolicyErrors",
    "Presence",
    "Revision",
    "Scorecard",
    "Segment",
    "Simulation",
    "Step",
    "Streamed",
    "TableResult",
    "TargetChange",
    "WorkCalendar",
    "__version__",
    "evaluate_cycle",
    "evaluate_files",
    "evaluate_table",
    "plan_table",
    "read_policies",
    "read_policy",
    "scorecard",
    "simulate",
]

_HOMES = {
    "Diagnostic": "perfrules.diagnostics",
    "Past": "perfrules.model.history",
    "PastMeasure": "perfrules.model.history",
    "Step": "perfrules.model.appraisal",
    "WorkCalendar": "perfrules.model.calendar",
    **dict.fromkeys(
        ("CycleResult", "IndicatorLine", "InputFile", "Judged", "NotApplied"),
        "perfrules.model.cycle_result",
    ),
    **dict.fromkeys(
        (
            "Absence", "Cycle", "Datum", "EventRecord", "FactChange", "Measure", "Member",
            "Objective", "Origin", "Presence", "Revision", "Scorecard", "Segment", "TargetChange",
        ),
        "perfrules.model.scorecard",
    ),
    **dict.fromkeys(
        ("Amount", "Budget", "Changed", "Clause", "GradeMove", "Moved", "Simulation"),
        "perfrules.model.simulation",
    ),
}  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'perfrules' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOMES.get(name, "perfrules.api")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
