"""The flows between provinces as a network: strength, degree at a threshold, largest partners."""

from __future__ import annotations

import numpy as np
import xarray as xr

from mrio.errors import ConfigError


def network(flows: xr.DataArray, threshold: float) -> xr.Dataset:
    """Return strength and degree of every province in the network of embodied flows.

    Parameters
    ----------
    flows : DataArray (region, to_region)
        E[r, s]; what stays at home is no link.
    threshold : float
        A flow of at least this much is a link, in the unit of the flows.

    Returns
    -------
    Dataset (region)
        ``strength_out``, ``strength_in``: flows added up, whatever their size.  ``degree_out``, ``degree_in``: numbers
        of links.  ``largest_to``, ``largest_from``: the partner of the largest flow, ``""`` without any.

    Raises
    ------
    ConfigError
        If the threshold is not above 0: at 0 every pair is a link.
    """
    if not threshold > 0:
        raise ConfigError(f"the threshold of a link is {threshold:g}, expected above 0.")
    E = flows.transpose("region", "to_region").values * (1.0 - np.eye(flows.sizes["region"]))
    links = threshold <= E
    data: dict[str, object] = {
        "strength_out": ("region", E.sum(1), {"unit": flows.attrs["unit"]}),
        "strength_in": ("region", E.sum(0), {"unit": flows.attrs["unit"]}),
        "degree_out": ("region", links.sum(1)),
        "degree_in": ("region", links.sum(0)),
        "largest_to": ("region", _largest(E, flows["region"].values)),
        "largest_from": ("region", _largest(E.T, flows["region"].values)),
    }
    attrs = {"threshold": threshold, "unit": flows.attrs["unit"], "links": int(links.sum())}
    return xr.Dataset(data, {"region": flows["region"].values}, attrs)


def _largest(E: np.ndarray, regions: np.ndarray) -> list[str]:
    return [str(regions[np.argmax(row)]) if row.max() > 0 else "" for row in E]
