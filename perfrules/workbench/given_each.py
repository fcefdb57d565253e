"""Cases of several subjects: judged together, as those of a cycle are."""

from perfrules.cycle.judging import judged_together
from perfrules.diagnostics import Findings
from perfrules.language.text.document import Mapping
from perfrules.model.appraisal import Appraisal
from perfrules.model.policy import Policy
from perfrules.workbench.given import scorecard_from

__all__ = ["judged_each"]


def judged_each(given: Mapping | None, policy: Policy, findings: Findings) -> dict[str, Appraisal]:
    """The appraisals of all whom a case names, compared with one another by the policy's rules."""
    cards = []
    for person, entry in given.entries.items() if given is not None else ():
        node = entry.value if isinstance(entry.value, Mapping) else None
        cards.append(scorecard_from(node, policy, findings, person))
    return judged_together(policy, cards)
