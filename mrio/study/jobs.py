"""What the workflow's scripts share: a user's mistake ends a job with one sentence, its traceback stays in the log."""

from __future__ import annotations

import sys
import traceback
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mrio.errors import MrioError
from mrio.study.damage import record_outputs


@contextmanager
def reporting(log: str | Path, outputs: Iterable[str] = ()) -> Iterator[None]:
    """Write warnings and tracebacks to `log`; print a mistake as one sentence and exit with status 1.

    The sha256 of the outputs is left beside the log when the job has made them.
    """
    path = Path(log)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as stream, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield
            record_outputs(outputs, path)
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
