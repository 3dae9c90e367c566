"""Net transfers and socioeconomic figures -> compensation, Table 3, the presets side by side, who pays whom."""

import xarray as xr

from mrio.analysis.sources import DrawNoise, Sources
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.inputs.uncertainty_file import read_uncertainty
from mrio.formats.result_files import read_dataset
from mrio.outputs.detail_tables import payments_table, presets_table
from mrio.outputs.table_files import write_table
from mrio.outputs.tables import compensation_table
from mrio.study.draw_files import read_draws
from mrio.study.grid_money_intervals import drawn_bases, money_intervals, payment_intervals
from mrio.study.grid_payment import (
    compensation_grid,
    payments_grid,
    presets_grid,
    transfer_base,
)
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    accounts = read_dataset(snakemake.input.accounts)
    shared = [read_dataset(path) for path in snakemake.input.shared]
    regions, year = accounts["region"].values.tolist(), int(snakemake.wildcards.year)
    figures = read_socioeconomic(*snakemake.input.socioeconomic, regions=regions, year=year)
    i, o, p = snakemake.input, snakemake.output, snakemake.params
    nets = transfer_base(accounts, *(shared or [None]), p.base)
    money = compensation_grid(nets, figures, price=p.carbon_price, curve=p.curve)
    payments = payments_grid(money, accounts)
    money = xr.merge([money, payments["paid"]], combine_attrs="override")
    if i.draws:
        drawn, sources = read_draws(i.draws), Sources(tuple(read_uncertainty(i.sources)))
        noise = [DrawNoise(p.uncertainty["seed"], draw) for draw in range(len(drawn))]
        bases = drawn_bases(accounts, *(shared or [None]), drawn, p.base)
        known, funds = money_intervals(money, nets, bases, figures, sources, noise)
        paid = payment_intervals(payments, accounts, funds, drawn)
        money = xr.merge([money, known, paid], combine_attrs="override")
    money.to_netcdf(o.compensation, engine="h5netcdf")
    write_table(compensation_table(money), o.table)
    write_table(presets_table(presets_grid(nets, figures, price=p.carbon_price, curve=p.curve)), o.presets)
    write_table(payments_table(payments, money), o.payments)
