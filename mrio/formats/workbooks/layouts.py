"""Layouts: how a published file is laid out, read from ``config/layouts/*.yaml``.

Owns the vocabulary of a layout file and its checks.  A new vintage of a workbook is a YAML file, not code: copy the
nearest one, change what differs (``like:`` takes over the rest), and name it on the command line or in the config.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from mrio.errors import ConfigError, UnitError, did_you_mean
from mrio.labels import sectors
from mrio.places import shipped
from mrio.strict import Section, checked, read_yaml
from mrio.units import known_money


def _unit(value: str) -> str:
    try:
        return known_money(value, "unit")
    except UnitError:
        raise ValueError("an unknown unit") from None


def _scheme(value: str | int) -> str | int:
    sectors(str(value))  # refuses an unknown scheme by name
    return value


Spellings = list[str | int]
Unit = Annotated[
    str, AfterValidator(_unit), Field(json_schema_extra={"expected": "a size of a currency, e.g. 10k CNY, M EUR"})
]
Scheme = Annotated[str | int, AfterValidator(_scheme)]


class Layout(Section):
    """What every layout says of itself."""

    kind: str
    title: str = ""
    source: str = ""
    note: str = ""


class Columns(Section):
    """Spellings of the headings of final demand, by category, and of the accounts; null: there is no such column."""

    final_demand: dict[str, Spellings]
    exports: Spellings | None = None
    residual: Spellings | None = None
    excluded_out: Spellings | None = None
    output: Spellings


class ProvincialColumns(Columns):
    """Of an official single-province table, which has interprovincial and foreign trade in columns of their own."""

    outflow: Spellings
    imports: Spellings
    inflow: Spellings


class Rows(Section):
    """Spellings of the labels of value added, by component, and of imports."""

    imports: Spellings | None = None
    value_added: dict[str, Spellings]


class Ignored(Section):
    """Spellings of rows and columns that are passed over."""

    columns: Spellings = Field(default_factory=list)
    rows: Spellings = Field(default_factory=list)


class Workbook(Layout):
    """What both kinds of table workbooks state."""

    year: int | Literal["stated"]
    unit: Unit
    scheme: Scheme
    regions: Annotated[int, Field(ge=1)]
    rows: Rows
    totals: dict[str, Spellings] = Field(default_factory=dict)
    ignored: Ignored = Ignored()
    regions_without: list[str] = Field(default_factory=list)
    totals_tolerance: Annotated[float, Field(gt=0)] = 0.0
    blanks: Literal["refuse", "zero"] = "refuse"


class MrioWorkbook(Workbook):
    """One sheet, provinces x sectors by provinces x sectors."""

    sheets: list[str]
    columns: Columns


class ProvincialFolder(Workbook):
    """One workbook for each province in a folder."""

    sheets: list[str] = Field(default_factory=list)
    columns: ProvincialColumns
    mixed_trade: list[str] = Field(default_factory=list)


class CeadsInventory(Layout):
    """A workbook of emission inventories, one sheet for each province and year."""

    sheet_name: str
    other_sheets: list[str]
    scheme: Scheme
    total_column: str
    total_rows: list[str]
    not_counted: list[str]
    units: list[str]


#: What the layout of a file of each kind must and may state.
KINDS: dict[str, type[Layout]] = {
    **dict.fromkeys(("netcdf", "matrix-csv", "long-csv", "pymrio-folder", "mario-folder"), Layout),
    "mrio-workbook": MrioWorkbook,
    "provincial-folder": ProvincialFolder,
    "ceads-inventory": CeadsInventory,
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
def _loaded(path: Path) -> dict[str, Any]:
    own = read_yaml(path)
    base = own.pop("like", None)
    if not isinstance(base, str | None):
        raise ConfigError(f"{path}: like is {base!r}, expected the name of a layout.")
    layout = _merged(load_layout(base), own) if base else own
    layout.pop("name", None)
    kind = layout.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ConfigError(
            f"{path}: kind is {kind!r}{did_you_mean(str(kind), KINDS)}, expected one of {', '.join(KINDS)}."
        )
    checked(KINDS[kind], layout, f"{path} (kind {kind!r})")
    return {**layout, "name": path.stem}


def _merged(base: Mapping, own: Mapping) -> dict:
    """Return the keys of both; a mapping is merged key by key, anything else is replaced."""
    merged = dict(base)
    for key, value in own.items():
        both = isinstance(value, Mapping) and isinstance(base.get(key), Mapping)
        merged[key] = _merged(base[key], value) if both else value
    return merged
