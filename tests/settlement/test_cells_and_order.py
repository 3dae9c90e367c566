"""Cells of a register at the limits of what they may be; prices in order; rows that are doubtful."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mrio.settlement.amounts import apportion, down_to_gram, half_up_to_fen, mean_to_fen, percent, split_amount
from mrio.settlement.refusal import BadCell
from mrio.settlement.row_cells import amount, choice, count, day, name, names, optional, shown


@pytest.mark.parametrize("cell", ["1900-1-1", "2199-12-31", "2026/3/5", "2026-03-05", "2024-02-29"])
def test_a_day_is_read_as_it_is_written(cell):
    assert day(cell) == date(*map(int, cell.replace("/", "-").split("-")))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1899-12-31", "a year from 1900 to 2199"), ("2200-01-01", "a year from 1900 to 2199"),
        ("2023-02-29", "a day of the calendar"), ("2026-03/05", "a date written"), ("26-3-5", "a date written"),
        ("", "a date written"), ("２０２６-03-05", "write '2026-03-05'"), ("2026-03-05 ", "a date written"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(cell, said):
    with pytest.raises(BadCell) as caught:
        day(cell)
    assert said in " ".join(map(str, caught.value.args)) or said in " ".join(map(str, vars(caught.value).values()))


def said_of(read, cell):
    with pytest.raises(BadCell) as caught:
        read(cell)
    return " ".join(map(str, (*caught.value.args, *vars(caught.value).values())))


def test_amounts_are_bounded_as_their_column_says():
    tonnes = amount("t")
    assert tonnes("0.000001") == Decimal("0.000001") and tonnes("+12") == 12 and tonnes("999999999999.5")
    assert "a number of t above 0" in said_of(tonnes, "0") and "above 0" in said_of(tonnes, "-1")
    assert "at most 6 decimals" in said_of(tonnes, "0.0000001")
    assert "at most 12 digits" in said_of(tonnes, "1000000000000") and tonnes("0001.5") == Decimal("1.5")
    assert "write it without separators, 1234.5" in said_of(tonnes, "1,234.5")
    assert "write 0 if zero is meant" in said_of(tonnes, "") and "write '12'" in said_of(tonnes, "１２")
    assert "without unit or exponent" in said_of(tonnes, "1e3") and "without unit" in said_of(tonnes, "12 t")
    share = amount("1", 12, least="0", most="1")
    assert share("0") == 0 and share("1") == 1 and share("0.123456789012")
    assert "a number of 1 not below 0 and at most 1" in said_of(share, "1.000001") and said_of(share, "-0.1")
    free = amount("t", above=None)
    assert free("-5") == -5 and "a number of t " in said_of(free, "x") + " "


def test_counts_names_lists_and_choices():
    assert count("0") == 0 and count("12") == 12
    for cell in ("-1", "1.5", "", "x", "１"):
        assert "a whole number" in said_of(count, cell)
    assert name("P-01 a") == "P-01 a" and name("林场") == "林场"
    assert "a name or an id" in said_of(name, "") and "write 'P01'" in said_of(name, "P０1")
    assert "take out U+200B" in said_of(name, "P\u200b1") and "U+0009" in said_of(name, "P\t1")
    assert names("") == () and names("a; b；c") == ("a", "b", "c") and said_of(names, "a;;b")
    read = choice({"yes": "y", "是": "y", "no": "n"})
    assert (read("是"), read("no")) == ("y", "n") and "yes or 是 or no" in said_of(read, "maybe")
    assert optional(count)("") is None and optional(count, 7)("") == 7 and optional(count)("3") == 3
    assert (
        shown("x" * 60) == repr("x" * 60) and shown("x" * 61) == repr("x" * 57 + "...") and shown("") == "an empty cell"
    )


def test_rounding_and_apportioning_by_hand():
    assert half_up_to_fen(Decimal("0.005")) == Decimal("0.01") and half_up_to_fen(Decimal("0.0049")) == 0
    assert mean_to_fen(Decimal("100"), Decimal("3")) == Decimal("33.33") and mean_to_fen(
        Decimal(2), Decimal(3)
    ) == Decimal("0.67")
    assert percent(Decimal(1), Decimal(3)) == Decimal("33.33") and percent(Decimal(2), Decimal(3)) == Decimal("66.67")
    assert down_to_gram(Decimal("1.9999999")) == Decimal("1.999999")
    assert split_amount(10, [1, 1, 1]) == [4, 3, 3] and split_amount(7, [2, 3, 2]) == [2, 3, 2]
    assert split_amount(1, [1, 2]) == [0, 1] and split_amount(0, [1, 2]) == [0, 0]
    parts = apportion(Decimal("0.05"), [Decimal("0.5"), Decimal("0.25"), Decimal("0.25")], 2)
    assert parts == [Decimal("0.03"), Decimal("0.01"), Decimal("0.01")] and sum(parts) == Decimal("0.05")
    assert apportion(Decimal("3.5"), [Decimal(9)], 2) == [Decimal("3.5")]
