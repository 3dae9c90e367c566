"""``mrio paths``: the supply chains that carry a province's footprint, or one flow, largest first."""

from __future__ import annotations

from pathlib import Path

import click

from mrio.analysis.paths import largest_paths
from mrio.analysis.tracing import demand_of, supply_network
from mrio.labels import province
from mrio.outputs.paths_page import paths_html
from mrio.outputs.paths_tables import chains_table, paths_table
from mrio.outputs.table_files import write_table
from mrio.saving import beginning_of_names, write_text_file
from mrio.study.observed import observe_year


@click.command("paths")
@click.argument("year", type=int)
@click.argument("destination")
@click.option("--from", "origin", help="Only paths that end in this province: one flow instead of the footprint.")
@click.option("--count", type=click.IntRange(min=1), default=20, show_default=True, help="Largest number of paths.")
@click.option("--share", type=click.FloatRange(0, 1, min_open=True), default=1.0, show_default=True,
              help="Stop when the paths hold this share of the total.")  # fmt: skip
@click.option("--raw", type=click.Path(path_type=Path), default=Path("data/raw"), show_default=True,
              help="Folder of the years' folders.")  # fmt: skip
@click.option("--exclude", multiple=True, help="Regions left out of the study.  [default: the configuration's]")
@click.option("--out", type=click.Path(path_type=Path), help="Write OUT.csv, OUT_chains.csv and OUT.html.")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def paths_command(
    year: int, destination: str, origin: str | None, count: int, share: float, raw: Path, exclude: tuple[str, ...],
    out: Path | None, language: str,
) -> None:  # fmt: skip
    """List the largest supply chains of YEAR behind the final demand of province DESTINATION (or of 'exports').

    Each is read as goods move: the sector that emits, then each buyer.  What all other paths carry is the last line.
    """
    seen = observe_year(raw, year, exclude)
    place = destination if destination in ("exports", "excluded", "residual") else province(destination)
    network = supply_network(seen.table, seen.F, None if origin is None else province(origin))
    found = largest_paths(network, demand_of(seen.table, place), count=count, share=share)
    table = paths_table(found, seen.table, place)
    if out is not None:
        out = beginning_of_names(out)
        write_table(table, out.with_suffix(".csv"))
        write_table(chains_table(found, seen.table, place), out.with_name(f"{out.stem}_chains.csv"))
        write_text_file(out.with_suffix(".html"), paths_html({place: found}, seen.table, language))
    chain = "chain_zh" if language == "zh" else "chain"
    for row in table.itertuples(index=False):
        click.echo(f"{row.emissions_Mt:10.3f} Mt  {row.share:6.2%}  {getattr(row, chain)}")
