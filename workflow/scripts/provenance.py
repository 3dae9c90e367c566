"""Inputs, configuration, code, warnings and results -> provenance.json."""

import json
from pathlib import Path

import pandas as pd

from mrio.review.origin import Run, provenance, read_table_attrs
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    i, p = snakemake.input, snakemake.params
    folder = Path(snakemake.output.provenance).parent
    results = {Path(path).relative_to(folder).as_posix(): Path(path) for path in i.results}
    attrs = read_table_attrs(i.table) if "table" in i.keys() else {}
    checks = pd.concat([pd.read_csv(path) for path in i.validation], ignore_index=True)
    record = provenance(Run(p.year, p.config, p.code, p.study), map(Path, i.data), results, attrs, checks)
    text = json.dumps(record, indent=2, ensure_ascii=False)
    Path(snakemake.output.provenance).write_text(text + "\n", encoding="utf-8", newline="\n")
