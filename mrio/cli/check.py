"""``mrio check``: read a file, hold it to every identity, print a report; exit status 0 or 1."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import click

from mrio import labels
from mrio.cli.labels_taken import take_labels_beside
from mrio.cli.layout_option import layout_of, layout_option
from mrio.cli.number_options import POSITIVE, balance_options
from mrio.emissions.inventories import sector_emissions
from mrio.errors import ConfigError, MrioError
from mrio.formats.any_table import TABLE_KINDS, read_table
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.workbooks.inventory import read_inventory
from mrio.formats.workbooks.layouts import load_layout
from mrio.formats.workbooks.provincial_folder import read_provincial_tables
from mrio.outputs.validation_files import write_report
from mrio.study.inputs import check_currency
from mrio.table.plausibility.assessment import check_plausibility
from mrio.table.plausibility.emission_checks import sheets_left_out
from mrio.table.plausibility.sentences import located, report_of, with_checks
from mrio.table.rounding import balanced
from mrio.table.validation.gate import validate
from mrio.table.validation.report import Check, Report
from mrio.table.validation.single_province import validate_provincial


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@layout_option
@click.option("--year", type=int, help="Year it must be of; needed where neither layout nor file states one.")
@click.option("--emissions", type=click.Path(path_type=Path), help="Emission CSV to hold against the table.")
@click.option("--socioeconomic", type=click.Path(path_type=Path), help="Socioeconomic CSV (GDP) to hold against it.")
@click.option("--exclude", multiple=True, help="Regions outside the study, as in 'exclude_regions': none by default.")
@balance_options
@click.option(
    "--residual-limit", type=POSITIVE, default=0.05, show_default=True, help="Warn above this share of output."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--all", "everything", is_flag=True, help="Print the checks that passed, too.")
@click.option("--out", type=click.Path(path_type=Path), help="Also write OUT.csv, OUT_cells.csv and OUT.html.")
def check_command(
    file: Path, layout: str | None, year: int | None, emissions: Path | None, socioeconomic: Path | None,
    exclude: tuple[str, ...], tolerance: float, rounding: str, residual_limit: float, as_json: bool, everything: bool,
    out: Path | None,
) -> None:  # fmt: skip
    """Read FILE (or folder) in a layout and report on every identity."""
    try:
        take_labels_beside(file)
        beside = Beside(emissions, socioeconomic, exclude, rounding, tolerance, residual_limit)
        report = _report(file, layout_of(file, layout), year, beside)
    except MrioError as error:
        if as_json:
            click.echo(json.dumps({"ok": False, "error": str(error)}, ensure_ascii=False, indent=2))
            sys.exit(1)
        raise
    if out is not None:
        write_report(report, out)
    click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2) if as_json else report.as_text(everything))
    sys.exit(0 if report.ok else 1)


@dataclass(frozen=True)
class Beside:
    """What a table is held against: files beside it, and how far it may be off."""

    emissions: Path | None
    socioeconomic: Path | None
    exclude: tuple[str, ...]
    rounding: str
    tolerance: float
    residual_limit: float


def _report(file: Path, layout: str, year: int | None, beside: Beside) -> Report:
    described = load_layout(layout)
    kind = described["kind"]
    if kind in TABLE_KINDS:
        table = balanced(read_table(file, layout, year, checked=False), beside.rounding, beside.tolerance)
        table = table.drop_regions(labels.region_names(beside.exclude, table.regions, "option --exclude"))
        by_fuel = (
            read_emissions(beside.emissions, table.regions, table.scheme, table.year) if beside.emissions else None
        )
        figures = read_socioeconomic(beside.socioeconomic, table.regions, table.year) if beside.socioeconomic else None
        if figures is not None:
            check_currency(figures, table, beside.socioeconomic)
        F = None if by_fuel is None else by_fuel["F"]
        gdp = None if figures is None else figures.get("gdp")
        report = validate(table, F, gdp, tolerance=beside.tolerance, residual_limit=beside.residual_limit)
        files = {"table": file, "emissions": beside.emissions, "statistics": beside.socioeconomic}
        return with_checks(report, check_plausibility(table if report.ok else None, by_fuel, figures, files=files))
    if kind == "provincial-folder":
        tables = read_provincial_tables(file, year or described["year"], layout=layout)
        found = check_plausibility(tables, files={"table": file})
        return with_checks(validate_provincial(tables, beside.tolerance), found)
    if kind == "ceads-inventory":
        return _inventory_report(file, year)
    raise ConfigError(f"layout {described['name']!r} is of kind {kind!r}, which mrio check does not read.")


def _inventory_report(file: Path, year: int | None) -> Report:
    """Return what an inventory workbook holds, and its plausibility; its own totals are checked while it is read."""
    if year is None:
        raise ConfigError("--year is needed: the workbook of an inventory may hold several.")
    inventory = read_inventory(file, year)
    regions = inventory["region"].nunique()
    total = inventory["emissions"].sum()
    message = f"{regions} provinces, {total:,.1f} Mt CO2; sectors and fuels add up to the stated totals"
    totals = Check("inventory totals", "info", True, float(total), 0.0, "", message)
    about = {"year": year, "unit": "Mt CO2", "regions": regions, "sectors": inventory["sector"].nunique()}
    by_sector = sector_emissions(inventory, "ceads")
    found = check_plausibility(emissions=by_sector, files={"emissions": file})
    lacking = located([sheets_left_out(by_sector)], file) if regions > 1 else []  # one alone may be meant
    return replace(report_of([totals, *(check for check in lacking if not check.passed), *found]), about=about)
