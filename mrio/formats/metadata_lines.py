"""The lines ``# key: value`` that open a CSV table: its format, year, unit, scheme and further attributes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mrio.errors import InputError
from mrio.table.interregional import Table
from mrio.units import known_money

#: Rows within which lines of metadata are looked for that do not stand at the top.
ABOVE = 10


def attr_lines(table: Table, form: str) -> list[str]:
    """Return the lines of a table, that of its format first."""
    return [f"# {key}: {value}\n" for key, value in {"format": form, **table.data.attrs}.items()]


def parse_attrs(lines: Sequence[str], path: Path, form: str) -> tuple[dict[str, str], int]:
    """Return the ``# key: value`` lines that open a file and their number; year and unit must be among them."""
    attrs: dict[str, str] = {}
    first = 0
    opening = next((k for k, line in enumerate(lines[:ABOVE]) if line.lstrip('"').startswith("#")), 0)
    if opening:
        found, todo = f"{lines[0].rstrip(', ')!r} above the lines '# key: value'", "take it out"
        raise InputError(found, "them at the top", todo, file=path, row=1)
    while first < len(lines) and lines[first].lstrip('"').startswith("#"):
        line = lines[first].strip('"').lstrip("# ").rstrip(", ")
        key, colon, value = line.partition(":")
        if not colon:
            raise InputError(f"the line {line!r}", "a metadata line '# key: value'", file=path, row=first + 1)
        attrs[key.strip()] = value.strip()
        first += 1
    stated = attrs.pop("format", form)
    if stated != form:
        raise InputError(f"format {stated!r}", repr(form), "choose the layout that wrote it", file=path)
    if not attrs.get("year", "").isdigit():
        raise InputError(f"year {attrs.get('year', '')!r}", "a line '# year: 2017' at the top", file=path)
    attrs["unit"] = known_money(attrs.get("unit"), f"{path}, line '# unit: ...' at the top")
    return attrs, first


def further_attrs(attrs: dict[str, str]) -> dict[str, str]:
    """Return the attributes besides year, unit and scheme, which a table takes by name."""
    return {key: text for key, text in attrs.items() if key not in ("year", "unit", "scheme")}
