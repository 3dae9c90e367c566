"""Accounts -> figure 1 and the transfer matrix, in every language asked for."""

from pathlib import Path

import xarray as xr

from mrio import figures, tables
from mrio.jobs import reporting

with reporting(snakemake.log[0]):
    accounts = xr.load_dataset(snakemake.input.accounts, engine="h5netcdf")
    p = snakemake.params
    result = accounts.sel(resolution=p.resolution, definition=p.method)
    folder = Path(snakemake.output[0]).parent
    for language in p.languages:
        note, suffix = tables.variant_name(p.method, p.resolution, language), "_zh" if language == "zh" else ""
        figures.save(figures.emissions_bars(result, language, note), folder / f"figure1_emissions{suffix}")
        figures.save(figures.transfer_heatmap(result, language, note), folder / f"transfer_matrix{suffix}")
