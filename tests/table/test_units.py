"""One table of units: conversions are exact decimals, and what is not known is refused."""

from itertools import permutations
from types import SimpleNamespace

import pytest

from mrio.errors import UnitError
from mrio.units import (
    SIZES,
    YUAN_PER_TONNE,
    conversion,
    in_currency_of,
    is_money,
    known_money,
    known_unit,
    money_unit,
    require_unit,
    units_like,
)


def test_a_unit_belongs_to_one_quantity():
    names = [unit for sizes in SIZES.values() for unit in sizes]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("quantity", SIZES)
def test_there_and_back_is_one(quantity):
    for one, other in permutations(SIZES[quantity], 2):
        assert conversion(one, other) * conversion(other, one) == pytest.approx(1, rel=1e-15)


@pytest.mark.parametrize(
    ("unit", "to", "expected"),
    [
        ("10k CNY", "100M CNY", 1e-4), ("CNY", "100M CNY", 1e-8), ("t CO2", "Mt CO2", 1e-6), ("10k t", "Mt", 0.01),
        ("km2", "1000 ha", 0.1), ("mu", "ha", 1 / 15), ("%", "ratio", 0.01), ("kJ/kg", "GJ/t", 1e-3),
        ("kJ/m3", "GJ/10k m3", 0.01), ("tC/TJ", "tC/GJ", 1e-3), ("g/cm3", "t/m3", 1),
    ],
)  # fmt: skip
def test_a_conversion_is_the_decimal_it_is_written_as(unit, to, expected):
    assert conversion(unit, to) == expected


def test_ten_million_tonnes_at_a_hundred_yuan_are_ten_times_a_hundred_million():
    assert 10 * 100 * YUAN_PER_TONNE == 10


def test_another_quantity_or_an_unknown_unit_is_refused():
    with pytest.raises(UnitError, match=r"conversion to t: found unit 'GJ', expected one of t, kt, 10k t, Mt\."):
        conversion("GJ", "t")
    with pytest.raises(UnitError, match=r"row 3: found unit 'Mt' of mass, expected one of CNY"):
        known_unit("Mt", "CNY", "row 3")
    with pytest.raises(UnitError, match="row 3: found no unit, expected one of CNY"):
        known_unit(None, "CNY", "row 3")
    with pytest.raises(UnitError, match=r"'10kCNY' is unknown \(did you mean '10k CNY'\?\)"):
        units_like("10kCNY")
    with pytest.raises(UnitError, match="stock has unit 'm3', expected '10k m3'"):
        require_unit(SimpleNamespace(attrs={"unit": "m3"}), "10k m3", "stock")


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("单位：万元", "10k CNY"), ("单位:亿元", "100M CNY"), ("Unit: 100 million yuan", "100M CNY"),
        ("(million yuan)", "M CNY"), ("10,000 yuan", "10k CNY"), ("yuan", None),
    ],
)  # fmt: skip
def test_a_heading_names_its_unit(heading, unit):
    assert money_unit(heading) == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("M.EUR", "M EUR"), ("Mill USD", "M USD"), ("10^8 yuan", "100M CNY"), ("亿元", "100M CNY"),
        ("万美元", "10k USD"),
        ("kEUR", "k EUR"), ("1000 USD", "k USD"), ("Millions of euro", "M EUR"), ("bn GBP", "bn GBP"), ("€", "EUR"),
        ("million US dollars", "M USD"), ("Mio. EUR", "M EUR"), ("10k CNY", "10k CNY"), ("百万欧元", "M EUR"),
    ],
)  # fmt: skip
def test_a_size_of_a_currency_is_read_however_it_is_written(text, unit):
    assert known_money(text, "file") == unit
    assert is_money(unit) and conversion(unit, in_currency_of(unit, "CNY")) >= 1


def test_what_is_no_money_is_refused_and_currencies_do_not_mix():
    for text in ("1000 p", "persons", "Mt", "EUR per head", "shells", None):
        with pytest.raises(UnitError, match=r"file: found .*expected a size of a currency"):
            known_money(text, "file")
    with pytest.raises(UnitError, match="found unit 'M EUR' of money in EUR"):
        conversion("M EUR", "CNY")


@pytest.mark.parametrize(
    ("amount", "unit", "other", "same"),
    [
        (1.0, "g/cm3", "kg/m3", 1000.0), (1.0, "t/m3", "g/cm3", 1.0), (850.0, "kg/m3", "t/m3", 0.85),
        (15.0, "mu", "ha", 1.0), (1.0, "km2", "ha", 100.0), (1.0, "10k ha", "1000 ha", 10.0),
        (1.0, "m3/mu", "m3/ha", 15.0), (3.0, "kt", "t", 3000.0), (2.0, "10k t", "kt", 20.0),
        (1.0, "Mt", "10k t", 100.0),
        (1.0, "Mt CO2", "kt CO2", 1000.0), (1.0, "100M m3", "M m3", 100.0), (1.0, "10k persons", "persons", 10000.0),
        (25.0, "%", "ratio", 0.25), (3.0, "% per year", "per year", 0.03), (1.0, "GJ/t", "kJ/kg", 1000.0),
        (1.0, "PJ/10k t", "TJ/Gg", 100.0), (1.0, "GJ/10k m3", "kJ/m3", 100.0), (1.0, "PJ/100M m3", "GJ/10k m3", 100.0),
        (1.0, "tC/GJ", "tC/TJ", 1000.0), (1.0, "kgC/GJ", "tC/TJ", 1.0),
    ],
)  # fmt: skip
def test_the_same_amount_in_two_units(amount, unit, other, same):
    assert amount * conversion(unit, other) == pytest.approx(same, rel=1e-12)
    assert same * conversion(other, unit) == pytest.approx(amount, rel=1e-12)
