"""Regional CSVs -> the picture by province and by East, Middle and West, and the published figures beside ours."""

import xarray as xr

from mrio.forests.known_sinks import sinks_where_known
from mrio.forests.regional import beside_published, group_table, province_table
from mrio.formats.inputs.regional_files import (
    read_growth_rate,
    read_inventories,
    read_regional,
    read_regional_published,
)
from mrio.outputs.table_files import write_table
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    i, o = snakemake.input, snakemake.output
    inventories = read_inventories(i.forests)
    data = xr.merge([*map(read_regional, i.figures), *inventories[-1:]], join="outer")
    stocks = [inventory["forest_stock"] for inventory in inventories]
    provinces = province_table(data, stocks, read_growth_rate(snakemake.params.growth_rate))
    groups = group_table(provinces)
    write_table(sinks_where_known(provinces), o.provinces)
    write_table(sinks_where_known(groups), o.groups)
    write_table(beside_published(read_regional_published(i.published), provinces, groups), o.published)
