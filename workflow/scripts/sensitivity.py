"""Which provinces change sign or rank when one choice of the study is made otherwise."""

import xarray as xr

from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.outputs.table_files import write_table
from mrio.outputs.tables import marked
from mrio.study.grid_choices import study_sensitivity
from mrio.study.grid_payment import Terms
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    accounts = xr.load_dataset(snakemake.input.accounts, engine="h5netcdf")
    shared = xr.load_dataset(snakemake.input.shared, engine="h5netcdf")
    regions, year = accounts["region"].values.tolist(), int(snakemake.wildcards.year)
    figures = [read_socioeconomic(path, regions=regions, year=year) for path in snakemake.input.socioeconomic]
    p = snakemake.params
    terms = Terms(p.carbon_price, p.curve, p.base)
    made = study_sensitivity(accounts, shared, *(figures or [None]), terms, p.scope)
    write_table(marked(made, accounts), snakemake.output.table)
