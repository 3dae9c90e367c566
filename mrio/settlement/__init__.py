"""The Yuanmou register: lost forest sinks are offset, bought, written off and monitored, event by event.

Here belongs the county register with its own files and chart; what a forest stores is :mod:`mrio.forests`.
Start here: :func:`replay` turns sheets of events into a :class:`Register`, :func:`statements` turns that into tables.
The rooms: :mod:`.events` (what can happen), :mod:`.sheets` (from which rows, in which order), :mod:`.register` (what
each event does), :mod:`.reserve` (lots and the invariant), :mod:`.ledger` (receipts and payments), :mod:`.market` (the
price), :mod:`.offset` (certificates), :mod:`.entry` (what may enter), :mod:`.rules` (parameters), :mod:`.reports`
and :mod:`.wording` (what people read), :mod:`.folder` (files), :mod:`.amounts` and :mod:`.row_cells` (exact
arithmetic).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mrio.front_door import importing_late

if TYPE_CHECKING:
    from mrio.settlement.folder import settle_folder, write_statements
    from mrio.settlement.refusal import Refusal
    from mrio.settlement.register import Register
    from mrio.settlement.replaying import Outcome, replay
    from mrio.settlement.reports import statements
    from mrio.settlement.rules import Rules
    from mrio.settlement.wording import as_text

#: Public name -> the module that has it; the workflow asks this room for names alone.
_HOMES = {
    "Outcome": "mrio.settlement.replaying",
    "Refusal": "mrio.settlement.refusal",
    "Register": "mrio.settlement.register",
    "Rules": "mrio.settlement.rules",
    "as_text": "mrio.settlement.wording",
    "replay": "mrio.settlement.replaying",
    "settle_folder": "mrio.settlement.folder",
    "statements": "mrio.settlement.reports",
    "write_statements": "mrio.settlement.folder",
}

__all__ = [
    "Outcome",
    "Refusal",
    "Register",
    "Rules",
    "as_text",
    "replay",
    "settle_folder",
    "statements",
    "write_statements",
]


__getattr__ = importing_late(__name__, _HOMES)
