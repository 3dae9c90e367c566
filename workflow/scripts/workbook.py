"""Tables 1-3 and the validation report -> one workbook a person would print."""

import pandas as pd

from mrio.jobs import reporting
from mrio.tables import read_tables
from mrio.workbook import write_workbook

with reporting(snakemake.log[0]):
    checks = pd.read_csv(snakemake.input.validation)
    warnings = checks.loc[(checks["level"] == "warning") & ~checks["passed"], "message"].tolist()
    about = {"year": snakemake.wildcards.year, "warnings": warnings, **snakemake.params}
    write_workbook(read_tables(snakemake.input.tables), checks, about, snakemake.output.workbook)
