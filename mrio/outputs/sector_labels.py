"""How the sectors of a table are written."""

from __future__ import annotations

from collections.abc import Sequence

from mrio import labels
from mrio.table.interregional import Table


def written_sectors(scheme: str, sectors: Sequence[str], language: str) -> list[str]:
    """Return how sectors are written; those of no named scheme keep their labels."""
    if not scheme:
        return list(sectors)
    return labels.sectors(scheme)["name_zh" if language == "zh" else "name"].loc[list(sectors)].tolist()


def sector_names(table: Table, language: str) -> list[str]:
    """Return how the sectors of a table are written."""
    return written_sectors(table.scheme, table.sectors, language)
