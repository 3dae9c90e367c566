"""``mrio emissions``: a CEADs inventory, or an energy balance, -> emissions in the sectors of a table."""

from __future__ import annotations

from pathlib import Path

import click
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.cli.csv_out import check_csv_out
from mrio.cli.year_folders import check_year_of_folder
from mrio.emissions.inventories import aggregate_emissions, inventory_emissions, sector_emissions
from mrio.emissions.ipcc import emission_factors, ipcc_emissions
from mrio.errors import InputError, LabelError
from mrio.formats.any_table import read_table
from mrio.formats.inputs.emission_files import write_emissions
from mrio.formats.inputs.emission_keys import HOUSEHOLDS
from mrio.formats.inputs.energy_balance import BALANCE_COLUMNS, read_energy_balance, read_factors
from mrio.formats.records import read_records
from mrio.formats.workbooks.inventory import read_inventory
from mrio.saving import making
from mrio.table.interregional import Table
from mrio.table.plausibility.assessment import check_plausibility
from mrio.table.plausibility.sentences import report_of
from mrio.table.provincial import collapse

CEADS = "ceads"


@click.command("emissions")
@click.argument("inventory", type=click.Path(path_type=Path))
@click.option("--table", "table_file", type=click.Path(path_type=Path), required=True, help="Table it must fit.")
@click.option("--layout", default="netcdf", show_default=True, help="Layout of the table.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="CSV to write (emissions_42.csv).")
@click.option("--factors", default="ndrc", show_default=True, help="Factor set for an energy balance.")
def emissions_command(inventory: Path, table_file: Path, layout: str, out: Path, factors: str) -> None:
    """Write the emissions of INVENTORY, a CEADs workbook (.xlsx) or energy balance (.csv), by the sectors of a table.

    Year, sectors and provinces are the table's; sectors of the inventory that cover several of the table are split by
    what each of them buys of the products that carry the fuel (docs/emissions.md).
    """
    check_csv_out(out)
    emission_factors(read_factors(), factors)  # a set that is not known is refused, whether it is needed or not
    table = read_table(table_file, layout, checked=False)
    rows, scheme = _inventory(inventory, table, factors)
    known = set(rows["region"])
    without = [name for name in table.regions if name not in known]
    outside = sorted(known - set(table.regions))
    if len(without) == len(table.regions):
        raise LabelError(f"{inventory}: found {', '.join(outside)}, expected provinces of {table_file}.")
    rows = _of_regions(rows, table.regions)
    made = table_emissions(rows, table, scheme)
    if scheme != CEADS or inventory.suffix.lower() == ".csv":  # that of a workbook was judged as it was read
        for check in check_plausibility(emissions=made, files={"emissions": inventory}):
            if not check.passed:
                click.echo(f"warning: {check.message}", err=True)
    check_year_of_folder(out.parent, table.year)
    with making("emissions_*"):
        write_emissions(made, out)
    _say(made, out)
    if outside:
        click.echo(f"note: not in the table, so left out: {', '.join(outside)}", err=True)
    exclude = "".join(f" --exclude {name!r}" if " " in name else f" --exclude {name}" for name in without)
    if without:
        click.echo(f"note: no inventory of {', '.join(without)}: leave out of the study (exclude_regions)", err=True)
    click.echo(f"next: mrio check {table_file} --layout {layout} --emissions {out}{exclude}")


def _inventory(path: Path, table: Table, factors: str) -> tuple[pd.DataFrame, str]:
    """Return an inventory by source and fuel, and the scheme its sources are in."""
    if path.suffix.lower() != ".csv":
        return sound_inventory(path, table.year), CEADS
    codes = {cell["sector"] for _, cell in read_records(path, BALANCE_COLUMNS, "an energy balance CSV")}
    lacking = [name for name in HOUSEHOLDS if name not in codes]
    if lacking:
        todo = "add their rows for every province, with an amount of 0 where nothing is burnt"
        raise InputError(f"no sector {lacking[0]!r}", "both kinds of household, urban and rural", todo, file=path)
    scheme = CEADS if codes <= {*labels.sectors(CEADS)["code"], *HOUSEHOLDS} else table.scheme
    energy = read_energy_balance(path, scheme, table.year)
    return ipcc_emissions(energy, emission_factors(read_factors(), factors)), scheme


def sound_inventory(path: Path, year: int) -> pd.DataFrame:
    """Return the inventory in a CEADs workbook after its plausibility, printing what is odd about it."""
    read = read_inventory(path, year)
    found = check_plausibility(emissions=sector_emissions(read, CEADS), files={"emissions": path})
    for note in report_of(found).raise_for_errors().notes():
        click.echo(f"warning: {note}", err=True)
    return read


def _of_regions(rows: pd.DataFrame, regions: list[str]) -> pd.DataFrame:
    kept = rows[rows["region"].isin(regions)].reset_index(drop=True)
    kept.attrs = rows.attrs
    return kept


def table_emissions(inventory: pd.DataFrame, table: Table, scheme: str) -> xr.Dataset:
    """Return the emissions of an inventory in the sectors of an interregional table.

    Parameters
    ----------
    inventory : DataFrame
        Columns ``region, sector, fuel, emissions``, Mt, of provinces that the table has.
    table : Table
        Its own purchases of energy are the key where a source covers several sectors.
    scheme : str
        Classification of the inventory's sectors: ``"ceads"`` or the table's own.

    Raises
    ------
    LabelError
        If there is no way from the inventory's sectors to those of the table.
    """
    if scheme == table.scheme:
        return sector_emissions(inventory, scheme)
    if (labels.data_dir() / "concordances" / f"{scheme}_to_{table.scheme}.csv").exists():
        return aggregate_emissions(sector_emissions(inventory, scheme), table.scheme)
    if not (labels.data_dir() / "concordances" / f"{scheme}_split_{table.scheme}.csv").exists():
        raise LabelError(
            f"there is no way from the sectors of {scheme!r} to those of the table ({table.scheme!r}); known: 42, "
            "42-2012, six. Give an energy balance in the sectors of the table."
        )
    tables = collapse(table)
    return inventory_emissions(inventory, tables.Z, tables.output, scheme=table.scheme)


def _say(made: xr.Dataset, out: Path) -> None:
    about, sizes = made.attrs, made["F"].sizes
    total, households = (float(made[name].sum()) for name in ("F", "F_Y"))
    click.echo(
        f"{out}: {sizes['region']} regions x {sizes['sector']} sectors of {about['scheme']!r}, {about['year']}, "
        f"{about['stressor']}: {total:,.1f} Mt of production, {households:,.1f} Mt of households"
    )
    if about.get("fallback_cells"):
        click.echo(
            f"note: {about['fallback_cells']} cells ({about['fallback_Mt']:,.1f} Mt) are split by national purchases, "
            "where the province's table books none of the fuel", err=True,
        )  # fmt: skip
