"""Table and emissions -> supply chains behind every footprint, linkages, and accounts without a province or sector."""

from pathlib import Path

from mrio.analysis.extraction import Whole, cell_losses, extract
from mrio.analysis.linkages import sector_linkages
from mrio.analysis.paths import largest_paths
from mrio.analysis.tracing import demand_of, supply_network
from mrio.outputs.analysis_tables import extraction_table, linkages_table
from mrio.outputs.paths_page import paths_html
from mrio.outputs.paths_tables import chains_table, paths_table, stacked_tables
from mrio.outputs.table_files import write_table
from mrio.study.jobs import reporting
from mrio.study.observed import observe

with reporting(snakemake.log[0], snakemake.output):
    seen = observe(snakemake.input.table, *snakemake.input.emissions)
    table, count = seen.table, snakemake.params.paths
    network, whole = supply_network(table, seen.F), Whole.of(table, seen.F)
    found = {name: largest_paths(network, demand_of(table, name), count=count) for name in table.regions}
    write_table(stacked_tables(paths_table, found, table), snakemake.output.paths)
    write_table(stacked_tables(chains_table, found, table), snakemake.output.chains)
    page = paths_html(found, table, snakemake.params.language)
    Path(snakemake.output.page).write_text(page, encoding="utf-8", newline="\n")
    made = sector_linkages(table, seen.F)
    write_table(linkages_table(made, cell_losses(whole), table), snakemake.output.linkages)
    made.to_netcdf(snakemake.output.kinds, engine="h5netcdf")
    without = {("province", name): extract(whole, regions=[name]) for name in table.regions}
    without |= {("sector", name): extract(whole, sectors=[name]) for name in table.sectors}
    write_table(extraction_table(without), snakemake.output.extraction)
