"""What every row of an emission file states of itself: year, sector scheme, stressor, unit and place.

Owns how these are held against the table.  Codes alone do not say which classification of 42 sectors is meant (those of
2012 and 2017 have the same ones), and a wrong one moves power stations into another sector while every sum holds.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

from mrio import labels
from mrio.choosable import CO2
from mrio.currencies import stated_money
from mrio.errors import InputError
from mrio.units import known_unit, units_like

HOUSEHOLDS = ("urban", "rural")
KEY_COLUMNS = ("year", "scheme", "stressor", "region", "sector", "unit")
#: Columns that older files do not have.
LATER_COLUMNS = ("scheme", "stressor")
#: The unit CO2 is written in; it may be read in any other of emissions.
UNIT = "Mt CO2"
MAKE = "'mrio emissions INVENTORY --table TABLE --out FILE'"
WHAT_TO_DO = {
    "scheme": f"a code means another sector there: make the file in the sectors of the table, {MAKE}",
    "stressor": "a file holds one stressor: choose that stressor's, emissions_<n>.csv for CO2 and "
    "emissions_<n>_<stressor>.csv for every other",
}


def scheme_of(records: Sequence[tuple[int, Mapping[str, str]]], path: Path, wanted: str | None, stressor: str) -> str:
    """Return the scheme to hold every row against.

    An older file, without the columns :data:`LATER_COLUMNS`, is read with a warning that names what was assumed, and
    refused where its codes and unit leave a choice.
    """
    stated = records[0][1]
    absent = [name for name in LATER_COLUMNS if name not in stated]
    scheme = _scheme_by_codes(records, path, wanted) if "scheme" in absent else wanted or stated["scheme"]
    if "stressor" in absent and stressor != CO2:
        raise InputError("no column 'stressor'", f"one with {stressor!r} in every row", "add it", file=path, row=1)
    if absent:
        taken = {"scheme": f"the sectors of {scheme!r}, as the codes say", "stressor": "CO2, as the unit says"}
        warnings.warn(
            f"{path}: found no column {' and '.join(map(repr, absent))}; taken for "
            f"{' and '.join(taken[name] for name in absent)}: write it in every row.",
            stacklevel=3,
        )
    return scheme


def _scheme_by_codes(records: Sequence[tuple[int, Mapping[str, str]]], path: Path, wanted: str | None) -> str:
    """Return the only scheme that has all codes of the file; where there is none, the one wanted, to be refused by."""
    codes = {sector_code(cell["sector"]) for _, cell in records} - set(HOUSEHOLDS)
    fitting = [name for name in labels.sector_schemes() if codes <= set(labels.sectors(name)["code"])]
    table = f" (the table is in {wanted})" if wanted else ""
    if len(fitting) > 1:
        raise InputError(
            "no column 'scheme'",
            f"one that says which classification the emissions were made in ({' or '.join(fitting)}: their codes are "
            "the same, their sectors are not)",
            f"add it where that is known{table}, or make the file anew: {MAKE}", file=path, row=1,
        )  # fmt: skip
    if fitting and wanted not in (None, fitting[0]):
        raise InputError(f"the sectors of {fitting[0]!r}", f"those of {wanted!r}", WHAT_TO_DO["scheme"], file=path)
    if not fitting and wanted is None:
        raise InputError("sectors of no known classification", "a column 'scheme' that names it", file=path, row=1)
    return wanted or fitting[0]


def check_stated(cell: Mapping[str, str], expected: Mapping[str, str], line: int, path: Path) -> None:
    """Refuse a row of another scheme or stressor than `expected`; an older file has no such column."""
    for name, wanted in expected.items():
        if cell.get(name, wanted) != wanted:
            found = f"{name} {cell[name]!r}"
            raise InputError(found, repr(wanted), WHAT_TO_DO[name], file=path, row=line, column=name)


def check_unit(unit: str, units: list[str], line: int, path: Path, stressor: str) -> None:
    """Refuse a unit that does not measure the stressor, or another than in the rows before, which `units` holds."""
    if stressor == CO2:
        known_unit(unit, UNIT, f"{path}, row {line}, column unit")
    elif unit in units_like(UNIT) or stated_money(unit):
        expected = f"the unit of {stressor}, such as kt, TJ or M m3"
        raise InputError(f"unit {unit!r}", expected, "write that unit in every row", file=path, row=line, column="unit")
    if not unit or (units and unit != units[0]):
        expected = f"{units[0]!r} as in the rows before" if units else f"the unit of {stressor}"
        raise InputError(f"unit {unit!r}", expected, "one unit per file", file=path, row=line, column="unit")
    units[:] = [unit]


def sector_code(sector: str) -> str:
    """Return a sector with the leading zero that spreadsheets take away, without the point that programs add."""
    sector = sector[:-2] if sector[:-2].isdigit() and sector.endswith(".0") else sector
    return sector.zfill(2) if sector.isdigit() else sector
