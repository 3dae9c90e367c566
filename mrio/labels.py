"""Regions, sectors and categories: the label tables of ``data/raw``, and every question asked of them.

China's provinces are the default; a folder of one's own (:mod:`mrio.own_labels`) brings other regions.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from mrio import own_labels
from mrio.errors import LabelError, did_you_mean
from mrio.frames import read_frame
from mrio.places import data_dir
from mrio.sums_named import sum_or_several

#: Final demand categories of the canonical table, with the official column codes.
CATEGORIES = {"rural": "FU101", "urban": "FU102", "government": "FU103", "gfcf": "FU201", "inventory": "FU202"}
INVENTORY = "inventory"
FORMATION = "gfcf"


def _read(name: str, columns: Sequence[str], dtype: type | dict[str, type] = str) -> pd.DataFrame:
    """Return a shipped label table, its cells as text."""
    return read_frame(data_dir() / name, "a label table of data/raw", columns, dtype=dtype, keep_default_na=False)


@cache
def provinces() -> pd.DataFrame:
    """Return the 31 provinces in official order, indexed by English name (codes, groups, capital, tile)."""
    table = _read("provinces.csv", ("code", "name"), dtype={"code": str})
    return table.set_index("name", drop=False).rename_axis(index=None)


def sector_schemes() -> tuple[str, ...]:
    """Return the classifications of ``data/raw/sectors.csv``, and those of the label folder in use."""
    shipped_table = _read("sectors.csv", ("scheme", "code"))
    return tuple(dict.fromkeys([*shipped_table["scheme"], *own_labels.schemes()]))


def regions() -> pd.DataFrame:
    """Return the regions of the label folder in use, else the provinces, in their order, indexed by English name."""
    folder = own_labels.in_use()
    return provinces() if folder is None else own_labels.regions_of(folder)


def sectors(scheme: str = "42") -> pd.DataFrame:
    """Return the sectors of a scheme in official order, indexed by code, with English and Chinese names.

    Parameters
    ----------
    scheme : str
        A classification listed in ``data/raw/sectors.csv``: ``"42"`` (2017), ``"42-2012"``, ``"30"``, ``"six"``, or in
        the ``sectors.csv`` of the label folder in use.
    """
    folder = own_labels.in_use()
    if folder is not None and scheme in own_labels.sectors_of(folder)["scheme"].values:
        return _of_scheme(own_labels.sectors_of(folder), scheme)
    return _shipped_sectors(scheme)


@cache
def _shipped_sectors(scheme: str) -> pd.DataFrame:
    table = _read("sectors.csv", ("scheme", "code"))
    schemes = table["scheme"].unique()
    if scheme not in schemes:
        known = ", ".join([*schemes, *own_labels.schemes()])
        raise LabelError(f"sector scheme {scheme!r} is unknown{did_you_mean(scheme, schemes)}; known: {known}.")
    return _of_scheme(table, scheme)


def _of_scheme(table: pd.DataFrame, scheme: str) -> pd.DataFrame:
    chosen = table[table["scheme"] == scheme].drop(columns="scheme")
    return chosen.set_index("code", drop=False).rename_axis(index=None)


@cache
def fuels() -> pd.DataFrame:
    """Return the inventory's fuels and processes, indexed by code, with names, carrier and unit of activity."""
    table = _read("fuels.csv", ("fuel", "carrier"))
    return table.set_index("fuel", drop=False).rename_axis(index=None)


def groupings() -> list[str]:
    """Return the groupings of the regions, the coarsest first: East/Middle/West (11-8-12) and the eight regions."""
    return own_labels.groupings(regions())


def group_name(group: str, language: str = "en") -> str:
    """Return how a group of the label folder in use is written; any other keeps its label."""
    if language == "zh":
        for name in groupings():
            members = regions()[regions()[name] == group]
            if len(members) and f"{name}_zh" in members:
                return members[f"{name}_zh"].iloc[0]
    return group


def normalise(label: object) -> str:
    """Return a label reduced to what identifies it: NFKC, lower case, no spaces, underscores, points or hyphens."""
    text = unicodedata.normalize("NFKC", str(label)).casefold()
    return "".join(ch for ch in text if not ch.isspace() and ch not in "_-.·'’")


@cache
def _spellings(folder: Path | None) -> dict[str, str]:
    """Return normalised spelling -> region, of the regions of a label folder or of the provinces."""
    names = {}
    for row in (provinces() if folder is None else own_labels.regions_of(folder)).itertuples():
        spellings = [row.name, row.name_zh, row.full_zh, row.code, *row.aliases.split("|")]
        names.update({normalise(s): row.name for s in filter(None, spellings)})
    return names


def province(label: object, *, where: str = "") -> str:
    """Return the English name of the province, or other region of the label folder in use, meant by a spelling or code.

    Raises
    ------
    LabelError
        If no region is meant; `where` (file, sheet, cell) opens the sentence.
    """
    folder = own_labels.in_use()
    found = _spellings(folder).get(normalise(label))
    if found is None:
        place, table = f"{where}: " if where else "", regions()
        kind = "a province of mainland China" if folder is None else f"a region of {folder / own_labels.REGIONS}"
        if why := sum_or_several(str(label), lambda part: normalise(part) in _spellings(folder)):
            raise LabelError(f"{place}{label!r} is not {kind}: {why}.")
        hint = did_you_mean(str(label), [*table["name"], *table["name_zh"]])
        name, name_zh = ("Hebei", "河北") if folder is None else table.iloc[0][["name", "name_zh"]]
        raise LabelError(f"{place}{label!r} is not {kind}{hint}; expected e.g. {name!r} or {name_zh!r}.")
    return found


