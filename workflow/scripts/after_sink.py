"""Compensation and forest inventories -> who pays and who receives with and without own sinks."""

from mrio.forests.after_sinks import compensation_after_sink
from mrio.forests.known_sinks import sinks_where_known
from mrio.forests.regional import sink_or_reason
from mrio.formats.inputs.regional_files import read_growth_rate, read_inventories
from mrio.formats.result_files import read_dataset
from mrio.outputs.table_files import write_table
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    money = read_dataset(snakemake.input.compensation)
    stocks = [inventory["forest_stock"] for inventory in read_inventories(snakemake.input.forests)]
    sink, basis = sink_or_reason(stocks, read_growth_rate(snakemake.params.growth_rate))
    table = compensation_after_sink(money, sink, basis, snakemake.params.carbon_price)
    write_table(sinks_where_known(table), snakemake.output.table)
