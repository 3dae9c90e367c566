"""Tables of several years -> one table each with the year in front, and the arrows of the net transfer."""

from pathlib import Path

from mrio.formats.result_files import read_dataset
from mrio.outputs.figures.analysis_figures import change_arrows
from mrio.outputs.figures.style import save_all
from mrio.outputs.years import write_series
from mrio.study.jobs import reporting
from mrio.words.variant_words import variant_name

with reporting(snakemake.log[0], snakemake.output):
    variant, folder = snakemake.params.variant, Path(snakemake.output.figures[0]).parent
    for stem, path in zip(snakemake.params.stems, snakemake.output.tables, strict=True):
        write_series([Path(source) for source in snakemake.input.tables if Path(source).stem == stem], Path(path))
    opened = [read_dataset(path) for path in snakemake.input.accounts]
    first, last = (made["net_transfer"].sel(variant).assign_attrs(year=made.attrs["year"]) for made in opened)
    for language in snakemake.params.languages:
        note = variant_name(variant["definition"], variant["resolution"], language)
        made = change_arrows(first, last, language, note)
        save_all({"net_transfer_change": made}, folder, language, snakemake.params.formats)
