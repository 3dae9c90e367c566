"""Tables 1-3 of two provinces with one sector, worked out by hand: a program for an interpreter of its own."""

#: Makes `made` (accounts), `shared` (responsibility) and `paid` (compensation) with the library alone.
PROGRAM = """
import xarray as xr

import mrio

table = mrio.Table.from_arrays([[20, 10], [5, 40]], [[60, 10], [20, 35]], exports=[0, 20], year=2017,
                               regions=["North", "South"], sectors=["all"], categories=["final"])
F = xr.DataArray([[3.0], [5.0]], {"region": table.regions, "sector": table.sectors}, attrs={"unit": "Mt"})
made = mrio.accounts(table, F)
shared = mrio.responsibility(table, made)
gdp = xr.DataArray([60000.0, 30000.0], {"region": table.regions})
paid = mrio.compensation(made["net_transfer"], gdp, 0 * gdp + 0.3)
for number in (made["net_transfer"][0], shared["shared"].sum(), paid["amount"][0]):
    print(round(float(number), 4))
"""

#: By hand: A = [[.2, 10/120], [.05, 1/3]], f = [.03, 5/120]; the shared responsibility of both is all 8 Mt; North pays.
PRINTED = ["0.9528", "8.0", "-0.5202"]
