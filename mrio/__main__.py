"""``python -m mrio``: the command line, where its script is not on the path."""

from mrio.cli.main import program

if __name__ == "__main__":
    program(prog_name="mrio")
