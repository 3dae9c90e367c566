"""Several years -> why their results changed, step by step, and its figure."""

from pathlib import Path

from mrio.analysis.decomposition import chained, comparable
from mrio.outputs.decomposition_tables import decomposition_pairs, decomposition_table
from mrio.outputs.figures.analysis_figures import decomposition_bars
from mrio.outputs.figures.style import save_all
from mrio.outputs.table_files import write_table
from mrio.study.jobs import reporting
from mrio.study.observed import at_prices, observe

with reporting(snakemake.log[0], snakemake.output):
    given = snakemake.input
    deflators = Path(given.deflators[0]) if given.deflators else None
    files = zip(given.tables, given.emissions, snakemake.params.socioeconomic, strict=True)
    seen = [at_prices(observe(*paths), deflators) for paths in files]
    steps = chained(comparable(seen, snakemake.params.sectors))
    write_table(decomposition_table(steps), snakemake.output.table)
    write_table(decomposition_pairs(steps), snakemake.output.pairs)
    folder = Path(snakemake.output.figures[0]).parent
    for language in snakemake.params.languages:
        made = decomposition_bars(steps, "net_transfer", language)
        save_all({"decomposition": made}, folder, language, snakemake.params.formats)
