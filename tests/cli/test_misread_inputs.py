"""Inputs as tired people hand them to a command: of another year, another variable, another kind, or cut short."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from mrio.cli.main import program

Rows = list[dict[str, str]]
CLEAN = ("1 negative cell", "official tables:")


@pytest.fixture(scope="module")
def raw(repo) -> Path:
    return repo / "data" / "raw"


def said(*words: object) -> tuple[int, str]:
    """Return the exit status of a command and what it printed, without what is said of the clean table."""
    result = CliRunner().invoke(program, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    lines = result.output.splitlines()
    return result.exit_code, "\n".join(line for line in lines if not any(part in line for part in CLEAN))


def changed(path: Path, target: Path, change: Callable[[Rows], object]) -> Path:
    """Write a CSV after a change of its rows in place."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    change(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    target.write_text(text.getvalue(), encoding="utf-8")
    return target


def every(value: Callable[[dict[str, str]], dict[str, str]], **where: str) -> Callable[[Rows], object]:
    """Update the rows that fit."""

    def change(rows: Rows) -> None:
        for row in rows:
            if all(row[name] == text for name, text in where.items()):
                row.update(value(row))

    return change


def fuels_of(row: dict[str, str]) -> list[str]:
    return [name for name in list(row)[6:] if name != "total"]


def times(factor: float, *only: str) -> Callable[[dict[str, str]], dict[str, str]]:
    """Scale fuels of a row, its total following."""

    def value(row: dict[str, str]) -> dict[str, str]:
        made = {k: float(row[k]) * (factor if not only or k in only else 1) for k in fuels_of(row)}
        return {k: repr(v) for k, v in made.items()} | {"total": repr(sum(made.values()))}

    return value


def exchanged(column: str, a: str, b: str) -> Callable[[Rows], object]:
    names = {a: b, b: a}
    return lambda rows: [row.update({column: names.get(row[column], row[column])}) for row in rows]


def shifted(rows: Rows) -> None:
    """Move the numbers of a province down by one sector."""
    own = [row for row in rows if row["region"] == "Hebei"]
    labels = [row["sector"] for row in own]
    for row, label in zip(own, [labels[-1], *labels[:-1]], strict=True):
        row["sector"] = label


