"""Table and emissions -> accounts of every definition and resolution, Table 1, and the walk between definitions."""

from mrio.equations.flows import assert_residual_small
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.spread_file import read_spread
from mrio.formats.netcdf import read_netcdf
from mrio.outputs.detail_tables import reconciliation_table
from mrio.outputs.tables import transfers_table, with_spread, write_table
from mrio.study.grid_accounts import accounts_grid, walks
from mrio.study.jobs import reporting

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
