"""Plausibility of a register's rows beside each other: days of its market, lots of a batch, payees of its plots."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd

from mrio.table.plausibility.judging import found, judge
from mrio.table.plausibility.registry import rule
from mrio.table.validation.report import Check

#: First and last (month, day) of the holidays on which no exchange of China trades; Spring Festival at its widest.
HOLIDAYS = (((1, 1), (1, 3)), ((1, 21), (2, 28)), ((4, 4), (4, 6)), ((5, 1), (5, 5)), ((10, 1), (10, 8)))
#: Those of them that are holidays every year.
FIXED = {(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)}
#: Lots of a batch, or plots of a kind, from which on most of them say how the others are.
SEVERAL = 3
SATURDAY = 5
_RUNNING = re.compile(r"(.*?)(\d{1,6})", re.ASCII)


def check_days(priced: Iterable[date], asked: Iterable[date]) -> list[Check]:
    """Return the checks of the days that have a price, and of the trading days before those that ask for one."""
    days = sorted(set(priced))
    closed = [str(day) for day in days if day.weekday() >= SATURDAY or (day.month, day.day) in FIXED]
    before = {day: last_weekday(day) for day in asked}
    lacking = sorted({str(last) for last in before.values() if days and days[0] < last and last not in days})
    return [found(rule("prices of closed days"), closed), found(rule("days without a price"), lacking)]


def last_weekday(day: date) -> date:
    """Return the last day before another on which an exchange is open for certain, holidays at their widest aside."""
    last = day - timedelta(days=1)
    while last.weekday() >= SATURDAY or any(first <= (last.month, last.day) <= end for first, end in HOLIDAYS):
        last -= timedelta(days=1)
    return last


def check_batches(lots: Mapping[str, Mapping[str, str]], columns: Sequence[str]) -> list[Check]:
    """Return the check that lots of one day have the same period, notice and expiry as most of that day's lots."""
    table = pd.DataFrame.from_dict(dict(lots), orient="index").reindex(columns=["date", *columns])
    odd = []
    for _, batch in table.groupby("date"):
        for column in columns:
            counts = batch[column].value_counts()
            if len(batch) >= SEVERAL and len(counts) > 1 and counts.iloc[0] > len(batch) / 2:
                usual = counts.index[0]
                odd += [f"{lot} ({column} {value}, the others {usual})" for lot, value in batch[column].items()
                        if value != usual]  # fmt: skip
    return [found(rule("lots unlike their batch"), odd)]


def check_ages(years: Mapping[str, float]) -> list[Check]:
    """Return the check of how old lots were when they were credited, lot -> years."""
    values = pd.Series(dict(years), dtype=float)
    return [judge(rule("age of lots"), values, pd.Series(values.median(), values.index), "years")]


def check_payees(owners: Sequence[tuple[str, str, str, float]], developer: str) -> list[Check]:
    """Return the checks of who is paid for a plot: (plot, payee, role, share)."""
    table = pd.DataFrame(owners, columns=["plot", "payee", "role", "share"])
    roles = table.groupby("payee")["role"].nunique()
    odd = [f"{payee} stands in {count} roles" for payee, count in roles.items() if count > 1]
    others = table[(table["role"] == "developer") & (table["payee"] != developer)]
    odd += [f"{payee} is developer of {plot}, not {developer}" for plot, payee in zip(others["plot"], others["payee"])]
    shares = table.groupby("plot").apply(
        lambda of: tuple(sorted(zip(of["role"], of["share"], strict=True))), include_groups=False
    )
    kinds = shares.map(lambda of: tuple(role for role, _ in of))
    unlike = []
    for _, alike in shares.groupby(kinds):
        counts = alike.value_counts()
        if len(alike) >= SEVERAL and len(counts) > 1 and counts.iloc[0] > len(alike) / 2:
            unlike += [str(plot) for plot in alike.index[alike != counts.index[0]]]
    return [found(rule("roles of payees"), odd), found(rule("shares unlike other plots"), unlike)]


def check_numbers(numbers: Sequence[str]) -> list[Check]:
    """Return the check that running numbers of a sheet run: ``O-004`` after ``O-002`` lacks a row between."""
    by_prefix: dict[str, list[tuple[int, str]]] = {}
    for name in numbers:
        if found_in := _RUNNING.fullmatch(name):
            by_prefix.setdefault(found_in[1], []).append((int(found_in[2]), name))
    odd = []
    for rows in by_prefix.values():
        first = [(0, "the beginning")] if rows[0][0] <= SEVERAL else []
        steps = [(one, other) for one, other in pairwise([*first, *rows]) if other[0] != one[0]]
        leaps = [f"{other[1]} after {one[1]}" for one, other in steps if other[0] != one[0] + 1]
        odd += leaps if len(leaps) <= len(steps) / 2 else []
    return [found(rule("numbers that leap"), odd)]


def check_land(granted: Mapping[str, float], occupied: Mapping[str, float]) -> list[Check]:
    """Return the check of applications whose land is occupied in part, or not at all, while that of a later one is.

    Parameters
    ----------
    granted, occupied : mapping
        Application -> hectares, in the order of the sheet.
    """
    whole = [abs(occupied.get(name, 0.0) - area) < 1e-9 for name, area in granted.items()]
    partly = [name for k, name in enumerate(granted) if not whole[k] and any(whole[k + 1 :])]
    usual = len(whole) >= SEVERAL and sum(whole) > len(whole) / 2
    return [found(rule("land not occupied"), partly if usual else [])]
