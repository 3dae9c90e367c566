"""``mrio`` and ``python -m mrio``: the command line, or one sentence where the packages it needs are not installed."""

import sys

from mrio.errors import MissingPackageError, needing_extras


def main() -> None:
    """Run the command line."""
    try:
        with needing_extras("the command line"):
            from mrio.cli.main import program
    except MissingPackageError as error:
        sys.exit(f"Error: {error}")
    program(prog_name="mrio")


if __name__ == "__main__":
    main()
