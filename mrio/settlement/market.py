"""The price of a reserve tonne: a fraction of the market's average price of the trading day before.

    unit price = price_fraction x average(last `averaging_days` trading days dated before the application)

Owns the price list and the look-up.  A price dated on or after the application is never used.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from mrio.errors import BalanceError, Place
from mrio.settlement.amounts import FEN, ZERO, mean_to_fen
from mrio.settlement.events import Price, place
from mrio.settlement.refusal import Refusal
from mrio.settlement.rules import Rules


class Quote(NamedTuple):
    """A unit price with what it rests on: date of the last price used, market average and reserve price, yuan/t."""

    date: date
    average: Decimal
    unit: Decimal


class Market:
    """Average prices of the national carbon market, in order of trading days."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.days: list[date] = []
        self.prices: list[Price] = []

    def add(self, event: Price) -> None:
        """Put a trading day on the list.

        Raises
        ------
        Refusal
            A day given twice, a price missing for the basis in force, or an average that is not turnover / volume.
        """
        if self.days and self.days[-1] == event.date:
            raise Refusal(place(event, "date"), f"{event.date} a second time", "each trading day once")
        if self.rules.price_basis == "average" and event.average is None:
            todo = "leave out a day without trading"
            raise Refusal(place(event, "average_yuan_per_t"), "an empty cell", "a price in yuan/t", todo)
        if self.rules.price_basis == "turnover" and (event.turnover is None or event.volume is None):
            column = "turnover_yuan" if event.turnover is None else "volume_t"
            raise Refusal(place(event, column), "an empty cell", "turnover and volume, since the price rests on them")
        if event.turnover is not None and event.volume is not None and event.average is not None:
            ratio = mean_to_fen(event.turnover, event.volume)
            if abs(ratio - event.average) > FEN:
                found = f"an average of {event.average} yuan/t, but {ratio} from turnover over volume"
                raise Refusal(place(event, "average_yuan_per_t"), found, "two that agree to the fen", "check all three")
        self.days.append(event.date)
        self.prices.append(event)

    def quote(self, day: date, where: Place) -> Quote:
        """Return the price for a purchase on `day`.

        Raises
        ------
        Refusal
            At `where`, if no price is known the day before, or only one that is too old.
        """
        rules = self.rules
        known = bisect_left(self.days, day)
        expected = f"the market's average price of the trading day before {day}"
        if known < rules.averaging_days:
            found = f"{known} trading day{'s' * (known != 1)} with a price before {day}, {rules.averaging_days} needed"
            raise Refusal(where, found, expected, "add it to prices.csv; a price of that day or later is never used")
        last, before = self.days[known - 1], day - timedelta(days=1)
        if rules.non_trading_day == "refuse" and last != before:
            todo = "add it, or set non_trading_day to last_trading_day"
            raise Refusal(where, f"no price dated {before}", "one of the very day before", todo)
        if (day - last).days > rules.price_max_age_days:
            found = f"the last price before {day} dated {last}, over {rules.price_max_age_days} days old"
            raise Refusal(where, found, expected, "add the missing days to prices.csv")
        average = self._average(self.prices[known - rules.averaging_days : known])
        return Quote(last, average, average * rules.price_fraction)

    def _average(self, prices: list[Price]) -> Decimal:
        """Return the average price of trading days, yuan/t; one published average is used as printed."""
        if self.rules.price_basis == "turnover":
            turnover = sum((_stated(price.turnover) for price in prices), ZERO)
            return mean_to_fen(turnover, sum((_stated(price.volume) for price in prices), ZERO))
        if len(prices) == 1:
            return _stated(prices[0].average)
        return mean_to_fen(sum((_stated(price.average) for price in prices), ZERO), Decimal(len(prices)))


def _stated(value: Decimal | None) -> Decimal:
    """Return a number without which :meth:`Market.add` would have refused the day."""
    if value is None:
        raise BalanceError("a price is on the list without the number it rests on; please report it.")
    return value
