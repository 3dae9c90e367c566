"""Numbers of the command line: finite and above zero, or a sentence; and the options of the balance policy."""

from __future__ import annotations

import math
from collections.abc import Callable

import click

from mrio.table.rounding import ROUNDING_POLICIES
from mrio.table.validation.balances import TOLERANCE


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


def balance_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the two options of the balance policy (``balance`` in the configuration) to a command."""
    limit = click.option(
        "--tolerance", type=POSITIVE, default=TOLERANCE, show_default=True, help="Largest relative gap of an identity."
    )
    rounding = click.option(
        "--rounding", type=click.Choice(ROUNDING_POLICIES), default=ROUNDING_POLICIES[0], show_default=True,
        help="Larger gaps that the rounding of the printed numbers explains: count them in the residual, or refuse.",
    )  # fmt: skip
    return limit(rounding(command))
