"""Net transfers and compensation after each province's own sink, beside those without."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.errors import LabelError
from mrio.units import YUAN_PER_TONNE, require_unit
from mrio.words.cell_words import CELLS

TOTAL, TOTAL_ZH = CELLS.both("total")


def transfer_after_sink(net_transfer: xr.DataArray, sink: xr.DataArray) -> xr.Dataset:
    """Return net transfers after each province's own sink: NT'_r = (C_r - K_r) - P_r = NT_r - K_r, Mt.

    The sink K (> 0 takes up) is set against the province's own consumption, so NT > 0 still pays: a payer with a sink
    pays less and may become a receiver, a receiver with a sink receives more.  Sums: sum NT' = sum NT - sum K; the
    uptake is nobody else's emission, so NT' does not add up to zero, and a fund on it lacks p rho K.

    Parameters
    ----------
    net_transfer : DataArray (region)
        Drawn from other provinces less sent to them, Mt, > 0 pays.
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
        require_unit(data, "Mt", what)
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


def compensation_after_sink(money: xr.Dataset, sink: xr.DataArray | None, basis: str, price: float) -> pd.DataFrame:
    """Return who pays and who receives without and with own sinks, one row per province and a total below.

    S'_r = -p NT'_r rho_r by the coefficients of the compensation at hand, 10^8 yuan, receives +, pays -.

    Parameters
    ----------
    money : Dataset ([resolution, definition,] region)
        Of :func:`mrio.equations.payment.compensation`: ``net_transfer`` (Mt), ``coefficient`` and ``amount``.
    sink : DataArray (region) or None
        Mt CO2 a year, of at least these regions; None leaves its columns empty.
    basis : str
        What the sink rests on, or why there is none; the column ``sink_basis``.
    price : float
        Yuan per tonne, as in `money`.
    """
    net_transfer = money["net_transfer"].assign_attrs(unit="Mt")
    none = xr.full_like(net_transfer, np.nan)
    after = transfer_after_sink(net_transfer, none.isel(_first(none)) if sink is None else sink)
    amount = -after["net_transfer_after_sink"] * price * YUAN_PER_TONNE * money["coefficient"]
    columns = {
        "net_transfer_Mt": net_transfer,
        "sink_Mt_per_year": after["sink"].broadcast_like(net_transfer),
        "net_transfer_after_sink_Mt": after["net_transfer_after_sink"],
        "role": after["role"],
        "role_after_sink": after["role_after_sink"] if sink is not None else xr.full_like(after["role"], ""),
        "amount_100M_CNY": money["amount"],
        "amount_after_sink_100M_CNY": amount,
    }
    leading: list[str] = [dim for dim in ("resolution", "definition") if dim in net_transfer.dims]
    plain = {name: data.drop_attrs() for name, data in columns.items()}
    table = xr.Dataset(plain).to_dataframe(dim_order=[*leading, "region"])[list(columns)].reset_index()
    blocks = [block for _, block in table.groupby(leading, sort=False)] if leading else [table]
    table = pd.concat([part for block in blocks for part in (block, _total(block, leading))], ignore_index=True)
    named = [TOTAL_ZH if name == TOTAL else labels.province_name(name, "zh") for name in table["region"]]
    table.insert(len(leading) + 1, "region_zh", named)
    return table.assign(sink_basis=basis)


def _first(data: xr.DataArray) -> dict[Hashable, int]:
    """Return the first place along every dimension but the region."""
    return {dim: 0 for dim in data.dims if dim != "region"}


def _total(block: pd.DataFrame, leading: list[str]) -> pd.DataFrame:
    """Return the sums of a block as one row; a sum over nothing known is not known."""
    sums = block.select_dtypes("number").sum(min_count=1)
    row = {**block.iloc[0][leading], "region": TOTAL, "role": "", "role_after_sink": "", **sums}
    return pd.DataFrame([row])[block.columns]
