"""Derive the evidence of this folder from its sources: ``python data/raw/evidence/plausibility/derive.py FOLDER``.

FOLDER holds the CEADs inventories, the national input-output tables and the provincial statistics; the files written
are sums of them, and population, GDP and Engel coefficients as published.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook

from mrio import labels
from mrio.formats.workbooks.inventory import read_inventory
from mrio.formats.workbooks.provincial_folder import read_provincial_tables

HERE = Path(__file__).parent
CEADS = "CEADs national inventory"
TABLES = "national input-output table {year}, 42 sectors (NBS)"
OFFICIAL = "official provincial input-output tables"
STATISTICS = ("year", "region", "variable", "value", "unit", "source")
YEARS_OF_PROVINCES = (2012, 2015, 2017, 2019)
#: National table: file, sheet, 0-based first row and columns of code and output, scheme and its groups.
NATIONAL_TABLES = {
    2012: ("2012_42_competitive.xls", 0, 10, 2, -1, "42-2012", "ceads-groups-2012"),
    2017: ("2017_42_noncompetitive.xlsx", 1, 5, 3, -1, "42", "ceads-groups"),
}


def national_fuels(shared: Path) -> pd.DataFrame:
    """Return national CO2 by year and fuel, Mt."""
    path = shared / "ceads_inventory" / "ceads_nat.xlsx"
    frames = []
    for year in range(1997, 2020):
        sums = read_inventory(path, year).groupby("fuel", sort=False)["emissions"].sum()
        frames.append(sums.rename("co2_mt").reset_index().assign(year=year))
    return pd.concat(frames).assign(source=CEADS)[["year", "fuel", "co2_mt", "source"]]


def provincial_sectors(shared: Path) -> pd.DataFrame:
    """Return CO2 by year, province and sector of the inventories (households among them), Mt, in five digits."""
    return _of_inventories(shared, "sector")


def provincial_fuels(shared: Path) -> pd.DataFrame:
    """Return CO2 by year, province and fuel, households included, Mt, in five digits."""
    return _of_inventories(shared, "fuel")


def _of_inventories(shared: Path, key: str) -> pd.DataFrame:
    frames = []
    for year in YEARS_OF_PROVINCES:
        inventory = read_inventory(shared / "ceads_inventory" / f"ceads_prov_{year}.xlsx", year)
        sums = inventory.groupby(["region", key], sort=False)["emissions"].sum()
        frames.append(sums[sums > 0].rename("co2_mt").reset_index().assign(year=year))
    table = pd.concat(frames)
    table["co2_mt"] = [float(f"{value:.5g}") for value in table["co2_mt"]]
    return table[["year", "region", key, "co2_mt"]]


def national_output(shared: Path, year: int) -> pd.Series:
    """Return national output by sector, 10^4 yuan."""
    file, sheet, first, code, output, scheme, _ = NATIONAL_TABLES[year]
    book = CalamineWorkbook.from_path(shared / "national_io" / file)
    rows = book.get_sheet_by_index(sheet).to_python()[first : first + 42]
    found = [str(row[code]).strip().removesuffix(".0").zfill(2) for row in rows]
    assert found == labels.sectors(scheme)["code"].tolist(), found
    return pd.Series([float(row[output]) for row in rows], found)


def national_intensity(shared: Path, year: int) -> pd.DataFrame:
    """Return national CO2 and output by the sectors that inventory and table have in common, and by six."""
    *_, scheme, groups = NATIONAL_TABLES[year]
    output = national_output(shared, year)
    inventory = read_inventory(shared / "ceads_inventory" / "ceads_nat.xlsx", year)
    inventory = inventory[~inventory["sector"].isin(["urban", "rural"])]
    emitted, frames = inventory.groupby("sector")["emissions"].sum(), []
    for to in (groups, "six"):
        money = output.groupby(output.index.map(labels.concordance(scheme, to))).sum()
        mass = emitted.groupby(emitted.index.map(labels.concordance("ceads", to))).sum()
        order = labels.sectors(to)["code"] if to == "six" else money.index
        frame = pd.DataFrame({"co2_mt": mass, "output_10k_cny": money}).loc[list(order)]
        frames.append(frame.rename_axis("group").reset_index().assign(year=year, scheme=to))
    source = f"{CEADS}; {TABLES.format(year=year)}"
    return pd.concat(frames).assign(source=source)[["year", "scheme", "group", "co2_mt", "output_10k_cny", "source"]]


def provincial_statistics(shared: Path) -> pd.DataFrame:
    """Return GDP, population and Engel coefficients of 2017; value added of the official tables of 2012 as GDP."""
    table = pd.read_csv(shared / "stats" / "provinces2017.csv")
    regions = [labels.province(name) for name in table["province"]]
    book = "China Statistical Yearbook 2018"
    columns = {
        "gdp": ("GDP2017_1e8yuan[A]", "100M CNY"), "population": ("pop2017_1e4[A]", "10k persons"),
        "gdp_per_capita": ("pcGDP2017_yuan[M*]", "CNY"),
        "engel": ("Engel_all[calc]", "ratio"), "engel_urban": ("Engel_urban[calc]", "ratio"),
    }  # fmt: skip
    frames = [
        pd.DataFrame({"year": 2017, "region": regions, "variable": name, "value": table[column], "unit": unit})
        for name, (column, unit) in columns.items()
    ]
    added = {year: _value_added(shared, year) for year in NATIONAL_TABLES}
    earlier = added[2012].assign(variable="gdp")
    return pd.concat([earlier, *(frame.assign(source=book) for frame in frames), *added.values()])[list(STATISTICS)]


def _value_added(shared: Path, year: int) -> pd.DataFrame:
    """Return value added by province of the official tables, 10^8 yuan."""
    tables = read_provincial_tables(shared / "provincial_io" / str(year), year)
    added = tables.data["value_added"].sum(("component", "sector")).to_series() / 1e4
    official = {"year": year, "variable": "value_added", "unit": "100M CNY", "source": OFFICIAL}
    return added.rename("value").rename_axis("region").reset_index().assign(**official)


def write(shared: Path, folder: Path) -> None:
    """Write the derived files into a folder."""
    intensity = pd.concat([national_intensity(shared, year) for year in NATIONAL_TABLES])
    for name, frame in (
        ("national_fuels", national_fuels(shared)),
        ("provincial_co2", provincial_sectors(shared)),
        ("provincial_fuels", provincial_fuels(shared)),
        ("national_intensity", intensity),
        ("provincial_statistics", provincial_statistics(shared)),
    ):
        frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", float_format="%.10g")


if __name__ == "__main__":
    write(Path(sys.argv[1]), HERE)
