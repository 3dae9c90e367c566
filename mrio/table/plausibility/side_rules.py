"""The part of the table of checks about what stands beside the years: study, regional picture, register, files."""

from __future__ import annotations

from mrio.table.plausibility.rules_of_checks import TIMES, Rule

SIDE_RULES: tuple[Rule, ...] = (
    Rule(
        "carbon price", "study", "price of the configuration, in yuan",
        "100 yuan/t, the study's; prices paid or proposed for China run from about 20 to 1,000", 12.0, 1000.0,
        "carbon_price is {value} {unit}, {ratio} times the study's {expected}: check that it is yuan per tonne",
    ),
    Rule(
        "income of the curve", "study", "G of the growth curve",
        "per-capita GDP of the nation (national_statistics.csv)", 3.0, 50.0,
        "curve.G is {value} {unit}, {ratio} times the nation's per-capita GDP of {year}, {expected}: check that it is "
        "whole yuan",
    ),
    Rule(
        "income of the regions", "library", "middle of the regions' per-capita GDP that the library is given",
        "G of the growth curve", 30.0, 1e6,
        "per-capita GDP is {value} {unit} in {place}, {ratio} times the curve's G, {expected}: check that both are "
        "whole units of one currency per head",
    ),
    Rule(
        "spread of incomes", "library", "largest per-capita GDP of a province over the least",
        "5 (4.5 in 2017); above it only", 4.0, 1e6,
        "per-capita GDP of {place} province is {value} {unit}, and 5 is usual: check that it is per head", upward=True,
    ),
    Rule(
        "slope of the curve", "study", "1 / (1 + a exp(-b t)) of the growth curve at an Engel coefficient of .3",
        ".54, that of the preset liao2022", 1.5, 3.0,
        "curve: 1 / (1 + a exp(-b t)) is {value} at t = .3, {ratio} times the {expected} of liao2022: check a and b",
    ),
    Rule(
        "parameters of the curve", "study", "a and b of the growth curve, where the configuration states them",
        "those of its preset", 3.0, 1000.0,
        "curve.{place} is {value}, {ratio} times the preset's {expected}: check the decimal point",
    ),
    Rule(
        "a for b", "study", "a and b of the growth curve", "b and a of its preset", None, None,
        "curve: {place} of the preset: the two are exchanged", level="warning",
    ),
    Rule(
        "net transfers of one sign", "library", "net transfers that the library is given to pay for",
        "zero: what some regions draw others send", None, None,
        "net transfers of {place} have the same sign: check that they are net, what is drawn less what is sent",
        level="warning",
    ),
    Rule(
        "net transfers that add up", "library", "sum of net transfers whose attribute scope says interprovincial",
        "zero: what some regions draw others send", None, None,
        "net transfers between provinces add up to {place}, not to zero: a province is missing, or a figure was "
        "changed", level="warning",
    ),
    Rule(
        "size of net transfers", "library", "net transfers of the regions that draw more than they send, added up",
        "35,000 Mt, the CO2 of the world in a year; above it only", 1.0, 1e12,
        "net transfers: {value} {unit}, {ratio} times the CO2 of the world, {expected}: check that they are Mt",
        upward=True,
    ),
    Rule(
        "carbon per output", "library", "CO2 per output of all provinces of a table",
        "0.5 t per 10^4 yuan (the nation: 1.5 in 1997, 0.4 in 2017)", 6.0, 1e12,
        "emissions over output are {value} {unit}, {ratio} times the {expected} of the nation: check the unit of both",
    ),
    Rule(
        "regional emissions", "regional picture", "CO2 of a province",
        "the province's inventory (provincial_co2.csv), moved to the year by the nation's growth", 1.05, 2.5,
        TIMES + "the {expected} of its inventory of {year}{more}: check unit and year, and that the rows are its own",
        1.06,
    ),
    Rule(
        "regional GDP", "regional picture", "GDP of a province",
        "the same in provincial_statistics.csv, moved to the year by the nation's growth", 1.8, 4.0,
        TIMES + "the {expected} known of {year}{more}: check unit and year, and that the rows are its own", 1.05,
    ),
    Rule(
        "provinces for each other", "regional picture", "GDP of two provinces",
        "that of each other two years before or after at most (provincial_statistics.csv)", None, None,
        "GDP of {place}: each has what is expected of the other: check whether they are exchanged", level="warning",
    ),
    Rule(
        "provinces left out", "regional picture", "provinces of a file, or sheets of an inventory",
        "those of the inventories, or all provinces of China", None, None,
        "no {place}: rows may be missing", level="warning",
    ),
    Rule(
        "printed shares", "regional picture", "share of a province's forest in all, or of a land use in both uses",
        "the share printed in the source (column printed_share_percent), within its last digit", None, None,
        "{place}: another share than the one printed beside it: check value and share", level="warning",
    ),
    Rule(
        "market price", "register", "carbon price of a day", "the median of all days of the sheet", 2.5, 8.0,
        TIMES + "the median of the sheet, {expected}{more}: check the decimal point",
    ),
    Rule(
        "price level", "register", "median of the register's carbon prices",
        "60 yuan/t, about the national market's median since it opened in 2021 (lowest about 38, highest about 105)",
        4.0, 20.0, TIMES + "{expected} yuan/t: check that prices are yuan per tonne",
    ),
    Rule(
        "price jump", "register", "carbon price of a day", "that of the day before it and after it in the sheet, both",
        1.4, 1000.0, TIMES + "that of the days beside it, {expected}{more}: check the digits",
    ),
    Rule(
        "price from day to day", "register", "carbon price of a day",
        "that of the trading day before, at most four days earlier: the exchange lets a price move by a tenth a day",
        1.15, 1000.0, TIMES + "that of the trading day before, {expected}{more}: check the digits",
    ),
    Rule(
        "measured growth", "register", "tonnes measured of a lot", "tonnes it was credited with", 1.3, 20.0,
        "lot " + TIMES + "the {expected} credited{more}: check that it is tonnes, and the lot",
    ),
    Rule(
        "obligation per area", "register", "tonnes that an application owes per hectare",
        "the median of all applications", 4.0, 50.0,
        "application " + TIMES + "the median {expected}{more}: check that areas are hectares and obligations tonnes",
    ),
    Rule(
        "obligations per area", "register", "median of what applications owe per hectare",
        "70 t/ha, about the first batch's; forests of China hold some 50 to 400", 6.0, 1000.0,
        TIMES + "{expected} t/ha: check that areas are hectares (15 mu, 10,000 m2) and obligations tonnes",
    ),
    Rule(
        "size of certificates", "register", "tonnes or MWh of a certificate",
        "the largest obligation of an application, t; above it only", 20.0, 400.0,
        "certificate " + TIMES + "the largest obligation, {expected} t{more}: check its unit", upward=True,
    ),
    Rule(
        "growth per area", "register", "credited tonnes per hectare and year of a plot",
        "3 t/ha/a, about the first batch's; plantations store 0.5 to 30", 12.0, 60.0,
        TIMES + "{expected} t/ha/a{more}: check that areas are hectares and credits tonnes",
    ),
    Rule(
        "growth beside other lots", "register", "credited tonnes per hectare of a lot",
        "the median of all lots of the sheet", 1.8, 60.0,
        "lot " + TIMES + "the median of the sheet, {expected}{more}: check area and tonnes",
    ),
    Rule(
        "lots not measured", "register", "lots without a row in monitoring.csv",
        "other lots credited the same day, half of which or more have one", None, None,
        "lot {place}: not measured, while others credited the same day are: a row may be missing", level="warning",
    ),
    Rule(
        "lots measured alike", "register", "tonnes measured of a lot", "those of every other lot, to the last digit",
        None, None, "lots {place}: measured the same tonnes: one row may stand under another's number",
        level="warning",
    ),
    Rule(
        "grid factor", "register", "t CO2 per MWh of a factor",
        "0.55 t/MWh, about the national grid's (0.53 to 0.58 since 2021; regions .1 to 1)", 2.0, 8.0,
        "from " + TIMES + "{expected}{more}: check that it is tonnes per MWh",
    ),
    Rule(
        "grid factor beside others", "register", "t CO2 per MWh of a factor", "the factor in the row before",
        1.15, 1000.0,
        "from " + TIMES + "the factor before it, {expected}{more}: check the digits",
    ),
    Rule(
        "rules of the register", "register", "price_fraction, offset_cap and monitoring_years of rules.yaml",
        "the pilot's: .3, .8 and 3 years", 2.6, 1000.0,
        TIMES + "the pilot's {expected}{more}: check that it is a fraction, or years",
    ),
    Rule(
        "prices of closed days", "register", "days with a price", "weekends, and holidays of every year", None, None,
        "{place}: a day on which no exchange trades: check the date", level="warning",
    ),
    Rule(
        "days without a price", "register", "trading day before an application or replacement",
        "the days with a price; holidays at their widest aside", None, None,
        "no price of {place}, a trading day, and that of a day before is applied: a row may be missing",
        level="warning",
    ),
    Rule(
        "lots unlike their batch", "register", "notice, period and expiry of a lot",
        "those of most lots credited the same day", None, None, "lot {place}: check the row", level="warning",
    ),
    Rule(
        "age of lots", "register", "years from planting to crediting of a lot", "the median of all lots of the sheet",
        6.0, 1000.0, "lot " + TIMES + "the median of the sheet, {expected}{more}: check the year it was planted in",
    ),
    Rule(
        "numbers that leap", "register", "running numbers of lots, reports, applications, occupancies, replacements",
        "the number in the row above, where most follow each other", None, None,
        "{place}: a row may be missing, or a number be another's", level="warning",
    ),
    Rule(
        "land not occupied", "register", "hectares occupied of an application", "hectares that it was granted, where "
        "most others, and a later one, are occupied wholly", None, None,
        "application {place}: less land occupied than granted, and that of later ones wholly: a row may be missing",
        level="warning",
    ),
    Rule(
        "roles of payees", "register", "role of a payee",
        "the payee's role at other plots, and the developer of rules.yaml", None, None,
        "{place}: check role and payee", level="warning",
    ),
    Rule(
        "shares unlike other plots", "register", "shares of a plot by role",
        "those of most plots with the same roles", None, None,
        "plot {place}: other shares by role than most plots: check that they are not exchanged", level="warning",
    ),
    Rule(
        "names that look alike", "register", "numbers of lots, tickets, applications; names of payees and firms",
        "each other: letters of another script and upper or lower case aside, two must differ", None, None,
        "{place} look alike and would count as two; write both the same way",
    ),
    Rule(
        "exclusions that match nothing", "files", "regions that the configuration excludes",
        "those of the table, and those already excluded from it", None, None,
        "key 'exclude_regions' names {place}, which the table does not have: nothing was excluded for it",
        level="warning",
    ),
    Rule(
        "files of another estimate", "files", "account, evidence and alternatives of an estimate beside a table",
        "the year's own table and emissions, in the cells that both have", None, None,
        "{place}: run 'mrio estimate' again, or remove the file", level="warning",
    ),
    Rule(
        "known flow", "library", "flow between provinces that an estimate is told",
        "the same as the estimate models it",
        300.0, 1e9, "known flow of " + TIMES + "the {expected} of the model{more}: check that it is in the unit of "
        "the tables",
    ),
    Rule(
        "described files", "files", "sha256 of an input", "that in datapackage.json beside it", None, None,
        "{place} is not the file that datapackage.json describes: it was changed since, or is gone; if that is meant, "
        "run 'mrio describe' on its folder", level="warning",
    ),
)  # fmt: skip
