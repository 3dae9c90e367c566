"""Table and emissions -> responsibility shared by value added, Table 2 by province and sector, and other schemes."""

from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.spread_file import read_spread
from mrio.formats.netcdf import read_netcdf
from mrio.outputs.detail_tables import schemes_table, sectors_table
from mrio.outputs.tables import responsibility_table, with_spread, write_table
from mrio.study.grid_sharing import responsibility_grid
from mrio.study.jobs import reporting

with reporting(snakemake.log[0]):
    table = read_netcdf(snakemake.input.table)
    emissions = read_emissions(*snakemake.input.emissions, regions=table.regions, scheme=table.scheme, year=table.year)
    shared, amounts = responsibility_grid(table, emissions["F"], **snakemake.params.options)
    shared.to_netcdf(snakemake.output.responsibility, engine="h5netcdf")
    amounts.to_netcdf(snakemake.output.schemes, engine="h5netcdf")
    table2 = responsibility_table(shared)
    for path in snakemake.input.spread:
        table2 = with_spread(table2, read_spread(path), {"alpha": "alpha_region", "shared": "shared"})
    write_table(table2, snakemake.output.table)
    write_table(sectors_table(shared), snakemake.output.sectors)
    write_table(schemes_table(amounts), snakemake.output.schemes_table)
