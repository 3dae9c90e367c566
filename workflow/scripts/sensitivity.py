"""Tables 1 and 3 when one choice of the study is made otherwise: a tidy table, and its figure in every language."""

from pathlib import Path

from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.netcdf import read_netcdf
from mrio.formats.result_files import read_dataset
from mrio.outputs.figures.ranked_choices import sensitivity_figure
from mrio.outputs.figures.style import save_all
from mrio.outputs.table_files import write_table
from mrio.outputs.tables import marked
from mrio.study.grid_choices import study_sensitivity
from mrio.study.grid_payment import Terms
from mrio.study.grid_variants import variant_nets
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    accounts = read_dataset(snakemake.input.accounts)
    shared = read_dataset(snakemake.input.shared)
    regions, year = accounts["region"].values.tolist(), int(snakemake.wildcards.year)
    figures = [read_socioeconomic(path, regions=regions, year=year) for path in snakemake.input.socioeconomic]
    p = snakemake.params
    table = read_netcdf(snakemake.input.table)
    F = read_emissions(*snakemake.input.emissions, regions=table.regions, scheme=table.scheme, year=table.year)["F"]
    variants = variant_nets(table, F, **p.variant, scope=p.scope)
    terms = Terms(p.carbon_price, p.curve, p.base)
    made = study_sensitivity(accounts, shared, *(figures or [None]), terms, p.scope, variants)
    write_table(marked(made, accounts), snakemake.output.table)
    folder = Path(snakemake.output.figures[0]).parent
    for language in p.languages:
        save_all({"sensitivity": sensitivity_figure(made, year, language)}, folder, language, p.formats)
