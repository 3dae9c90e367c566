"""``mrio new-year``: what a year has, what it lacks, and the next command, until its folder is whole."""

from __future__ import annotations

import csv
import shlex
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import click
from click.core import ParameterSource

from mrio.cli.labels_taken import take_labels_beside
from mrio.errors import InputError
from mrio.formats.inputs.emission_keys import CO2, HOUSEHOLDS, KEY_COLUMNS, UNIT
from mrio.formats.inputs.socioeconomic import COLUMNS as SOCIOECONOMIC_COLUMNS
from mrio.formats.inputs.socioeconomic import VARIABLES
from mrio.formats.netcdf import read_netcdf
from mrio.formats.workbooks.recognising import recognise
from mrio.labels import CATEGORIES, provinces, region_names, sectors
from mrio.places import shipped
from mrio.saving import making, write_text_file
from mrio.study.config import read_config
from mrio.study.inputs import read_inputs
from mrio.study.stressor_inputs import check_stressors
from mrio.study.year_folder import TABLE_FILE, config_entry, year_files
from mrio.table.interregional import Table

#: A template is filled in and renamed: the pipeline never takes an empty one for data.
TEMPLATE = ".template.csv"
MATRIX = f"mrio{TEMPLATE}"
LAYOUT = "layout.yaml"


@click.command("new-year")
@click.argument("year", type=click.IntRange(1900, 2100))
@click.option("--table", "book", type=click.Path(path_type=Path, exists=True), help="A published table, or a folder.")
@click.option("--inventory", type=click.Path(path_type=Path, exists=True), help="CEADs workbook or energy balance CSV.")
@click.option("--scheme", help="Write an empty matrix in this sector classification, for a table that is typed in.")
@click.option("--raw", type=click.Path(path_type=Path), default=Path("data/raw"), show_default=True)
@click.option("--config", type=click.Path(path_type=Path), default=Path("config/config.yaml"), show_default=True)
def new_year_command(
    year: int, book: Path | None, inventory: Path | None, scheme: str | None, raw: Path, config: Path
) -> None:
    """Say what the folder of YEAR has and lacks, write templates of what is missing, and print the next command.

    Call it again after every step: nothing that is there is touched, and once all is there the whole folder is checked.
    """
    given = click.get_current_context().get_parameter_source("config") == ParameterSource.COMMANDLINE
    settings = read_config(
        config if given or config.is_file() else shipped("config/config.yaml", "config_data/config.yaml")
    )
    here = Place(year, raw / str(year), config, settings)
    here.folder.mkdir(parents=True, exist_ok=True)
    take_labels_beside(here.folder, named=settings.get("labels"))
    click.echo(f"{here.folder}")
    if not here.files["table"].exists():
        _without_table(here, book, scheme)
        return
    table = read_netcdf(here.files["table"])
    if table.year != year:
        todo = f"'mrio new-year {table.year}', or move it to its own folder"
        raise InputError(f"a table of {table.year}", f"one of {year}", todo, file=here.files["table"])
    study = _study(table, settings["exclude_regions"])
    size = f"{len(table.regions)} regions x {len(table.sectors)} sectors of {table.scheme!r}"
    emissions = here.files["emissions"]
    click.echo(f"  {here.files['table'].name}: {size}, {table.year}")
    _template(here.files["socioeconomic"], _socioeconomic(year, study.regions), "only Table 3 needs it")
    _template(emissions, _emissions(year, study), "or made from an inventory")
    if not emissions.exists():
        source = shlex.quote(str(inventory)) if inventory else "INVENTORY"
        click.echo(f"next: mrio emissions {source} --table {here.files['table']} --out {emissions}")
        click.echo(f"then: mrio new-year {year}")
        return
    _checked(here)


@dataclass(frozen=True)
class Place:
    """The year, its folder, and the configuration it will be computed by."""

    year: int
    folder: Path
    config: Path
    settings: dict

    @property
    def files(self) -> dict[str, Path]:
        """Return the files of the year by what they are."""
        return year_files(self.folder)


def _study(table: Table, exclude: list[str]) -> Table:
    names = region_names(exclude, table.regions, "config: key 'exclude_regions'")
    return table.drop_regions([name for name in names if name in table.regions])


