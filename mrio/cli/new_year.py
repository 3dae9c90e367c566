"""``mrio new-year``: the folder of a year, templates of its files and the entry of the configuration."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import click

from mrio.formats.inputs.emission_keys import CO2, HOUSEHOLDS, KEY_COLUMNS, UNIT
from mrio.formats.inputs.foreign_trade import COLUMNS as TRADE_COLUMNS
from mrio.formats.inputs.socioeconomic import COLUMNS as SOCIOECONOMIC_COLUMNS
from mrio.formats.inputs.socioeconomic import VARIABLES
from mrio.labels import CATEGORIES, provinces, sectors
from mrio.saving import whole_text
from mrio.study.inputs import EMISSIONS_FILE, SOCIOECONOMIC_FILE, TABLE_FILE, config_entry

#: A template is filled in and renamed: the pipeline never takes an empty one for data.
TEMPLATE = ".template.csv"


@click.command("new-year")
@click.argument("year", type=click.IntRange(1900, 2100))
@click.option("--raw", type=click.Path(path_type=Path), default=Path("data/raw"), show_default=True)
@click.option("--scheme", default="42", show_default=True, help="Sector classification of the new table.")
@click.option("--exclude", multiple=True, default=("Tibet",), show_default=True, help="Regions outside the study.")
@click.option("--config", type=click.Path(path_type=Path), default=Path("config/config.yaml"), show_default=True)
def new_year_command(year: int, raw: Path, scheme: str, exclude: tuple[str, ...], config: Path) -> None:
    """Make the folder of YEAR with empty templates, and say what to put there.  Nothing that is there is touched."""
    folder = raw / str(year)
    codes = sectors(scheme)["code"].tolist()
    regions = [name for name in provinces().index if name not in exclude]
    folder.mkdir(parents=True, exist_ok=True)
    made = [
        _write(folder, EMISSIONS_FILE, (*KEY_COLUMNS, "total"), (
            (year, scheme, CO2, r, i, UNIT, "") for r in regions for i in (*codes, *HOUSEHOLDS)
        )),
        _write(folder, SOCIOECONOMIC_FILE, SOCIOECONOMIC_COLUMNS, (
            (year, r, name, "", unit, "unverified", "")
            for name, unit in VARIABLES.items() if name != "engel_urban" for r in regions
        )),
        _write(folder, "foreign_trade.csv", TRADE_COLUMNS, ((year, r, "", "", "", "10k CNY") for r in regions)),
        _matrix(folder, year, scheme, codes, regions),
    ]  # fmt: skip
    click.echo(f"{folder}: {', '.join(path.name for path in made if path) or 'nothing new, all templates were there'}")
    click.echo(_NEXT.format(folder=folder, year=year, table=TABLE_FILE, emissions=EMISSIONS_FILE,
                            socioeconomic=SOCIOECONOMIC_FILE, entry=config_entry(config, year)))  # fmt: skip


def _write(folder: Path, name: str, header: Iterable[str], rows: Iterable[Iterable[object]]) -> Path | None:
    """Write a template unless it, or the file it is for, is already there."""
    path = folder / name.replace(".csv", TEMPLATE)
    if path.exists() or (folder / name).exists():
        return None
    with whole_text(path, "utf-8-sig") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path


def _matrix(folder: Path, year: int, scheme: str, codes: list[str], regions: list[str]) -> Path | None:
    """Write the two header rows and the label columns of a matrix CSV, for a table that is typed in or pasted."""
    path = folder / f"mrio{TEMPLATE}"
    if path.exists() or (folder / TABLE_FILE).exists():
        return None
    users = [(r, i) for r in regions for i in codes] + [(r, c) for r in regions for c in CATEGORIES]
    users += [("", account) for account in ("exports", "excluded_out", "residual", "output")]
    with whole_text(path, "utf-8-sig") as stream:
        stream.write(f"# format: mrio matrix CSV 1\n# year: {year}\n# unit: 10k CNY\n# scheme: {scheme}\n")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["region", "", *(r for r, _ in users)])
        writer.writerow(["", "sector", *(label for _, label in users)])
        rows = [(r, i) for r in regions for i in codes]
        rows += [("", "imports"), ("", "excluded_in"), ("value_added", "total")]
        writer.writerows([*row, *[""] * len(users)] for row in rows)
    return path


_NEXT = """
1. The table, {folder}/{table}, comes from one of
     mrio read WORKBOOK --layout ceads-2017 --year {year} --out {folder}/{table}
     mrio estimate FOLDER_OF_PROVINCIAL_WORKBOOKS --year {year}
     mrio read {folder}/mrio.template.csv --layout matrix-csv --out {folder}/{table}     (once it is filled in)
2. Fill in {emissions} and {socioeconomic} from their templates (take '.template' out of the name).  Without
   {socioeconomic} everything up to Table 2 is made.
3. In the configuration:
     {entry}
4. make"""
