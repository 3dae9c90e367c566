"""Table and emissions -> value added beside carbon, and links between provinces."""

from mrio.analysis.trade_value_added import gains, value_added_accounts
from mrio.equations.flows import accounts
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.netcdf import read_netcdf
from mrio.outputs.analysis_tables import network_table, value_added_pairs, value_added_table
from mrio.outputs.table_files import write_table
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    table = read_netcdf(snakemake.input.table)
    emissions = read_emissions(*snakemake.input.emissions, regions=table.regions, scheme=table.scheme, year=table.year)
    made = accounts(table, emissions["F"], emissions["F_Y"], method="mrio")
    gained = gains(value_added_accounts(table), made)
    write_table(value_added_table(gained), snakemake.output.value_added)
    write_table(value_added_pairs(gained), snakemake.output.pairs)
    write_table(network_table(made["flows"], snakemake.params.thresholds), snakemake.output.network)