#: Emissions beside the table of 2017 -> (change, exit status, part of what is said).
EMISSIONS = {
    "carbon for carbon dioxide": (every(times(12 / 44)), 1, "all provinces: 2,774 Mt, 0.295 times the 9,408"),
    "process emissions left out": (every(times(0, "process")), 1, "fuel process: 0 Mt, 0 times the 677"),
    "power stations left out": (every(times(0), sector="25"), 1, "25: 0 Mt, 0 times the"),
    "no rural households": (every(times(0), sector="rural"), 0, "households: "),
    "shifted by a sector": (shifted, 1, "of its inventory of 2017"),
    "Shanxi and Shaanxi exchanged": (exchanged("region", "Shanxi", "Shaanxi"), 1, "Shaanxi 03: 0.00324 Mt"),
    "a small sector halved": (every(times(0.5), region="Hunan", sector="08"), 0, "Hunan 08"),
    "natural gas under other gas": (
        lambda rows: [r.update(natural_gas=r["other_gas"], other_gas=r["natural_gas"]) for r in rows], 0,
        "fuel natural_gas",
    ),
    "lpg under refinery gas, one province": (
        lambda rows: [r.update(lpg=r["refinery_gas"], refinery_gas=r["lpg"]) for r in rows if r["region"] == "Hebei"],
        0, "Hebei",
    ),
    "CO2 equivalents": (every(lambda _: {"unit": "Mt CO2e"}), 1, "found unit 'Mt CO2e'"),
    "another classification": (every(lambda _: {"scheme": "42-2012"}), 1, "found scheme '42-2012', expected '42'"),
    "Tibet with zeros": (
        lambda rows: rows.extend([r | {"region": "Tibet"} for r in rows if r["region"] == "Hebei"]), 1,
        "emissions of Tibet, which the table does not have",
    ),
    "a date for a number": (
        every(lambda _: {"raw_coal": "1-Feb"}, region="Hebei", sector="05"), 1, "found the text '1-Feb'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EMISSIONS)
def test_emissions_beside_a_table(raw, tmp_path, name):
    change, status, sentence = EMISSIONS[name]
    path = changed(raw / "2017/emissions_42.csv", tmp_path / "e.csv", change)
    code, text = said("check", raw / "2017/mrio_42.nc", "--layout", "netcdf", "--emissions", path)
    assert code == status and sentence in text, text


def scaled(factor: float, *variables: str) -> Callable[[Rows], object]:
    return lambda rows: [
        row.update(value=repr(float(row["value"]) * factor)) for row in rows if row["variable"] in variables
    ]


#: Statistics beside the table of 2017.
STATISTICS = {
    "Engel of all and urban exchanged": (exchanged("variable", "engel", "engel_urban"), 1, "variables are exchanged"),
    "GDP in dollars by number": (scaled(1 / 6.75, "gdp"), 1, "check the units of the three"),
    "GDP in dollars by unit": (
        lambda rows: [r.update(unit=r["unit"].replace("CNY", "USD")) for r in rows], 1,
        "found figures in USD, expected CNY, the table's currency",
    ),
    "constant prices": (scaled(1 / 1.2, "gdp", "gdp_per_capita"), 0, "0.833 times the"),
    "Shanxi and Shaanxi exchanged": (exchanged("region", "Shanxi", "Shaanxi"), 0, "Shanxi: 21,899 100M CNY, 1.41"),
    "Hubei and Hunan exchanged": (exchanged("region", "Hubei", "Hunan"), 0, "not the figures known of 2017"),
    "another year stated": (every(lambda _: {"year": "2018"}), 1, "found year 2018"),
}  # fmt: skip


@pytest.mark.parametrize("name", STATISTICS)
def test_statistics_beside_a_table(raw, tmp_path, name):
    change, status, sentence = STATISTICS[name]
    path = changed(raw / "2017/socioeconomic.csv", tmp_path / "s.csv", change)
    code, text = said("check", raw / "2017/mrio_42.nc", "--layout", "netcdf", "--socioeconomic", path)
    assert code == status and sentence in text, text


#: The table at six sectors, as text -> (change, exit status, part of what is said).
MATRICES = {
    "another year": (lambda t: t.replace("# year: 2017", "# year: 2016"), 1, "that of the official tables of 2017"),
    "a year to come": (lambda t: t.replace("# year: 2017", "# year: 2107"), 1, "2107 is over 8 years from any"),
    "no year": (lambda t: t.replace("# year: 2017\n", ""), 1, "found year '', expected a line '# year: 2017'"),
    "10^8 for 10^4": (lambda t: t.replace("10k CNY", "100M CNY"), 1, "the unit is probably off by 10^4"),
    "cut in the middle": (
        lambda t: "\n".join(t.splitlines()[:60]), 1, "rows of 21 regions are missing: the file is cut short",
    ),
    "two provinces exchanged": (
        lambda t: t.replace("Hebei", "*").replace("Henan", "Hebei").replace("*", "Henan"), 0, "0.764 times its GDP",
    ),
    "two marks of UTF-8": (lambda t: "\ufeff\ufeff" + t, 0, "passed"),
    "a dash for nothing": (lambda t: t.replace(",0,", ",-,", 1), 1, "found the text '-'"),
    "brackets for less than nothing": (lambda t: t.replace(",0,", ",(0),", 1), 1, "found the text '(0)'"),
}  # fmt: skip


@pytest.mark.parametrize("name", MATRICES)
def test_a_matrix_as_text(raw, tmp_path, name):
    change, status, sentence = MATRICES[name]
    path = tmp_path / "m.csv"
    path.write_text(change((raw / "2017/mrio_six.csv").read_text(encoding="utf-8-sig")), encoding="utf-8")
    code, text = said("check", path, "--layout", "matrix-csv")
    assert code == status and sentence in text, text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("decompose", "2017", "2017"), "the year 2017 is named twice"),
        (("describe", "nope"), "nope: found no such folder"),
        (("describe", "docs"), "expected data/raw/<year>, data/raw, or a folder with datapackage.json"),
        (("check", "data/raw/2017/emissions_42.csv", "--layout", "matrix-csv"), "found year ''"),
        (("emissions", "data/raw/2017/emissions_42.csv", "--table", "data/raw/2017/mrio_42.nc", "--out", "e.xlsx"),
         "found the ending '.xlsx', expected a CSV"),
        (("read", "data/raw/2017/mrio_six.csv", "--layout", "matrix-csv", "--out", "/dev/full"), "no space left"),
        (("new-year", "2017", "--config", "nope.yaml"), "nope.yaml: found no such file, expected the configuration"),
        (("emissions", "x.xlsx", "--table", "t.nc", "--out", "e.csv", "--factors", "ipcc2066"), "ipcc2066"),
    ],
)  # fmt: skip
def test_a_command_that_cannot_be_meant(repo, monkeypatch, words, sentence):
    monkeypatch.chdir(repo)
    code, text = said(*words)
    assert code and sentence in text, text


