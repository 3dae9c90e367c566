"""Draws with one source of uncertainty at a time -> which source moves which province by how much."""

from pathlib import Path

from mrio.analysis.sources import Sources
from mrio.formats.inputs.uncertainty_file import read_uncertainty
from mrio.formats.result_files import read_dataset
from mrio.outputs.interval_tables import sources_table
from mrio.outputs.table_files import write_table
from mrio.study.draw_files import read_draws
from mrio.study.grid_sources import source_shares
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    i, p = snakemake.input, snakemake.params
    accounts = read_dataset(i.accounts)
    money = [read_dataset(path) for path in i.compensation]
    drawn = {Path(path).stem.removeprefix("only_"): read_draws([path]) for path in i.draws}
    sources = Sources(tuple(read_uncertainty(i.sources)))
    shares = source_shares(accounts, *(money or [None]), drawn, sources, p.seed)
    write_table(sources_table(shares), snakemake.output.table)
