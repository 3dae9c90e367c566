"""``mrio diff``: which cells of Tables 1-3 moved between two folders of results, and what differs behind them."""

from __future__ import annotations

from pathlib import Path

import click
import pandas as pd

from mrio.errors import InputError
from mrio.outputs.tables import read_tables, write_table
from mrio.review.differences import ROUNDING, table_differences
from mrio.review.origin import changes
from mrio.review.results import read_provenance

TABLES = ("table1_transfers", "table2_responsibility", "table3_compensation")
WORDS = {
    "moved": ("{file}: {count} cells differ", "{file}:{count}个单元格不同"),
    "same": ("{file}: no cell differs", "{file}:无差异"),
    "only": ("{file}: only in {folder}", "{file}:仅见于{folder}"),
    "more": ("... and {count} more; --all or --out lists them", "……另有{count}处;用--all或--out查看全部"),
    "behind": ("Inputs, options and versions that differ:", "输入、选项与版本的差异:"),
    "nothing": ("Inputs, options and versions are the same.", "输入、选项与版本相同。"),
    "absent": ("(none)", "(无)"),
}


@click.command("diff")
@click.argument("one", type=click.Path(path_type=Path))
@click.argument("other", type=click.Path(path_type=Path))
@click.option("--tolerance", type=float, default=ROUNDING, show_default=True, help="Relative difference that is none.")
@click.option("--all", "everything", is_flag=True, help="Print every cell, not the largest twenty of a table.")
@click.option("--out", type=click.Path(path_type=Path), help="Write every cell that moved to this CSV.")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def diff_command(one: Path, other: Path, tolerance: float, everything: bool, out: Path | None, language: str) -> None:
    """List the cells of Tables 1-3 that moved from folder ONE to folder OTHER, and what differs behind them."""
    k = 1 if language == "zh" else 0
    behind = changes(read_provenance(one), read_provenance(other))
    moved = []
    for stem in TABLES:
        found = _moved(stem, one, other, tolerance, k)
        if found is not None and len(found):
            moved.append(found.assign(file=f"{stem}.csv"))
            _show(found, None if everything else 20, k)
    if out is not None:
        columns = ["file", "row", "column", "one", "other", "difference", "relative"]
        write_table(pd.concat(moved)[columns] if moved else pd.DataFrame(columns=columns), out)
    click.echo(WORDS["behind" if len(behind) else "nothing"][k])
    for line in behind.itertuples(index=False):
        left, right = (text or WORDS["absent"][k] for text in (line.one, line.other))
        click.echo(f"  {line.name}: {left} -> {right}")


def _moved(stem: str, one: Path, other: Path, tolerance: float, k: int) -> pd.DataFrame | None:
    paths = [folder / f"{stem}.csv" for folder in (one, other)]
    there = [path for path in paths if path.exists()]
    if not there:
        if stem == TABLES[0]:
            raise InputError("no such file", "results of the pipeline", "name folders such as results/2017",
                             file=paths[0])  # fmt: skip
        return None
    if len(there) == 1:
        click.echo(WORDS["only"][k].format(file=f"{stem}.csv", folder=there[0].parent))
        return None
    (left,), (right,) = (read_tables([path]).values() for path in paths)
    found = table_differences(left, right, tolerance)
    click.echo(WORDS["moved" if len(found) else "same"][k].format(file=f"{stem}.csv", count=len(found)))
    return found


def _show(found: pd.DataFrame, limit: int | None, k: int) -> None:
    for line in found.head(limit if limit is not None else len(found)).itertuples(index=False):
        part = "" if pd.isna(line.relative) else f"  ({100 * line.relative:+.3g}%)"
        click.echo(f"  {', '.join(filter(None, (line.row, line.column)))}: {line.one} -> {line.other}{part}")
    if limit is not None and len(found) > limit:
        click.echo("  " + WORDS["more"][k].format(count=len(found) - limit))
