"""Where provinces, or other regions, stand on a page: by group, and on a map of one tile per region."""

from __future__ import annotations

import math
from collections.abc import Sequence

from mrio import labels, own_labels
from mrio.words.door import Text
from mrio.words.group_words import GROUPS, UNCOVERED_NAMES

#: Tiles of what the data do not cover: drawn, so that nobody takes them for forgotten.
UNCOVERED = {"Taiwan": (6, 8), "Macao": (7, 7), "Hong Kong": (7, 8)}


def by_region(regions: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the regions by the finest grouping (the eight regions), and the group of each; unknown ones last."""
    known, table = labels.groupings(), labels.regions()
    of_region = {r: str(table.at[r, known[-1]]) for r in regions if known and r in table.index}
    groups = GROUPS if own_labels.in_use() is None else dict.fromkeys(of_region.values())
    order = [r for group in groups for r in regions if of_region.get(r) == group]
    order += [r for r in regions if r not in of_region]
    return order, [of_region.get(r, "") for r in order]


def group_names(group: str) -> Text:
    """Return what a group of regions is called in English and in Chinese."""
    if own_labels.in_use() is None:
        return GROUPS.names(group)
    return labels.group_name(group, "en"), labels.group_name(group, "zh")


def tiles(regions: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return region -> (row, column) of its tile; regions that are no province fill rows below the map."""
    provinces = labels.regions()
    if "tile_row" not in provinces:
        width = math.ceil(math.sqrt(len(regions)))
        return {region: divmod(i, width) for i, region in enumerate(regions)}
    columns = range(int(provinces["tile_column"].min()), int(provinces["tile_column"].max()) + 1)
    below = int(provinces["tile_row"].max()) + 2
    placed = {name: (int(row), int(col)) for name, row, col in
              provinces[["name", "tile_row", "tile_column"]].itertuples(index=False)}  # fmt: skip
    others = [region for region in regions if region not in placed]
    return placed | {r: (below + i // len(columns), columns[i % len(columns)]) for i, r in enumerate(others)}


def uncovered_tiles() -> dict[str, tuple[int, int]]:
    """Return the tiles of China that no data cover; another country has none that are known."""
    return UNCOVERED if own_labels.in_use() is None else {}


def uncovered_name(region: str, language: str) -> str:
    """Return how such a tile is called."""
    return UNCOVERED_NAMES.say(region, language)
