"""Codes of the stage: data."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["DATA"]

DATA: Final[dict[str, Code]] = {}
