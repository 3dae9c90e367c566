"""``mrio extract``: every province's accounts without a province, a sector, or sectors of provinces."""

from __future__ import annotations

from pathlib import Path

import click

from mrio.analysis.extraction import Whole, extract
from mrio.cli.csv_out import check_csv_out
from mrio.formats.inputs.emission_keys import sector_code
from mrio.labels import province
from mrio.outputs.analysis_tables import extraction_table
from mrio.outputs.table_files import write_table
from mrio.study.observed import observe_year


@click.command("extract")
@click.argument("year", type=int)
@click.option(
    "--province", "regions", multiple=True, help="Province taken out, with its demand unless sectors are named."
)
@click.option("--sector", "sectors", multiple=True, help="Sector code taken out, of the provinces named or of all.")
@click.option("--raw", type=click.Path(path_type=Path), default=Path("data/raw"), show_default=True,
              help="Folder of the years' folders.")  # fmt: skip
@click.option("--exclude", multiple=True, help="Regions left out of the study.  [default: the configuration's]")
@click.option("--out", type=click.Path(path_type=Path), help="Write the table to this CSV.")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def extract_command(
    year: int, regions: tuple[str, ...], sectors: tuple[str, ...], raw: Path, exclude: tuple[str, ...],
    out: Path | None, language: str,
) -> None:  # fmt: skip
    """Print what production, consumption and net transfer of every province would be in YEAR without what is named.

    Technology of the others stays; what would be emitted abroad if they imported it instead stands in the last column.
    """
    check_csv_out(out)
    seen = observe_year(raw, year, exclude)
    named, known = list(dict.fromkeys(province(name) for name in regions)), set(seen.table.sectors)
    sectors = tuple(code if code in known else sector_code(code) for code in sectors)
    made = extract(Whole.of(seen.table, seen.F), named, sectors)
    table = extraction_table({("asked", ", ".join([*named, *sectors])): made})
    if out is not None:
        write_table(table, out)
    place = "province_zh" if language == "zh" else "province"
    columns = [name for name in table if name.endswith("_Mt")]
    click.echo(table[[place, *columns]].to_string(index=False, float_format="{:.1f}".format))
