"""Replaying a register: all events in order, up to the first that is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from mrio.settlement.refusal import Refusal
from mrio.settlement.register import Register
from mrio.settlement.register_files import Record
from mrio.settlement.rules import Rules
from mrio.settlement.sheets import OWNERS, SHEETS, parse, timeline


class Outcome(NamedTuple):
    """A replayed register, the refusal it stopped at (or None), and how many rows were left unread or untouched."""

    register: Register
    refusal: Refusal | None
    applied: int
    later: int


def replay(sheets: Mapping[str, Sequence[Record]], rules: Rules, as_of: date | None = None) -> Outcome:
    """Replay the events of a register in the order they happened.

    Parameters
    ----------
    sheets : mapping
        Rows by sheet: ``owners`` and the kinds of :data:`mrio.settlement.events.SHEETS`.
    rules : Rules
    as_of : date, optional
        Last day to book; later events are counted, not applied.  By default the day of the last event.

    Returns
    -------
    Outcome
        Replay stops at the first refused row; the register up to the event before it stands.

    Raises
    ------
    Refusal
        An owner that cannot be read, or shares of a plot that do not add up to one.
    """
    register = Register(rules, [parse(OWNERS, record) for record in sheets.get("owners", ())])
    events = timeline(sheets)
    applied, refusal = 0, None
    for day, event in events:
        if as_of is not None and day > as_of:
            break
        if isinstance(event, Refusal):
            refusal = event
            break
        try:
            register.apply(event)
        except Refusal as error:
            refusal = error
            break
        applied += 1
    if as_of is not None and refusal is None:
        register.close(as_of)
    register.audit()
    rows = sum(len(sheets.get(kind, ())) for kind in SHEETS)
    return Outcome(register, refusal, applied, rows - applied - (refusal is not None))
