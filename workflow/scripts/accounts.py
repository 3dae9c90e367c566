"""Table and emissions -> accounts of every definition and resolution, Table 1, and the walk between definitions."""

from mrio.accounts import assert_residual_small
from mrio.detail_tables import reconciliation_table
from mrio.jobs import reporting
from mrio.readers.emissions import read_emissions
from mrio.readers.netcdf import read_netcdf
from mrio.readers.spread import read_spread
from mrio.study.accounts import accounts_grid, walks
from mrio.tables import transfers_table, with_spread, write_table

with reporting(snakemake.log[0]):
    table = read_netcdf(snakemake.input.table)
    emissions = read_emissions(*snakemake.input.emissions, regions=table.regions, scheme=table.scheme, year=table.year)
    made = accounts_grid(table, emissions["F"], emissions["F_Y"], **snakemake.params.options)
    assert_residual_small(made, snakemake.params.residual_carbon)
    made.to_netcdf(snakemake.output.accounts, engine="h5netcdf")
    table1 = transfers_table(made)
    for path in snakemake.input.spread:
        table1 = with_spread(table1, read_spread(path), {name: name for name in ("consumption", "net_transfer")})
    write_table(table1, snakemake.output.table)
    for path in snakemake.output.get("reconciliation", []):
        write_table(reconciliation_table(walks(made)), path)
