"""Write the inputs of the example: a balanced table of five made-up regions, its emissions, GDP and Engel coefficients.

Nothing here is measured.  The table is made the way an economy is: technology, trade and final demand first, output
x = (I - A)^-1 (Y + e) follows, so that both identities hold to rounding.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from mrio.formats.inputs.emission_files import emission_dataset, write_emissions
from mrio.formats.netcdf import write_netcdf
from mrio.table.interregional import Table

YEAR, SCHEME, UNIT = 2020, "10", "M EUR"
CATEGORIES = ["rural", "urban", "government", "gfcf", "inventory"]
#: Region -> size, GDP per head (EUR), Engel coefficient.
REGIONS = {"Nordmark": (0.8, 31000, 0.21), "Westland": (2.2, 39500, 0.17), "Midland": (1.0, 32500, 0.2),
           "Eastmoor": (0.6, 24800, 0.24), "Southport": (1.7, 38200, 0.18)}  # fmt: skip
#: Sector -> weight in final demand, kg CO2 per EUR of output.
SECTORS = {"A": (2, 0.35), "B": (0.3, 0.6), "C1": (6, 0.12), "C2": (5, 0.45), "C3": (9, 0.06), "D": (2, 2.4),
           "F": (9, 0.05), "H": (4, 0.55), "G": (12, 0.06), "S": (40, 0.03)}  # fmt: skip
#: What one mine and one power region have more of than the others.
HEAVY = {("Eastmoor", "B"): 6.0, ("Eastmoor", "D"): 3.5, ("Nordmark", "D"): 1.8, ("Westland", "C2"): 2.0}


def made_up_table() -> Table:
    """Return the table: own suppliers give most, others by their size, mines and power stations where they are."""
    rng = np.random.default_rng(YEAR)
    size = np.array([of[0] for of in REGIONS.values()])
    weight = np.array([of[0] for of in SECTORS.values()])
    R, n = len(size), len(weight)
    supply = np.outer(size, np.ones(n))
    for (region, sector), times in HEAVY.items():
        supply[list(REGIONS).index(region), list(SECTORS).index(sector)] *= times
    # share of supplier r in what region s buys of product i
    share = supply[:, :, None] * (1 + 6 * np.eye(R)[:, None, :])
    share /= share.sum(0)
    technology = rng.random((n, n)) ** 2 * weight[:, None] ** 0.6
    technology *= rng.uniform(0.4, 0.6, n) / technology.sum(0)
    A = np.einsum("ris,ij->risj", share, technology).reshape(R * n, R * n)
    uses = np.array([0.12, 0.46, 0.2, 0.21, 0.01])
    Y = 2.2e3 * np.einsum("ris,i,s,c->risc", share, weight, size, uses)
    exports = 3e2 * supply * weight * np.array([0.5, 1, 1.2, 2, 3, 0.2, 0.1, 1, 0.5, 0.3])
    x = np.linalg.solve(np.eye(R * n) - A, (Y.sum((2, 3)) + exports).ravel())
    imports = 0.12 * (x - A.sum(0) * x).reshape(R, n)
    return Table.from_arrays(
        A * x, Y, exports=exports, imports=imports, output=x, regions=list(REGIONS), sectors=list(SECTORS),
        categories=CATEGORIES, year=YEAR, unit=UNIT, scheme=SCHEME, attrs={"source": "made up for the example"},
    )  # fmt: skip


def made_up_emissions(table: Table) -> xr.Dataset:
    """Return emissions of production by two fuels, and of households, Mt."""
    per_euro = np.array([of[1] for of in SECTORS.values()])
    F = table.output.values * per_euro * 1e-3  # M EUR at kg/EUR is kt
    fuels = xr.DataArray(np.round([0.3 * F, 0.7 * F], 9), {"fuel": ["raw_coal", "natural_gas"], "region": table.regions,
                         "sector": table.sectors}, ("fuel", "region", "sector"))  # fmt: skip
    heating = np.array([of[0] for of in REGIONS.values()]) * np.array([[6.0], [2.5]])
    of_homes = {"fuel": fuels["fuel"].values, "household": ["urban", "rural"], "region": table.regions}
    homes = xr.DataArray(np.stack([0 * heating, heating]), of_homes, ("fuel", "household", "region"))
    order = ("region", "fuel", "sector"), ("region", "fuel", "household")
    return emission_dataset(fuels.transpose(*order[0]), homes.transpose(*order[1]), year=YEAR, scheme=SCHEME)


def main(root: Path) -> None:
    """Write the three files of the year into a folder that holds regions.csv and sectors.csv."""
    table = made_up_table()
    write_netcdf(table, root / "mrio_10.nc")
    write_emissions(made_up_emissions(table), root / "emissions_10.csv")
    gdp = table.value_added.sum(("component", "sector")).values
    rows = []
    for (region, (_, per_head, engel)), amount in zip(REGIONS.items(), gdp, strict=True):
        people = amount * 1e6 / per_head
        rows += [(region, "gdp", f"{amount:.1f}", "M EUR"), (region, "population", f"{people:.0f}", "persons"),
                 (region, "gdp_per_capita", per_head, "EUR"), (region, "engel", engel, "ratio")]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["region", "variable", "value", "unit"])
    frame.insert(0, "year", YEAR)
    frame.assign(status="verified", source="made up").to_csv(
        root / "socioeconomic.csv", index=False, lineterminator="\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data" / "raw" / str(YEAR))
