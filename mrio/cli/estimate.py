"""``mrio estimate``: official provincial tables and an inventory -> the files of data/raw/<year>/."""

from __future__ import annotations

from pathlib import Path

import click
import xarray as xr
import yaml
from tqdm import tqdm

from mrio import labels
from mrio.emissions.inventories import aggregate_emissions, inventory_emissions
from mrio.equations.definitions import METHODS
from mrio.estimation.chain import estimate_with_account
from mrio.estimation.ensemble import draw_ensemble
from mrio.estimation.options import EstimatorOptions
from mrio.formats.datapackage_file import write_datapackage
from mrio.formats.inputs.emission_files import write_emissions
from mrio.formats.inputs.spread_file import write_spread
from mrio.formats.matrix_csv import write_matrix_csv
from mrio.formats.netcdf import write_netcdf
from mrio.formats.workbooks.inventory import read_inventory
from mrio.formats.workbooks.provincial_folder import read_provincial_tables
from mrio.study.grid_spread import spread_grid
from mrio.table.interregional import Table

#: What the reader found of the workbooks that every later table must say.
MARKS = ("not_separable", "trade_separated")


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
    "--members",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Estimates drawn for the spread of the results (with --inventory); 0: no spread.",
)
@click.option("--exclude", multiple=True, default=("Tibet",), show_default=True, help="Regions left out of the study.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write to.  [default: data/raw/<year>]")
def estimate_command(
    tables: Path, year: int, inventory: Path | None, foreign_trade: Path | None,
    options_file: Path | None, members: int,
    exclude: tuple[str, ...], out: Path | None,
) -> None:  # fmt: skip
    """Estimate the interprovincial table from the official tables in folder TABLES and write a year's input files.

    Regions left out keep their flows in the 'excluded' accounts.  The same workbooks give the same files, byte for
    byte.
    """
    folder = out or Path("data/raw") / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    provincial = read_provincial_tables(tables, year=year, foreign_trade=foreign_trade)
    km = xr.DataArray(labels.distances(provincial.regions), dims=("region", "to_region"))
    given = yaml.safe_load(options_file.read_text(encoding="utf-8")) if options_file else {}
    options = EstimatorOptions.from_mapping(given or {})
    found = estimate_with_account(provincial, km, options)
    marks = {name: provincial.data.attrs[name] for name in MARKS if name in provincial.data.attrs}
    table = Table(found.table.data.assign_attrs(marks))
    table = table.drop_regions([name for name in exclude if name in table.regions])
    write_netcdf(table, folder / "mrio_42.nc")
    write_matrix_csv(table.aggregate(sectors="six"), folder / "mrio_six.csv")
    account = found.account.to_dataframe().reset_index()
    account.to_csv(folder / "estimate_account.csv", index=False, float_format="%.6f", lineterminator="\n")
    if inventory is not None:
        read = read_inventory(inventory, year)
        emissions = inventory_emissions(read, provincial.Z, provincial.output, scheme=provincial.data.attrs["scheme"])
        write_emissions(emissions, folder / "emissions_42.csv")
        write_emissions(aggregate_emissions(emissions, "six"), folder / "emissions_6.csv")
        if members > 1:
            drawn = draw_ensemble(provincial, km, options, members=members)
            bar = tqdm(drawn, total=members, desc="spread", disable=None)
            kept = (one.table.drop_regions([n for n in exclude if n in one.table.regions]) for one in bar)
            of = spread_grid(kept, emissions["F"], emissions["F_Y"], methods=METHODS, resolutions=("six", "42"))
            deviation = of.sel(statistic="sd", drop=True)
            write_spread(deviation, folder / "spread.csv", members=members, table=folder / "mrio_42.nc")
    write_datapackage(folder, year)
    click.echo(f"{folder}: {len(table.regions)} regions x {len(table.sectors)} sectors, {table.unit}")
