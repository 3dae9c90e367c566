"""The Yuanmou register: lost forest sinks are offset, bought, written off and monitored, event by event.

Start here: :func:`replay` turns sheets of events into a :class:`Register`, :func:`statements` turns that into tables.
The rooms: :mod:`.events` (what can happen), :mod:`.sheets` (from which rows, in which order), :mod:`.register` (what
each event does), :mod:`.reserve` (lots and the invariant), :mod:`.ledger` (receipts and payments), :mod:`.market` (the
price), :mod:`.offset` (certificates), :mod:`.entry` (what may enter), :mod:`.rules` (parameters), :mod:`.statements`
and :mod:`.wording` (what people read), :mod:`.folder` (files), :mod:`.amounts` and :mod:`.cells` (exact arithmetic).
"""

from __future__ import annotations

from .folder import settle_folder, write_statements
from .refusal import Refusal
from .register import Register
from .replay import Outcome, replay
from .rules import Rules
from .statements import statements
from .wording import as_text

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
