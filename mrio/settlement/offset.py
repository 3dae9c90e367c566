"""Offsetting by certificates of the county: what they are worth, who may use them, and that each is used once.

    O <= offset_cap x L,   O <= sum of N_k,   N_k = tonnes of a carbon ticket, or MWh x factor of green power

Owns the certificates on the register and the dated t/MWh factors.  A certificate is used once and as a whole: the part
of the last one that an offset does not need lapses, and the statements show it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container
from decimal import Decimal
from typing import NamedTuple

from mrio.errors import did_you_mean
from mrio.settlement.amounts import down_to_gram
from mrio.settlement.events import GREEN_POWER, TICKET, Application, Certificate, Factor, Lot, place
from mrio.settlement.refusal import Refusal
from mrio.settlement.rules import Rules

UNIT_OF = {TICKET: "t", GREEN_POWER: "MWh"}


class Use(NamedTuple):
    """A certificate used for an application: what it is worth and how much of that the offset needs, t."""

    certificate: Certificate
    application: str
    factor: Factor | None
    worth: Decimal
    used: Decimal

    @property
    def lapsed(self) -> Decimal:
        """What the offset did not need, t."""
        return self.worth - self.used


class Wallet:
    """Certificates on the register, those already used, and the factors for green power."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.certificates: dict[str, Certificate] = {}
        self.used: dict[str, Use] = {}
        self.factors: list[Factor] = []
        self._ticket_plots: dict[str, Certificate] = {}

    def add_factor(self, event: Factor) -> None:
        """Put a factor in force from its date on; two for one day are refused."""
        if self.factors and self.factors[-1].date == event.date:
            raise Refusal(place(event, "date"), f"{event.date} a second time", "one factor per day")
        self.factors.append(event)

    def add(self, event: Certificate, reserve_plots: Container[str]) -> None:
        """Put a certificate on the register.

        Raises
        ------
        Refusal
            A number given twice, another county, the wrong unit, dates that do not fit, a carbon ticket without a
            plot or from a plot in the reserve (its growth is already credited there).
        """
        if event.certificate in self.certificates:
            first = self.certificates[event.certificate].record.row
            found = f"{event.certificate!r} a second time (first in row {first})"
            raise Refusal(place(event, "certificate"), found, "each certificate once", "take the row out")
        if event.county != self.rules.county:
            found = f"a certificate of {event.county!r}"
            raise Refusal(place(event, "county"), found, f"one of {self.rules.county!r}", "only local ones offset")
        if event.unit != UNIT_OF[event.kind]:
            found = f"{event.kind} in {event.unit}"
            raise Refusal(place(event, "unit"), found, f"{UNIT_OF[event.kind]}", "check kind and unit")
        if event.issued > event.date:
            raise Refusal(place(event, "issued"), f"{event.issued}, after {event.date}", "a day before its entry here")
        if event.expires < event.date:
            raise Refusal(place(event, "expires"), f"{event.expires}, before {event.date}", "a certificate still valid")
        if event.kind == TICKET:
            if not event.plot:
                raise Refusal(place(event, "plot"), "an empty cell", "the plot the carbon ticket was issued for")
            if event.plot in reserve_plots:
                found = f"a carbon ticket from plot {event.plot!r}, which is in the reserve"
                raise Refusal(place(event, "plot"), found, "growth that is not credited twice")
            self._ticket_plots[event.plot] = event
        self.certificates[event.certificate] = event

    def check_plot(self, event: Lot) -> None:
        """Refuse a lot from a plot whose growth has already gone into a carbon ticket."""
        ticket = self._ticket_plots.get(event.plot)
        if ticket is not None:
            found = f"plot {event.plot!r}, which has carbon ticket {ticket.certificate!r} (row {ticket.record.row})"
            raise Refusal(place(event, "plot"), found, "growth that is not credited twice")

    def plan(self, event: Application) -> tuple[Use, ...]:
        """Return the certificates an application uses, in the order it lists them, each as far as it is needed.

        Raises
        ------
        Refusal
            An offset above the cap or above what the certificates are worth, and a certificate that is unknown,
            another's, used, not valid on the day, listed twice or not needed.
        """
        most = self.rules.offset_cap * event.obligation_t
        if event.offset_t > most:
            found = f"an offset of {event.offset_t} t of {event.obligation_t} t"
            raise Refusal(place(event, "offset_t"), found, f"at most {most} t", "the rest is bought from the reserve")
        uses: list[Use] = []
        left = event.offset_t
        for number in event.certificates:
            if any(use.certificate.certificate == number for use in uses):
                raise Refusal(place(event, "certificates"), f"{number!r} listed twice", "each certificate once")
            use = self._use(event, number, left)
            if not use.used:
                found = f"{number!r}, of which the offset needs nothing"
                raise Refusal(place(event, "certificates"), found, "only what is needed", "take it off the list")
            uses.append(use)
            left -= use.used
        if left:
            found = f"an offset of {event.offset_t} t by certificates worth {event.offset_t - left} t"
            raise Refusal(place(event, "offset_t"), found, "no more than they are worth", "add one or offset less")
        return tuple(uses)

    def use(self, event: Application, uses: tuple[Use, ...]) -> None:
        """Mark certificates as used."""
        for use in uses:
            self.used[use.certificate.certificate] = use

    def _use(self, event: Application, number: str, needed: Decimal) -> Use:
        """Return one certificate's use for an application, or refuse it."""
        certificate, where = self.certificates.get(number), place(event, "certificates")
        if certificate is None:
            found = f"{number!r}, not on the register by {event.date}" + did_you_mean(number, self.certificates)
            raise Refusal(where, found, "a certificate on the register")
        if number in self.used:
            found = f"{number!r}, used for application {self.used[number].application!r}"
            raise Refusal(where, found, "a certificate not used before")
        if certificate.holder != event.applicant:
            found = f"{number!r} held by {certificate.holder!r}"
            raise Refusal(where, found, f"certificates of the applicant {event.applicant!r}")
        if certificate.expires < event.date:
            raise Refusal(where, f"{number!r}, valid until {certificate.expires}", f"one valid on {event.date}")
        factor = self._factor(event, certificate) if certificate.kind == GREEN_POWER else None
        worth = certificate.quantity if factor is None else down_to_gram(certificate.quantity * factor.t_per_mwh)
        return Use(certificate, event.application, factor, worth, min(needed, worth))

    def _factor(self, event: Application, certificate: Certificate) -> Factor:
        """Return the t/MWh factor in force on the day the rules name."""
        day = certificate.issued if self.rules.green_power_factor_on == "issue" else event.date
        known = bisect_right(self.factors, day, key=lambda factor: factor.date)
        if not known:
            found = f"green power {certificate.certificate!r} with no factor in force on {day}"
            raise Refusal(place(event, "certificates"), found, "a factor in t/MWh", "add it to factors.csv")
        return self.factors[known - 1]
