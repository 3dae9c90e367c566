"""``mrio read``: a table in any layout -> the canonical netCDF (or a CSV, or pymrio's folder)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from mrio import labels
from mrio.cli.labels_taken import take_labels_beside
from mrio.cli.layout_option import layout_of, layout_option
from mrio.cli.number_options import balance_options
from mrio.cli.year_folders import check_year_of_folder
from mrio.errors import ConfigError, InputError, LabelError
from mrio.formats.any_table import read_table
from mrio.formats.concordances import read_concordance
from mrio.formats.inputs.emission_keys import sector_code
from mrio.formats.long_csv import write_long_csv
from mrio.formats.matrix_csv import write_matrix_csv
from mrio.formats.netcdf import write_netcdf
from mrio.formats.pymrio_folder import write_pymrio_folder
from mrio.saving import making
from mrio.table.interregional import Table
from mrio.table.plausibility.assessment import check_plausibility
from mrio.table.rounding import balanced
from mrio.table.validation.gate import validate

WRITERS: dict[str, Callable[[Table, Path], Path]] = {
    "netcdf": write_netcdf,
    "matrix-csv": write_matrix_csv,
    "long-csv": write_long_csv,
    "pymrio": write_pymrio_folder,
}


#: What each form writes: endings of its files; a folder has none.
ENDINGS = {
    "netcdf": (".nc", ".nc4", ".h5", ".hdf5"),
    "matrix-csv": (".csv", ".txt"),
    "long-csv": (".csv", ".txt"),
    "pymrio": (),
}


@click.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@layout_option
@click.option("--out", type=click.Path(path_type=Path), required=True, help="File (or folder) to write.")
@click.option("--to", "form", type=click.Choice(list(WRITERS)), default="netcdf", show_default=True)
@click.option("--year", type=int, help="Year it must be of; needed where neither layout nor file states one.")
@click.option("--sectors", help="Add up to a sector scheme (six, 30) or by a concordance CSV (columns from, to).")
@click.option("--exclude", multiple=True, help="Regions whose flows move to the excluded accounts.")
@balance_options
def read_command(
    file: Path, layout: str | None, out: Path, form: str, year: int | None, sectors: str | None,
    exclude: tuple[str, ...], tolerance: float, rounding: str,
) -> None:  # fmt: skip
    """Read FILE (or folder) in a layout, refuse it if an identity fails, and write it for the pipeline."""
    _check_out(file, out, form)
    take_labels_beside(file, out)
    table = balanced(read_table(file, layout_of(file, layout), year, checked=False), rounding, tolerance)
    report = validate(table, tolerance=tolerance).raise_for_errors(file)
    doubts = [check.message for check in check_plausibility(table, files={"table": file}) if not check.passed]
    table = table.drop_regions(labels.region_names(exclude, table.regions, "option --exclude"))
    if sectors:
        table = _added_up(table, sectors)
    check_year_of_folder(out.parent, table.year)
    with making("mrio_*"):
        written = WRITERS[form](table, out)
    for note in (*report.notes(), *doubts):
        click.echo(f"warning: {note}", err=True)
    if "rounding_note" in table.data.attrs:
        click.echo(f"note: {table.data.attrs['rounding_note']}", err=True)
    click.echo(f"{written}: {len(table.regions)} regions x {len(table.sectors)} sectors, {table.year}, {table.unit}")


def _added_up(table: Table, sectors: str) -> Table:
    """Return the table in another sector scheme, or added up by a concordance, whose codes may lack their zeros."""
    if not sectors.endswith(".csv"):
        return table.aggregate(sectors=sectors)
    known = set(table.sectors)
    try:
        groups = {code if code in known else sector_code(code): to for code, to in read_concordance(sectors).items()}
        return table.aggregate(sectors=groups)
    except LabelError as error:
        if str(error).startswith(sectors):
            raise
        raise LabelError(f"{sectors}: {error}") from None


def _check_out(file: Path, out: Path, form: str) -> None:
    """Refuse an output that is the input, or whose ending says it is another kind of file."""
    if out.exists() and file.exists() and out.samefile(file):
        raise InputError("the file that is read", "another name for what is written", "change --out", file=out)
    ending = out.suffix.lower()
    meant = next((kind for kind, endings in ENDINGS.items() if ending in endings), form)
    if ending and ending not in ENDINGS[form] and (meant != form or form != "pymrio"):
        todo = f"write --to {meant}, or change the ending" if meant != form else f"end it in {ENDINGS[form][0]}"
        raise ConfigError(f"{out}: found the ending {ending!r}, but --to {form} writes another kind of file; {todo}.")
