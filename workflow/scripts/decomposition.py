"""Several years -> why their results changed, step by step, and its figure."""

from pathlib import Path

import pandas as pd

from mrio.analysis.decomposition import chained, comparable
from mrio.outputs.decomposition_page import decomposition_html
from mrio.outputs.decomposition_tables import decomposition_pairs, decomposition_table
from mrio.outputs.figures.analysis_figures import decomposition_bars
from mrio.outputs.figures.style import save_all
from mrio.outputs.table_files import write_table
from mrio.saving import write_text_file
from mrio.study.jobs import reporting
from mrio.study.observed import at_prices, observe

with reporting(snakemake.log[0], snakemake.output):
    given = snakemake.input
    deflators = Path(given.deflators[0]) if given.deflators else None
    files = zip(given.tables, given.emissions, snakemake.params.socioeconomic, strict=True)
    seen = [at_prices(observe(*paths), deflators) for paths in files]
    seen = comparable(seen, snakemake.params.sectors)
    by_definition = [chained(seen, name) for name in snakemake.params.definitions]
    table, pairs = (
        pd.concat([frame_of(steps) for steps in by_definition], ignore_index=True)
        for frame_of in (decomposition_table, decomposition_pairs)
    )
    write_table(table, snakemake.output.table)
    write_table(pairs, snakemake.output.pairs)
    for language, page in zip(snakemake.params.page_languages, snakemake.output.pages, strict=True):
        write_text_file(page, decomposition_html(table, pairs, language))
    folder = Path(snakemake.output.figures[0]).parent
    for language in snakemake.params.languages:
        made = decomposition_bars(by_definition[0], "net_transfer", language)
        save_all({"decomposition": made}, folder, language, snakemake.params.formats)
