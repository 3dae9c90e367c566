"""Accounts, schemes and Tables 1-3 -> the atlas, one page that works offline."""

from pathlib import Path

import xarray as xr

from mrio.outputs.atlas.page import build_page
from mrio.outputs.tables import read_tables
from mrio.study.jobs import reporting

with reporting(snakemake.log[0]):
    accounts = xr.load_dataset(snakemake.input.accounts, engine="h5netcdf")
    schemes = xr.load_dataset(snakemake.input.schemes, engine="h5netcdf")
    page = build_page(accounts, read_tables(snakemake.input.tables), schemes, **snakemake.params.options)
    Path(snakemake.output.page).write_text(page, encoding="utf-8", newline="\n")
