"""Cases of several subjects: judged together, as those of a cycle are."""

from perfrules.cycle.judging import Judging
from perfrules.diagnostics import Cell, Findings
from perfrules.model.appraisal import Appraisal
from perfrules.model.policy import Policy
from perfrules.reading.data.from_tables import Subject
from perfrules.reading.text.document import Mapping
from perfrules.workbench.given import scorecard_from

__all__ = ["judged_each"]


def judged_each(given: Mapping | None, policy: Policy, findings: Findings) -> dict[str, Appraisal]:
    """The appraisals of all whom a case names, compared with one another by the policy's rules."""
    subjects = []
    for person, entry in given.entries.items() if given is not None else ():
        node = entry.value if isinstance(entry.value, Mapping) else None
        card = scorecard_from(node, policy, findings, person)
        place = Cell(str(entry.key_span))
        subjects.append(
            Subject(card, "", policy.id, "", "", policy, (), place, kind=policy.subject)
        )
    judging = Judging(subjects, "")
    judging.prepare()
    found = {one.scorecard.subject: judging.appraisal(one) for one in subjects}
    return {person: appraisal for person, appraisal in found.items() if appraisal is not None}
