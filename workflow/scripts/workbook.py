"""Results and the validation report -> one workbook a person would print."""

import pandas as pd

from mrio.formats.result_files import read_dataset
from mrio.outputs.pages_by_industry import industry_pages
from mrio.outputs.printed_pages import variant_names
from mrio.outputs.tables import tables_of
from mrio.outputs.two_funds import fund_of
from mrio.outputs.workbook import Beside, write_workbook
from mrio.study.grid_stressors import results_by_stem
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    made = results_by_stem(snakemake.input.results, snakemake.input.others, snakemake.params.stressors)
    checks = pd.read_csv(snakemake.input.validation)
    warnings = checks.loc[(checks["level"] == "warning") & ~checks["passed"], "message"].tolist()
    about = {"year": snakemake.wildcards.year, "warnings": warnings, **snakemake.params}
    shared = read_dataset(snakemake.input.results[1]).isel(resolution=[0])
    fund, told = None, ("", "")
    if "compensation" in made:
        first = made["compensation"].isel(resolution=0, definition=0)
        fund, told = fund_of(first), variant_names(str(first["definition"].item()), str(first["resolution"].item()))
    beside = Beside(industry_pages(shared, about), fund, told)
    write_workbook(tables_of(made), checks, about, snakemake.output.workbook, beside)
