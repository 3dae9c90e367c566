"""Files of emissions and statistics as people have them: whatever no identity sees is said, in one sentence."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from mrio.errors import MrioError
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.table.plausibility.assessment import check_plausibility
from mrio.table.plausibility.sentences import report_of

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def rows(repo) -> dict[str, Rows]:
    folder = repo / "data" / "raw" / "2017"
    names = {"emissions": "emissions_42.csv", "statistics": "socioeconomic.csv"}
    return {what: list(csv.DictReader((folder / name).open(encoding="utf-8"))) for what, name in names.items()}


def written(rows: Rows, path: Path, separator: str = ",", encoding: str = "utf-8") -> Path:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def said_of(path: Path, what: str) -> tuple[str, list[str]]:
    """Return the sentence that refuses a file (or nothing), and the warnings about it."""
    read = read_emissions if what == "emissions" else read_socioeconomic
    try:
        data = read(path, year=2017)
        report = report_of(check_plausibility(**{what: data}, files={what: path}))
        return "", report.raise_for_errors().notes()
    except MrioError as error:
        return str(error), []


KEYS = 6
FUELS = slice(KEYS, None)


def times(factor: float, **where: str) -> Callable[[Rows], Rows]:
    """Scale every amount of the rows that fit."""

    def change(rows: Rows) -> Rows:
        return [
            {k: repr(float(v) * factor) if n >= KEYS else v for n, (k, v) in enumerate(row.items())}
            if all(row[name] == value for name, value in where.items())
            else row
            for row in rows
        ]

    return change


def stating(column: str, value: str, **where: str) -> Callable[[Rows], Rows]:
    """Write another text into a column of the rows that fit."""
    return lambda rows: [
        row | {column: value} if all(row[name] == text for name, text in where.items()) else row for row in rows
    ]


def renamed(column: str, new: str) -> Callable[[Rows], Rows]:
    return lambda rows: [{new if k == column else k: v for k, v in row.items()} for row in rows]


def further(column: str, value: str, counted: bool) -> Callable[[Rows], Rows]:
    """Add a column before the total, and to the total where it is counted."""

    def change(rows: Rows) -> Rows:
        made = []
        for row in rows:
            cells = dict(row)
            total = float(cells.pop("total")) + (float(value) if counted else 0)
            made.append(cells | {column: value, "total": repr(total)})
        return made

    return change


def copied(source: str, target: str) -> Callable[[Rows], Rows]:
    def change(rows: Rows) -> Rows:
        kept = [row for row in rows if row["region"] != target]
        return kept + [row | {"region": target} for row in rows if row["region"] == source]

    return change


def exchanged(a: str, b: str) -> Callable[[Rows], Rows]:
    return lambda rows: [row | {"region": {a: b, b: a}.get(row["region"], row["region"])} for row in rows]


def without(**where: str) -> Callable[[Rows], Rows]:
    return lambda rows: [row for row in rows if any(row[name] != value for name, value in where.items())]


def twice(rows: Rows) -> Rows:
    return [*rows, rows[0]]


#: Emissions: what was done to the file -> (change, part of the sentence that refuses it).
REFUSED = {
    "all x100": (times(100), "all provinces: 1,017,122 Mt, 108 times the 9,408 of the national inventory of 2017"),
    "all in t": (times(1e6), "times the 9,408 of the national inventory"),
    "all in kt": (times(1e3), "1,081 times the 9,408"),
    "all in 10k t": (times(100), "108 times the 9,408"),
    "all / 1000": (times(1e-3), "0.00108 times the 9,408"),
    "all x3": (times(3), "3.24 times the 9,408"),
    "unit says kt": (stating("unit", "kt CO2"), "all provinces: 10.2 Mt, 0.00108 times"),
    "unit says t": (stating("unit", "t CO2"), "1.08e-06 times the 9,408"),
    "unit says 10k t": (stating("unit", "10k t CO2"), "0.0108 times the 9,408"),
    "unit unknown": (stating("unit", "MtC"), "found unit 'MtC'"),
    "unit of one province": (stating("unit", "kt CO2", region="Hebei"), "found unit 'kt CO2', expected 'Mt CO2'"),
    "unit of one row": (
        stating("unit", "t CO2", region="Hebei", sector="05"), "row 94, column unit: found unit 't CO2'",
    ),
    "one province x1000": (times(1000, region="Hebei"), "Hebei: 792,326 Mt, 1,000 times the 792"),
    "one province x10": (times(10, region="Hainan"), "Hainan: 422 Mt, 10 times the 42.2 of its inventory of 2017"),
    "one province / 10": (times(0.1, region="Hebei"), "Hebei: 79.2 Mt, 0.1 times the 792 of its inventory"),
    "one province zero": (times(0, region="Ningxia"), "Ningxia: no emissions at all"),
    "no households": (times(0, sector="urban"), "times the"),
    "one province pasted": (copied("Hebei", "Henan"), "Hebei and Henan have the same emissions in every sector"),
    "neighbours exchanged": (exchanged("Jilin", "Heilongjiang"), "Heilongjiang trade: 2.91 Mt, 0.189 times"),
    "a sector x1000": (times(1000, sector="13"), "all provinces:"),
    "a sector missing": (without(sector="13"), "has no row for sector '13'; a sector without emissions is 0"),
    "a row twice": (twice, "row 1322: Beijing 01 is given twice"),
    "a further column that is counted": (further("GDP", "3", True), "column 'GDP' is no fuel of data/raw/fuels.csv"),
    "a further column that is not": (further("GDP", "3", False), "fuels add up to"),
    "a subtotal as fuel": (further("coal_total", "0", True), "column 'coal_total' is no fuel"),
    "a fuel misspelt": (renamed("raw_coal", "rawcoal"), "column 'rawcoal' is no fuel"),
    "another year": (stating("year", "2012"), "found year 2012, expected year 2017"),
    "a year in one row": (stating("year", "2016", region="Hebei", sector="05"), "found year 2016"),
    "a province misspelt": (stating("region", "Hebie", region="Hebei"), "'Hebie' is not a province"),
    "a sector of another scheme": (stating("sector", "43", sector="42"), "sector '43' is unknown"),
    "below zero": (stating("raw_coal", "-1", region="Hebei", sector="05"), "found -1, expected emissions of at least"),
    "infinite": (stating("raw_coal", "1e400", region="Hebei", sector="05"), "found 1e400, beyond the numbers a"),
    "a comma in a number": (stating("raw_coal", "1,5", region="Hebei", sector="05"), "stored as text"),
    "not available": (stating("raw_coal", "n.a.", region="Hebei", sector="05"), "found the text 'n.a.'"),
    "a fuel changed alone": (stating("raw_coal", "5", region="Hebei", sector="05"), "fuels add up to"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_emissions_that_cannot_be_are_refused(rows, tmp_path, name):
    change, said = REFUSED[name]
    path = written(change(rows["emissions"]), tmp_path / "e.csv")
    sentence, _ = said_of(path, "emissions")
    assert said in sentence and sentence.startswith(str(path)) and sentence.endswith("."), sentence


#: Emissions that may be -> (change, part of the warning).
WARNED = {
    "a half more": (times(1.5), "all provinces: 15,257 Mt, 1.62 times the 9,408"),
    "a province a fifth more": (times(1.2, region="Hebei"), "Hebei: 951 Mt, 1.2 times the 792 of"),
    "two provinces exchanged": (exchanged("Hebei", "Henan"), "(also Hebei)"),
    "a sector doubled": (times(2, sector="13"), "industry"),
    "a large cell doubled": (times(2, region="Hebei", sector="14"), "Hebei industry"),
    "households doubled": (times(2, sector="urban"), "households"),
    "transport of a province doubled": (times(2, region="Hainan", sector="29"), "Hainan transport"),
}  # fmt: skip


@pytest.mark.parametrize("name", WARNED)
def test_emissions_that_may_be_are_warned_of(rows, tmp_path, name):
    change, said = WARNED[name]
    path = written(change(rows["emissions"]), tmp_path / "e.csv")
    sentence, notes = said_of(path, "emissions")
    assert sentence == "" and any(said in note and note.startswith(str(path)) for note in notes), (sentence, notes)


def value(factor: float, variable: str, region: str = "") -> Callable[[Rows], Rows]:
    """Scale a variable, of one province or all."""
    return lambda rows: [
        row | {"value": repr(float(row["value"]) * factor)}
        if row["variable"] == variable and region in ("", row["region"])
        else row
        for row in rows
    ]


#: Statistics: what was done to the file -> (change, part of the sentence that refuses it).
STATISTICS = {
    "Engel ratios called %": (stating("unit", "%", variable="engel"), "check whether the cell is a ratio or %"),
    "Engel % called ratio": (value(100, "engel"), "expected between 0 and 1 (or in %)"),
    "one Engel of 2.93": (value(10, "engel", "Hebei"), "engel of Hebei is 2.5"),
    "one Engel / 10": (value(0.1, "engel", "Hebei"), "Hebei engel: 0.025"),
    "one Engel zero": (value(0, "engel", "Hebei"), "engel of Hebei is 0 ratio, expected between"),
    "GDP per head / 10^4": (value(1e-4, "gdp_per_capita"), "check the units of the three"),
    "GDP per head of one x10": (value(10, "gdp_per_capita", "Gansu"), "check the units of the three"),
    "GDP in 10^4 yuan": (value(1e4, "gdp"), "check the units of the three"),
    "one GDP x10": (value(10, "gdp", "Gansu"), "GDP over population of Gansu is 9.9"),
    "population in persons": (value(1e4, "population"), "check the units of the three"),
    "GDP and population x10": (
        lambda rows: value(10, "gdp", "Gansu")(value(10, "population", "Gansu")(rows)), "Gansu: 74,599 100M CNY",
    ),
    "GDP and per head x10": (
        lambda rows: value(10, "gdp", "Gansu")(value(10, "gdp_per_capita", "Gansu")(rows)), "10 times the 7,460 known",
    ),
    "a province copied": (copied("Hebei", "Henan"), "Hebei and Henan have the same figures in every variable"),
    "another year": (stating("year", "2018"), "found year 2018"),
    "a unit unknown": (stating("unit", "shells", variable="gdp"), "found unit 'shells'"),
    "a variable unknown": (stating("variable", "gnp", variable="gdp"), "variable 'gnp' is unknown"),
    "a province missing": (without(region="Hebei", variable="engel"), "no engel of Hebei"),
    "below zero": (value(-1, "gdp", "Hebei"), "gdp of Hebei is -"),
}  # fmt: skip


@pytest.mark.parametrize("name", STATISTICS)
def test_statistics_that_cannot_be_are_refused(rows, tmp_path, name):
    change, said = STATISTICS[name]
    path = written(change(rows["statistics"]), tmp_path / "s.csv")
    sentence, _ = said_of(path, "statistics")
    assert said in sentence and sentence.startswith(str(path)), sentence


@pytest.mark.parametrize("pair", [("Hebei", "Henan"), ("Beijing", "Gansu"), ("Hunan", "Hubei")])
def test_statistics_of_exchanged_provinces_are_warned_of(rows, tmp_path, pair):
    path = written(exchanged(*pair)(rows["statistics"]), tmp_path / "s.csv")
    sentence, notes = said_of(path, "statistics")
    assert sentence or any("that the rows are its own" in note for note in notes)


#: How a spreadsheet may save it -> (separator, encoding, sentence or nothing).
SAVED = {
    "semicolons": (";", "utf-8", "row 1: found cells separated by semicolons, expected commas; save"),
    "tabs": ("\t", "utf-8", "row 1: found cells separated by tabs, expected commas"),
    "bars": ("|", "utf-8", "row 1: found cells separated by bars, expected commas"),
    "full-width commas": ("，", "utf-8", "row 1: found cells separated by full-width commas"),
    "GBK": (",", "gbk", ""),
    "UTF-16": (",", "utf-16", ""),
    "with a mark": (",", "utf-8-sig", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", SAVED)
def test_how_a_file_was_saved_is_read_or_said(rows, tmp_path, name):
    separator, encoding, said = SAVED[name]
    path = written(rows["statistics"], tmp_path / "s.csv", separator, encoding)
    sentence, notes = said_of(path, "statistics")
    assert (said in sentence) if said else (sentence == "" and notes == []), sentence


def test_every_way_is_asserted_on_its_sentence():
    assert len(REFUSED) + len(WARNED) + len(STATISTICS) + len(SAVED) >= 65
