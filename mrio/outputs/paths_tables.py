"""Tables of supply chains: the largest paths behind a footprint, and the same by chain of sectors."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from mrio import labels
from mrio.analysis.paths import Paths, group_chains
from mrio.outputs.sector_labels import sector_names
from mrio.table.interregional import Table
from mrio.words.analysis_words import ANALYSIS

ARROW = " > "


def stacked_tables(
    make: Callable[[Paths, Table, str], pd.DataFrame], found: Mapping[str, Paths], table: Table
) -> pd.DataFrame:
    """Return one of the tables of paths for several destinations, one under the other."""
    return pd.concat([make(paths, table, name) for name, paths in found.items()], ignore_index=True)


def paths_table(found: Paths, table: Table, destination: str) -> pd.DataFrame:
    """Return the paths of one destination, largest first, with the remainder as the last row.

    ``chain`` is read as goods move: the sector that emits, then each buyer, last the product that final demand takes.
    """
    n = len(table.sectors)
    rows = []
    names = {language: sector_names(table, language) for language in ("en", "zh")}
    share = found.values / found.total if found.total else np.zeros_like(found.values)
    for k, (path, value) in enumerate(zip(found.nodes, found.values, strict=True)):
        backwards = path[::-1]
        rows.append({
            "destination": destination, "rank": k + 1, "tier": len(path) - 1, "emissions_Mt": value, "share": share[k],
            "cumulative_share": share[: k + 1].sum(), "emitter": table.regions[path[-1] // n],
            "emitting_sector": table.sectors[path[-1] % n],
            "chain": ARROW.join(f"{table.regions[j // n]} {names['en'][j % n]}" for j in backwards),
            "chain_zh": ARROW.join(
                f"{labels.province_name(table.regions[j // n], 'zh')} {names['zh'][j % n]}" for j in backwards
            ),
        })  # fmt: skip
    rest, others = found.remainder / found.total if found.total else 0.0, ANALYSIS.both("remainder")
    rows.append({"destination": destination, "emissions_Mt": found.remainder, "share": rest, "cumulative_share": 1.0,
                 "chain": others[0], "chain_zh": others[1]})  # fmt: skip
    return pd.DataFrame(rows).astype({"rank": "Int64", "tier": "Int64"})


def chains_table(found: Paths, table: Table, destination: str) -> pd.DataFrame:
    """Return the same paths by chain of sectors, whatever the provinces: emissions and number of paths."""
    names = {language: sector_names(table, language) for language in ("en", "zh")}
    rows = [
        {"destination": destination, "emissions_Mt": amount, "paths": number,
         "chain": ARROW.join(names["en"][i] for i in chain[::-1]),
         "chain_zh": ARROW.join(names["zh"][i] for i in chain[::-1])}
        for chain, (amount, number) in group_chains(found.nodes, found.values, len(table.sectors)).items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["destination", "emissions_Mt", "paths", "chain", "chain_zh"])
