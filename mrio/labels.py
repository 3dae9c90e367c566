"""Provinces, sectors, regions and categories: their names, order and groupings.

Owns the label tables (``data/raw/provinces.csv``, ``data/raw/sectors.csv``, ``data/raw/concordances``) and every
question asked of them: which province is meant, what a sector is called in Chinese, which group it belongs to.
Labels inside the library are English province names and official sector codes; languages meet only in the output.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from mrio.errors import LabelError, did_you_mean
from mrio.places import shipped

#: Final demand categories of the canonical table, with the official column codes.
CATEGORIES = {"rural": "FU101", "urban": "FU102", "government": "FU103", "gfcf": "FU201", "inventory": "FU202"}
INVENTORY = "inventory"
FORMATION = "gfcf"


def data_dir() -> Path:
    """Return the folder of the label tables: beside the sources, or inside an installed package."""
    return shipped("data/raw/provinces.csv", "labels_data/provinces.csv").parent


@cache
def provinces() -> pd.DataFrame:
    """Return the 31 provinces in official order, indexed by English name (codes, groups, capital, tile)."""
    table = pd.read_csv(data_dir() / "provinces.csv", dtype={"code": str}, keep_default_na=False)
    return table.set_index("name", drop=False).rename_axis(index=None)


@cache
def sector_schemes() -> tuple[str, ...]:
    """Return the classifications that are listed in ``data/raw/sectors.csv``."""
    return tuple(pd.read_csv(data_dir() / "sectors.csv", dtype=str, keep_default_na=False)["scheme"].unique())


@cache
def sectors(scheme: str = "42") -> pd.DataFrame:
    """Return the sectors of a scheme in official order, indexed by code, with English and Chinese names.

    Parameters
    ----------
    scheme : str
        A classification listed in ``data/raw/sectors.csv``: ``"42"`` (2017), ``"42-2012"``, ``"30"``, ``"six"``.
    """
    table = pd.read_csv(data_dir() / "sectors.csv", dtype=str, keep_default_na=False)
    schemes = table["scheme"].unique()
    if scheme not in schemes:
        known = ", ".join(schemes)
        raise LabelError(f"sector scheme {scheme!r} is unknown{did_you_mean(scheme, schemes)}; known: {known}.")
    chosen = table[table["scheme"] == scheme].drop(columns="scheme")
    return chosen.set_index("code", drop=False).rename_axis(index=None)


@cache
def fuels() -> pd.DataFrame:
    """Return the inventory's fuels and processes, indexed by code, with names, carrier and unit of activity."""
    table = pd.read_csv(data_dir() / "fuels.csv", dtype=str, keep_default_na=False)
    return table.set_index("fuel", drop=False).rename_axis(index=None)


def normalise(label: object) -> str:
    """Return a label reduced to what identifies it: NFKC, lower case, no spaces, underscores, points or hyphens."""
    text = unicodedata.normalize("NFKC", str(label)).casefold()
    return "".join(ch for ch in text if not ch.isspace() and ch not in "_-.·'’")


@cache
def _province_names() -> dict[str, str]:
    names = {}
    for row in provinces().itertuples():
        spellings = [row.name, row.name_zh, row.full_zh, row.code, *filter(None, row.aliases.split("|"))]
        names.update({normalise(s): row.name for s in spellings})
    return names


def province(label: object, *, where: str = "") -> str:
    """Return the English name of the province meant by a Chinese or English spelling or a six-digit code.

    Raises
    ------
    LabelError
        If no province is meant; `where` (file, sheet, cell) opens the sentence.
    """
    found = _province_names().get(normalise(label))
    if found is None:
        place = f"{where}: " if where else ""
        hint = did_you_mean(str(label), [*provinces()["name"], *provinces()["name_zh"]])
        raise LabelError(
            f"{place}{label!r} is not a province of mainland China{hint}; expected e.g. 'Hebei' or '河北'."
        )
    return found


