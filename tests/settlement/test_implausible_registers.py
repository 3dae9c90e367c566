"""A register as an office may have it: rows that cannot be right and files that would not be read are said."""

from __future__ import annotations

import shutil
import warnings
from datetime import date
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


def as_saved(name: str, change):
    """Save a sheet anew, its text changed."""
    return lambda folder: (folder / name).write_text(change((folder / name).read_text("utf-8-sig")), encoding="utf-8")


def newest_first(text: str) -> str:
    head, *rows = text.splitlines()
    return "\n".join([head, *rows[::-1]]) + "\n"


#: What is wrong with a row, or with how a sheet was saved -> (change, part of the sentence).
AS_TYPED = {
    "prices newest first": (as_saved("prices.csv", newest_first), "row 2, column date: found the newest day"),
    "a price of 2052": (rewrite("prices.csv", "2025-09-19", "2052-09-19"),
        "prices.csv, row 4, column date: found 2025-09-22 after 2052-09-19 in the row above"),
    "a price of nothing": (rewrite("prices.csv", "97.74", "0"), "0 yuan/t, 0 times the median"),
    "a price below nothing": (rewrite("prices.csv", "97.74", "-97.74"), "-97.7 yuan/t"),
    "a price with a point too few": (rewrite("prices.csv", "97.74", "977.4"), "977 yuan/t, 9.8 times the median"),
    "measured in kg": (rewrite("monitoring.csv", "267.680", "267680"), "lot L01: 267,680 t, 1,020 times the 262"),
    "measured nothing": (rewrite("monitoring.csv", "267.680", "0"), "lot L01: 0 t, 0 times the 262 credited"),
    "credited in kg": (rewrite("lots.csv", "262.431", "262431"), "L01: 2,803 t/ha/a, 934 times"),
    "an application in m2": (rewrite("applications.csv", "3.1200", "31200"), "application A-001: 0.00687 t/ha"),
    "an obligation in kg": (rewrite("applications.csv", "431.208", "431208"), "A-002: 66,854 t/ha, 864 times"),
    "green power in kWh": (rewrite("certificates.csv", "620,MWh", "620000,MWh"),
        "certificate G-2026-017: 620,000 (t or MWh), 515 times the largest obligation"),
    "monitoring as archive": (added("monitoring.zip"), "monitoring.zip: found a sheet that is not known"),
    "monitoring of another program": (added("monitoring.numbers"), "save it as CSV UTF-8"),
    "prices in a letter": (added("prices.docx"), "prices.docx: found a sheet that is not known"),
    "a sheet far below": (added("a/b/monitoring.csv"), "a: found a folder with sheets"),
    "a sheet called Monitoring": (added("Monitoring.csv"), "Monitoring.csv: found a sheet that is not known"),
    "a copy": (added("monitoring (1).csv"), "monitoring (1).csv: found a sheet that is not known"),
    "tabs": (as_saved("lots.csv", lambda text: text.replace(",", "\t")), "row 1: found cells separated by tabs"),
    "semicolons in lots": (as_saved("lots.csv", lambda text: text.replace(",", ";")), "separated by semicolons"),
    "bars": (as_saved("lots.csv", lambda text: text.replace(",", "|")), "found cells separated by bars"),
    "an empty sheet": (as_saved("lots.csv", lambda text: ""), "lots.csv: found an empty file (0 bytes)"),
    "a header misspelt": (rewrite("lots.csv", ",expires,", ",expire,"), "header 'expire' (did you mean 'expires'?)"),
    "an open quotation mark": (rewrite("lots.csv", "illustrative split", '"illustrative split'), "quotation marks"),
    "a sheet that is a folder": (lambda folder: ((folder / "lots.csv").unlink(), (folder / "lots.csv").mkdir()),
        "lots.csv: found a folder, expected the sheet 'lots'"),
    "a rule on no day": (rewrite("rules.yaml", "offset_cap: 0.80", "offset_cap: 2026-13-01"),
        "row 12: found '2026-13-01', which is no day of the calendar"),
    "a rule with a full-width colon": (rewrite("rules.yaml", "offset_cap: 0.80", "offset_cap： 0.80"),
        "row 12: found the line 'offset_cap： 0.80"),
    "a rule in base 60": (rewrite("rules.yaml", "offset_cap: 0.80", "offset_cap: 1:40"), "row 12: found '1:40', which"),
    "a rule as percentage": (rewrite("rules.yaml", "offset_cap: 0.80", "offset_cap: 80"), "offset_cap is 80, expected"),
    "no rules": (lambda folder: (folder / "rules.yaml").unlink(), "rules.yaml: found no such file"),
    "full-width digits": (rewrite("owners.csv", "示例村民小组01", "示例村民小组０１"), "expected half-width letters"),
    "shares as percentages": (rewrite("owners.csv", "collective,0.7", "collective,70"), "column share: found 70"),
    "shares beyond one": (rewrite("owners.csv", "collective,0.7", "collective,0.8"), "that add up to 1.1"),
}  # fmt: skip


@pytest.mark.parametrize("name", AS_TYPED)
def test_a_register_as_typed_is_refused(folder, name):
    change, said = AS_TYPED[name]
    change(folder)
    with pytest.raises(MrioError) as caught:
        settle_folder(folder)
    assert said in str(caught.value) and str(caught.value).endswith("."), str(caught.value)


#: What may be and is said -> (change, part of the warning).
DOUBTED = {
    "a price twice that of the days beside it": (rewrite("prices.csv", "97.74", "197.74"),
        "2025-09-19: 198 yuan/t, 2.03 times that of the days beside it"),
    "an area in mu": (rewrite("applications.csv", "6.4500", "96.75"), "application A-002: 4.46 t/ha"),
    "a lot in mu": (rewrite("lots.csv", "31.2046", "468.069"), "L01: 0.187 t/ha/a"),
    "measured a tenth": (rewrite("monitoring.csv", "267.680", "26.768"), "lot L01: 26.8 t, 0.102 times the 262"),
    "measured tenfold": (rewrite("monitoring.csv", "267.680", "2676.8"), "lot L01: 2,677 t, 10.2 times"),
    "a ticket in kg": (rewrite("certificates.csv", "180,t", "180000,t"), "certificate T-2025-001: 180,000"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBTED)
def test_a_register_that_may_be_is_warned_of(folder, name):
    change, said = DOUBTED[name]
    change(folder)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        settle_folder(folder)
    assert any(said in str(warning.message) for warning in caught), [str(warning.message) for warning in caught]


@pytest.mark.parametrize("name", ["prices.csv.bak", "monitoring.md", "lots.old"])
def test_what_was_there_before_may_stay_beside_a_sheet(folder, name):
    added(name)(folder)
    assert settle_folder(folder).refusal is None


def test_a_price_between_those_beside_it_is_no_jump(folder):
    rewrite("prices.csv", "97.74", "97.74")(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        settle_folder(folder)


@pytest.mark.parametrize(("day", "said"), [
    (date(2020, 1, 1), "the last day to book is 2020-01-01, before the first row of the register, 2025-01-01"),
    (date(2206, 6, 30), "the last day to book is 2206-06-30, over 10 years after the last row"),
])  # fmt: skip
def test_a_day_that_the_rows_cannot_speak_for_is_refused(folder, day, said):
    with pytest.raises(MrioError, match=said):
        settle_folder(folder, day)
    assert settle_folder(folder, date(2026, 6, 30)).refusal is None
