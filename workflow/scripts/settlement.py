"""A register folder -> statements and the chart of its balance; a refused row stops it, and both say where."""

import warnings
from datetime import date
from pathlib import Path

from mrio.outputs.figures.style import save_all
from mrio.settlement.chart import balance_chart
from mrio.settlement.folder import settle_folder, write_statements
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    p, o = snakemake.params, snakemake.output
    outcome = settle_folder(p.folder, date.fromisoformat(p.as_of) if p.as_of else None)
    if outcome.refusal is not None:
        warnings.warn(f"register {snakemake.wildcards.register} stopped: {outcome.refusal}", stacklevel=1)
    write_statements(outcome, Path(o.summary).parent, "both")
    for language in p.languages:
        save_all({"balance": balance_chart(outcome, language)}, Path(o.figures[0]).parent, language, p.formats)
