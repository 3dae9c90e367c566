"""Where provinces stand on a page: by the eight regions, and on a map of one tile per province."""

from __future__ import annotations

from collections.abc import Sequence

from mrio import labels
from mrio.words.group_words import GROUPS


def by_region(regions: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the regions grouped by the eight regions, and the group of each; unknown regions last, without one."""
    of_region = {r: labels.provinces().at[r, "region8"] for r in regions if r in labels.provinces().index}
    order = [r for group in GROUPS for r in regions if of_region.get(r) == group]
    order += [r for r in regions if r not in of_region]
    return order, [of_region.get(r, "") for r in order]


def tiles(regions: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return region -> (row, column) of its tile; regions that are no province fill rows below the map."""
    provinces = labels.provinces()
    columns = range(int(provinces["tile_column"].min()), int(provinces["tile_column"].max()) + 1)
    below = int(provinces["tile_row"].max()) + 2
    placed = {name: (int(row), int(col)) for name, row, col in
              provinces[["name", "tile_row", "tile_column"]].itertuples(index=False)}  # fmt: skip
    others = [region for region in regions if region not in placed]
    return placed | {r: (below + i // len(columns), columns[i % len(columns)]) for i, r in enumerate(others)}
