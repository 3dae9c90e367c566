"""Net transfers and socioeconomic figures -> compensation, and Table 3."""

import xarray as xr

from mrio.jobs import reporting
from mrio.readers.socioeconomic import read_socioeconomic
from mrio.study.compensation import compensation_grid
from mrio.tables import compensation_table, write_table

with reporting(snakemake.log[0]):
    accounts = xr.load_dataset(snakemake.input.accounts, engine="h5netcdf")
    regions, year = accounts["region"].values.tolist(), int(snakemake.wildcards.year)
    figures = read_socioeconomic(*snakemake.input.socioeconomic, regions=regions, year=year)
    p = snakemake.params
    money = compensation_grid(
        accounts, figures["gdp_per_capita"], figures["engel"], price=p.carbon_price, curve=p.curve
    )
    money.to_netcdf(snakemake.output.compensation, engine="h5netcdf")
    write_table(compensation_table(money), snakemake.output.table)