def _without_table(here: Place, book: Path | None, scheme: str | None) -> None:
    """Print the command that brings the table: of the file given, or of each kind there is."""
    out = here.files["table"]
    if scheme is not None:
        path, out = here.folder / MATRIX, here.folder / TABLE_FILE.format(len(sectors(scheme)))
        click.echo(f"  {out.name}: missing")
        if not path.exists():
            excluded = here.settings["exclude_regions"]
            write_text_file(path, _matrix(here.year, scheme, [r for r in provinces().index if r not in excluded]))
        click.echo(f"  {MATRIX}: an empty matrix of {scheme!r}, to fill in")
        click.echo(f"next: mrio read {path} --layout matrix-csv --out {out}")
    elif book is None:
        click.echo(
            f"  {out.name}: missing\n"
            f"next: mrio new-year {here.year} --table FILE_OR_FOLDER   (workbook, CSV, pymrio or MARIO folder, "
            "provincial workbooks)\n"
            f"  or: mrio new-year {here.year} --scheme 42              (an empty matrix to type into)"
        )
    else:
        _say_how_to_read(here, book)
    click.echo(f"then: mrio new-year {here.year}")


def _say_how_to_read(here: Place, book: Path) -> None:
    found, quoted = recognise(book, here.year), shlex.quote(str(book))
    out = here.folder / TABLE_FILE.format(found.sectors) if found.sectors else here.files["table"]
    click.echo(f"  {out.name}: missing")
    click.echo(f"  {book.name}: {found.says}")
    if found.layout == "provincial":
        click.echo(f"next: mrio estimate {quoted} --year {here.year} --inventory INVENTORY --out {here.folder}")
        return
    layout = found.layout
    if found.changes:
        own = here.folder / LAYOUT
        with making(LAYOUT):
            write_text_file(own, found.layout_text())
        click.echo(f"  {LAYOUT}: like {layout}, but {', '.join(f'{k}: {v}' for k, v in found.changes.items())}")
        layout = str(own)
    year = f" --year {here.year}" if found.layout in ("pymrio", "mario", "regions-30x30") else ""
    click.echo(f"next: mrio read {quoted} --layout {layout}{year} --out {out}")


def _template(file: Path, content: str, why: str) -> None:
    """Write the template of a missing file; take an untouched one away once the file is there."""
    path = file.with_name(file.name.replace(".csv", TEMPLATE))
    if file.exists():
        click.echo(f"  {file.name}: there")
        if path.exists() and path.read_text(encoding="utf-8-sig") == content:
            path.unlink()
        return
    if not path.exists():
        write_text_file(path, "\ufeff" + content)  # the mark by which a spreadsheet knows UTF-8
    click.echo(f"  {file.name}: missing; {path.name} is there to fill in and rename ({why})")


def _checked(here: Place) -> None:
    """Check the whole folder as the pipeline will, and print what to do next."""
    inputs = read_inputs(here.files, here.year, here.settings)
    check_stressors(here.files["emissions"], inputs.table, here.settings)
    report = inputs.report
    click.echo(report.as_text())
    if not report.ok:
        sys.exit(1)
    click.echo(f"next: write '{config_entry(here.config, here.year)}' in {here.config}, then make")


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue()


def _emissions(year: int, table: Table) -> str:
    """Return an empty emission file in the sectors and provinces of the table."""
    rows = ((year, table.scheme, CO2, r, i, UNIT, "") for r in table.regions for i in (*table.sectors, *HOUSEHOLDS))
    return _csv((*KEY_COLUMNS, "total"), rows)


def _socioeconomic(year: int, regions: list[str]) -> str:
    names = ((name, unit) for name, unit in VARIABLES.items() if name != "engel_urban")
    return _csv(
        SOCIOECONOMIC_COLUMNS, ((year, r, name, "", unit, "unverified", "") for name, unit in names for r in regions)
    )


def _matrix(year: int, scheme: str, regions: list[str]) -> str:
    """Return the two header rows and the label columns of a matrix CSV, for a table that is typed in or pasted."""
    codes = sectors(scheme)["code"].tolist()
    users = [(r, i) for r in regions for i in codes] + [(r, c) for r in regions for c in CATEGORIES]
    users += [("", account) for account in ("exports", "excluded_out", "residual", "output")]
    rows = [(r, i) for r in regions for i in codes]
    rows += [("", "imports"), ("", "excluded_in"), ("value_added", "total")]
    head = f"\ufeff# format: mrio matrix CSV 1\n# year: {year}\n# unit: 10k CNY\n# scheme: {scheme}\n"
    top = ["", "sector", *(label for _, label in users)]
    return head + _csv(["region", "", *(r for r, _ in users)], [top, *([*row, *[""] * len(users)] for row in rows)])
