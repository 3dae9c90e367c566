"""What the page knows of a year: accounts, flows and tables as plain JSON, every name in English and Chinese."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.equations.payment import CURVES, Curve, curve_named
from mrio.outputs.atlas.page_tables import numbers, table_data
from mrio.outputs.columns import INTERVAL, Column, money_in
from mrio.outputs.geography import by_region, group_names, tiles
from mrio.table.interregional import ESTIMATED
from mrio.words.atlas_words import ATLAS
from mrio.words.cell_words import CELLS, ROLES
from mrio.words.door import LANGUAGES, Text, Words
from mrio.words.money_words import MONEY
from mrio.words.page_words import CAUTIONS
from mrio.words.variant_words import METHODS, SCHEMES, resolution_names

#: Accounts of a province the page shows as a ledger.
ACCOUNTS = (
    "production", "consumption", "home", "outflow", "inflow", "exports", "excluded", "residual", "zero_output",
    "reshipped", "household", "imports", "net_transfer", "net_transfer_p05", "net_transfer_p95", "net_transfer_sd",
    "net_transfer_p_pays",
)  # fmt: skip
#: Flows by sector: by the sector that emits, and by the sector whose product is delivered.
BY_SECTOR = ("flows_by_origin", "flows_by_product")
#: Socioeconomic figures by which emissions are divided, and what the page calls the quotient.
PER = {"head": "population", "gdp": "gdp"}


@dataclass(frozen=True)
class Results:
    """Results of a year as the page takes them.

    Attributes
    ----------
    accounts : Dataset
        Of :func:`mrio.study.grid_model.model_grid`: ``flows`` and the accounts by (resolution, definition), Mt.
    tables : mapping
        File stem -> table as :mod:`mrio.outputs.tables` makes it; without ``table3_compensation`` the page has no
        sliders.
    schemes : Dataset, optional
        Of :func:`mrio.equations.other_schemes.schemes` by (resolution, definition); definitions that cannot be shared
        may be missing.
    figures : Dataset, optional
        ``population`` and ``gdp`` by region, for emissions per head and per GDP.
    payments : Dataset, optional
        ``paid_p05`` and ``paid_p95`` by (resolution, definition, region, to_region): what the region receives from the
        other in the balanced fund, where intervals were computed.
    carbon_price, curve
        Money per tonne, and ``preset``, ``a``, ``b``, ``G`` of the growth curve Table 3 was made with: where the
        sliders stand.
    """

    accounts: xr.Dataset
    tables: Mapping[str, pd.DataFrame]
    schemes: xr.Dataset | None = None
    figures: xr.Dataset | None = None
    payments: xr.Dataset | None = None
    carbon_price: float = 0.0
    curve: Mapping[str, Any] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year they are of."""
        return int(self.accounts.attrs["year"])


def payload(results: Results) -> dict[str, Any]:
    """Return everything the page shows of a year as JSON-ready values."""
    accounts = results.accounts.transpose("resolution", "definition", "region", "to_region", ...)
    tables, regions = results.tables, accounts["region"].values.tolist()
    estimated = accounts.attrs.get("source") == ESTIMATED
    return {
        "year": results.year,
        "words": _words(estimated, _currency(tables)),
        "definitions": [_named(key, METHODS) for key in accounts["definition"].values.tolist()],
        "resolutions": [{"key": key, "name": resolution_names(key)} for key in accounts["resolution"].values.tolist()],
        "stressors": _stressors(tables),
        "regions": _regions(regions),
        "absent": [r for r in _regions(list(tiles(regions))) if r["key"] not in regions],
        "groups": _groups(regions),
        "flows": numbers(accounts["flows"].values),
        "ends": _ends(accounts, results.payments),
        "sectors": _sectors(accounts),
        "schemes": None if results.schemes is None else _schemes(results.schemes),
        "accounts": {name: numbers(accounts[name].values) for name in ACCOUNTS if name in accounts},
        "per": _divisors(results.figures, accounts),
        "tables": [table_data(stem, table, results.year, estimated) for stem, table in tables.items()],
        "said": {CELLS.say(key, "en"): CELLS.both(key) for key in (*ROLES, "not_separable")},
        "mixed": [name for name in accounts.attrs.get("not_separable", "").split(", ") if name],
        "curve": _curves(results) if "table3_compensation" in tables else None,
        "sources": CAUTIONS.both("source_estimated" if estimated else "source_given"),
    }


def _sectors(accounts: xr.Dataset) -> dict[str, Any] | None:
    """Return the flows by sector, [resolution, definition, region, sector, to_region], packed; None without them."""
    if not set(BY_SECTOR) <= set(accounts):
        return None
    names = labels.sectors(accounts.attrs.get("sectors", "six")).loc[accounts["sector"].values.tolist()]
    order = ("resolution", "definition", "region", "sector", "to_region")
    return {
        "names": list(zip(names["name"].tolist(), names["name_zh"].tolist(), strict=True)),
        **{name: _packed(accounts[name].transpose(*order).values) for name in BY_SECTOR},
    }


