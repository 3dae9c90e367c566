"""The rules of a register: what the pilot's text states, and what it leaves open as parameters.

Owns :class:`Rules` and its reading from ``rules.yaml``.  Each field says whether the source (Duan, Zhang & Chen 2026
on the Yuanmou pilot) states it or the choice is ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from os import PathLike

from mrio.errors import ConfigError, did_you_mean

JOINT, PURCHASE = "joint_development", "purchase"
#: Column of ``prices.csv`` the price rests on, drawing orders, what a day without trading does, and so on.
CHOICES = {
    "price_basis": ("average", "turnover"),
    "non_trading_day": ("last_trading_day", "refuse"),
    "drawing": ("fifo", "pro_rata"),
    "green_power_factor_on": ("application", "issue"),
    "shortfall_joint_development": ("developer", "by_share"),
    "shortfall_purchase": ("developer", "by_share"),
}
FRACTIONS = ("offset_cap", "price_fraction")
WHOLE = {"minimum_age_years": 0, "notice_days": 1, "monitoring_years": 1, "averaging_days": 1, "price_max_age_days": 1}


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Rules and parameters of one register.

    Parameters
    ----------
    county : str
        Only certificates of this county offset [source].
    receipt_prefix : str
        What receipt numbers begin with: ``YM`` gives ``YM-2026-000001`` [ours].
    developer : str
        The company that holds the reserve [source], and makes shortfalls good by default [ours].
    species : tuple of str
        Species that may enter [source: 台湾相思, 印度黄檀, 余甘子].
    minimum_age_years : int
        Age of the plantation at entry [source: 3].
    notice_days : int
        Least length of the public notice, calendar days [ours: the source asks for a notice, not for its length].
    monitoring_years : int
        Length of the period a lot is credited for, after which it is measured [source: 3].
    offset_cap : Decimal
        Largest part of an obligation that certificates may offset [source: 0.80].
    price_fraction : Decimal
        Price of a reserve tonne over the market's average price [source: 0.30].
    price_basis : {"average", "turnover"}
        The published average, or turnover over volume rounded half up to the fen [ours; the source says "average"].
    averaging_days : int
        Trading days the average runs over [ours: 1, the day before].
    non_trading_day : {"last_trading_day", "refuse"}
        What an application does whose day before had no trading [ours: the last trading day before].
    price_max_age_days : int
        Oldest price that may be used, days before the application [ours: 15, beyond any market holiday].
    drawing : {"fifo", "pro_rata"}
        Order in which lots are drawn [ours: first in, first out].
    green_power_factor_on : {"application", "issue"}
        Day whose t/MWh factor converts green power [ours: the application].
    shortfall_joint_development, shortfall_purchase : {"developer", "by_share"}
        Who makes good a shortfall of a lot acquired that way [ours: the developer].
    max_t_per_ha_year : Decimal
        Largest credible growth; a lot beyond it is taken for a unit mistake [ours: 40 t/ha/a].
    note, note_zh : str
        What readers of the statements must know of the register, printed on them (for instance that it is an example).
    """

    county: str
    receipt_prefix: str
    developer: str
    species: tuple[str, ...]
    minimum_age_years: int = 3
    notice_days: int = 7
    monitoring_years: int = 3
    offset_cap: Decimal = Decimal("0.80")
    price_fraction: Decimal = Decimal("0.30")
    price_basis: str = "average"
    averaging_days: int = 1
    non_trading_day: str = "last_trading_day"
    price_max_age_days: int = 15
    drawing: str = "fifo"
    green_power_factor_on: str = "application"
    shortfall_joint_development: str = "developer"
    shortfall_purchase: str = "developer"
    max_t_per_ha_year: Decimal = Decimal("40")
    note: str = ""
    note_zh: str = ""

    def shortfall_borne(self, mode: str) -> str:
        """Return who makes good a shortfall of a lot acquired by `mode`: ``developer`` or ``by_share``."""
        return self.shortfall_joint_development if mode == JOINT else self.shortfall_purchase

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object], file: str | PathLike = "rules.yaml") -> Rules:
        """Return the rules stated in a mapping (``rules.yaml``); an unknown key or a wrong value is refused.

        Raises
        ------
        ConfigError
            Naming the file and the key.
        """
        known = [f.name for f in fields(cls)]
        for key in mapping:
            if key not in known:
                raise ConfigError(
                    f"{file}: {key!r} is not a rule{did_you_mean(key, known)}; known: {', '.join(known)}."
                )
        for key in ("county", "receipt_prefix", "developer", "species"):
            if key not in mapping:
                raise ConfigError(f"{file}: {key!r} is missing; every register states it.")
        return cls(**{key: _value(key, value, file) for key, value in mapping.items()})


def _value(key: str, value: object, file: str | PathLike):
    """Return one rule in its type, or refuse it."""
    if key in CHOICES:
        return _checked(key, value, value in CHOICES[key], " or ".join(CHOICES[key]), file)
    if key in WHOLE:
        fits = isinstance(value, int) and not isinstance(value, bool) and value >= WHOLE[key]
        return _checked(key, value, fits, f"a whole number from {WHOLE[key]}", file)
    if key in FRACTIONS:
        expected = "a fraction above 0 and at most 1 with at most 6 decimals"
        return _decimal(key, value, lambda number: 0 < number <= 1 and number == round(number, 6), expected, file)
    if key == "max_t_per_ha_year":
        return _decimal(key, value, lambda number: number > 0, "a number above 0, t/ha/a", file)
    if key == "species":
        fits = isinstance(value, list | tuple) and value and all(isinstance(s, str) and s for s in value)
        return tuple(_checked(key, value, bool(fits), "a list of species names", file))
    return _checked(key, value, isinstance(value, str) and bool(value.strip()), "a name", file)


def _decimal(key: str, value: object, fits: Callable[[Decimal], bool], expected: str, file) -> Decimal:
    """Return a number of the rules as the decimal that was written (0.3, not its binary neighbour)."""
    try:
        number = Decimal(str(value)) if not isinstance(value, bool) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    return _checked(key, number if number.is_finite() else value, number.is_finite() and fits(number), expected, file)


def _checked(key: str, value, fits: bool, expected: str, file):
    if not fits:
        raise ConfigError(f"{file}: {key} is {str(value)!r}, expected {expected}.")
    return value
