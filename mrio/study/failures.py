"""What a person sees last of a run that failed: the logs of the jobs that did."""

from __future__ import annotations

import atexit
import re
import sys
from collections.abc import Sequence
from pathlib import Path

#: How Snakemake's own log names the logs of a job that failed; a job in a queue has the queue's log too.
NAMED = re.compile(r"^    log: (.+?) \(check log file", re.MULTILINE)


def failed_logs(text: str) -> list[str]:
    """Return the logs that Snakemake's log names for jobs that failed, each once, those of this folder relative to it.

    Examples
    --------
    >>> failed_logs("Error in rule draws:\\n    log: logs/a.log, q/7.log (check log file(s) for error details)\\n")
    ['logs/a.log', 'q/7.log']
    """
    here = f"{Path.cwd()}/"
    named = [name.removeprefix(here) for names in NAMED.findall(text) for name in names.split(", ")]
    return list(dict.fromkeys(named))


def name_failed_logs(logs: str | Path | Sequence[str | Path]) -> None:
    """Print, as the very last line of this process, where the jobs that failed have written what was wrong.

    Parameters
    ----------
    logs : path or paths
        Snakemake's own log, as it gives it to ``onerror``.
    """
    own = [logs] if isinstance(logs, str | Path) else logs
    named = failed_logs("".join(Path(log).read_text(encoding="utf-8") for log in own))
    if named:
        atexit.register(print, f"error: what failed is said in {', '.join(named)}", file=sys.stderr, flush=True)
