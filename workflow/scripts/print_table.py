"""A table -> LaTeX and Markdown, in every language asked for."""

from pathlib import Path

from mrio.outputs.print_tables import latex_tables, markdown_tables
from mrio.outputs.printed_pages import pages
from mrio.outputs.tables import read_tables
from mrio.study.jobs import reporting

with reporting(snakemake.log[0]):
    ((stem, table),) = read_tables([snakemake.input.table]).items()
    made, folder = pages(stem, table, snakemake.params.about), Path(snakemake.output[0]).parent
    for language in snakemake.params.languages:
        name = stem + ("_zh" if language == "zh" else "")
        (folder / f"{name}.tex").write_text(latex_tables(made, language), encoding="utf-8", newline="\n")
        (folder / f"{name}.md").write_text(markdown_tables(made, language), encoding="utf-8", newline="\n")
