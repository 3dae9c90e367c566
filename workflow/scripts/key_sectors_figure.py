"""Linkages -> the map of key sectors, in every language asked for."""

from pathlib import Path

from mrio.formats.result_files import read_dataset
from mrio.outputs.figures.analysis_figures import key_sector_map
from mrio.outputs.figures.style import save_all
from mrio.outputs.sector_labels import written_sectors
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    made = read_dataset(snakemake.input.kinds)
    folder = Path(snakemake.output[0]).parent
    for language in snakemake.params.languages:
        sectors = written_sectors(made.attrs["scheme"], made["sector"].values.tolist(), language)
        save_all({"key_sectors": key_sector_map(made, sectors, language)}, folder, language, snakemake.params.formats)
