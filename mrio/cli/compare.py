"""``mrio compare``: published values beside a folder of results, on the terminal or as files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from mrio.errors import InputError
from mrio.formats.datapackage_file import changed_files
from mrio.formats.inputs.published import read_reference
from mrio.outputs.table_files import write_table
from mrio.places import shipped
from mrio.review.comparison.beside import compare_published
from mrio.review.comparison.markdown_page import comparison_page
from mrio.review.comparison.ours import our_results
from mrio.review.comparison.scoped import scopes_of
from mrio.review.results import edited_since, read_provenance, read_results
from mrio.saving import beginning_of_names, write_text_file
from mrio.study.config import price_of
from mrio.study.grid_payment import Terms
from mrio.study.year_folder import year_files


@click.command("compare")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--reference", type=click.Path(path_type=Path),
              default=lambda: shipped("data/reference", "reference_data"), show_default="those that ship",
              help="Published values, and liao2022/table1.csv to table3.csv as typed in.")  # fmt: skip
@click.option("--raw", type=click.Path(path_type=Path), default=Path("data/raw"), show_default=True)
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="Write OUT.csv and OUT.md instead of printing the page.")
def compare_command(folder: Path, reference: Path, raw: Path, language: str, out: Path | None) -> None:
    """Hold every published value beside the results in FOLDER (results/2017): difference, ratio, rank, sign, reason.

    The configuration is that of FOLDER/provenance.json.  Nothing is computed from a published value.
    """
    record = read_provenance(folder)
    if record["year"] is None:
        raise InputError("a series of years", "the results of one year", "name its folder", file=folder)
    for sentence in edited_since(folder, record):
        click.echo(f"warning: {sentence}", err=True)
    if not reference.is_dir():
        raise InputError("no such folder", "published values", "check --reference", file=reference)
    for path in changed_files(reference):
        click.echo(f"warning: {path}: changed, or gone, since datapackage.json described it", err=True)
    files, config = year_files(raw / str(record["year"])), record["config"]
    socioeconomic = files["socioeconomic"] if files["socioeconomic"].exists() else None
    made = read_results(folder, files["emissions"], socioeconomic)
    terms = Terms(price_of(config, record["year"]), config["curve"], config["compensation_base"])
    held = our_results(made.accounts, made.shared, made.emissions, made.figures, terms, estimated=made.estimated)
    ours = replace(held, scopes=scopes_of(folder / "table.nc", made))
    frame = compare_published(read_reference(reference), ours)
    page = comparison_page(frame, record["year"], language)
    if out is None:
        click.echo(page)
        return
    out = beginning_of_names(out)
    write_table(frame, out.with_suffix(".csv"))
    write_text_file(out.with_suffix(".md"), page)
    click.echo(f"{out.with_suffix('.csv')}, {out.with_suffix('.md')}: {len(frame)} rows")
