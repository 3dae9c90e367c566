"""What the page knows: accounts, flows and tables as plain JSON, with every name in English and Chinese."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.equations.other_schemes import OUTSIDE, SCHEMES
from mrio.equations.payment import CURVES, Curve, curve_named
from mrio.outputs.figures.matrices import by_region, group_name
from mrio.outputs.figures.tilemap import tiles
from mrio.outputs.printed_pages import DECIMALS, SIGNED, SOURCES, TABLES, pages
from mrio.outputs.tables import METHOD_NAMES, NOT_SEPARABLE, QUANTITIES, RESOLUTION_NAMES, ROLES, TOTAL, header, parts
from mrio.table.interregional import ESTIMATED
from mrio.words.atlas_words import WORDS

LANGUAGES = ("en", "zh")
#: What an amount means to who pays it: signed as the amount.
BURDEN = ("gdp_share", "per_head")
#: Accounts of a province the page shows as a ledger.
ACCOUNTS = (
    "production", "consumption", "home", "outflow", "inflow", "exports", "excluded", "residual", "zero_output",
    "reshipped", "household", "imports", "net_transfer",
)  # fmt: skip


def payload(
    accounts: xr.Dataset,
    tables: Mapping[str, pd.DataFrame],
    schemes: xr.Dataset | None,
    carbon_price: float,
    curve: Mapping,
) -> dict:
    """Return everything the page shows as JSON-ready values.

    Parameters
    ----------
    accounts : Dataset
        Of :func:`mrio.study.grid_accounts.accounts_grid`: ``flows`` and the accounts by (resolution, definition), Mt.
    tables : mapping
        File stem -> table as :mod:`mrio.outputs.tables` makes it; without ``table3_compensation`` the page has no
        sliders.
    schemes : Dataset, optional
        Of :func:`mrio.equations.other_schemes.schemes` by (resolution, definition); definitions that cannot be shared
        may be missing.
    carbon_price, curve
        Yuan per tonne, and ``preset``, ``a``, ``b``, ``G`` of the growth curve Table 3 was made with.
    """
    accounts = accounts.transpose("resolution", "definition", "region", "to_region", ...)
    regions = accounts["region"].values.tolist()
    estimated = accounts.attrs.get("source") == ESTIMATED
    about = {"year": int(accounts.attrs["year"]), "carbon_price": carbon_price, "curve": curve, "estimated": estimated}
    return {
        "year": about["year"],
        "words": {key: list(pair) for key, pair in _words(estimated).items()},
        "definitions": [_named(key, METHOD_NAMES) for key in accounts["definition"].values.tolist()],
        "resolutions": [_named(key, RESOLUTION_NAMES) for key in accounts["resolution"].values.tolist()],
        "regions": _regions(regions),
        "absent": [r for r in _regions(list(tiles(regions))) if r["key"] not in regions],
        "groups": _groups(regions),
        "flows": _numbers(accounts["flows"].values),
        "schemes": None if schemes is None else _schemes(schemes),
        "accounts": {name: _numbers(accounts[name].values) for name in ACCOUNTS if name in accounts},
        "tables": [_table(stem, table, about) for stem, table in tables.items()],
        "said": {key: [key, zh] for key, zh in ROLES.items()} | {NOT_SEPARABLE: list(WORDS["not_separable"])},
        "mixed": [name for name in accounts.attrs.get("not_separable", "").split(", ") if name],
        "curve": _curves(carbon_price, curve) if "table3_compensation" in tables else None,
        "sources": list(SOURCES[estimated]),
    }


def _words(estimated: bool) -> dict[str, tuple[str, str]]:
    """Return the words of the page; what is said of flows depends on whether they were estimated here."""
    return dict(WORDS) if estimated else {**WORDS, "note_flows": WORDS["note_flows_given"]}


def _named(key: str, names: Mapping[str, tuple[str, str]]) -> dict:
    return {"key": key, "name": list(names.get(key, (key, key)))}


def _regions(regions: Sequence[str]) -> list[dict]:
    """Return name, abbreviation, group and tile of every region, in the order given."""
    provinces, at = labels.provinces(), tiles(regions)
    order, groups = by_region(regions)
    group = dict(zip(order, groups, strict=True))
    return [
        {
            "key": region,
            "name": [labels.province_name(region, language) for language in LANGUAGES],
            "short": provinces.at[region, "abbreviation"] if region in provinces.index else region[:3],
            "group": group[region],
            "tile": list(at[region]),
        }
        for region in regions
    ]


def _groups(regions: Sequence[str]) -> list[dict]:
    """Return the groups of the regions in geographic order; regions without one are a group of their own."""
    _, groups = by_region(regions)
    names = {g: [group_name(g, language) for language in LANGUAGES] for g in dict.fromkeys(groups)}
    return [{"key": g, "name": name if g else list(WORDS["no_group"])} for g, name in names.items()]


def _table(stem: str, table: pd.DataFrame, about: Mapping[str, object]) -> dict:
    """Return a table: what its columns are called, and its cells as the CSV file has them (10 digits)."""
    number, title, *_ = TABLES[stem]
    # price and curve are filled in by the page, where a reader may have moved them
    printed = pages(stem, table, {**about, "carbon_price": "{price}", "curve": "{curve}"})
    return {
        "key": stem,
        "number": list(number),
        "title": [text.format(**about) for text in title],
        # what every definition needs to be told of it; the source is the page's
        "notes": {page.method: [list(note) for note in page.notes[:-1]] for page in printed},
        "columns": [_column(name, table[name]) for name in table.columns],
        "rows": [[_cell(value) for value in row] for row in table.itertuples(index=False)],
        "total": bool(len(table)) and table.iloc[-1, 0] == TOTAL,
    }


def _column(name: str, values: pd.Series) -> dict:
    definition, resolution, quantity = parts(name)
    heads = [header(name, language)[1] for language in LANGUAGES]
    unit = QUANTITIES[quantity][2] if quantity in QUANTITIES else ""
    return {
        "name": name,
        "definition": definition,
        "resolution": resolution,
        "quantity": quantity,
        "head": heads,
        "number": bool(pd.api.types.is_numeric_dtype(values)),
        "decimals": 2 if quantity == "gdp_share" else DECIMALS[unit],
        "signed": quantity in SIGNED or quantity in BURDEN,
        "percent": quantity == "gdp_share",
    }


def _schemes(schemes: xr.Dataset) -> dict:
    """Return the amounts by [resolution][definition][scheme][region]; a definition is found by its key."""
    amounts = schemes["amount"].transpose("resolution", "definition", "scheme", "region").values
    keys = schemes["scheme"].values.tolist()
    return {
        "definitions": schemes["definition"].values.tolist(),
        "schemes": [_named(key, SCHEMES) for key in keys],
        "amount": _numbers(amounts),
        "outside": _numbers(schemes[OUTSIDE].transpose("resolution", "definition", "scheme").values),
    }


def _curves(carbon_price: float, curve: Mapping) -> dict:
    """Return the price and curve Table 3 was made with, and the presets a reader may choose."""
    own = {key: value for key, value in curve.items() if key != "engel"}
    return {
        "text": ", ".join(str(value) if key == "preset" else f"{key} = {value}" for key, value in own.items()),
        "price": carbon_price,
        **_curve(curve_named(own)),
        "presets": {name: _curve(made) for name, made in CURVES.items()},
    }


def _curve(curve: Curve) -> dict:
    return {"a": curve.a, "b": curve.b, "G": curve.G, "pearl": curve.pearl}


def _numbers(values: np.ndarray) -> list:
    """Return nested lists with 10 significant digits, as the CSV files have them."""
    if values.ndim > 1:
        return [_numbers(part) for part in values]
    return [_cell(value) for value in values.tolist()]


def _cell(value: object) -> object:
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.10g}")
    return value.item() if isinstance(value, np.generic) else value
