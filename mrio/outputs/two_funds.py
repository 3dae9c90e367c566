"""The fund between provinces, read twice: literally, each side at its own coefficient, and balanced, who pays whom."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import xarray as xr

from mrio.units import currency_of
from mrio.words.fund_words import FUND
from mrio.words.money_words import MONEY

#: Relative difference below which what is shifted is what is carried.
SAME = 1e-9


@dataclass(frozen=True)
class Fund:
    """Payments and receipts of one definition at one resolution.

    Attributes
    ----------
    amount : Series
        Region -> what it receives (+) or pays (-) at its own coefficient: the literal fund.
    base, coefficient : Series
        Region -> what is compensated, and the coefficient.
    currency : str
    paid : DataFrame, optional
        Balanced fund: a row for each payer, the largest first, a column for each receiver, likewise.
    """

    amount: pd.Series
    base: pd.Series
    coefficient: pd.Series
    currency: str
    paid: pd.DataFrame | None = None

    @property
    def literal(self) -> pd.Series:
        """What each receiver gets of the literal fund, the largest first."""
        return self.amount[self.amount > 0].sort_values(ascending=False, kind="stable")

    @property
    def payments(self) -> float:
        """What payers pay, in both funds."""
        return -float(self.amount[self.amount < 0].sum())

    @property
    def receipts(self) -> float:
        """What receivers get of the literal fund."""
        return float(self.literal.sum())

    @property
    def gap(self) -> float:
        """What the literal fund keeps (+) or lacks (-)."""
        return self.payments - self.receipts

    def moved(self, sign: int) -> float:
        """Return what payers (-1) shift or receivers (+1) carry."""
        return float(self.base[self.amount * sign > 0].abs().sum())

    def mean_coefficient(self, sign: int) -> float:
        """Return the coefficient of payers (-1) or receivers (+1), weighted by what they shift or carry."""
        side, moved = self.amount * sign > 0, self.moved(sign)
        return float((self.base.abs() * self.coefficient)[side].sum() / moved) if moved else float("nan")


def fund_of(money: xr.Dataset) -> Fund:
    """Return the fund of a compensation, with ``paid`` (region: receiver, to_region: payer), at one resolution."""
    amount, base, rho = (money[name].to_series() for name in ("amount", "net_transfer", "coefficient"))
    payers = list(amount[amount < 0].sort_values(kind="stable").index)
    receivers = list(amount[amount > 0].sort_values(ascending=False, kind="stable").index)
    paid = money["paid"].sel(region=receivers, to_region=payers).transpose("to_region", "region").to_pandas()
    return Fund(amount, base, rho, currency_of(money["amount"].attrs["unit"]), paid.where(paid > 0, 0.0))


def fund_sentence(fund: Fund, language: str) -> str:
    """Return why the literal fund keeps or lacks money, and what the balanced one does about it."""
    if not fund.receipts or not fund.payments:
        return FUND.say("one_sided", language)
    alike = abs(fund.moved(1) - fund.moved(-1)) < SAME * fund.moved(1)
    return FUND.say(
        "keeps" if fund.gap >= 0 else "lacks",
        language,
        same=FUND.both("same") if alike else ("", ""),
        payments=fund.payments,
        receipts=fund.receipts,
        gap=abs(fund.gap),
        payer=fund.mean_coefficient(-1),
        receiver=fund.mean_coefficient(1),
        factor=fund.payments / fund.receipts,
        money=MONEY.names(fund.currency),
    )


def payments_of(fund: Fund) -> pd.DataFrame:
    """Return who pays whom in the balanced fund, a row for each payer.

    Raises
    ------
    ValueError
        If the fund was made without.
    """
    if fund.paid is None:
        raise ValueError("the fund knows no payments between provinces")
    return fund.paid
