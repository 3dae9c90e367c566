"""Alternative estimates -> Tables 1 and 3 without each piece of evidence, beside those of the study."""

from mrio.formats.inputs.evidence_files import read_alternatives
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.result_files import read_dataset
from mrio.outputs.table_files import write_table
from mrio.study.grid_alternatives import alternatives_table
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    accounts = read_dataset(snakemake.input.accounts)
    regions, year = accounts["region"].values.tolist(), int(snakemake.wildcards.year)
    figures = [read_socioeconomic(path, regions=regions, year=year) for path in snakemake.input.socioeconomic]
    alternatives = read_alternatives(*snakemake.input.alternatives)
    choices = {"price": snakemake.params.carbon_price, "curve": snakemake.params.curve}
    write_table(alternatives_table(alternatives, accounts, *(figures or [None]), **choices), snakemake.output.table)