def _ends(accounts: xr.Dataset, payments: xr.Dataset | None) -> dict[str, list[str]]:
    """Return both ends of the intervals between two regions, from and to, packed; only what was computed."""
    order, payer_first = (
        ("resolution", "definition", "region", "to_region"),
        ("resolution", "definition", "to_region", "region"),
    )
    found = {}
    if set(ends := [f"flows{end}" for end in INTERVAL]) <= set(accounts):
        found["flows"] = [_packed(accounts[end].transpose(*order).values) for end in ends]
    if payments is not None and set(ends := [f"paid{end}" for end in INTERVAL]) <= set(payments):
        found["paid"] = [_packed(payments[end].transpose(*payer_first).values) for end in ends]
    return found


def _packed(values: np.ndarray) -> str:
    """Return numbers as little-endian four-byte floats in base 64: seven digits in less than six characters."""
    return base64.b64encode(values.astype("<f4").tobytes()).decode("ascii")


def _divisors(figures: xr.Dataset | None, accounts: xr.Dataset) -> dict[str, list[float]]:
    """Return by what Mt are divided for tonnes per head, and for tonnes per 10^4 of GDP."""
    if figures is None or accounts.attrs.get("unit", "Mt") != "Mt":
        return {}
    known = {per: name for per, name in PER.items() if name in figures}
    # 10^6 t over 10^4 persons, and over 10^8 yuan, is 100 t per head, and per 10^4 yuan
    return {per: numbers(figures[name].sel(region=accounts["region"]).values / 100) for per, name in known.items()}


def _stressors(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return the stressors of the tables, CO2 alone where their columns name none."""
    named = [label.stressor for table in tables.values() for label in table.columns if isinstance(label, Column)]
    return list(dict.fromkeys(name for name in named if name))


def _words(estimated: bool, currency: str) -> dict[str, Text]:
    """Return the words of the page; what is said of flows depends on whether they were estimated here."""
    said = {key: ATLAS.both(key) for key in ATLAS}
    english, chinese = MONEY.names(currency)
    words = {key: (en.replace("{money}", english), zh.replace("{money}", chinese)) for key, (en, zh) in said.items()}
    given = {key: words.pop(f"{key}_given") for key in ("lead", "note_flows")}
    return words if estimated else words | given


def _currency(tables: Mapping[str, pd.DataFrame]) -> str:
    """Return the currency of the tables."""
    units = [label.unit for table in tables.values() for label in table.columns if isinstance(label, Column)]
    return next((currency for unit in units if (currency := money_in(unit))), "CNY")


def _named(key: str, words: Words) -> dict:
    return {"key": key, "name": words.names(key)}


def _regions(regions: Sequence[str]) -> list[dict]:
    """Return name, abbreviation, group and tile of every region, in the order given."""
    provinces, at = labels.regions(), tiles(regions)
    order, groups = by_region(regions)
    group = dict(zip(order, groups, strict=True))
    return [
        {
            "key": region,
            "name": [labels.province_name(region, language) for language in LANGUAGES],
            "short": _short(region, provinces),
            "group": group[region],
            "tile": list(at[region]),
        }
        for region in regions
    ]


def _short(region: str, known: pd.DataFrame) -> str:
    """Return the abbreviation of a region, or the first letters of its name where there is none."""
    return (known.at[region, "abbreviation"] if region in known.index else "") or region[:3]


def _groups(regions: Sequence[str]) -> list[dict]:
    """Return the groups of the regions in geographic order; regions without one are a group of their own."""
    _, groups = by_region(regions)
    return [{"key": g, "name": group_names(g) if g else ATLAS.both("no_group")} for g in dict.fromkeys(groups)]


def _schemes(schemes: xr.Dataset) -> dict:
    """Return the amounts by [resolution][definition][scheme][region]; a definition is found by its key."""
    amounts = schemes["amount"].transpose("resolution", "definition", "scheme", "region").values
    keys = schemes["scheme"].values.tolist()
    return {
        "definitions": schemes["definition"].values.tolist(),
        "schemes": [_named(key, SCHEMES) for key in keys],
        "amount": numbers(amounts),
        "outside": numbers(schemes["outside"].transpose("resolution", "definition", "scheme").values),
    }


def _curves(results: Results) -> dict[str, Any]:
    """Return the price and curve Table 3 was made with, and the presets a reader may choose."""
    own = {key: value for key, value in results.curve.items() if key != "engel"}
    return {
        "text": ", ".join(str(value) if key == "preset" else f"{key} = {value}" for key, value in own.items()),
        "price": results.carbon_price,
        **_curve(curve_named(own)),
        "presets": {name: _curve(made) for name, made in CURVES.items()},
    }


def _curve(curve: Curve) -> dict:
    return {"a": curve.a, "b": curve.b, "G": curve.G, "pearl": curve.pearl}
