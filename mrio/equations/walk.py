"""Why the three definitions differ, province by province: a walk from one net transfer to the next (METHOD eqs 3-5)."""

from __future__ import annotations

import numpy as np
import xarray as xr

from mrio.errors import BalanceError

#: The lines of the walk, in order; each number is what has to be added to reach the next subtotal.
LINES = {
    "eebt": "net transfer under eebt",
    "feedback": "own emissions that come home in others' products count as own (mrio less eebt home)",
    "through_others_exports": "own emissions that others ship abroad or to no one count as exports, not as transfer",
    "third_provinces": "others' emissions: come through third provinces too, less what was drawn only to be passed on",
    "mrio": "net transfer under mrio",
    "own_for_exports": "own emissions for everyone's exports are left out ...",
    "content_of_exports": "... and what the province's own exports contain, from anywhere, is put in",
    "gross": "net transfer under gross",
}


def reconcile_definitions(eebt: xr.Dataset, mrio: xr.Dataset, gross: xr.Dataset) -> xr.Dataset:
    """Return the walk NT_eebt -> NT_mrio -> NT_gross by province.

    With NT = home + inflow + outside - production, and outside = exports, excluded and residual, the step from eebt to
    mrio is the change of home (feedback), of outside (through others' exports) and of inflow (third provinces).  From
    mrio to gross: NT_gross = NT_mrio - f [L (e + eps)] + m (e + eps).

    Parameters
    ----------
    eebt, mrio, gross : Dataset
        Accounts of one table under the three definitions (any common leading dimensions).

    Returns
    -------
    Dataset
        One variable for each line of :data:`LINES` (region), in the unit of the accounts.

    Raises
    ------
    BalanceError
        If a walk does not arrive.
    """
    outside = {name: d["exports"] + d["excluded"] + d["residual"] for name, d in
               (("eebt", eebt), ("mrio", mrio), ("gross", gross))}  # fmt: skip
    nets = {name: d["inflow"] - d["outflow"] for name, d in (("eebt", eebt), ("mrio", mrio), ("gross", gross))}
    lines = {
        "eebt": nets["eebt"],
        "feedback": mrio["home"] - eebt["home"],
        "through_others_exports": outside["mrio"] - outside["eebt"],
        "third_provinces": mrio["inflow"] - eebt["inflow"],
        "mrio": nets["mrio"],
        "own_for_exports": -outside["mrio"],
        "content_of_exports": outside["gross"],
        "gross": nets["gross"],
    }
    walk = xr.Dataset({name: line.assign_attrs(unit=eebt.attrs["unit"], long_name=LINES[name])
                       for name, line in lines.items()}, attrs=mrio.attrs)  # fmt: skip
    _arrives(walk, "mrio", ("eebt", "feedback", "through_others_exports", "third_provinces"), eebt)
    _arrives(walk, "gross", ("mrio", "own_for_exports", "content_of_exports"), eebt)
    return walk


def _arrives(walk: xr.Dataset, end: str, steps: tuple[str, ...], accounts: xr.Dataset) -> None:
    gap = float(np.abs(sum(walk[step] for step in steps) - walk[end]).max())
    if gap > 1e-9 * float(accounts["production"].sum("region").max()):
        raise BalanceError(f"the walk to the {end} net transfer misses it by {gap:.6g} {accounts.attrs['unit']}.")
