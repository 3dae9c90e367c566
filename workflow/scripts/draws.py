"""Inputs of a year -> results of some draws of the Monte Carlo, as differences to the chain without errors."""

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
    write_draws(drawn_differences(chain, sources.only(p.only or sources.names), p.draws), snakemake.output.draws)
