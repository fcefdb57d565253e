"""One way through the policy, side by side with the trace."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from .arithmetic import Refused, day, written
from .data import Problem
from .limits import LINES
from .outcomes import Outcomes
from .policy import Held, Policy, policy_of
from .record import Json, Rejection, Wrong, require, require_keys, require_seal
from .standing import HIDDEN, Waits
from .totals import Veto

__all__ = ["FORMAT", "check"]

FORMAT = "perfrules-trace/2"
RECORD = (
    "format subject subject_kind cycle policy status total grade pay awards follow_ups okr "
    "excluded vetoed steps problems digest"
)
PERHAPS = ("pay_total",)
"""What the head says only where there is one."""


def check(
    trace: Json,
    resolved: Json,
    places: dict[str, str] | None = None,
    groups: Mapping[str, Json] | None = None,
) -> list[Rejection]:
    """Why `trace` is not what the policy `resolved` makes of its data; empty where it is.

    `places` maps each path of the policy to its place in the file; without it, a trace has only
    to agree with itself about places. `groups` are the records of the groups that rules compared,
    by their name, each accepted by `check_group`; without them, the figures that a trace takes
    from its group are believed, as data are. They must not be changed between calls. Garbage is
    rejected, never raised.
    """
    found: list[Rejection] = []
    walk = None
    try:
        walk = Walk(trace, policy_of(resolved), places)
        walk.groups = groups
        for stage in (walk.seal, walk.head, walk.run):
            try:
                stage()
            except Wrong as wrong:
                found.append(Rejection(*wrong.args))
    except Exception:  # whatever is wrong with garbage: too deep, too large, of another shape
        zh, en = "记录或考核方案的格式有误", "the record or the policy is not well formed"
        found.append(Rejection(walk.next_id() if walk else "", zh, en))
    return found


class Walk(Outcomes):
    """The whole work: the head, all steps in the language's order, and what the head says of
    them."""

    def __init__(self, trace: Json, policy: Policy, places: dict[str, str] | None) -> None:
        super().__init__(trace, policy, places)
        self.excluded: list[str] = []
        self.vetoed: list[str] = []
        self.plans = list(policy.plans)

    def seal(self) -> None:
        require_seal(self.trace)

    def head(self) -> None:
        """Format, policy and cycle."""
        trace, tree = self.trace, self.policy.tree
        require_keys(trace, " ".join([RECORD, *(key for key in PERHAPS if key in trace)]))
        policy = {"id": tree["policy"], "version": tree["version"], "digest": self.policy.digest}
        # A role that somebody held for a part of the cycle is judged for itself: `E1005#1`.
        of_part = self.part and tree["subject"] == "person" and "#" in trace["subject"]
        kind = "segment" if of_part else tree["subject"]
        stated = {
            "format": FORMAT,
            "subject": str(trace["subject"]),
            "subject_kind": kind,
            "policy": policy,
        }
        require("", "", stated, {key: trace[key] for key in stated})
        cycle, dates = trace["cycle"], tree.get("effective", {})
        if cycle is not None:
            require_keys(cycle, "id from to")
            require("", "cycle.id", str(cycle["id"]), cycle["id"])
            start, end = day(cycle["from"]).isoformat(), day(cycle["to"]).isoformat()
            if start > end or not dates.get("from", "") <= end <= dates.get("to", "9999-12-31"):
                zh = "周期日期有误，或周期最后一天不在方案有效期内"
                raise Wrong("", zh, "the policy is not in force on the last day of the cycle")

    def run(self) -> None:
        """All steps, then what the head says of them."""
        scores = {} if self.moved else self.scores()
        if not self.problems and not self.waiting:
            try:
                self.unless_waiting(lambda: self.judge(scores))
            except Refused as refused:
                self.problems.append(Problem(self.next_id(), refused.args))
        self.require_problems()
        if self.waiting and not self.stated:
            en = "a step is missing, and no problem says why"
            raise Wrong(self.next_id(), "缺少步骤，又没有写明问题", en)
        if self.count < len(self.ahead):
            raise Wrong(self.next_id(), "多出的步骤", "a step that nothing asks for")
        self.require_result(complete=not self.stated)

    def scores(self) -> dict[str, Held]:
        """Weights of the data, the indicators, and the weights that those without a figure pass
        on, each as far as nothing is wrong before."""
        try:
            self.given_weights()
        except Refused as refused:
            self.problems.append(Problem(self.next_id(), refused.args))
        if self.problems:
            return {}
        scores = self.indicators()
        if self.passing and not self.problems and not self.waiting:
            self.passed_on(scores)
        return scores

    def indicators(self) -> dict[str, Held]:
        """The scores of the indicators that count, in the order in which they read each other."""
        scores: dict[str, Held] = {}
        for name in self.policy.order:
            try:
                score = self.indicator(name, f"indicators.{name}")
            except Waits:
                self.problems.append(Problem(self.next_id(), HIDDEN, perhaps=True))
                continue
            except Refused as refused:
                # An indicator that reads another which failed has nothing to add.
                if "no-value" not in refused.args or not (self.problems or self.waiting):
                    self.problems.append(Problem(self.next_id(), refused.args))
                continue
            if score is None:
                self.excluded.append(name)
            else:
                scores[name] = score
        return scores

    def judge(self, scores: dict[str, Held]) -> None:
        """What follows once each indicator has a score or is left out."""
        policy, holding = self.policy, []
        if self.moved:
            self.moved_total()
        else:
            if not self.figures_of_groups(of_total=False):
                return
            holding = self.total(scores)
        self.vetoed = [at.removeprefix("vetoes.") for at, _ in holding]
        if policy.subject != "person":
            self.overall_attainment(scores)
        if not self.moved and not self.figures_of_groups(of_total=True):
            return
        self.grade(holding)
        for name, award in policy.awards.items() if not self.part else ():
            self.unless_waiting(partial(self.awarded, name, award, holding))
        if self.moved:
            self.plans = self.moved_pay()
        else:
            for name in policy.pay_order:
                self.pay(f"pay.{name}", policy.plans[name], f"incentives.{name}", holding)
        if self.part:
            return
        self.kept_within(self.plans, self.paying(holding))
        for name, rule in policy.follow_ups.items():
            self.follow_up(name, rule)
        self.objectives()
        self.last_cycle()
        for name, pool in policy.pools.items():
            self.unless_waiting(partial(self.pool, name, pool, holding))
        if not self.waiting:
            self.pay_total()

    def figures_of_groups(self, *, of_total: bool) -> bool:
        """The figures of the subject's groups that are made of totals, or those made of
        indicators; whether all of them are there. The same problem is said once."""
        found = list[Problem]()
        for name, rule in self.policy.group_figures.items():
            if (rule["of"] == "total") is not of_total:
                continue
            try:
                self.figure_of_group(name, rule)
            except Waits:
                found.append(Problem(self.next_id(), HIDDEN, perhaps=True))
            except Refused as refused:
                again = any(one.codes == refused.args for one in found)
                found.append(Problem(self.next_id(), refused.args, perhaps=again))
        self.problems += found
        return not found

    def awarded(self, name: str, award: Json, holding: Sequence[Veto]) -> None:
        """An award, and what it pays."""
        self.award(name, award)
        if "places" in award:
            self.prize(name, award, holding)

    def unless_waiting(self, work: Callable[[], None]) -> None:
        """Does a piece of work, as far as a subject without a result comes; where nothing follows,
        a group that cannot be compared may be why."""
        try:
            work()
        except Waits:
            if not self.next_id():
                self.refuse_hidden(*HIDDEN)

    def require_problems(self) -> None:
        """The errors of the record are those that the policy has with these data."""
        for problem in self.trace["problems"]:
            require_keys(problem, "code severity place message help")
            for texts in (problem["message"], problem["help"]):
                require_keys(texts, "zh en")
                "".join([problem["place"], *texts.values()])  # raises where one is no text
            if problem["severity"] not in ("error", "warning", "note"):
                raise Wrong("", "问题的级别有误", "a problem of no known severity")
        stated = [*self.stated]
        for row, (step, codes, perhaps) in enumerate(self.problems):
            firm = sum(not one.perhaps for one in self.problems[row:])
            if perhaps and (len(stated) <= firm or stated[0] not in codes):
                continue
            code = stated.pop(0) if stated else "—"
            if code not in codes:
                zh = f"按方案此处得不出结果（{'、'.join(codes)}），记录写的是 {code}"
                en = f"no result here ({', '.join(codes)}); the record says {code}"
                raise Wrong(step, zh, en)
        for code in stated:
            raise Wrong("", f"并不存在的问题：{code}", f"a problem that is none: {code}")

    def require_result(self, *, complete: bool) -> None:
        """What the head says of the result is what the steps say; without one there is nothing."""
        shown = {path: written(step.value)["value"] for path, step in self.steps.items()}
        prizes = [name for name, award in self.policy.awards.items() if "places" in award]
        paying = (*self.plans, *LINES, *self.policy.pools, *prizes)
        paid = [name for name in paying if f"pay.{name}" in shown]
        awards = [name for name in self.policy.awards if shown.get(f"awards.{name}") is True]
        going = [name for name in self.policy.follow_ups if shown.get(f"follow_ups.{name}") is True]
        stated = {
            "status": "complete" if complete else "rejected",
            "total": shown["total"] if complete else None,
            "grade": shown.get("grade") if complete else None,
            "pay": {name: shown[f"pay.{name}"] for name in paid} if complete else {},
            **({"pay_total": shown["pay_total"]} if complete and "pay_total" in shown else {}),
            "awards": awards if complete else [],
            "follow_ups": {name: shown.get(f"follow_ups.{name}.due") for name in going}
            if complete
            else {},
            "okr": shown.get("okr") if complete else None,
            "excluded": self.excluded,
            "vetoed": self.vetoed,
        }
        own = {key: self.trace[key] for key in (*stated, *PERHAPS) if key in self.trace}
        require("", "", stated, own)
