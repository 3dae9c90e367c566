"""Accounts and schemes -> every figure of them, in every language asked for."""

from pathlib import Path

from mrio.formats.result_files import read_dataset
from mrio.outputs.figures.style import save_all
from mrio.outputs.figures.year import study_figures
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    accounts = read_dataset(snakemake.input.accounts)
    schemes = read_dataset(snakemake.input.schemes)
    folder = Path(snakemake.output[0]).parent
    for language in snakemake.params.languages:
        made = study_figures(accounts, schemes, **snakemake.params.variant, language=language)
        save_all(made, folder, language, snakemake.params.formats)
