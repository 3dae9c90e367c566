"""Results and the validation report -> one workbook a person would print."""

from pathlib import Path

import pandas as pd
import xarray as xr

from mrio.outputs.tables import tables_of
from mrio.outputs.workbook import write_workbook
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    made = {Path(path).stem: xr.load_dataset(path, engine="h5netcdf") for path in snakemake.input.results}
    checks = pd.read_csv(snakemake.input.validation)
    warnings = checks.loc[(checks["level"] == "warning") & ~checks["passed"], "message"].tolist()
    about = {"year": snakemake.wildcards.year, "warnings": warnings, **snakemake.params}
    write_workbook(tables_of(made), checks, about, snakemake.output.workbook)
