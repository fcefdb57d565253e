"""The public face: policies that evaluate, appraisals that explain themselves.

Thin handles over the model; nothing here computes. No printing, no global state, no
`sys.exit`. What a user of the files got wrong is raised as `PolicyErrors`; what a program got
wrong as `TypeError` or `ValueError`.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from perfrules.codes.code import Language
from perfrules.columnar.plan import Lane, TableResult
from perfrules.columnar.refusal import NotColumnar
from perfrules.columnar.streamed import Streamed
from perfrules.cycle.evaluate_cycle import CycleResult
from perfrules.cycle.evaluate_cycle import evaluate_cycle as _evaluate_cycle
from perfrules.cycle.judging import judged_together
from perfrules.diagnostics import Diagnostic, closest
from perfrules.evaluation.evaluate import evaluate
from perfrules.intake.figures.target_changes import passed_changes
from perfrules.language.formulas_of_policy import columns_read
from perfrules.language.read import read_policies as _read_policies
from perfrules.language.read import read_policy as _read_policy
from perfrules.model.appraisal import Appraisal as ModelAppraisal
from perfrules.model.appraisal import Step
from perfrules.model.policy import Policy as ModelPolicy
from perfrules.model.policy_set import PolicySet
from perfrules.model.scorecard import Cycle, EventRecord, Measure, Presence, Scorecard
from perfrules.model.simulation import Simulation
from perfrules.plain_values import (
    Plain,
    absences_of,
    changes_of,
    cycle_of,
    datum_of,
    fact_changes_of,
    history_of,
    known_keys,
    objectives_of,
    revisions_of,
    share_of,
    sure,
)
from perfrules.records.papers.whom import meant
from perfrules.records.trace_json import trace_record
from perfrules.screens.explain import explain
from perfrules.workbench.what_if.simulate import narrowed
from perfrules.workbench.what_if.simulate import simulated as _simulated

__all__ = [
    "Appraisal",
    "Lane",
    "NotColumnar",
    "Policies",
    "Policy",
    "PolicyErrors",
    "Streamed",
    "TableResult",
    "evaluate_cycle",
    "evaluate_files",
    "evaluate_table",
    "plan_table",
    "read_policies",
    "read_policy",
    "scorecard",
    "simulate",
]

_OF_INDICATOR = ("actual", "target", "baseline", "weight", "ratings", "figures")

Format = Literal["text", "json", "markdown", "html"]


class PolicyErrors(ValueError):
    """Policies that cannot be used. `diagnostics` has every finding, sorted by place."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = diagnostics
        super().__init__("\n".join(_line(one) for one in diagnostics))

    def __reduce__(self) -> tuple[type["PolicyErrors"], tuple[tuple[Diagnostic, ...]]]:
        """So that it survives the way back from another process."""
        return type(self), (self.diagnostics,)


