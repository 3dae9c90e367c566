"""How draws are shared out among jobs, and the file that says what is drawn.

The workflow asks this each time it starts, so nothing is imported that takes long to load.
"""

from __future__ import annotations

from pathlib import Path

from mrio.places import data_dir


def file_of_sources(raw: Path) -> Path:
    """Return the table of sources of uncertainty: the study's own, where it has one, else that of the code."""
    own, shipped = raw / "uncertainty.csv", data_dir() / "uncertainty.csv"
    return own if own.exists() else shipped


def job_of(draws: int, per_job: int) -> dict[str, range]:
    """Return name of a job -> numbers of its draws: the same jobs, however many draws are asked for in all.

    Examples
    --------
    >>> job_of(120, 50)
    {'0000-0049': range(0, 50), '0050-0099': range(50, 100), '0100-0119': range(100, 120)}
    """
    parts = [range(first, min(first + per_job, draws)) for first in range(0, draws, per_job)]
    return {f"{part[0]:04d}-{part[-1]:04d}": part for part in parts}
