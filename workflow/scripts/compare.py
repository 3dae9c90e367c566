"""Results and published values -> the comparison, as CSV and as a page a language."""

from pathlib import Path

from mrio.comparison import compare, our_results
from mrio.comparison.page import comparison_page
from mrio.jobs import reporting
from mrio.readers.published import read_reference
from mrio.results import read_results
from mrio.tables import write_table

with reporting(snakemake.log[0]):
    socioeconomic = [*snakemake.input.socioeconomic, None][0]
    made = read_results(Path(snakemake.input.accounts).parent, *snakemake.input.emissions, socioeconomic)
    ours = our_results(
        made.accounts, made.shared, made.emissions, made.figures, estimated=made.estimated, **snakemake.params.options
    )
    frame = compare(read_reference("data/reference"), ours)
    write_table(frame, snakemake.output.table)
    for language, path in zip(snakemake.params.languages, snakemake.output.pages, strict=True):
        Path(path).write_text(comparison_page(frame, int(snakemake.wildcards.year), language), encoding="utf-8")
