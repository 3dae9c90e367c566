"""``mrio settle FOLDER``: replay a register folder and write its statements."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from mrio.errors import InputError
from mrio.saving import beginning_of_names
from mrio.settlement.folder import settle_folder, write_statements
from mrio.settlement.register_files import RULES, STATEMENTS
from mrio.settlement.reports import statements
from mrio.settlement.wording import LANGUAGES, as_text


@click.command("settle")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Where to write.  [default: FOLDER/statements]")
@click.option("--language", type=click.Choice(LANGUAGES), default="both", show_default=True, help="Headers and words.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Last day to book; later rows are left alone.")
@click.option("--chart", type=click.Path(path_type=Path), help="Also draw the balance: this stem + .png, .svg, .pdf.")
def settle_command(folder: Path, out: Path | None, language: str, as_of: datetime | None, chart: Path | None) -> None:
    """Settle the forest-carbon register in FOLDER (rules.yaml, owners.csv, lots.csv, applications.csv ...).

    Writes the statements up to the last event, or up to the first row that is refused; then the exit status is 1 and
    the sentence says which row and why.
    """
    outcome = settle_folder(folder, as_of.date() if as_of else None)
    chart = None if chart is None else beginning_of_names(chart)
    written = write_statements(outcome, _outside_registers(out or folder / STATEMENTS), language)
    if chart is not None:
        from mrio.outputs.figures.style import save
        from mrio.settlement.chart import balance_chart

        written += save(balance_chart(outcome, "en" if language == "en" else "zh"), chart)
    for item, value in as_text(statements(outcome)["summary"], language)[1]:
        if value:
            click.echo(f"{item}: {value}")
    click.echo(f"{len(written)} files in {written[0].parent}")
    if outcome.refusal is not None:
        raise outcome.refusal


def _outside_registers(out: Path) -> Path:
    """Refuse a folder of sheets as the place of statements: some have their names, and all would be read as sheets."""
    if (out / RULES).exists():
        todo = f"leave --out away: they are written to {out / STATEMENTS}"
        raise InputError("the folder of a register", "another folder for statements", todo, file=out)
    return out