def provinces_in(text: str) -> list[str]:
    """Return the regions whose Chinese or English name, short or full, stands in a text, in official order."""
    table = regions()
    spoken = normalise(text)
    return [row.name for row in table.itertuples() if normalise(row.name_zh) in spoken or normalise(row.name) in spoken]


def region_names(names: Iterable[str], known: Sequence[str], where: str = "") -> list[str]:
    """Return names of regions as a table of the `known` writes them: its own, or a region in any spelling.

    Raises
    ------
    LabelError
        If a name is neither one of them nor a region known otherwise; `where` opens the sentence.
    """
    return list(dict.fromkeys(name if name in known else province(name, where=where) for name in names))


def province_name(name: str, language: str = "en") -> str:
    """Return how a region is written in `language` (``en`` or ``zh``); an unknown region keeps its label."""
    table = regions()
    if language == "zh" and name in table.index:
        return table.at[name, "name_zh"]
    return name


def sector_name(code: str, scheme: str, language: str = "en") -> str:
    """Return how a sector code is written in `language` (``en`` or ``zh``)."""
    return sectors(scheme).at[code, "name_zh" if language == "zh" else "name"]


def distances(names: Sequence[str]) -> pd.DataFrame:
    """Return great-circle distances between the capitals of provinces or other regions, km (haversine, 6371 km).

    The distance of a province to itself is zero; whoever needs an internal distance states one.
    """
    coordinates = np.radians(regions().loc[list(names), ["latitude", "longitude"]].to_numpy(float))
    latitude, longitude = coordinates.T
    half_dlat = np.sin((latitude[:, None] - latitude[None, :]) / 2) ** 2
    half_dlon = np.sin((longitude[:, None] - longitude[None, :]) / 2) ** 2
    chord = half_dlat + np.cos(latitude)[:, None] * np.cos(latitude)[None, :] * half_dlon
    return pd.DataFrame(2 * 6371.0 * np.arcsin(np.sqrt(chord)), index=list(names), columns=list(names))


def unique(labels: Iterable[str], what: str) -> list[str]:
    """Return the labels as a list, refusing one that is given twice."""
    labels = list(labels)
    twice = sorted({label for label in labels if labels.count(label) > 1})
    if twice:
        raise LabelError(f"{what} {', '.join(map(repr, twice))} given twice; each must appear once.")
    return labels


def partition(labels: Sequence[str], mapping: Mapping[str, str], what: str = "sector") -> list[str]:
    """Return the group of each label, refusing a mapping that is not a partition of the labels.

    Raises
    ------
    LabelError
        Naming labels without a group, or those the table does not have: usually a spelling mistake.
    """
    if not isinstance(mapping, Mapping):
        kind = type(mapping).__name__
        raise LabelError(f"the groups are a {kind}, expected a mapping of {what} to group: dict(...).")
    missing = [label for label in labels if label not in mapping]
    if missing:
        hint, names = did_you_mean(missing[0], set(mapping) - set(labels)), ", ".join(map(repr, missing))
        raise LabelError(f"{what} {names} has no group in the concordance{hint}; add a row for it.")
    for label in (of for of in labels if str(mapping[of]).strip() in ("", "None", "nan", "<NA>")):
        raise LabelError(f"{what} {label!r} has the group {mapping[label]!r}, which is no name; fill it in.")
    for label in (of for of in mapping if of not in set(labels)):
        hint = did_you_mean(label, labels)
        raise LabelError(f"the concordance names {what} {label!r}, which the table does not have{hint}.")
    return [mapping[label] for label in labels]


def concordance(scheme: str, to: str) -> dict[str, str]:
    """Return sector -> group from one sector scheme to another (``concordances/<scheme>_to_<to>.csv``).

    The file may lie in the label folder in use, or is one of ``data/raw``.

    Raises
    ------
    LabelError
        If the project has no concordance between the two schemes.
    """
    own = own_labels.in_use()
    folders = [of / "concordances" for of in (own, data_dir()) if of is not None]
    paths = [folder / f"{scheme}_to_{to}.csv" for folder in folders]
    path = next((path for path in paths if path.exists()), None)
    if path is None:
        known = ", ".join(sorted(p.stem for folder in folders for p in folder.glob("*.csv")))
        raise LabelError(f"there is no concordance from sector scheme {scheme!r} to {to!r} (known: {known}).")
    table = read_frame(path, "a concordance", ("from", "to"), dtype=str, keep_default_na=False)
    unique(table["from"], f"sector in {path.name}")
    return dict(zip(table["from"], table["to"], strict=True))


def adds_up(scheme: str, to: str) -> bool:
    """Return whether sectors of one scheme can be added up to another: it is the same, or there is a concordance."""
    try:
        return scheme == to or bool(concordance(scheme, to))
    except LabelError:
        return False


def group_order(groups: Sequence[str], order: Sequence[str] | None = None) -> list[str]:
    """Return the distinct groups, in `order` where given, else in order of first appearance."""
    distinct = list(dict.fromkeys(groups))
    return distinct if order is None else [g for g in order if g in distinct]
