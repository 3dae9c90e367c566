"""Accounts -> groups of provinces: totals, transfers, shares of net-out and net-in, intensities."""

import xarray as xr

from mrio.equations.groups import grouped_study
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.outputs.detail_tables import groups_table
from mrio.outputs.table_files import write_table
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    accounts = xr.load_dataset(snakemake.input.accounts, engine="h5netcdf")
    regions, year = accounts["region"].values.tolist(), int(snakemake.wildcards.year)
    figures = [read_socioeconomic(path, regions=regions, year=year) for path in snakemake.input.socioeconomic]
    gdp = figures[0].get("gdp") if figures else None
    grouped = grouped_study(accounts, snakemake.params.groupings, gdp)
    write_table(groups_table(grouped), snakemake.output.table)
