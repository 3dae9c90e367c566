"""Rows of a register that no rule refuses and that the other rows contradict: each is said, and where."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mrio.settlement.folder import settle_folder
from mrio.table.plausibility.register_checks import check_days, check_payees, last_weekday

Change = Callable[[Path], None]


@pytest.fixture
def folder(repo, tmp_path) -> Path:
    made = shutil.copytree(repo / "data/raw/settlement/yuanmou", tmp_path / "yuanmou")
    (made / "datapackage.json").unlink()  # what its description says is asserted elsewhere
    return made


def put(name: str, *pairs: tuple[str, str]) -> Change:
    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8-sig")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        (folder / name).write_text(text, encoding="utf-8")

    return change


def without(name: str, part: str) -> Change:
    """Leave out the rows in which something stands."""

    def change(folder: Path) -> None:
        lines = (folder / name).read_text(encoding="utf-8-sig").splitlines(keepends=True)
        (folder / name).write_text("".join(line for line in lines if part not in line), encoding="utf-8")

    return change


def appended(name: str, row: str) -> Change:
    return lambda folder: (folder / name).open("a", encoding="utf-8").write(row + "\n") and None


COMPANY = "元谋县国有资产投资控股集团有限公司"
#: What was typed -> (change, part of the warning).
DOUBTED = {
    "a price on a Saturday": (put("prices.csv", ("2025-12-12", "2025-12-13")),
        "prices.csv: 2025-12-13: a day on which no exchange trades"),
    "a price on National Day": (put("prices.csv", ("2025-12-11", "2025-10-01")), "2025-10-01: a day on which no"),
    "day and month exchanged": (put("prices.csv", ("2025-12-12", "2025-12-21")),
        "no price of 2025-12-12, a trading day, and that of a day before is applied: a row may be missing"),
    "a day left out": (without("prices.csv", "2025-12-12"), "no price of 2025-12-12, a trading day"),
    "the day before a replacement left out": (without("prices.csv", "2028-03-10"), "no price of 2028-03-10"),
    "digits exchanged in a price": (put("prices.csv", ("97.74", "79.74")),
        "2025-09-22: 97.5 yuan/t, 1.22 times that of the trading day before, 79.7 (also 2025-09-19)"),
    "expires with another year": (put("lots.csv", ("262.431,2028-06-30", "262.431,2038-06-30")),
        "lots.csv: lot L01 (expires 2038-06-30, the others 2028-06-30): check the row"),
    "expires a year early": (put("lots.csv", ("107.759,2028-06-30", "107.759,2027-06-30")), "lot L05 (expires 2027-"),
    "a period that began ten years before": (put("lots.csv", ("0,2025-01-01,262.431", "0,2015-01-01,262.431")),
        "lot L01 (period_start 2015-01-01, the others 2025-01-01)"),
    "a notice begun a month early": (put("lots.csv", ("2025-08-20", "2025-07-20")), "lot L01 (notice_from 2025-07-20"),
    "planted a century early": (put("lots.csv", ("2020-07-10", "1920-07-10")),
        "lot L01: 105 years, 20.6 times the median of the sheet"),
    "an occupancy left out": (without("occupancies.csv", "O-003"), "O-004 after O-002: a row may be missing"),
    "the first lot left out": (without("lots.csv", ",L01,"), "lots.csv: L02 after the beginning"),
    "a replacement left out": (without("replacements.csv", "R-002"), "R-003 after R-001"),
    "two reports exchanged": (put("monitoring.csv", ("356.910,M-2028-04", "304.461,M-2028-08"),
        ("304.461,M-2028-08,illustrative 示例\n2028-03-01,L09", "356.910,M-2028-04,illustrative 示例\n2028-03-01,L09")),
        "M-2028-08 after M-2028-03"),
    "a number with another digit": (put("occupancies.csv", ("O-003", "O-013")), "O-013 after O-002"),
    "half of the land": (put("occupancies.csv", ("A-001,3.1200", "A-001,1.5600")), "application A-001: less land"),
    "the rest of the land left out": (without("occupancies.csv", "O-003"), "application A-002: less land occupied"),
    "shares exchanged": (put("owners.csv", ("组01,collective,0.7", "组01,collective,0.3"),
        (f"P01,{COMPANY},developer,0.3", f"P01,{COMPANY},developer,0.7")), "plot P01: other shares by role"),
    "roles exchanged": (put("owners.csv", ("组01,collective", "组01,developer"),
        (f"P01,{COMPANY},developer", f"P01,{COMPANY},collective")), f"{COMPANY} stands in 2 roles"),
    "the village as developer": (put("owners.csv", ("组02,collective", "组02,developer")),
        f"示例村民小组02 is developer of P02, not {COMPANY}"),
    "another developer in the rules": (put("rules.yaml", (COMPANY, "元谋县国有资产投资控股有限公司")),
        f"{COMPANY} is developer of P01, not 元谋县国有资产投资控股有限公司"),
    "roles in Chinese, one exchanged": (put("owners.csv", ("组01,collective,0.7", "组01,集体,0.3"),
        (f"P01,{COMPANY},developer,0.3", f"P01,{COMPANY},开发公司,0.7")), "plot P01: other shares by role"),
}  # fmt: skip


def said(folder: Path) -> list[str]:
    """Return the warnings of settling a register, and the sentence that refuses it."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        outcome = settle_folder(folder)
    refused = [] if outcome.refusal is None else [str(outcome.refusal)]
    return [*(str(one.message) for one in caught), *refused]


