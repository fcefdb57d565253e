"""Accepts or rejects a trace, without trusting the program that wrote it.

    python path/to/checker traces.jsonl --groups groups.jsonl policies/sales@2024.2.json ...

Needs nothing but Python and imports nothing of perfrules: the folder can be copied to any
machine. The method: of a trace only the data are believed (what somebody measured, rated,
recorded). With them the resolved policy is walked once more, rule by rule in the language's
order, and each step that must follow is compared, in every field, with the next step of the
trace. A step too few, too many, or different, and the trace is rejected. What a rule between
subjects says of the others follows from the record of their group, in which all stand under
pseudonyms; it is worked out from there.

To be read in this order: `record`, `arithmetic` and `expressions` (texts, numbers, formulas);
`policy` and `terms` (what the resolved text says); `steps` (a step, and a value on its way); then
the work itself, each file a stage that knows those before it: `data`, `standing`, `figures`,
`scores`, `totals`, `grades`, `payouts`, `outcomes`, `walk`. `groups` has the records of groups,
`command` the command line. The format of the records is told in docs/trace.md.
"""

from .groups import check_group
from .record import Rejection
from .walk import check

__all__ = ["Rejection", "check", "check_group"]
