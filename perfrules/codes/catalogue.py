"""All codes, from all stages."""

from typing import Final

from perfrules.codes.appraisal import APPRAISAL
from perfrules.codes.code import Code
from perfrules.codes.data import DATA
from perfrules.codes.document import DOCUMENT
from perfrules.codes.evidence import EVIDENCE
from perfrules.codes.expression import EXPRESSION
from perfrules.codes.feedback import FEEDBACK
from perfrules.codes.forms import FORMS
from perfrules.codes.history import HISTORY
from perfrules.codes.intake import INTAKE
from perfrules.codes.lint import LINT
from perfrules.codes.odd import ODD
from perfrules.codes.policy import POLICY
from perfrules.codes.population import POPULATION
from perfrules.codes.records import RECORDS
from perfrules.codes.schema import SCHEMA
from perfrules.codes.shapes import SHAPES
from perfrules.codes.sheets import SHEETS
from perfrules.codes.signatures import SIGNATURES
from perfrules.codes.targets import TARGETS
from perfrules.codes.testing import TESTING
from perfrules.codes.time import TIME
from perfrules.codes.tracking import TRACKING
from perfrules.codes.what_if import WHAT_IF

__all__ = ["CODES"]

CODES: Final[dict[str, Code]] = {
    **DOCUMENT,
    **SCHEMA,
    **POLICY,
    **POPULATION,
    **EXPRESSION,
    **LINT,
    **TARGETS,
    **DATA,
    **EVIDENCE,
    **INTAKE,
    **SHEETS,
    **SHAPES,
    **FORMS,
    **APPRAISAL,
    **TESTING,
    **RECORDS,
    **SIGNATURES,
    **ODD,
    **FEEDBACK,
    **HISTORY,
    **TIME,
    **TRACKING,
    **WHAT_IF,
}
