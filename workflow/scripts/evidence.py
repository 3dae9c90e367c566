"""Observations of a year -> table, pages and figures of what the estimate rests on."""

import os
from pathlib import Path

import pandas as pd

from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.evidence_files import read_observed
from mrio.formats.netcdf import read_netcdf
from mrio.outputs.evidence_page import evidence_html
from mrio.outputs.figures.evidence_figures import year_figures
from mrio.outputs.figures.style import save_all
from mrio.outputs.table_files import write_table
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    table, observed = read_netcdf(snakemake.input.table), read_observed(*snakemake.input.evidence)
    F = read_emissions(*snakemake.input.emissions, regions=table.regions, scheme=table.scheme, year=table.year)["F"]
    account = pd.read_csv(*snakemake.input.account, dtype={"sector": str})
    write_table(observed, snakemake.output.table)
    for language, page in zip(snakemake.params.languages, snakemake.output.pages, strict=True):
        drawn = os.path.relpath(Path(snakemake.output.figures[0]).parent, Path(page).parent)
        text = evidence_html(observed, table.year, table.scheme, language, Path(drawn).as_posix())
        Path(page).write_text(text, encoding="utf-8")
    for language in snakemake.params.drawn_in:
        made = year_figures(table, F, observed, account, language)
        save_all(made, Path(snakemake.output.figures[0]).parent, language, snakemake.params.formats)
