"""Table 2 by province and industry, as the study describes it: four pages, one industry a column."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.outputs.columns import Column, column, measures_of
from mrio.outputs.page_sums import added_note
from mrio.outputs.printed_pages import Page, joined, variant_names
from mrio.units import conversion, in_currency_of
from mrio.words.cell_words import CELLS
from mrio.words.page_words import CAUTIONS, NOTES, NUMBERS, TITLES
from mrio.words.quantity_words import QUANTITIES

STEM = "table2_sectors"
#: Quantity -> the variable it is; the letters of the pages follow.
QUANTITIES_OF = {
    "outflow_value_added": "outflow_value_added_by_sector",
    "outflow_value": "outflow_by_sector",
    "alpha": "alpha",
    "allocated": "allocated_by_sector",
}
ALL = "all"


def industry_pages(shared: xr.Dataset, about: Mapping[str, object]) -> list[Page]:
    """Return the pages of every resolution under the first definition of the flow.

    Parameters
    ----------
    shared : Dataset
        Of the model, by (resolution, definition, region, sector).
    about : mapping
        ``year``, optional ``estimated``.
    """
    made = []
    definition = str(shared["definition"].values[0])
    for resolution in shared["resolution"].values.tolist():
        at = shared.sel(resolution=resolution, definition=definition)
        for letter, (quantity, variable) in zip("abcd", QUANTITIES_OF.items(), strict=True):
            if variable in at:
                made.append(_page(at, (quantity, letter), (definition, resolution), about))
    return made


def _page(at: xr.Dataset, which: tuple[str, str], variant: tuple[str, str], about: Mapping[str, object]) -> Page:
    (quantity, letter), (definition, resolution) = which, variant
    own = definition if quantity == "allocated" else ""
    told = measures_of(at, "outflow")
    base = column(quantity, resolution, own, told=told)
    regions = at["region"].values.tolist()
    english, chinese = CELLS.both("total")
    rows = pd.DataFrame({
        "province": [*regions, english],
        "province_zh": [*(labels.province_name(region, "zh") for region in regions), chinese],
    })  # fmt: skip
    values = _with_totals(at, quantity)
    columns = []
    for k, sector in enumerate([*at["sector"].values.tolist(), ALL]):
        label = Column(base.quantity, base.resolution, base.definition, "", base.unit, base.stressor, sector)
        rows[label] = values[:, k]
        columns.append(label)
    sums = {} if quantity == "alpha" else {columns[-1]: dict.fromkeys(columns[:-1], 1)}
    named = QUANTITIES.both(quantity)
    title = joined("colon", TITLES.both(STEM, quantity=named, **about), variant_names(own, resolution))
    added = () if quantity == "alpha" else (added_note(rows, columns, sums),)
    source = CAUTIONS.both("source_estimated" if about.get("estimated") else "source_given")
    number = NUMBERS.both(STEM, letter=letter)
    notes = (NOTES.both(STEM), source)
    return Page(STEM, "", own, resolution, number, title, tuple(columns), rows, notes, added, sums, letter)


def _with_totals(at: xr.Dataset, quantity: str) -> np.ndarray:
    """Return a quantity by province and industry, with the sums of both behind; alpha is a ratio of sums throughout."""
    if quantity == "alpha":
        part, whole = (_with_sums(at[QUANTITIES_OF[name]]) for name in ("outflow_value_added", "outflow_value"))
        return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    values = at[QUANTITIES_OF[quantity]]
    money = at["outflow"].attrs["unit"]
    factor = 1.0 if quantity == "allocated" else conversion(money, in_currency_of(money, "100M CNY"))
    return _with_sums(values) * factor


def _with_sums(values: xr.DataArray) -> np.ndarray:
    known = values.transpose("region", "sector").values
    beside = np.concatenate([known, known.sum(axis=1, keepdims=True)], axis=1)
    return np.concatenate([beside, beside.sum(axis=0, keepdims=True)])
