"""Build the API pages from the docstrings: ``python docs/build_api.py [FOLDER]`` (docs/api by default)."""

import pkgutil
import sys
import warnings
from pathlib import Path

import pdoc

import mrio


def main(folder: Path) -> None:
    """Write one page per module to `folder`; the names the front door lends are asked for first, as it is lazy.

    A name that leads nowhere ends the build.
    """
    warnings.filterwarnings("error", message=".*does not resolve")
    for name in mrio.__all__:
        getattr(mrio, name)
    pdoc.render.configure(docformat="numpy", math=True)
    rooms = [f"mrio.{room.name}" for room in pkgutil.iter_modules(mrio.__path__)]
    pdoc.pdoc("mrio", *rooms, output_directory=folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "api")
