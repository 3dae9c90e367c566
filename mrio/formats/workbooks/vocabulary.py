"""Words: what a label in a sheet stands for, by every spelling that a layout and the label tables know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mrio import labels, own_labels
from mrio.errors import LabelError


class Item(NamedTuple):
    """What a row or column stands for: kind (sector, category, account, component, total, ignored) and name."""

    kind: str
    name: str


def words_of_layout(layout: Mapping) -> tuple[dict[str, Item], dict[str, Item]]:
    """Return normalised spelling -> item for the rows and for the columns of a layout."""
    sectors = dict(_sector_spellings(str(layout["scheme"])))
    rows, columns = dict(sectors), dict(sectors)
    for name, spellings in layout["columns"].items():
        if name == "final_demand":
            for category, words in spellings.items():
                _add(columns, Item("category", category), words)
        elif spellings is not None:
            _add(columns, Item("account", name), spellings)
    for name, spellings in layout["rows"].items():
        if name == "value_added":
            for component, words in spellings.items():
                _add(rows, Item("component", component), words)
        elif spellings is not None:
            _add(rows, Item("account", name), spellings)
    for name, spellings in layout.get("totals", {}).items():
        _add(rows, Item("total", name), spellings)
        _add(columns, Item("total", name), spellings)
    ignored = layout.get("ignored", {})
    _add(rows, Item("ignored", ""), ignored.get("rows", []))
    _add(columns, Item("ignored", ""), ignored.get("columns", []))
    return rows, columns


def _sector_spellings(scheme: str) -> Iterator[tuple[str, Item]]:
    for sector in labels.sectors(scheme).itertuples():
        for spelling in (sector.name, sector.name_zh, sector.code, sector.code.lstrip("0")):
            yield labels.normalise(spelling), Item("sector", sector.code)


def _add(words: dict[str, Item], item: Item, spellings: Iterable) -> None:
    for spelling in spellings:
        words.setdefault(labels.normalise(spelling), item)


@cache
def _key(cell: str | float | int) -> str:
    """Return the normalised label of a cell; a whole number is a code."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return labels.normalise(cell)


def province_of(key: str) -> str:
    """Return the region a normalised label means, or an empty string."""
    return _region_of(key, own_labels.in_use())


@cache
def _region_of(key: str, _folder: Path | None) -> str:
    """Return :func:`province_of`, remembered for each label folder."""
    try:
        return labels.province(key) if key else ""
    except LabelError:
        return ""


def label_of(cell: object) -> str:
    """Return the normalised label in a cell, or an empty string where it holds none."""
    return _key(cell) if isinstance(cell, str | float | int) and not isinstance(cell, bool) else ""
