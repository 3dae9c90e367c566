"""What an estimate is: a table, and the account of what was reported, what was used and what was taken out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from mrio.table.interregional import Table

#: Accounts of the rows, and gross trade, reported beside each other as given and as used.
USES = ("intermediate", "consumption", "formation", "inventory")
MARGINS = ("outflow", "inflow", "residual", "exports", "imports")


@dataclass(frozen=True)
class Estimate:
    """A table and the account of how it came about.

    Parameters
    ----------
    table : Table
    account : xarray.Dataset
        (region, sector), in the unit of the table: accounts as ``reported_*`` and as ``used_*`` (intermediate,
        consumption, formation, inventory, outflow, inflow, residual, exports, imports), and what was taken out:
        ``re_exports``, ``exports_gathered``, ``imports_passed_on``, ``transit``; ``cross_hauling`` (shares, used) and
        ``honest`` (region), the probability that a province reports cross-hauling as it is.
    observations, bounds : DataFrame
        As :class:`mrio.estimation.chain.Reconciled`.
    """

    table: Table
    account: xr.Dataset
    observations: pd.DataFrame
    bounds: pd.DataFrame

    def corrections(self) -> pd.DataFrame:
        """Return every correction of a margin, largest first: region, sector, account, reported, used, change."""
        parts = []
        for name in (*USES, *MARGINS):
            pair = self.account[[f"reported_{name}", f"used_{name}"]].to_dataframe().reset_index()
            pair.columns = ["region", "sector", "reported", "used"]
            parts.append(pair.assign(account=name, change=pair["used"] - pair["reported"]))
        table = pd.concat(parts, ignore_index=True)
        table = table[table["change"] != 0].sort_values("change", key=np.abs, ascending=False, kind="stable")
        return table[["region", "sector", "account", "reported", "used", "change"]].reset_index(drop=True)
