"""Table and emissions of stressors beside CO2 -> accounts and shared responsibility of each."""

from pathlib import Path

from mrio.equations.flows import assert_residual_small
from mrio.formats.netcdf import read_netcdf
from mrio.study.grid_model import Choices, model_grid
from mrio.study.jobs import reporting
from mrio.study.stressor_inputs import read_stressors

with reporting(snakemake.log[0], snakemake.output):
    i, o, p = snakemake.input, snakemake.output, snakemake.params
    table = read_netcdf(i.table)
    emissions = read_stressors(dict(zip(p.stressors, map(Path, i.emissions), strict=True)), table)
    model = model_grid(table, emissions["F"], emissions["F_Y"], Choices(**p.choices))
    assert_residual_small(model.accounts, p.residual_carbon)
    for made, path in ((model.accounts, o.accounts), (model.shared, o.responsibility)):
        made.to_netcdf(path, engine="h5netcdf")
