"""Net transfers and socioeconomic figures -> compensation, Table 3, the presets side by side, who pays whom."""

import xarray as xr

from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.outputs.detail_tables import payments_table, presets_table
from mrio.outputs.table_files import write_table
from mrio.outputs.tables import compensation_table
from mrio.study.grid_payment import (
    compensation_grid,
    payments_grid,
    presets_grid,
    transfer_base,
    with_amount_deviation,
)
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    accounts = xr.load_dataset(snakemake.input.accounts, engine="h5netcdf")
    shared = [xr.load_dataset(path, engine="h5netcdf") for path in snakemake.input.shared]
    regions, year = accounts["region"].values.tolist(), int(snakemake.wildcards.year)
    figures = read_socioeconomic(*snakemake.input.socioeconomic, regions=regions, year=year)
    o, p = snakemake.output, snakemake.params
    nets = transfer_base(accounts, *(shared or [None]), p.base)
    money = compensation_grid(nets, figures, price=p.carbon_price, curve=p.curve)
    money = with_amount_deviation(money, accounts, p.base)
    money.to_netcdf(o.compensation, engine="h5netcdf")
    write_table(compensation_table(money), o.table)
    write_table(presets_table(presets_grid(nets, figures, price=p.carbon_price, curve=p.curve)), o.presets)
    write_table(payments_table(payments_grid(money, accounts), money), o.payments)