def test_workbooks_of_another_year_are_not_proposed(shared_data, tmp_path):
    books = shared_data / "provincial_io" / "2012"
    code, text = said("new-year", "2017", "--table", books, "--raw", tmp_path)
    assert code == 1 and "found the year 2012, expected 2017" in text and "next:" not in text, text


def test_an_inventory_of_the_nation_is_no_inventory_of_provinces(shared_data, tmp_path):
    books, inventory = shared_data / "provincial_io/2017", shared_data / "ceads_inventory/ceads_nat.xlsx"
    code, text = said("estimate", books, "--year", "2017", "--inventory", inventory, "--out", tmp_path / "new")
    assert code == 1 and "ceads_nat.xlsx: found China, expected provinces of the tables" in text, text
    assert not (tmp_path / "new").exists()


#: A register without its description -> (file, text, what stands there then, part of what is said).
REGISTERS = {
    "a factor in kg": ("factors.csv", ",0.5366,", ",536.6,", "537 t/MWh, 976 times 0.55"),
    "a factor as %": ("factors.csv", ",0.5366,", ",53.66,", "check that it is tonnes per MWh"),
    "a fraction of a tenth": ("rules.yaml", "price_fraction: 0.30", "price_fraction: 0.03", "0.1 times the pilot's"),
    "the whole price": ("rules.yaml", "price_fraction: 0.30", "price_fraction: 1", "3.33 times the pilot's 0.3"),
    "area with another digit": ("lots.csv", ",24.0912,", ",74.0912,", "times the median of the sheet"),
    "a lot's tonnes for another's": ("monitoring.csv", ",215.610,", ",217.237,", "lots L06 and L10: measured the same"),
    "a lot left out": ("monitoring.csv", "2028-03-01,L10,217.237,M-2028-10,illustrative 示例\n", "", "L10: not"),
    "a lot in lower case": ("monitoring.csv", ",L01,", ",l01,", "'L01' and 'l01' look alike"),
    "kg measured": ("monitoring.csv", ",267.680,", ",267680,", "1,020 times the 262 credited"),
    "kWh certified": ("certificates.csv", ",620,MWh,", ",620000,MWh,", "515 times the largest obligation"),
}  # fmt: skip


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_as_typed(raw, tmp_path, name):
    file, old, new, sentence = REGISTERS[name]
    folder = tmp_path / "register"
    folder.mkdir()
    for path in (raw / "settlement/yuanmou").glob("*.*"):
        text = path.read_text(encoding="utf-8")
        assert path.name != file or old in text
        if path.suffix in (".csv", ".yaml"):
            (folder / path.name).write_text(text.replace(old, new, 1) if path.name == file else text, encoding="utf-8")
    _, text = said("settle", folder, "--out", tmp_path / "out")
    assert sentence in text, text
