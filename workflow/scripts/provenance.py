"""Inputs, configuration, code, warnings and results -> provenance.json."""

import json
from pathlib import Path

import pandas as pd

from mrio.review.origin import Run, provenance, read_table_attrs
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    i, p = snakemake.input, snakemake.params
    data, results = ([Path(path) for path in paths] for paths in (i.data, i.results))
    run = Run(int(snakemake.wildcards.year), p.config, p.code)
    record = provenance(run, data, results, read_table_attrs(i.table), pd.read_csv(i.validation))
    text = json.dumps(record, indent=2, ensure_ascii=False)
    Path(snakemake.output.provenance).write_text(text + "\n", encoding="utf-8", newline="\n")
