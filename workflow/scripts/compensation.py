"""Net transfers and socioeconomic figures -> compensation, Table 3, the presets side by side, who pays whom."""

import xarray as xr

from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.inputs.spread_file import read_spread
from mrio.outputs.detail_tables import payments_table, presets_table
from mrio.outputs.tables import compensation_table, with_spread, write_table
from mrio.study.grid_payment import compensation_grid, payments_grid, presets_grid, transfer_base
from mrio.study.grid_spread import amount_deviation
from mrio.study.jobs import reporting

with reporting(snakemake.log[0]):
    accounts = xr.load_dataset(snakemake.input.accounts, engine="h5netcdf")
    shared = [xr.load_dataset(path, engine="h5netcdf") for path in snakemake.input.shared]
    regions, year = accounts["region"].values.tolist(), int(snakemake.wildcards.year)
    figures = read_socioeconomic(*snakemake.input.socioeconomic, regions=regions, year=year)
    p = snakemake.params
    nets = transfer_base(accounts, *(shared or [None]), p.base)
    money = compensation_grid(nets, figures, price=p.carbon_price, curve=p.curve)
    money.to_netcdf(snakemake.output.compensation, engine="h5netcdf")
    table3 = compensation_table(money)
    for path in snakemake.input.spread:
        table3 = with_spread(table3, amount_deviation(read_spread(path), money), {"amount": "amount"})
    write_table(table3, snakemake.output.table)
    write_table(
        presets_table(presets_grid(nets, figures, price=p.carbon_price, curve=p.curve)), snakemake.output.presets
    )
    write_table(payments_table(payments_grid(money, accounts), money), snakemake.output.payments)
