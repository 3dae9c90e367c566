"""Compensation -> its figures, in every language asked for."""

from pathlib import Path

from mrio.formats.result_files import read_dataset
from mrio.outputs.figures.style import save_all
from mrio.outputs.figures.year import compensation_figure
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    money = read_dataset(snakemake.input.compensation)
    folder, year = Path(snakemake.output[0]).parent, int(snakemake.wildcards.year)
    for language in snakemake.params.languages:
        made = compensation_figure(money, year, **snakemake.params.variant, language=language)
        save_all(made, folder, language, snakemake.params.formats)
