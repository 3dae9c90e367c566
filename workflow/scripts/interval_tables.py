"""Results with intervals -> intervals of every number of Tables 1-3, of flows, and who pays whom."""

from pathlib import Path

import pandas as pd

from mrio.formats.result_files import read_dataset
from mrio.outputs.interval_tables import intervals_table, pairs_table
from mrio.outputs.table_files import write_table
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    made = {Path(path).stem: read_dataset(path) for path in snakemake.input.results}
    write_table(intervals_table(made), snakemake.output.intervals)
    pairs = [pairs_table(made["accounts"], "flows", "flow")]
    if "compensation" in made:
        pairs.append(pairs_table(made["compensation"], "paid", "received"))
    write_table(pd.concat(pairs, ignore_index=True), snakemake.output.pairs)
