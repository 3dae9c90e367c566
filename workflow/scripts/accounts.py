"""Table and emissions -> accounts of every definition and resolution, and Table 1."""

from mrio.accounts import assert_residual_small
from mrio.jobs import reporting
from mrio.readers.emissions import read_emissions
from mrio.readers.netcdf import read_netcdf
from mrio.study.accounts import accounts_grid
from mrio.tables import transfers_table, write_table

with reporting(snakemake.log[0]):
    table = read_netcdf(snakemake.input.table)
    emissions = read_emissions(*snakemake.input.emissions, regions=table.regions, scheme=table.scheme, year=table.year)
    p = snakemake.params
    made = accounts_grid(table, emissions["F"], emissions["F_Y"], methods=p.methods, resolutions=p.resolutions)
    assert_residual_small(made, p.residual_carbon)
    made.to_netcdf(snakemake.output.accounts, engine="h5netcdf")
    write_table(transfers_table(made), snakemake.output.table)
