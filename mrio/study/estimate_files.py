"""Before any job: are the files that an estimate left beside its table of that table, and whole?

``estimate_account.csv``, ``evidence.csv`` and ``evidence_alternatives.csv`` are read here as their jobs read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from mrio.formats.inputs.evidence_files import read_alternatives, read_observed
from mrio.frames import read_frame
from mrio.study.inputs import Inputs
from mrio.table.plausibility.judging import found
from mrio.table.plausibility.registry import rule
from mrio.table.validation.report import Check

#: Relative difference that is digits, and part of the cells that may be off for a table that was read in other digits.
SAME, FEW = 1e-4, 0.02


def check_estimate_files(of_year: Inputs, files: Mapping[str, Path]) -> Check:
    """Return the check that the files of an estimate are of the year's table, and of its emissions.

    Parameters
    ----------
    of_year : Inputs
    files : mapping
        From :func:`mrio.study.year_folder.year_files`.

    Raises
    ------
    InputError
        One that cannot be read as its job will read it.
    """
    account = None
    odd: list[tuple[Path, str]] = []
    if files["account"].exists():
        columns = ("region", "sector", "used_exports", "used_intermediate")
        account = read_frame(files["account"], "the account of an estimate", columns, dtype={"sector": str})
        account = account.set_index(["region", "sector"])
        if _apart(account["used_exports"], of_year.table.exports.to_series()):
            odd.append((files["account"], "table"))
    if files["evidence"].exists():
        observed = read_observed(files["evidence"])
        said = observed[(observed["evidence"] == "reports") & (observed["account"] == "intermediate")]
        estimated = said.set_index(["region", "sector"])["estimate"]  # of the regions left out, too
        if account is not None and _apart(account["used_intermediate"], estimated, whole=False):
            odd.append((files["evidence"], "table"))
    if files["alternatives"].exists():
        other = read_alternatives(files["alternatives"]).groupby("region")["production"].first()
        if _apart(other, of_year.emissions["F"].sum("sector").to_series()):
            odd.append((files["alternatives"], "emissions"))
    year = of_year.table.year
    places = [f"{path} is not, or not wholly, of the {what} of {year}" for path, what in odd]
    return found(rule("files of another estimate"), places)


def _apart(one: pd.Series, other: pd.Series, whole: bool = True) -> bool:
    """Return whether figures differ in more than a few of the places that both have, or lack one that others have."""
    both = one.index.intersection(other.index)
    if both.empty or (whole and len(both) < len(other)):
        return True
    a, b = one.loc[both].to_numpy(float), other.loc[both].to_numpy(float)
    return bool((np.abs(a - b) > SAME * np.maximum(np.abs(a), np.abs(b)) + SAME).mean() > FEW)
