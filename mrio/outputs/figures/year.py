"""The figures of a study, by file name."""

from __future__ import annotations

import xarray as xr
from matplotlib.figure import Figure

from mrio.outputs.column_headings import heading
from mrio.outputs.columns import column
from mrio.outputs.figures.bars import compensation_bars, responsibility_bars
from mrio.outputs.figures.certainty import unsure
from mrio.outputs.figures.ledger_bars import emissions_bars
from mrio.outputs.figures.matrices import region_heatmap, transfer_heatmap
from mrio.outputs.figures.net_dots import net_transfer_dots
from mrio.outputs.figures.payment_flows import payment_bands, payment_matrix
from mrio.outputs.figures.style import names
from mrio.outputs.figures.tilemap import tile_map
from mrio.outputs.two_funds import fund_of
from mrio.units import currency_of
from mrio.words.figure_words import FIGURES
from mrio.words.money_words import MONEY
from mrio.words.variant_words import variant_name


def study_figures(
    accounts: xr.Dataset, schemes: xr.Dataset, definition: str, resolution: str, language: str
) -> dict[str, Figure]:
    """Return every figure of the accounts in one language, under one definition at one resolution.

    Parameters
    ----------
    accounts, schemes : Dataset
        By (resolution, definition).  Where a definition cannot be shared (gross), schemes are of the first that can.
    """
    result = accounts.sel(resolution=resolution, definition=definition)
    shareable = schemes["definition"].values.tolist()
    by_scheme = definition if definition in shareable else shareable[0]
    note = _note(accounts, definition, resolution, language)
    net = result["net_transfer"].assign_attrs(year=result.attrs["year"])
    return {
        "figure1_emissions": emissions_bars(result, language, note),
        "net_transfers": net_transfer_dots(accounts, definition, resolution, language, note),
        "transfer_matrix": transfer_heatmap(result, language, note),
        "region_matrix": region_heatmap(result, language, note),
        "tile_map": tile_map(
            net, heading(column("net_transfer"), language), language, note, unsure=unsure(result, "net_transfer")
        ),
        "responsibility_schemes": responsibility_bars(
            schemes.sel(resolution=resolution, definition=by_scheme),
            language,
            _note(accounts, by_scheme, resolution, language),
        ),
    }


def compensation_figure(
    money: xr.Dataset, year: int, definition: str, resolution: str, language: str
) -> dict[str, Figure]:
    """Return the figures of the compensation, under one definition (or the first there is) at one resolution."""
    found = money["definition"].values.tolist()
    definition = definition if definition in found else found[0]
    chosen = money.sel(resolution=resolution, definition=definition).assign_attrs(year=year)
    called = MONEY.names(currency_of(money["amount"].attrs["unit"]))
    curve = FIGURES.say("curve_pearl" if money.attrs["pearl"] else "curve", language, money=called, **money.attrs)
    note = f"{_note(money, definition, resolution, language)}\n{curve}"
    fund = fund_of(chosen)
    return {
        "compensation": compensation_bars(chosen, language, note),
        "who_pays_whom": payment_bands(fund, year, language, note),
        "payment_matrix": payment_matrix(fund, year, language, note),
    }


def _note(data: xr.Dataset, definition: str, resolution: str, language: str) -> str:
    """Return what stands under a title: the variant, and provinces a reader must not compare with others."""
    mixed = [name for name in data.attrs.get("not_separable", "").split(", ") if name]
    listed = FIGURES.say("enumeration", language).join(names(mixed, language))
    said = FIGURES.say("not_separable", language, names=listed)
    return "\n".join([variant_name(definition, resolution, language), *([said] if mixed else [])])
