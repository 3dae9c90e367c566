"""What the page knows: accounts, flows and tables as plain JSON, with every name in English and Chinese."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.equations.payment import CURVES, Curve, curve_named
from mrio.outputs.column_headings import heading
from mrio.outputs.columns import Column, money_in
from mrio.outputs.geography import by_region, group_names, tiles
from mrio.outputs.printed_pages import SIGNED, decimals, pages
from mrio.outputs.table_files import ten_digits
from mrio.table.interregional import ESTIMATED
from mrio.words.atlas_words import ATLAS
from mrio.words.cell_words import CELLS, ROLES
from mrio.words.door import LANGUAGES, Text, Words
from mrio.words.money_words import MONEY
from mrio.words.page_words import CAUTIONS, NUMBERS, TITLES
from mrio.words.variant_words import METHODS, SCHEMES, resolution_names

#: What an amount means to who pays it: signed as the amount.
BURDEN = ("gdp_share", "per_head")
#: Accounts of a province the page shows as a ledger.
ACCOUNTS = (
    "production", "consumption", "home", "outflow", "inflow", "exports", "excluded", "residual", "zero_output",
    "reshipped", "household", "imports", "net_transfer", "net_transfer_p_pays",
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
        Of :func:`mrio.study.grid_model.model_grid`: ``flows`` and the accounts by (resolution, definition), Mt.
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
        "words": _words(estimated, _currency(tables)),
        "definitions": [_named(key, METHODS) for key in accounts["definition"].values.tolist()],
        "resolutions": [{"key": key, "name": resolution_names(key)} for key in accounts["resolution"].values.tolist()],
        "regions": _regions(regions),
        "absent": [r for r in _regions(list(tiles(regions))) if r["key"] not in regions],
        "groups": _groups(regions),
        "flows": _numbers(accounts["flows"].values),
        "schemes": None if schemes is None else _schemes(schemes),
        "accounts": {name: _numbers(accounts[name].values) for name in ACCOUNTS if name in accounts},
        "tables": [_table(stem, table, about) for stem, table in tables.items()],
        "said": {CELLS.say(key, "en"): CELLS.both(key) for key in (*ROLES, "not_separable")},
        "mixed": [name for name in accounts.attrs.get("not_separable", "").split(", ") if name],
        "curve": _curves(carbon_price, curve) if "table3_compensation" in tables else None,
        "sources": CAUTIONS.both("source_estimated" if estimated else "source_given"),
    }


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


def _table(stem: str, table: pd.DataFrame, about: Mapping[str, object]) -> dict:
    """Return a table: what its columns are called, and its cells as the CSV file has them (10 digits)."""
    # price and curve are filled in by the page, where a reader may have moved them
    printed = pages(stem, table, {**about, "carbon_price": "{price}", "curve": "{curve}"})
    return {
        "key": stem,
        "number": NUMBERS.both(stem),
        "title": TITLES.both(stem, **about),
        # what every definition needs to be told of it; the source is the page's
        "notes": {page.definition: page.notes[:-1] for page in printed},
        "columns": [_column(label, table[label]) for label in table.columns],
        "rows": [[_cell(value) for value in row] for row in table.itertuples(index=False)],
        "total": bool(len(table)) and table.iloc[-1, 0] == CELLS.say("total", "en"),
    }


def _column(label: Column | str, values: pd.Series) -> dict:
    """Return what the page needs to know of a column; provinces and marks are columns named by text."""
    of = Column(label) if isinstance(label, str) else label
    return {
        "name": of.name,
        "definition": of.definition,
        "resolution": of.resolution,
        "quantity": of.quantity,
        "head": [heading(label, language) for language in LANGUAGES],
        "number": bool(pd.api.types.is_numeric_dtype(values)),
        "decimals": 2 if of.quantity == "gdp_share" else decimals(of.unit),
        "signed": of.quantity in SIGNED or of.quantity in BURDEN,
        "percent": of.quantity == "gdp_share",
    }


def _schemes(schemes: xr.Dataset) -> dict:
    """Return the amounts by [resolution][definition][scheme][region]; a definition is found by its key."""
    amounts = schemes["amount"].transpose("resolution", "definition", "scheme", "region").values
    keys = schemes["scheme"].values.tolist()
    return {
        "definitions": schemes["definition"].values.tolist(),
        "schemes": [_named(key, SCHEMES) for key in keys],
        "amount": _numbers(amounts),
        "outside": _numbers(schemes["outside"].transpose("resolution", "definition", "scheme").values),
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
    """Return a cell as JSON has it: numbers as the files have them, nothing known as null."""
    if isinstance(value, float):
        return None if math.isnan(value) else ten_digits(value)
    return None if value == "" else value
