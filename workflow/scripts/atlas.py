"""Results of a year -> the atlas, one page that works offline."""

from pathlib import Path

import xarray as xr

from mrio.outputs.atlas.page import build_page
from mrio.outputs.tables import tables_of
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    made = {Path(path).stem: xr.load_dataset(path, engine="h5netcdf") for path in snakemake.input.results}
    page = build_page(made["accounts"], tables_of(made), made["schemes"], **snakemake.params.options)
    Path(snakemake.output.page).write_text(page, encoding="utf-8", newline="\n")
