"""Numbers of the command line: finite and above zero, or a sentence."""

from __future__ import annotations

import math

import click


class _Positive(click.ParamType):
    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            number = float(str(value))
        except ValueError:
            number = math.nan
        if not 0 < number < math.inf:
            self.fail(f"{value!r} is no number above 0", param, ctx)
        return number


POSITIVE = _Positive()
