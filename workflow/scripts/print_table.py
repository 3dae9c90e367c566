"""Results -> one of Tables 1-3 in LaTeX and Markdown, in every language asked for."""

from pathlib import Path

from mrio.formats.result_files import read_dataset
from mrio.outputs.pages_by_industry import industry_pages
from mrio.outputs.print_tables import latex_tables, markdown_tables
from mrio.outputs.printed_pages import pages
from mrio.outputs.tables import tables_of
from mrio.study.grid_stressors import results_by_stem
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    results = results_by_stem([snakemake.input.results], snakemake.input.others, snakemake.params.stressors)
    ((stem, table),) = tables_of(results).items()
    made, folder = pages(stem, table, snakemake.params.about), Path(snakemake.output[0]).parent
    if stem == "table2_responsibility":  # by industry as well, behind it
        made += industry_pages(read_dataset(snakemake.input.results), snakemake.params.about)
    for language in snakemake.params.languages:
        name = stem + ("_zh" if language == "zh" else "")
        (folder / f"{name}.tex").write_text(latex_tables(made, language), encoding="utf-8", newline="\n")
        (folder / f"{name}.md").write_text(markdown_tables(made, language), encoding="utf-8", newline="\n")
