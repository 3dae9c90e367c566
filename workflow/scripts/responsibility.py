"""Table and emissions -> responsibility shared by value added, and Table 2."""

from mrio.jobs import reporting
from mrio.readers.emissions import read_emissions
from mrio.readers.netcdf import read_netcdf
from mrio.study.responsibility import responsibility_grid
from mrio.tables import responsibility_table, write_table

with reporting(snakemake.log[0]):
    table = read_netcdf(snakemake.input.table)
    emissions = read_emissions(*snakemake.input.emissions, regions=table.regions, scheme=table.scheme, year=table.year)
    p = snakemake.params
    shared = responsibility_grid(table, emissions["F"], methods=p.methods, resolutions=p.resolutions, **p.options)
    shared.to_netcdf(snakemake.output.responsibility, engine="h5netcdf")
    write_table(responsibility_table(shared), snakemake.output.table)
