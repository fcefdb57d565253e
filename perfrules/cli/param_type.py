"""The base of option types, generic for type checkers whatever click is installed."""

from typing import TYPE_CHECKING

import click

__all__ = ["ParamType"]

if TYPE_CHECKING:
    ParamType = click.ParamType
else:

    class ParamType(click.ParamType):
        """click's own, which takes a type in brackets from version 8.4 on only."""

        def __class_getitem__(cls, _: object) -> type:
            return cls
