"""``mrio diff``: which cells of Tables 1-3 moved between two folders of results, and what differs behind them."""

from __future__ import annotations

from pathlib import Path

import click
import pandas as pd

from mrio.cli.csv_out import check_csv_out
from mrio.cli.number_options import POSITIVE
from mrio.errors import InputError
from mrio.outputs.table_files import read_tables, write_table
from mrio.review.differences import ROUNDING, table_differences
from mrio.review.origin import changes
from mrio.review.results import edited_since, read_provenance
from mrio.words.command_words import DIFF

TABLES = ("table1_transfers", "table2_responsibility", "table3_compensation")


@click.command("diff")
@click.argument("one", type=click.Path(path_type=Path))
@click.argument("other", type=click.Path(path_type=Path))
@click.option(
    "--tolerance", type=POSITIVE, default=ROUNDING, show_default=True, help="Relative difference that is none."
)
@click.option("--all", "everything", is_flag=True, help="Print every cell, not the largest twenty of a table.")
@click.option("--out", type=click.Path(path_type=Path), help="Write every cell that moved to this CSV.")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def diff_command(one: Path, other: Path, tolerance: float, everything: bool, out: Path | None, language: str) -> None:
    """List the cells of Tables 1-3 that moved from folder ONE to folder OTHER, and what differs behind them."""
    check_csv_out(out)
    records = [read_provenance(folder) for folder in (one, other)]
    behind = changes(*records)
    for sentence in (said for pair in zip((one, other), records, strict=True) for said in edited_since(*pair)):
        click.echo(f"warning: {sentence}", err=True)
    moved = []
    for stem in TABLES:
        found = _moved(stem, one, other, tolerance, language)
        if found is not None and len(found):
            moved.append(found.assign(file=f"{stem}.csv"))
            _show(found, None if everything else 20, language)
    if out is not None:
        columns = ["file", "row", "column", "one", "other", "difference", "relative"]
        write_table(pd.concat(moved)[columns] if moved else pd.DataFrame(columns=columns), out)
    click.echo(DIFF.say("behind" if len(behind) else "nothing", language))
    for line in behind.itertuples(index=False):
        left, right = (text or DIFF.say("absent", language) for text in (line.one, line.other))
        click.echo(f"  {line.name}: {left} -> {right}")


def _moved(stem: str, one: Path, other: Path, tolerance: float, language: str) -> pd.DataFrame | None:
    paths = [folder / f"{stem}.csv" for folder in (one, other)]
    there = [path for path in paths if path.exists()]
    if not there:
        if stem == TABLES[0]:
            raise InputError("no such file", "results of the pipeline", "name folders such as results/2017",
                             file=paths[0])  # fmt: skip
        return None
    if len(there) == 1:
        click.echo(DIFF.say("only", language, file=f"{stem}.csv", folder=there[0].parent))
        return None
    (left,), (right,) = (read_tables([path]).values() for path in paths)
    found = table_differences(left, right, tolerance)
    click.echo(DIFF.say("moved" if len(found) else "same", language, file=f"{stem}.csv", count=len(found)))
    return found


def _show(found: pd.DataFrame, limit: int | None, language: str) -> None:
    for line in found.head(limit if limit is not None else len(found)).itertuples(index=False):
        part = "" if pd.isna(line.relative) else f"  ({100 * line.relative:+.3g}%)"
        click.echo(f"  {', '.join(filter(None, (line.row, line.column)))}: {line.one} -> {line.other}{part}")
    if limit is not None and len(found) > limit:
        click.echo("  " + DIFF.say("more", language, count=len(found) - limit))
