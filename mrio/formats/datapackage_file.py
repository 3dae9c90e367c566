"""The Frictionless data package of a year's folder: what each file is, where it comes from, its unit and its sha256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mrio.errors import InputError
from mrio.saving import DESCRIPTION, write_text_file

#: Tables of labels, sources of uncertainty, evidence and species, beside the folders of the years.
LABELS = (
    "provinces.csv", "sectors.csv", "fuels.csv", "emission_factors.csv", "concordances/*.csv", "uncertainty.csv",
    "evidence/*.csv", "evidence/evidence.yaml", "evidence/plausibility/*.csv", "settlement/species.csv",
)  # fmt: skip
TERMS = "Provincial tables and statistics: cite the provincial bureaus and NBS. CEADs inventories: free with citation."
SOURCES = {
    "tables": {
        "title": "Official single-province input-output tables, {year}, 31 provinces x 42 sectors (provincial "
        "statistics bureaus / National Bureau of Statistics)"
    },
    "evidence": {
        "title": "National input-output tables (NBS), electricity balances and other facts, listed with their sources "
        "in data/raw/evidence/evidence.yaml"
    },
    "ceads": {
        "title": "CEADs emission inventories of 30 provinces, {year} (Shan et al. 2018, Sci Data 5:170201; 2020, Sci "
        "Data 7:54; Guan et al. 2021)"
    },
    "yearbook": {"title": "China Statistical Yearbook and provincial yearbooks (see the columns status and source)"},
}
#: File -> title, description, unit, sources, status.
FILES = {
    "mrio_42.nc": (
        "Interprovincial input-output table, 30 provinces x 42 sectors",
        "Estimated from the official provincial tables and the evidence beside them by `mrio estimate`: output and "
        "value added are official; uses, final demand by category, exports and imports are corrected "
        "(estimate_account.csv); every flow BETWEEN provinces is an estimate. Tibet is an excluded account.",
        "10k CNY", ("tables", "evidence"), "estimated",
    ),
    "mrio_six.csv": (
        "The same at six sectors, to open in a spreadsheet",
        "Aggregation of mrio_42.nc; matrix CSV, see docs/data.md.", "10k CNY", ("tables",), "estimated",
    ),
    "estimate_account.csv": (
        "What the estimation took out and corrected, by province and sector",
        "Reported and used margins, transit and re-exports removed, residual.", "10k CNY", ("tables",), "estimated",
    ),
    "evidence.csv": (
        "What the estimate rests on: every observation with its estimate",
        "Reports, national totals, physical balances and surveys: value, error, estimate, gap in errors, source.",
        "10k CNY", ("tables", "evidence"), "estimated",
    ),
    "evidence_alternatives.csv": (
        "The results without each piece of evidence, and with official reports believed",
        "Production, consumption, outflow, inflow, net transfer and exports of every alternative estimate.",
        "Mt CO2", ("ceads", "tables", "evidence"), "estimated",
    ),
    "estimate_parts.nc": (
        "What the table was estimated from, so that estimates can be drawn with errors",
        "Reconciled rows and what stays uncertain of them, cross-hauling, uses by region, flows between regions, "
        "alternatives; belongs to the mrio_42.nc whose sha256 it states (docs/intervals.md).",
        "10k CNY", ("tables", "evidence"), "estimated",
    ),
    "emissions_42.csv": (
        "Direct CO2 emissions by province, 42 sectors and fuel, and of households",
        "CEADs sectors split over table sectors by their own purchases of energy where CEADs is coarser "
        "(docs/emissions.md); totals by province and fuel are CEADs'.", "Mt CO2", ("ceads", "tables"), "derived",
    ),
    "emissions_6.csv": (
        "The same at six sectors", "Aggregation of emissions_42.csv.", "Mt CO2", ("ceads", "tables"), "derived",
    ),
    "socioeconomic.csv": (
        "GDP, population, per-capita GDP and Engel coefficients",
        "Rows with status 'unverified' were not checked against the printed yearbook; their weighted mean agrees with "
        "the national figure.", "by row", ("yearbook",), "partly unverified",
    ),
}  # fmt: skip


def datapackage(folder: Path, year: int) -> dict:
    """Return the data package of the files of :data:`FILES` that are in `folder`."""
    resources = []
    for name, (title, description, unit, sources, status) in FILES.items():
        path = folder / name
        if not path.exists():
            continue
        raw = path.read_bytes()
        resources.append({
            "name": path.stem.replace("_", "-"),
            "path": name,
            "title": title,
            "description": description,
            "format": path.suffix.lstrip("."),
            "unit": unit,
            "status": status,
            "sources": [{"title": SOURCES[s]["title"].format(year=year)} for s in sources],
            "bytes": len(raw),
            "hash": _hash(raw),
        })  # fmt: skip
    return {
        "profile": "data-package",
        "name": f"interprovincial-embodied-carbon-{year}",
        "title": f"Inputs of the interprovincial embodied carbon accounts, China {year}",
        "licenses": [{"name": "other", "title": TERMS}],
        "resources": resources,
    }


def label_package(folder: Path) -> dict[str, Any]:
    """Return the data package of the label tables in `folder` (``data/raw``): names, groups and concordances."""
    resources = [
        {
            "name": Path(name).stem.replace("_", "-"),
            "path": name,
            "format": name.rpartition(".")[2],
            "bytes": len(raw),
            "hash": _hash(raw),
        }
        for name, raw in ((name, (folder / name).read_bytes()) for name in label_files(folder))
    ]
    title = "Provinces, sectors, fuels and the concordances between classifications"
    return {"profile": "data-package", "name": "interprovincial-embodied-carbon-labels", "title": title,
            "resources": resources}  # fmt: skip


def label_files(folder: Path) -> list[str]:
    """Return the label tables in a folder, relative to it."""
    return sorted(path.relative_to(folder).as_posix() for name in LABELS for path in folder.glob(name))


def _hash(raw: bytes) -> str:
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def changed_files(folder: Path, names: Iterable[str] | None = None) -> list[Path]:
    """Return those of the named files of a folder, or of all, that are not what its ``datapackage.json`` describes.

    What it describes and is gone has changed, too.  A folder without one, and a file that it does not name, are not
    described and cannot have changed.

    Raises
    ------
    InputError
        A data package that cannot be read.
    """
    if not (folder / DESCRIPTION).exists():
        return []
    known = {str(resource["path"]): str(resource["hash"]) for resource in _described(folder)["resources"]}
    paths = [folder / name for name in (known if names is None else names) if name in known]
    return [
        path for path in paths
        if not path.is_file() or known[path.relative_to(folder).as_posix()] != _hash(path.read_bytes())
    ]  # fmt: skip


def _described(folder: Path) -> dict[str, Any]:
    """Return the data package of a folder as it was written."""
    package = folder / DESCRIPTION
    try:
        content = json.loads(package.read_text(encoding="utf-8"))
        if all({"path", "hash"} <= set(resource) for resource in content["resources"]):
            return content
        raise KeyError("path and hash of every resource")
    except (ValueError, KeyError, TypeError) as error:
        todo = "describe the folder anew, or remove the file"
        raise InputError(f"{type(error).__name__}: {error}", "a data package", todo, file=package) from None


def write_known_package(folder: Path) -> Path:
    """Write ``datapackage.json`` of any folder that has one, sizes and hashes of its files as they are now.

    Raises
    ------
    InputError
        A file that it describes and that is gone.
    """
    package = _described(folder)
    for resource in package["resources"]:
        path = folder / resource["path"]
        if not path.is_file():
            raise InputError(
                "no such file", f"what {DESCRIPTION} describes", "bring it back, or take it out", file=path
            )
        raw = path.read_bytes()
        resource.update(bytes=len(raw), hash=_hash(raw))
    return _written(package, folder)


def write_datapackage(folder: Path, year: int) -> Path:
    """Write ``datapackage.json`` of a year's folder; the same files give the same bytes."""
    return _written(datapackage(folder, year), folder)


def write_label_package(folder: Path) -> Path:
    """Write ``datapackage.json`` of the folder of label tables."""
    return _written(label_package(folder), folder)


def _written(package: Mapping[str, Any], folder: Path) -> Path:
    return write_text_file(folder / DESCRIPTION, json.dumps(package, indent=2, ensure_ascii=False) + "\n")
