"""All codes, from all stages."""

from typing import Final

from perfrules.codes.appraisal import APPRAISAL
from perfrules.codes.code import Code
from perfrules.codes.data import DATA
from perfrules.codes.document import DOCUMENT
from perfrules.codes.expression import EXPRESSION
from perfrules.codes.lint import LINT
from perfrules.codes.policy import POLICY
from perfrules.codes.records import RECORDS
from perfrules.codes.schema import SCHEMA
from perfrules.codes.testing import TESTING

__all__ = ["CODES"]

CODES: Final[dict[str, Code]] = {
    **DOCUMENT,
    **SCHEMA,
    **POLICY,
    **EXPRESSION,
    **LINT,
    **DATA,
    **APPRAISAL,
    **TESTING,
    **RECORDS,
}