def provinces_in(text: str) -> list[str]:
    """Return the provinces whose Chinese or English name, short or full, stands in a text, in official order."""
    table = provinces()
    spoken = normalise(text)
    return [row.name for row in table.itertuples() if normalise(row.name_zh) in spoken or normalise(row.name) in spoken]


def region_names(names: Iterable[str], regions: Sequence[str], where: str = "") -> list[str]:
    """Return names of regions as a table of `regions` writes them: its own, or a province in any spelling.

    Raises
    ------
    LabelError
        If a name is neither one of the regions nor a province; `where` opens the sentence.
    """
    return list(dict.fromkeys(name if name in regions else province(name, where=where) for name in names))


def province_name(name: str, language: str = "en") -> str:
    """Return how a region is written in `language` (``en`` or ``zh``); an unknown region keeps its label."""
    table = provinces()
    if language == "zh" and name in table.index:
        return table.at[name, "name_zh"]
    return name


def sector_name(code: str, scheme: str, language: str = "en") -> str:
    """Return how a sector code is written in `language` (``en`` or ``zh``)."""
    return sectors(scheme).at[code, "name_zh" if language == "zh" else "name"]


def distances(regions: Sequence[str]) -> pd.DataFrame:
    """Return great-circle distances between provincial capitals, km (haversine, radius 6371 km).

    The distance of a province to itself is zero; whoever needs an internal distance states one.
    """
    coordinates = np.radians(provinces().loc[list(regions), ["latitude", "longitude"]].to_numpy(float))
    latitude, longitude = coordinates.T
    half_dlat = np.sin((latitude[:, None] - latitude[None, :]) / 2) ** 2
    half_dlon = np.sin((longitude[:, None] - longitude[None, :]) / 2) ** 2
    chord = half_dlat + np.cos(latitude)[:, None] * np.cos(latitude)[None, :] * half_dlon
    return pd.DataFrame(2 * 6371.0 * np.arcsin(np.sqrt(chord)), index=list(regions), columns=list(regions))


def unique(labels: Iterable[str], what: str) -> list[str]:
    """Return the labels as a list, refusing one that is given twice."""
    labels = list(labels)
    twice = sorted({label for label in labels if labels.count(label) > 1})
    if twice:
        raise LabelError(f"{what} {', '.join(map(repr, twice))} given twice; each must appear once.")
    return labels


def partition(labels: Sequence[str], mapping: Mapping[str, str], what: str = "sector") -> list[str]:
    """Return the group of each label, refusing a mapping that is not a partition of the labels.

    Every label must have exactly one group (a dict cannot give two); labels of the mapping that the table does not
    have are refused as well, because they are usually a spelling mistake.

    Raises
    ------
    LabelError
        Naming the labels without a group, or the mapped labels the table does not have.
    """
    missing = [label for label in labels if label not in mapping]
    if missing:
        raise LabelError(f"{what} {', '.join(map(repr, missing))} has no group in the concordance; add a row for it.")
    extra = [label for label in mapping if label not in set(labels)]
    if extra:
        hint = did_you_mean(extra[0], labels)
        raise LabelError(f"the concordance names {what} {extra[0]!r}, which the table does not have{hint}.")
    return [mapping[label] for label in labels]


def concordance(scheme: str, to: str) -> dict[str, str]:
    """Return sector -> group from one sector scheme to another (``data/raw/concordances/<scheme>_to_<to>.csv``).

    Raises
    ------
    LabelError
        If the project has no concordance between the two schemes.
    """
    folder = data_dir() / "concordances"
    path = folder / f"{scheme}_to_{to}.csv"
    if not path.exists():
        known = ", ".join(sorted(p.stem for p in folder.glob("*.csv")))
        raise LabelError(f"there is no concordance from sector scheme {scheme!r} to {to!r} (known: {known}).")
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    unique(table["from"], f"sector in {path.name}")
    return dict(zip(table["from"], table["to"], strict=True))


def group_order(groups: Sequence[str], order: Sequence[str] | None = None) -> list[str]:
    """Return the distinct groups, in `order` where given, else in order of first appearance."""
    distinct = list(dict.fromkeys(groups))
    return distinct if order is None else [g for g in order if g in distinct]
