"""Net transfers and compensation after each province's own sink, beside those without."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import xarray as xr

from .. import labels
from ..compensation import Curve, compensation
from ..errors import LabelError
from .forests import check_unit


def transfer_after_sink(net_transfer: xr.DataArray, sink: xr.DataArray) -> xr.Dataset:
    """Return net transfers after each province's own sink: NT'_r = (C_r - K_r) - P_r = NT_r - K_r, Mt.

    The sink K (> 0 takes up) is set against the province's own consumption, so NT > 0 still pays: a payer with a sink
    pays less and may become a receiver, a receiver with a sink receives more.  Sums: sum NT' = sum NT - sum K; the
    uptake is nobody else's emission, so NT' does not add up to zero, and a fund on it lacks p rho K.

    Parameters
    ----------
    net_transfer : DataArray (region)
        NT = C - P, Mt, > 0 pays.
    sink : DataArray (region)
        K, Mt CO2 a year, of at least these regions.

    Returns
    -------
    Dataset
        ``net_transfer``, ``sink``, ``net_transfer_after_sink`` (Mt) and ``role``, ``role_after_sink``
        (``pays``, ``receives``, ``neither``).

    Raises
    ------
    UnitError
        If either is not in Mt.
    LabelError
        If a province of the net transfer has no sink.
    """
    for data, what in ((net_transfer, "net transfer"), (sink, "sink")):
        check_unit(data, "Mt", what)
    missing = [r for r in net_transfer["region"].values if r not in sink["region"].values]
    if missing:
        raise LabelError(f"there is no sink of {', '.join(missing)}; the forest inventories must cover every province.")
    sink = sink.sel(region=net_transfer["region"])
    after = (net_transfer - sink).assign_attrs(unit="Mt")
    return xr.Dataset({
        "net_transfer": net_transfer,
        "sink": sink,
        "net_transfer_after_sink": after,
        "role": _role(net_transfer),
        "role_after_sink": _role(after),
    })  # fmt: skip


def _role(net_transfer: xr.DataArray) -> xr.DataArray:
    words = np.select([net_transfer.values > 0, net_transfer.values < 0], ["pays", "receives"], "neither")
    return net_transfer.copy(data=words).assign_attrs(unit="")


def compensation_after_sink(
    net_transfer: xr.DataArray,
    sink: xr.DataArray | None,
    basis: str,
    gdp_per_capita: xr.DataArray,
    engel: xr.DataArray,
    price: float = 100.0,
    curve: str | Curve | Mapping = "liao2022",
) -> pd.DataFrame:
    """Return who pays and who receives without and with own sinks, a row a province and a total.

    Amounts by :func:`mrio.compensation.compensation` on NT and on NT', 10^8 yuan, receives +, pays -.  Where there is
    no sink its columns are empty and ``sink_basis`` says why.

    Parameters
    ----------
    net_transfer : DataArray (region)
        NT, Mt.
    sink : DataArray (region) or None
        Mt CO2 a year, of at least these regions.
    basis : str
        What the sink rests on, or why there is none.
    gdp_per_capita, engel, price, curve
        As for :func:`mrio.compensation.compensation`.
    """
    regions = net_transfer["region"].values.tolist()
    plain = compensation(net_transfer, gdp_per_capita, engel, price, curve)
    columns = {
        "region": regions,
        "region_zh": [labels.province_name(region, "zh") for region in regions],
        "net_transfer_Mt": net_transfer.values,
        "sink_Mt_per_year": np.nan,
        "net_transfer_after_sink_Mt": np.nan,
        "role": _role(net_transfer).values,
        "role_after_sink": "",
        "amount_100M_CNY": plain["amount"].values,
        "amount_after_sink_100M_CNY": np.nan,
    }
    if sink is not None:
        after = transfer_after_sink(net_transfer, sink)
        changed = after["net_transfer_after_sink"]
        amount = compensation(changed, gdp_per_capita, engel, price, curve)["amount"]
        columns |= {
            "sink_Mt_per_year": after["sink"].values,
            "net_transfer_after_sink_Mt": changed.values,
            "role_after_sink": after["role_after_sink"].values,
            "amount_after_sink_100M_CNY": amount.values,
        }
    table = pd.DataFrame(columns)
    numbers = table.select_dtypes("number").sum(min_count=1)
    total = {"region": "Total", "region_zh": "合计", "role": "", "role_after_sink": "", **numbers}
    return pd.concat([table, pd.DataFrame([total])[table.columns]], ignore_index=True).assign(sink_basis=basis)
