"""Random balanced tables for property tests, and one-call factories of them.

A table is made the way an economy is: technology A (productive), final demand, exports and a residual first; output
x = (I - A)^-1 (Y + e + eps) follows, so both identities hold to rounding.  Sectors without output, negative
inventories, one region and one sector all occur.
"""

from __future__ import annotations

import numpy as np
import xarray as xr
from hypothesis import strategies as st

from mrio.table.interregional import Table

CATEGORIES = ["rural", "urban", "government", "gfcf", "inventory"]


def random_table(
    seed: int = 0,
    regions: int = 3,
    sectors: int = 4,
    *,
    categories: list[str] | None = None,
    zero_sectors: int = 0,
    negative_inventory: bool = True,
    residual: bool = True,
    exports: bool = True,
    components: int = 2,
    region_labels: list[str] | None = None,
    sector_labels: list[str] | None = None,
    unit: str = "10k CNY",
    year: int = 2017,
    scheme: str = "",
) -> Table:
    """Return a random balanced table; the same seed and sizes give the same table."""
    rng = np.random.default_rng([seed, regions, sectors])
    categories = CATEGORIES if categories is None else categories
    n, c = regions * sectors, len(categories)
    A = rng.random((n, n)) ** 4
    A *= rng.uniform(0.2, 0.75, n) / A.sum(0)
    Y = rng.random((n, regions, c)) ** 2 * 1e4
    if "inventory" in categories:
        inventory = categories.index("inventory")
        Y[..., inventory] *= 0
        own = np.arange(n) // sectors  # inventories are drawn on the own province, METHOD eq 1
        low = -0.2 if negative_inventory else 0.0
        Y[np.arange(n), own, inventory] = rng.uniform(low, 0.2, n) * Y.sum((1, 2))
    e = rng.random(n) * 2e4 * exports
    eps = rng.uniform(-0.05, 0.05, n) * Y.sum((1, 2)) * residual
    dead = rng.choice(n, size=min(zero_sectors, n - 1), replace=False)
    A[dead], A[:, dead], Y[dead], e[dead], eps[dead] = 0, 0, 0, 0, 0
    x = np.linalg.solve(np.eye(n) - A, Y.sum((1, 2)) + e + eps)
    x[dead] = 0
    Z = A * x
    primary = x - Z.sum(0)
    shares = rng.dirichlet(np.ones(components + 1), n).T
    return Table.from_arrays(
        Z,
        Y.reshape(n, regions * c),
        exports=e,
        residual=eps,
        output=x,
        imports=shares[0] * primary,
        imports_final=rng.random((regions, c)) * 1e3,
        value_added=(shares[1:] * primary).reshape(components, regions, sectors),
        regions=region_labels or [f"r{k}" for k in range(regions)],
        sectors=sector_labels or [f"s{k}" for k in range(sectors)],
        categories=categories,
        components=[f"VA{k + 1:03d}" for k in range(components)],
        year=year,
        unit=unit,
        scheme=scheme,
    )


def random_emissions(table: Table, seed: int = 0) -> tuple[xr.DataArray, xr.DataArray]:
    """Return F (region, sector) and F_Y (region), Mt, for a table; F is zero where output is."""
    rng = np.random.default_rng([seed, 7])
    F = rng.random(table.output.shape) * 10 * (table.output.values > 0)
    coords = {"region": table.regions, "sector": table.sectors}
    F_Y = xr.DataArray(rng.random(len(table.regions)), {"region": table.regions}, ("region",), attrs={"unit": "Mt"})
    return xr.DataArray(F, coords, ("region", "sector"), attrs={"unit": "Mt"}), F_Y


@st.composite
def balanced_tables(draw, max_regions: int = 4, max_sectors: int = 5, min_regions: int = 1, min_sectors: int = 1):
    """Draw a balanced table: any size from one region and one sector up, with or without the awkward parts."""
    regions = draw(st.integers(min_regions, max_regions))
    sectors = draw(st.integers(min_sectors, max_sectors))
    return random_table(
        draw(st.integers(0, 10_000)),
        regions,
        sectors,
        categories=draw(st.sampled_from([CATEGORIES, ["household", "inventory"], ["final"]])),
        zero_sectors=draw(st.integers(0, 2)),
        negative_inventory=draw(st.booleans()),
        residual=draw(st.booleans()),
        exports=draw(st.booleans()),
        components=draw(st.integers(1, 3)),
    )


@st.composite
def tables_with_emissions(draw, **sizes):
    """Draw (table, F, F_Y)."""
    table = draw(balanced_tables(**sizes))
    return table, *random_emissions(table, draw(st.integers(0, 10_000)))
