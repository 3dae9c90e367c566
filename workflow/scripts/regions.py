"""Accounts -> groups of provinces: totals, transfers, shares of net-out and net-in, intensities."""

from mrio.equations.groups import grouped_study
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.result_files import read_dataset
from mrio.outputs.detail_tables import groups_table
from mrio.outputs.table_files import write_table
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    accounts = read_dataset(snakemake.input.accounts)
    regions, year = accounts["region"].values.tolist(), int(snakemake.wildcards.year)
    figures = [read_socioeconomic(path, regions=regions, year=year) for path in snakemake.input.socioeconomic]
    gdp = figures[0].get("gdp") if figures else None
    grouped = grouped_study(accounts, snakemake.params.groupings, gdp)
    write_table(groups_table(grouped), snakemake.output.table)
