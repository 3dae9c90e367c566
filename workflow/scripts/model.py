"""Table and emissions -> accounts, shared responsibility and other schemes of every definition and resolution."""

from mrio.equations.flows import assert_residual_small
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.netcdf import read_netcdf
from mrio.study.grid_model import Choices, model_grid
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    i, o, p = snakemake.input, snakemake.output, snakemake.params
    table = read_netcdf(i.table)
    emissions = read_emissions(*i.emissions, regions=table.regions, scheme=table.scheme, year=table.year)
    model = model_grid(table, emissions["F"], emissions["F_Y"], Choices(**p.choices))
    assert_residual_small(model.accounts, p.residual_carbon)
    for made, path in ((model.accounts, o.accounts), (model.shared, o.responsibility), (model.schemes, o.schemes)):
        made.to_netcdf(path, engine="h5netcdf")
