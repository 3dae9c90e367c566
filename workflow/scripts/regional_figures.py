"""The regional picture -> its figures, in every language asked for."""

from pathlib import Path

from mrio.outputs.figures.regional_picture import regional_bars, regional_map
from mrio.outputs.figures.style import save_all
from mrio.outputs.table_files import read_tables
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    tables, p = read_tables([snakemake.input.provinces, snakemake.input.groups]), snakemake.params
    for language in p.languages:
        made = {
            "regional_map": regional_map(tables["provinces"], p.year, language),
            "regional_bars": regional_bars(tables["provinces"], tables["groups"], p.year, language),
        }
        save_all(made, Path(snakemake.output[0]).parent, language, p.formats)
