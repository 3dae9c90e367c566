"""The command line: ``mrio COMMAND``.  A mistake ends with one sentence and exit status 1, its traceback in a log."""

from __future__ import annotations

import importlib
import traceback
import warnings
from pathlib import Path

import click

from mrio.distribution import VERSION
from mrio.errors import MrioError, needing_extras
from mrio.saving import keeping_inputs

#: Command -> where it is defined; a command is imported when it is asked for, so ``mrio --help`` is quick.
COMMANDS = {
    "check": "mrio.cli.check:check_command",
    "compare": "mrio.cli.compare:compare_command",
    "decompose": "mrio.cli.why_changed:decompose_command",
    "describe": "mrio.cli.describing:describe_command",
    "diff": "mrio.cli.diff:diff_command",
    "emissions": "mrio.cli.inventory_to_table:emissions_command",
    "estimate": "mrio.cli.estimate:estimate_command",
    "extract": "mrio.cli.taken_out:extract_command",
    "linkages": "mrio.cli.key_sectors:linkages_command",
    "new-year": "mrio.cli.new_year:new_year_command",
    "paths": "mrio.cli.supply_chains:paths_command",
    "read": "mrio.cli.read:read_command",
    "settle": "mrio.cli.settle:settle_command",
    "validate-intervals": "mrio.cli.validate_intervals:validate_intervals_command",
    "verify": "mrio.cli.verify:verify_command",
}
#: Beside the logs of the workflow, in the folder the command was called from.
LOG = Path("logs") / "mrio.log"


class Commands(click.Group):
    """The commands of :data:`COMMANDS`; each reports a user's mistake as one sentence instead of a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, as ``mrio --help`` lists them."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a command by name, importing its module only now."""
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        with needing_extras(f"mrio {name}"):
            return getattr(importlib.import_module(module), attribute)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a user's mistake is one sentence, a fault of the program names its log."""
        try:
            with warnings.catch_warnings(), keeping_inputs(), needing_extras("this command"):
                warnings.showwarning = _warned
                return super().invoke(ctx)
        except MrioError as error:
            _log(traceback.format_exc())
            raise click.ClickException(str(error)) from None
        except BrokenPipeError:  # its reader, such as head, has seen enough
            raise
        except OSError as error:
            _log(traceback.format_exc())
            place = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{place}found {(error.strerror or str(error)).lower()}.") from None
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except Exception as error:
            _log(traceback.format_exc())
            raise click.ClickException(
                f"{type(error).__name__}: {error}; this is a fault of the program, its traceback is in {LOG}."
            ) from None


def _warned(message: Warning | str, *_: object, **__: object) -> None:
    """Print a warning of the library as one line, without the place in its source."""
    click.echo(f"warning: {message}", err=True)


def _log(text: str) -> None:
    """Write a traceback to the log; where no file can be written there is none."""
    try:
        LOG.parent.mkdir(exist_ok=True)
        LOG.write_text(text, encoding="utf-8")
    except OSError:
        pass


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION)
def program() -> None:
    """Embodied carbon between provinces: tables in, tables out."""
