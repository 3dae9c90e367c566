"""Tables 1-3 and the validation report -> one workbook a person would print."""

import pandas as pd

from mrio.outputs.tables import read_tables
from mrio.outputs.workbook import write_workbook
from mrio.study.jobs import reporting

with reporting(snakemake.log[0]):
    checks = pd.read_csv(snakemake.input.validation)
    warnings = checks.loc[(checks["level"] == "warning") & ~checks["passed"], "message"].tolist()
    about = {"year": snakemake.wildcards.year, "warnings": warnings, **snakemake.params}
    write_workbook(read_tables(snakemake.input.tables), checks, about, snakemake.output.workbook)
