"""The table of plausibility checks: what is held against which evidence, from which factor on, and what is said.

A check compares figures with evidence as a ratio.  Beyond the first factor (either way) it warns, beyond the second it
refuses; `drift` widens both for every year between the figures and the evidence.  A check without factors refuses
whatever it finds.  The configuration may accept a check by name, with a reason that is printed on the tables.
"""

from __future__ import annotations

from collections.abc import Iterable

from mrio.errors import ConfigError, did_you_mean
from mrio.table.plausibility.rules_of_checks import TIMES, Rule
from mrio.table.plausibility.side_rules import SIDE_RULES

_UNIT = "check unit and year"
RULES: tuple[Rule, ...] = (
    Rule(
        "national emissions", "emissions", "CO2 of all provinces, households included",
        "the national inventory (national_fuels.csv), where every province is there", 1.3, 2.0,
        TIMES + "the {expected} of the national inventory of {year}: " + _UNIT, 1.04,
    ),
    Rule(
        "national fuels", "emissions", "CO2 of a fuel in all provinces, of fuels with at least 2% of the nation's",
        "the same fuel in the national inventory (national_fuels.csv)", 1.6, 4.0,
        "fuel " + TIMES + "the {expected} of the national inventory of {year}{more}: check that column", 1.06,
    ),
    Rule(
        "provincial emissions", "emissions", "CO2 of a province, households included",
        "the province's inventory (provincial_co2.csv), moved to the year by the nation's growth", 1.05, 2.5,
        TIMES + "the {expected} of its inventory of {year}{more}: " + _UNIT + ", and that the rows are its own", 1.06,
    ),
    Rule(
        "emissions by group", "emissions",
        "CO2 of a province in one of six sectors or households, at least 2% of its own",
        "the same in the province's inventory (provincial_co2.csv), moved to the year by the nation's growth",
        1.08, 5.0,
        TIMES + "the {expected} of its inventory of {year}{more}: check those rows", 1.1,
    ),
    Rule(
        "emissions by sector", "emissions",
        "CO2 of a province in one of the sectors that inventory and table have in common, at least 1% of its own",
        "the same in the province's inventory (provincial_co2.csv), moved to the year by the nation's growth",
        1.15, 20.0,
        "sector " + TIMES + "the {expected} of its inventory of {year}{more}: check that row", 1.15,
    ),
    Rule(
        "emissions off their inventory", "emissions", "CO2 of a province in a sector or a fuel",
        "the same in the province's inventory of that year (provincial_co2.csv, provincial_fuels.csv), where four in "
        "five others are taken from it", None, None,
        "{place}: not those of the inventory of YEAR, from which nearly all others are taken: check those rows",
        level="warning",
    ),
    Rule(
        "rural over urban households", "emissions", "CO2 of rural over that of urban households, by province",
        "the same in the inventories (provincial_co2.csv)", 2.0, 1000.0,
        "households of " + TIMES + "the {expected} of the inventory of {year}{more}: check that the rows urban and "
        "rural are not exchanged", 1.35,
    ),
    Rule(
        "sector intensity", "emissions",
        "CO2 per output of a sector in all provinces, at least .5% of the nation's CO2",
        "the nation's: national inventory over national table (national_intensity.csv)", 5.0, 20.0,
        "sector " + TIMES + "the nation's {expected} of {year}{more}: check the sector's rows and their unit", 1.06,
    ),
    Rule(
        "cell intensity", "emissions", "CO2 per output of a province's sector, at least 1% of its CO2",
        "the nation's sector (national_intensity.csv); above it only, because a province may not have the dirty part",
        100.0, 1000.0,
        TIMES + "the nation's {expected} of {year}{more}: check that row and its unit", 1.06, upward=True,
    ),
    Rule(
        "emissions per head", "emissions", "CO2 of a province per resident",
        "the nation's (national_fuels.csv, national_statistics.csv)", 5.0, 15.0,
        TIMES + "the nation's {expected} of {year}{more}: check emissions and population", 1.04,
    ),
    Rule(
        "emissions per GDP", "emissions", "CO2 of a province per GDP",
        "the nation's (national_fuels.csv, national_statistics.csv)", 6.0, 20.0,
        TIMES + "the nation's {expected} of {year}{more}: check emissions and GDP", 1.08,
    ),
    Rule(
        "provinces with the same emissions", "emissions", "sectors and fuels of a province",
        "those of every other province: two are never proportional", None, None,
        "{place} have the same emissions in every sector, up to scale: the rows of one stand under the other's name",
    ),
    Rule(
        "provinces without emissions", "emissions", "CO2 of production and of households of a province",
        "zero, which no province emits", None, None,
        "{place}: no emissions at all; add them, or exclude the province",
    ),
    Rule(
        "unknown fuels", "emissions", "names of the fuel columns", "data/raw/fuels.csv", None, None,
        "column {place} is no fuel of data/raw/fuels.csv and would be counted as one; take it out or rename it",
    ),
    Rule(
        "regions that are no provinces", "table", "names of the regions", "the provinces (data/raw/provinces.csv), "
        "where some of the regions are provinces", None, None,
        "region {place} is no province, beside others that are: a name misspelt, or read in another encoding",
        level="warning",
    ),
    Rule(
        "figures of another year", "table", "CO2, GDP or value added of all provinces",
        "inventories and GDP of every year known (provincial_co2.csv, provincial_statistics.csv)", None, None,
        "{place}, and another year is stated: check the year",
    ),
    Rule(
        "figures scaled alike", "table", "CO2, value added or a socioeconomic variable by province",
        "those of every year known, times any one number: no two years grow alike in every province", None, None,
        "{place}, in nearly every province: check the unit, and whether they were moved there from that year",
        level="warning",
    ),
    Rule(
        "year without evidence", "table", "year of the table", "years of the evidence, and eight before and after",
        None, None,
        "the year {place} is over 8 years from any evidence, and nothing was held against it: check the year",
        level="warning",
    ),
    Rule(
        "provincial value added", "table", "value added of a province",
        "its GDP (provincial_statistics.csv), moved to the year by the nation's growth", 1.25, 3.0,
        TIMES + "its GDP of {year}, {expected}{more}: " + _UNIT + ", and that the rows are its own", 1.04,
    ),
    Rule(
        "sector output", "table", "output of a sector in all provinces, at least .5% of the nation's",
        "the national table's (national_intensity.csv), moved to the year by the nation's GDP", 2.0, 6.0,
        "sector " + TIMES + "the {expected} of the national table of {year}{more}: check its rows", 1.06,
    ),
    Rule(
        "provinces with the same inputs", "table", "intermediate inputs of a province, by product and industry",
        "those of every other province: two are never proportional", None, None,
        "{place} buy the same inputs in every industry, up to scale: the block of one stands under the other's name",
    ),
    Rule(
        "Engel coefficient", "socioeconomic", "Engel coefficient of a province (all or urban households)",
        "the nation's (national_statistics.csv)", 1.7, 2.5,
        TIMES + "the nation's {expected} of {year}{more}: check whether the cell is a ratio or %", 1.02,
    ),
    Rule(
        "per-capita GDP", "socioeconomic", "per-capita GDP of a province",
        "the nation's (national_statistics.csv)", 3.0, 6.0,
        TIMES + "the nation's {expected} of {year}{more}: " + _UNIT, 1.02,
    ),
    Rule(
        "provincial GDP", "socioeconomic", "GDP of a province",
        "the same in provincial_statistics.csv, moved to the year by the nation's growth", 1.1, 3.0,
        TIMES + "the {expected} known of {year}{more}: " + _UNIT + ", and that the rows are its own", 1.05,
    ),
    Rule(
        "provincial population", "socioeconomic", "residents of a province",
        "the same in provincial_statistics.csv, moved to the year by the nation's growth", 1.05, 2.0,
        TIMES + "the {expected} known of {year}{more}: " + _UNIT + ", and that the rows are its own", 1.03,
    ),
    Rule(
        "known per-capita GDP", "socioeconomic", "per-capita GDP of a province",
        "GDP over population in provincial_statistics.csv, moved to the year by the nation's growth", 1.08, 3.0,
        TIMES + "the {expected} known of {year}{more}: " + _UNIT + ", and that the rows are its own", 1.05,
    ),
    Rule(
        "GDP over population", "socioeconomic", "GDP over population of a province",
        "its per-capita GDP, for which population is that of the middle of the year", 1.02, 1.1,
        TIMES + "its per-capita GDP, {expected}{more}: check population, GDP and per-capita GDP",
    ),
    Rule(
        "known Engel coefficient", "socioeconomic", "Engel coefficient of a province (all or urban households)",
        "the same in provincial_statistics.csv, moved to the year by the nation's", 1.1, 2.5,
        TIMES + "the {expected} known of {year}{more}: check that the rows are its own", 1.03,
    ),
    Rule(
        "figures off their source", "socioeconomic",
        "GDP, population, per-capita GDP or Engel coefficient of a province, value added of a table",
        "the same in provincial_statistics.csv, of that year, where four in five others are taken from it", None, None,
        "{place}: not the figures known of YEAR, from which nearly all others are taken: check those rows",
        level="warning",
    ),
    Rule(
        "figures of another variable", "socioeconomic", "Engel coefficients of all, or of urban households",
        "those of the other in provincial_statistics.csv, of that year", None, None,
        "{place}: nearly all are the figures known of the other households: the two variables are exchanged",
    ),
    Rule(
        "urban Engel coefficient", "socioeconomic", "Engel coefficient of urban households",
        "that of all households of the province", 1.4, 2.0,
        TIMES + "that of all households, {expected}{more}: check both cells",
    ),
    Rule(
        "one figure everywhere", "socioeconomic", "a variable of more than half of the provinces",
        "those of the others: no two provinces are alike", None, None,
        "{place} stands for more than half of the provinces: check whether it is the nation's", level="warning",
    ),
    Rule(
        "provinces with the same figures", "socioeconomic", "two or more variables of a province",
        "those of every other province", None, None,
        "{place} have the same figures in every variable: one province's rows stand under the other's name",
    ),
    *SIDE_RULES,
)  # fmt: skip


def rule(name: str) -> Rule:
    """Return a check of the table by name."""
    return {known.name: known for known in RULES}[name]


def check_names(accepted: Iterable[str]) -> None:
    """Refuse the name of a check that the table does not have.

    Raises
    ------
    ConfigError
        Naming the nearest known check.
    """
    known = [rule.name for rule in RULES]
    for name in accepted:
        if name not in known:
            hint = did_you_mean(name, known)
            raise ConfigError(f"key 'plausible' accepts {name!r}, which is no check{hint}; see docs/plausibility.md.")
