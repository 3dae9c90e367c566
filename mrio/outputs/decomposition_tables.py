"""Tables of why results changed, by province and by pair; every row says its years, sectors and prices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.analysis.terms import by_account


def decomposition_table(steps: Sequence[xr.Dataset]) -> pd.DataFrame:
    """Return why production, consumption and the net transfer changed: one row per step, quantity and province.

    With several steps, rows from the first to the last year follow, which add the steps up.  ``<factor>_Mt`` is the
    Shapley value; ``<factor>_gap_Mt`` the distance between the two polar forms: how much the order of factors matters.
    """
    by_step = [by_account(step) for step in steps]
    blocks = [
        _factors_of(step, quantity, of)
        for step, accounts in zip(steps, by_step, strict=True)
        for quantity, of in accounts.items()
    ]
    if len(steps) > 1:
        blocks += [_whole(steps, quantity, [of[quantity] for of in by_step]) for quantity in by_step[0]]
    table = pd.concat(blocks, ignore_index=True)
    table.insert(7, "province_zh", [labels.province_name(name, "zh") for name in table["province"]])
    return table


def _about(steps: Sequence[xr.Dataset]) -> dict[str, object]:
    first, last = steps[0], steps[-1]
    return {"from": first.attrs["from"], "to": last.attrs["to"], "definition": first.attrs["definition"],
            "sectors": first.attrs["scheme"], "prices": first.attrs["prices"]}  # fmt: skip


def _factors_of(step: xr.Dataset, quantity: str, of: xr.Dataset) -> pd.DataFrame:
    terms, ends = of["terms"].transpose("form", "factor", "region"), of["values"].transpose("end", "region")
    return _block(_about([step]) | {"quantity": quantity}, ends.values, terms.sel(form="shapley"), _gap(terms))


def _gap(terms: xr.DataArray) -> xr.DataArray:
    """Return the distance between the two polar forms."""
    return abs(terms.sel(form="polar_forward", drop=True) - terms.sel(form="polar_backward", drop=True))


def _whole(steps: Sequence[xr.Dataset], quantity: str, accounts: Sequence[xr.Dataset]) -> pd.DataFrame:
    """Return the rows from the first to the last year: terms and gaps of all steps added up."""
    parts = [of["terms"].transpose("form", "factor", "region") for of in accounts]
    ends = np.stack([accounts[0]["values"].sel(end="start").values, accounts[-1]["values"].sel(end="end").values])
    gaps = xr.concat([_gap(part) for part in parts], "step").sum("step")
    shapley = xr.concat([part.sel(form="shapley", drop=True) for part in parts], "step").sum("step")
    return _block(_about(steps) | {"quantity": quantity}, ends, shapley, gaps)


def _block(about: dict, ends: np.ndarray, shapley: xr.DataArray, gaps: xr.DataArray) -> pd.DataFrame:
    columns = {"province": shapley["region"].values, "start_Mt": ends[0], "end_Mt": ends[1]}
    columns["change_Mt"] = ends[1] - ends[0]
    columns |= {f"{name}_Mt": shapley.sel(factor=name).values for name in shapley["factor"].values}
    columns |= {f"{name}_gap_Mt": gaps.sel(factor=name).values for name in gaps["factor"].values}
    return pd.DataFrame(about | columns)


def decomposition_pairs(steps: Sequence[xr.Dataset]) -> pd.DataFrame:
    """Return why every embodied flow changed: one row per step, emitting province and destination, Shapley values."""
    blocks = []
    for step in steps:
        pairs = step.sum("sector").transpose(..., "region", "destination")
        terms = pairs["terms"].sel(form="shapley", drop=True)
        index = pd.MultiIndex.from_product([pairs["region"].values, pairs["destination"].values])
        start, end = (values.reshape(-1) for values in pairs["values"].values)
        columns = {"province": index.get_level_values(0), "destination": index.get_level_values(1)}
        columns |= {"start_Mt": start, "end_Mt": end, "change_Mt": end - start}
        columns |= {f"{name}_Mt": terms.sel(factor=name).values.reshape(-1) for name in terms["factor"].values}
        blocks.append(pd.DataFrame(_about([step]) | columns))
    return pd.concat(blocks, ignore_index=True)
