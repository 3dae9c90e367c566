"""Foreign trade of provinces whose input-output workbook books it together with interprovincial trade.

Owns the optional CSV that tells the two apart, and what happens without it: all trade of such a province counts as
interprovincial, and the province is marked ``not separable``.  (Counted as foreign, it would leave an inland province
no trade with the rest of the country at all.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

import numpy as np

from mrio import labels
from mrio.errors import BalanceError, InputError, LabelError, did_you_mean
from mrio.formats.records import number, read_records, stated_year
from mrio.units import conversion, known_unit

COLUMNS = ("year", "region", "sector", "exports", "imports", "unit")
_WHAT = "a foreign-trade CSV"
#: Pairs of accounts that may be booked as one: foreign, interprovincial.
_PAIRS = (("exports", "outflow"), ("imports", "inflow"))


def read_foreign_trade(
    path: str | PathLike[str], year: int, layout: Mapping
) -> dict[str, dict[str, np.ndarray | float]]:
    """Return province -> exports and imports, by product (n,) or in total, in the unit of the layout.

    The CSV has columns ``year, region, sector, exports, imports, unit``; ``sector`` is a code of the layout's scheme,
    on every product of a province, or empty on a single row that gives the province's total.

    Raises
    ------
    InputError, LabelError, UnitError
        Naming the file, row and column.
    """
    path = Path(path)
    sectors = labels.sectors(str(layout["scheme"]))["code"].tolist()
    cells: dict[str, dict[str, tuple[float, float]]] = {}
    for line, cell in read_records(path, COLUMNS, _WHAT):
        stated_year(cell, line, path, year)
        region = labels.province(cell["region"], where=f"{path}, row {line}")
        if cell["sector"] and cell["sector"] not in sectors:
            hint = did_you_mean(cell["sector"], sectors)
            raise LabelError(
                f"{path}, row {line}: sector {cell['sector']!r} is not of scheme {layout['scheme']!r}{hint}."
            )
        scale = conversion(known_unit(cell["unit"], "CNY", f"{path}, row {line}, column unit"), layout["unit"])
        given = cells.setdefault(region, {})
        if cell["sector"] in given:
            raise LabelError(f"{path}, row {line}: {region} {cell['sector'] or 'in total'} is given twice.")
        exports, imports = (number(cell, name, line, path) * scale for name in ("exports", "imports"))
        given[cell["sector"]] = exports, imports
    return {region: _of_region(region, given, sectors, path) for region, given in cells.items()}


def _of_region(region: str, given: Mapping, sectors: Sequence[str], path: Path) -> dict:
    if set(given) == {""}:
        return {"exports": given[""][0], "imports": given[""][1]}
    missing = [code for code in sectors if code not in given]
    if missing or "" in given:
        found = f"{region} without sector {missing[0]}" if missing else f"{region} both in total and by sector"
        raise InputError(found, "one row in total, or one per sector", "complete the rows", file=path)
    values = np.array([given[code] for code in sectors])
    return {"exports": values[:, 0], "imports": values[:, 1]}


def move_mixed_trade(
    trade: Mapping[str, np.ndarray], regions: Sequence[str], layout: Mapping, given: Mapping[str, Mapping] | None = None
) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """Return trade with foreign and interprovincial apart where that is known, and the marks that say where it is not.

    For a province of the layout's ``mixed_trade``, with m = foreign + interprovincial as booked, product by product::

        foreign f = what `given` says by product, or total x m / sum(m) where it says only the total
        interprovincial = m - f,   without `given`:  f = 0

    Parameters
    ----------
    trade : mapping
        exports, outflow, imports, inflow, each (R, n).
    regions : sequence of R labels
    layout : mapping
        With ``mixed_trade``, the provinces that book both together; any other province must book both.
    given : mapping, optional
        From :func:`read_foreign_trade`.

    Raises
    ------
    LabelError
        If `given` names a province that does not mix its trade.
    BalanceError
        If it gives a province more foreign trade in a product than the workbook books in all.
    InputError
        If a province that the layout does not list books no foreign or no interprovincial trade at all.
    """
    mixed, given = layout.get("mixed_trade", []), given or {}
    stray = [name for name in given if name not in mixed]
    if stray:
        raise LabelError(f"foreign trade is given for {stray[0]}, whose workbook keeps it apart; take its rows out.")
    trade = {name: np.array(values, dtype=float) for name, values in trade.items()}
    for r, region in enumerate(regions):
        for foreign, domestic in _PAIRS:
            if region in mixed:
                total = trade[foreign][r] + trade[domestic][r]
                trade[foreign][r] = _foreign(region, foreign, total, given.get(region))
                trade[domestic][r] = total - trade[foreign][r]
            elif not trade[foreign][r].any() or not trade[domestic][r].any():
                nothing = foreign if not trade[foreign][r].any() else domestic
                raise InputError(
                    f"no {nothing} in the workbook of {region}", "foreign and interprovincial trade apart",
                    f"if they are booked together, list {region} under mixed_trade of the layout",
                )  # fmt: skip
    left = [name for name in regions if name in mixed and name not in given]
    told = [name for name in regions if name in given]
    marks = {"not_separable": ", ".join(left)} if left else {}
    return trade, marks | ({"trade_separated": ", ".join(told)} if told else {})


def _foreign(region: str, name: str, booked: np.ndarray, given: Mapping | None) -> np.ndarray:
    """Return the foreign part of what a province books, (n,)."""
    if given is None:
        return np.zeros_like(booked)
    foreign = np.asarray(given[name], dtype=float)
    if foreign.ndim == 0:
        foreign = foreign * booked / max(booked.sum(), np.finfo(float).tiny)
    over = foreign - booked
    if (over > 1e-9 * max(booked.sum(), 1)).any() or (foreign < 0).any():
        at = int(np.argmax(np.where(foreign < 0, np.inf, over)))
        raise BalanceError(
            f"foreign {name} of {region}, product {at + 1}, are {foreign[at]:,.6g}, but the workbook books"
            f" {booked[at]:,.6g} in all; give the total of the province, or correct the figure."
        )
    return foreign
