"""What the workflow's scripts share: a user's mistake ends a job with one sentence, its traceback stays in the log."""

from __future__ import annotations

import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mrio.errors import MrioError


@contextmanager
def reporting(log: str | Path) -> Iterator[None]:
    """Write warnings and tracebacks to `log`; print a mistake as one sentence and exit with status 1."""
    path = Path(log)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as stream, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield
        except MrioError as error:
            stream.write(traceback.format_exc())
            sys.exit(f"error: {error}")
        except Exception:
            stream.write(traceback.format_exc())
            raise
        finally:
            for warning in caught:
                print(f"note: {warning.message}", file=sys.stderr)
                stream.write(f"{warning.category.__name__}: {warning.message}\n")
