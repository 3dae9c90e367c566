"""Table and emissions -> responsibility shared by value added, Table 2 by province and sector, and other schemes."""

from mrio.detail_tables import schemes_table, sectors_table
from mrio.jobs import reporting
from mrio.readers.emissions import read_emissions
from mrio.readers.netcdf import read_netcdf
from mrio.readers.spread import read_spread
from mrio.study.responsibility import responsibility_grid
from mrio.tables import responsibility_table, with_spread, write_table

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
