"""The accounts of five stressors as this library, pymrio and plain LU compute them, on arrays of one economy."""

from __future__ import annotations

import time

import numpy as np
import xarray as xr
from tables import Economy

from mrio.equations.flows import accounts
from mrio.table.interregional import DIMS, OPTIONAL, Table


def labelled(e: Economy) -> tuple[Table, xr.DataArray]:
    """The economy as this library's table and emissions; Z is not copied, and making them is not timed."""
    R, n = e.x.shape
    regions, sectors = [f"r{r}" for r in range(R)], [f"s{i}" for i in range(n)]
    coords = {"region": regions, "sector": sectors, "to_region": regions, "to_sector": sectors}
    coords |= {"category": ["final demand"], "component": ["total"]}
    arrays = {"Z": e.Z, "Y": e.Y[..., None], "output": e.x}
    for name in DIMS.keys() - OPTIONAL - arrays.keys():
        arrays[name] = np.zeros([len(coords[dim]) for dim in DIMS[name]])
    variables = {name: (DIMS[name], array, {"unit": "10k CNY"}) for name, array in arrays.items()}
    table = Table(xr.Dataset(variables, coords, {"year": 2017, "unit": "10k CNY", "scheme": ""}))
    stressors = {"stressor": [f"k{k}" for k in range(len(e.F))], "region": regions, "sector": sectors}
    return table, xr.DataArray(e.F, stressors, tuple(stressors), attrs={"unit": "t"})


def ours(table: Table, F: xr.DataArray, by_product: bool) -> dict[str, np.ndarray]:
    result = accounts(table, F, by_product=by_product)
    return {name: result[name].values for name in ("flows", "D_pba", "D_exp", "D_cba", "D_imp") if name in result}


def pymrio_system(e: Economy):
    """The table as pymrio's system; building it is not timed."""
    import pandas as pd
    import pymrio

    R, n = e.x.shape
    regions, sectors = [f"r{r}" for r in range(R)], [f"s{i}" for i in range(n)]
    index = pd.MultiIndex.from_product([regions, sectors], names=["region", "sector"])
    demand = pd.MultiIndex.from_product([regions, ["final demand"]], names=["region", "category"])
    stressors = pd.Index([f"k{k}" for k in range(len(e.F))], name="stressor")
    io = pymrio.IOSystem(
        Z=pd.DataFrame(e.Z.reshape(R * n, R * n), index, index, copy=False),
        Y=pd.DataFrame(e.Y.reshape(R * n, R), index, demand),
    )
    io.emissions = pymrio.Extension(
        "emissions",
        F=pd.DataFrame(e.F.reshape(-1, R * n), stressors, index),
        unit=pd.DataFrame({"unit": ["t"] * len(e.F)}, index=stressors),
    )
    return io


def pymrio_accounts(io, e: Economy) -> dict[str, np.ndarray]:
    """calc_all, and bilateral flows in the cheapest way its results allow: S (L Y) by region with numpy."""
    R, n = e.x.shape
    io.calc_all()
    X = (io.L.to_numpy() @ e.Y.reshape(R * n, R)).reshape(R, n, R)
    f = io.emissions.S.to_numpy().reshape(-1, R, n)
    accounts = {
        name: getattr(io.emissions, name).to_numpy().reshape(-1, R, n) for name in ("D_pba", "D_exp", "D_cba", "D_imp")
    }
    return accounts | {"flows": np.matmul(f.transpose(1, 0, 2), X).transpose(1, 0, 2)}


def pymrio_own_flows(io, e: Economy) -> np.ndarray:
    """All accounts, and bilateral flows as pymrio documents them: accounts of each stressor made diagonal."""
    io.calc_all()
    flows = []
    for k in range(len(e.F)):
        io.diagonal = io.emissions.diag_stressor(f"k{k}", name="diagonal")
        io.calc_extensions("diagonal")
        by_origin = io.diagonal.D_cba.groupby("region", sort=False).sum()
        flows.append(by_origin.T.groupby("region", sort=False).sum().T.to_numpy())
    return np.stack(flows)


def lu_reference(e: Economy) -> dict[str, np.ndarray]:
    """The same accounts from LAPACK's LU in double precision, and under "LU" the seconds of the factorisation alone."""
    from scipy.linalg import lu_factor, lu_solve

    R, n = e.x.shape
    N, K = R * n, len(e.F)
    matrix = np.eye(N) - e.Z.reshape(N, N) / e.x.ravel()
    start = time.perf_counter()
    factor = lu_factor(matrix, overwrite_a=True)
    accounts = {"LU": time.perf_counter() - start}
    X = lu_solve(factor, e.Y.reshape(N, R)).reshape(R, n, R)
    f = e.F / e.x
    rows = np.zeros((K, R, R, n))
    rows[:, np.arange(R), np.arange(R)] = f
    content = lu_solve(factor, rows.reshape(K * R, N).T, trans=1).T.reshape(K, R, R, n)
    by_product = np.einsum("krqj,qjs->krsj", content, e.Y, optimize=True)
    away = 1 - np.eye(R)
    del matrix, factor
    accounts["LU single"] = _single(e)
    return accounts | {
        "flows": np.einsum("kri,ris->krs", f, X, optimize=True),
        "D_pba": f * X.sum(2),
        "D_exp": f * np.einsum("ris,rs->ri", X, away, optimize=True),
        "D_cba": by_product.sum(1),
        "D_imp": np.einsum("krsj,rs->ksj", by_product, away, optimize=True),
    }


def _single(e: Economy) -> float:
    """Return the seconds of LAPACK's LU in single precision: what a refined factorisation takes at the very least."""
    from scipy.linalg import lapack

    N = e.x.size
    matrix = (np.eye(N) - e.Z.reshape(N, N) / e.x.ravel()).astype(np.float32, order="F")
    taken = []
    for _ in range(3):
        work = matrix.copy(order="F")
        start = time.perf_counter()
        lapack.sgetrf(work, overwrite_a=True)
        taken.append(time.perf_counter() - start)
    return min(taken)


def difference(one: dict, other: dict) -> float:
    """Largest relative difference of any account."""
    return max(
        float((np.abs(one[k] - other[k]) / np.abs(other[k])).max())
        for k in (one.keys() & other.keys()) - {"LU", "LU single"}
    )
