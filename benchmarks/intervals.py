"""What a draw costs: CPU seconds per draw of the whole chain over one evaluation of the study, at 31 x 42 and 30 x 6.

``python benchmarks/intervals.py [--data ../shared/data] [--draws 20]``; ratios, because seconds are the machine's.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable

import xarray as xr

from mrio import labels
from mrio.analysis.montecarlo import Chain, drawn_differences
from mrio.analysis.sources import Sources
from mrio.emissions.inventories import aggregate_emissions
from mrio.estimation.making_parts import estimate_parts
from mrio.estimation.parts_file import read_parts
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.uncertainty_file import read_uncertainty
from mrio.formats.netcdf import read_netcdf
from mrio.study.drawn_chain import study_chain
from mrio.study.grid_model import Choices, model_grid
from mrio.table.provincial import collapse

YEAR = labels.data_dir() / "2017"
METHODS = ("eebt", "mrio", "gross")


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds of a call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def told(name: str, chain: Chain, evaluation: Callable[[], object], draws: int) -> None:
    """Print what a draw of a chain costs beside one evaluation of the study."""
    sources = Sources(tuple(read_uncertainty(labels.data_dir() / "uncertainty.csv")))
    drawn_differences(chain, sources, [0])  # factors are made once
    one, per_draw = cpu(evaluation), cpu(lambda: drawn_differences(chain, sources, range(1, draws + 1))) / draws
    print(
        f"{name}: {per_draw:.3f} s a draw, {per_draw / one:.3f} of one evaluation ({one:.2f} s); "
        f"1,000 draws on 2 cores {500 * per_draw:.0f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=20)
    draws = parser.parse_args().draws
    table = read_netcdf(YEAR / "mrio_42.nc")
    emissions = read_emissions(YEAR / "emissions_42.csv", regions=table.regions, scheme=table.scheme, year=2017)
    choices = Choices(METHODS, ("six", "42"))
    chain = study_chain(table, emissions, read_parts(YEAR / "estimate_parts.nc"), choices, 2017)
    told("31 x 42, all definitions, six and 42 sectors", chain,
         lambda: model_grid(table, emissions["F"], emissions["F_Y"], choices), draws)  # fmt: skip
    six = table.aggregate(sectors="six")
    km = xr.DataArray(labels.distances(six.regions), dims=("region", "to_region"))
    fewer, choices = aggregate_emissions(emissions, "six"), Choices(METHODS, ("six",))
    chain = study_chain(six, fewer, estimate_parts(collapse(six), km), choices, 2017)
    told("30 x 6, all definitions", chain, lambda: model_grid(six, fewer["F"], fewer["F_Y"], choices), draws)
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main()
