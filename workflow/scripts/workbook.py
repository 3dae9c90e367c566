"""Results and the validation report -> one workbook a person would print."""

import pandas as pd

from mrio.outputs.tables import tables_of
from mrio.outputs.workbook import write_workbook
from mrio.study.grid_stressors import results_by_stem
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    made = results_by_stem(snakemake.input.results, snakemake.input.others, snakemake.params.stressors)
    checks = pd.read_csv(snakemake.input.validation)
    warnings = checks.loc[(checks["level"] == "warning") & ~checks["passed"], "message"].tolist()
    about = {"year": snakemake.wildcards.year, "warnings": warnings, **snakemake.params}
    write_workbook(tables_of(made), checks, about, snakemake.output.workbook)
