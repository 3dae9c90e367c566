"""Every CSV of a year's results -> datapackage.json, which says what their columns mean."""

import json
from pathlib import Path

from mrio.outputs.data_dictionary import datapackage
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    path = Path(snakemake.output[0])
    name = f"results-{snakemake.wildcards.year}"
    made = datapackage(map(Path, snakemake.input.tables), path.parent, name, snakemake.params.stressors)
    path.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
