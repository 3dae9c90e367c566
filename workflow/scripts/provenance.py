"""Inputs, configuration, code, warnings and results -> provenance.json."""

import json
from pathlib import Path

import pandas as pd

from mrio.jobs import reporting
from mrio.provenance import provenance
from mrio.results import read_table_attrs

with reporting(snakemake.log[0]):
    i, p = snakemake.input, snakemake.params
    inputs = [Path(path) for path in (*i.raw, *i.labels, *i.reference)]
    record = provenance(int(snakemake.wildcards.year), inputs, [Path(path) for path in i.results], p.config, p.code,
                        read_table_attrs(i.table), pd.read_csv(i.validation))  # fmt: skip
    text = json.dumps(record, indent=2, ensure_ascii=False)
    Path(snakemake.output.provenance).write_text(text + "\n", encoding="utf-8", newline="\n")
