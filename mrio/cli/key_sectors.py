"""``mrio linkages``: which sectors draw and enable most emissions."""

from __future__ import annotations

from pathlib import Path

import click

from mrio.analysis.extraction import Whole, cell_losses
from mrio.analysis.linkages import sector_linkages
from mrio.cli.csv_out import check_csv_out
from mrio.outputs.analysis_tables import linkages_table
from mrio.outputs.table_files import write_table
from mrio.study.observed import observe_year
from mrio.words.analysis_words import ANALYSIS

ORDERS = ("carbon_backward_index", "carbon_forward_index", "backward_index", "forward_index", "extraction_loss_Mt")


@click.command("linkages")
@click.argument("year", type=int)
@click.option(
    "--by", type=click.Choice(ORDERS), default=ORDERS[-1], show_default=True, help="Order of what is printed."
)
@click.option(
    "--top", type=click.IntRange(min=1), default=20, show_default=True, help="Lines printed; the file has all."
)
@click.option("--raw", type=click.Path(path_type=Path), default=Path("data/raw"), show_default=True,
              help="Folder of the years' folders.")  # fmt: skip
@click.option("--exclude", multiple=True, help="Regions left out of the study.  [default: the configuration's]")
@click.option("--out", type=click.Path(path_type=Path), help="Write every province-sector to this CSV.")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def linkages_command(
    year: int, by: str, top: int, raw: Path, exclude: tuple[str, ...], out: Path | None, language: str
) -> None:
    """Print backward and forward linkages of YEAR's province-sectors, in output and carbon, and what each one carries.

    An index of 1 is the mean of all; a sector above it both ways in carbon is key.
    """
    check_csv_out(out)
    seen = observe_year(raw, year, exclude)
    table = linkages_table(sector_linkages(seen.table, seen.F), cell_losses(Whole.of(seen.table, seen.F)), seen.table)
    if out is not None:
        write_table(table, out)
    place, sector = ("province_zh", "sector_zh") if language == "zh" else ("province", "sector_name")
    shown = table.sort_values(by, ascending=False, kind="stable").head(top)[[place, sector, *ORDERS, "kind"]]
    shown = shown.assign(kind=[ANALYSIS.say(kind, language) for kind in shown["kind"]])
    click.echo(shown.to_string(index=False, float_format="{:.2f}".format))
