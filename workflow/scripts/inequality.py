"""Accounts and population -> how unequal emissions per head are, within and between East, Middle and West."""

from mrio.equations.groups import coarsest_groups
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.result_files import read_dataset
from mrio.outputs.analysis_tables import inequality_table
from mrio.outputs.table_files import write_table
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    made = read_dataset(snakemake.input.accounts).sel(snakemake.params.variant)
    regions = made["region"].values.tolist()
    people = read_socioeconomic(*snakemake.input.socioeconomic, regions, int(snakemake.wildcards.year))["population"]
    write_table(inequality_table(made, people, coarsest_groups(regions)), snakemake.output.table)
