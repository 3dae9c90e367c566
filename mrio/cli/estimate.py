"""``mrio estimate``: official provincial tables, evidence and an inventory -> the files of data/raw/<year>/."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import click
import xarray as xr

from mrio import labels
from mrio.cli.inventory_to_table import sound_inventory
from mrio.cli.year_folders import check_year_of_folder
from mrio.emissions.inventories import aggregate_emissions, inventory_emissions
from mrio.equations.flows import Method
from mrio.errors import LabelError
from mrio.estimation.chain import Estimate, estimate_with_account
from mrio.estimation.evidence.alternatives import alternative_estimates
from mrio.estimation.evidence.gathering import Evidence, read_evidence
from mrio.estimation.known_flows import read_known_flows
from mrio.estimation.making_parts import estimate_parts
from mrio.estimation.oddities import official_oddities
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.parts_file import write_parts
from mrio.estimation.priors import read_prior
from mrio.estimation.reconcile import FEW
from mrio.formats.datapackage_file import write_datapackage
from mrio.formats.inputs.emission_files import write_emissions
from mrio.formats.inputs.evidence_files import write_alternatives, write_observed
from mrio.formats.matrix_csv import write_matrix_csv
from mrio.formats.netcdf import write_netcdf
from mrio.formats.workbooks.provincial_folder import read_provincial_tables
from mrio.saving import making, whole_folder
from mrio.strict import checked, read_yaml
from mrio.study.grid_model import Choices
from mrio.study.grid_other_tables import alternatives_grid
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables

#: Files that the command makes, and may make anew.
MADE = ("mrio_*", "emissions_*", "estimate_*", "evidence*")
#: What the reader found of the workbooks that every later table must say.
MARKS = ("not_separable", "trade_separated")
CHOICES = Choices(get_args(Method), ("six", "42"))


@click.command("estimate")
@click.argument("tables", type=click.Path(path_type=Path))
@click.option("--year", type=int, required=True, help="Year of the tables.")
@click.option("--inventory", type=click.Path(path_type=Path), help="CEADs inventory workbook of the same year.")
@click.option(
    "--foreign-trade",
    type=click.Path(path_type=Path),
    help="CSV of the foreign trade of provinces whose workbook books it together with interprovincial trade.",
)
@click.option(
    "--options",
    "options_file",
    type=click.Path(path_type=Path, exists=True),
    help="YAML of parameters of the estimate (fields of EstimatorOptions, e.g. 'beta: 1.5').",
)
@click.option(
    "--evidence",
    "evidence_file",
    type=click.Path(path_type=Path),
    help="List of evidence beside the tables; 'none': the tables alone.  [default: data/raw/evidence/evidence.yaml]",
)
@click.option("--without", multiple=True, help="A piece of evidence to leave out; may be given several times.")
@click.option(
    "--known",
    "known_file",
    type=click.Path(path_type=Path, exists=True),
    help="CSV of known flows: sector, region, to_region, value [, weight]; names in Chinese or English.",
)
@click.option(
    "--prior",
    "prior_file",
    type=click.Path(path_type=Path, exists=True),
    help="An earlier table (netCDF), or a CSV region, to_region, value (freight), in place of distance.",
)
@click.option("--exclude", multiple=True, default=("Tibet",), show_default=True, help="Regions left out of the study.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write to.  [default: data/raw/<year>]")
def estimate_command(
    tables: Path, year: int, inventory: Path | None, foreign_trade: Path | None,
    options_file: Path | None, evidence_file: Path | None, without: tuple[str, ...],
    known_file: Path | None, prior_file: Path | None, exclude: tuple[str, ...], out: Path | None,
) -> None:  # fmt: skip
    """Estimate the interprovincial table from the official tables in folder TABLES and write a year's input files.

    Regions left out keep their flows in the 'excluded' accounts.  The same workbooks give the same files, byte for
    byte.
    """
    folder = out or Path("data/raw") / str(year)
    check_year_of_folder(folder, year)
    provincial = read_provincial_tables(tables, year=year, foreign_trade=foreign_trade)
    known = read_known_flows(known_file, provincial) if known_file else None
    prior = read_prior(prior_file, provincial) if prior_file else None
    run = Run(
        provincial, xr.DataArray(labels.distances(provincial.regions), dims=("region", "to_region")),
        _options(options_file), _evidence(evidence_file, without, year), exclude,
    )  # fmt: skip
    emissions = None if inventory is None else _emissions(inventory, provincial)
    found = estimate_with_account(
        run.tables, run.distances, run.options, evidence=run.evidence, prior=prior, known=known
    )
    with making(*MADE), whole_folder(folder) as beside_it:
        table = _write_estimate(found, run, beside_it)
        if not isinstance(prior, Table):
            parts = estimate_parts(run.tables, run.distances, run.options, run.evidence, prior=prior, known=known)
            write_parts(parts, beside_it / "estimate_parts.nc", table=beside_it / "mrio_42.nc")
        if emissions is not None:
            write_emissions(emissions, beside_it / "emissions_42.csv")
            write_emissions(aggregate_emissions(emissions, "six"), beside_it / "emissions_6.csv")
            _write_alternatives(run, emissions, beside_it)
    write_datapackage(folder, year)
    for remark in _remarks(found, run):
        click.echo(remark, err=True)
    click.echo(f"{folder}: {len(table.regions)} regions x {len(table.sectors)} sectors, {table.unit}")


@dataclass(frozen=True)
class Run:
    """What one run of the command estimates from."""

    tables: ProvincialTables
    distances: xr.DataArray
    options: EstimatorOptions
    evidence: Evidence
    exclude: tuple[str, ...]

    def kept(self, table: Table) -> Table:
        """Return a table without the regions left out."""
        names = labels.region_names(self.exclude, table.regions, "option --exclude")
        return table.drop_regions([name for name in names if name in table.regions])


def _emissions(inventory: Path, provincial: ProvincialTables) -> xr.Dataset:
    """Return the emissions of an inventory at the sectors of the tables, after its plausibility."""
    read = sound_inventory(inventory, provincial.year)
    outside = [name for name in read["region"].unique() if name not in provincial.regions]
    if outside:
        raise LabelError(f"{inventory}: found {', '.join(outside)}, expected provinces of the tables.")
    return inventory_emissions(read, provincial.Z, provincial.output, scheme=provincial.data.attrs["scheme"])


def _options(path: Path | None) -> EstimatorOptions:
    return EstimatorOptions() if path is None else checked(EstimatorOptions, read_yaml(path), path)


def _evidence(path: Path | None, without: tuple[str, ...], year: int) -> Evidence:
    """Return the evidence of the year, less the pieces left out."""
    if path is not None and str(path) == "none":
        return Evidence()
    evidence = read_evidence(path or labels.data_dir() / "evidence" / "evidence.yaml", year)
    for name in without:
        evidence = evidence.without(name)
    return evidence


def _write_estimate(found: Estimate, run: Run, folder: Path) -> Table:
    """Write table, account and observations; return the table of the study."""
    attrs = run.tables.data.attrs
    marks = {name: attrs[name] for name in MARKS if name in attrs}
    oddities = official_oddities(run.tables)
    about = {"evidence": ", ".join(run.evidence.names) or "none", "official_oddities": "; ".join(oddities)}
    table = run.kept(Table(found.table.data.assign_attrs(marks | about)))
    write_netcdf(table, folder / "mrio_42.nc")
    write_matrix_csv(table.aggregate(sectors="six"), folder / "mrio_six.csv")
    account = found.account.to_dataframe().reset_index()
    account.to_csv(folder / "estimate_account.csv", index=False, float_format="%.6f", lineterminator="\n")
    write_observed(found.observations, folder / "evidence.csv")
    return table


def _write_alternatives(run: Run, emissions: xr.Dataset, folder: Path) -> None:
    made = alternative_estimates(run.tables, run.distances, run.options, run.evidence)
    tables = ((name, run.kept(one.table)) for name, one in made)
    grid = alternatives_grid(tables, emissions["F"], emissions["F_Y"], CHOICES)
    write_alternatives(grid, folder / "evidence_alternatives.csv")


def _remarks(found: Estimate, run: Run) -> list[str]:
    """Return what whoever runs the command should know: oddities of the tables, bounds that decide too much."""
    remarks = [f"note: {sentence}" for sentence in official_oddities(run.tables)]
    cells, all_cells = len(found.bounds.drop_duplicates(["region", "sector"])), run.tables.output.size
    if cells > FEW * all_cells:
        most = found.bounds["bound"].value_counts()
        remarks.append(
            f"warning: a bound decides in {cells} of {all_cells} cells (most often: {most.index[0]}, {most.iloc[0]}); "
            "what the evidence asks for is not possible there, so look at its errors."
        )
    return remarks
