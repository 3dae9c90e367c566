"""A register as an office may have it: rows that cannot be right and files that would not be read are said."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path

import pytest

from mrio.errors import MrioError
from mrio.settlement.folder import check_registers, settle_folder


@pytest.fixture
def folder(repo, tmp_path) -> Path:
    return shutil.copytree(repo / "data/raw/settlement/yuanmou", tmp_path / "yuanmou")


def rewrite(name: str, old: str, new: str, count: int = 1):
    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8-sig")
        assert old in text
        path.write_text(text.replace(old, new, count), encoding="utf-8")

    return change


def added(name: str, content: str = "a,b\n1,2\n"):
    def change(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    return change


def scaled(name: str, column: int, factor: float):
    def change(folder: Path) -> None:
        head, *rows = (folder / name).read_text(encoding="utf-8-sig").splitlines()
        made = [row.split(",") for row in rows]
        for cells in made:
            cells[column] = f"{float(cells[column]) * factor:.6f}".rstrip("0").rstrip(".")
        (folder / name).write_text("\n".join([head, *(",".join(cells) for cells in made)]) + "\n", encoding="utf-8")

    return change


#: What was done -> (change, part of the sentence that refuses the register).
REFUSED = {
    "a price without its point": (rewrite("prices.csv", "97.74", "9774"), "9,774 yuan/t, 98 times the median"),
    "a price / 100": (rewrite("prices.csv", "97.74", "0.98"), "in rules.yaml 'market price: <why>'"),
    "all prices in fen": (scaled("prices.csv", 1, 100), "the median price: "),
    "all prices in 10^4 yuan": (scaled("prices.csv", 1, 1e-4), "check that prices are yuan per tonne"),
    "an area in m2": (rewrite("lots.csv", "31.2046", "312046"), "L01: 0.00028 t/ha/a"),
    "all areas in mu": (scaled("lots.csv", 6, 1500), "check that areas are hectares and credits tonnes"),
    "a Cyrillic letter": (rewrite("applications.csv", "T-2025-001", "Т-2025-001"), "look alike"),
    "another case": (rewrite("applications.csv", "G-2026-017", "g-2026-017"), "'G-2026-017' and 'g-2026-017'"),
    "a lot in another case": (rewrite("monitoring.csv", "L01", "l01"), "'L01' and 'l01' look alike"),
    "a plot in another case": (rewrite("owners.csv", "P01", "p01"), "'P01' and 'p01' look alike"),
    "an application in another case": (rewrite("occupancies.csv", "A-002", "a-002"), "'A-002' and 'a-002'"),
    "monitoring as workbook": (added("monitoring.xlsx"), "did you mean 'monitoring'"),
    "prices as old workbook": (added("prices.xls"), "save it as CSV UTF-8"),
    "a text ending": (added("prices.csv.txt"), "prices.csv.txt: found a sheet that is not known"),
    "tabs as tsv": (added("lots.tsv"), "lots.tsv: found a sheet that is"),
    "a sheet in a folder": (added("2028/monitoring.csv"), "2028: found a folder with sheets, expected every sheet in"),
    "a sheet of another name": (added("price.csv"), "did you mean 'prices'"),
    "a rule twice": (rewrite("rules.yaml", "offset_cap: 0.80", "offset_cap: 0.80\noffset_cap: 0.90"), "offset_cap"),
    "a rule unknown": (rewrite("rules.yaml", "offset_cap", "offset_caps"), "mean 'offset_cap'"),
    "a rule no number": (rewrite("rules.yaml", "offset_cap: 0.80", "offset_cap: .nan"), "offset_cap"),
    "a check unknown": (rewrite("rules.yaml", "drawing:", "plausible: {market prices: why}\ndrawing:"),
        "'market price'"),
    "semicolons": (added("prices.csv", "date;average_yuan_per_t;note\n2025-09-18;97.1;x\n"),
        "row 1: found cells separated by semicolons, expected commas"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_register_that_cannot_be_right_is_refused(folder, name):
    change, said = REFUSED[name]
    change(folder)
    with pytest.raises(MrioError) as caught:
        settle_folder(folder)
    assert said in str(caught.value) and str(caught.value).endswith("."), str(caught.value)


@pytest.mark.parametrize("name", ["statements/summary.csv", ".~lock.prices.csv#", "~$prices.xlsx", "README.md"])
def test_what_is_no_sheet_of_the_register_may_lie_beside_it(folder, name):
    added(name)(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert settle_folder(folder).refusal is None


def test_a_price_that_may_be_is_warned_of_and_can_be_accepted(folder):
    rewrite("prices.csv", "97.74", "297.74")(folder)
    with pytest.warns(UserWarning, match=r"2025-09-19: 298 yuan/t, 2\.99 times the median of the sheet"):
        settle_folder(folder)
    rewrite("prices.csv", "297.74", "9774")(folder)
    rewrite("rules.yaml", "drawing:", "plausible: {market price: a day of panic}\ndrawing:")(folder)
    with pytest.warns(UserWarning, match=r"\(accepted: a day of panic\)"):
        settle_folder(folder)


def test_registers_of_the_configuration_are_replayed_before_any_job(folder):
    check_registers(None, folder.parent)
    check_registers({"registers": ["yuanmou"], "as_of": "2026-06-30"}, folder.parent)
    for settlement, said in (
        ({"registers": ["yuanmo"], "as_of": None}, "yuanmo: found no such folder"),
        ({"registers": ["yuanmou"], "as_of": "2026-02-30"}, "'2026-02-30', which is no day of the calendar"),
    ):
        with pytest.raises(MrioError, match=said):
            check_registers(settlement, folder.parent)
