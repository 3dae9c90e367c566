"""What every column of every CSV of results means: for people a page, for programs a data package with field schemas.

``python -m mrio.outputs.data_dictionary`` writes docs/columns.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from mrio.currencies import CURRENCIES
from mrio.equations.payment import CURVES
from mrio.places import ROOT
from mrio.words.column_words import COLUMNS, ENDINGS, HEADS
from mrio.words.door import Text
from mrio.words.quantity_words import QUANTITIES
from mrio.words.variant_words import METHODS, RESOLUTIONS

PAGE = Path("docs/columns.md")
#: Units as names of columns end in them, the longest first, and how a reader writes them.
UNITS = {
    "_10kt_per_100M_CNY": "10 kt per 10^8 yuan",
    "_t_per_10k_CNY": "t per 10^4 yuan",
    "_Mt_per_year": "Mt a year",
    "_100M_CNY": "10^8 yuan",
    "_10k_m3": "10^4 m3",
    "_1000_ha": "1000 ha",
    "_t_per_head": "t per head",
    "_percent": "%",
    "_Mt": "Mt",
    "_CNY": "yuan",
}
FULL_COMMA, FULL_COLON = "，", "："
KINDS = {"i": "integer", "f": "number", "b": "boolean"}


def meaning(name: str, stressors: Iterable[str] = ()) -> tuple[Text, str] | None:
    """Return what a column means, in English and Chinese, and its unit; None where its name is not known.

    Definition, resolution and preset stand before the quantity, the unit behind it; before all of them one of the
    `stressors` where there are several, each with a unit of its own.
    """
    stressor = next((own for own in stressors if name.startswith(f"{own}_")), "")
    said, unit = _parted(name.removeprefix(f"{stressor}_")) if stressor else _known_unit(name)
    if said is None or not stressor:
        return None if said is None else (said, unit)
    return (f"{stressor}: {said[0][:1].lower()}{said[0][1:]}", f"{stressor}{FULL_COLON}{said[1]}"), unit


def _known_unit(name: str) -> tuple[Text | None, str]:
    """Return what a column means and its unit, one of those of the house in whatever currency."""
    told = {unit.replace("CNY", currency): (unit, currency) for unit in UNITS for currency in CURRENCIES}
    unit, currency = told.get(next((unit for unit in told if name.endswith(unit)), ""), ("", "CNY"))
    written = UNITS.get(unit, "")
    return _quantity(name.removesuffix(unit.replace("CNY", currency))), (
        written if currency == "CNY" else written.replace("yuan", currency)
    )


def _parted(name: str) -> tuple[Text | None, str]:
    """Return what a column of another stressor means and its unit: what stands behind the longest known name."""
    said, unit = _known_unit(name)
    words = name.split("_")
    for at in range(len(words), 0, -1):
        if said is None and (said := _quantity("_".join(words[:at]))) is not None:
            unit = " ".join(words[at:])
    return said, unit


def _quantity(base: str) -> Text | None:
    """Return what a name without its unit means."""
    told = [part for part in (*METHODS, *(f"{scheme}" for scheme in RESOLUTIONS), *CURVES)]
    while (first := next((part for part in told if base.startswith(f"{part}_")), "")) and _words(base) is None:
        base = base.removeprefix(f"{first}_")
    return _words(base)


def _words(base: str) -> Text | None:
    """Return what a quantity means: its own words, or those of what it is named after with an ending."""
    for words in (QUANTITIES, COLUMNS):
        if base in words:
            return words.both(base)
    for ending in sorted(ENDINGS, key=len, reverse=True):
        stem = base.removesuffix(ending)
        of = _words(stem) if stem != base and stem else None
        if of is not None:
            english, chinese = ENDINGS.both(ending)
            return of[0] + english, of[1] + chinese
    return None


def datapackage(paths: Iterable[Path], folder: Path, name: str, stressors: Sequence[str] = ()) -> dict:
    """Return the description of some CSV files, a resource each with the schema of its fields.

    Parameters
    ----------
    paths : iterable of Path
        CSV files in `folder`.
    name : str
        Of the package: lower-case letters, digits and ``-``.
    stressors : sequence of str
        Of the study, where names of columns begin with them.
    """
    resources = [_resource(path, folder, stressors) for path in sorted(paths)]
    return {"name": name, "profile": "tabular-data-package", "resources": resources}


def _resource(path: Path, folder: Path, stressors: Sequence[str]) -> dict:
    table = pd.read_csv(path, encoding="utf-8-sig")
    data = path.read_bytes()
    return {
        "name": path.stem.lower().replace("_", "-"),
        "path": path.relative_to(folder).as_posix(),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {"fields": [_field(name, table[name], stressors) for name in table.columns], "missingValues": [""]},
    }


def _field(name: str, values: pd.Series, stressors: Sequence[str]) -> dict:
    known = meaning(name, stressors)
    field: dict[str, object] = {"name": name, "type": _kind(values)}
    if known is None:
        return field
    (english, chinese), unit = known
    field |= {"title": english, "title_zh": chinese} | ({"unit": unit} if unit else {})
    if field["type"] == "boolean":
        field |= {"trueValues": ["True"], "falseValues": ["False"]}
    return field


def _kind(values: pd.Series) -> str:
    """Return the type of a column; one that holds nothing is text."""
    return "string" if values.isna().all() else KINDS.get(values.dtype.kind, "string")


def columns_page() -> str:
    """Return docs/columns.md: how names are put together, and what each part means."""
    rows = [(name, *words.both(name)) for words in (QUANTITIES, COLUMNS) for name in words]
    unique = {name: (english, chinese) for name, english, chinese in reversed(rows)}
    lines = [
        "# What the columns of the results mean",
        "",
        "Written by `python -m mrio.outputs.data_dictionary` from the words of the house; a test holds it in step.",
        "`results/<year>/datapackage.json` says the same of every file to programs (frictionless).",
        "",
        "A name is put together of, in this order: the stressor where there are several, the definition of the flow "
        f"({_listed(METHODS)}), the sectors computed at ({_listed(RESOLUTIONS)}), the preset of the growth curve "
        f"({_listed(CURVES)}), the quantity, its ending, the unit. `eebt_six_net_transfer_p05_Mt` is the 5% quantile "
        "of the net transfer under EEBT at six sectors. **`outflow`** is carbon in goods *sent to* other provinces, "
        "**`inflow`** in goods *drawn from* them; the net transfer is inflow less outflow, so a large outflow makes a "
        "receiver.",
        "",
        "| unit | meaning |",
        "| --- | --- |",
        *(f"| `{unit}` | {said} |" for unit, said in UNITS.items()),
        "",
        _heads("ending"),
        "| --- | --- | --- |",
        *(f"| `{ending}` | {' '.join(ENDINGS.say(ending, 'en').split()).lstrip(', ')} "
          f"| {ENDINGS.say(ending, 'zh').lstrip(FULL_COMMA)} |" for ending in ENDINGS),
        "",
        _heads("quantity"),
        "| --- | --- | --- |",
        *(f"| `{name}` | {unique[name][0]} | {unique[name][1]} |" for name in sorted(unique)),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _heads(first: str) -> str:
    english, chinese = HEADS.both("meaning")
    return f"| {first} | {english} | {chinese} |"


def _listed(names: Iterable[str] | Mapping) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    (ROOT / PAGE).write_text(columns_page(), encoding="utf-8")
