"""Table and emissions -> net transfers in every scope, to stand beside those that are printed."""

from pathlib import Path

from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.netcdf import read_netcdf
from mrio.review.comparison.scoped import scoped_transfers
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    table = read_netcdf(Path(snakemake.input.table))
    F = read_emissions(*snakemake.input.emissions, regions=table.regions, scheme=table.scheme, year=table.year)["F"]
    nets = scoped_transfers(table, F, **snakemake.params.variant)
    nets.rename("net_transfer").to_netcdf(snakemake.output[0], engine="h5netcdf")
