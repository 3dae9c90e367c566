"""Net transfers and socioeconomic figures -> compensation, Table 3, the presets side by side, who pays whom."""

import xarray as xr

from mrio.detail_tables import payments_table, presets_table
from mrio.jobs import reporting
from mrio.readers.socioeconomic import read_socioeconomic
from mrio.study.compensation import compensation_grid, payments_grid, presets_grid, transfer_base
from mrio.tables import compensation_table, write_table

with reporting(snakemake.log[0]):
    accounts = xr.load_dataset(snakemake.input.accounts, engine="h5netcdf")
    shared = [xr.load_dataset(path, engine="h5netcdf") for path in snakemake.input.shared]
    regions, year = accounts["region"].values.tolist(), int(snakemake.wildcards.year)
    figures = read_socioeconomic(*snakemake.input.socioeconomic, regions=regions, year=year)
    p = snakemake.params
    nets = transfer_base(accounts, *(shared or [None]), p.base)
    money = compensation_grid(nets, figures, price=p.carbon_price, curve=p.curve)
    money.to_netcdf(snakemake.output.compensation, engine="h5netcdf")
    write_table(compensation_table(money), snakemake.output.table)
    write_table(
        presets_table(presets_grid(nets, figures, price=p.carbon_price, curve=p.curve)), snakemake.output.presets
    )
    write_table(payments_table(payments_grid(money, accounts), money), snakemake.output.payments)
