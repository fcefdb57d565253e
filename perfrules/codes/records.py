"""Codes of the stage: records."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["RECORDS"]

RECORDS: Final[dict[str, Code]] = {}
