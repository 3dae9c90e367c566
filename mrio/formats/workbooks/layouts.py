"""Layouts: how a published file is laid out, read from ``config/layouts/*.yaml``.

Owns the vocabulary of a layout file and its checks.  A new vintage of a workbook is a YAML file, not code: copy the
nearest one, change what differs (``like:`` takes over the rest), and name it on the command line or in the config.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from os import PathLike
from pathlib import Path

from mrio.errors import ConfigError, did_you_mean
from mrio.labels import sectors
from mrio.places import shipped
from mrio.units import units_like

#: Keys a layout of a kind must and may have.  ``like`` and the texts ``title``, ``source``, ``note`` belong to all.
_TEXTS = {"title", "source", "note"}
KINDS: dict[str, tuple[set[str], set[str]]] = {
    "netcdf": (set(), set()),
    "matrix-csv": (set(), set()),
    "long-csv": (set(), set()),
    "pymrio-folder": (set(), set()),
    "mrio-workbook": (
        {"sheets", "year", "unit", "scheme", "regions", "columns", "rows"},
        {"totals", "ignored", "regions_without", "totals_tolerance", "blanks"},
    ),
    "provincial-folder": (
        {"year", "unit", "scheme", "regions", "columns", "rows"},
        {"sheets", "totals", "ignored", "regions_without", "mixed_trade", "totals_tolerance", "blanks"},
    ),
    "ceads-inventory": (
        {"sheet_name", "other_sheets", "scheme", "total_column", "total_rows", "not_counted", "units"},
        set(),
    ),
}


def layouts_dir() -> Path:
    """Return the folder of the layout files: ``config/layouts`` beside the sources, or inside an installed package."""
    return shipped("config/layouts", "layouts_data")


def layout_names() -> list[str]:
    """Return the names of the layouts the project ships."""
    return sorted(path.stem for path in layouts_dir().glob("*.yaml"))


def load_layout(name: str | PathLike[str]) -> dict:
    """Return a layout by name (``"ceads-2017"``) or by the path of a YAML file of your own.

    Returns
    -------
    dict
        Its keys, with those of the layout named by ``like`` underneath, and ``name``.

    Raises
    ------
    ConfigError
        If the layout is unknown, or a key is missing, unknown or of the wrong form; the file and key are named.
    """
    path = Path(name)
    if path.suffix not in (".yaml", ".yml"):
        path = layouts_dir() / f"{name}.yaml"
        if not path.exists():
            known = layout_names()
            hint = did_you_mean(str(name), known)
            raise ConfigError(
                f"layout {str(name)!r} is unknown{hint}; known: {', '.join(known)}, or the path of a layout file ending"
                " in .yaml."
            )
    elif not path.exists():
        raise ConfigError(f"{path}: there is no such layout file; known layouts: {', '.join(layout_names())}.")
    return _loaded(path)


@cache
def _loaded(path: Path) -> dict:
    import yaml  # here, so that import mrio does not wait for it

    try:
        own = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: this is no YAML ({_first_line(error)}).") from error
    if not isinstance(own, dict):
        raise ConfigError(f"{path}: found no keys; a layout states at least 'kind'.")
    base = own.pop("like", None)
    layout = _merged(load_layout(base), own) if base else own
    layout["name"] = path.stem
    _check(layout, path)
    return layout


def _merged(base: Mapping, own: Mapping) -> dict:
    """Return the keys of both; a mapping is merged key by key, anything else is replaced."""
    merged = dict(base)
    for key, value in own.items():
        both = isinstance(value, Mapping) and isinstance(base.get(key), Mapping)
        merged[key] = _merged(base[key], value) if both else value
    return merged


def _check(layout: Mapping, path: Path) -> None:
    kind = layout.get("kind")
    if kind not in KINDS:
        raise ConfigError(
            f"{path}: kind is {kind!r}{did_you_mean(str(kind), KINDS)}; expected one of {', '.join(KINDS)}."
        )
    needed, optional = KINDS[kind]
    known = needed | optional | _TEXTS | {"kind", "name"}
    for key in layout:
        if key not in known:
            raise ConfigError(f"{path}: the key {key!r} is unknown{did_you_mean(key, known)} for kind {kind!r}.")
    missing = sorted(needed - set(layout))
    if missing:
        raise ConfigError(f"{path}: the key {missing[0]!r} is missing for kind {kind!r}.")
    if "unit" in needed and layout["unit"] not in units_like("CNY"):
        raise ConfigError(f"{path}: unit is {layout['unit']!r}; expected one of {', '.join(units_like('CNY'))}.")
    if layout.get("blanks", "refuse") not in ("refuse", "zero"):
        raise ConfigError(f"{path}: blanks is {layout['blanks']!r}; expected refuse or zero.")
    if "scheme" in needed:
        sectors(str(layout["scheme"]))
    for key in ("columns", "rows", "totals", "ignored"):
        if not isinstance(layout.get(key, {}), Mapping):
            raise ConfigError(f"{path}: {key} is {layout[key]!r}; expected a mapping of names to spellings.")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