def test_the_register_that_ships_is_not_doubted(folder):
    assert said(folder) == []


@pytest.mark.parametrize("name", DOUBTED)
def test_what_other_rows_contradict_is_said(folder, name):
    change, sentence = DOUBTED[name]
    change(folder)
    assert any(sentence in one for one in said(folder)), said(folder)


#: What refuses a register, and says what to do -> (change, part of the sentence).
REFUSED = {
    "a day as a spreadsheet counts it": (put("lots.csv", ("2025-09-10,L01", "45910,L01")),
        "found '45910', expected a date written 2026-03-05; that is 2025-09-10 as a spreadsheet counts days"),
    "a sum under the lots": (appended("lots.csv", "合计,,,,,,321.0,,,,,,2471.275,,"),
        "row 15, column date: found '合计', expected a date written 2026-03-05; take the row out, if it is a sum"),
    "a mean under the prices": (appended("prices.csv", "平均,99.1,"), "found '平均', expected a date"),
    "an application before every lot": (put("applications.csv", ("2025-09-20,A-001", "2015-09-20,A-001")),
        "nothing was credited by then: check the date"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_to_do_is_said(folder, name):
    change, sentence = REFUSED[name]
    change(folder)
    assert sentence in said(folder)[-1], said(folder)


@pytest.mark.parametrize(("day", "before"), [
    (date(2025, 12, 13), date(2025, 12, 12)),  # a Saturday
    (date(2025, 12, 15), date(2025, 12, 12)),  # a Monday
    (date(2025, 10, 9), date(2025, 9, 30)),  # after the week of National Day
    (date(2026, 3, 2), date(2026, 1, 20)),  # Spring Festival lies somewhere between
    (date(2027, 1, 4), date(2026, 12, 31)),
])  # fmt: skip
def test_the_trading_day_before(day, before):
    assert last_weekday(day) == before


def test_a_price_of_a_holiday_that_moves_is_not_asked_for():
    days = [date(2026, 2, 10), date(2026, 1, 20)]
    assert all(check.passed for check in check_days(days, [date(2026, 2, 26)]))


def test_two_plots_do_not_say_how_a_third_is():
    owners = [("P1", "A", "collective", 0.7), ("P1", "D", "developer", 0.3), ("P2", "B", "collective", 0.6),
              ("P2", "D", "developer", 0.4)]  # fmt: skip
    assert all(check.passed for check in check_payees(owners, "D"))
