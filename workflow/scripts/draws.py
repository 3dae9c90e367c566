"""Inputs of a year -> draws of the Monte Carlo, of all sources or of each alone, as differences to no errors."""

from mrio.analysis.montecarlo import drawn_differences
from mrio.analysis.sources import Sources
from mrio.estimation.parts_file import read_parts
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.uncertainty_file import read_uncertainty
from mrio.formats.netcdf import read_netcdf
from mrio.study.draw_files import write_draws
from mrio.study.drawn_chain import study_chain
from mrio.study.grid_model import Choices
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    i, p = snakemake.input, snakemake.params
    table = read_netcdf(i.table)
    emissions = read_emissions(*i.emissions, regions=table.regions, scheme=table.scheme, year=table.year)
    parts = [read_parts(path) for path in i.parts]
    chain = study_chain(table, emissions, *(parts or [None]), Choices(**p.choices), p.seed)
    sources = Sources(tuple(read_uncertainty(i.sources)))
    jobs = [(sources.only([name]), path) for name, path in zip(p.alone, snakemake.output, strict=False)]
    for chosen, path in jobs or [(sources, snakemake.output.draws)]:
        write_draws(drawn_differences(chain, chosen, p.draws), path)
