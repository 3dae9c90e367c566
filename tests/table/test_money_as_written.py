"""Money as texts state it, and sizes of units."""

from __future__ import annotations

import pytest

from mrio.currencies import money_sizes, stated_money
from mrio.errors import UnitError
from mrio.units import (
    YUAN_PER_TONNE,
    conversion,
    currency_of,
    in_currency_of,
    is_money,
    known_money,
    known_unit,
    money_or_none,
    money_unit,
)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("M.EUR", "M EUR"), ("10^8 yuan", "100M CNY"), ("亿元", "100M CNY"), ("万元", "10k CNY"), ("元", "CNY"),
        ("千元", "k CNY"), ("百万元", "M CNY"), ("十亿美元", "bn USD"), ("万亿日元", "tn JPY"), ("Mill USD", "M USD"),
        ("billions of dollars", "bn USD"), ("thousand pounds", "k GBP"), ("US$ million", "M USD"), ("mn KRW", "M KRW"),
        ("1,000 rupees", "k INR"), ("10,000 RMB", "10k CNY"), ("hundred million yuan", "100M CNY"), ("€", "EUR"),
        ("10^3 CHF", "k CHF"), ("10^6 AUD", "M AUD"), ("10^9 CAD", "bn CAD"), ("10^12 RUB", "tn RUB"),
        ("reais", "BRL"), ("pesos", "MXN"), ("zloty", "PLN"), ("tonnes", None), ("", None), ("dozen EUR", None),
        ("europe", None), ("million", None),
    ],
)  # fmt: skip
def test_money_is_read_as_it_is_written(text, unit):
    assert stated_money(text) == unit and money_or_none(text) == unit
    if unit:
        assert known_money(text, "f") == unit and is_money(unit)
        assert currency_of(unit) == unit[-3:]


def test_sizes_of_money_and_mass_by_hand():
    sizes = {"": 1.0, "k ": 1e3, "10k ": 1e4, "M ": 1e6, "100M ": 1e8, "bn ": 1e9, "tn ": 1e12}
    assert money_sizes("EUR") == {f"{name}EUR": size for name, size in sizes.items()}
    for name, size in sizes.items():
        assert conversion(f"{name}CNY", "CNY") == size and conversion(f"{name}CNY", "10k CNY") == size / 1e4
    assert conversion("Mt", "t") == 1e6 and conversion("kt", "Mt") == 1e-3
    assert YUAN_PER_TONNE == 0.01
    hectares = {"mu": 1 / 15, "ha": 1.0, "km2": 100.0, "1000 ha": 1e3, "10k ha": 1e4}
    assert {unit: conversion(unit, "ha") for unit in hectares} == hectares
    assert in_currency_of("M EUR", "100M CNY") == "100M EUR"
    assert money_unit("单位：亿元") == "100M CNY" and money_unit("Unit: yuan") is None
    assert not is_money("Mt") and not is_money(None) and not is_money("M XYZ")


def test_what_is_no_unit_is_refused_with_what_is():
    with pytest.raises(UnitError, match=r"^here: found unit 'Mt'.*, expected one of CNY"):
        known_unit("Mt", "10k CNY", "here")
    with pytest.raises(UnitError, match=r"^here: found no unit, expected one of"):
        known_unit(None, "Mt", "here")
    with pytest.raises(UnitError, match=r"^here: found unit 'Mt' of .*, expected a size of a currency"):
        known_money("Mt", "here")
    with pytest.raises(UnitError, match=r"^here: found no unit, expected a size of a currency"):
        known_money("", "here")
    assert known_unit("kt", "Mt", "here") == "kt"
