"""``mrio decompose``: why emissions and net transfers changed between two or more years."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click
import pandas as pd

from mrio import labels
from mrio.analysis.decomposition import chained, comparable
from mrio.errors import ConfigError
from mrio.outputs.decomposition_tables import decomposition_pairs, decomposition_table
from mrio.outputs.table_files import write_table
from mrio.study.observed import at_prices, observe_year
from mrio.words.analysis_words import ANALYSIS

QUANTITIES = ("net_transfer", "consumption", "production")


@click.command("decompose")
@click.argument("years", type=int, nargs=-1, required=True)
@click.option("--raw", type=click.Path(path_type=Path), default=Path("data/raw"), show_default=True,
              help="Folder of the years' folders.")  # fmt: skip
@click.option("--sectors", type=click.Choice(["six", "30"]),
              help="Sector scheme to compute in.  [default: the tables' own if they share one, else 30]")  # fmt: skip
@click.option(
    "--deflators", type=click.Path(path_type=Path), help="CSV of price indices; without it prices are current."
)
@click.option("--quantity", type=click.Choice(QUANTITIES), default=QUANTITIES[0], show_default=True,
              help="What is printed; files hold all.")  # fmt: skip
@click.option("--method", type=click.Choice(["mrio", "eebt"]), default="mrio", show_default=True,
              help="Definition of the flow: footprint, or bilateral trade as Table 1 begins with.")  # fmt: skip
@click.option("--exclude", multiple=True, help="Regions left out of the study.  [default: the configuration's]")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write decomposition.csv and decomposition_pairs.csv there."
)
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def decompose_command(
    years: tuple[int, ...], raw: Path, sectors: str | None, deflators: Path | None, quantity: str,
    method: Literal["mrio", "eebt"], exclude: tuple[str, ...], out: Path | None, language: str,
) -> None:  # fmt: skip
    """Say what intensity, technology, trade structure, demand mix and volume did between YEARS (two or more, in order).

    Terms are Shapley values; they add up to the change of every province and pair.
    """
    twice = next((year for year in years if years.count(year) > 1), None)
    if twice is not None:  # two tables of a year can be held against each other, but here there is one of each
        raise ConfigError(f"the year {twice} is named twice, and nothing changes in no time; name another year.")
    observations = [at_prices(observe_year(raw, year, exclude), deflators) for year in years]
    steps = chained(comparable(observations, sectors), method)
    table = decomposition_table(steps)
    if out is not None:
        write_table(table, out / "decomposition.csv")
        write_table(decomposition_pairs(steps), out / "decomposition_pairs.csv")
    click.echo(printed(table, years, quantity, language))


def printed(table: pd.DataFrame, years: tuple[int, ...], quantity: str, language: str) -> str:
    """Return one quantity's rows from the first to the last year as text, the largest change first."""
    asked = (table["quantity"] == quantity) & (table["from"] == years[0]) & (table["to"] == years[-1])
    rows = table[asked].sort_values("change_Mt", ascending=False, kind="stable")
    first = rows.iloc[0]
    prices = ANALYSIS.say("current", language) if first["prices"] == "current" else first["prices"]
    title = ANALYSIS.say("decomposition_title", language, quantity=ANALYSIS.say(quantity, language), first=years[0],
                          last=years[-1])  # fmt: skip
    factors = [name for name in table if name.endswith("_Mt") and f"{name.removesuffix('_Mt')}_gap_Mt" in table]
    shown = pd.DataFrame({"": [labels.province_name(name, language) for name in rows["province"]]})
    for name in ("change_Mt", *factors):
        shown[ANALYSIS.say(name.removesuffix("_Mt"), language)] = rows[name].map("{:+.1f}".format).tolist()
    note = ANALYSIS.say("decomposition_note", language, definition=first["definition"].upper(),
                        sectors=first["sectors"], prices=prices)  # fmt: skip
    return f"{title} (Mt)\n{note}\n{shown.to_string(index=False)}"