def _line(one: Diagnostic) -> str:
    return f"{f'{one.place}: ' if one.place else ''}{one.message()} [{one.code}]"


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What a policy made of a scorecard; every number is read from its step."""

    result: ModelAppraisal

    @property
    def subject(self) -> str:
        return self.result.subject

    @property
    def complete(self) -> bool:
        """Whether there is a result; where not, `problems` tells why."""
        return self.result.complete

    @property
    def total(self) -> Decimal | None:
        return self.result.total

    @property
    def grade(self) -> str | None:
        return self.result.grade

    @property
    def pay(self) -> dict[str, Decimal]:
        """Each payout by the name of its incentive plan or pool; `cut` or `top_up` where the
        limits of all incentives took something off or added something."""
        return self.result.pay

    @property
    def pay_total(self) -> Decimal | None:
        """The sum of all that is paid; None where the policy pays nothing, or there is no
        result."""
        return self.result.pay_total

    @property
    def awards(self) -> tuple[str, ...]:
        """The names of the awards that were won."""
        return self.result.awards

    @property
    def follow_ups(self) -> dict[str, datetime.date | None]:
        """What the result sets going, and when it is due; None where no date is known."""
        return self.result.follow_ups

    @property
    def okr(self) -> Decimal | None:
        """The mean of the objectives (0 to 1), part of no total; None where there are none."""
        return self.result.okr

    @property
    def steps(self) -> Mapping[str, Step]:
        """The trace: each step by its path, in the order of the work."""
        return MappingProxyType(self.result.steps)

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        return self.result.problems

    def score(self, indicator: str) -> Decimal | None:
        """The score of an indicator; None where it was left out."""
        return self.result.score(indicator)

    def attainment(self, indicator: str) -> Decimal | None:
        """The attainment of an indicator, a ratio; None where nothing looks at it."""
        return self.result.attainment(indicator)

    def explain(self, language: Language = "en", format: Format = "text") -> str:
        """The trace in sentences, `zh` or `en`, as text, markdown, html or json."""
        if language not in ("zh", "en"):
            raise ValueError(f"unknown language: {language}")
        return explain(self.to_json(), self.result.policy.resolved, language, format)

    def to_json(self) -> dict[str, Any]:
        """The trace as the JSON object that result folders keep (schemas/trace.schema.json)."""
        return trace_record(self.result)


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy that can be evaluated."""

    rules: ModelPolicy

    @property
    def id(self) -> str:
        return self.rules.id

    @property
    def version(self) -> str:
        return self.rules.version

    @property
    def digest(self) -> str:
        """The SHA-256 of the resolved text."""
        return self.rules.digest

    def evaluate(self, scorecard: Scorecard) -> Appraisal:
        """Judges one subject. Data that are missing or make no sense never raise: they are in
        the appraisal's `problems`, and so is a change of a target that the policy does not let
        pass.

        Raises `ValueError` for an indicator, an event or a calibrated figure that the policy does
        not have, and for a column that changes and that neither the policy nor the person has:
        what a slip of the pen names would otherwise count as not recorded.
        """
        card, refused = passed_changes(self.rules, self._fitting(scorecard))
        return _with(evaluate(self.rules, card), refused)

    def evaluate_together(self, scorecards: Iterable[Scorecard]) -> dict[str, Appraisal]:
        """Judges several subjects, compared with one another by the policy's distribution, awards,
        pools and percentiles; by subject. `evaluate` leaves those rules out.

        Raises `ValueError` as `evaluate` does, and where two have the same subject.
        """
        passed = [passed_changes(self.rules, self._fitting(one)) for one in scorecards]
        refused = {card.subject: own for card, own in passed}
        if len(refused) < len(passed):
            raise ValueError("two scorecards have the same subject")
        found = judged_together(self.rules, [card for card, _ in passed])
        return {subject: _with(result, refused[subject]) for subject, result in found.items()}

    def _fitting(self, scorecard: Scorecard) -> Scorecard:
        """The scorecard, whose names the policy knows."""
        _refuse_unknown("indicator", scorecard.measures, self.rules.indicator)
        _refuse_unknown("event", scorecard.events, self.rules.event_names)
        if scorecard.changes:
            columns = {*scorecard.person, *columns_read(self.rules)}
            _refuse_unknown("column that changes", scorecard.changes, columns)
        if scorecard.revisions:
            whats = [one.what for one in scorecard.revisions]
            _refuse_unknown("figure to calibrate", whats, self.rules.revisable)
        return scorecard


def _with(result: ModelAppraisal, refused: tuple[Diagnostic, ...]) -> Appraisal:
    return Appraisal(replace(result, problems=(*result.problems, *refused)) if refused else result)


def _refuse_unknown(what: str, given: Iterable[str], known: Collection[str]) -> None:
    for name in given:
        if name not in known:
            near = closest(name, known)
            hint = f", did you mean {near!r}?" if near else ""
            raise ValueError(f"the policy has no {what} {name!r}{hint}")


