"""The command line: ``mrio COMMAND``.  A mistake ends with one sentence and exit status 1."""

from __future__ import annotations

import click

from .commands.estimate import estimate_command
from .errors import MrioError


class _Sentences(click.Group):
    """A group whose commands report a user's mistake as one sentence instead of a traceback."""

    def invoke(self, ctx: click.Context):
        try:
            return super().invoke(ctx)
        except MrioError as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=_Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mrio")
def main() -> None:
    """Embodied carbon between provinces: tables in, tables out."""


main.add_command(estimate_command)
