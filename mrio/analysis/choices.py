"""Which provinces change sign or rank when one choice of the study is made otherwise."""

from __future__ import annotations

import pandas as pd
import xarray as xr

from mrio import labels


def compare_choice(choice: str, alternative: str, base: xr.DataArray, other: xr.DataArray) -> pd.DataFrame:
    """Return one row a province: value and rank under the study's choice and under the alternative.

    Rank 1 is the largest value; a sign change is reported only between values that are both not zero.

    Parameters
    ----------
    choice, alternative : str
        What was changed, and to what.
    base, other : DataArray (region)
        The same quantity under both.
    """
    regions = base["region"].values.tolist()
    other = other.sel(region=regions)
    table = pd.DataFrame({
        "choice": choice,
        "alternative": alternative,
        "quantity": base.name,
        "unit": base.attrs["unit"],
        "province": regions,
        "province_zh": [labels.province_name(region, "zh") for region in regions],
        "value": base.values,
        "alternative_value": other.values,
    })  # fmt: skip
    table["changes_sign"] = table["value"] * table["alternative_value"] < 0
    for name in ("value", "alternative_value"):
        table[f"rank_{name}"] = table[name].rank(ascending=False, method="min").astype(int)
    table["rank_change"] = table["rank_value"] - table["rank_alternative_value"]
    return table


def compare_choices(base: xr.DataArray, alternatives: list[tuple[str, str, xr.DataArray]]) -> pd.DataFrame:
    """Return :func:`compare_choice` of every (choice, alternative, values) against `base`, one under the other."""
    return pd.concat([compare_choice(choice, name, base, other) for choice, name, other in alternatives],
                     ignore_index=True)  # fmt: skip
