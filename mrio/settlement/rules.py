"""The rules of a register: what the pilot's text states, and what it leaves open as parameters.

Owns :class:`Rules` and its reading from ``rules.yaml``.  Each field says whether the source (Duan, Zhang & Chen 2026
on the Yuanmou pilot) states it or the choice is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from os import PathLike
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from mrio.strict import checked, validated
from mrio.table.plausibility.registry import check_names

JOINT, PURCHASE = "joint_development", "purchase"


def _decimal(value: object) -> object:
    """Take a number of the rules as the decimal that was written (0.3, not its binary neighbour)."""
    try:
        return Decimal(str(value)) if isinstance(value, int | float | str) and not isinstance(value, bool) else value
    except InvalidOperation:
        return value


def _tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _known_checks(reasons: dict[str, str]) -> dict[str, str]:
    check_names(reasons)
    return reasons


Text = Annotated[str, Field(pattern=r"\S", json_schema_extra={"expected": "a name"})]
Remark = Annotated[str, Field(json_schema_extra={"expected": "a remark"})]
Species = Annotated[
    tuple[Text, ...],
    Field(min_length=1, json_schema_extra={"expected": "a list of species names"}),
    BeforeValidator(_tuple),
]
FromZero = Annotated[int, Field(ge=0, json_schema_extra={"expected": "a whole number from 0"})]
FromOne = Annotated[int, Field(ge=1, json_schema_extra={"expected": "a whole number from 1"})]
Fraction = Annotated[
    Decimal,
    Field(
        gt=0, le=1, decimal_places=6,
        json_schema_extra={"expected": "a fraction above 0 and at most 1 with at most 6 decimals"},
    ),
    BeforeValidator(_decimal),
]  # fmt: skip
Growth = Annotated[
    Decimal, Field(gt=0, json_schema_extra={"expected": "a number above 0, t/ha/a"}), BeforeValidator(_decimal)
]
Bearer = Literal["developer", "by_share"]


@validated("")
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
    plausible : dict
        Plausibility checks (docs/plausibility.md) whose findings are right all the same: name -> why.
    note, note_zh : str
        What readers of the statements must know of the register, printed on them (for instance that it is an example).
    """

    county: Text
    receipt_prefix: Text
    developer: Text
    species: Species
    minimum_age_years: FromZero = 3
    notice_days: FromOne = 7
    monitoring_years: FromOne = 3
    offset_cap: Fraction = Decimal("0.80")
    price_fraction: Fraction = Decimal("0.30")
    price_basis: Literal["average", "turnover"] = "average"
    averaging_days: FromOne = 1
    non_trading_day: Literal["last_trading_day", "refuse"] = "last_trading_day"
    price_max_age_days: FromOne = 15
    drawing: Literal["fifo", "pro_rata"] = "fifo"
    green_power_factor_on: Literal["application", "issue"] = "application"
    shortfall_joint_development: Bearer = "developer"
    shortfall_purchase: Bearer = "developer"
    max_t_per_ha_year: Growth = Decimal("40")
    plausible: Annotated[dict[str, Text], AfterValidator(_known_checks)] = field(default_factory=dict)
    note: Remark = ""
    note_zh: Remark = ""

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
        return checked(cls, mapping, file)
