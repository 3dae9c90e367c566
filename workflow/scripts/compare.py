"""Results and published values -> the comparison, as CSV and as one page per language."""

from dataclasses import replace
from pathlib import Path

from mrio.formats.inputs.published import read_reference
from mrio.formats.result_files import read_dataset
from mrio.outputs.table_files import write_table
from mrio.review.comparison.beside import compare_published
from mrio.review.comparison.markdown_page import comparison_page
from mrio.review.comparison.ours import our_results
from mrio.review.results import read_results
from mrio.study.grid_payment import Terms
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    socioeconomic = [*snakemake.input.socioeconomic, None][0]
    made = read_results(Path(snakemake.input.accounts).parent, *snakemake.input.emissions, socioeconomic)
    held = our_results(
        made.accounts, made.shared, made.emissions, made.figures, Terms(**snakemake.params.terms), made.estimated,
    )  # fmt: skip
    ours = replace(held, scopes=read_dataset(snakemake.input.scopes)["net_transfer"])
    frame = compare_published(read_reference("data/reference"), ours)
    write_table(frame, snakemake.output.table)
    for language, path in zip(snakemake.params.languages, snakemake.output.pages, strict=True):
        Path(path).write_text(comparison_page(frame, int(snakemake.wildcards.year), language), encoding="utf-8")