@dataclass(frozen=True, slots=True)
class Policies:
    """All policies of a folder."""

    rules: PolicySet

    def __iter__(self) -> Iterator[Policy]:
        return (Policy(rules) for rules in self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def in_force(self, policy_id: str, *, on: str | datetime.date) -> Policy:
        """The version in force on a day (`2024-09-30` or a date), the last of the cycle.

        Raises `PolicyErrors` where there is none.
        """
        day = datetime.date.fromisoformat(on) if isinstance(on, str) else on
        if isinstance(day, datetime.datetime):
            day = day.date()
        found = self.rules.in_force(policy_id, on=day)
        if isinstance(found, Diagnostic):
            raise PolicyErrors((found,))
        return Policy(found)


def read_policies(folder: str | PathLike[str]) -> Policies:
    """All policies below a folder. Raises `PolicyErrors` with every finding of every file."""
    found, findings = _read_policies(Path(folder))
    if findings.errors:
        raise PolicyErrors(findings.errors)
    return Policies(found)


def read_policy(file: str | PathLike[str]) -> Policy:
    """The policy in one file. Raises `PolicyErrors` with every finding."""
    found, findings = _read_policy(Path(file))
    if found is None:
        raise PolicyErrors(findings.errors)
    return Policy(found)


def evaluate_cycle(folder: str | PathLike[str]) -> CycleResult:
    """Evaluates a cycle's folder (cycle.yaml and its tables).

    Raises `PolicyErrors` where the policies or cycle.yaml cannot be used; subjects whose data
    are at fault are in the result's `rejected`.
    """
    result = _evaluate_cycle(Path(folder))
    if result.findings.errors:
        raise PolicyErrors(result.findings.errors)
    return result


def simulate(
    folder: str | PathLike[str],
    changes: Iterable[str] = (),
    policies: Iterable[str | PathLike[str]] = (),
    *,
    only: str | None = None,
) -> Simulation:
    """What a cycle's folder would come to under other rules; nothing is written.

    `policies` are files, each in the place of the policy with its id; `changes` are then made one
    after the other: `"sales.grades.S.at_least=92"`, as `perfrules simulate --set` takes them. With
    `only` the answer is of one person, team or department, by id or name; `before` and `after` stay
    those of the whole cycle.

    Raises `PolicyErrors` where the cycle cannot be used, where a change makes a policy that cannot
    (placed at `changes[0]`), and where `only` is nobody; `TypeError` where a text is given for
    several.
    """
    if isinstance(changes, str) or isinstance(policies, str):
        raise TypeError("changes and policies are lists of texts")
    asked = {f"changes[{number}]": text for number, text in enumerate(changes)}
    found, findings, _ = _simulated(Path(folder), asked, [Path(one) for one in policies])
    if found is None:
        raise PolicyErrors(findings.errors)
    if only is None:
        return found
    subjects = meant(only, found.places, "only")
    if isinstance(subjects, Diagnostic):
        raise PolicyErrors((subjects,))
    return narrowed(found, subjects)


Floats = Literal["refuse", "shortest"]


def evaluate_table(
    policy: Policy,
    frame: object,
    *,
    cycle: Cycle | Mapping[str, Any] | None = None,
    floats: Floats = "refuse",
) -> TableResult:
    """Judges everybody in a table by columns of exact integers; percentiles compare its rows.

    `frame` is a table of Polars, pandas, PyArrow, DuckDB: anything with `__arrow_c_stream__`. Its
    columns: `subject`, `<indicator>.actual`, `.target`, `.baseline` and the further figures that
    the indicator declares, `<indicator>.ratings.<group>` (lists), `person.<column>`,
    `event.<name>` (counts), `proration`. Numbers are decimals, integers or texts such as "99.5";
    binary floats are refused, or with `floats="shortest"` stand for the shortest decimal that
    gives them. `cycle` is what `scorecard` takes.

    A row with a fault has the code of its first problem in `error`, and nothing else; the other
    rows have all results. Each cell is what `Policy.evaluate` gives for that row, to the last
    digit; rows that are out of the ordinary (a value is missing, a target is nought) are judged by
    it.

    Raises `NotColumnar` for a policy that is not done by columns, `ValueError` for a column that it
    does not know, `TypeError` for binary floats and for what is no table, `ImportError` without
    Polars.
    """
    evaluate_frame, _ = _columnar()
    found: TableResult = evaluate_frame(policy.rules, frame, evaluate, cycle_of(cycle), floats)
    return found


def evaluate_files(
    policy: Policy,
    source: Path | str,
    out: Path | str,
    *,
    cycle: Cycle | Mapping[str, Any] | None = None,
    rows: int = 1_000_000,
    progress: Callable[[int, int], object] | None = None,
) -> Streamed:
    """Judges a table that need not fit into memory, from disk to disk, by columns.

    `source` is a Parquet or CSV file, or a folder of either, with the columns of `evaluate_table`
    and besides `name` and `role`, which the results have too. `out` gets a Parquet file for each
    `rows` rows and a journal. A run that was killed goes on behind the last whole part when it is
    called again in the same way; where the input, the policy or the program is another one, it
    begins anew. `progress` is told how many rows have results, and how many there are.

    Raises what `evaluate_table` raises, before the first row is judged; `ValueError` also where a
    subject has two rows, where the input changes meanwhile, and where `out` holds something else.
    """
    if rows < 1:
        raise ValueError("a part has one row at least")
    try:
        from perfrules.columnar.stream import stream
    except ModuleNotFoundError as error:
        raise _without_polars(error) from error
    return stream(policy.rules, Path(source), Path(out), evaluate, cycle_of(cycle), rows, progress)


def plan_table(
    policy: Policy,
    frame: object,
    *,
    cycle: Cycle | Mapping[str, Any] | None = None,
    floats: Floats = "refuse",
) -> tuple[Lane, ...]:
    """For each line of a policy the widest value that the data of a table can make of it, without
    evaluating a row. Raises what `evaluate_table` raises."""
    _, plan_for = _columnar()
    found: tuple[Lane, ...] = plan_for(policy.rules, frame, cycle_of(cycle), floats)
    return found


def _columnar() -> tuple[Any, Any]:
    """The columnar twin, which is loaded where it is asked for: Polars comes with an extra."""
    try:
        from perfrules.columnar.run import evaluate_frame, plan_for
    except ModuleNotFoundError as error:
        raise _without_polars(error) from error
    return evaluate_frame, plan_for


def _without_polars(error: ModuleNotFoundError) -> ImportError:
    """What to install, where it is Polars that is missing."""
    if error.name != "polars":
        return error
    return ImportError("tables need Polars: pip install 'perfrules[columnar]'")


def scorecard(
    subject: str,
    indicators: Mapping[str, Mapping[str, Any]],
    *,
    person: Mapping[str, Plain] | None = None,
    events: Mapping[str, Plain | Mapping[str, Any]] | None = None,
    proration: Plain | None = None,
    cycle: Cycle | Mapping[str, Any] | None = None,
    units: Mapping[str, Mapping[str, Plain]] | None = None,
    history: Iterable[Mapping[str, Any]] = (),
    target_changes: Mapping[str, Iterable[Mapping[str, Any]]] | None = None,
    calibrations: Iterable[Mapping[str, Any]] = (),
    okrs: Mapping[str, Mapping[str, Plain]] | None = None,
    person_changes: Mapping[str, Iterable[Mapping[str, Any]]] | None = None,
    absences: Iterable[Mapping[str, Any]] = (),
) -> Scorecard:
    """A scorecard from plain values.

    `indicators` maps each to `actual`, `target`, `baseline`, `weight` (a ratio, or text such as
    "40%"), `ratings` (a mapping from group to a list) and `figures` (a mapping from what it
    declares besides to the value). Numbers are `Decimal`, `int`, or text such as "99.5"; a text
    that is no number is a word. `units` has results and facts of the team, department or project
    that the subject belongs to: `{"team": {"attainment": "1.05"}}`.

    `cycle` is `{"from": "2024-07-01", "to": "2024-09-30"}` with `id`, `kind`, `announced`, `facts`,
    `year`, `holidays` and `workdays`; `history` has earlier cycles, the newest first: `{"cycle": …,
    "from": …, "to": …, "total": …, "grade": …, "indicators": {…}, "pay": {…}}`; `target_changes`
    maps indicators to `[{"from": "2024-08-01", "target": 80, "reason": …, "approved_by": …}]`;
    `calibrations` are `{"what": "total", "before": …, "after": …, "date": …, "reason": …,
    "approved_by": …}`; `okrs` maps objectives to key results from 0 to 1; `person_changes` maps
    columns to `[{"from": "2024-06-22", "value": 6000}]`; `absences` are `{"kind": "unpaid_leave",
    "from": …, "to": …}`.

    Raises `TypeError` for a binary float, which is not the number that was meant, and `ValueError`
    for a key that is unknown or missing.
    """
    changes = target_changes or {}
    measures = {}
    for name in dict.fromkeys((*indicators, *changes)):
        given = indicators.get(name, {})
        known_keys(f"indicator {name!r}", given, _OF_INDICATOR)
        measures[name] = Measure(
            actual=datum_of(given.get("actual")),
            target=datum_of(given.get("target")),
            baseline=datum_of(given.get("baseline")),
            ratings={
                group: tuple(sure(value) for value in values)
                for group, values in given.get("ratings", {}).items()
            },
            changes=changes_of(changes.get(name, ())),
            figures={figure: sure(one) for figure, one in given.get("figures", {}).items()},
            weight=share_of(given.get("weight")),
        )
    records = {
        name: EventRecord(points=tuple(sure(one) for one in _listed(value["points"])))
        if isinstance(value, Mapping)
        else EventRecord(datum_of(value))
        for name, value in (events or {}).items()
    }
    known = cycle_of(cycle)
    return Scorecard(
        subject,
        measures,
        records,
        {name: sure(value) for name, value in (person or {}).items()},
        known,
        Presence() if proration is None else sure(proration),
        units={
            kind: {name: sure(value) for name, value in facts.items()}
            for kind, facts in (units or {}).items()
        },
        history=history_of(history, known),
        revisions=revisions_of(calibrations),
        objectives=objectives_of(okrs or {}),
        changes=fact_changes_of(person_changes or {}),
        absences=absences_of(absences),
    )


def _listed(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
