"""Accounts, compensation and three figures -> the brief, in every language asked for."""

from pathlib import Path

import xarray as xr

from mrio.outputs.brief_page import brief_html, pictures_of
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    i, p = snakemake.input, snakemake.params
    accounts = xr.load_dataset(i.accounts, engine="h5netcdf")
    paid = [xr.load_dataset(path, engine="h5netcdf") for path in i.compensation]
    for language, page in zip(p.languages, snakemake.output, strict=True):
        stems = [Path(f"{stem}{'_zh' if language == 'zh' else ''}") for stem in p.figures]
        html = brief_html(accounts, *(paid or [None]), pictures_of(stems), p.estimated, language)
        Path(page).write_text(html, encoding="utf-8", newline="\n")
